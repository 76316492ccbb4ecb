"""The recipe: how a network is trained."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, Self

from engine import limits
from engine.errors import EngineError
from engine.optimizers import Adam, Optimizer, optimizer_type
from engine.parameters import Configured, Parameter, choice, integer, real


@dataclass(frozen=True)
class Recipe(Configured):
    """How to train: optimizer, loss, batch size, epochs, early stopping, checkpoints. No seed, no callbacks."""

    kind: ClassVar[str] = "Recipe"

    epochs: int = integer(10, minimum=1, maximum=limits.MAX_EPOCHS, help="How many times every training image is seen.")
    batch_size: int = integer(
        32,
        minimum=1,
        maximum=limits.MAX_BATCH_SIZE,
        unit="images",
        help="Images in one training step. Larger ones are faster and smoother, smaller ones often generalise better.",
    )
    loss: str = choice(
        "categorical_crossentropy",
        choices=("categorical_crossentropy",),
        help="What training makes small: how surprised the network is by the right class.",
        advanced=True,
    )
    label_smoothing: float = real(
        0.0,
        minimum=0.0,
        maximum=1.0,
        below=True,
        help="Takes this share of certainty from the right class and spreads it over all, against over-confidence.",
        advanced=True,
    )
    patience: int | None = integer(
        None,
        minimum=1,
        maximum=limits.MAX_EPOCHS,
        optional=True,
        none_text="off",
        label="Early stopping",
        unit="epochs",
        help="Stops when the validation loss has not improved for this many epochs.",
    )
    checkpoint_seconds: int = integer(
        60,
        minimum=1,
        maximum=86_400,
        label="Checkpoint at least every",
        unit="s",
        help="A checkpoint is written after every epoch, and within an epoch after this time: what a crash can cost.",
        advanced=True,
    )
    optimizer: Optimizer = field(default_factory=Adam)

    def with_value(self, name: str, value: object) -> Recipe:
        """A copy with one value changed, whether it is the recipe's own or its optimizer's ("learning_rate").

        The name `optimizer` takes a kind; another kind brings its own defaults, since a learning rate that suits
        one optimizer seldom suits the next.

        Raises:
            EngineError: for unknown names and bad values.
        """
        if name == "optimizer":
            return self._with_optimizer(optimizer_type(str(value)))
        if self.owner_of(name) is self:
            return self.changed(**{name: value})
        return dataclasses.replace(self, optimizer=self.optimizer.changed(**{name: value}))

    def with_text(self, name: str, text: str) -> Recipe:
        """`with_value` with the value as a person types it; raises EngineError where it makes no sense."""
        if name == "optimizer":
            return self.with_value(name, text.strip())
        return self.with_value(name, self.owner_of(name).parameter(name).parse(text))

    def owner_of(self, name: str) -> Recipe | Optimizer:
        """The recipe or its optimizer, whichever has the parameter `name`; raises EngineError where neither has."""
        if name in _names(self.parameters()):
            return self
        if name in _names(self.optimizer.parameters()):
            return self.optimizer
        raise EngineError(
            f"The recipe has no setting called {name!r}.",
            f"Its settings are: optimizer, {', '.join(_names(self.parameters()))}; "
            f"those of {self.optimizer.kind} are: {', '.join(_names(self.optimizer.parameters()))}.",
            "Use one of these names, or choose the optimizer that has it first.",
        )

    def _with_optimizer(self, type: type[Optimizer]) -> Recipe:
        return self if isinstance(self.optimizer, type) else dataclasses.replace(self, optimizer=type())

    def to_json(self) -> dict[str, Any]:
        return {**super().to_json(), "optimizer": {"kind": self.optimizer.kind, "values": self.optimizer.to_json()}}

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> Self:
        own = {name: value for name, value in values.items() if name != "optimizer"}
        recipe = super().from_json(own)
        if "optimizer" not in values:
            return recipe
        chosen = values["optimizer"]
        optimizer = optimizer_type(chosen["kind"]).from_json(chosen["values"])
        return dataclasses.replace(recipe, optimizer=optimizer)


def _names(parameters: tuple[Parameter, ...]) -> list[str]:
    return [one.name for one in parameters]

"""The optimizers, each with its own parameters: Keras's names and Keras's defaults."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from engine.errors import EngineError
from engine.parameters import Configured, flag, real

if TYPE_CHECKING:
    import keras


def _rate(default: float) -> Any:
    return real(
        default,
        minimum=0.0,
        above=True,
        maximum=1e38,
        help="How large each step is. Too small learns slowly; too large overshoots and the loss rises.",
    )


def _memory(default: float, help: str) -> Any:
    return real(default, minimum=0.0, maximum=1.0, below=True, help=help, advanced=True)


def _epsilon() -> Any:
    return real(
        1e-7,
        minimum=0.0,
        above=True,
        maximum=1.0,
        help="A small number added below the fraction bar, so that nothing is divided by zero.",
        advanced=True,
    )


FIRST_MOMENT = "How much of the running mean of gradients is kept at each step: the nearer to 1, the longer its memory."
SECOND_MOMENT = (
    "How much of the running mean of squared gradients is kept at each step; it sets each weight's own pace."
)


@dataclass(frozen=True)
class Optimizer(Configured):
    """One way to turn gradients into steps; `kind` is Keras's class name, the fields are its arguments."""

    summary: ClassVar[str]
    """How it works, in one sentence."""

    learning_rate: float = _rate(0.001)

    @property
    def kept_per_weight(self) -> int:
        """How many numbers it remembers of each weight."""
        return 0

    def build(self) -> keras.optimizers.Optimizer:
        """The Keras optimizer with these settings."""
        import keras

        return getattr(keras.optimizers, self.kind)(**self.values())


@dataclass(frozen=True)
class SGD(Optimizer):
    """Stochastic gradient descent, with momentum if wanted."""

    kind: ClassVar[str] = "SGD"
    summary: ClassVar[str] = "The plain rule: a step down the slope; momentum lets the steps gather speed like a ball."

    learning_rate: float = _rate(0.01)
    momentum: float = real(
        0.0,
        minimum=0.0,
        maximum=1.0,
        help="How much of the last step is carried into the next. 0 is none; 0.9 is usual and often much faster.",
    )
    nesterov: bool = flag(
        False, help="Looks ahead: takes the slope at the place where the momentum leads. Needs a momentum above 0."
    )

    @property
    def kept_per_weight(self) -> int:
        return 1 if self.momentum else 0


@dataclass(frozen=True)
class Adam(Optimizer):
    """Adaptive moment estimation (Kingma and Ba, 2014)."""

    kind: ClassVar[str] = "Adam"
    summary: ClassVar[str] = "Steps of a size that fits each weight, from running means of gradients and their squares."

    beta_1: float = _memory(0.9, FIRST_MOMENT)
    beta_2: float = _memory(0.999, SECOND_MOMENT)
    epsilon: float = _epsilon()
    amsgrad: bool = flag(
        False, help="Never lets a weight's pace grow again; a safer rule that is rarely needed.", advanced=True
    )

    @property
    def kept_per_weight(self) -> int:
        return 3 if self.amsgrad else 2


@dataclass(frozen=True)
class AdamW(Optimizer):
    """Adam with decoupled weight decay (Loshchilov and Hutter, 2019)."""

    kind: ClassVar[str] = "AdamW"
    summary: ClassVar[str] = "Adam that also pulls every weight a little towards zero, against learning by heart."

    weight_decay: float = real(
        0.004,
        minimum=0.0,
        maximum=1.0,
        help="The share of each weight, times the learning rate, that a step takes away. 0 is plain Adam.",
    )
    beta_1: float = _memory(0.9, FIRST_MOMENT)
    beta_2: float = _memory(0.999, SECOND_MOMENT)
    epsilon: float = _epsilon()
    amsgrad: bool = flag(
        False, help="Never lets a weight's pace grow again; a safer rule that is rarely needed.", advanced=True
    )

    @property
    def kept_per_weight(self) -> int:
        return 3 if self.amsgrad else 2


@dataclass(frozen=True)
class Nadam(Optimizer):
    """Adam with Nesterov momentum (Dozat, 2015)."""

    kind: ClassVar[str] = "Nadam"
    summary: ClassVar[str] = "Adam that looks one step ahead, as Nesterov momentum does."

    beta_1: float = _memory(0.9, FIRST_MOMENT)
    beta_2: float = _memory(0.999, SECOND_MOMENT)
    epsilon: float = _epsilon()

    @property
    def kept_per_weight(self) -> int:
        return 2


@dataclass(frozen=True)
class RMSprop(Optimizer):
    """Root mean square propagation (Hinton, 2012)."""

    kind: ClassVar[str] = "RMSprop"
    summary: ClassVar[str] = (
        "Divides each weight's step by the usual size of its gradient, so that all learn at one pace."
    )

    rho: float = _memory(0.9, SECOND_MOMENT)
    momentum: float = real(
        0.0, minimum=0.0, maximum=1.0, help="How much of the last step is carried into the next.", advanced=True
    )
    epsilon: float = _epsilon()
    centered: bool = flag(
        False,
        help="Measures the gradient's size around its mean. Sometimes steadier, a little slower.",
        advanced=True,
    )

    @property
    def kept_per_weight(self) -> int:
        return 1 + (self.momentum > 0) + self.centered


@dataclass(frozen=True)
class Adagrad(Optimizer):
    """Adaptive gradient (Duchi and others, 2011)."""

    kind: ClassVar[str] = "Adagrad"
    summary: ClassVar[str] = (
        "Slows each weight down by all the gradients it ever had: rarely used weights learn fastest."
    )

    initial_accumulator_value: float = real(
        0.1, minimum=0.0, maximum=1e6, help="Where the sum of squared gradients begins.", advanced=True
    )
    epsilon: float = _epsilon()

    @property
    def kept_per_weight(self) -> int:
        return 1


@dataclass(frozen=True)
class Adadelta(Optimizer):
    """Adagrad with a fading memory (Zeiler, 2012)."""

    kind: ClassVar[str] = "Adadelta"
    summary: ClassVar[str] = "Adagrad that forgets old gradients. Keras's learning rate is small: the paper used 1."

    rho: float = _memory(0.95, SECOND_MOMENT)
    epsilon: float = _epsilon()

    @property
    def kept_per_weight(self) -> int:
        return 2


def optimizer_types() -> dict[str, type[Optimizer]]:
    """Every optimizer by kind, in the order in which a form offers them."""
    return {one.kind: one for one in (Adam, AdamW, Nadam, SGD, RMSprop, Adagrad, Adadelta)}


def optimizer_type(kind: str) -> type[Optimizer]:
    """The optimizer called `kind`, in capitals or not; raises EngineError where there is none."""
    for name, one in optimizer_types().items():
        if name.lower() == kind.lower():
            return one
    raise EngineError(
        f"There is no optimizer called {kind!r}.",
        "The optimizers are: " + ", ".join(optimizer_types()) + ".",
        "Use one of these names.",
    )

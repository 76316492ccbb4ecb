"""What weights may be: a rule that is enforced after each training step."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from engine.parameters import Value, declared
from engine.variants import Alternative, Variant, number

if TYPE_CHECKING:
    import keras

CONSTRAINTS = (
    Alternative(
        "max_norm",
        "the length of what makes one output is cut to {max_value}",
        (number("max_value", 2.0, 0.0, 1e6, "The greatest length allowed."),),
    ),
    Alternative("non_neg", "what is below 0 becomes 0"),
    Alternative("unit_norm", "what makes one output is scaled to a length of 1"),
    Alternative(
        "min_max_norm",
        "the length of what makes one output is brought to {min_value} … {max_value}, by {rate} of the way each time",
        (
            number("min_value", 0.0, 0.0, 1e6, "The smallest length allowed."),
            number("max_value", 1.0, 0.0, 1e6, "The greatest length allowed."),
            number("rate", 1.0, 0.0, 1.0, "How strictly: 1 enforces it at every step."),
        ),
        ascending=True,
    ),
)
"""The rules, by Keras's name; a length is the root of the sum of squares."""


@dataclass(frozen=True, kw_only=True)
class Constraint(Variant):
    """The rule for one weight array.

    Attributes:
        axes: The axes of the array along which a length is taken: all but those that number the outputs,
            and the only one of a list.
    """

    axes: tuple[int, ...]

    def build(self, value: Value) -> keras.constraints.Constraint | None:
        """Keras's constraint."""
        import keras

        if value is None:
            return None
        alternative, numbers = self.chosen(value)
        made = getattr(keras.constraints, alternative.keras_class)
        lengths = {} if alternative.name == "non_neg" else {"axis": list(self.axes)}
        return made(**numbers, **lengths)


def constraint(what: str, axes: tuple[int, ...]) -> Any:
    """Declare the field of a layer type that says what `what` may be; lengths are taken along `axes`."""
    return declared(
        Constraint(
            default=None,
            alternatives=CONSTRAINTS,
            axes=axes,
            optional=True,
            help=f"A rule that {what} must obey after each step, such as a greatest length. Seldom needed.",
            advanced=True,
        )
    )

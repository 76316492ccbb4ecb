"""What keeps weights small: a penalty on their size that is added to the loss."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from engine.parameters import Value, declared
from engine.variants import Alternative, Variant, number

if TYPE_CHECKING:
    import keras

_l1 = number("l1", 0.01, 0.0, 1e6, "What each weight's size costs.")
_l2 = number("l2", 0.01, 0.0, 1e6, "What each weight's square costs.")

REGULARIZERS = (
    Alternative(
        "l1", "{l1} × the sum of their sizes is added to the loss (L1), which drives those of little use to 0", (_l1,)
    ),
    Alternative(
        "l2", "{l2} × the sum of their squares is added to the loss (L2), which keeps all of them small", (_l2,)
    ),
    Alternative(
        "l1_l2",
        "{l1} × the sum of their sizes and {l2} × the sum of their squares are added to the loss (L1 and L2)",
        (_l1, _l2),
    ),
)
"""The penalties, by Keras's name."""


@dataclass(frozen=True, kw_only=True)
class Regularizer(Variant):
    """The penalty on one weight array."""

    def build(self, value: Value) -> keras.regularizers.Regularizer | None:
        """Keras's regularizer."""
        import keras

        if value is None:
            return None
        alternative, numbers = self.chosen(value)
        made: keras.regularizers.Regularizer = getattr(keras.regularizers, alternative.keras_class)(**numbers)
        return made


def regularizer(what: str) -> Any:
    """Declare the field of a layer type that says what penalty lies on `what`."""
    return declared(
        Regularizer(
            default=None,
            alternatives=REGULARIZERS,
            optional=True,
            help=f"Adds the size of {what} to the loss, against learning by heart. 0.0001 to 0.01 are usual.",
            advanced=True,
        )
    )

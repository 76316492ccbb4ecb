"""What the layers share that join several inputs into one."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from engine.geometry import Elementwise, Geometry, Shape, Shapes, place
from engine.layers import words
from engine.layers.base import Arithmetic, Array, Family, Fault, LayerType, Term

if TYPE_CHECKING:
    import keras


@dataclass(frozen=True)
class Merging(LayerType):
    """A layer with several inputs. It stands inside blocks only, where a layer can read several others."""

    family: ClassVar[Family] = Family.MERGING
    several_inputs: ClassVar[bool] = True

    def faults(self, inputs: Shapes) -> tuple[Fault, ...]:
        if len(inputs) > 1:
            return self.mismatch(inputs)
        return (
            Fault(
                f"{self.kind} joins several inputs, and only one enters.",
                "At least two enter, which is possible inside a block only.",
                "Put it into a Branches block where it reads two layers, or remove it.",
            ),
        )

    @abstractmethod
    def mismatch(self, inputs: Shapes) -> tuple[Fault, ...]:
        """A fault where these shapes, at least two, do not go together."""

    def geometry(self, inputs: Shapes) -> Geometry:
        return Elementwise()

    def build(self, name: str, seed: int | None = None) -> keras.layers.Layer:
        import keras

        return getattr(keras.layers, self.kind)(name=name)

    def arithmetic(self, image: Array, weights: Mapping[str, Array], at: tuple[int, ...]) -> Arithmetic:
        return self.arithmetic_of((image,), weights, at)

    @abstractmethod
    def arithmetic_of(
        self, images: Sequence[Array], weights: Mapping[str, Array], at: tuple[int, ...]
    ) -> Arithmetic: ...


@dataclass(frozen=True)
class MergingByValue(Merging):
    """A layer that joins the values at the same place; a side of 1 is stretched over the others, as in numpy."""

    def mismatch(self, inputs: Shapes) -> tuple[Fault, ...]:
        same_length = len({len(one) for one in inputs}) == 1
        if same_length and all(len(set(sides) - {1}) <= 1 for sides in zip(*inputs, strict=True)):
            return ()
        return (
            Fault(
                f"Inputs of {' and '.join(words.size(one) for one in inputs)} do not go together.",
                "All inputs are of one shape, or of 1 where they differ.",
                "Give the branches the same strides and the same number of filters.",
            ),
        )

    def output_shape(self, inputs: Shapes) -> Shape:
        return tuple(max(sides) for sides in zip(*inputs, strict=True))

    def terms(self, images: Sequence[Array], at: tuple[int, ...]) -> tuple[Term, ...]:
        """The value of each input at index `at` of the output, with a weight of 1."""
        found = []
        for source, image in enumerate(images):
            seen = tuple(min(one, side - 1) for one, side in zip(at, image.shape, strict=True))
            value = float(image[seen])
            row, column, channel = place(seen)
            found.append(Term(row, column, channel, value, 1.0, value, source=source))
        return tuple(found)

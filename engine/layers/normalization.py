"""Normalization: every channel is measured against a mean and a deviation that are known beforehand."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from engine.geometry import Geometry, Normalisation, Shape, Shapes, place
from engine.layers import words
from engine.layers.base import Arithmetic, Array, Family, Fault, LayerType, Moments, Settings, Term
from engine.parameters import flag, numbers

if TYPE_CHECKING:
    import keras

_SMALLEST = 1e-7
"""Keras's: a deviation below it counts as this, so that nothing is divided by zero."""


def _per_channel(default: float, minimum: float, help: str) -> Any:
    return numbers((default,), minimum=minimum, maximum=1e12, shortest=1, longest=4096, help=help)


@dataclass(frozen=True)
class Normalization(LayerType):
    """(value − mean) ÷ deviation, for each channel. The numbers are settings: those of the training images, usually."""

    kind: ClassVar[str] = "Normalization"
    family: ClassVar[Family] = Family.NORMALISATION
    summary: ClassVar[str] = "Brings every channel to mean 0 and spread 1, by numbers measured beforehand."
    measures: ClassVar[str] = "Use the training set's mean and deviation"

    mean: tuple[float, ...] = _per_channel(
        0.0, -1e12, "The mean of each channel over the training images, or one for all of them."
    )
    variance: tuple[float, ...] = _per_channel(
        1.0, 0.0, "The variance of each channel, the deviation squared, or one for all of them."
    )
    invert: bool = flag(False, help="Does the opposite: × deviation + mean.", advanced=True)

    def faults(self, inputs: Shapes) -> tuple[Fault, ...]:
        channels = inputs[0][-1]
        if len(self.mean) == len(self.variance) and len(self.mean) in (1, channels):
            return ()
        return (
            Fault(
                f"There are {words.count(len(self.mean), 'mean')} and {words.count(len(self.variance), 'variance')} "
                f"for {words.count(channels, 'channel')}.",
                f"Mean and variance have one number each, or {channels} each.",
                "Give as many means as variances, one for each channel.",
                ((("mean", self.mean[:1]), ("variance", self.variance[:1])),),
            ),
        )

    def remarks(self, inputs: Shapes) -> tuple[Fault, ...]:
        if not self._is_idle():
            return ()
        return (
            Fault(
                "With a mean of 0 and a variance of 1 this layer changes nothing.",
                "The mean and the variance are those of the training images.",
                f"Choose “{self.measures}” in its settings.",
            ),
        )

    def _is_idle(self) -> bool:
        return set(self.mean) == {0.0} and set(self.variance) == {1.0}

    def measured(self, entering: Moments) -> Settings:
        """Each number to six digits; a channel that is the same everywhere is only shifted, not stretched."""
        variance = (one if one > 1e-9 else 1.0 for one in entering.variance)
        return (("mean", tuple(map(_short, entering.mean))), ("variance", tuple(map(_short, variance))))

    def moments(self, entering: Moments) -> Moments | None:
        if not {len(self.mean), len(self.variance)} <= {1, len(entering.mean)}:
            return None
        shifted = []
        for channel, (mean, variance) in enumerate(zip(entering.mean, entering.variance, strict=True)):
            own, deviation = self._of(channel)
            if self.invert:
                shifted.append((mean * deviation + own, variance * deviation**2))
            else:
                shifted.append(((mean - own) / deviation, variance / deviation**2))
        return Moments(tuple(mean for mean, _ in shifted), tuple(variance for _, variance in shifted))

    def _of(self, channel: int) -> tuple[float, float]:
        """Mean and deviation of a channel."""
        one = channel if len(self.mean) > 1 else 0
        return self.mean[one], max(math.sqrt(self.variance[one]), _SMALLEST)

    def output_shape(self, inputs: Shapes) -> Shape:
        return inputs[0]

    def geometry(self, inputs: Shapes) -> Geometry:
        return Normalisation(tuple(range(len(inputs[0]) - 1)), remembered=True)

    def build(self, name: str, seed: int | None = None) -> keras.layers.Layer:
        import keras

        return keras.layers.Normalization(
            mean=list(self.mean), variance=list(self.variance), invert=self.invert, name=name
        )

    def arithmetic(self, image: Array, weights: Mapping[str, Array], at: tuple[int, ...]) -> Arithmetic:
        row, column, channel = place(at)
        mean, deviation = self._of(channel)
        value = float(image[at])
        factor, added = (deviation, mean) if self.invert else (1 / deviation, -mean / deviation)
        result = value * factor + added
        rule = f"input × {deviation:.4g} + {mean:.4g}" if self.invert else f"(input − {mean:.4g}) ÷ {deviation:.4g}"
        terms = (Term(row, column, channel, value, factor, value * factor),)
        return Arithmetic(rule, terms, (), added, result, result)

    def caption(self) -> str:
        if len(self.mean) > 3 or len(self.variance) > 3:
            return f"{words.count(len(self.mean), 'mean')} and variances"
        return f"mean {self._text('mean')}; variance {self._text('variance')}"

    def _text(self, name: str) -> str:
        values = getattr(self, name)
        shown = self.parameter(name).text(values[:3])
        return shown + (f" … ({len(values)} of them)" if len(values) > 3 else "")

    def explain(self, inputs: Shapes) -> str:
        doing = (
            "is multiplied with the deviation and the mean is added"
            if self.invert
            else "has the mean taken away and is divided by the deviation"
        )
        return words.sentences(
            f"Every value ({words.size(inputs[0])}) {doing}, the root of the variance. Mean of the channels: "
            f"{self._text('mean')}; variance: {self._text('variance')}.",
            "With these numbers nothing changes: set those of the training images." if self._is_idle() else "",
            "Every channel then reaches the network in the same range. It learns nothing.",
        )


def _short(number: float) -> float:
    return float(f"{number:.6g}")

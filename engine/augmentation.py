"""Augmentation: random changes to training images, so that the network sees each picture in many forms.

Every draw is a hash of (seed, epoch, image, operation): the same image in the same epoch of the same run is changed in
the same way, whatever batch it is in and however often the run was interrupted.
"""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from engine.errors import EngineError
from engine.parameters import Configured, flag, real

if TYPE_CHECKING:
    import tensorflow as tf


@dataclass(frozen=True)
class Draws:
    """The random numbers of one batch.

    Attributes:
        seed: The run's.
        epoch: From 0; an int or an int tensor.
        numbers: int32, (batch,): each image's place in the dataset.
        stream: The operation's place in the list.
    """

    seed: int
    epoch: Any
    numbers: Any
    stream: int

    def uniform(self, index: int, low: float, high: float) -> tf.Tensor:
        """float32, (batch,): draw number `index` of each image, even over [low, high)."""
        import tensorflow as tf

        value = _pcg(tf.constant((self.seed ^ self.seed >> 32) & 0xFFFFFFFF, tf.uint32))
        for part in (self.stream, index, self.epoch, self.numbers):
            value = _pcg(value + tf.cast(part, tf.uint32))
        share = tf.cast(tf.bitwise.right_shift(value, tf.constant(8, tf.uint32)), tf.float32) / 2**24
        return low + (high - low) * share

    def chance(self, index: int, probability: float) -> tf.Tensor:
        """bool, (batch,): true with this probability."""
        return self.uniform(index, 0.0, 1.0) < probability


def _pcg(value: tf.Tensor) -> tf.Tensor:
    """A hash from uint32 to uint32. Source: Jarzynski and Olano, "Hash Functions for GPU Rendering" (2020)."""
    import tensorflow as tf

    def shifted(number: tf.Tensor, places: Any) -> tf.Tensor:
        return tf.bitwise.right_shift(number, tf.cast(places, tf.uint32))

    state = value * tf.constant(747796405, tf.uint32) + tf.constant(2891336453, tf.uint32)
    places = shifted(state, 28) + tf.constant(4, tf.uint32)
    word = tf.bitwise.bitwise_xor(tf.bitwise.right_shift(state, places), state) * tf.constant(277803737, tf.uint32)
    return tf.bitwise.bitwise_xor(shifted(word, 22), word)


@dataclass(frozen=True)
class Operation(Configured, ABC):
    """One random change; a function of (seed, epoch, image) and nothing else."""

    summary: ClassVar[str]

    @abstractmethod
    def apply(self, images: tf.Tensor, draws: Draws) -> tf.Tensor:
        """The images changed: float32, (batch, height, width, channels), values 0 to 255, in and out."""


@dataclass(frozen=True)
class RandomFlip(Operation):
    """Mirrors half of the images."""

    kind: ClassVar[str] = "RandomFlip"
    summary: ClassVar[str] = "Mirrors images by chance. Not for things whose sides matter, such as digits and letters."

    horizontal: bool = flag(True, label="Left and right", help="Half of the images are mirrored left to right.")
    vertical: bool = flag(False, label="Up and down", help="Half of the images are mirrored upside down.")

    def apply(self, images: tf.Tensor, draws: Draws) -> tf.Tensor:
        import tensorflow as tf

        for index, (wanted, axis) in enumerate(((self.horizontal, 2), (self.vertical, 1))):
            if wanted:
                chosen = draws.chance(index, 0.5)[:, None, None, None]
                images = tf.where(chosen, tf.reverse(images, [axis]), images)
        return images


@dataclass(frozen=True)
class RandomTranslation(Operation):
    """Shifts each image."""

    kind: ClassVar[str] = "RandomTranslation"
    summary: ClassVar[str] = "Shifts each image a little, so that the place of a thing does not matter."

    height: float = real(
        0.1, minimum=0.0, maximum=1.0, label="Up and down", help="The furthest shift, as a share of the height."
    )
    width: float = real(
        0.1, minimum=0.0, maximum=1.0, label="Left and right", help="The furthest shift, as a share of the width."
    )

    def apply(self, images: tf.Tensor, draws: Draws) -> tf.Tensor:
        import tensorflow as tf

        height, width = images.shape[1:3]
        down = draws.uniform(0, -self.height * height, self.height * height)
        across = draws.uniform(1, -self.width * width, self.width * width)
        one, zero = tf.ones_like(down), tf.zeros_like(down)
        return _transformed(images, tf.stack([one, zero, -across, zero, one, -down, zero, zero], axis=1))


@dataclass(frozen=True)
class RandomRotation(Operation):
    """Turns each image around its centre."""

    kind: ClassVar[str] = "RandomRotation"
    summary: ClassVar[str] = "Turns each image a little around its centre."

    degrees: float = real(10.0, minimum=0.0, maximum=180.0, unit="°", help="The furthest turn, to either side.")

    def apply(self, images: tf.Tensor, draws: Draws) -> tf.Tensor:
        import tensorflow as tf

        angle = draws.uniform(0, -math.radians(self.degrees), math.radians(self.degrees))
        return _around_centre(images, tf.cos(angle), tf.sin(angle))


@dataclass(frozen=True)
class RandomZoom(Operation):
    """Enlarges or shrinks each image around its centre."""

    kind: ClassVar[str] = "RandomZoom"
    summary: ClassVar[str] = "Shows each image a little larger or smaller, so that the size of a thing does not matter."

    share: float = real(0.1, minimum=0.0, maximum=0.9, help="The strongest change: 0.1 is from 0.9 to 1.1 times.")

    def apply(self, images: tf.Tensor, draws: Draws) -> tf.Tensor:
        import tensorflow as tf

        scale = 1.0 / draws.uniform(0, 1.0 - self.share, 1.0 + self.share)
        return _around_centre(images, scale, tf.zeros_like(scale))


@dataclass(frozen=True)
class RandomBrightness(Operation):
    """Makes each image brighter or darker."""

    kind: ClassVar[str] = "RandomBrightness"
    summary: ClassVar[str] = "Makes each image a little brighter or darker, so that the light does not matter."

    share: float = real(0.2, minimum=0.0, maximum=1.0, help="The strongest change, as a share of the full brightness.")

    def apply(self, images: tf.Tensor, draws: Draws) -> tf.Tensor:
        import tensorflow as tf

        change = draws.uniform(0, -255.0 * self.share, 255.0 * self.share)
        return tf.clip_by_value(images + change[:, None, None, None], 0.0, 255.0)


def _around_centre(images: tf.Tensor, along: tf.Tensor, across: tf.Tensor) -> tf.Tensor:
    """Turn and scale: an output pixel at (x, y) from the centre shows the input at (along·x - across·y, ...)."""
    import tensorflow as tf

    height, width = images.shape[1:3]
    x, y = (width - 1) / 2, (height - 1) / 2
    zero = tf.zeros_like(along)
    right = x - along * x + across * y
    down = y - across * x - along * y
    return _transformed(images, tf.stack([along, -across, right, across, along, down, zero, zero], axis=1))


def _transformed(images: tf.Tensor, transforms: tf.Tensor) -> tf.Tensor:
    """Every output pixel read from the place that its image's transform gives, between pixels linearly.

    The border is mirrored outwards, so that no black edge teaches the network anything.
    """
    import tensorflow as tf

    return tf.raw_ops.ImageProjectiveTransformV3(
        images=images,
        transforms=transforms,
        output_shape=tf.constant(list(images.shape[1:3]), tf.int32),
        fill_value=0.0,
        interpolation="BILINEAR",
        fill_mode="REFLECT",
    )


@dataclass(frozen=True)
class Augmentation:
    """An ordered list of operations, for training only; never part of the network that predicts."""

    operations: tuple[Operation, ...] = ()

    def apply(self, images: tf.Tensor, seed: int, epoch: Any, numbers: Any) -> tf.Tensor:
        """The images as this epoch shows them.

        Args:
            images: float32, (batch, height, width, channels), values 0 to 255.
            seed: The run's seed.
            epoch: From 0; an int or an int tensor.
            numbers: int32, (batch,): each image's place in the dataset.

        Returns:
            float32, of the same shape and range.
        """
        for stream, operation in enumerate(self.operations):
            images = operation.apply(images, Draws(seed, epoch, numbers, stream))
        return images

    def to_json(self) -> dict[str, Any]:
        """The operations as JSON types; `from_json` reads it back."""
        return {"operations": [{"kind": one.kind, "values": one.to_json()} for one in self.operations]}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Augmentation:
        """The inverse of `to_json`, for data whose outline a schema has checked; EngineError for what is unknown."""
        return cls(tuple(augmentation_type(one["kind"]).from_json(one["values"]) for one in data["operations"]))


def augmentation_types() -> dict[str, type[Operation]]:
    """Every operation by kind, in the order of the form."""
    types = (RandomFlip, RandomTranslation, RandomRotation, RandomZoom, RandomBrightness)
    return {one.kind: one for one in types}


def augmentation_type(kind: str) -> type[Operation]:
    """The operation called `kind`; raises EngineError where there is none."""
    try:
        return augmentation_types()[kind]
    except KeyError:
        raise EngineError(
            f"There is no augmentation called {kind!r}.",
            "The augmentations are: " + ", ".join(augmentation_types()) + ".",
            "Use one of these, or open the file with the version of the program that wrote it.",
        ) from None

"""What an operation of the augmentation is. Each lies in a file of its own beside this one."""

from __future__ import annotations

import enum
from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import KW_ONLY, dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar

from engine.augmentation.draws import WHETHER, Draws
from engine.geometry import Shape
from engine.parameters import Configured, Parameter, Real, real

if TYPE_CHECKING:
    import tensorflow as tf


class Family(enum.Enum):
    """What an operation is about, in words; the order is that of the choice."""

    PLACE = "Place and form"
    LIGHT = "Light and colour"
    DISTURBANCE = "Disturbance"
    SEVERAL = "Several at once"
    MIXING = "Mixing two images"


@dataclass(frozen=True)
class Likeness:
    """The layer of Keras that comes nearest to an operation, for the script that a person would write.

    Attributes:
        layer: Its class in `keras.layers`.
        arguments: As code.
        differs: What it does otherwise, in a sentence; "" where only the draws differ.
        has_probability: Whether these arguments say how often it changes an image.
        of_shares: Whether it takes values from 0 to 1 instead of 255.
    """

    layer: str
    arguments: tuple[str, ...] = ()
    differs: str = ""
    has_probability: bool = False
    of_shares: bool = False


def written(number: float) -> str:
    """A number as code."""
    return f"{number:.6g}"


def strength(default: float, *, maximum: float, help: str, minimum: float = 0.0, **words: Any) -> Any:
    """Declare how strong an operation is: a number that one finds by sliding."""
    return real(default, minimum=minimum, maximum=maximum, sliding=True, help=help, **words)


def probability(default: float) -> Any:
    """Declare how often an operation changes an image."""
    declared = Real(
        default=default,
        minimum=0.0,
        maximum=1.0,
        sliding=True,
        help="How often an image is changed: 1 is always, 0.5 is every other time, 0 is never.",
    )
    return field(default=default, metadata={"parameter": declared})


@dataclass(frozen=True)
class Operation(Configured, ABC):
    """One random change of training images."""

    family: ClassVar[Family]
    summary: ClassVar[str]

    _: KW_ONLY
    probability: float = probability(1.0)

    @classmethod
    def parameters(cls) -> tuple[Parameter, ...]:
        """What an operation does comes first, how often it does it last."""
        return tuple(sorted(super().parameters(), key=lambda one: one.name == "probability"))

    def problem(self, shape: Shape) -> str:
        """Why it does nothing for images of this shape, (height, width, channels), in a sentence; "" where it does."""
        return ""

    @abstractmethod
    def likeness(self) -> Likeness | None:
        """The layer of Keras that comes nearest; None where it changes nothing."""

    def chosen(self, draws: Draws) -> tf.Tensor | None:
        """bool, (batch,): which images are changed; None where all are."""
        return None if self.probability >= 1.0 else draws.chance(WHETHER, self.probability)


@dataclass(frozen=True)
class ImageChange(Operation):
    """A change of each image by itself: a function of (seed, epoch, image) and nothing else."""

    def apply(self, images: tf.Tensor, draws: Draws) -> tf.Tensor:
        """The images changed: float32, (batch, height, width, channels), values 0 to 255, in and out."""
        import tensorflow as tf

        if self.problem(tuple(images.shape[1:])):
            return images
        chosen = self.chosen(draws)
        changed = self.change(images, draws)
        return changed if chosen is None else tf.where(chosen[:, None, None, None], changed, images)

    @abstractmethod
    def change(self, images: tf.Tensor, draws: Draws) -> tf.Tensor:
        """All images changed; of the same shape and range."""


@dataclass(frozen=True)
class Movement(ImageChange):
    """A change of where things are. Neighbours in the list are joined into one, so that images are read once."""

    @abstractmethod
    def transform(self, draws: Draws, height: int, width: int) -> tf.Tensor:
        """float32, (batch, 3, 3): from the place (x, y, 1) of an output pixel to the place that it shows."""

    def chosen_transform(self, draws: Draws, height: int, width: int) -> tf.Tensor:
        """The transform; where an image is not chosen, the one that changes nothing."""
        import tensorflow as tf

        transform = self.transform(draws, height, width)
        chosen = self.chosen(draws)
        return transform if chosen is None else tf.where(chosen[:, None, None], transform, tf.eye(3))

    def change(self, images: tf.Tensor, draws: Draws) -> tf.Tensor:
        return transformed(images, self.transform(draws, *images.shape[1:3]))


@dataclass(frozen=True)
class Mixing(Operation):
    """A change that mixes each image of a batch with another one, and their targets alike.

    A function of (seed, epoch, step): the draws are those of the image's place in the batch.
    """

    @abstractmethod
    def mix(
        self, images: tf.Tensor, targets: tf.Tensor, partners: tf.Tensor, draws: Draws
    ) -> tuple[tf.Tensor, tf.Tensor]:
        """Images and targets mixed.

        Args:
            images: float32, (batch, height, width, channels), values 0 to 255.
            targets: float32, (batch, classes).
            partners: int32, (batch,): the place of the image that each is mixed with.
            draws: Of the places in the batch.

        Returns:
            Of the same shapes.
        """


def affine(rows: Sequence[Sequence[Any]], like: tf.Tensor) -> tf.Tensor:
    """float32, (batch, 3, 3): a transform of its first two rows; numbers stand for the same in every image.

    Args:
        rows: Two times three tensors, (batch,), or numbers.
        like: A tensor, (batch,).
    """
    import tensorflow as tf

    ones = tf.ones_like(like)
    filled = [ones * one if isinstance(one, int | float) else one for row in (*rows, (0.0, 0.0, 1.0)) for one in row]
    return tf.reshape(tf.stack(filled, axis=1), (-1, 3, 3))


def around_centre(rows: Sequence[Sequence[Any]], like: tf.Tensor, height: int, width: int) -> tf.Tensor:
    """The transform that leaves the centre of the image where it is.

    Args:
        rows: Two times two tensors, (batch,), or numbers.
    """
    (a, b), (c, d) = rows
    x, y = (width - 1) / 2, (height - 1) / 2
    return affine(((a, b, x - a * x - b * y), (c, d, y - c * x - d * y)), like)


def transformed(images: tf.Tensor, transforms: tf.Tensor) -> tf.Tensor:
    """Every output pixel read from the place that its image's transform gives, between pixels linearly.

    The border is mirrored outwards, so that no black edge teaches the network anything.

    Args:
        images: float32, (batch, height, width, channels).
        transforms: float32, (batch, 3, 3), their last rows (0, 0, 1).
    """
    import tensorflow as tf

    return tf.raw_ops.ImageProjectiveTransformV3(
        images=images,
        transforms=tf.reshape(transforms, (-1, 9))[:, :8],
        output_shape=tf.constant(list(images.shape[1:3]), tf.int32),
        fill_value=0.0,
        interpolation="BILINEAR",
        fill_mode="REFLECT",
    )

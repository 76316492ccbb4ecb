"""The augmentation of a draft: operations in their order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from engine.augmentation.base import ImageChange, Mixing, Movement, Operation, transformed
from engine.augmentation.draws import WHETHER, Draws
from engine.augmentation.registry import augmentation_type

if TYPE_CHECKING:
    import tensorflow as tf


@dataclass(frozen=True)
class Augmentation:
    """An ordered list of operations, for training only; never part of the network that predicts."""

    operations: tuple[Operation, ...] = ()

    @property
    def mixes(self) -> bool:
        """Whether images are mixed, so that targets are shares of several classes."""
        return any(isinstance(one, Mixing) for one in self.operations)

    def apply(self, images: tf.Tensor, seed: int, epoch: Any, numbers: Any) -> tf.Tensor:
        """The images as this epoch shows them, but for what mixes them.

        Movements that follow one another are joined and the image is read once: that costs less than half, and
        blurs less. What they uncover together is mirrored once, too.

        Args:
            images: float32, (batch, height, width, channels), values 0 to 255.
            seed: The run's seed.
            epoch: From 0; an int or an int tensor, (batch,) where it differs from image to image.
            numbers: int32, (batch,): each image's place in the dataset.

        Returns:
            float32, of the same shape and range.
        """
        if not self.operations:
            return images
        all_draws = Draws.of_streams(seed, epoch, numbers, len(self.operations))
        waiting: list[tuple[Movement, Draws]] = []
        for operation, draws in zip(self.operations, all_draws, strict=True):
            if isinstance(operation, Movement):
                waiting.append((operation, draws))
            elif isinstance(operation, ImageChange):
                images = operation.apply(_moved(images, waiting), draws)
                waiting = []
        return _moved(images, waiting)

    def mix(
        self, images: tf.Tensor, targets: tf.Tensor, seed: int, epoch: Any, step: Any, partners: Any = None
    ) -> tuple[tf.Tensor, tf.Tensor]:
        """The batch as this step shows it: its images, changed before, mixed with one another.

        Args:
            images: float32, (batch, height, width, channels), values 0 to 255, as `apply` gives them.
            targets: float32, (batch, classes).
            seed: The run's seed.
            epoch: From 0; an int or an int tensor.
            step: Of the epoch, from 0; an int or an int tensor.
            partners: int32, (batch,): the place of the image that each is mixed with; drawn where it is None.

        Returns:
            Images and targets, of the same shapes.
        """
        import tensorflow as tf

        for stream, operation in enumerate(self.operations):
            if isinstance(operation, Mixing):
                draws = Draws(seed, epoch, tf.range(tf.shape(images)[0]), stream, step)
                others = tf.argsort(draws.uniform(WHETHER - 1, 0.0, 1.0), stable=True) if partners is None else partners
                images, targets = operation.mix(images, targets, others, draws)
        return images, targets

    def to_json(self) -> dict[str, Any]:
        """The operations as JSON types; `from_json` reads it back."""
        return {"operations": [{"kind": one.kind, "values": one.to_json()} for one in self.operations]}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Augmentation:
        """The inverse of `to_json`, for data whose outline a schema has checked; EngineError for what is unknown."""
        return cls(tuple(augmentation_type(one["kind"]).from_json(one["values"]) for one in data["operations"]))


def _moved(images: tf.Tensor, movements: list[tuple[Movement, Draws]]) -> tf.Tensor:
    """The images moved by several movements, the first of them first."""
    import tensorflow as tf

    if not movements:
        return images
    if len(movements) == 1:
        movement, draws = movements[0]
        return movement.apply(images, draws)
    height, width = images.shape[1:3]
    # An output pixel looks through the last movement first: the product of the transforms in their order.
    whole, *rest = [movement.chosen_transform(draws, height, width) for movement, draws in movements]
    for one in rest:
        whole = tf.matmul(whole, one)
    return transformed(images, whole)

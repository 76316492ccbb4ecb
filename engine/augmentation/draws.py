"""Draws: random numbers that are a hash of where they are used, so that nothing has to be remembered.

Jarzynski and Olano, "Hash Functions for GPU Rendering" (2020), found the hash used here, PCG, to be of good quality.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import tensorflow as tf

READY: Final = 8
"""Draws of a stream that are worked out in one go; one with a higher index costs an operation of its own."""
WHETHER: Final = READY - 1
"""The index of the draw that decides whether an image is changed at all."""

_MULTIPLIER, _INCREMENT, _WORD = 747796405, 2891336453, 277803737
_MASK: Final = 0xFFFFFFFF


class Draws:
    """The random numbers of one operation for one batch.

    Draw number `index` of an image is a function of (seed, stream, index, epoch, image number), and of the step
    where there is one; of nothing else.

    Args:
        seed: The run's.
        epoch: From 0; an int or an int tensor, (batch,) where it differs from image to image.
        numbers: int32, (batch,): each image's place in the dataset, or in the batch where there is a step.
        stream: The operation's place in the list, or the places on the way to it.
        step: Of the epoch; an int or an int tensor. None where the batch that an image is in must not matter.
    """

    def __init__(self, seed: int, epoch: Any, numbers: Any, stream: int | Sequence[int], step: Any = None) -> None:
        path = (stream,) if isinstance(stream, int) else tuple(stream)
        self._place = (seed, epoch, numbers, path, step)
        self._keys = [_key(seed, path, index) for index in range(READY)]
        self._table: list[tf.Tensor] | None = None

    @classmethod
    def of_streams(cls, seed: int, epoch: Any, numbers: Any, count: int) -> list[Draws]:
        """The draws of `count` operations, worked out in one go: hundreds of small operations less in a step."""
        found = [cls(seed, epoch, numbers, stream) for stream in range(count)]
        together = found[0]._hashed([key for one in found for key in one._keys])
        for place, one in enumerate(found):
            one._table = together[place * READY : (place + 1) * READY]
        return found

    def within(self, part: int) -> Draws:
        """The draws of a part of this operation."""
        seed, epoch, numbers, path, step = self._place
        return Draws(seed, epoch, numbers, (*path, READY + part), step)

    def bits(self, index: int) -> tf.Tensor:
        """uint32, (batch,): draw number `index` of each image."""
        if index >= READY:
            seed, _, _, path, _ = self._place
            return self._hashed([_key(seed, path, index)])[0]
        if self._table is None:
            self._table = self._hashed(self._keys)
        return self._table[index]

    def uniform(self, index: int, low: float, high: float) -> tf.Tensor:
        """float32, (batch,): draw number `index` of each image, even over [low, high)."""
        return low + (high - low) * share_of(self.bits(index))

    def chance(self, index: int, probability: float) -> tf.Tensor:
        """bool, (batch,): true with this probability."""
        return self.uniform(index, 0.0, 1.0) < probability

    def normal(self, index: int, count: int) -> tf.Tensor:
        """float32, (batch, count): numbers of mean 0 and deviation 1 (Box and Muller, 1958)."""
        import tensorflow as tf

        places = pcg(tf.cast(tf.range(count), tf.uint32))[None, :]
        first, second = (share_of(pcg(self.bits(index + one)[:, None] + places)) for one in range(2))
        return tf.sqrt(-2.0 * tf.math.log(1.0 - first)) * tf.cos(6.283185307179586 * second)

    def _hashed(self, keys: Sequence[int]) -> list[tf.Tensor]:
        import tensorflow as tf

        _, epoch, numbers, _, step = self._place
        value = tf.constant(keys, tf.uint32)[:, None]
        for part in (epoch, step, numbers):
            if part is not None:
                value = pcg(value + tf.cast(part, tf.uint32))
        found: list[tf.Tensor] = tf.unstack(value)
        return found


def _key(seed: int, path: Sequence[int], index: int) -> int:
    """What a draw has of its own before epoch and image come in; as `pcg` gives it, in plain Python."""
    value = _pcg_of((seed ^ seed >> 32) & _MASK)
    for part in (*path, index):
        value = _pcg_of(value + part & _MASK)
    return value


def _pcg_of(value: int) -> int:
    state = value * _MULTIPLIER + _INCREMENT & _MASK
    word = ((state >> (state >> 28) + 4) ^ state) * _WORD & _MASK
    return word >> 22 ^ word


def pcg(value: tf.Tensor) -> tf.Tensor:
    """A hash from uint32 to uint32, number by number."""
    import tensorflow as tf

    def shifted(number: tf.Tensor, places: Any) -> tf.Tensor:
        return tf.bitwise.right_shift(number, tf.cast(places, tf.uint32))

    state = value * tf.constant(_MULTIPLIER, tf.uint32) + tf.constant(_INCREMENT, tf.uint32)
    places = shifted(state, 28) + tf.constant(4, tf.uint32)
    word = tf.bitwise.bitwise_xor(tf.bitwise.right_shift(state, places), state) * tf.constant(_WORD, tf.uint32)
    return tf.bitwise.bitwise_xor(shifted(word, 22), word)


def share_of(bits: tf.Tensor) -> tf.Tensor:
    """float32: a number of 32 bits as a share of all of them, in [0, 1); its 24 highest bits count."""
    import tensorflow as tf

    return tf.cast(tf.bitwise.right_shift(bits, tf.constant(8, tf.uint32)), tf.float32) / 2**24

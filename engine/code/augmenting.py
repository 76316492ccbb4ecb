"""Augmentation in a script: for each of our random changes the layer of Keras that comes nearest to it."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Final

from engine.augmentation import Augmentation, Operation
from engine.augmentation.base import Likeness, Mixing, written
from engine.code.section import KERAS, LAYERS, Section
from engine.code.writing import INDENT, call, comment
from engine.geometry import Shape

_SOMETIMES: Final = '''\
class Sometimes(layers.Layer):
    """Lets a layer change each image with a probability."""

    def __init__(self, layer, probability, seed):
        super().__init__()
        self.layer = layer
        self.probability = probability
        self.seeds = keras.random.SeedGenerator(seed)

    def call(self, images, training=False):
        changed = self.layer(images, training=training)
        shape = (keras.ops.shape(images)[0], 1, 1, 1)
        draws = keras.random.uniform(shape, seed=self.seeds)
        return keras.ops.where(draws < self.probability, changed, images)
'''

_MIX: Final = '''\
def mix(images, labels):
    """Mix the images of a batch with one another, and their classes alike."""
    batch = {"images": images, "labels": labels}
    for layer in MIXING:
        batch = layer(batch, training=True)
    return batch["images"], batch["labels"]
'''


def augmenting(augmentation: Augmentation, shape: Shape) -> Section:
    """The section that makes `augment` and `mix`, as far as they are needed; its draws are Keras's, not ours.

    Args:
        shape: Of an image: height, width, channels.
    """
    lines = [*comment("Random changes for training only; the network that predicts does not hold them.", "")]
    changes, mixing = changes_of(augmentation, shape), mixing_of(augmentation, shape)
    # A seed for each: with one for all, a strong turn would always come with a strong shift.
    seeds = (f"SEED + {number}" if number else "SEED" for number in itertools.count())
    if any(_sometimes(*one) for one in changes):
        lines += ["", "", *_SOMETIMES.rstrip().split("\n"), "", ""]
    if changes:
        lines += ["augment = keras.Sequential(", f"{INDENT}["]
        lines += [line for one in changes for line in _entry(*one, seeds, INDENT * 2)]
        lines += [f"{INDENT}],", f'{INDENT}name="augmentation",', ")"]
    if mixing:
        lines += ["MIXING = [", *(line for one in mixing for line in _entry(*one, seeds, INDENT)), "]"]
        lines += ["", "", *_MIX.rstrip().split("\n")]
    return Section("Augmentation", "\n".join(lines), frozenset({KERAS, LAYERS}))


def changes_of(augmentation: Augmentation, shape: Shape) -> list[tuple[Operation, Likeness]]:
    """What changes each image by itself, where it changes anything."""
    return [one for one in _likenesses(augmentation, shape) if not isinstance(one[0], Mixing)]


def mixing_of(augmentation: Augmentation, shape: Shape) -> list[tuple[Operation, Likeness]]:
    """What mixes images, where it does."""
    return [one for one in _likenesses(augmentation, shape) if isinstance(one[0], Mixing)]


def _likenesses(augmentation: Augmentation, shape: Shape) -> Iterator[tuple[Operation, Likeness]]:
    for operation in augmentation.operations:
        idle = not operation.probability or operation.problem(shape)
        likeness = None if idle else operation.likeness()
        if likeness is not None:
            yield operation, likeness


def _sometimes(operation: Operation, likeness: Likeness) -> bool:
    return operation.probability < 1 and not likeness.has_probability and not isinstance(operation, Mixing)


def _entry(operation: Operation, likeness: Likeness, seeds: Iterator[str], indent: str) -> list[str]:
    differs = likeness.differs
    if isinstance(operation, Mixing) and operation.probability < 1:
        differs = f"{differs} It mixes all images, not {operation.probability:.0%} of them.".strip()
    lines = comment(f"Unlike our {operation.kind}: {differs[0].lower()}{differs[1:]}", indent) if differs else []
    sometimes = _sometimes(operation, likeness)
    inner = indent + INDENT * sometimes
    arguments = [*likeness.arguments, f"seed={next(seeds)}"]
    layer = call(f"layers.{likeness.layer}(", arguments, "),", inner)
    if likeness.of_shares and sometimes:
        noise = f"layers.{likeness.layer}({', '.join(arguments)})"
        layer = call("keras.Sequential([", ["layers.Rescaling(1 / 255)", noise, "layers.Rescaling(255)"], "]),", inner)
    elif likeness.of_shares:
        layer = [f"{inner}layers.Rescaling(1 / 255),", *layer, f"{inner}layers.Rescaling(255),"]
    if sometimes:
        layer = [f"{indent}Sometimes(", *layer, f"{inner}{written(operation.probability)},"]
        layer += [f"{inner}seed={next(seeds)},", f"{indent}),"]
    return [*lines, *layer]

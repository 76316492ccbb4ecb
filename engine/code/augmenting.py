"""Augmentation in a script: for each of our random changes the layer of Keras that comes nearest to it."""

from __future__ import annotations

from engine.augmentation import (
    Augmentation,
    Operation,
    RandomBrightness,
    RandomFlip,
    RandomRotation,
    RandomTranslation,
    RandomZoom,
)
from engine.code.section import KERAS, LAYERS, Section
from engine.code.writing import INDENT, call, comment, literal, quoted


def augmenting(augmentation: Augmentation) -> Section:
    """The section that makes `augment`; its draws are Keras's, not ours."""
    lines = [*comment("Random changes for training only; the network that predicts does not hold them.", "")]
    lines += ["augment = keras.Sequential(", f"{INDENT}["]
    for operation in augmentation.operations:
        arguments = _arguments(operation)
        if arguments is None:
            lines += comment(f"{operation.kind} has no like in Keras and is left out.", INDENT * 2)
        elif arguments:
            seeded = [*arguments, "seed=SEED"]
            lines += call(f"layers.{operation.kind}(", seeded, "),", INDENT * 2)
    lines += [f"{INDENT}],", f'{INDENT}name="augmentation",', ")"]
    return Section("Augmentation", "\n".join(lines), frozenset({KERAS, LAYERS}))


def _arguments(operation: Operation) -> list[str] | None:
    """The arguments of Keras's layer of the same name; [] where it would change nothing, None where there is none."""
    match operation:
        case RandomFlip(horizontal=horizontal, vertical=vertical):
            ways = [name for name, on in (("horizontal", horizontal), ("vertical", vertical)) if on]
            return [quoted("_and_".join(ways))] if ways else []
        case RandomTranslation(height=height, width=width):
            return [literal(height), literal(width)]
        case RandomRotation(degrees=degrees):
            return [f"{degrees:g} / 360"]
        case RandomZoom(share=share):
            return [f"({literal(-share)}, {literal(share)})"]
        case RandomBrightness(share=share):
            return [literal(share)]
    return None

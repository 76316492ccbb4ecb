"""What a training costs: memory at its batch size, and time once this computer's pace is known."""

from __future__ import annotations

import math

from engine.analysis import Analysis
from engine.edits import SetRecipe
from engine.facts import Problem
from engine.graph import INPUT_PATH
from engine.recipe import Recipe

VALUE_BYTES = 4
"""Every value is a float32."""

MEMORY = "memory"
"""Topic of the advice that a run would not fit in memory."""

_VALUE_EFFORT = 40
_STEP_EFFORT = 130e6

_USABLE = 0.9
"""The share of the free memory that a run may take: the dataset's cache and the window live there too."""


def layer_bytes(kept: int | None, recipe: Recipe) -> int | None:
    """What the values that training keeps of one layer take, at the recipe's batch size."""
    return None if kept is None else VALUE_BYTES * kept * recipe.batch_size


def training_bytes(found: Analysis, recipe: Recipe) -> int | None:
    """Memory that a training takes beside the program itself; None where a fault leaves it unknown.

    4 bytes for each of: the weights; for each trained weight its gradient and what the optimizer keeps of it; and for
    each image of a batch the values that leave each layer, which the way back needs again, and twice those of the
    widest layer: the slopes that enter it and those that leave it. Measured on three networks of this program, steps
    of TensorFlow took 0.8 to 1.1 times as much.
    """
    each = _image_bytes(found)
    if found.parameters is None or found.trainable is None or each is None:
        return None
    weights = found.parameters + found.trainable * (1 + recipe.optimizer.kept_per_weight)
    return VALUE_BYTES * weights + each * recipe.batch_size


def _image_bytes(found: Analysis) -> int | None:
    """What grows with the batch, for one image."""
    if found.kept is None:
        return None
    widest = max((math.prod(one.output_shape) for one in found.facts.values() if one.output_shape), default=0)
    return VALUE_BYTES * (found.kept + 2 * widest)


def effort(found: Analysis, recipe: Recipe) -> float | None:
    """How much there is to do for one image of a training, in MACs; None where a fault leaves it unknown.

    Beside the MACs of the weights, each value that leaves a layer is written and read, which takes as long as some
    40 MACs, and each step has a part of its own that all images of the batch share. Both were fitted to eleven
    networks of this program on two cores; with them one pace gives their speeds within about a factor of two.
    """
    if found.macs is None or found.kept is None:
        return None
    return found.macs + _VALUE_EFFORT * found.kept + _STEP_EFFORT / recipe.batch_size


def epoch_seconds(found: Analysis, recipe: Recipe, images: int, pace: float) -> float | None:
    """About how long one epoch takes; None where it is not known.

    Args:
        found: What is known about the network.
        recipe: How it is trained.
        images: Images of the training split.
        pace: Effort a second of this computer, measured by an earlier run; 0 where there was none yet.
    """
    needed = effort(found, recipe)
    return None if needed is None or pace <= 0 or not images else needed * images / pace


def memory_advice(found: Analysis, recipe: Recipe, free: int) -> Problem | None:
    """What to say where a run would not fit in `free` bytes, with the batch size that would; None where it fits."""
    needed, each = training_bytes(found, recipe), _image_bytes(found)
    if needed is None or not each or needed <= free * _USABLE:
        return None
    largest = int(free * _USABLE - (needed - each * recipe.batch_size)) // each
    batch = 1 << (largest.bit_length() - 1) if largest > 0 else 0
    return Problem(
        INPUT_PATH,
        f"Training would take about {said(needed)} of memory, and {said(free)} are free.",
        "A run that does not fit becomes very slow, or the system ends it.",
        f"Set the batch size to {batch:,}." if batch else "Make the network or its input smaller.",
        MEMORY,
        (SetRecipe("batch_size", batch),) if batch else (),
    )


def free_memory() -> int:
    """Bytes that programs can still take without the system having to swap."""
    import psutil

    return int(psutil.virtual_memory().available)


def said(size: float) -> str:
    """Say "512 bytes", "3.4 MB", "12 GB"."""
    for unit, step in (("GB", 1e9), ("MB", 1e6), ("kB", 1e3)):
        if size >= step:
            return f"{size / step:.3g} {unit}" if size < 1e3 * step else f"{size / step:,.0f} {unit}"
    return f"{size:.0f} bytes"

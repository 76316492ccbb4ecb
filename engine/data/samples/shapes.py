"""`sample:shapes`: coloured shapes on noisy backgrounds, 32 × 32 RGB, any number of them, drawn from a seed.

Image i is a function of (seed, i) alone: the first 1,000 images are the same whether 1,000 or 100,000 are asked for.
Shape, place, size, rotation, both colours and the noise are drawn; the label is the shape, so neither colour nor
brightness gives it away.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from engine.geometry import Shape

SHAPE: Final[Shape] = (32, 32, 3)
CLASS_NAMES: Final = ("circle", "cross", "ring", "square", "star", "triangle")
CHUNK: Final = 512
"""Images drawn at once; the generator is seeded for each chunk."""

Array = np.ndarray[Any, Any]


def labels(images: int) -> Array:
    """int32, (images,): the classes in turn, so that every class has the same number within one."""
    return (np.arange(images) % len(CLASS_NAMES)).astype(np.int32)


def draw(seed: int, chunk: int) -> Array:
    """Images `chunk * CHUNK` and on: uint8, (CHUNK, 32, 32, 3)."""
    rng = np.random.default_rng([seed, chunk])
    side = SHAPE[0]
    turn = rng.uniform(0, 2 * np.pi, CHUNK)
    radius = rng.uniform(6.0, 12.0, CHUNK)
    centre = rng.uniform(12.0, side - 12.0, (2, CHUNK))
    colours = rng.uniform(0.0, 1.0, (2, CHUNK, 3))
    # The two colours differ by a quarter of the range on average at least, or there would be nothing to see.
    near = np.abs(colours[0] - colours[1]).mean(axis=1) < 0.25
    colours[1, near] = (colours[1, near] + 0.5) % 1.0
    rows, columns = np.mgrid[0:side, 0:side].astype(np.float64) + 0.5
    down = (rows[None] - centre[0][:, None, None]) / radius[:, None, None]
    across = (columns[None] - centre[1][:, None, None]) / radius[:, None, None]
    cosine, sine = np.cos(turn)[:, None, None], np.sin(turn)[:, None, None]
    x, y = across * cosine - down * sine, across * sine + down * cosine
    kinds = (chunk * CHUNK + np.arange(CHUNK)) % len(CLASS_NAMES)
    inside = np.zeros((CHUNK, side, side), bool)
    for kind, name in enumerate(CLASS_NAMES):
        chosen = kinds == kind
        inside[chosen] = _INSIDE[name](x[chosen], y[chosen])
    picture = np.where(inside[..., None], colours[0][:, None, None], colours[1][:, None, None])
    slope = rng.uniform(-0.25, 0.25, (2, CHUNK, 1, 1, 1))
    light = slope[0] * (rows / side - 0.5)[None, ..., None] + slope[1] * (columns / side - 0.5)[None, ..., None]
    strength = rng.uniform(0.05, 0.22, (CHUNK, 1, 1, 1))
    noise = rng.standard_normal((CHUNK, *SHAPE), np.float32) * strength
    return np.asarray((np.clip(picture + light + noise, 0.0, 1.0) * 255 + 0.5).astype(np.uint8))


def _circle(x: Array, y: Array) -> Array:
    return np.asarray(x**2 + y**2 <= 0.8)


def _ring(x: Array, y: Array) -> Array:
    distance = x**2 + y**2
    return np.asarray((distance <= 1.0) & (distance >= 0.3))


def _square(x: Array, y: Array) -> Array:
    return np.asarray(np.maximum(np.abs(x), np.abs(y)) <= 0.78)


def _cross(x: Array, y: Array) -> Array:
    across, down = np.abs(x), np.abs(y)
    return np.asarray((np.minimum(across, down) <= 0.3) & (np.maximum(across, down) <= 1.0))


def _triangle(x: Array, y: Array) -> Array:
    return np.asarray((y >= -0.5) & (y <= 1.0 - np.sqrt(3.0) * np.abs(x)))


def _star(x: Array, y: Array) -> Array:
    """Five points: the radius runs on a straight line from 1 at a point to 0.4 between two."""
    step = 2 * np.pi / 5
    angle = np.abs((np.arctan2(x, y) + step / 2) % step - step / 2)
    tip, notch = 1.0, 0.4
    edge = tip * notch * np.sin(step / 2) / (tip * np.sin(angle) + notch * np.sin(step / 2 - angle))
    return np.asarray(x**2 + y**2 <= edge**2)


_INSIDE: Final = {
    "circle": _circle,
    "cross": _cross,
    "ring": _ring,
    "square": _square,
    "star": _star,
    "triangle": _triangle,
}

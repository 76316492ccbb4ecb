"""Scenes drawn by chance, no two alike, and copies of them as they come about in collections of images."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

SIDE = 96


def scene(seed: int, side: int = SIDE) -> Image.Image:
    """A soft background with light from a side, some shapes in front, and grain."""
    rng = np.random.default_rng([7, seed])
    clouds = rng.uniform(0, 255, (rng.integers(2, 5), rng.integers(2, 5), 3)).astype(np.uint8)
    picture = Image.fromarray(clouds).resize((side, side), Image.Resampling.BICUBIC)
    draw = ImageDraw.Draw(picture)
    for _ in range(rng.integers(3, 9)):
        x, y = rng.uniform(-0.1, 1.0, 2) * side
        wide, high = rng.uniform(0.1, 0.5, 2) * side
        colour = tuple(int(one) for one in rng.integers(0, 256, 3))
        box = (x, y, x + wide, y + high)
        match rng.integers(3):
            case 0:
                draw.ellipse(box, fill=colour)
            case 1:
                draw.rectangle(box, fill=colour)
            case _:
                draw.polygon([tuple(one) for one in rng.uniform((x, y), (x + wide, y + high), (4, 2))], fill=colour)
    grain = rng.normal(0, rng.uniform(1, 6), (side, side, 3))
    return Image.fromarray(np.clip(np.asarray(picture) + grain, 0, 255).astype(np.uint8))


def encoded(picture: Image.Image, kind: str = "JPEG", **options: Any) -> bytes:
    """The bytes of a file."""
    stream = io.BytesIO()
    picture.save(stream, kind, **options)
    return stream.getvalue()


def rescaled(picture: Image.Image, rng: np.random.Generator) -> tuple[bytes, str]:
    """At 0.4 to 2 times the size."""
    factor = float(rng.choice([rng.uniform(0.4, 0.85), rng.uniform(1.2, 2.0)]))
    size = (round(picture.width * factor), round(picture.height * factor))
    return encoded(picture.resize(size, Image.Resampling.LANCZOS), quality=90), "jpg"


def recompressed(picture: Image.Image, rng: np.random.Generator) -> tuple[bytes, str]:
    """As a JPEG of low quality."""
    return encoded(picture, quality=int(rng.integers(15, 60))), "jpg"


def reencoded(picture: Image.Image, rng: np.random.Generator) -> tuple[bytes, str]:
    """In another format."""
    kind = str(rng.choice(["PNG", "BMP", "WEBP"]))
    return encoded(picture, kind), kind.lower()


def cropped(picture: Image.Image, rng: np.random.Generator) -> tuple[bytes, str]:
    """Without 5 % of its height and of its width, cut off anywhere."""
    wide, high = round(picture.width * 0.95), round(picture.height * 0.95)
    x, y = int(rng.integers(0, picture.width - wide + 1)), int(rng.integers(0, picture.height - high + 1))
    return encoded(picture.crop((x, y, x + wide, y + high)), quality=90), "jpg"


def blurred(picture: Image.Image) -> Image.Image:
    """Out of focus."""
    return picture.filter(ImageFilter.GaussianBlur(picture.width / 24))


COPIES: dict[str, Callable[[Image.Image, np.random.Generator], tuple[bytes, str]]] = {
    "rescaled": rescaled,
    "recompressed": recompressed,
    "reencoded": reencoded,
    "cropped": cropped,
}
"""Ways in which an image becomes another file of the same thing."""

"""Folders of small images to open."""

from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image


def picture(seed: int = 0, height: int = 6, width: int = 8, channels: int = 3) -> np.ndarray[Any, Any]:
    """Noise, uint8, (height, width, 3) or (height, width)."""
    shape = (height, width, 3) if channels == 3 else (height, width)
    return np.random.default_rng(seed).integers(0, 256, shape).astype(np.uint8)


def save(path: Path, seed: int = 0, height: int = 6, width: int = 8, channels: int = 3) -> Path:
    """Write a picture to `path`, making its folders; the ending says the format."""
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(picture(seed, height, width, channels)).save(path)
    return path


def folder(root: Path, images: dict[str, int]) -> Path:
    """A folder with so many pictures in each of these folders below it, no two the same."""
    seed = 0
    for name, count in images.items():
        (root / name).mkdir(parents=True, exist_ok=True)
        for number in range(count):
            seed += 1
            save(root / name / f"{number:03d}.png", seed)
    return root


def huge_header(side: int = 30_000) -> bytes:
    """A PNG of a few bytes that says it has side × side pixels."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    size = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", size) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


def cut_jpeg() -> bytes:
    """The first half of a JPEG."""
    stream = io.BytesIO()
    Image.fromarray(picture(1, 64, 64)).save(stream, "JPEG")
    return stream.getvalue()[: stream.tell() // 2]

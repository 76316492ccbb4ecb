"""PNG files that the program wrote, and can tell from others."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Final

from PIL import Image, PngImagePlugin

from engine.errors import EngineError
from engine.storage import save_bytes

_KEY: Final = "Software"
_NAME: Final = "Convoscope"


def encoded(picture: Image.Image) -> bytes:
    """The picture as a PNG that carries the program's name."""
    info = PngImagePlugin.PngInfo()
    info.add_text(_KEY, _NAME)
    stream = io.BytesIO()
    picture.save(stream, "png", pnginfo=info, optimize=False)
    return stream.getvalue()


def save(path: Path, picture: Image.Image) -> None:
    """Write the picture; raises EngineError where a file stands there that the program did not write."""
    refuse_foreign(path)
    save_bytes(path, encoded(picture))


def refuse_foreign(path: Path) -> None:
    """Raise EngineError where something stands at `path` that the program did not write."""
    if (path.exists() or path.is_symlink()) and not _is_ours(path):
        raise EngineError(
            f"{path} is there already, and this program did not make it.",
            "Only pictures that the program itself has written are written anew.",
            "Choose another folder, or move the file away.",
        )


def _is_ours(path: Path) -> bool:
    try:
        with Image.open(path, formats=["PNG"]) as found:
            return found.info.get(_KEY) == _NAME
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return False

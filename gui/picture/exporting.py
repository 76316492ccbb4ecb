"""A scene as the bytes of a file: SVG, PDF or PNG."""

from __future__ import annotations

import enum
import math
from pathlib import Path
from typing import Final

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QSizeF, Qt
from PySide6.QtGui import QColor, QImage, QPageSize, QPainter, QPdfWriter

from engine.errors import EngineError
from engine.picture import Scene, to_svg
from gui.picture.painting import paint

LARGEST_PIXELS: Final = 120_000_000
"""Of a bitmap; it takes four bytes for each while it is drawn."""
_POINTS_PER_INCH: Final = 72


class Format(enum.StrEnum):
    """The formats; the value is the suffix."""

    PDF = "pdf"
    SVG = "svg"
    PNG = "png"

    @property
    def words(self) -> str:
        """What the file dialog calls it."""
        kind = "one bitmap" if self is Format.PNG else "lines and letters, for papers and slides"
        return f"{self.name}: {kind} (*.{self.value})"


def format_of(path: Path, otherwise: Format) -> Format:
    """The format that a file's suffix names; `otherwise` where it names none."""
    suffix = path.suffix.lower().lstrip(".")
    return Format(suffix) if suffix in list(Format) else otherwise


def exported(scene: Scene, format: Format, *, scale: float = 2.0, transparent: bool = False) -> bytes:
    """The picture as a file's bytes.

    Args:
        scene: The picture.
        format: Of the file.
        scale: Pixels for one point of a bitmap.
        transparent: Whether nothing is drawn under it.

    Raises:
        EngineError: where a bitmap of this scale would be too large.
    """
    if format is Format.SVG:
        return to_svg(scene, transparent=transparent).encode()
    return _pdf(scene, transparent) if format is Format.PDF else _png(scene, scale, transparent)


def _png(scene: Scene, scale: float, transparent: bool) -> bytes:
    width, height = math.ceil(scene.width * scale), math.ceil(scene.height * scale)
    if width * height > LARGEST_PIXELS:
        raise EngineError(
            f"The picture would have {width:,} × {height:,} pixels.",
            f"A PNG has at most {LARGEST_PIXELS:,} pixels.",
            "Choose a smaller scale, or save it as PDF or SVG, which are sharp at any size.",
        )
    image = QImage(width, height, QImage.Format.Format_ARGB32_Premultiplied)
    image.setDotsPerMeterX(round(_POINTS_PER_INCH * scale / 0.0254))
    image.setDotsPerMeterY(round(_POINTS_PER_INCH * scale / 0.0254))
    image.fill(Qt.GlobalColor.transparent if transparent else QColor(scene.paper))
    painter = QPainter(image)
    painter.scale(scale, scale)
    paint(scene, painter)
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(buffer.data().data())


def _pdf(scene: Scene, transparent: bool) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setTitle(scene.title)
    writer.setCreator("Convoscope")
    size = QSizeF(scene.width, scene.height)
    writer.setPageSize(QPageSize(size, QPageSize.Unit.Point, scene.title, QPageSize.SizeMatchPolicy.ExactMatch))
    writer.setPageMargins(QMarginsF(0, 0, 0, 0))
    painter = QPainter(writer)
    # A hundredth of a point is the grid: letters and thin lines keep their place.
    painter.scale(writer.logicalDpiX() / _POINTS_PER_INCH, writer.logicalDpiY() / _POINTS_PER_INCH)
    if not transparent:
        painter.fillRect(0, 0, math.ceil(scene.width), math.ceil(scene.height), QColor(scene.paper))
    paint(scene, painter)
    painter.end()
    return bytes(buffer.data().data())

"""Frames of explaining pictures as images, and the pictures of a layer by itself."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from engine.geometry import Shape
from engine.layers.base import LayerType
from gui.explanation.choosing import picture_of
from gui.explanation.picture import ExplainingPicture


def film(type: LayerType, *inputs: Shape) -> ExplainingPicture:
    """The picture of a layer that takes these shapes."""
    assert not type.faults(inputs)
    return picture_of(type, inputs)


def painted(picture: ExplainingPicture, frame: int = 0) -> QImage:
    """One frame, as large as the settings pane shows it."""
    image = QImage(256, 186, QImage.Format.Format_RGB32)
    image.fill(QColor("#ffffff"))
    painter = QPainter(image)
    picture.paint(painter, QRectF(image.rect()).adjusted(12, 8, -12, -12), frame)
    painter.end()
    return image

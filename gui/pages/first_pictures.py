"""The first pictures of a folder that is still being read."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from engine.service.datasets import GLIMPSE_SIDE, FirstPictures
from gui.models.thumbnails import rgb_image
from gui.theme import SPACE_1, SPACE_2, theme
from gui.widgets import PlainLabel


class FirstPicturesStrip(QWidget):
    """A row of pictures, as many as fit. Hidden until there are some, and when the job has ended."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row = _Row()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_1)
        column.addWidget(PlainLabel("The first images, while the others are read", role="secondary"))
        column.addWidget(self._row)
        self.hide()

    @property
    def pictures(self) -> list[QImage]:
        """What is shown."""
        return self._row.pictures

    def add(self, part: object) -> None:
        """Show more pictures; other parts of a job are none of its business."""
        if isinstance(part, FirstPictures):
            self._row.add([rgb_image(one) for one in part.pixels])
            self.show()

    def show_busy(self, busy: bool) -> None:
        """Whether images are being read."""
        self.hide()
        if busy:
            self._row.clear()


class _Row(QWidget):
    """Pictures side by side."""

    def __init__(self) -> None:
        super().__init__()
        self.pictures: list[QImage] = []
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("The first images")

    def add(self, pictures: list[QImage]) -> None:
        self.pictures += pictures
        self.setAccessibleDescription(f"{len(self.pictures)} images have been read so far.")
        self.update()

    def clear(self) -> None:
        self.pictures = []

    def sizeHint(self) -> QSize:
        side = theme().px(GLIMPSE_SIDE)
        return QSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        side, painter = self.height(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        left = 0
        for picture in self.pictures:
            if left + side > self.width():
                break
            painter.drawImage(QRect(left, 0, side, side), picture)
            left += side + SPACE_2

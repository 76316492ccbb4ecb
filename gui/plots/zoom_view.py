"""One image as large as one likes: zoomed by wheel, keys and buttons, moved by hand, every pixel with its value."""

from __future__ import annotations

import math
from typing import Any, Final

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.models.thumbnails import rgb_image
from gui.theme import colour

Array = np.ndarray[Any, Any]
Box = tuple[int, int, int, int]

LARGEST: Final = 64.0
"""Screen pixels for one of the image's."""
GRID_FROM: Final = 10.0
"""From this scale on lines part the pixels."""
ASK_AFTER_MS: Final = 80
STEP: Final = 1.25


class ZoomView(QWidget):
    """Shows an image that may have come smaller than it is; asks for the part in sight where that is not enough.

    The wheel, + and - zoom; 0 fits the image in, 1 shows it pixel for pixel; dragging moves it; Shift and the arrow
    keys move the pixel cursor.

    Signals:
        pointed: Where the cursor stands and the value there, in words; "" where it stands nowhere.
        part_wanted: A Box of the original that is in sight larger than it has come.
        scale_changed: Screen pixels for one of the image's.
    """

    pointed = Signal(str)
    part_wanted = Signal(object)
    scale_changed = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.size_of_image = (0, 0)
        self.scale = 1.0
        self._origin = QPointF()
        self._fitted = True
        self._channel: int | None = None
        self._layers: list[tuple[Box, Array, QImage]] = []
        self._at: tuple[int, int] | None = None
        self._grabbed: QPointF | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(ASK_AFTER_MS)
        self._timer.timeout.connect(self._ask)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(240, 200)
        self.setAccessibleName("The image, large")

    def sizeHint(self) -> QSize:
        return QSize(640, 520)

    # what is shown

    def show_image(self, height: int, width: int, box: Box, pixels: Array) -> None:
        """Show another image, fitted in; `pixels` are those of `box`, perhaps fewer than it has."""
        self.size_of_image = (height, width)
        self._layers = [(box, pixels, self._drawn(pixels))]
        self._at = None
        self.fit()
        self._tell()

    def show_part(self, box: Box, pixels: Array) -> None:
        """A part of the same image with more pixels."""
        self._layers = [*self._layers[:1], (box, pixels, self._drawn(pixels))]
        self._tell()
        self.update()

    def clear(self) -> None:
        """Show none."""
        self.size_of_image, self._layers, self._at = (0, 0), [], None
        self._timer.stop()
        self._tell()
        self.update()

    def show_channel(self, channel: int | None) -> None:
        """Show one channel as brightness, or all of them."""
        self._channel = channel
        self._layers = [(box, pixels, self._drawn(pixels)) for box, pixels, _ in self._layers]
        self.update()

    def _drawn(self, pixels: Array) -> QImage:
        channel = self._channel
        return rgb_image(pixels if channel is None or channel >= pixels.shape[2] else pixels[..., channel])

    # how large

    def fit(self) -> None:
        """All of the image in sight."""
        height, width = self.size_of_image
        if height and width:
            self._fitted = True
            self._set_scale(min((self.width() - 8) / width, (self.height() - 8) / height, LARGEST))
            self._centre()

    def zoom(self, factor: float, around: QPointF | None = None) -> None:
        """Show it larger or smaller; the point `around` stays where it is."""
        height, width = self.size_of_image
        if not height:
            return
        point = around or QPointF(self.width() / 2, self.height() / 2)
        on_image = (point - self._origin) / self.scale
        self._fitted = False
        smallest = min(1.0, self.width() / width / 2, self.height() / height / 2)
        self._set_scale(min(LARGEST, max(smallest, self.scale * factor)))
        self._origin = point - on_image * self.scale
        self._keep_in_sight()

    def zoom_to(self, scale: float) -> None:
        """So many screen pixels for one of the image's."""
        self.zoom(scale / self.scale)

    def _set_scale(self, scale: float) -> None:
        self.scale = max(scale, 1e-4)
        self.scale_changed.emit(self.scale)
        self._timer.start()
        self.update()

    def _centre(self) -> None:
        height, width = self.size_of_image
        self._origin = QPointF((self.width() - width * self.scale) / 2, (self.height() - height * self.scale) / 2)

    def _keep_in_sight(self) -> None:
        """In the middle where it is smaller than the view, else without a gap at its edges."""
        height, width = self.size_of_image
        room = ((self.width(), width * self.scale), (self.height(), height * self.scale))
        x, y = (
            (have - needed) / 2 if needed <= have else min(0.0, max(have - needed, now))
            for (have, needed), now in zip(room, (self._origin.x(), self._origin.y()), strict=True)
        )
        self._origin = QPointF(x, y)
        self._timer.start()
        self.update()

    def _in_sight(self) -> Box:
        height, width = self.size_of_image
        left = max(0, math.floor(-self._origin.x() / self.scale))
        top = max(0, math.floor(-self._origin.y() / self.scale))
        right = min(width, math.ceil((self.width() - self._origin.x()) / self.scale))
        bottom = min(height, math.ceil((self.height() - self._origin.y()) / self.scale))
        return (top, left, max(0, bottom - top), max(0, right - left))

    def _ask(self) -> None:
        if not self._layers:
            return
        seen = self._in_sight()
        needed = min(1.0, self.scale * self.devicePixelRatioF())
        if not any(_covers(box, seen) and _detail(box, pixels) >= 0.95 * needed for box, pixels, _ in self._layers):
            self.part_wanted.emit(seen)

    # painting

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour("track"))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, self.scale < 2)
        for box, _, image in self._layers:
            painter.drawImage(self._on_screen(box), image)
        if self.scale >= GRID_FROM:
            self._paint_grid(painter)
        if self._at is not None and self.scale >= 4:
            cell = self._on_screen((*self._at, 1, 1))
            # Dark and light together stay visible on every colour.
            painter.setPen(QPen(Qt.GlobalColor.black, 3))
            painter.drawRect(cell)
            painter.setPen(QPen(Qt.GlobalColor.white, 1))
            painter.drawRect(cell)
        if self.hasFocus():
            painter.setPen(QPen(colour("accent"), 2))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
        painter.end()

    def _on_screen(self, box: Box) -> QRectF:
        top, left, rows, columns = (one * self.scale for one in box)
        return QRectF(self._origin.x() + left, self._origin.y() + top, columns, rows)

    def _paint_grid(self, painter: QPainter) -> None:
        box = self._in_sight()
        place = self._on_screen(box)
        painter.setPen(QPen(QColor(128, 128, 128, 90), 1))
        for row in range(box[2] + 1):
            y = place.top() + row * self.scale
            painter.drawLine(QPointF(place.left(), y), QPointF(place.right(), y))
        for column in range(box[3] + 1):
            x = place.left() + column * self.scale
            painter.drawLine(QPointF(x, place.top()), QPointF(x, place.bottom()))

    # mouse and keys

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._fitted:
            self.fit()
        elif self._layers:
            self._keep_in_sight()

    def wheelEvent(self, event: QWheelEvent) -> None:
        self.zoom(STEP ** (event.angleDelta().y() / 120), event.position())
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._grabbed = event.position()
        self.setFocus()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._grabbed = None
        self.unsetCursor()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._grabbed is not None and event.buttons() & Qt.MouseButton.LeftButton:
            self._fitted = False
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
            self._origin += event.position() - self._grabbed
            self._grabbed = event.position()
            self._keep_in_sight()
            return
        point = (event.position() - self._origin) / self.scale
        row, column = math.floor(point.y()), math.floor(point.x())
        height, width = self.size_of_image
        self._point((row, column) if 0 <= row < height and 0 <= column < width else None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = Qt.Key
        steps = {keys.Key_Left: (0, -1), keys.Key_Right: (0, 1), keys.Key_Up: (-1, 0), keys.Key_Down: (1, 0)}
        step = steps.get(keys(event.key()))
        if step is not None and event.modifiers() & Qt.KeyboardModifier.ShiftModifier and self._layers:
            self._step(*step)
        elif event.text() in ("+", "="):
            self.zoom(STEP)
        elif event.text() == "-":
            self.zoom(1 / STEP)
        elif event.text() == "0":
            self.fit()
        elif event.text() == "1":
            self.zoom_to(1.0)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def _step(self, down: int, right: int) -> None:
        height, width = self.size_of_image
        top, left, rows, columns = self._in_sight()
        row, column = self._at or (top + rows // 2 - down, left + columns // 2 - right)
        row, column = min(max(row + down, 0), height - 1), min(max(column + right, 0), width - 1)
        cell = self._on_screen((row, column, 1, 1))
        self._origin -= QPointF(
            min(0.0, cell.left()) + max(0.0, cell.right() - self.width()),
            min(0.0, cell.top()) + max(0.0, cell.bottom() - self.height()),
        )
        self._keep_in_sight()
        self._point((row, column))

    def _point(self, at: tuple[int, int] | None) -> None:
        if at != self._at:
            self._at = at
            self._tell()
            self.update()

    def _tell(self) -> None:
        text = "" if self._at is None else self._words(*self._at)
        self.setAccessibleDescription(text)
        self.pointed.emit(text)

    def _words(self, row: int, column: int) -> str:
        for box, pixels, _ in reversed(self._layers):
            if _covers(box, (row, column, 1, 1)):
                y = int((row - box[0]) * pixels.shape[0] / box[2])
                x = int((column - box[1]) * pixels.shape[1] / box[3])
                values = [int(one) for one in pixels[y, x]]
                about = "" if _detail(box, pixels) >= 1 else "about "
                names = ("red", "green", "blue") if len(values) == 3 else ("brightness",)
                said = ", ".join(f"{name} {value}" for name, value in zip(names, values, strict=True))
                return f"Row {row:,}, column {column:,}: {about}{said}"
        return ""


def _covers(outer: Box, inner: Box) -> bool:
    return (
        outer[0] <= inner[0]
        and outer[1] <= inner[1]
        and outer[0] + outer[2] >= inner[0] + inner[2]
        and outer[1] + outer[3] >= inner[1] + inner[3]
    )


def _detail(box: Box, pixels: Array) -> float:
    """How many of a pixel have come for each one of the original's, along the longer side."""
    return float(max(pixels.shape[:2]) / max(1, box[2], box[3]))

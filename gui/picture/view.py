"""The picture on the screen: it fits itself in, and can be zoomed and moved by mouse and keyboard."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QToolTip, QWidget

from engine.picture import Scene
from engine.picture.shapes import Place
from gui.picture.painting import paint
from gui.theme import colour
from gui.words import display_name, tip

CLOSEST: Final = 12.0
FURTHEST: Final = 0.05
STEP: Final = 1.25
_LARGEST_FIT: Final = 2.4


class PictureView(QAbstractScrollArea):
    """Shows a scene.

    Signals: `zoomed` when it stands at another size; `layer_chosen` with the path of a layer that was clicked.

    Keys: + and − zoom, 0 fits it in, 1 shows its real size, arrows and Page keys move.
    """

    zoomed = Signal()
    layer_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._scene: Scene | None = None
        self._chosen = ""
        self._zoom = 1.0
        self.fits = True
        self._pressed: QPointF | None = None
        self._dragged = False
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Picture of the network")
        self.viewport().setMouseTracking(True)

    @property
    def zoom(self) -> float:
        """Pixels for one point of the picture."""
        return self._zoom

    def show_scene(self, scene: Scene, chosen: str = "") -> None:
        """Show another picture at the same place and size, or fitted in where it was so before."""
        self._scene, self._chosen = scene, chosen
        self.setAccessibleDescription(scene.description)
        if self.fits:
            self.fit()
        self._set_bars()
        self.viewport().update()

    def fit(self) -> None:
        """Show all of it."""
        self.fits = True
        if self._scene is not None:
            room = self.viewport().size()
            fitting = min(room.width() / self._scene.width, room.height() / self._scene.height)
            self._set_zoom(max(FURTHEST, min(fitting, _LARGEST_FIT)))
        self.fits = True

    def zoom_by(self, factor: float, at: QPointF | None = None) -> None:
        """Come closer or go back; the point `at` of the view, or its middle, stays where it is."""
        self.fits = False
        self._set_zoom(max(FURTHEST, min(self._zoom * factor, CLOSEST)), at)

    def zoom_to(self, zoom: float) -> None:
        """Stand at this size."""
        self.zoom_by(zoom / self._zoom)

    def place_at(self, point: QPointF) -> Place | None:
        """The layer at a point of the view; inside a block, that of the inside."""
        if self._scene is None:
            return None
        spot = (point - self._origin()) / self._zoom
        inside = [one for one in self._scene.places if QRectF(one.x, one.y, one.width, one.height).contains(spot)]
        return min(inside, key=lambda one: one.width * one.height, default=None)

    def _set_zoom(self, zoom: float, at: QPointF | None = None) -> None:
        point = QPointF(self.viewport().rect().center()) if at is None else at
        spot = (point - self._origin()) / self._zoom
        self._zoom = zoom
        self._set_bars()
        moved = self._origin() + spot * zoom - point
        self.horizontalScrollBar().setValue(self.horizontalScrollBar().value() + round(moved.x()))
        self.verticalScrollBar().setValue(self.verticalScrollBar().value() + round(moved.y()))
        self.viewport().update()
        self.zoomed.emit()

    def _set_bars(self) -> None:
        if self._scene is None:
            return
        room = self.viewport().size()
        for bar, length, seen in (
            (self.horizontalScrollBar(), self._scene.width * self._zoom, room.width()),
            (self.verticalScrollBar(), self._scene.height * self._zoom, room.height()),
        ):
            bar.setRange(0, max(0, int(length) - seen))
            bar.setPageStep(seen)
            bar.setSingleStep(40)

    def _origin(self) -> QPointF:
        """Where the upper left corner of the picture stands in the view."""
        if self._scene is None:
            return QPointF()
        room = self.viewport().size()
        spare_x = max(0.0, (room.width() - self._scene.width * self._zoom) / 2)
        spare_y = max(0.0, (room.height() - self._scene.height * self._zoom) / 2)
        return QPointF(spare_x - self.horizontalScrollBar().value(), spare_y - self.verticalScrollBar().value())

    def paintEvent(self, event: QPaintEvent) -> None:
        scene = self._scene
        painter = QPainter(self.viewport())
        if scene is None:
            painter.fillRect(self.viewport().rect(), colour("window"))
            return
        painter.fillRect(self.viewport().rect(), QColor(scene.paper))
        origin = self._origin()
        painter.translate(origin)
        painter.scale(self._zoom, self._zoom)
        seen = QRectF(event.rect())
        paint(scene, painter, QRectF((seen.topLeft() - origin) / self._zoom, seen.size() / self._zoom))
        for place in scene.places:
            if self._chosen in place.paths:
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QPen(colour("accent"), 1.6))
                outline = QRectF(place.x, place.y, place.width, place.height).adjusted(-3, -3, 3, 3)
                painter.drawRoundedRect(outline, 5, 5)
        if self.hasFocus():
            painter.resetTransform()
            painter.setPen(QPen(colour("accent"), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self.viewport().rect().adjusted(0, 0, -1, -1))

    def resizeEvent(self, event: QResizeEvent) -> None:
        if self.fits:
            self.fit()
        self._set_bars()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The wheel zooms with Ctrl, and moves without."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_by(STEP ** (event.angleDelta().y() / 120.0), event.position())
        else:
            super().wheelEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._pressed, self._dragged = event.position(), False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed is None:
            place = self.place_at(event.position())
            QToolTip.showText(event.globalPosition().toPoint(), tip(display_name(place.words)) if place else "", self)
            return
        moved = event.position() - self._pressed
        if self._dragged or moved.manhattanLength() > 4:
            self._dragged = True
            self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
            self.horizontalScrollBar().setValue(self.horizontalScrollBar().value() - round(moved.x()))
            self.verticalScrollBar().setValue(self.verticalScrollBar().value() - round(moved.y()))
            self._pressed = event.position()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.viewport().unsetCursor()
        place = self.place_at(event.position())
        if self._pressed is not None and not self._dragged and place is not None:
            self.layer_chosen.emit(place.paths[0])
        self._pressed = None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = Qt.Key
        across, down = self.horizontalScrollBar(), self.verticalScrollBar()
        moves = {
            keys.Key_Left: (across, -across.singleStep()),
            keys.Key_Right: (across, across.singleStep()),
            keys.Key_Up: (down, -down.singleStep()),
            keys.Key_Down: (down, down.singleStep()),
            keys.Key_PageUp: (down, -down.pageStep()),
            keys.Key_PageDown: (down, down.pageStep()),
        }
        key = Qt.Key(event.key())
        if key in (keys.Key_Plus, keys.Key_Equal):
            self.zoom_by(STEP)
        elif key is keys.Key_Minus:
            self.zoom_by(1 / STEP)
        elif key is keys.Key_0:
            self.fit()
        elif key is keys.Key_1:
            self.zoom_to(1.0)
        elif key in moves:
            bar, step = moves[key]
            bar.setValue(bar.value() + step)
        else:
            super().keyPressEvent(event)

"""The cards one below the other: choosing, moving by mouse or keyboard, and the line that shows where a card lands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QApplication, QLabel, QScrollArea, QWidget

from engine.graph import INPUT_PATH
from gui import theme as looks
from gui.models.layer_cards import CardView
from gui.stack.card import LayerCard
from gui.theme import colour, theme

GAP = 6
_SCROLL_ZONE = 28
_SCROLL_STEP = 9


@dataclass
class _Drag:
    """A card that is being moved by the mouse."""

    id: str
    grip: QPoint
    ghost: QLabel
    place: int | None = None


class CardList(QWidget):
    """The cards. It shows what it is given and says what the user wants; it changes no network.

    Signals: `chosen` (layer id), `moved` (layer id, index in what remains), `renamed` (layer id, label),
    `remedy_chosen` (layer id, the Remedy), `menu_requested` (layer id, place on the screen).
    """

    chosen = Signal(str)
    moved = Signal(str, int)
    renamed = Signal(str, str)
    remedy_chosen = Signal(str, object)
    menu_requested = Signal(str, QPoint)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cards: dict[str, LayerCard] = {}
        self._order: list[str] = []
        self._selected = ""
        self._pressed: tuple[str, QPoint] | None = None
        self._drag: _Drag | None = None
        self._scroll_timer = QTimer(self)
        self._scroll_timer.setInterval(16)
        self._scroll_timer.timeout.connect(self._on_scroll_due)
        self.setAccessibleName("Layer stack")
        theme().theme_changed.connect(self._arrange)

    @property
    def order(self) -> tuple[str, ...]:
        """The ids of the cards, the input's first."""
        return tuple(self._order)

    def card(self, id: str) -> LayerCard:
        """The card of a layer."""
        return self._cards[id]

    def show_cards(self, views: Sequence[CardView]) -> None:
        """Show these layers, from top to bottom; cards of layers that stay are kept."""
        wanted = [one.id for one in views]
        for gone in set(self._cards) - set(wanted):
            card = self._cards.pop(gone)
            card.hide()
            card.deleteLater()
        moved = wanted != self._order
        self._order = wanted
        for view in views:
            if view.id not in self._cards:
                self._cards[view.id] = self._new_card(view.id)
                moved = True
            taller = self._cards[view.id].show_view(view)
            moved = moved or taller
        if moved:
            self._arrange()

    def select(self, id: str) -> None:
        """Draw a card as the chosen one and bring it into sight."""
        for name in (self._selected, id):
            if name in self._cards:
                self._cards[name].set_selected(name == id)
        self._selected = id
        if id in self._cards:
            self._scroll_to(self._cards[id])

    def focus_selected(self) -> None:
        """Give the keyboard to the chosen card."""
        if self._selected in self._cards:
            self._cards[self._selected].setFocus(Qt.FocusReason.OtherFocusReason)

    def _new_card(self, id: str) -> LayerCard:
        card = LayerCard(id, self)
        card.installEventFilter(self)
        card.renamed.connect(self.renamed)
        card.remedy_chosen.connect(self.remedy_chosen)
        card.set_selected(id == self._selected)
        card.show()
        return card

    def _arrange(self) -> None:
        top = 2
        width = self._card_width()
        for id in self._order:
            card = self._cards[id]
            height = card.height_for(width)
            card.setGeometry(0, top, width, height)
            card.arrange()
            top += height + GAP
        self.setMinimumHeight(top)
        # At once, so that a card that has just become taller can be brought into sight as a whole.
        self.resize(self.width(), max(top, self.height()))
        self.updateGeometry()
        self.update()

    def _card_width(self) -> int:
        """Up to the pane's margin; a scroll bar stands in that margin, so that cards never change their width."""
        area = self._scroll_area()
        return area.width() - looks.SPACE_3 if area is not None else self.width()

    def resizeEvent(self, event: QResizeEvent) -> None:
        if event.size().width() != event.oldSize().width():
            self._arrange()

    def sizeHint(self) -> QSize:
        return QSize(240, self.minimumHeight())

    def _scroll_area(self) -> QScrollArea | None:
        parent = self.parentWidget()
        area = parent.parentWidget() if parent is not None else None
        return area if isinstance(area, QScrollArea) else None

    def _scroll_to(self, card: LayerCard) -> None:
        area = self._scroll_area()
        if area is not None:
            area.ensureVisible(card.x(), card.y(), 0, GAP)
            area.ensureVisible(card.x(), card.geometry().bottom(), 0, GAP)

    # Keyboard

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up, Down, Home and End choose; Escape ends a drag or the editing of a name."""
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_Home: -len(self._order), Qt.Key.Key_End: 10**6}
        key = Qt.Key(event.key())
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if key == Qt.Key.Key_Escape and self._give_up():
            return
        if key not in steps or not plain or not self._order:
            super().keyPressEvent(event)
            return
        here = self._order.index(self._selected) if self._selected in self._cards else 0
        place = max(0, min(here + steps[key], len(self._order) - 1))
        self.chosen.emit(self._order[place])
        self.focus_selected()

    def _give_up(self) -> bool:
        if self._drag is not None:
            self._end_drag()
            return True
        return self._selected in self._cards and self._cards[self._selected].cancel_edit()

    # Mouse: the cards' events come here, so that one place knows about dragging.

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        if isinstance(watched, LayerCard):
            if isinstance(event, QMouseEvent):
                return self._card_mouse(watched, event)
            if isinstance(event, QContextMenuEvent):
                self.chosen.emit(watched.id)
                self.menu_requested.emit(watched.id, event.globalPos())
                return True
        return False

    def _card_mouse(self, card: LayerCard, event: QMouseEvent) -> bool:
        id = card.id
        kind = event.type()
        if kind == QEvent.Type.MouseButtonPress and event.button() == Qt.MouseButton.LeftButton:
            self._pressed = (id, event.position().toPoint())
            card.setFocus(Qt.FocusReason.MouseFocusReason)
            self.chosen.emit(id)
            return True
        if kind == QEvent.Type.MouseMove and self._pressed is not None and event.buttons() & Qt.MouseButton.LeftButton:
            self._drag_to(card.mapTo(self, event.position().toPoint()), event)
            return True
        if kind == QEvent.Type.MouseButtonRelease and event.button() == Qt.MouseButton.LeftButton:
            self._pressed = None
            if self._drag is not None:
                dropped = self._drag
                self._end_drag()
                if dropped.place is not None:
                    self.moved.emit(dropped.id, dropped.place)
            return True
        return kind == QEvent.Type.MouseButtonDblClick

    def _drag_to(self, point: QPoint, event: QMouseEvent) -> None:
        assert self._pressed is not None, "a drag starts with a press"
        id, grip = self._pressed
        if self._drag is None:
            start = self._cards[id].pos() + grip
            if id == INPUT_PATH or (point - start).manhattanLength() < QApplication.startDragDistance():
                return
            self._drag = self._begin_drag(id, grip)
        ghost = self._drag.ghost
        ghost.move(6, max(0, min(point.y() - grip.y(), self.height() - ghost.height())))
        self._drag.place = self._landing(point.y())
        self._scroll_timer.start()
        self.update()

    def _begin_drag(self, id: str, grip: QPoint) -> _Drag:
        seen = self._cards[id].grab()
        faint = QPixmap(seen.size())
        faint.setDevicePixelRatio(seen.devicePixelRatio())
        faint.fill(Qt.GlobalColor.transparent)
        painter = QPainter(faint)
        painter.setOpacity(0.75)
        painter.drawPixmap(0, 0, seen)
        painter.end()
        ghost = QLabel(self)
        ghost.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        ghost.setPixmap(faint)
        ghost.adjustSize()
        ghost.show()
        ghost.raise_()
        self.setCursor(Qt.CursorShape.ClosedHandCursor)
        return _Drag(id, grip, ghost)

    def _end_drag(self) -> None:
        drag, self._drag, self._pressed = self._drag, None, None
        self._scroll_timer.stop()
        self.unsetCursor()
        if drag is not None:
            drag.ghost.hide()
            drag.ghost.deleteLater()
        self.update()

    def _landing(self, y: int) -> int | None:
        """The index, in the stack without the dragged layer, where it would land; None where it is now."""
        assert self._drag is not None, "only asked in a drag"
        layers = self._order[1:]
        here = layers.index(self._drag.id)
        gap = sum(1 for one in layers if y > self._cards[one].geometry().center().y())
        place = gap - 1 if gap > here else gap
        return None if place == here else place

    def _on_scroll_due(self) -> None:
        area = self._scroll_area()
        if self._drag is None or area is None:
            return
        view = area.viewport()
        y = view.mapFromGlobal(self.cursor().pos()).y()
        step = -_SCROLL_STEP if y < _SCROLL_ZONE else _SCROLL_STEP if y > view.height() - _SCROLL_ZONE else 0
        if step:
            bar = area.verticalScrollBar()
            bar.setValue(bar.value() + step)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The line where a dragged card would land."""
        if self._drag is None or self._drag.place is None:
            return
        rest = [one for one in self._order[1:] if one != self._drag.id]
        place = self._drag.place
        above = self._cards[rest[place - 1]] if place else self._cards[self._order[0]]
        if above is self._cards[self._drag.id]:
            return
        y = above.geometry().bottom() + GAP // 2
        moving = self._cards[self._drag.id]
        if place < len(rest) and self._cards[rest[place]].y() < moving.y():
            y = self._cards[rest[place]].y() - GAP // 2 - 1
        painter = QPainter(self)
        painter.fillRect(QRect(0, y - 1, self._card_width(), 3), colour("accent"))

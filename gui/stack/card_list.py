"""The cards one below the other: choosing, moving by mouse or keyboard, and the line that shows where a card lands."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QApplication, QWidget

from engine.graph import INPUT_PATH
from gui import theme as looks
from gui.models.layer_cards import CardView
from gui.stack.card import EDGE, LayerCard
from gui.stack.card_choice import range_to, toggled
from gui.stack.card_drag import KIND_MIME, Drag, Inside, Place, Row, begin_drag, gap_at, layer_spans, place_at
from gui.stack.edge_scroller import EdgeScroller, scroll_area
from gui.stack.landing_line import LandingLine
from gui.theme import family_colour, theme

GAP = 6
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_Home: -(10**6), Qt.Key.Key_End: 10**6}


class CardList(QWidget):
    """The cards. It shows what it is given and says what the user wants; it changes no network.

    Signals: `chosen` (path of the current card, ids of all chosen layers), `moved` (ids of layers, or the path of one
    inside a block; a Place among what remains), `kind_dropped` (a layer type's kind, a Place), `open_requested` (path
    of a block, whether to open it), `renamed` (path, label), `remedy_chosen` (path, the Remedy), `menu_requested`
    (path, place on the screen); `settings_wanted`.
    """

    chosen = Signal(str, object)
    moved = Signal(object, object)
    kind_dropped = Signal(str, object)
    open_requested = Signal(str, bool)
    renamed = Signal(str, str)
    remedy_chosen = Signal(str, object)
    menu_requested = Signal(str, QPoint)
    settings_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cards: dict[str, LayerCard] = {}
        self._order: list[str] = []
        self._selected = ""
        self._chosen: tuple[str, ...] = ()
        self._anchor = ""
        self._compact = False
        self._pressed: tuple[str, QPoint] | None = None
        self._choose_at_release = False
        self._drag: Drag | None = None
        self._line = LandingLine(self)
        self._scroller = EdgeScroller(self)
        self._scroller.scrolled.connect(self._on_scrolled)
        self.setAcceptDrops(True)
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

    def select(self, path: str, chosen: Collection[str] = ()) -> None:
        """Draw a card as the current one, and the layers `chosen` as chosen; bring the current one into sight."""
        before = {self._selected, *self._chosen}
        # The layer from which Shift chooses a range: the one that was chosen last by itself.
        if len(chosen) <= 1 or self._anchor not in chosen:
            self._anchor = path
        self._selected, self._chosen = path, tuple(chosen)
        for name in before | {path, *chosen}:
            if name in self._cards:
                self._cards[name].set_selected(name == path or name in chosen, current=name == path)
        if path in self._cards:
            self._scroll_to(self._cards[path])

    def set_compact(self, compact: bool) -> None:
        """Show each card in one line, or in two."""
        self._compact = compact
        for card in self._cards.values():
            card.set_compact(compact)
        self._arrange()

    def focus_selected(self) -> None:
        """Give the keyboard to the chosen card."""
        if self._selected in self._cards:
            self._cards[self._selected].setFocus(Qt.FocusReason.OtherFocusReason)

    def _new_card(self, id: str) -> LayerCard:
        card = LayerCard(id, self)
        card.installEventFilter(self)
        card.renamed.connect(self.renamed)
        card.remedy_chosen.connect(self.remedy_chosen)
        card.set_compact(self._compact)
        card.set_selected(id == self._selected or id in self._chosen, current=id == self._selected)
        card.show()
        return card

    def _arrange(self) -> None:
        top = 2
        width = self._card_width()
        for id in self._order:
            card = self._cards[id]
            height = card.height_for(width - card.indent)
            card.setGeometry(card.indent, top, width - card.indent, height)
            card.arrange()
            top += height + GAP
        self.setMinimumHeight(top)
        # At once, so that a card that has just become taller can be brought into sight as a whole.
        self.resize(self.width(), max(top, self.height()))
        self.updateGeometry()
        self.update()

    def _card_width(self) -> int:
        """Up to the pane's margin; a scroll bar stands in that margin, so that cards never change their width."""
        area = scroll_area(self)
        return area.width() - looks.SPACE_3 if area is not None else self.width()

    def resizeEvent(self, event: QResizeEvent) -> None:
        if event.size().width() != event.oldSize().width():
            self._arrange()

    def sizeHint(self) -> QSize:
        return QSize(240, self.minimumHeight())

    def _scroll_to(self, card: LayerCard) -> None:
        area = scroll_area(self)
        if area is not None:
            # The foot of the pane may just have grown, and left the cards less room.
            pane = area.parentWidget()
            layout = pane.layout() if pane is not None else None
            if layout is not None:
                layout.activate()
            area.ensureVisible(card.x(), card.y(), 0, GAP)
            area.ensureVisible(card.x(), card.geometry().bottom(), 0, GAP)

    @property
    def _layers(self) -> list[str]:
        """The ids of the layers of the stack, without the input and what is inside blocks."""
        return [one for one in self._order if "/" not in one and one != INPUT_PATH]

    # Keyboard

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The arrow keys, Home and End choose, with Shift several; Right and Left open and close; Escape gives up."""
        key = Qt.Key(event.key())
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        plain, shift = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier
        done = False
        if key == Qt.Key.Key_Escape:
            done = self._give_up()
        elif modifiers == plain and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.settings_wanted.emit()
            done = True
        elif modifiers == plain and key in (Qt.Key.Key_Right, Qt.Key.Key_Left):
            done = self._step_inside(key == Qt.Key.Key_Right)
        elif modifiers in (plain, shift) and key in _STEPS:
            done = self._step(_STEPS[key], several=modifiers == shift)
        if not done:
            super().keyPressEvent(event)

    def _step(self, by: int, *, several: bool) -> bool:
        """Go to the card `by` places further, choosing all from where Shift was first held."""
        current = self._selected.partition("/")[0] if several else self._selected
        cards = self._layers if several else self._order
        if not cards:
            return False
        here = cards.index(current) if current in cards else min(0, by)
        path = cards[max(0, min(here + by, len(cards) - 1))]
        self.chosen.emit(path, range_to(cards, self._anchor, path) if several else (path,))
        self.focus_selected()
        return True

    def _step_inside(self, inwards: bool) -> bool:
        """Open or close the current block; or go to the first card inside it, or from inside to the block."""
        path = self._selected
        view = self._cards[path].view if path in self._cards else None
        if view is None:
            return False
        if view.opened is not None and view.opened != inwards:
            self.open_requested.emit(path, inwards)
        elif inwards and view.opened:
            inner = next((one for one in self._order if one.startswith(f"{path}/")), path)
            self.chosen.emit(inner, ())
        elif not inwards and "/" in path:
            self.chosen.emit(path.rpartition("/")[0], None)
        else:
            return False
        self.focus_selected()
        return True

    def _give_up(self) -> bool:
        if self._drag is not None:
            self._end_drag()
            return True
        if self._selected in self._cards and self._cards[self._selected].cancel_edit():
            return True
        if len(self._chosen) > 1:
            self.chosen.emit(self._selected, None)
            return True
        return False

    # Mouse: the cards' events come here, so that one place knows about dragging.

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        if isinstance(watched, LayerCard):
            if isinstance(event, QMouseEvent):
                return self._card_mouse(watched, event)
            if isinstance(event, QContextMenuEvent):
                if watched.id not in self._chosen:
                    self.chosen.emit(watched.id, None)
                self.menu_requested.emit(watched.id, event.globalPos())
                return True
        return False

    def _card_mouse(self, card: LayerCard, event: QMouseEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.MouseMove and self._pressed is not None and event.buttons() & Qt.MouseButton.LeftButton:
            self._drag_to(card.mapTo(self, event.position().toPoint()))
            if self._drag is not None:
                self._scroller.follow(event.globalPosition().toPoint())
            return True
        if event.button() != Qt.MouseButton.LeftButton:
            return False
        if kind in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick):
            self._press(card, event)
            if kind == QEvent.Type.MouseButtonDblClick and not card.opens_at(event.position().toPoint()):
                card.edit_label()
            return True
        if kind == QEvent.Type.MouseButtonRelease:
            self._release(card)
            return True
        return False

    def _press(self, card: LayerCard, event: QMouseEvent) -> None:
        id, place = card.id, event.position().toPoint()
        self._pressed, self._choose_at_release = (id, place), False
        card.setFocus(Qt.FocusReason.MouseFocusReason)
        several = event.modifiers()
        if card.opens_at(place):
            self._pressed = None
            self.open_requested.emit(id, not (card.view and card.view.opened))
        elif several & Qt.KeyboardModifier.ShiftModifier and id in self._layers:
            self.chosen.emit(id, range_to(self._layers, self._anchor, id))
        elif several & Qt.KeyboardModifier.ControlModifier and id in self._layers:
            self.chosen.emit(*toggled(self._chosen, id))
        elif id in self._chosen and len(self._chosen) > 1:
            # Perhaps all of them are about to be dragged.
            self._choose_at_release = True
        else:
            self.chosen.emit(id, None)

    def _release(self, card: LayerCard) -> None:
        self._pressed = None
        dropped = self._drag
        if dropped is not None:
            self._end_drag()
            if dropped.place is not None:
                self.moved.emit(dropped.ids, dropped.place)
        elif self._choose_at_release:
            self.chosen.emit(card.id, None)
        self._choose_at_release = False

    def _drag_to(self, point: QPoint) -> None:
        assert self._pressed is not None, "a drag starts with a press"
        id, grip = self._pressed
        if self._drag is None:
            card = self._cards[id]
            fixed = card.view is None or not card.view.movable
            if fixed or (point - card.pos() - grip).manhattanLength() < QApplication.startDragDistance():
                return
            ids = tuple(one for one in self._layers if one in self._chosen) if id in self._chosen else (id,)
            self._drag = begin_drag(self, self._cards[id], ids, grip)
        ghost = self._drag.ghost
        ghost.move(6, max(0, min(point.y() - grip.y(), self.height() - ghost.height())))
        ghost.raise_()
        self._drag.place = self._landing(point.y(), self._drag.ids)
        self._show_line(point.y(), self._drag.place)

    def _landing(self, y: int, moving: tuple[str, ...] = ()) -> Place | None:
        return place_at(self._rows(), moving, y)

    def _show_line(self, y: int, place: Place | None) -> None:
        right = self._card_width()
        if place is None:
            self._line.hide()
        elif isinstance(place, Inside):
            card = self._cards[place.path].geometry()
            middle = card.top() - GAP // 2 if place.before else card.bottom() + 1 + GAP // 2
            self._line.show_at(card.left(), middle, right, place.words)
        else:
            spans = layer_spans(self._rows())
            gap = gap_at(spans, y)
            above = spans[gap - 1].bottom if gap else self._cards[self._order[0]].geometry().bottom()
            self._line.show_at(0, above + 1 + GAP // 2, right)

    def _end_drag(self) -> None:
        drag, self._drag, self._pressed = self._drag, None, None
        self.unsetCursor()
        if drag is not None:
            drag.ghost.hide()
            drag.ghost.deleteLater()
        self._hide_line()

    def _rows(self) -> list[Row]:
        """Where the cards stand, without the input's."""
        cards = [self._cards[path] for path in self._order if path != INPUT_PATH]
        return [Row(one.id, one.y(), one.geometry().bottom(), one.view is None or one.view.movable) for one in cards]

    # Layer types that are dragged out of the palette

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        self.dragMoveEvent(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        if not event.mimeData().hasFormat(KIND_MIME):
            event.ignore()
            return
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        point = event.position().toPoint()
        self._scroller.follow(self.mapToGlobal(point))
        self._show_line(point.y(), self._landing(point.y()))

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._hide_line()

    def dropEvent(self, event: QDropEvent) -> None:
        self._hide_line()
        kind = bytes(event.mimeData().data(KIND_MIME).data()).decode("ascii", "replace")
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        self.kind_dropped.emit(kind, self._landing(event.position().toPoint().y()))

    # The line where something would land

    def _hide_line(self) -> None:
        self._line.hide()
        self._scroller.stop()

    def _on_scrolled(self) -> None:
        point = self.mapFromGlobal(self._scroller.pointer)
        if self._drag is not None:
            self._drag_to(point)
        else:
            self._show_line(point.y(), self._landing(point.y()))

    def paintEvent(self, event: QPaintEvent) -> None:
        """A line beside what is inside a block."""
        painter = QPainter(self)
        for path in self._order:
            view = self._cards[path].view
            if view is not None and view.opened:
                self._paint_bracket(painter, path, view)

    def _paint_bracket(self, painter: QPainter, path: str, view: CardView) -> None:
        last = [one for one in self._order if one.startswith(f"{path}/")]
        if last:
            card = self._cards[path]
            top, bottom = card.geometry().bottom() + 1, self._cards[last[-1]].geometry().bottom()
            painter.fillRect(QRect(card.x() + EDGE, top, 2, bottom - top), family_colour(view.family))

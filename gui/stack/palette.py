"""The palette: every layer type by family, found by typing a few letters."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QMimeData, QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QGuiApplication, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from engine.layers import Family, LayerType, layer_types, stackable_types
from gui import theme as looks
from gui.stack.card_drag import KIND_MIME
from gui.theme import colour, family_colour, theme
from gui.widgets.labels import PlainLabel

_KIND = Qt.ItemDataRole.UserRole
_FAMILY = Qt.ItemDataRole.UserRole + 1
_SUMMARY = Qt.ItemDataRole.UserRole + 2


class _Rows(QStyledItemDelegate):
    """Paints a family's heading, or a layer type with its colour, name and summary."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(200, theme().px(44 if index.data(_KIND) else 28))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        small = theme().font(looks.TEXT_SECONDARY)
        if not index.data(_KIND):
            painter.setFont(theme().font(looks.TEXT_SECONDARY, bold=True))
            painter.setPen(colour("secondary"))
            place = rect.adjusted(10, 6, -6, 0)
            painter.drawText(place, int(Qt.AlignmentFlag.AlignVCenter), str(index.data()).upper())
            painter.restore()
            return
        if state & QStyle.StateFlag.State_Selected:
            painter.setBrush(colour("accent_soft"))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.drawRoundedRect(rect.adjusted(2, 1, -2, -1), looks.RADIUS_CONTROL, looks.RADIUS_CONTROL)
        painter.setBrush(family_colour(index.data(_FAMILY)))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawRoundedRect(QRect(rect.left() + 9, rect.top() + 8, 4, rect.height() - 16), 2, 2)
        words = rect.adjusted(22, 4, -8, -4)
        half = words.height() // 2
        painter.setFont(theme().font(bold=True))
        painter.setPen(colour("text"))
        upper = QRect(words.left(), words.top(), words.width(), half)
        painter.drawText(upper, int(Qt.AlignmentFlag.AlignVCenter), str(index.data()))
        painter.setFont(small)
        painter.setPen(colour("secondary"))
        summary = QFontMetrics(small).elidedText(index.data(_SUMMARY), Qt.TextElideMode.ElideRight, words.width())
        lower = QRect(words.left(), words.top() + half, words.width(), half)
        painter.drawText(lower, int(Qt.AlignmentFlag.AlignVCenter), summary)
        painter.restore()


class _Kinds(QListWidget):
    """The rows; one that is dragged carries its kind. `drag_begun` is emitted before the drag takes the mouse."""

    drag_begun = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setDragDropMode(QListWidget.DragDropMode.DragOnly)

    def mimeTypes(self) -> list[str]:
        return [KIND_MIME]

    def mimeData(self, items: Sequence[QListWidgetItem]) -> QMimeData:
        data = QMimeData()
        kinds = [str(one.data(_KIND)) for one in items if one.data(_KIND)]
        if kinds:
            data.setData(KIND_MIME, kinds[0].encode())
        return data

    def startDrag(self, actions: Qt.DropAction) -> None:
        self.drag_begun.emit()
        super().startDrag(Qt.DropAction.CopyAction)


class LayerPalette(QFrame):
    """A popup that offers the layer types. `picked` is emitted with the kind of the one that was chosen."""

    picked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("Card")
        self.setAccessibleName("Add a layer")
        self.search = QLineEdit()
        self.search.setPlaceholderText("Type to search: conv, pool, drop …")
        self.search.setAccessibleName("Search layer types")
        self.search.setClearButtonEnabled(False)
        self.search.textChanged.connect(self._on_text_changed)
        self.search.installEventFilter(self)
        self.rows = _Kinds()
        self.rows.drag_begun.connect(self.hide)
        self._inside = False
        self.rows.setAccessibleName("Layer types")
        self.rows.setFrameShape(QFrame.Shape.NoFrame)
        self.rows.setStyleSheet("QListWidget { border: none; }")
        self.rows.setItemDelegate(_Rows(self.rows))
        self.rows.setMouseTracking(True)
        self.rows.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.rows.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.rows.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.rows.itemEntered.connect(self.rows.setCurrentItem)
        self.rows.itemClicked.connect(self._on_item_clicked)
        self.nothing = PlainLabel("No layer type is called that.", role="quiet")
        self.nothing.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(looks.SPACE_2, looks.SPACE_2, looks.SPACE_2, looks.SPACE_2)
        column.setSpacing(looks.SPACE_2)
        column.addWidget(self.search)
        column.addWidget(self.nothing)
        column.addWidget(self.rows, 1)
        self._fill()

    def open_at(self, place: QPoint, *, inside: bool = False) -> None:
        """Show the palette with its upper left corner at a place on the screen, all of it in sight.

        Args:
            place: The corner.
            inside: Whether the layer goes into a block, where there are those too that join several.
        """
        if inside != self._inside:
            self._inside = inside
            self._fill()
        self.search.clear()
        self._on_text_changed("")
        self.resize(theme().px(380), theme().px(470))
        screen = QGuiApplication.screenAt(place) or QGuiApplication.primaryScreen()
        room = screen.availableGeometry()
        left = max(room.left(), min(place.x(), room.right() - self.width()))
        top = max(room.top(), min(place.y(), room.bottom() - self.height()))
        self.move(left, top)
        self.show()
        self.search.setFocus()

    def _fill(self) -> None:
        family = ""
        self.rows.clear()
        everything = [one for one in layer_types().values() if one.family is not Family.INPUT]
        for one in everything if self._inside else stackable_types().values():
            if one.family.value != family:
                family = one.family.value
                heading = QListWidgetItem(family.capitalize())
                heading.setFlags(Qt.ItemFlag.NoItemFlags)
                self.rows.addItem(heading)
            self.rows.addItem(_item(one))

    def _on_text_changed(self, text: str) -> None:
        words = text.lower().split()
        heading: QListWidgetItem | None = None
        first: QListWidgetItem | None = None
        for item in self._items():
            if not item.data(_KIND):
                heading = item
                heading.setHidden(True)
                continue
            about = f"{item.text()} {item.data(_FAMILY)} {item.data(_SUMMARY)}".lower()
            shown = all(word in about for word in words)
            item.setHidden(not shown)
            if shown and heading is not None:
                heading.setHidden(False)
            # A name that begins with what was typed comes before a summary that merely holds it.
            better = bool(words) and item.text().lower().startswith(words[0])
            if shown and (first is None or (better and not first.text().lower().startswith(words[0]))):
                first = item
        self.nothing.setVisible(first is None)
        if first is not None:
            self.rows.setCurrentItem(first)
            self.rows.scrollToItem(first)
        if not words:
            self.rows.scrollToTop()

    def _items(self) -> list[QListWidgetItem]:
        return [self.rows.item(place) for place in range(self.rows.count())]

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        """The search line keeps the keyboard; arrows and Enter go to the list."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            key = Qt.Key(event.key())
            if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
                self._step(-1 if key == Qt.Key.Key_Up else 1)
                return True
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._on_item_clicked(self.rows.currentItem())
                return True
        return False

    def _step(self, direction: int) -> None:
        shown = [one for one in self._items() if one.data(_KIND) and not one.isHidden()]
        if not shown:
            return
        here = shown.index(self.rows.currentItem()) if self.rows.currentItem() in shown else -1
        self.rows.setCurrentItem(shown[max(0, min(here + direction, len(shown) - 1))])

    def _on_item_clicked(self, item: QListWidgetItem | None) -> None:
        if item is not None and item.data(_KIND) and not item.isHidden():
            self.hide()
            owner = self.parentWidget()
            if owner is not None:
                # Some systems make the popup the active window, and leave none active when it is gone.
                owner.window().activateWindow()
            self.picked.emit(item.data(_KIND))


def _item(one: type[LayerType]) -> QListWidgetItem:
    item = QListWidgetItem(one.kind)
    item.setData(_KIND, one.kind)
    item.setData(_FAMILY, one.family.value)
    item.setData(_SUMMARY, one.summary)
    item.setData(Qt.ItemDataRole.AccessibleDescriptionRole, f"{one.family.value} layer. {one.summary}")
    return item

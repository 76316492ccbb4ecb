"""One card of the stack. It is painted, not composed, so that hundreds of them stay fast."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QImage, QKeyEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QLineEdit, QWidget

from engine.remedies import Remedy
from gui import theme as looks
from gui.icons import icon
from gui.models.layer_cards import CardView
from gui.theme import colour, family_colour, theme
from gui.widgets.trouble import TroublePanel
from gui.words import tip

EDGE = 5
PAD = 12
PICTURE = 32
FACE = 50
COMPACT_FACE = 28
EDGE_LINE = 15
"""Height of the line about pixels at the edge, where there is something to say."""
INDENT = 14
_CHEVRON = 14


class LayerCard(QWidget):
    """A card. Signals, with the layer's id first: `renamed` (its new label), `remedy_chosen` (the Remedy)."""

    renamed = Signal(str, str)
    remedy_chosen = Signal(str, object)

    def __init__(self, id: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.id = id
        self.view: CardView | None = None
        self.selected = False
        self.compact = False
        self._troubles: list[TroublePanel] = []
        self._picture: QImage | None = None
        self._picture_note = ""
        self._editor: QLineEdit | None = None
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def show_view(self, view: CardView) -> bool:
        """Show a layer; return whether the card's height may have changed."""
        if view == self.view:
            return False
        old, self.view = self.view, view
        troubled = old is None or (old.problems, old.remedies) != (view.problems, view.remedies)
        self.setAccessibleName(view.name)
        self.setAccessibleDescription(view.description)
        self._show_tool_tip()
        if troubled:
            self._show_troubles(view)
        self.update()
        return troubled or old is None or bool(old.edge) != bool(view.edge)

    @property
    def indent(self) -> int:
        """How far the card stands from the left edge: the layers of a block stand inside it."""
        return theme().px(INDENT) * self.view.depth if self.view is not None else 0

    def set_selected(self, selected: bool, *, current: bool) -> None:
        """Draw the card as chosen; `current` where the settings shown are its own."""
        # Tab reaches the current card alone; the arrow keys go on from there.
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if current else Qt.FocusPolicy.ClickFocus)
        if selected != self.selected:
            self.selected = selected
            self.update()

    def set_compact(self, compact: bool) -> None:
        """Show the face in one line, or in two."""
        if compact != self.compact:
            self.compact = compact
            self.update()

    def opens_at(self, place: QPoint) -> bool:
        """Whether a press there opens or closes the block."""
        opens = self.view is not None and self.view.opened is not None
        return opens and place.y() < self._face_height() and place.x() < EDGE + PAD // 2 + theme().px(_CHEVRON) + 6

    def set_picture(self, picture: QImage | None, note: str = "") -> None:
        """A small picture of what leaves the layer, and which weights made it, as a sentence."""
        if picture is not self._picture:
            self._picture = picture
            self.update()
        self._picture_note = note if picture is not None else ""
        self._show_tool_tip()

    def _show_tool_tip(self) -> None:
        if self.view is not None:
            self.setToolTip(tip("\n".join(filter(None, (self.view.tool_tip, self._picture_note)))))

    def height_for(self, width: int) -> int:
        """The height the card needs at this width."""
        return self._face_height() + sum(one.height_at(width) for one in self._troubles)

    def arrange(self) -> None:
        """Put the problems under the face of the card."""
        top = self._face_height()
        for one in self._troubles:
            height = one.height_at(self.width())
            one.setGeometry(0, top, self.width(), height)
            top += height

    def edit_label(self) -> None:
        """Let the user type another name, in place."""
        if self.view is None or self._editor is not None:
            return
        editor = QLineEdit(self.view.title if self.view.title != self.view.kind else "", self)
        editor.setPlaceholderText(self.view.kind)
        editor.setAccessibleName("Name of the layer")
        editor.setGeometry(EDGE + 4, 4, self.width() - EDGE - 10, theme().px(28))
        editor.editingFinished.connect(self._on_editing_finished)
        editor.installEventFilter(self)
        self._editor = editor
        editor.show()
        editor.setFocus()
        editor.selectAll()

    def _on_editing_finished(self) -> None:
        editor, self._editor = self._editor, None
        if editor is not None:
            editor.hide()
            editor.deleteLater()
            self.setFocus()
            self.renamed.emit(self.id, editor.text())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Return ends the editing of the name, and is no more than that."""
        ends = isinstance(event, QKeyEvent) and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if ends and event.type() == QEvent.Type.KeyPress and watched is self._editor:
            self._on_editing_finished()
            return True
        return False

    def cancel_edit(self) -> bool:
        """Close the name's editor without taking what was typed; return whether there was one."""
        editor, self._editor = self._editor, None
        if editor is None:
            return False
        editor.hide()
        editor.deleteLater()
        self.setFocus()
        return True

    def _show_troubles(self, view: CardView) -> None:
        for one in self._troubles:
            one.hide()
            one.deleteLater()
        self._troubles = []
        for problem, remedies in zip(view.problems, view.remedies, strict=True):
            shown = TroublePanel(problem, remedies, compact=True, parent=self)
            shown.set_margins(EDGE + PAD, looks.SPACE_2, looks.SPACE_2)
            shown.remedy_chosen.connect(self._on_remedy_chosen)
            shown.show()
            self._troubles.append(shown)

    def _on_remedy_chosen(self, remedy: Remedy) -> None:
        self.remedy_chosen.emit(self.id, remedy)

    def _face_height(self) -> int:
        if self.compact:
            return theme().px(COMPACT_FACE)
        more = EDGE_LINE if self.view is not None and self.view.edge else 0
        return theme().px(FACE) + theme().px(more)

    def sizeHint(self) -> QSize:
        return QSize(240, self.height_for(240))

    def paintEvent(self, event: QPaintEvent) -> None:
        view = self.view
        if view is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_surface(painter, view)
        self._paint_words(painter, view)

    def _paint_surface(self, painter: QPainter, view: CardView) -> None:
        body = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        outline = QPainterPath()
        outline.addRoundedRect(body, looks.RADIUS_CARD - 1, looks.RADIUS_CARD - 1)
        hovered = self.underMouse() and not self.selected
        painter.fillPath(outline, colour("hover" if hovered else "raised"))
        painter.save()
        painter.setClipPath(outline)
        edge = family_colour(view.family)
        if not view.enabled:
            edge.setAlphaF(0.35)
        painter.fillRect(QRectF(body.left(), body.top(), EDGE, body.height()), edge)
        painter.restore()
        shade = "accent" if self.selected else "bad" if view.problems else "border"
        painter.setPen(QPen(colour(shade), 2 if self.selected else 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(outline)

    def _paint_words(self, painter: QPainter, view: CardView) -> None:
        strong, small = theme().font(bold=True), theme().font(looks.TEXT_SECONDARY)
        left = EDGE + PAD
        right = self.width() - looks.SPACE_3
        face = theme().px(COMPACT_FACE if self.compact else FACE)
        line = face if self.compact else face // 2
        if view.opened is not None:
            side = theme().px(_CHEVRON)
            place = QRect(EDGE + PAD // 2, (line - side) // 2 + 2, side, side)
            icon("chevron-down" if view.opened else "chevron-right", "secondary").paint(painter, place)
            left = place.right() + 5
        if self._picture is not None:
            side = theme().px(20 if self.compact else PICTURE)
            place = QRect(right - side, (face - side) // 2, side, side)
            painter.drawImage(place, self._picture)
            right = place.left() - looks.SPACE_2
        caption_right = right
        if view.problems or view.advice:
            side = theme().px(16)
            sign = icon("warning", "bad") if view.problems else icon("info", "warning")
            sign.paint(painter, QRect(right - side, (line - side) // 2 + 1, side, side))
            caption_right = right - side - looks.SPACE_1
        shade = self._text_shade(view, "secondary")
        if self.compact:
            shape_left = caption_right - QFontMetrics(small).horizontalAdvance(view.shape)
            self._write(painter, view.shape, small, shade, shape_left, 1, caption_right + 1, line - 2)
            caption_right = shape_left - looks.SPACE_2
        top = 1 if self.compact else 3
        self._write(painter, view.title, strong, self._text_shade(view, "text"), left, top, caption_right, line - top)
        after = left + QFontMetrics(strong).horizontalAdvance(view.title) + looks.SPACE_2
        if after < caption_right - 16:
            self._write(painter, view.caption, small, shade, after, top, caption_right, line - top)
        if not self.compact:
            left = EDGE + PAD
            figures = QFontMetrics(small).horizontalAdvance(view.parameters)
            self._write(painter, view.shape, small, shade, left, line - 1, right - figures - 8, line - 4)
            self._write(painter, view.parameters, small, shade, right - figures, line - 1, right + 1, line - 4)
            edge_right = self.width() - looks.SPACE_3
            self._write(painter, view.edge, small, shade, left, face - 6, edge_right, theme().px(EDGE_LINE))

    def _text_shade(self, view: CardView, usual: str) -> str:
        return usual if view.enabled else "disabled"

    def _write(
        self, painter: QPainter, text: str, font: QFont, shade: str, left: int, top: int, right: int, height: int
    ) -> None:
        if right <= left or not text:
            return
        painter.setFont(font)
        painter.setPen(colour(shade))
        shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, right - left)
        painter.drawText(QRect(left, top, right - left, height), int(Qt.AlignmentFlag.AlignVCenter), shown)

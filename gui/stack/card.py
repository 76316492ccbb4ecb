"""One card of the stack. It is painted, not composed, so that hundreds of them stay fast."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QImage, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from engine.facts import Problem
from gui import theme as looks
from gui.icons import icon
from gui.models.layer_cards import CardView
from gui.theme import colour, family_colour, theme
from gui.widgets.buttons import link_button
from gui.widgets.labels import PlainLabel

EDGE = 5
PAD = 12
PICTURE = 32


class Remedy(QWidget):
    """What is wrong with a layer and what to do, under its card; sometimes with a button that does it."""

    remedy_requested = Signal()

    def __init__(self, problem: Problem, remedy: str, parent: QWidget) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(EDGE + PAD, 0, looks.SPACE_2, looks.SPACE_2)
        column.setSpacing(2)
        what = PlainLabel(problem.what, role="bad", wrap=True)
        fix = PlainLabel(problem.fix, role="secondary", wrap=True)
        column.addWidget(what)
        column.addWidget(fix)
        if remedy:
            button = link_button(remedy, icon_name="check")
            button.clicked.connect(self.remedy_requested.emit)
            column.addWidget(button, alignment=Qt.AlignmentFlag.AlignLeft)


class LayerCard(QWidget):
    """A card. Signals, with the layer's id first: `renamed` (its new label), `remedy_requested` (button clicked)."""

    renamed = Signal(str, str)
    remedy_requested = Signal(str)

    def __init__(self, id: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.id = id
        self.view: CardView | None = None
        self.selected = False
        self._remedy_text = ""
        self._remedies: list[Remedy] = []
        self._picture: QImage | None = None
        self._editor: QLineEdit | None = None
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def show_view(self, view: CardView, *, remedy: str = "") -> bool:
        """Show a layer; return whether the card's height may have changed.

        Args:
            view: What to show.
            remedy: The words of a button that mends the first problem, or "".
        """
        if view == self.view and remedy == self._remedy_text:
            return False
        old, self.view = self.view, view
        taller = old is None or old.problems != view.problems or remedy != self._remedy_text
        self._remedy_text = remedy
        self.setAccessibleName(view.name)
        self.setAccessibleDescription(view.description)
        if taller:
            self._show_problems(view, remedy)
        self.update()
        return taller

    def set_selected(self, selected: bool) -> None:
        """Draw the card as the chosen one."""
        if selected != self.selected:
            self.selected = selected
            # Tab reaches the chosen card alone; the arrow keys go on from there.
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if selected else Qt.FocusPolicy.ClickFocus)
            self.update()

    def set_picture(self, picture: QImage | None) -> None:
        """A small picture of what leaves the layer."""
        if picture is not self._picture:
            self._picture = picture
            self.update()

    def height_for(self, width: int) -> int:
        """The height the card needs at this width."""
        height = self._face_height()
        for one in self._remedies:
            height += max(one.heightForWidth(width), one.minimumSizeHint().height())
        return height

    def arrange(self) -> None:
        """Put the problems under the face of the card."""
        top = self._face_height()
        for one in self._remedies:
            height = max(one.heightForWidth(self.width()), one.minimumSizeHint().height())
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

    def cancel_edit(self) -> bool:
        """Close the name's editor without taking what was typed; return whether there was one."""
        editor, self._editor = self._editor, None
        if editor is None:
            return False
        editor.hide()
        editor.deleteLater()
        self.setFocus()
        return True

    def _show_problems(self, view: CardView, remedy: str) -> None:
        for one in self._remedies:
            one.hide()
            one.deleteLater()
        self._remedies = []
        for place, problem in enumerate(view.problems):
            shown = Remedy(problem, remedy if place == 0 else "", self)
            shown.remedy_requested.connect(self._on_remedy_requested)
            shown.show()
            self._remedies.append(shown)

    def _on_remedy_requested(self) -> None:
        self.remedy_requested.emit(self.id)

    def _face_height(self) -> int:
        return theme().px(50)

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
        face = self._face_height()
        if self._picture is not None:
            side = theme().px(PICTURE)
            place = QRect(right - side, (face - side) // 2, side, side)
            painter.drawImage(place, self._picture)
            right = place.left() - looks.SPACE_2
        if view.problems:
            side = theme().px(16)
            icon("warning", "bad").paint(painter, QRect(right - side, theme().px(8), side, side))
            caption_right = right - side - looks.SPACE_1
        else:
            caption_right = right
        line = face // 2
        self._write(painter, view.title, strong, self._text_shade(view, "text"), left, 3, caption_right, line)
        after = left + QFontMetrics(strong).horizontalAdvance(view.title) + looks.SPACE_2
        if after < caption_right - 16:
            shade = self._text_shade(view, "secondary")
            self._write(painter, view.caption, small, shade, after, 4, caption_right, line)
        shade = self._text_shade(view, "secondary")
        figures = QFontMetrics(small).horizontalAdvance(view.parameters)
        self._write(painter, view.shape, small, shade, left, line - 1, right - figures - 8, line - 4)
        self._write(painter, view.parameters, small, shade, right - figures, line - 1, right + 1, line - 4)

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

"""The gallery of templates: networks to begin with, each with what it costs for the images at hand."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QGridLayout,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from engine.layers.input import Input
from engine.templates import template_names, template_recipe, templates
from engine.templates.recommendation import Recommendation, recommend
from gui import theme as looks
from gui.dialogs.frame import Dialog
from gui.models.template_cards import TemplateCard, recipe_words, template_card
from gui.theme import colour, family_colour, theme
from gui.widgets.buttons import push_button
from gui.widgets.labels import PlainLabel, Rule
from gui.widgets.panels import ErrorPanel
from gui.words import no_mnemonic, plural, shape, tip

_NAME = Qt.ItemDataRole.UserRole
_LINE = Qt.ItemDataRole.UserRole + 1
_BADGE = Qt.ItemDataRole.UserRole + 2
_REFUSED = Qt.ItemDataRole.UserRole + 3


class TemplateGallery(Dialog):
    """Shows the templates. `template_chosen` is emitted with a name and whether its recipe is wanted too.

    Args:
        input: The image that enters.
        classes: How many classes there are.
        images: How many images there are to learn from; None where no dataset is open.
        take_recipe: Whether the recipe of the template is wanted at first.
    """

    template_chosen = Signal(str, bool)

    def __init__(
        self, input: Input, classes: int, images: int | None, *, take_recipe: bool, parent: QWidget | None
    ) -> None:
        super().__init__("Start from a template", parent)
        self._input, self._classes = input, classes
        self._cards: dict[str, TemplateCard] = {}
        self._recommended: Recommendation = recommend(input, classes, images)
        about = f"For images of {shape(input.shape)} and {plural(classes, 'class')}."
        self.body.addWidget(PlainLabel(about, role="quiet", wrap=True))
        self.rows = QListWidget()
        self.rows.setAccessibleName("Templates")
        self.rows.setItemDelegate(_Rows(self.rows))
        self.rows.setFixedWidth(theme().px(260))
        self.rows.setMinimumHeight(400)
        self.rows.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.rows.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.details = _Details()
        self.recipe_box = QCheckBox()
        self.recipe_box.setChecked(take_recipe)
        self.details.setMinimumWidth(480)
        self.use_button = push_button("Use this template", primary=True)
        self._build()
        names = [self._recommended.name, *(one for one in template_names() if one != self._recommended.name)]
        self._waiting = names
        for name in names:
            self._add_row(name)
        self.rows.setCurrentRow(0)
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._fill_next)
        self._timer.start()
        self.resize(theme().px(820), theme().px(560))
        self.rows.setFocus()

    def choose(self, name: str) -> None:
        """Show a template."""
        for row in range(self.rows.count()):
            if self.rows.item(row).data(_NAME) == name:
                self.rows.setCurrentRow(row)

    def _build(self) -> None:
        middle = QHBoxLayout()
        middle.setSpacing(looks.SPACE_4)
        middle.addWidget(self.rows)
        right = QVBoxLayout()
        right.setSpacing(looks.SPACE_3)
        right.addWidget(self.details, 1)
        right.addWidget(self.recipe_box)
        middle.addLayout(right, 1)
        self.body.addLayout(middle, 1)
        note = PlainLabel("It takes the place of the whole stack; Undo brings yours back.", role="secondary")
        self.buttons.insertWidget(0, note)
        cancel = self.add_button(push_button("Cancel"))
        self.add_button(self.use_button)
        self.use_button.setDefault(True)
        cancel.clicked.connect(self.reject)
        self.use_button.clicked.connect(self._on_used)
        self.rows.itemActivated.connect(self._on_used)
        self.rows.currentItemChanged.connect(self._on_current_changed)

    def _add_row(self, name: str) -> None:
        item = QListWidgetItem(templates()[name].title)
        item.setData(_NAME, name)
        item.setData(_LINE, "")
        item.setData(_BADGE, name == self._recommended.name)
        item.setData(Qt.ItemDataRole.AccessibleDescriptionRole, templates()[name].summary)
        self.rows.addItem(item)

    def _card(self, name: str) -> TemplateCard:
        if name not in self._cards:
            self._cards[name] = template_card(name, self._input, self._classes)
            self._show_row(self._cards[name])
        return self._cards[name]

    def _fill_next(self) -> None:
        """One template at a time, so that the dialog shows at once: the largest take longest."""
        if not self._waiting:
            self._timer.stop()
            return
        self._card(self._waiting.pop(0))

    def _show_row(self, card: TemplateCard) -> None:
        for row in range(self.rows.count()):
            item = self.rows.item(row)
            if item.data(_NAME) == card.name:
                item.setData(_LINE, card.line)
                item.setData(_REFUSED, card.refusal is not None)
                refusal = card.refusal
                item.setToolTip(tip(f"{refusal.what} {refusal.expected}" if refusal is not None else card.summary))

    def _on_current_changed(self, item: QListWidgetItem | None, _previous: QListWidgetItem | None) -> None:
        if item is None:
            return
        card = self._card(item.data(_NAME))
        reason = self._recommended.reason if card.name == self._recommended.name else ""
        self.details.show_card(card, reason)
        self.use_button.setEnabled(card.refusal is None)
        self.use_button.setToolTip(tip("" if card.refusal is None else card.refusal.what))
        self.recipe_box.setText(no_mnemonic(f"Take its recipe too: {recipe_words(template_recipe(card.name))}"))

    def _on_used(self) -> None:
        item = self.rows.currentItem()
        if item is not None and self._card(item.data(_NAME)).refusal is None:
            self.accept()
            self.template_chosen.emit(item.data(_NAME), self.recipe_box.isChecked())


class _Details(QWidget):
    """All about one template."""

    def __init__(self) -> None:
        super().__init__()
        self.title = PlainLabel(role="title")
        self.reason = PlainLabel(wrap=True)
        self.reason.setAccessibleName("Why it is recommended")
        self.badge = PlainLabel("Recommended", role="strong")
        self.summary = PlainLabel(role="strong", wrap=True)
        self.strip = FamilyStrip()
        self.why = PlainLabel(wrap=True)
        self.refusal = ErrorPanel()
        self._figures = QGridLayout()
        self._figures.setColumnStretch(1, 1)
        self._figures.setHorizontalSpacing(looks.SPACE_4)
        self._pairs: list[tuple[PlainLabel, PlainLabel]] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(looks.SPACE_2)
        for one in (self.title, self.badge, self.reason, self.strip, self.summary, self.why):
            column.addWidget(one)
        column.addWidget(Rule())
        column.addLayout(self._figures)
        column.addWidget(self.refusal)
        column.addStretch()

    def show_card(self, card: TemplateCard, reason: str) -> None:
        """Show a template, and why it is the recommended one."""
        self.title.setText(card.title)
        self.badge.setVisible(bool(reason))
        self.reason.setText(reason)
        self.reason.setVisible(bool(reason))
        self.summary.setText(card.summary)
        self.why.setText(card.why)
        self.strip.show_families(card.families)
        self.refusal.show_error(card.refusal)
        while len(self._pairs) < len(card.figures):
            pair = (PlainLabel(role="quiet"), PlainLabel(role="strong"))
            for place, label in enumerate(pair):
                self._figures.addWidget(label, len(self._pairs), place)
            self._pairs.append(pair)
        for place, pair in enumerate(self._pairs):
            words = card.figures[place] if place < len(card.figures) else ("", "")
            for label, text in zip(pair, words, strict=True):
                label.setText(text)
                label.setVisible(bool(text))


class FamilyStrip(QWidget):
    """A stack at a glance: a stripe for each layer in the colour of its family."""

    def __init__(self) -> None:
        super().__init__()
        self._families: tuple[str, ...] = ()
        self.setFixedHeight(theme().px(30))

    def show_families(self, families: Sequence[str]) -> None:
        """Show these layers."""
        self._families = tuple(families)
        self.setVisible(bool(families))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        step = min(14.0, self.width() / max(1, len(self._families)))
        for place, family in enumerate(self._families):
            painter.setBrush(family_colour(family))
            painter.drawRoundedRect(QRectF(place * step, 3, max(1.0, step - 3), self.height() - 6), 2, 2)


class _Rows(QStyledItemDelegate):
    """Paints a template: its title, its size, and whether it is the recommended one."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(200, theme().px(48))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        refused = bool(index.data(_REFUSED))
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        body = rect.adjusted(3, 2, -3, -2)
        if state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour("accent_soft"))
            painter.drawRoundedRect(body, looks.RADIUS_CONTROL, looks.RADIUS_CONTROL)
        words = body.adjusted(10, 4, -10, -4)
        half = words.height() // 2
        strong, small = theme().font(bold=True), theme().font(looks.TEXT_SECONDARY)
        centre = int(Qt.AlignmentFlag.AlignVCenter)
        painter.setFont(strong)
        painter.setPen(colour("disabled" if refused else "text"))
        painter.drawText(QRect(words.left(), words.top(), words.width(), half), centre, str(index.data()))
        after = words.left() + QFontMetrics(strong).horizontalAdvance(str(index.data())) + looks.SPACE_2
        painter.setFont(small)
        if index.data(_BADGE):
            painter.setPen(colour("accent"))
            painter.drawText(QRect(after, words.top(), words.right() - after, half), centre, "recommended")
        painter.setPen(colour("disabled" if refused else "secondary"))
        lower = QRect(words.left(), words.top() + half, words.width(), half)
        painter.drawText(lower, centre, str(index.data(_LINE) or ""))
        painter.restore()

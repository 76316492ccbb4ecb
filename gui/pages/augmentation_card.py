"""The augmentation on a card: which changes, how strong, what speaks against them, and what they make of an image."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from engine.augmentation import Augmentation, Operation, augmentation_types
from engine.augmentation.advice import Advice
from gui.forms.form import ParameterForm
from gui.pages.augmented_view import AugmentedView
from gui.theme import SPACE_1, SPACE_2, SPACE_3
from gui.widgets import Card, PlainLabel, Rule, icon_button, link_button, push_button
from gui.words import tip

_HINT = (
    "Shows the network each training image a little changed in every epoch, so that it learns what matters "
    "and not single pixels. None yet."
)


class AugmentationCard(Card):
    """The list of random image changes; `edited` with the new Augmentation, words and a merge key.

    Attributes:
        view: One image under many draws, hidden until it is asked for.
    """

    edited = Signal(object, str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Augmentation", parent)
        self._augmentation = Augmentation()
        self.rows: list[OperationRow] = []
        self.add_box = QComboBox()
        self.add_box.setAccessibleName("Add an image change")
        self._fill_choice()
        self.add_box.activated.connect(self._on_add)
        self.preview_button = push_button("Preview…", icon_name="show")
        self.preview_button.setCheckable(True)
        self.view = AugmentedView(self)
        self.view.gone.connect(self._on_view_gone)
        self.preview_button.toggled.connect(self._on_preview_toggled)
        self._hint = PlainLabel(_HINT, role="quiet", wrap=True)
        self._list = QVBoxLayout()
        self._list.setSpacing(SPACE_2)
        self._order = PlainLabel("Images are mixed last, after all other changes.", role="secondary", wrap=True)
        buttons = QHBoxLayout()
        buttons.setSpacing(SPACE_2)
        buttons.addWidget(self.add_box)
        buttons.addWidget(self.preview_button)
        buttons.addStretch(1)
        self.body.addWidget(self._hint)
        self.body.addLayout(self._list)
        self.body.addWidget(self._order)
        self.body.addLayout(buttons)
        self.show_augmentation(Augmentation())

    def _fill_choice(self) -> None:
        self.add_box.addItem("Add a change…")
        family = None
        for kind, type in augmentation_types().items():
            if type.family is not family:
                family = type.family
                self.add_box.insertSeparator(self.add_box.count())
            self.add_box.addItem(kind)
            words = f"{family.value}. {type.summary}"
            self.add_box.setItemData(self.add_box.count() - 1, tip(words), Qt.ItemDataRole.ToolTipRole)

    def show_augmentation(self, augmentation: Augmentation) -> None:
        """Show this list; rows of the same kinds are kept, so that the field being edited keeps its focus."""
        operations = augmentation.operations
        if [type(one) for one in operations] != [type(one) for one in self._augmentation.operations]:
            self._rebuild(len(operations))
        self._augmentation = augmentation
        self._hint.setVisible(not operations)
        self._order.setVisible(augmentation.mixes and len(operations) > 1)
        self.preview_button.setEnabled(bool(operations))
        self.preview_button.setToolTip(tip("Show an image under twenty draws" if operations else "Add a change first"))
        if not operations:
            self.preview_button.setChecked(False)
        for place, (row, operation) in enumerate(zip(self.rows, operations, strict=True)):
            row.show_operation(operation, first=place == 0, last=place == len(operations) - 1)

    def show_advice(self, advice: Sequence[Advice]) -> None:
        """Say under each change what speaks against it."""
        for place, row in enumerate(self.rows):
            row.show_advice([one for one in advice if one.place == place])

    def _rebuild(self, count: int) -> None:
        for row in self.rows:
            self._list.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows = [OperationRow(place) for place in range(count)]
        for row in self.rows:
            self._list.addWidget(row)
            row.edited.connect(self._on_edited)
            row.removed.connect(self._on_removed)
            row.moved.connect(self._on_moved)
            row.mended.connect(self._on_mended)

    def _on_preview_toggled(self, wanted: bool) -> None:
        if wanted and not self.view.isVisible():
            self.view.show_beside(self.window())
        elif not wanted:
            self.view.hide()

    def _on_view_gone(self) -> None:
        self.preview_button.setChecked(False)

    def _on_mended(self, advice: Advice) -> None:
        self._say(advice.mended.operations, advice.action[:1].lower() + advice.action[1:], "")

    def _on_add(self, index: int) -> None:
        if index > 0:
            kind = self.add_box.itemText(index)
            self.add_box.setCurrentIndex(0)
            self._say((*self._augmentation.operations, augmentation_types()[kind]()), f"add {kind}", "")

    def _on_edited(self, place: int, operation: Operation, text: str, key: str) -> None:
        operations = list(self._augmentation.operations)
        operations[place] = operation
        self._say(tuple(operations), text, f"augmentation.{place}.{key}")

    def _on_removed(self, place: int) -> None:
        operations = self._augmentation.operations
        self._say(operations[:place] + operations[place + 1 :], f"remove {operations[place].kind}", "")

    def _on_moved(self, place: int, step: int) -> None:
        operations = list(self._augmentation.operations)
        operations.insert(place + step, operations.pop(place))
        self._say(tuple(operations), "change the order of image changes", "")

    def _say(self, operations: tuple[Operation, ...], text: str, key: str) -> None:
        self.edited.emit(Augmentation(operations), text, key)


class OperationRow(QWidget):
    """One image change: its name, what it does, its settings, what speaks against it.

    Signals carry its place in the list; `mended` the Advice that is followed.
    """

    edited = Signal(int, object, str, str)
    removed = Signal(int)
    mended = Signal(object)
    moved = Signal(int, int)

    def __init__(self, place: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._place = place
        self.name = PlainLabel(role="strong")
        self.summary = PlainLabel(role="secondary", wrap=True)
        self.form = ParameterForm()
        self.panels: list[AdvicePanel] = []
        self.up_button = icon_button("up", "Earlier")
        self.down_button = icon_button("down", "Later")
        self.remove_button = icon_button("remove", "Remove")
        head = QHBoxLayout()
        head.setSpacing(SPACE_1)
        head.addWidget(self.name, 1)
        for button in (self.up_button, self.down_button, self.remove_button):
            head.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_1)
        column.addLayout(head)
        column.addWidget(self.summary)
        column.addWidget(self.form)
        self._advice = QVBoxLayout()
        self._advice.setSpacing(SPACE_1)
        column.addLayout(self._advice)
        column.addWidget(Rule())
        self.form.edited.connect(self._on_edited)
        self.up_button.clicked.connect(self._on_up)
        self.down_button.clicked.connect(self._on_down)
        self.remove_button.clicked.connect(self._on_remove)

    def show_operation(self, operation: Operation, *, first: bool, last: bool) -> None:
        """Show this change."""
        self.name.setText(operation.kind)
        self.summary.setText(operation.summary)
        self.form.show_configured(operation)
        self.up_button.setEnabled(not first)
        self.down_button.setEnabled(not last)
        for button, verb in ((self.up_button, "earlier"), (self.down_button, "later")):
            button.setAccessibleName(f"{operation.kind}: {verb}")
        self.remove_button.setAccessibleName(f"Remove {operation.kind}")

    def show_advice(self, advice: Sequence[Advice]) -> None:
        """Say what speaks against it."""
        if [one.advice for one in self.panels] == list(advice):
            return
        for panel in self.panels:
            self._advice.removeWidget(panel)
            panel.hide()
            panel.deleteLater()
        self.panels = [AdvicePanel(one) for one in advice]
        for panel in self.panels:
            self._advice.addWidget(panel)
            panel.followed.connect(self.mended)

    def _on_edited(self, operation: Operation, text: str) -> None:
        self.edited.emit(self._place, operation, text, self.form.last_changed)

    def _on_up(self) -> None:
        self.moved.emit(self._place, -1)

    def _on_down(self) -> None:
        self.moved.emit(self._place, 1)

    def _on_remove(self) -> None:
        self.removed.emit(self._place)


class AdvicePanel(QFrame):
    """One piece of advice; `followed` with it when its button is clicked."""

    followed = Signal(object)

    def __init__(self, advice: Advice, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.advice = advice
        self.setObjectName("AdvicePanel")
        self.setAccessibleName(advice.what)
        self.setAccessibleDescription(f"{advice.expected} {advice.fix}")
        self.button = link_button(advice.action, icon_name="check")
        self.button.clicked.connect(self._on_clicked)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_3, SPACE_2, SPACE_2, SPACE_2)
        column.setSpacing(SPACE_1)
        column.addWidget(PlainLabel(advice.what, role="strong", wrap=True))
        column.addWidget(PlainLabel(advice.expected, wrap=True))
        column.addWidget(self.button, alignment=Qt.AlignmentFlag.AlignLeft)

    def _on_clicked(self) -> None:
        self.followed.emit(self.advice)

"""How to train: the recipe, its optimizer and the augmentation, each on a card."""

from __future__ import annotations

import dataclasses

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from engine.augmentation import Augmentation, Operation, augmentation_types
from engine.optimizers import optimizer_types
from engine.recipe import Recipe
from gui.forms.form import ParameterForm
from gui.theme import SPACE_1, SPACE_2, SPACE_4
from gui.widgets import Card, PlainLabel, Rule, icon_button
from gui.words import tip

WIDE = 620


class RecipeCards(QWidget):
    """Three forms. Signals: `recipe_edited` and `augmentation_edited` with the new value, words, and a merge key."""

    recipe_edited = Signal(object, str, str)
    augmentation_edited = Signal(object, str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._recipe = Recipe()
        self.recipe_form = ParameterForm()
        self.optimizer_form = ParameterForm()
        self.optimizer_box = QComboBox()
        self.optimizer_box.setAccessibleName("Optimizer")
        self.optimizer_box.addItems(list(optimizer_types()))
        self.optimizer_summary = PlainLabel(role="secondary", wrap=True)
        self.augmentation = AugmentationCard()
        self._build()
        self.recipe_form.edited.connect(self._on_recipe_edited)
        self.optimizer_form.edited.connect(self._on_optimizer_edited)
        self.optimizer_box.activated.connect(self._on_optimizer_chosen)
        self.augmentation.edited.connect(self.augmentation_edited)

    def _build(self) -> None:
        recipe = Card("Recipe")
        recipe.body.addWidget(self.recipe_form)
        recipe.body.addStretch(1)
        optimizer = Card("Optimizer")
        optimizer.body.addWidget(self.optimizer_box)
        optimizer.body.addWidget(self.optimizer_summary)
        optimizer.body.addWidget(self.optimizer_form)
        optimizer.body.addStretch(1)
        self._beside = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._beside.setSpacing(SPACE_4)
        self._beside.addWidget(recipe, 1)
        self._beside.addWidget(optimizer, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_4)
        column.addLayout(self._beside)
        column.addWidget(self.augmentation)

    def show_recipe(self, recipe: Recipe) -> None:
        """Show this recipe."""
        self._recipe = recipe
        self.recipe_form.show_configured(recipe)
        self.optimizer_box.setCurrentText(recipe.optimizer.kind)
        self.optimizer_summary.setText(recipe.optimizer.summary)
        self.optimizer_form.show_configured(recipe.optimizer)

    def _on_recipe_edited(self, recipe: Recipe, text: str) -> None:
        self.recipe_edited.emit(recipe, text, f"recipe.{self.recipe_form.last_changed}")

    def _on_optimizer_edited(self, optimizer: object, text: str) -> None:
        recipe = dataclasses.replace(self._recipe, optimizer=optimizer)  # type: ignore[arg-type]
        self.recipe_edited.emit(recipe, text, f"optimizer.{self.optimizer_form.last_changed}")

    def _on_optimizer_chosen(self) -> None:
        kind = self.optimizer_box.currentText()
        if kind != self._recipe.optimizer.kind:
            recipe = dataclasses.replace(self._recipe, optimizer=optimizer_types()[kind]())
            self.recipe_edited.emit(recipe, f"train with {kind}", "")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        kinds = QBoxLayout.Direction
        self._beside.setDirection(kinds.LeftToRight if event.size().width() >= WIDE else kinds.TopToBottom)


class AugmentationCard(Card):
    """The list of random image changes; `edited` with the new Augmentation, words and a merge key."""

    edited = Signal(object, str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Augmentation", parent)
        self._augmentation = Augmentation()
        self.rows: list[OperationRow] = []
        self.add_box = QComboBox()
        self.add_box.setAccessibleName("Add an image change")
        self.add_box.addItem("Add a change…")
        for kind, type in augmentation_types().items():
            self.add_box.addItem(kind)
            self.add_box.setItemData(self.add_box.count() - 1, tip(type.summary), Qt.ItemDataRole.ToolTipRole)
        self.add_box.activated.connect(self._on_add)
        self._hint = PlainLabel(
            "Shows the network each training image a little changed in every epoch, so that it learns what matters "
            "and not single pixels. None yet.",
            role="quiet",
            wrap=True,
        )
        self._list = QVBoxLayout()
        self._list.setSpacing(SPACE_2)
        self.body.addWidget(self._hint)
        self.body.addLayout(self._list)
        self.body.addWidget(self.add_box, alignment=Qt.AlignmentFlag.AlignLeft)

    def show_augmentation(self, augmentation: Augmentation) -> None:
        """Show this list; rows of the same kinds are kept, so that the field being edited keeps its focus."""
        operations = augmentation.operations
        if [type(one) for one in operations] != [type(one) for one in self._augmentation.operations]:
            self._rebuild(len(operations))
        self._augmentation = augmentation
        self._hint.setVisible(not operations)
        for place, (row, operation) in enumerate(zip(self.rows, operations, strict=True)):
            row.show_operation(operation, first=place == 0, last=place == len(operations) - 1)

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
    """One image change: its name, what it does, its settings. Signals carry its place in the list."""

    edited = Signal(int, object, str, str)
    removed = Signal(int)
    moved = Signal(int, int)

    def __init__(self, place: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._place = place
        self.name = PlainLabel(role="strong")
        self.summary = PlainLabel(role="secondary", wrap=True)
        self.form = ParameterForm()
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

    def _on_edited(self, operation: Operation, text: str) -> None:
        self.edited.emit(self._place, operation, text, self.form.last_changed)

    def _on_up(self) -> None:
        self.moved.emit(self._place, -1)

    def _on_down(self) -> None:
        self.moved.emit(self._place, 1)

    def _on_remove(self) -> None:
        self.removed.emit(self._place)

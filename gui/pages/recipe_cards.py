"""How to train: the recipe, its optimizer and the augmentation, each on a card."""

from __future__ import annotations

import dataclasses

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QComboBox, QVBoxLayout, QWidget

from engine.optimizers import optimizer_types
from engine.recipe import Recipe
from gui.forms.form import ParameterForm
from gui.pages.augmentation_card import AugmentationCard
from gui.theme import SPACE_4
from gui.widgets import Card, PlainLabel

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

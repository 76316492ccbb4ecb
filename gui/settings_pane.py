"""The right pane: the settings of the chosen layer and, under them, what it does and what is known about it."""

from __future__ import annotations

import dataclasses
import re

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from engine.costs import layer_bytes, said
from engine.facts import Facts
from engine.graph import INPUT_PATH
from engine.images.preprocessing import Preprocessing
from engine.layers import LayerType
from engine.parameters import Configured
from engine.recipe import Recipe
from gui import theme as looks
from gui import words
from gui.document import Document
from gui.explanation.view import ExplanationView
from gui.forms.form import ParameterForm
from gui.widgets.labels import ElidedLabel, Heading, PlainLabel, Rule
from gui.widgets.trouble import TroubleList

_FIRST_SENTENCES = 2


class SettingsPane(QWidget):
    """Shows the document's chosen layer, and makes each change of a setting an undoable edit."""

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("Pane")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._document = document
        self.heading = Heading("Settings")
        self.name = ElidedLabel(role="title")
        self.name.setAccessibleName("Chosen layer")
        self.form = ParameterForm()
        self.form.edited.connect(self._on_edited)
        self.troubles = TroubleList()
        self.troubles.remedy_chosen.connect(document.mend)
        self.troubles.dismissed.connect(document.dismiss)
        self.note = PlainLabel(role="secondary", wrap=True)
        self.picture = ExplanationView()
        self.explanation = PlainLabel(wrap=True)
        self.explanation.setAccessibleName("What it does")
        self.explanation.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.more = PlainLabel(role="secondary", wrap=True)
        self.more.setAccessibleName("More about it")
        self.facts = FactTable()
        self._build()
        document.selection_changed.connect(self.refresh)
        document.analysis_changed.connect(self.refresh)
        self.refresh()

    def _build(self) -> None:
        body = QWidget()
        body.setAutoFillBackground(False)
        column = QVBoxLayout(body)
        column.setContentsMargins(looks.SPACE_4, looks.SPACE_3, looks.SPACE_4, looks.SPACE_4)
        column.setSpacing(looks.SPACE_2)
        column.addWidget(self.heading)
        column.addWidget(self.name)
        column.addSpacing(looks.SPACE_1)
        column.addWidget(self.form)
        column.addWidget(self.troubles)
        column.addWidget(self.note)
        column.addSpacing(looks.SPACE_2)
        column.addWidget(Rule())
        column.addSpacing(looks.SPACE_2)
        column.addWidget(Heading("What it does"))
        column.addWidget(self.picture)
        column.addWidget(self.explanation)
        column.addWidget(self.more)
        column.addSpacing(looks.SPACE_2)
        column.addWidget(self.facts)
        column.addStretch()
        scroll = QScrollArea()
        scroll.setObjectName("PaneScroll")
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(body)
        scroll.viewport().setAutoFillBackground(False)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll)

    def refresh(self) -> None:
        """Show the chosen layer as it is now."""
        document = self._document
        shown = bool(document.selected)
        self.form.setVisible(shown)
        if not shown:
            self.name.setText("Nothing is chosen")
            self.form.show_configured(None)
            self.picture.explain(None)
            self._explain("Choose a layer in the stack to see its settings.")
            self.facts.show_facts(None)
            self.troubles.show_troubles(())
            return
        layer = document.network.layer(document.selected)
        self.heading.setText(layer.type.kind)
        self.name.setText(words.display_name(layer.title))
        self.name.setVisible(layer.title != layer.type.kind)
        self.form.show_configured(self._settings(layer.type))
        self._show_troubles(layer.id)
        facts = document.analysis.facts.get(layer.id)
        self.note.setText(self._note(layer.id, layer.enabled))
        self.note.setVisible(bool(self.note.text()))
        self._explain(_explanation(layer.type, facts))
        known = facts is not None and facts.output_shape is not None and layer.enabled
        self.picture.explain(layer.type if known else None, facts.inputs or () if facts is not None else ())
        self.facts.show_facts(facts if layer.enabled else None, document.draft.recipe)

    def _show_troubles(self, id: str) -> None:
        document = self._document
        advice = [one for one in document.advice if one.card == id]
        self.troubles.show_troubles(
            [
                *((one, document.remedies_of(one), False) for one in document.analysis.problems_of(id)),
                *((one, document.remedies_of(one), True) for one in advice),
            ]
        )

    def _explain(self, text: str) -> None:
        """The first sentences say it; the rest is there for who wants to know more."""
        sentences = re.split(r"(?<=[.!?])\s+", text)
        self.explanation.setText(" ".join(sentences[:_FIRST_SENTENCES]))
        self.more.setText(" ".join(sentences[_FIRST_SENTENCES:]))
        self.more.setVisible(bool(self.more.text()))

    def _settings(self, type: LayerType) -> Configured:
        """What the form edits: for the input that is the preprocessing, which makes images of the input's shape."""
        preprocessing = self._document.draft.preprocessing
        if self._document.selected == INPUT_PATH and preprocessing is not None:
            return preprocessing
        return type

    def _note(self, id: str, enabled: bool) -> str:
        if not enabled:
            return "This layer is switched off: the values pass it by."
        if id == INPUT_PATH and self._document.draft.preprocessing is not None:
            return "Every image is brought to this form, in training and whenever you open one."
        return ""

    def _on_edited(self, configured: Configured, text: str) -> None:
        document = self._document
        key = f"{document.selected}.{self.form.last_changed}"
        if isinstance(configured, LayerType):
            document.apply_network(document.network.set_type(document.selected, configured), text, key)
        elif isinstance(configured, Preprocessing):
            document.apply(dataclasses.replace(document.draft, preprocessing=configured), text, key)


def _explanation(type: LayerType, facts: Facts | None) -> str:
    """What the layer does with its own numbers, or in general where what enters it does not fit."""
    if facts is None or facts.inputs is None or facts.output_shape is None:
        return type.summary
    return type.explain(facts.inputs)


class FactTable(QWidget):
    """The figures of one layer."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setVerticalSpacing(looks.SPACE_1)
        self._grid.setColumnStretch(1, 1)
        self._rows: list[tuple[PlainLabel, PlainLabel]] = []

    def show_facts(self, facts: Facts | None, recipe: Recipe | None = None) -> None:
        """Show what is known, a row each; with what a training by `recipe` keeps."""
        rows = [] if facts is None else _fact_rows(facts, recipe)
        while len(self._rows) < len(rows):
            pair = (PlainLabel(role="secondary"), PlainLabel(role="secondary"))
            for column, label in enumerate(pair):
                self._grid.addWidget(label, len(self._rows), column)
            pair[1].setAlignment(Qt.AlignmentFlag.AlignRight)
            self._rows.append(pair)
        for place, pair in enumerate(self._rows):
            name, text, more = rows[place] if place < len(rows) else ("", "", "")
            for label, shown in zip(pair, (name, text), strict=True):
                label.setText(shown)
                label.setToolTip(words.tip(more))
                label.setVisible(place < len(rows))
            pair[1].setAccessibleName(f"{name}: {more or text}" if name else "")
        self.setVisible(bool(rows))


def _fact_rows(facts: Facts, recipe: Recipe | None) -> list[tuple[str, str, str]]:
    """Name, figure, and the figure in more words, or ""."""
    rows: list[tuple[str, str, str]] = []
    if facts.inputs:
        rows.append(("What enters", words.shape(facts.inputs[0]), words.dimensions(facts.inputs[0])))
    if facts.output_shape is None:
        return rows
    rows.append(("What leaves", words.shape(facts.output_shape), words.dimensions(facts.output_shape)))
    if facts.parameters:
        fixed = facts.parameters - (facts.trainable or 0)
        trained = f"{facts.trainable or 0:,} are set by training" + (f", {fixed:,} are not" if fixed else "")
        rows.append(("Parameters", f"{facts.parameters:,}" + (f" ({fixed:,} not trained)" if fixed else ""), trained))
    if facts.macs:
        rows.append(("MACs per image", words.short(facts.macs), f"{facts.macs:,} multiplications and additions"))
    size = None if recipe is None else layer_bytes(facts.kept, recipe)
    if size is not None and recipe is not None:
        kept = f"{facts.kept:,} values of each of {words.plural(recipe.batch_size, 'image')}, kept for the way back"
        rows.append((f"Memory at batch {recipe.batch_size:,}", said(size), kept))
    if facts.receptive_field is not None and facts.receptive_field != (1, 1):
        seen = f"One value that leaves sees {words.shape(facts.receptive_field)} pixels of the image"
        rows.append(("Receptive field", f"{words.shape(facts.receptive_field)} px", seen))
    if any(facts.unused):
        unused = words.rows_and_columns(*facts.unused)
        rows.append(("Left out at the edge", unused, f"{unused} at the lower and right edge fill no window"))
    return rows

"""The right pane: the settings of the chosen layer and, under them, what it does and what is known about it."""

from __future__ import annotations

import dataclasses
import re
from collections import Counter

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QPushButton, QScrollArea, QToolButton, QVBoxLayout, QWidget

from engine.costs import layer_bytes, said
from engine.errors import EngineError
from engine.facts import Facts
from engine.geometry import Shapes
from engine.graph import INPUT_PATH
from engine.images.preprocessing import Preprocessing
from engine.inside import editable_block
from engine.layers import LayerType
from engine.moments import obstacle
from engine.network import Layer, Network
from engine.parameters import Configured
from engine.recipe import Recipe
from gui import theme as looks
from gui import words
from gui.document import Document
from gui.explanation.view import ExplanationView
from gui.forms.form import ParameterForm
from gui.forms.measuring import MeasureOffer
from gui.forms.wiring import WiringForm
from gui.stack.inside_editor import changed, is_off, rewired, why_fixed
from gui.widgets.labels import ElidedLabel, Heading, PlainLabel, Rule
from gui.widgets.trouble import TroubleList

_FIRST_SENTENCES = 2


class SettingsPane(QWidget):
    """Shows the document's chosen layer, and makes each change of a setting an undoable edit.

    `left` is emitted where the keyboard is to go back to the stack.
    """

    left = Signal()

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
        self.offer = MeasureOffer()
        self.troubles = TroubleList()
        self.troubles.remedy_chosen.connect(document.mend)
        self.troubles.dismissed.connect(document.dismiss)
        self.wiring = WiringForm()
        self.wiring.rewired.connect(self._on_rewired)
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
        column.addWidget(self.offer)
        column.addWidget(self.wiring)
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
            self.wiring.hide()
            self.offer.hide()
            self._explain("Choose a layer in the stack to see its settings.")
            self.facts.show_facts(None)
            self.troubles.show_troubles(())
            return
        path = document.selected
        type = document.type_at(path)
        assert type is not None, "the document chooses only what is there"
        layer = document.network.layer(path.partition("/")[0])
        self.heading.setText(type.kind)
        title = words.display_name(layer.title) if path == layer.id else path.rpartition("/")[2]
        self.name.setText(title)
        self.name.setVisible(title != type.kind)
        self.form.show_configured(self._settings(type))
        block = editable_block(document.network, path)
        self.form.setEnabled(path == layer.id or block is not None)
        self.wiring.setVisible(block is not None)
        if block is not None:
            self.wiring.show_child(block, path.rpartition("/")[2])
        self._show_offer(path, type)
        self._show_troubles(path)
        facts = document.analysis.facts.get(path)
        self.note.setText(self._note(path, layer))
        self.note.setVisible(bool(self.note.text()))
        self._explain(_explanation(type, facts))
        known = facts is not None and facts.output_shape is not None and layer.enabled
        self.picture.explain(type if known else None, facts.inputs or () if facts is not None else ())
        self.facts.show_facts(facts if layer.enabled else None, document.draft.recipe)

    def _show_offer(self, path: str, type: LayerType) -> None:
        """Offer to set a layer of the stack by the training images, where its type can be set so."""
        document = self._document
        if not type.measures or "/" in path:
            self.offer.hide()
            return
        missing = ""
        above = obstacle(document.network, path)
        if document.dataset is None:
            missing = "No images are open: open some on the Data page first."
        elif above is not None:
            missing = f"What enters here is not known beforehand: {words.display_name(above.title)} stands above."
        elif not document.training_images:
            missing = "There is no image for training."
        self.offer.show_offer(type.measures, missing)

    def show_error(self, error: EngineError) -> None:
        """Show under the form why something asked for there was not possible."""
        self.form.show_configured(self.form.configured, errors=[error])

    def _show_troubles(self, path: str) -> None:
        document = self._document
        advice = [one for one in document.advice if path in (one.card, one.layer)]
        self.troubles.show_troubles(
            [
                *((one, document.remedies_of(one), False) for one in document.analysis.problems_of(path)),
                *((one, document.remedies_of(one), True) for one in advice),
            ]
        )

    def take_keyboard(self) -> None:
        """Go to the first setting."""
        first = next((one for one in self.form.findChildren(QWidget) if _takes_keys(one)), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape goes back to the stack."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

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

    def _note(self, path: str, layer: Layer) -> str:
        document = self._document
        if path == INPUT_PATH and document.draft.preprocessing is not None:
            return "Every image is brought to this form, in training and whenever you open one."
        if path != layer.id:
            off = "This layer is switched off: the values pass it by." if is_off(document.network, path) else ""
            return why_fixed(document.network, path) or off
        if len(document.chosen) > 1:
            together = len(self._alike())
            if together == len(document.chosen):
                return f"A change here changes all {together} chosen layers."
            return f"{len(document.chosen)} layers are chosen; these are the settings of one of them."
        return "" if layer.enabled else "This layer is switched off: the values pass it by."

    def _alike(self) -> tuple[str, ...]:
        """The layers that a change of a setting is for: the chosen ones, where all are of one kind."""
        network, chosen = self._document.network, self._document.chosen
        kinds = {network.layer(one).type.kind for one in chosen}
        return chosen if len(kinds) == 1 else (self._document.selected,)

    def _on_edited(self, configured: Configured, text: str) -> None:
        document = self._document
        key = f"{','.join(document.chosen) or document.selected}.{self.form.last_changed}"
        if isinstance(configured, LayerType):
            try:
                document.apply_network(self._edited(configured), self._said(text), key)
            except EngineError as error:
                self.form.show_configured(document.type_at(document.selected), errors=[error])
        elif isinstance(configured, Preprocessing):
            document.apply(dataclasses.replace(document.draft, preprocessing=configured), text, key)

    def _edited(self, type: LayerType) -> Network:
        """The network with a setting changed, in all the layers that the change is for."""
        document, name = self._document, self.form.last_changed
        if "/" in document.selected:
            return changed(document.network, document.selected, type)
        network = document.network.set_type(document.selected, type)
        for one in self._alike():
            if one != document.selected:
                other = network.layer(one).type
                network = network.set_type(one, other.changed(**{name: type.values()[name]}))
        return network

    def _said(self, text: str) -> str:
        several = len(self._alike())
        return f"{text} in {several} layers" if several > 1 else text

    def _on_rewired(self, inputs: tuple[str, ...]) -> None:
        document = self._document
        name = document.selected.rpartition("/")[2]
        try:
            network = rewired(document.network, document.selected, inputs)
        except EngineError as error:
            self.form.show_configured(document.type_at(document.selected), errors=[error])
            return
        document.apply_network(network, f"change what {name} reads")


def _takes_keys(widget: QWidget) -> bool:
    """Whether the widget is a field: something that Tab reaches first, and no button beside it."""
    by_tab = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
    return by_tab and widget.isVisible() and widget.isEnabled() and not isinstance(widget, QToolButton | QPushButton)


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
            pair[0].setAlignment(Qt.AlignmentFlag.AlignTop)
            pair[1].setAlignment(Qt.AlignmentFlag.AlignRight)
            pair[1].setWordWrap(True)
            self._rows.append(pair)
        for place, pair in enumerate(self._rows):
            name, text, more = rows[place] if place < len(rows) else ("", "", "")
            for label, shown in zip(pair, (name, text), strict=True):
                label.setText(shown)
                label.setToolTip(words.tip(more))
                label.setVisible(place < len(rows))
            pair[1].setAccessibleName(f"{name}: {more or text}" if name else "")
        self.setVisible(bool(rows))


def _entering(inputs: Shapes) -> tuple[str, str]:
    """Everything that a layer reads, and the same with the names of the sides; shapes that are alike are counted."""
    counts = Counter(inputs)
    alike = len(counts) == 1 and len(inputs) > 2
    shapes = list(counts) if alike else list(inputs)
    times = f"{len(inputs)} times " if alike else ""
    # A line may break between two shapes, not within one.
    figures = [
        words.shape(one).replace(" ", "\N{NO-BREAK SPACE}") if len(shapes) > 1 else words.shape(one) for one in shapes
    ]
    return times + " and ".join(figures), times + " and ".join(map(words.dimensions, shapes))


def _fact_rows(facts: Facts, recipe: Recipe | None) -> list[tuple[str, str, str]]:
    """Name, figure, and the figure in more words, or ""."""
    rows: list[tuple[str, str, str]] = []
    if facts.inputs:
        rows.append(("What enters", *_entering(facts.inputs)))
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

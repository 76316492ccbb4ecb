"""The verbs of the layer stack: each is one undoable edit of the document's network."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from engine.costs import free_memory, memory_advice, training_bytes
from engine.ending import with_classes
from engine.errors import EngineError
from engine.facts import Problem
from engine.graph import INPUT_PATH
from engine.layers import layer_type
from engine.network import Network
from engine.remedies import Remedy
from gui.document import Document
from gui.models.layer_cards import card_views
from gui.models.totals import totals_view
from gui.stack.view import StackView

_ALWAYS_FREE = 300_000_000
"""Bytes that any computer that runs this program has: below, nobody asks how much is free."""


class StackController(QObject):
    """Joins the stack's view with the document. `failed` is emitted with an EngineError."""

    failed = Signal(object)

    def __init__(self, view: StackView, document: Document, free_memory: Callable[[], int] = free_memory) -> None:
        super().__init__(view)
        self._free_memory = free_memory
        self._pace = 0.0
        self.view = view
        self.document = document
        view.add_requested.connect(self.add_layer)
        view.cards.chosen.connect(document.select)
        view.cards.moved.connect(self.move_layer)
        view.cards.renamed.connect(self.rename_layer)
        view.cards.remedy_chosen.connect(self.mend)
        view.totals.remedy_chosen.connect(document.mend)
        view.totals.dismissed.connect(document.dismiss)
        document.analysis_changed.connect(self._on_analysis_changed)
        document.dataset_changed.connect(self.show_totals)
        document.selection_changed.connect(self._on_selection_changed)
        document.pictures_changed.connect(self._on_pictures_changed)
        self._on_analysis_changed()

    @property
    def chosen(self) -> str:
        """The id of the chosen layer; "" where the input or nothing is chosen."""
        return "" if self.document.selected == INPUT_PATH else self.document.selected

    @property
    def can_fit(self) -> bool:
        """Whether the last layer's units differ from the dataset's classes, and can be set."""
        return self._fitted() is not None

    def add_layer(self, kind: str) -> None:
        """Add a layer of this kind below the chosen one, or at the end."""
        network = self.document.network
        selected = self.document.selected
        place = 0 if selected == INPUT_PATH else network.index(selected) + 1 if selected else None
        try:
            added = network.added(layer_type(kind)(), place)
        except EngineError as error:
            self.failed.emit(error)
            return
        self._edit(added, f"add {kind}", self._newest(network, added))

    def remove_layer(self) -> None:
        """Remove the chosen layer; the one above it is chosen then."""
        id = self.chosen
        if not id:
            return
        network = self.document.network
        place = network.index(id)
        title = network.layer(id).title
        removed = network.removed([id])
        after = removed.layers[min(place, len(removed.layers) - 1)].id if removed.layers else INPUT_PATH
        self._edit(removed, f"remove {title}", after)

    def duplicate_layer(self) -> None:
        """Put a copy of the chosen layer below it."""
        id = self.chosen
        if not id:
            return
        network = self.document.network
        try:
            doubled = network.duplicated(id)
        except EngineError as error:
            self.failed.emit(error)
            return
        self._edit(doubled, f"duplicate {network.layer(id).title}", self._newest(network, doubled))

    def move_layer(self, id: str, index: int) -> None:
        """Put a layer before place `index` of the others."""
        network = self.document.network
        self._edit(network.moved(id, index), f"move {network.layer(id).title}", id)

    def move_up(self) -> None:
        """Move the chosen layer one place towards the image."""
        self._move_by(-1)

    def move_down(self) -> None:
        """Move the chosen layer one place towards the answer."""
        self._move_by(1)

    def rename_layer(self, id: str, label: str) -> None:
        """Give a layer the user's own name; "" gives its kind back."""
        network = self.document.network
        if id == INPUT_PATH or label == network.layer(id).title:
            return
        self._edit(network.renamed(id, label), f"rename {network.layer(id).title}", id)

    def edit_label(self) -> None:
        """Let the user type a name on the chosen card."""
        if self.chosen:
            self.view.cards.card(self.chosen).edit_label()

    def toggle_enabled(self) -> None:
        """Switch the chosen layer off, or on again."""
        id = self.chosen
        if not id:
            return
        layer = self.document.network.layer(id)
        verb = "switch off" if layer.enabled else "switch on"
        self._edit(self.document.network.set_enabled(id, not layer.enabled), f"{verb} {layer.title}", id)

    def fit_classes(self) -> None:
        """Give the last layer one unit for each class of the dataset."""
        fitted = self._fitted()
        if fitted is not None:
            self._edit(fitted, f"set units to {self.document.classes}", self.document.selected)

    def mend(self, id: str, remedy: Remedy) -> None:
        """Do what a remedy of the problem on a card says."""
        self.document.select(id)
        self.document.mend(remedy)
        self.view.cards.focus_selected()

    def set_pace(self, pace: float) -> None:
        """Show the time of an epoch by the pace of this computer; 0 where it is not known."""
        self._pace = pace
        self.show_totals()

    def _move_by(self, step: int) -> None:
        id = self.chosen
        network = self.document.network
        if id and 0 <= network.index(id) + step < len(network.layers):
            self.move_layer(id, network.index(id) + step)

    def _edit(self, network: Network, text: str, select: str) -> None:
        self.document.apply_network(network, text)
        self.document.select(select)
        self.view.cards.focus_selected()

    def _newest(self, before: Network, after: Network) -> str:
        known = {one.id for one in before.layers}
        return next(one.id for one in after.layers if one.id not in known)

    def _fitted(self) -> Network | None:
        """The network with as many units as classes, where that is what is wrong with it."""
        classes = self.document.classes
        if classes is None or not self.document.analysis.problems:
            return None
        fitted = with_classes(self.document.network, classes)
        return None if fitted is None or fitted == self.document.network else fitted

    def _on_analysis_changed(self) -> None:
        document = self.document
        views = card_views(document.network, document.analysis, document.advice, document.remedies_of)
        self.view.cards.show_cards(views)
        self.view.cards.select(document.selected)
        self.show_totals()

    def show_totals(self) -> None:
        """Show what the layers add up to."""
        document = self.document
        warning = self._memory_warning()
        self.view.totals.show_totals(
            totals_view(
                document.analysis,
                document.draft.recipe,
                advice=len(document.advice),
                images=document.training_images,
                pace=self._pace,
                warning=warning,
                remedies=tuple(Remedy(one.title(document.network), one) for one in warning.edits) if warning else (),
            )
        )

    def _memory_warning(self) -> Problem | None:
        needed = training_bytes(self.document.analysis, self.document.draft.recipe)
        if needed is None or needed < _ALWAYS_FREE:
            return None
        warning = memory_advice(self.document.analysis, self.document.draft.recipe, self._free_memory())
        return None if warning is None or self.document.is_dismissed(warning) else warning

    def _on_selection_changed(self) -> None:
        self.view.cards.select(self.document.selected)

    def _on_pictures_changed(self) -> None:
        cards = self.view.cards
        for id in cards.order:
            cards.card(id).set_picture(self.document.pictures.get(id))

"""The verbs of the layer stack: each is one undoable edit of the document's network."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal

from engine.costs import free_memory, memory_advice, training_bytes
from engine.ending import with_classes
from engine.errors import EngineError
from engine.facts import Problem
from engine.graph import INPUT_PATH
from engine.layers import layer_type
from engine.layers.block import Block
from engine.network import Layer, Network
from engine.remedies import Remedy
from gui.document import Document
from gui.models.layer_cards import card_views
from gui.models.totals import totals_view
from gui.stack import clipboard, inside_editor
from gui.stack.card_drag import Inside, Place
from gui.stack.problem_walk import ProblemWalk
from gui.stack.view import StackView
from gui.words import plural

_ALWAYS_FREE = 300_000_000
"""Bytes that any computer that runs this program has: below, nobody asks how much is free."""


class StackController(QObject):
    """Joins the stack's view with the document. `opened_changed` is emitted when a block was opened or closed."""

    opened_changed = Signal()

    def __init__(self, view: StackView, document: Document, free_memory: Callable[[], int] = free_memory) -> None:
        super().__init__(view)
        self._free_memory = free_memory
        self._pace = 0.0
        self.view = view
        self.document = document
        self.problems = ProblemWalk(document, view.cards)
        self._opened: frozenset[str] = frozenset()
        view.add_requested.connect(self.add_layer)
        view.beside_requested.connect(self.add_beside)
        cards = view.cards
        cards.chosen.connect(document.select)
        cards.moved.connect(self._on_moved)
        cards.kind_dropped.connect(self._on_kind_dropped)
        cards.open_requested.connect(self.show_inside)
        cards.renamed.connect(self.rename_layer)
        cards.remedy_chosen.connect(self.mend)
        view.totals.remedy_chosen.connect(document.mend)
        view.totals.dismissed.connect(document.dismiss)
        view.totals.problem_wanted.connect(self.problems.next)
        view.totals.advice_wanted.connect(self.problems.next_advice)
        document.analysis_changed.connect(self._show)
        document.dataset_changed.connect(self.show_totals)
        document.selection_changed.connect(self._on_selection_changed)
        document.pictures_changed.connect(self._on_pictures_changed)
        self._show()

    # What is chosen

    @property
    def chosen(self) -> tuple[str, ...]:
        """The ids of the chosen layers of the stack, in its order; () where the input or a layer inside a block is."""
        return self.document.chosen

    @property
    def inner(self) -> str:
        """The path of the chosen layer inside a block, or ""."""
        return self.document.selected if "/" in self.document.selected else ""

    @property
    def can_fit(self) -> bool:
        """Whether the last layer's units differ from the dataset's classes, and can be set."""
        return self._fitted() is not None

    def choose_all(self) -> None:
        """Choose every layer."""
        ids = [one.id for one in self.document.network.layers]
        if ids:
            current = self.document.selected.partition("/")[0]
            self.document.select(current if current in ids else ids[-1], ids)
            self.view.cards.focus_selected()

    # Adding

    def add_layer(self, kind: str) -> None:
        """Add a layer of this kind below the current one, inside its block where it stands in one, or at the end."""
        if self.inner and not inside_editor.why_fixed(self.document.network, self.inner):
            self._edit_inside(lambda network, path: inside_editor.added(network, path, kind))
        else:
            self.add_at(kind, self._below())

    def add_at(self, kind: str, place: int) -> None:
        """Add a layer of this kind before place `place` of the stack."""
        network = self.document.network
        try:
            added = network.added(layer_type(kind)(), place)
        except EngineError as error:
            self.view.error_panel.show_error(error)
            return
        self._edit(added, f"add {kind}", self._new(network, added))

    def _on_kind_dropped(self, kind: str, place: Place) -> None:
        if isinstance(place, int):
            self.add_at(kind, place)
            return
        network, path, before = self.document.network, place.path, place.before
        self._try_inside(
            lambda: inside_editor.put_inside(network, [Layer("", layer_type(kind)())], path, before=before), "add "
        )

    def add_beside(self, kind: str) -> None:
        """Add a branch with a layer of this kind beside the chosen layer of a block."""
        self._edit_inside(lambda network, path: inside_editor.added(network, path, kind, beside=True))

    def duplicate_layer(self) -> None:
        """Put copies of the chosen layers below them; inside a block a copy is a branch of its own."""
        if self.inner:
            self._edit_inside(inside_editor.doubled)
            return
        if not self.chosen:
            return
        network = self.document.network
        try:
            doubled = network.duplicated(*self.chosen)
        except EngineError as error:
            self.view.error_panel.show_error(error)
            return
        self._edit(doubled, f"duplicate {self._words()}", self._new(network, doubled))

    # The clipboard

    def cut(self) -> None:
        """Copy the chosen layers and remove them."""
        self.copy()
        if self.inner:
            self._edit_inside(lambda network, path: inside_editor.removed(network, path, "cut"))
        elif self.chosen:
            self._remove("cut")

    def copy(self) -> None:
        """Put the chosen layers on the clipboard, as JSON and as Keras code."""
        network = self.document.network
        if self.inner and not inside_editor.why_fixed(network, self.inner):
            facts = self.document.analysis.facts.get(self.inner)
            entering = facts.inputs[0] if facts is not None and facts.inputs else None
            clipboard.copy_inner(inside_editor.as_layer(network, self.inner), entering)
        elif self.chosen:
            clipboard.copy_layers(network, self.chosen)

    def paste(self) -> None:
        """Put the layers on the clipboard, or those that Keras code there makes, below the current one.

        Where that stands inside a block of one's own they come inside too, one reading the other.
        """
        from engine.code.fragments import inserted

        network, path = self.document.network, self.inner
        try:
            layers = clipboard.pasted_layers()
            if path and not inside_editor.why_fixed(network, path):
                self._try_inside(lambda: inside_editor.put_inside(network, layers, path, before=False), "paste ")
                return
            grown, ids = inserted(network, layers, self._below())
        except EngineError as error:
            self.view.error_panel.show_error(error)
            return
        words = layers[0].title if len(layers) == 1 else plural(len(layers), "layer")
        self._edit(grown, f"paste {words}", ids)

    # Removing, moving, naming, switching

    def remove_layer(self) -> None:
        """Remove the chosen layers; the one that stands in their place is chosen then."""
        if self.inner:
            self._edit_inside(inside_editor.removed)
        elif self.chosen:
            self._remove("remove")

    def _remove(self, verb: str) -> None:
        network, words = self.document.network, self._words()
        place = network.index(self.chosen[-1]) + 1 - len(self.chosen)
        removed = network.removed(self.chosen)
        after = removed.layers[max(0, min(place, len(removed.layers) - 1))].id if removed.layers else INPUT_PATH
        self._edit(removed, f"{verb} {words}", [after])

    def _on_moved(self, ids: Sequence[str], place: Place) -> None:
        network = self.document.network
        if isinstance(place, Inside):
            self._try_inside(lambda: inside_editor.taken_inside(network, ids, place.path, before=place.before))
        elif "/" in ids[0]:
            try:
                edited, words, new = inside_editor.taken_out(network, ids[0], place)
            except EngineError as error:
                self.view.error_panel.show_error(error)
                return
            self._edit(edited, words, new)
        else:
            self.move_layers(ids, place)

    def move_layers(self, ids: Sequence[str], index: int) -> None:
        """Put layers before place `index` of the others."""
        network = self.document.network
        words = network.layer(ids[0]).title if len(ids) == 1 else plural(len(ids), "layer")
        self._edit(network.moved(ids, index), f"move {words}", ids)

    def move_up(self) -> None:
        """Move the chosen layers one place towards the image."""
        self._move_by(-1)

    def move_down(self) -> None:
        """Move the chosen layers one place towards the answer."""
        self._move_by(1)

    def _move_by(self, step: int) -> None:
        """Several layers that do not stand together come together at the first of them, or at the last."""
        if self.inner:
            self._edit_inside(lambda network, path: inside_editor.moved(network, path, step))
        if not self.chosen:
            return
        network = self.document.network
        places = [network.index(one) for one in self.chosen]
        place = places[0] - 1 if step < 0 else places[-1] + 2 - len(places)
        if 0 <= place <= len(network.layers) - len(places):
            self.move_layers(self.chosen, place)

    def rename_layer(self, path: str, label: str) -> None:
        """Give a layer the user's own name; "" gives its kind back."""
        if "/" in path:
            if label and label != path.rpartition("/")[2]:
                self._edit_inside(lambda network, path: inside_editor.renamed(network, path, label))
            return
        network = self.document.network
        if path == INPUT_PATH or label == network.layer(path).title:
            return
        self._edit(network.renamed(path, label), f"rename {network.layer(path).title}", [path])

    def edit_label(self) -> None:
        """Let the user type a name on the current card."""
        if self.inner or self.chosen:
            self.view.cards.card(self.document.selected).edit_label()

    def toggle_enabled(self) -> None:
        """Switch the chosen layers off, or on again where all of them are off."""
        if self.inner:
            self._edit_inside(inside_editor.switched)
        if not self.chosen:
            return
        network = self.document.network
        on = not any(network.layer(one).enabled for one in self.chosen)
        edited = network
        for one in self.chosen:
            edited = edited.set_enabled(one, on)
        self._edit(edited, f"switch {'on' if on else 'off'} {self._words()}", self.chosen)

    def fit_classes(self) -> None:
        """Give the last layer one unit for each class of the dataset."""
        fitted = self._fitted()
        if fitted is not None:
            self._edit(fitted, f"set units to {self.document.classes}", [self.document.selected])

    def mend(self, id: str, remedy: Remedy) -> None:
        """Do what a remedy of the problem on a card says."""
        self.document.select(id)
        self.document.mend(remedy)
        self.view.cards.focus_selected()

    def set_pace(self, pace: float) -> None:
        """Show the time of an epoch by the pace of this computer; 0 where it is not known."""
        self._pace = pace
        self.show_totals()

    # Blocks

    def toggle_inside(self) -> None:
        """Show what is inside the current block, or hide it."""
        path = self.document.selected
        if isinstance(self.document.type_at(path), Block):
            self.show_inside(path, path not in self._opened)

    def show_inside(self, path: str, shown: bool) -> None:
        """Show what is inside a block below its card, or hide it."""
        if shown:
            self._opened |= {path}
        else:
            self._opened -= {path}
            if self.document.selected.startswith(f"{path}/"):
                self.document.select(path)
        self._show()
        self.opened_changed.emit()

    def is_open(self, path: str) -> bool:
        """Whether what is inside a block is shown."""
        return path in self._opened

    # How

    def _below(self) -> int:
        """The place below the current layer."""
        network, selected = self.document.network, self.document.selected.partition("/")[0]
        if selected == INPUT_PATH:
            return 0
        return network.index(selected) + 1 if selected else len(network.layers)

    def _words(self) -> str:
        """What is chosen, for the name of an undo step."""
        chosen = self.chosen
        return self.document.network.layer(chosen[0]).title if len(chosen) == 1 else plural(len(chosen), "layer")

    def _edit(self, network: Network, text: str, select: Sequence[str]) -> None:
        self.view.error_panel.clear()
        self.document.apply_network(network, text)
        current = self.document.selected if self.document.selected in select else select[-1]
        self.document.select(current, select)
        self.view.cards.focus_selected()

    def _edit_inside(self, edit: Callable[[Network, str], inside_editor.Edit]) -> None:
        """An edit of the block that the chosen layer stands in."""
        if self.inner:
            self._try_inside(lambda: edit(self.document.network, self.inner))

    def _try_inside(self, edit: Callable[[], inside_editor.Edit], verb: str = "") -> None:
        """An edit inside a block; the first word of its name, where the edit does not say it."""
        try:
            network, text, path = edit()
        except EngineError as error:
            self.view.error_panel.show_error(error)
            return
        self.view.error_panel.clear()
        self.document.apply_network(network, verb + text)
        self.document.select(path, ())
        self.view.cards.focus_selected()

    def _new(self, before: Network, after: Network) -> list[str]:
        known = {one.id for one in before.layers}
        return [one.id for one in after.layers if one.id not in known]

    def _fitted(self) -> Network | None:
        """The network with as many units as classes, where that is what is wrong with it."""
        classes = self.document.classes
        if classes is None or not self.document.analysis.problems:
            return None
        fitted = with_classes(self.document.network, classes)
        return None if fitted is None or fitted == self.document.network else fitted

    def _show(self) -> None:
        document = self.document
        self._reveal()
        views = card_views(document.network, document.analysis, document.advice, document.remedies_of, self._opened)
        self.view.show_views(views)
        # Before the current card is brought into sight: they take room from the cards.
        self.show_totals()
        self.view.cards.select(document.selected, document.chosen)
        if document.pictures:
            self._on_pictures_changed()

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

    def _reveal(self) -> bool:
        """Open the blocks that the current layer stands in; return whether one was closed."""
        parts = self.document.selected.split("/")
        around = {"/".join(parts[:end]) for end in range(1, len(parts))}
        closed = not around <= self._opened
        self._opened |= around
        return closed

    def _on_selection_changed(self) -> None:
        if self._reveal():
            self._show()
        self.view.cards.select(self.document.selected, self.document.chosen)

    def _on_pictures_changed(self) -> None:
        cards = self.view.cards
        for id in cards.order:
            cards.card(id).set_picture(self.document.pictures.get(id), self.document.pictures_note)

"""The document: the draft on the screen, its undo steps, what is known about it, and the dataset it asks for."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage, QUndoStack

from engine.analysis import Analysis, analyse
from engine.data.split import PARTS, Part
from engine.facts import Problem
from engine.graph import INPUT_PATH
from engine.inside import type_at
from engine.layers import LayerType
from engine.layers.input import Input
from engine.network import Network
from engine.plan import Draft
from engine.remedies import Remedy, remedies
from engine.service.datasets import DatasetSummary
from engine.service.projects import OpenedProject
from gui.undo import ReplaceDraft


class Document(QObject):
    """What the window edits. Every change of the draft goes through `apply` and can be undone.

    Signals: `draft_changed` after every edit, undo and redo; `analysis_changed` after it or after a change in the
    number of classes; `dataset_changed` when another dataset is open (or none); `project_changed` when it has another
    folder or name, or was saved; `selection_changed` when other cards are chosen; `pictures_changed` when the
    cards have other pictures.
    """

    draft_changed = Signal()
    analysis_changed = Signal()
    dataset_changed = Signal()
    project_changed = Signal()
    selection_changed = Signal()
    pictures_changed = Signal()

    def __init__(self, draft: Draft, name: str = "Untitled", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._draft = draft
        self._opened = draft
        self.undo_stack = QUndoStack(self)
        self.dataset: DatasetSummary | None = None
        self.project = OpenedProject(Path(), name, draft, saved=False)
        self.analysis: Analysis = analyse(draft.network, None)
        self.selected = self._first_choice()
        self.chosen: tuple[str, ...] = ()
        self._settle_choice()
        self.pictures: Mapping[str, QImage] = {}
        self.pictures_note = ""
        self._dismissed: set[tuple[str, str, str]] = set()

    @property
    def draft(self) -> Draft:
        """The draft as it is now."""
        return self._draft

    @property
    def network(self) -> Network:
        """The draft's network."""
        return self._draft.network

    @property
    def classes(self) -> int | None:
        """How many classes the open dataset has, or None."""
        return None if self.dataset is None else len(self.dataset.class_names)

    @property
    def training_images(self) -> int:
        """How many images of the open dataset are for training."""
        return 0 if self.dataset is None else int((self.dataset.parts == PARTS.index(Part.TRAIN)).sum())

    @property
    def edited(self) -> bool:
        """Whether something was changed since the project was opened or saved."""
        return not self.undo_stack.isClean()

    def apply(self, draft: Draft, text: str, merge_key: str = "") -> None:
        """Make `draft` the document's draft, as one undo step.

        Args:
            draft: The new draft; its network's input follows its preprocessing.
            text: What was done, as the words after "Undo: ".
            merge_key: Edits in a row with the same key become one step.
        """
        after = _input_followed(draft)
        if after != self._draft:
            self.undo_stack.push(ReplaceDraft(self._draft, after, text, merge_key, self._show))

    def type_at(self, path: str) -> LayerType | None:
        """The layer type at a path, inside blocks too; None where there is none."""
        return type_at(self.network, self.analysis.facts, path)

    def apply_network(self, network: Network, text: str, merge_key: str = "") -> None:
        """Make `network` the draft's network, as one undo step."""
        self.apply(dataclasses.replace(self._draft, network=network), text, merge_key)

    @property
    def advice(self) -> tuple[Problem, ...]:
        """What would make the network better, but for what the user has closed."""
        return tuple(one for one in self.analysis.advice if not self.is_dismissed(one))

    def is_dismissed(self, advice: Problem) -> bool:
        """Whether the user has closed a piece of advice of this kind about this layer."""
        return _matter(advice) in self._dismissed

    def dismiss(self, advice: Problem) -> None:
        """Say no more of this about this layer, as long as the project is open."""
        self._dismissed.add(_matter(advice))
        self.analysis_changed.emit()

    def remedies_of(self, problem: Problem) -> tuple[Remedy, ...]:
        """What mends a problem or follows a piece of advice, best first."""
        return remedies(self.network, self.analysis, problem, self.classes)

    def mend(self, remedy: Remedy) -> None:
        """Do what a remedy says, as one undo step; what it puts in is chosen then."""
        before = self._draft
        network, recipe = remedy.edit.on_network(before.network), remedy.edit.on_recipe(before.recipe)
        self.apply(dataclasses.replace(before, network=network, recipe=recipe), remedy.done)
        known = {one.id for one in before.network.layers}
        added = [one.id for one in self.network.layers if one.id not in known]
        if added:
            self.select(added[0])

    def set_project(self, project: OpenedProject) -> None:
        """A project was opened. Edits made while the same draft was still being opened are kept."""
        self.project = project
        if project.draft != self._opened or self.undo_stack.isClean():
            self._opened = project.draft
            self._dismissed.clear()
            self.undo_stack.clear()
            self.dataset = None
            self._show(project.draft)
            self.selected, self.chosen = self._first_choice(), ()
            self._settle_choice()
            self.dataset_changed.emit()
            self.selection_changed.emit()
        if project.recovered:
            self.undo_stack.resetClean()
        self.project_changed.emit()

    def set_saved(self, project: OpenedProject) -> None:
        """The project was saved as `project.draft`, into `project.folder`."""
        self.project = project
        if project.draft == self._draft:
            self.undo_stack.setClean()
        self.project_changed.emit()

    def set_dataset(self, dataset: DatasetSummary | None) -> None:
        """A dataset was opened, or the open one was closed.

        The draft takes over what the dataset settled (its source, preprocessing, split and curation), and the
        network's input follows, as one undo step; where the draft only left open what is now filled in, it is none.
        """
        self.dataset = dataset
        if dataset is not None:
            spec = dataset.spec
            draft = _input_followed(
                dataclasses.replace(
                    self._draft,
                    source=spec.source,
                    preprocessing=spec.preprocessing,
                    split=spec.split,
                    curation=spec.curation,
                )
            )
            if self._draft.preprocessing is None and self._draft.source == spec.source:
                self._fill_in(draft)
            else:
                self.apply(draft, "open images")
        self._analyse()
        self.dataset_changed.emit()

    def select(self, path: str, chosen: Iterable[str] | None = None) -> None:
        """Choose a card by its path; "" chooses none.

        Args:
            path: A layer's id, or the path of a layer inside a block: the card that the settings are shown of.
            chosen: The ids of all the layers that are chosen, or None for that one alone.
        """
        before = (self.selected, self.chosen)
        self.selected = path
        self.chosen = (path,) if chosen is None else tuple(chosen)
        self._settle_choice()
        if before != (self.selected, self.chosen):
            self.selection_changed.emit()

    def set_pictures(self, pictures: Mapping[str, QImage], note: str = "") -> None:
        """Small pictures of what leaves each layer, by its path; the next edit of the network clears them.

        Args:
            note: Which weights made them, as a sentence.
        """
        self.pictures, self.pictures_note = pictures, note
        self.pictures_changed.emit()

    def _first_choice(self) -> str:
        """The layer that is chosen at first: the first that learns, for there is most to see."""
        facts = self.analysis.facts
        layers = self._draft.network.layers
        return next((one.id for one in layers if one.id in facts and facts[one.id].parameters), INPUT_PATH)

    def _fill_in(self, settled: Draft) -> None:
        """Settle what the draft left open, in every undo step of the same source too: nobody edited anything."""

        def filled(draft: Draft) -> Draft:
            if draft.preprocessing is not None or draft.source != settled.source:
                return draft
            return _input_followed(
                dataclasses.replace(
                    draft, preprocessing=settled.preprocessing, split=settled.split, curation=settled.curation
                )
            )

        for place in range(self.undo_stack.count()):
            step = self.undo_stack.command(place)
            assert isinstance(step, ReplaceDraft), "the stack holds nothing else"
            step.before, step.after = filled(step.before), filled(step.after)
        self._opened = filled(self._opened)
        self._show(filled(self._draft))

    def _show(self, draft: Draft) -> None:
        if self.pictures and draft.network != self._draft.network:
            self.set_pictures({})
        self._draft = draft
        before = (self.selected, self.chosen)
        self._analyse()
        self.draft_changed.emit()
        if before != (self.selected, self.chosen):
            self.selection_changed.emit()

    def _analyse(self) -> None:
        self.analysis = analyse(self._draft.network, self.classes)
        self._settle_choice()
        self.analysis_changed.emit()

    def _settle_choice(self) -> None:
        """Let go of what is not there: of a layer inside a block its block is chosen, else the input."""
        path = self.selected
        while path and self.type_at(path) is None:
            path = path.rpartition("/")[0] or INPUT_PATH
        self.selected = path
        wanted = {path, *self.chosen}
        layers = self._draft.network.layers
        self.chosen = () if "/" in path else tuple(one.id for one in layers if one.id in wanted)


def _input_followed(draft: Draft) -> Draft:
    """The draft with its network's input as the preprocessing gives it."""
    if draft.preprocessing is None or draft.preprocessing.shape == draft.network.input.shape:
        return draft
    network = draft.network.set_type(INPUT_PATH, Input.of(draft.preprocessing.shape))
    return dataclasses.replace(draft, network=network)


def _matter(advice: Problem) -> tuple[str, str, str]:
    """What a piece of advice is about, whatever the numbers in its sentences."""
    return (advice.layer, advice.topic, advice.expected)

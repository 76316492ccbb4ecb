"""Keeps what the window says about the document in step with it: titles, tool tips, what can be done now."""

from __future__ import annotations

from PySide6.QtCore import QObject

from engine.data.split import PARTS
from engine.data.splitting import LEFT_OUT
from engine.graph import INPUT_PATH
from engine.layers.block import Block
from engine.service.datasets import DatasetSummary
from gui.actions import ActionSet
from gui.document import Document
from gui.main_window import MainWindow
from gui.page_host import PageHost
from gui.stack.controller import StackController
from gui.stack.inside_editor import is_off, neighbour, why_fixed
from gui.words import no_mnemonic, plural


class Indicators(QObject):
    """Shows the state of the document and of training on the window and its actions."""

    def __init__(
        self, window: MainWindow, document: Document, actions: ActionSet, stack: StackController, pages: PageHost
    ) -> None:
        super().__init__(window)
        self._window = window
        self._document = document
        self._actions = actions
        self._stack = stack
        self._pages = pages
        document.undo_stack.indexChanged.connect(self.show_undo)
        document.undo_stack.cleanChanged.connect(self.show_project)
        document.project_changed.connect(self.show_project)
        document.dataset_changed.connect(self.show_dataset)
        document.analysis_changed.connect(self.show_layer_actions)
        document.analysis_changed.connect(self.show_training)
        document.dataset_changed.connect(self.show_training)
        document.project_changed.connect(self.show_training)
        document.selection_changed.connect(self.show_layer_actions)
        stack.opened_changed.connect(self.show_layer_actions)
        self.show_undo()
        self.show_project()
        self.show_dataset()
        self.show_layer_actions()

    def show_undo(self) -> None:
        """What Undo and Redo would do."""
        stack = self._document.undo_stack
        for id, verb, text in (("undo", "Undo", stack.undoText()), ("redo", "Redo", stack.redoText())):
            self._actions.enable(id, "" if text else f"There is nothing to {verb.lower()}.")
            self._actions[id].setText(f"{verb}: {no_mnemonic(text)}" if text else verb)
            if text:
                self._actions[id].setToolTip(self._actions.tool_tip(id, f"{verb}: {text}"))

    def show_project(self) -> None:
        """The project's name and whether it was edited."""
        name = self._document.project.name
        edited = self._document.edited
        self._window.top.show_project(name, edited=edited)
        self._window.setWindowTitle(f"{name}{' (edited)' if edited else ''} – Convoscope")

    def show_dataset(self) -> None:
        """What the open dataset holds."""
        dataset = self._document.dataset
        self._window.dataset_label.setText("No images are open" if dataset is None else _dataset_words(dataset))

    def show_layer_actions(self) -> None:
        """Which edits of the stack are possible."""
        network = self._document.network
        chosen, inner = self._stack.chosen, self._stack.inner
        on_input = self._document.selected == INPUT_PATH
        missing = "" if chosen else "The input stays where it is." if on_input else "Choose a layer first."
        fixed = why_fixed(network, inner) if inner else missing
        for id in ("cut", "copy", "duplicate", "remove", "rename", "toggle"):
            self._actions.enable(id, fixed)
        places = [network.index(one) for one in chosen]
        first, last = 0 in places, len(network.layers) - 1 in places
        if inner and not fixed:
            first, last = not neighbour(network, inner, -1), not neighbour(network, inner, 1)
        where = "first layer" if not inner else "first layer of its block"
        self._actions.enable("move_up", fixed or (f"It is the {where}." if first else ""))
        self._actions.enable("move_down", fixed or (f"It is the {where.replace('first', 'last')}." if last else ""))
        off = (
            is_off(network, inner) if inner else bool(chosen) and not any(network.layer(one).enabled for one in chosen)
        )
        self._actions["toggle"].setText("Switch on" if off else "Switch off")
        self._actions.enable("choose_all", "" if network.layers else "There are no layers yet.")
        self._actions.enable("add_beside", fixed if inner else "Choose a layer inside a block first.")
        block = isinstance(self._document.type_at(self._document.selected), Block)
        self._actions.enable("toggle_inside", "" if block else "The chosen layer is no block.")
        opened = self._stack.is_open(self._document.selected)
        self._actions["toggle_inside"].setText("Close block" if block and opened else "Open block")
        self._actions.enable("fit_classes", "" if self._stack.can_fit else "The units fit the classes already.")
        said = self._document.analysis.problems or self._document.advice
        for id in ("next_problem", "previous_problem"):
            self._actions.enable(id, "" if said else "There is no problem, and no advice.")
        self._window.stack.show_inside(bool(inner) and not fixed)

    def show_training(self) -> None:
        """Whether a run can be started, paused or stopped."""
        if not self._pages.has("train"):
            self._actions.enable("train", "The program is still starting.")
            for id in ("pause", "stop"):
                self._actions.enable(id, "No run is under way.")
            self._window.top.show_training(False, "", self._actions["train"].toolTip())
            return
        training = self._pages.train
        state = training.state
        idle = state == "idle"
        blocked = training.blocked() if idle else None
        missing = f"{blocked.what}\n{blocked.fix}" if blocked is not None else ""
        self._actions.enable("train", missing or ("" if idle else "A run is under way."))
        self._actions.enable("pause", "" if state in ("running", "paused") else "No run is under way.")
        self._actions["pause"].setText("Continue" if state == "paused" else "Pause")
        self._actions.enable("stop", "" if state in ("running", "paused", "starting") else "No run is under way.")
        self._window.top.show_training(not idle, missing, self._actions["train"].toolTip())


def _dataset_words(dataset: DatasetSummary) -> str:
    """As in "1,797 images · 10 classes · 1,257 / 270 / 270"."""
    counts = [int((dataset.parts == part).sum()) for part in range(len(PARTS))]
    parts = " / ".join(f"{count:,}" for count in counts)
    images, classes = plural(len(dataset.ids), "image"), plural(len(dataset.class_names), "class")
    left_out = int((dataset.parts == LEFT_OUT).sum())
    rest = f" · {left_out:,} left out" if left_out else ""
    return f"{images} · {classes} · {parts} for training, validation, test{rest}"

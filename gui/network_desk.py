"""The verbs on the network as a whole: begin from a template, compare with another, set by the training images."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from engine.data.split import PARTS, Part
from engine.errors import EngineError
from engine.recipe import Recipe
from engine.runs.records import RunRecord
from engine.service.projects import OpenedProject, ReadProject, ReadRun
from gui.bridge import EngineBridge
from gui.document import Document
from gui.main_window import MainWindow
from gui.measuring import Measuring
from gui.models.run_list import RunList

if TYPE_CHECKING:
    from gui.dialogs.comparing import ComparingDialog

_ASSUMED_CLASSES = 10
"""Until a dataset is open."""


class NetworkDesk(QObject):
    """Opens the gallery of templates and the comparison."""

    def __init__(self, window: MainWindow, document: Document, bridge: EngineBridge) -> None:
        super().__init__(window)
        self._window = window
        self._document = document
        self._bridge = bridge
        self._comparing: ComparingDialog | None = None
        self._wanted = ""
        self.measuring = Measuring(window.settings_pane, document, bridge)

    # Templates

    def show_templates(self) -> None:
        """Offer the templates."""
        from gui.dialogs.templates import TemplateGallery

        document = self._document
        dataset = document.dataset
        learned = None if dataset is None else int((dataset.parts == PARTS.index(Part.TRAIN)).sum())
        classes = max(2, document.classes or _ASSUMED_CLASSES)
        untouched = self._recipe_is_untouched(document.draft.recipe)
        gallery = TemplateGallery(document.network.input, classes, learned, take_recipe=untouched, parent=self._window)
        gallery.template_chosen.connect(self.use_template)
        gallery.open()

    def use_template(self, name: str, with_recipe: bool) -> None:
        """Put a template in the place of the stack, as one undo step."""
        from engine.templates import template_recipe, templates
        from gui.models.template_cards import stack_of

        document = self._document
        try:
            network = stack_of(name, document.network, max(2, document.classes or _ASSUMED_CLASSES))
        except EngineError as error:
            self._window.stack.error_panel.show_error(error)
            return
        draft = dataclasses.replace(document.draft, network=network)
        if with_recipe:
            draft = dataclasses.replace(draft, recipe=template_recipe(name))
        self._window.stack.error_panel.clear()
        document.apply(draft, f"start from {templates()[name].title}")
        document.select(network.layers[0].id)
        self._window.stack.cards.focus_selected()

    def _recipe_is_untouched(self, recipe: Recipe) -> bool:
        """Whether nobody set anything about how to train: then a template may bring its own way."""
        from engine.templates import template_names, template_recipe

        return recipe == Recipe() or any(recipe == template_recipe(name) for name in template_names())

    # Comparing

    def show_comparison(self) -> None:
        """Compare the stack with the newest run, or with whatever is chosen."""
        self.compare_with("")

    def compare_with(self, run: str) -> None:
        """Compare the stack with that of a run."""
        from engine.templates import templates
        from gui.dialogs.comparing import ANOTHER, ComparingDialog

        runs = RunList.of(self._document, self._bridge).runs
        choices = [(f"run:{one.run}", one.run) for one in reversed(runs)]
        choices += [(f"template:{name}", f"Template {one.title}") for name, one in templates().items()]
        choices.append((ANOTHER, "Another project…"))
        dialog = ComparingDialog(self._document.network, choices, self._window)
        dialog.other_wanted.connect(self._on_other_wanted)
        dialog.destroyed.connect(self._on_comparing_gone)
        self._comparing = dialog
        dialog.open()
        dialog.choose(f"run:{run}")

    def _on_other_wanted(self, key: str) -> None:
        from engine.templates import templates
        from gui.dialogs.comparing import ANOTHER
        from gui.models.template_cards import stack_of

        dialog = self._comparing
        if dialog is None:
            return
        self._wanted = key
        what, _, name = key.partition(":")
        if key == ANOTHER:
            self._ask_for_project(dialog)
        elif what == "template":
            try:
                network = stack_of(name, self._document.network, max(2, self._document.classes or _ASSUMED_CLASSES))
            except EngineError as error:
                dialog.show_error(error)
                return
            dialog.show_other(network, templates()[name].title, by_id=False)
        elif what == "run":
            found = RunList.of(self._document, self._bridge).find(name)
            if found is not None:
                self._bridge.submit(ReadRun(found.folder), done=self._on_run_read, failed=self._on_not_read)

    def _ask_for_project(self, parent: ComparingDialog) -> None:
        dialog = QFileDialog(parent, "Compare with a project")
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.fileSelected.connect(self._on_project_chosen)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _on_project_chosen(self, folder: str) -> None:
        self._bridge.submit(ReadProject(Path(folder)), done=self._on_project_read, failed=self._on_not_read)

    def _on_run_read(self, record: RunRecord) -> None:
        if self._comparing is not None and self._wanted == f"run:{record.summary.run}":
            self._comparing.show_other(record.plan.network, record.summary.run, by_id=True)

    def _on_project_read(self, project: OpenedProject) -> None:
        if self._comparing is not None:
            self._comparing.show_other(project.draft.network, project.name, by_id=False)

    def _on_not_read(self, error: EngineError) -> None:
        if self._comparing is not None:
            self._comparing.show_error(error)

    def _on_comparing_gone(self) -> None:
        self._comparing = None

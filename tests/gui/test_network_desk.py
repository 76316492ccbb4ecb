"""Beginning from a template, and comparing with runs, templates and other projects."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton

from engine.errors import EngineError
from engine.recipe import Recipe
from engine.service.projects import ListRuns, ReadProject, ReadRun
from engine.templates import template_recipe
from gui.app import Convoscope
from gui.dialogs.comparing import ComparingDialog
from gui.dialogs.templates import TemplateGallery
from gui.main_window import MainWindow
from gui.models.run_list import RunList
from tests.fakes import FakeEngine
from tests.gui.conftest import by_name, saved_project
from tests.gui.pages.fakes import record, summary

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


def gallery() -> TemplateGallery:
    found = QApplication.activeModalWidget()
    assert isinstance(found, TemplateGallery)
    return found


def comparing() -> ComparingDialog:
    found = QApplication.activeModalWidget()
    assert isinstance(found, ComparingDialog)
    return found


def test_a_template_takes_the_place_of_the_stack_in_one_step(qtbot: Any, ready: Convoscope) -> None:
    document = ready.document
    document.apply(dataclasses.replace(document.draft, recipe=Recipe()), "reset the recipe")
    before, steps = document.draft, document.undo_stack.count()
    qtbot.keySequence(ready.window, "Ctrl+T")
    assert gallery().recipe_box.isChecked(), "nobody set anything about how to train"
    gallery().choose("mlp")
    gallery().use_button.click()
    assert document.analysis.problems == ()
    assert document.draft.recipe == template_recipe("mlp")
    assert document.undo_stack.undoText() == "start from MLP"
    assert document.undo_stack.count() == steps + 1
    assert document.selected == document.network.layers[0].id
    document.undo_stack.undo()
    assert document.draft == before


def test_a_recipe_that_was_set_is_kept(ready: Convoscope) -> None:
    document = ready.document
    own = Recipe(epochs=77, batch_size=5)
    document.apply(dataclasses.replace(document.draft, recipe=own), "set epochs to 77")
    ready.desk.actions["template"].trigger()
    assert not gallery().recipe_box.isChecked()
    gallery().choose("mlp")
    gallery().use_button.click()
    assert document.draft.recipe == own


def test_an_empty_stack_offers_templates(ready: Convoscope) -> None:
    document, view = ready.document, ready.window.stack
    assert not view.empty.isVisible()
    ready.desk.stack.choose_all()
    ready.desk.stack.remove_layer()
    assert view.empty.isVisible()
    by_name(view, "Start from a template…", QPushButton).click()
    gallery().use_button.click()
    assert not view.empty.isVisible()
    assert document.network.layers


def test_the_first_layer_can_be_added_by_hand(ready: Convoscope) -> None:
    view = ready.window.stack
    ready.desk.stack.choose_all()
    ready.desk.stack.remove_layer()
    by_name(view, "Add a first layer", QPushButton).click()
    view.add_requested.emit("Flatten")
    assert len(ready.document.network.layers) == 1
    popup = QApplication.activePopupWidget()
    assert popup is not None
    popup.hide()


@pytest.fixture
def with_runs(qtbot: Any, ready: Convoscope, engine: FakeEngine) -> Convoscope:
    folder = ready.document.project.folder / "runs"
    found = tuple(summary(number, folder=folder / f"run-{number:03d}") for number in (1, 2))
    ready.desk.show_page("runs")
    RunList.of(ready.document, ready.bridge).refresh()
    engine.finish(ListRuns, found)
    qtbot.waitUntil(lambda: len(RunList.of(ready.document, ready.bridge).runs) == 2)
    return ready


def test_the_newest_run_comes_first(qtbot: Any, with_runs: Convoscope, engine: FakeEngine) -> None:
    qtbot.keySequence(with_runs.window, "Ctrl+Shift+C")
    dialog = comparing()
    assert dialog.box.currentText() == "run-002"
    qtbot.waitUntil(lambda: engine.newest(ReadRun)[1].run_folder.name == "run-002")
    engine.finish(ReadRun, record(2))
    qtbot.waitUntil(lambda: dialog.model.rowCount() > 0)
    assert "run-002" in dialog.sentence.text() or "same" in dialog.sentence.text()
    dialog.choose("template:mlp")
    assert dialog.model.headerData(2, dialog.table.horizontalHeader().orientation()) == "MLP"
    dialog.reject()


def test_the_runs_page_compares_the_chosen_run(qtbot: Any, with_runs: Convoscope) -> None:
    with_runs.desk.pages.runs.page.choose(["run-001"])  # type: ignore[attr-defined]
    by_name(with_runs.window, "Compare stacks…", QPushButton).click()
    assert comparing().box.currentText() == "run-001"
    comparing().reject()


def test_a_template_that_does_not_fit_says_so(ready: Convoscope) -> None:
    ready.desk.networks.show_comparison()
    comparing().choose("template:vgg16")
    assert "does not fit" in comparing().error_panel.what.text()
    comparing().reject()


def test_another_project_is_read_and_left_as_it_is(
    qtbot: Any, ready: Convoscope, engine: FakeEngine, home: Path, window: MainWindow
) -> None:
    ready.desk.networks.show_comparison()
    dialog = comparing()
    dialog.choose("another")
    asking = dialog.findChild(QFileDialog)
    assert asking is not None
    asking.fileSelected.emit(str(home / "Pond.convoscope"))
    asking.reject()
    qtbot.waitUntil(lambda: any(isinstance(one, ReadProject) for one in engine.jobs.values()))
    engine.finish(ReadProject, saved_project(home, ready.document.draft))
    qtbot.waitUntil(lambda: dialog.sentence.text() == "The two stacks are the same.")
    dialog.choose("another")
    asking = dialog.findChildren(QFileDialog)[-1]
    asking.fileSelected.emit(str(home / "nothing"))
    asking.reject()
    qtbot.waitUntil(lambda: sum(isinstance(one, ReadProject) for one in engine.jobs.values()) == 2)
    engine.fail(ReadProject, EngineError("There is nothing.", "A project.", "Choose another."))
    qtbot.waitUntil(dialog.error_panel.isVisible)
    dialog.reject()

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt

from engine.runs.records import State
from engine.service.projects import DeleteRun, ListRuns, ReadRun
from gui.dialogs.deleting import DeletingDialog
from gui.document import Document
from gui.pages.runs_controller import RunsController
from gui.pages.runs_page import RunsPage
from gui.settings import Settings
from tests.gui.pages.fakes import FakeBridge, dataset, error, plan, record, summary

THREE = (summary(1), summary(2, state=State.INTERRUPTED, reason=""), summary(3, state=State.RUNNING, reason=""))


@pytest.fixture
def page(qtbot: Any) -> RunsPage:
    made = RunsPage()
    qtbot.addWidget(made)
    made.resize(900, 800)
    return made


@pytest.fixture
def controller(
    qtbot: Any, page: RunsPage, document: Document, bridge: FakeBridge, settings: Settings
) -> RunsController:
    document.set_dataset(dataset())
    made = RunsController(page, document, bridge, settings)
    with qtbot.waitExposed(page):
        page.show()
    for sent in bridge.open_jobs(ListRuns):
        sent.say("done", THREE)
    return made


def test_without_runs_the_page_says_what_they_are(qtbot: Any, page: RunsPage) -> None:
    page.show_runs(())
    assert page._stack.currentIndex() == 0
    assert page._empty.title.text() == "No runs yet"


def test_the_newest_run_is_chosen_first_and_its_curves_are_read(
    controller: RunsController, bridge: FakeBridge, page: RunsPage
) -> None:
    assert [run.run for run in page.chosen()] == ["run-003"]
    assert bridge.last(ReadRun).job.run_folder == THREE[2].folder


def test_chosen_runs_are_read_one_after_the_other_and_drawn_over_each_other(
    qtbot: Any, controller: RunsController, bridge: FakeBridge, page: RunsPage
) -> None:
    page.choose(["run-001", "run-002"])
    for _ in range(4):
        for sent in bridge.open_jobs(ReadRun):
            number = int(sent.job.run_folder.name[-3:])
            sent.say("done", record(number))
    assert [one.run for one in page.charts._learnings] == ["run-001", "run-002"]


def test_a_run_that_has_gone_on_is_read_again(controller: RunsController, bridge: FakeBridge, page: RunsPage) -> None:
    bridge.last(ReadRun).say("done", record(3))
    asked = len(bridge.jobs(ReadRun))
    controller._runs.refresh()
    bridge.last(ListRuns).say("done", (*THREE[:2], summary(3, state=State.RUNNING, reason="", epochs=9)))
    assert len(bridge.jobs(ReadRun)) == asked + 1


@pytest.mark.parametrize(
    ("run", "allowed"),
    [
        ("run-001", {"inspect", "more", "settings", "delete"}),
        ("run-002", {"inspect", "resume", "settings", "delete"}),
        ("run-003", {"inspect", "settings", "delete"}),
    ],
)
def test_each_run_offers_what_can_be_done_and_the_rest_says_why_not(
    controller: RunsController, page: RunsPage, run: str, allowed: set[str]
) -> None:
    page.choose([run])
    names = ("inspect", "resume", "more", "settings", "delete")
    buttons = {name: getattr(page, f"{name}_button") for name in names}
    assert {name for name, button in buttons.items() if button.isEnabled()} == allowed
    assert all(button.toolTip() for button in buttons.values() if not button.isEnabled())


def test_deleting_asks_and_only_then_deletes(
    qtbot: Any, controller: RunsController, bridge: FakeBridge, page: RunsPage
) -> None:
    page.choose(["run-001", "run-002"])
    page.delete_button.click()
    asked = page.findChild(DeletingDialog)
    assert asked is not None
    assert asked.windowTitle() == "Delete 2 runs?"
    with qtbot.waitSignal(asked.destroyed):
        asked.reject()
    assert bridge.jobs(DeleteRun) == []
    page.delete_button.click()
    asked = page.findChild(DeletingDialog)
    assert asked is not None
    with qtbot.waitSignal(asked.destroyed):
        asked.delete_button.click()
    assert [job.run_folder.name for job in bridge.jobs(DeleteRun)] == ["run-001", "run-002"]


def test_a_run_that_is_being_trained_is_not_deleted(
    controller: RunsController, bridge: FakeBridge, page: RunsPage
) -> None:
    page.choose(["run-003"])
    page.delete_button.click()
    assert page.findChild(DeletingDialog) is None
    assert bridge.jobs(DeleteRun) == []
    assert page.error_panel.what.text() == "run-003 is being trained."


def test_a_deleted_run_leaves_the_table_and_a_failure_is_explained(
    controller: RunsController, bridge: FakeBridge, page: RunsPage
) -> None:
    controller.delete([THREE[0]])
    bridge.last(DeleteRun).say("done", None)
    bridge.last(ListRuns).say("done", THREE[1:])
    assert page.sorted.rowCount() == 2
    controller.delete([THREE[1]])
    bridge.last(DeleteRun).say("failed", error("The disk is read-only."))
    assert page.error_panel.what.text() == "The disk is read-only."


def test_the_settings_of_a_run_become_the_drafts_in_one_step(
    controller: RunsController, bridge: FakeBridge, page: RunsPage, document: Document
) -> None:
    page.choose(["run-001"])
    document.apply_network(document.network.removed(["layer_006"]), "remove a layer")
    page.settings_button.click()
    bridge.last(ReadRun).say("done", record(1))
    assert document.network == plan().network
    assert document.undo_stack.count() == 2


def test_resume_more_and_inspect_are_handed_on(qtbot: Any, controller: RunsController, page: RunsPage) -> None:
    page.choose(["run-002"])
    with qtbot.waitSignal(controller.resume_wanted) as signal:
        page.resume_button.click()
    assert signal.args == [Path("/project/runs/run-002"), 0]
    page.choose(["run-001"])
    with qtbot.waitSignal(controller.resume_wanted) as signal:
        page.more_button.click()
    assert signal.args[1] == 10
    with qtbot.waitSignals([controller.inspect_wanted, controller.page_wanted]):
        qtbot.keyClick(page.table, Qt.Key.Key_Return)


def test_sorting_by_a_click_keeps_what_is_chosen(qtbot: Any, controller: RunsController, page: RunsPage) -> None:
    page.choose(["run-001"])
    page.table.sortByColumn(0, Qt.SortOrder.AscendingOrder)
    assert [run.run for run in page.chosen()] == ["run-001"]


def test_the_page_fits_beside_both_panes_of_a_small_window(controller: RunsController, page: RunsPage) -> None:
    assert page.minimumSizeHint().width() <= 480

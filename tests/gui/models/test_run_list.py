from pathlib import Path
from typing import Any

import pytest

from engine.service.projects import ListRuns, OpenedProject
from gui.document import Document
from gui.models.run_list import RunList
from tests.gui.pages.fakes import FakeBridge, draft, summary


@pytest.fixture
def document(qapp: Any) -> Document:
    made = Document(draft())
    made.project = OpenedProject(Path("/project"), "Pond", made.draft, saved=True)
    return made


@pytest.fixture
def bridge(qapp: Any) -> FakeBridge:
    return FakeBridge()


def test_there_is_one_list_for_a_document(document: Document, bridge: FakeBridge) -> None:
    assert RunList.of(document, bridge) is RunList.of(document, bridge)


def test_the_list_says_so_only_when_something_has_changed(qtbot: Any, document: Document, bridge: FakeBridge) -> None:
    runs = RunList.of(document, bridge)
    with qtbot.waitSignal(runs.changed):
        bridge.last(ListRuns).say("done", (summary(1),))
    runs.refresh()
    with qtbot.assertNotEmitted(runs.changed):
        bridge.last(ListRuns).say("done", (summary(1),))
    assert runs.find("run-001") == summary(1)
    assert runs.find("run-002") is None


def test_while_a_question_is_open_no_second_is_asked_but_one_after_it(document: Document, bridge: FakeBridge) -> None:
    runs = RunList.of(document, bridge)
    for _ in range(5):
        runs.refresh()
    assert len(bridge.jobs(ListRuns)) == 1
    bridge.last(ListRuns).say("done", ())
    assert len(bridge.jobs(ListRuns)) == 2


def test_the_folder_is_watched_only_while_somebody_looks(document: Document, bridge: FakeBridge) -> None:
    runs = RunList.of(document, bridge)
    assert not runs._timer.isActive()
    runs.watch(document, True)
    assert runs._timer.isActive()
    runs.watch(document, False)
    assert not runs._timer.isActive()


def test_the_runs_of_another_project_are_forgotten(document: Document, bridge: FakeBridge) -> None:
    runs = RunList.of(document, bridge)
    bridge.last(ListRuns).say("done", (summary(1),))
    document.set_project(OpenedProject(Path("/other"), "Other", draft(), saved=True))
    assert runs.runs == ()
    assert bridge.last(ListRuns).job.folder == Path("/other")


def test_an_answer_about_the_project_before_does_not_count(document: Document, bridge: FakeBridge) -> None:
    runs = RunList.of(document, bridge)
    old = bridge.last(ListRuns)
    document.set_project(OpenedProject(Path("/other"), "Other", draft(), saved=True))
    old.say("done", (summary(1),))
    assert runs.runs == ()
    assert bridge.last(ListRuns).job.folder == Path("/other")

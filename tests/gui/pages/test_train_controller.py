import dataclasses
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject

from engine.events import (
    Continue,
    EpochEnded,
    Pause,
    RunContinued,
    RunPaused,
    RunResumed,
    RunStarted,
    StepsEnded,
    Stop,
)
from engine.runs.records import State
from engine.service.projects import ListRuns, OpenedProject, ReadRun
from engine.service.training import ResumeRun, Train
from gui.document import Document
from gui.pages.train_controller import TrainingController
from gui.pages.train_page import TrainPage
from gui.settings import Settings
from tests.gui.pages.fakes import FakeBridge, dataset, error, network, record, summary

FIVE = (1.0, 0.8, 0.9, 0.7, 1.1)


def run_started(run: str = "run-001") -> Any:
    return RunStarted(
        run=run,
        sequence=0,
        folder=f"/project/runs/{run}",
        epochs=3,
        steps_per_epoch=4,
        images=12,
        validation_images=9,
        parameters=99,
    )


def steps(last: Any, epoch: Any = 1) -> Any:
    return StepsEnded(
        run="run-001",
        sequence=1,
        epoch=epoch,
        first_step=last,
        last_step=last,
        loss=FIVE,
        accuracy=FIVE,
        images_per_second=1252.0,
        seconds_left=54.0,
    )


def epoch_ended(epoch: Any = 1) -> Any:
    return EpochEnded(
        run="run-001",
        sequence=2,
        epoch=epoch,
        step=4 * epoch,
        train_loss=0.9,
        train_accuracy=0.6,
        validation_loss=1.0,
        validation_accuracy=0.5,
        seconds=1.0,
        images_per_second=1000.0,
        best=True,
    )


@pytest.fixture
def page(qtbot: Any) -> TrainPage:
    made = TrainPage()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def controller(page: TrainPage, document: Document, bridge: FakeBridge, settings: Settings) -> TrainingController:
    document.set_dataset(dataset())
    made = TrainingController(page, document, bridge, settings)
    bridge.last(ListRuns).say("done", ())
    return made


def running(controller: TrainingController, bridge: FakeBridge) -> Any:
    controller.start()
    sent = bridge.last(Train)
    sent.say("partial", run_started())
    return sent


def test_a_run_is_started_with_the_draft_in_the_projects_folder(
    controller: TrainingController, bridge: FakeBridge, document: Document
) -> None:
    controller.start()
    job = bridge.last(Train).job
    assert (job.draft, job.runs_folder) == (document.draft, Path("/project/runs"))
    assert controller.state == "starting"


def test_a_run_tells_where_it_is(controller: TrainingController, bridge: FakeBridge, page: TrainPage) -> None:
    sent = running(controller, bridge)
    assert controller.state == "running"
    sent.say("partial", steps(6, epoch=2))
    assert page.status_label.text() == "Epoch 2 of 3, step 3 of 4"
    assert page.figures_label.text() == "1,252 images/s · 54 s left"
    assert page.bar.value() == round(1000 * 7 / 12)


def test_pause_and_continue_are_said_when_the_run_says_so(
    controller: TrainingController, bridge: FakeBridge, page: TrainPage
) -> None:
    sent = running(controller, bridge)
    sent.say("partial", steps(1))
    controller.pause()
    assert sent.controls == [Pause()]
    assert controller.state == "running"
    sent.say("partial", RunPaused(run="run-001", sequence=3, step=2))
    assert controller.state == "paused"
    assert page.status_label.text() == "Paused · Epoch 1 of 3, step 2 of 4"
    assert page.figures_label.text() == "1,252 images/s"
    controller.resume_paused()
    assert sent.controls[-1] == Continue()
    sent.say("partial", RunContinued(run="run-001", sequence=4, step=2))
    assert controller.state == "running"


def test_stop_keeps_the_run_and_says_what_it_learned(
    controller: TrainingController, bridge: FakeBridge, page: TrainPage
) -> None:
    sent = running(controller, bridge)
    controller.stop()
    assert sent.controls == [Stop()]
    assert controller.state == "stopping"
    ended = summary(reason="stopped")
    with_signal: list[Any] = []
    controller.run_ended.connect(with_signal.append)
    sent.say("done", ended)
    assert controller.state == "idle"
    assert with_signal == [ended]
    assert page.notice.title.text() == "run-001 was stopped after 3 epochs in 4 s."


def test_stop_before_the_first_step_cancels_the_job(controller: TrainingController, bridge: FakeBridge) -> None:
    controller.start()
    controller.stop()
    sent = bridge.last(Train)
    assert sent.cancelled
    sent.say("cancelled")
    assert controller.state == "idle"


def test_a_diverged_run_is_explained_and_its_cure_is_one_click(
    controller: TrainingController, bridge: FakeBridge, page: TrainPage, document: Document
) -> None:
    sent = running(controller, bridge)
    sent.say("done", summary(reason="diverged", epochs=1))
    assert "diverged in epoch 2" in page.notice.title.text()
    before = document.draft.recipe.optimizer.learning_rate
    page.notice.action_button.click()
    assert document.draft.recipe.optimizer.learning_rate == pytest.approx(before / 10)
    document.undo_stack.undo()
    assert document.draft.recipe.optimizer.learning_rate == before


def test_a_failed_run_is_explained(controller: TrainingController, bridge: FakeBridge, page: TrainPage) -> None:
    sent = running(controller, bridge)
    sent.say("failed", error("The disk is full."))
    assert controller.state == "idle"
    assert page.error_panel.what.text() == "The disk is full."


def test_without_images_the_button_says_what_is_missing(
    controller: TrainingController, document: Document, page: TrainPage, bridge: FakeBridge
) -> None:
    document.set_dataset(None)
    assert not page.train_button.isEnabled()
    assert "no images to train on yet" in page.train_button.toolTip()
    controller.start()
    assert bridge.jobs(Train) == []
    assert page.error_panel.what.text() == "There are no images to train on yet."


def test_a_problem_in_the_stack_stands_in_the_tool_tip_and_goes_with_undo(
    controller: TrainingController, document: Document, page: TrainPage
) -> None:
    document.apply_network(network(classes=7), "set units")
    assert not page.train_button.isEnabled()
    assert "7" in page.train_button.toolTip()
    document.undo_stack.undo()
    assert page.train_button.isEnabled()


def test_before_a_project_is_open_nothing_can_be_trained(
    page: TrainPage, document: Document, bridge: FakeBridge, settings: Settings
) -> None:
    document.project = OpenedProject(Path(), "Untitled", document.draft, saved=False)
    document.set_dataset(dataset())
    controller = TrainingController(page, document, bridge, settings)
    reason = controller.blocked()
    assert reason is not None
    assert reason.what == "The project is still being opened."


def test_a_second_start_is_ignored(controller: TrainingController, bridge: FakeBridge) -> None:
    running(controller, bridge)
    controller.start()
    assert len(bridge.jobs(Train)) == 1


def test_ten_epochs_more_show_the_old_curves_and_go_on(
    controller: TrainingController, bridge: FakeBridge, page: TrainPage
) -> None:
    sent = running(controller, bridge)
    sent.say("done", summary())
    page.show()
    assert not page.more_button.isHidden()
    page.more_button.click()
    assert controller.state == "starting"
    bridge.last(ReadRun).say("done", record())
    job = bridge.last(ResumeRun).job
    assert (job.run_folder, job.more_epochs) == (Path("/project/runs/run-001"), 10)
    assert len(controller._learning.points) == 3
    bridge.last(ResumeRun).say(
        "partial",
        RunResumed(
            run="run-001", sequence=0, folder="/project/runs/run-001", from_step=12, epochs=13, steps_per_epoch=4
        ),
    )
    assert controller.state == "running"
    assert len(controller._learning.points) == 3
    assert controller._learning.epochs_planned == 13
    page.hide()


def test_a_run_cut_off_last_time_is_offered_again(
    page: TrainPage, document: Document, bridge: FakeBridge, settings: Settings
) -> None:
    document.set_dataset(dataset())
    controller = TrainingController(page, document, bridge, settings)
    bridge.last(ListRuns).say("done", (summary(1), summary(2, state=State.INTERRUPTED, reason="")))
    bridge.last(ReadRun).say("done", record(2))
    assert page.resume_button.text() == "Resume run-002"
    assert not page.resume_button.isHidden()
    assert page.more_button.isHidden()
    page.resume_button.click()
    bridge.last(ReadRun).say("done", record(2))
    assert bridge.last(ResumeRun).job.run_folder.name == "run-002"
    assert controller.state == "starting"


def test_a_run_that_cannot_be_read_is_not_resumed(
    controller: TrainingController, bridge: FakeBridge, page: TrainPage
) -> None:
    controller.resume_run(Path("/project/runs/run-009"))
    bridge.last(ReadRun).say("failed", error("run-009 is damaged."))
    assert controller.state == "idle"
    assert page.error_panel.what.text() == "run-009 is damaged."
    assert bridge.jobs(ResumeRun) == []


def test_stop_while_a_run_is_still_being_read_ends_at_once(controller: TrainingController, bridge: FakeBridge) -> None:
    controller.resume_run(Path("/project/runs/run-001"))
    controller.stop()
    assert controller.state == "idle"
    bridge.last(ReadRun).say("done", record())
    assert bridge.jobs(ResumeRun) == []


def test_when_the_engine_dies_the_run_goes_on_by_itself(
    controller: TrainingController, bridge: FakeBridge, page: TrainPage
) -> None:
    sent = running(controller, bridge)
    sent.say("partial", steps(2))
    bridge.engine_lost.emit("It was killed.")
    sent.say("failed", error("The engine stopped."))
    bridge.last(ReadRun).say("done", record(state=State.INTERRUPTED, reason=""))
    assert bridge.last(ResumeRun).job.run_folder == Path("/project/runs/run-001")
    assert "run-001" in page.notice.title.text()
    assert page.error_panel.isHidden()


def test_an_engine_that_dies_before_the_first_step_is_not_tried_for_ever(
    controller: TrainingController, bridge: FakeBridge, page: TrainPage
) -> None:
    sent = running(controller, bridge)
    bridge.engine_lost.emit("It was killed.")
    sent.say("failed", error("The engine stopped."))
    assert controller.state == "idle"
    assert page.error_panel.what.text() == "The engine stopped."


def test_the_recipe_is_edited_and_undone(controller: TrainingController, document: Document, page: TrainPage) -> None:
    recipe = dataclasses.replace(document.draft.recipe, epochs=3)
    page.recipe.recipe_form.edited.emit(recipe, "set epochs to 3")
    assert document.draft.recipe.epochs == 3
    document.undo_stack.undo()
    assert page.recipe.recipe_form.configured == document.draft.recipe
    assert document.draft.recipe.epochs == 10


def test_epochs_reach_the_chart(controller: TrainingController, bridge: FakeBridge) -> None:
    sent = running(controller, bridge)
    for step in range(4):
        sent.say("partial", steps(step))
    sent.say("partial", epoch_ended())
    assert controller._learning.epoch_curve("validation", "accuracy")[1].tolist() == [0.5]


def test_twenty_starts_and_stops_leave_nothing_behind(
    qtbot: Any, controller: TrainingController, bridge: FakeBridge, page: TrainPage
) -> None:
    def objects() -> int:
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        return len(controller.findChildren(QObject)) + len(page.findChildren(QObject))

    def once() -> None:
        sent = running(controller, bridge)
        sent.say("partial", steps(1))
        controller.stop()
        sent.say("done", summary(reason="stopped"))

    once()
    before = objects()
    for _ in range(20):
        once()
    assert objects() == before
    assert len(bridge.jobs(Train)) == 21

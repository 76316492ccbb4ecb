"""Half a second after an edit the cards get new pictures, where the engine has nothing better to do."""

from __future__ import annotations

import dataclasses
import logging
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QObject
from PySide6.QtGui import QImage

from engine.analysis import analyse
from engine.inspection.results import LayerPreviews
from engine.jobs import JobEnded, JobPartial, Outcome
from engine.layers.conv2d import Conv2D
from engine.layers.conv_bn_activation import ConvBNActivation
from engine.service.inspection import Preview
from engine.service.projects import ListRuns
from engine.service.training import WarmUp
from gui.app import Convoscope
from gui.document import Document
from gui.engine_state import EngineState
from gui.preview import STILL_MS, PreviewController
from gui.settings import Settings
from gui.stack.controller import StackController
from gui.stack.view import StackView
from tests.fakes import FakeEngine
from tests.gui.conftest import run_started
from tests.gui.pages.fakes import FakeBridge, dataset, draft, error, summary

NOTE = "The picture: a test image. Not trained yet."


@pytest.fixture
def document(qapp: Any) -> Document:
    made = Document(draft())
    made.set_dataset(dataset())
    return made


@pytest.fixture
def state(document: Document, bridge: FakeBridge, settings: Settings) -> EngineState:
    return EngineState(bridge, settings, document)


@pytest.fixture
def preview(document: Document, bridge: FakeBridge, state: EngineState) -> PreviewController:
    """The controller, with a warm engine."""
    made = PreviewController(document, bridge, state, QObject(document))
    state.warm_up()
    bridge.last(WarmUp).say("done", "ready")
    return made


def asked(qtbot: Any, bridge: FakeBridge, times: int) -> Preview:
    qtbot.waitUntil(lambda: len(bridge.jobs(Preview)) == times)
    return bridge.last(Preview).job


def answer(document: Document) -> LayerPreviews:
    analysis = analyse(document.network)
    assert analysis.graph is not None, "only such networks are asked about"
    maps = {node.path: np.ones(4, np.float32) for node in analysis.graph}
    return LayerPreviews(np.zeros((8, 8, 1), np.uint8), maps, "Not trained yet.")


def set_first(document: Document, **values: Any) -> None:
    layer = document.network.layers[0]
    document.apply_network(document.network.set_type(layer.id, Conv2D(**{"padding": "same", **values})), "edit")


def test_it_asks_about_the_draft_when_the_engine_is_warm(
    qtbot: Any, preview: PreviewController, document: Document, bridge: FakeBridge
) -> None:
    job = asked(qtbot, bridge, 1)
    assert (job.network, job.seed, job.trained) == (document.network, document.draft.seed, None)
    assert document.dataset is not None
    assert job.image.data == document.dataset.spec
    assert document.dataset.parts[job.image.index] == 2
    bridge.last(Preview).say("done", answer(document))
    assert set(document.pictures) == {"input", *(layer.id for layer in document.network.layers)}
    assert document.pictures_note == NOTE


def test_a_cold_engine_is_asked_nothing(qtbot: Any, document: Document, bridge: FakeBridge, state: EngineState) -> None:
    preview = PreviewController(document, bridge, state, QObject(document))
    set_first(document, filters=5)
    qtbot.wait(STILL_MS + 200)
    assert preview is not None
    assert bridge.jobs(Preview) == []


def test_edits_in_a_row_are_one_question_and_the_one_before_is_cancelled(
    qtbot: Any, preview: PreviewController, document: Document, bridge: FakeBridge
) -> None:
    asked(qtbot, bridge, 1)
    first = bridge.last(Preview)
    for filters in (5, 6, 7):
        set_first(document, filters=filters)
    assert first.cancelled
    first.say("done", answer(document))
    assert document.pictures == {}
    job = asked(qtbot, bridge, 2)
    assert job.network == document.network


def test_pictures_go_with_an_edit_and_come_back_with_the_answer_even_after_an_undo(
    qtbot: Any, preview: PreviewController, document: Document, bridge: FakeBridge
) -> None:
    asked(qtbot, bridge, 1)
    bridge.last(Preview).say("done", answer(document))
    set_first(document, filters=5)
    assert document.pictures == {}
    document.undo_stack.undo()
    asked(qtbot, bridge, 2)
    bridge.last(Preview).say("done", answer(document))
    assert document.pictures


def test_an_edit_of_something_else_asks_nothing_new(
    qtbot: Any, preview: PreviewController, document: Document, bridge: FakeBridge
) -> None:
    asked(qtbot, bridge, 1)
    recipe = document.draft.recipe.with_value("epochs", 7)
    document.apply(dataclasses.replace(document.draft, recipe=recipe), "set epochs")
    assert not bridge.last(Preview).cancelled
    bridge.last(Preview).say("done", answer(document))
    document.undo_stack.undo()
    qtbot.wait(STILL_MS + 200)
    assert len(bridge.jobs(Preview)) == 1


def test_a_stack_with_problems_is_not_previewed(
    qtbot: Any, preview: PreviewController, document: Document, bridge: FakeBridge
) -> None:
    set_first(document, filters=5, kernel_size=(99, 99), padding="valid")
    assert document.analysis.problems
    qtbot.wait(STILL_MS + 200)
    assert bridge.jobs(Preview) == []
    document.undo_stack.undo()
    asked(qtbot, bridge, 1)


def test_it_waits_for_the_end_of_a_run_and_takes_the_weights_of_the_newest(
    qtbot: Any, preview: PreviewController, document: Document, bridge: FakeBridge
) -> None:
    bridge.job_event.emit(JobPartial(99, run_started()))
    qtbot.wait(STILL_MS + 200)
    assert bridge.jobs(Preview) == []
    bridge.job_event.emit(JobEnded(99, Outcome.DONE))
    asked(qtbot, bridge, 1)
    document.set_project(dataclasses.replace(document.project, folder=summary(1).folder.parent.parent))
    runs = (summary(1), summary(2), summary(3, has_weights=False))
    document.set_dataset(dataset())
    bridge.last(ListRuns).say("done", runs)
    assert bridge.open_jobs(Preview)[0].cancelled
    job = asked(qtbot, bridge, 2)
    assert job.trained is not None
    assert (job.trained.run_folder, job.trained.weights) == (runs[1].folder, "best")


def test_pictures_that_the_inspect_page_gave_stay(
    qtbot: Any, preview: PreviewController, document: Document, bridge: FakeBridge
) -> None:
    document.set_pictures({"input": QImage(4, 4, QImage.Format.Format_RGB32)}, "Of run-001.")
    qtbot.wait(STILL_MS + 200)
    assert bridge.jobs(Preview) == []
    set_first(document, filters=5)
    asked(qtbot, bridge, 1)


def test_a_refusal_stands_in_the_log_alone_and_is_not_asked_for_again(
    qtbot: Any,
    preview: PreviewController,
    document: Document,
    bridge: FakeBridge,
    caplog: pytest.LogCaptureFixture,
) -> None:
    asked(qtbot, bridge, 1)
    with caplog.at_level(logging.INFO, "gui"):
        bridge.last(Preview).say("failed", error("The network has 9 layers, too many."))
    assert "No preview: The network has 9 layers, too many." in caplog.text
    assert document.pictures == {}
    recipe = document.draft.recipe.with_value("epochs", 7)
    document.apply(dataclasses.replace(document.draft, recipe=recipe), "set epochs")
    qtbot.wait(STILL_MS + 200)
    assert len(bridge.jobs(Preview)) == 1


def test_layers_inside_an_opened_block_have_pictures_too(
    qtbot: Any, preview: PreviewController, document: Document, bridge: FakeBridge
) -> None:
    view = StackView()
    qtbot.addWidget(view)
    stack = StackController(view, document)
    block = document.network.layers[0].id
    document.apply_network(document.network.set_type(block, ConvBNActivation(filters=3)), "edit")
    document.select(f"{block}/conv")
    asked(qtbot, bridge, 1)
    bridge.last(Preview).say("done", answer(document))
    for path in (block, f"{block}/conv", f"{block}/bn"):
        assert NOTE in stack.view.cards.card(path).toolTip()


def test_the_window_previews_the_sample_project(qtbot: Any, ready: Convoscope, engine: FakeEngine) -> None:
    engine.finish(WarmUp, "ready")
    qtbot.waitUntil(lambda: any(isinstance(job, Preview) for job in engine.jobs.values()))
    engine.finish(Preview, answer(ready.document))
    qtbot.waitUntil(lambda: ready.document.pictures_note == NOTE)

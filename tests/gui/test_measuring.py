"""Setting a layer by the mean and deviation of the training images."""

from __future__ import annotations

from typing import Any

import pytest

from engine.errors import EngineError
from engine.jobs import JobProgress
from engine.layers.base import Moments
from engine.layers.normalization import Normalization
from engine.layers.rescaling import Rescaling
from engine.service.measuring import MeasureChannels
from gui.document import Document
from gui.measuring import Measuring
from gui.settings_pane import SettingsPane
from tests.gui.pages.fakes import FakeBridge, dataset

FOUND = Moments((100.0,), (2500.0,))


@pytest.fixture
def document(open_document: Document) -> Document:
    network = open_document.network.added(Rescaling(0.01), 0).added(Normalization(), 1)
    open_document.apply_network(network, "add")
    open_document.select(network.layers[1].id)
    return open_document


@pytest.fixture
def pane(qtbot: Any, document: Document, bridge: FakeBridge) -> SettingsPane:
    made = SettingsPane(document)
    qtbot.addWidget(made)
    made.resize(280, 900)
    Measuring(made, document, bridge)
    with qtbot.waitExposed(made):
        made.show()
    return made


def chosen(document: Document) -> dict[str, Any]:
    return document.network.layer(document.selected).type.values()


def test_one_click_fills_the_layer_in_as_one_undo_step(
    pane: SettingsPane, document: Document, bridge: FakeBridge
) -> None:
    document.set_dataset(dataset())
    pane.offer.button.click()
    asked = bridge.last(MeasureChannels)
    assert asked.job.data == dataset().spec
    assert pane.offer.cancel_button.isVisible()
    asked.say("progress", JobProgress(1, 50, 100, "images", None))
    assert "50%" in pane.offer.text.text()
    asked.say("done", FOUND)
    assert chosen(document)["mean"] == (1.0,)
    assert chosen(document)["variance"] == (0.25,)
    assert not pane.offer.cancel_button.isVisible()
    assert document.undo_stack.undoText() == "use the training set's mean and deviation"
    document.undo_stack.undo()
    assert chosen(document)["mean"] == (0.0,)


def test_what_is_missing_is_said(pane: SettingsPane, document: Document) -> None:
    assert not pane.offer.button.isEnabled()
    assert "No images are open" in pane.offer.missing.text()
    document.set_dataset(dataset())
    assert pane.offer.button.isEnabled()
    assert not pane.offer.missing.isVisible()
    document.apply_network(document.network.moved(document.selected, 3), "move")
    assert not pane.offer.button.isEnabled()
    assert "Conv2D stands above" in pane.offer.missing.text()


def test_only_layers_that_can_be_measured_offer_it(pane: SettingsPane, document: Document) -> None:
    assert pane.offer.isVisible()
    for id in ("layer_001", "input"):
        document.select(id)
        assert not pane.offer.isVisible()


def test_it_can_be_cancelled_and_what_went_wrong_is_said(
    pane: SettingsPane, document: Document, bridge: FakeBridge
) -> None:
    document.set_dataset(dataset())
    pane.offer.button.click()
    pane.offer.cancel_button.click()
    assert bridge.last(MeasureChannels).cancelled
    bridge.last(MeasureChannels).say("cancelled")
    assert pane.offer.button.isVisible()
    pane.offer.button.click()
    bridge.last(MeasureChannels).say("failed", EngineError("The disk is gone.", "It is there.", "Plug it in."))
    assert any(panel.isVisible() for panel in pane.form._panels)
    assert chosen(document)["mean"] == (0.0,)


def test_a_layer_that_was_removed_meanwhile_is_let_go(
    pane: SettingsPane, document: Document, bridge: FakeBridge
) -> None:
    document.set_dataset(dataset())
    pane.offer.button.click()
    document.apply_network(document.network.removed([document.selected]), "remove")
    before = document.network
    bridge.last(MeasureChannels).say("done", FOUND)
    assert document.network == before


def test_other_images_make_what_was_measured_worth_nothing(
    pane: SettingsPane, document: Document, bridge: FakeBridge
) -> None:
    document.set_dataset(dataset())
    pane.offer.button.click()
    document.set_dataset(dataset(60))
    assert bridge.last(MeasureChannels).cancelled
    bridge.last(MeasureChannels).say("done", FOUND)
    assert chosen(document)["mean"] == (0.0,)

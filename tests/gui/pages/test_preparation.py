"""The picture before and after, which follows the settings."""

from __future__ import annotations

import dataclasses
from typing import Any

import numpy as np
import pytest

from engine.errors import EngineError
from engine.images.preparing import Prepared
from engine.images.preprocessing import Preprocessing
from engine.service.preparing import PrepareImage
from gui.document import Document
from gui.pages.preparation_card import WIDE, BesidePreparation, PreparationCard
from gui.pages.preparation_controller import PreparationController
from gui.widgets import Card
from tests.gui.pages.fakes import FakeBridge, dataset, draft


def image(values: tuple[float, float] | None = None) -> Prepared:
    before = np.zeros((20, 30, 3), np.uint8)
    return Prepared("cat/<b>1</b>.png", (400, 600), before, before[:8, :8], values, Preprocessing(8, 8))


@pytest.fixture
def document(qapp: Any) -> Document:
    return Document(draft())


@pytest.fixture
def card(qtbot: Any, document: Document, bridge: FakeBridge) -> PreparationCard:
    made = PreparationCard()
    qtbot.addWidget(made)
    PreparationController(made, document, bridge, made)
    with qtbot.waitExposed(made):
        made.show()
    return made


def test_it_follows_the_dataset_and_every_edit(
    qtbot: Any, card: PreparationCard, document: Document, bridge: FakeBridge
) -> None:
    assert not bridge.sent
    assert "when one is open" in card.text.text()
    document.set_dataset(dataset())
    qtbot.waitUntil(lambda: len(bridge.jobs(PrepareImage)) == 1)
    bridge.last(PrepareImage).say("done", image())
    assert card.before.isVisible()
    assert "400 × 600" in card.before_label.text()
    assert "8 × 8 × 3" in card.after_label.text()
    assert card.name.text() == "cat/<b>1</b>.png"
    wanted = Preprocessing(8, 8, "grayscale", "pad", padding="edge")
    document.apply(dataclasses.replace(document.draft, preprocessing=wanted), "pad")
    qtbot.waitUntil(lambda: len(bridge.jobs(PrepareImage)) == 2)
    asked = bridge.last(PrepareImage).job
    assert asked.preprocessing == wanted
    assert asked.data == dataset().spec  # the dataset that is open, not another one


def test_other_images_can_be_looked_at(
    qtbot: Any, card: PreparationCard, document: Document, bridge: FakeBridge
) -> None:
    document.set_dataset(dataset())
    qtbot.waitUntil(lambda: len(bridge.jobs(PrepareImage)) == 1)
    bridge.last(PrepareImage).say("done", image())
    card.another_button.click()
    first, second = (one.index for one in bridge.jobs(PrepareImage))
    assert first != second
    bridge.last(PrepareImage).say("failed", EngineError("It is damaged.", "It is whole.", "Replace it."))
    assert card.text.text() == "It is damaged."
    assert card.another_button.isVisible()
    document.set_dataset(None)
    assert not card.another_button.isVisible()


def test_nothing_is_asked_while_it_is_out_of_sight(
    qtbot: Any, card: PreparationCard, document: Document, bridge: FakeBridge
) -> None:
    card.hide()
    document.set_dataset(dataset())
    assert not bridge.sent
    card.show()
    qtbot.waitUntil(lambda: len(bridge.jobs(PrepareImage)) == 1)


def test_values_of_more_than_8_bits_are_told(card: PreparationCard) -> None:
    card.show_prepared(image((120.0, 4095.0)))
    assert "values from 120 to 4,095" in card.before_label.text()
    card.show_prepared(image((-0.25, 1.5)))
    assert "values from -0.25 to 1.5" in card.before_label.text()


@pytest.mark.parametrize("wide", [True, False])
def test_it_stands_beside_the_settings_where_there_is_room(qtbot: Any, wide: bool) -> None:
    settings, card = Card("Preparation"), PreparationCard()
    beside = BesidePreparation(settings, card)
    qtbot.addWidget(beside)
    beside.resize(WIDE if wide else WIDE - 1, 700)
    with qtbot.waitExposed(beside):
        beside.show()
    assert (card.x() > settings.x()) is wide
    assert (card.y() < settings.y()) is not wide

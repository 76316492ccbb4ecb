import dataclasses
from typing import Any

import numpy as np
import pytest

from engine.augmentation import Augmentation, Operation
from engine.augmentation.cut_mix import CutMix
from engine.augmentation.random_flip import RandomFlip
from engine.augmentation.random_hue import RandomHue
from engine.augmentation.random_zoom import RandomZoom
from engine.service.augmentation import AugmentedSheet, PreviewAugmentation
from gui.document import Document
from gui.pages.augmentation_card import AugmentationCard
from gui.pages.augmentation_controller import AugmentationController
from tests.gui.pages.fakes import FakeBridge, dataset, error, progress


@pytest.fixture
def bridge(qapp: Any) -> FakeBridge:
    return FakeBridge()


@pytest.fixture
def card(qtbot: Any, document: Document, bridge: FakeBridge) -> AugmentationCard:
    made = AugmentationCard()
    qtbot.addWidget(made)
    document.set_dataset(dataset())
    AugmentationController(made, document, bridge)
    return made


def change(document: Document, *operations: Operation) -> None:
    draft = dataclasses.replace(document.draft, augmentation=Augmentation(operations))
    document.apply(draft, "change images", "")


def opened(qtbot: Any, card: AugmentationCard, document: Document, bridge: FakeBridge) -> None:
    change(document, RandomZoom())
    card.preview_button.setChecked(True)
    qtbot.waitUntil(lambda: bool(bridge.jobs(PreviewAugmentation)))


def sheet(shares: tuple[float, ...] = (1.0, 0.0, 0.0)) -> AugmentedSheet:
    pixels = np.zeros((20, 8, 8, 1), np.uint8)
    return AugmentedSheet(0, pixels[0], pixels, np.tile(np.array(shares, np.float32), (20, 1)))


def test_nothing_is_asked_while_nobody_looks(
    qtbot: Any, card: AugmentationCard, document: Document, bridge: FakeBridge
) -> None:
    change(document, RandomZoom())
    qtbot.wait(60)
    assert bridge.sent == []


def test_the_first_training_image_is_shown_under_twenty_draws(
    qtbot: Any, card: AugmentationCard, document: Document, bridge: FakeBridge
) -> None:
    opened(qtbot, card, document, bridge)
    asked = bridge.last(PreviewAugmentation)
    assert asked.job.image.index == 0
    assert asked.job.draws == 20
    assert card.view.name.text() == "cat: cat/00000.png"
    asked.say("progress", dataclasses.replace(progress(0, None), text="TensorFlow is starting: wait."))
    assert card.view.status.text() == "TensorFlow is starting: wait."
    asked.say("done", sheet())
    assert len(card.view.grid.pictures) == 21
    assert not any(card.view.grid.captions)
    assert "epochs 1 to 20 of a run with seed 0" in card.view.status.text()


def test_the_newest_question_counts(qtbot: Any, card: AugmentationCard, document: Document, bridge: FakeBridge) -> None:
    opened(qtbot, card, document, bridge)
    for share in (0.2, 0.3, 0.4):
        change(document, RandomZoom(share))
    qtbot.waitUntil(lambda: len(bridge.jobs(PreviewAugmentation)) > 1)
    first, last = bridge.sent[0], bridge.last(PreviewAugmentation)
    assert first.cancelled
    assert last.job.augmentation == Augmentation((RandomZoom(0.4),))
    assert len(bridge.jobs(PreviewAugmentation)) < 4, "what is passed over quickly is not asked"
    first.say("done", sheet())
    assert card.view.grid.pictures == []


def test_another_image_is_a_training_image_too(
    qtbot: Any, card: AugmentationCard, document: Document, bridge: FakeBridge
) -> None:
    opened(qtbot, card, document, bridge)
    for by, index in ((1, 1), (1, 2), (1, 9), (-1, 2)):
        count = len(bridge.sent)
        card.view.other_wanted.emit(by)
        qtbot.waitUntil(lambda count=count: len(bridge.sent) > count)
        assert bridge.last(PreviewAugmentation).job.image.index == index


def test_what_is_mixed_is_said_under_each_picture(
    qtbot: Any, card: AugmentationCard, document: Document, bridge: FakeBridge
) -> None:
    opened(qtbot, card, document, bridge)
    bridge.last(PreviewAugmentation).say("done", sheet((0.7, 0.0, 0.3)))
    assert card.view.grid.captions[:2] == ["as it is", "70% cat"]
    assert card.view.grid.tips[1] == "Epoch 1: 70% cat, 30% frog"
    assert "differs from step to step" in card.view.status.text()


def test_a_failure_is_said_and_the_next_edit_asks_again(
    qtbot: Any, card: AugmentationCard, document: Document, bridge: FakeBridge
) -> None:
    opened(qtbot, card, document, bridge)
    bridge.last(PreviewAugmentation).say("failed", error())
    assert card.view.status.text() == "The folder is gone. Choose another folder."
    change(document, RandomZoom(0.3), CutMix())
    qtbot.waitUntil(lambda: len(bridge.sent) == 2)


def test_without_a_dataset_it_says_what_to_do(
    qtbot: Any, card: AugmentationCard, document: Document, bridge: FakeBridge
) -> None:
    opened(qtbot, card, document, bridge)
    document.set_dataset(None)
    qtbot.waitUntil(lambda: "Data page" in card.view.status.text())
    assert not card.view.next_button.isEnabled()


def test_advice_follows_the_draft_and_is_followed_with_undo(card: AugmentationCard, document: Document) -> None:
    change(document, RandomFlip(), RandomHue())
    (panel,) = card.rows[1].panels
    assert panel.advice.action == "Remove RandomHue"
    assert "grey" in panel.advice.expected
    card.edited.connect(lambda augmentation, text, key: change(document, *augmentation.operations))
    panel.button.click()
    assert document.draft.augmentation == Augmentation((RandomFlip(),))
    document.undo_stack.undo()
    assert len(card.rows[1].panels) == 1

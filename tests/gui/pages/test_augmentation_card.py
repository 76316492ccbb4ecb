from typing import Any

import pytest
from PySide6.QtCore import Qt

from engine.augmentation import Augmentation, augmentation_types
from engine.augmentation.advice import advise
from engine.augmentation.mix_up import MixUp
from engine.augmentation.random_flip import RandomFlip
from engine.augmentation.random_zoom import RandomZoom
from gui.forms.fields import RealField
from gui.pages.augmentation_card import AugmentationCard

KINDS = list(augmentation_types())


@pytest.fixture
def card(qtbot: Any) -> AugmentationCard:
    made = AugmentationCard()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def said(card: AugmentationCard) -> list[tuple[Any, ...]]:
    heard: list[tuple[Any, ...]] = []
    card.edited.connect(lambda *news: heard.append(news))
    return heard


def add(card: AugmentationCard, kind: str) -> None:
    card.add_box.setCurrentText(kind)
    card.add_box.activated.emit(card.add_box.currentIndex())


@pytest.mark.parametrize("kind", KINDS)
def test_every_change_can_be_added_with_its_own_settings(
    card: AugmentationCard, said: list[tuple[Any, ...]], kind: str
) -> None:
    add(card, kind)
    augmentation, text, _ = said[-1]
    card.show_augmentation(augmentation)
    assert text == f"add {kind}"
    assert card.rows[0].form.configured == augmentation_types()[kind]()
    assert card.rows[0].form.field("probability").parameter.label == "Probability"


def test_image_changes_are_added_moved_and_removed(
    qtbot: Any, card: AugmentationCard, said: list[tuple[Any, ...]]
) -> None:
    for kind in KINDS[:2]:
        add(card, kind)
        card.show_augmentation(said[-1][0])
    assert [one.kind for one in said[-1][0].operations] == KINDS[:2]
    qtbot.mouseClick(card.rows[1].up_button, Qt.MouseButton.LeftButton)
    card.show_augmentation(said[-1][0])
    assert [row.name.text() for row in card.rows] == KINDS[1::-1]
    assert not card.rows[0].up_button.isEnabled()
    assert not card.rows[1].down_button.isEnabled()
    qtbot.mouseClick(card.rows[0].remove_button, Qt.MouseButton.LeftButton)
    assert [one.kind for one in said[-1][0].operations] == KINDS[:1]


def test_a_slide_is_an_edit_of_its_change_that_merges_with_the_next(
    card: AugmentationCard, said: list[tuple[Any, ...]]
) -> None:
    card.show_augmentation(Augmentation((RandomFlip(), RandomZoom())))
    field = card.rows[1].form.field("share")
    assert isinstance(field, RealField)
    assert field.slider is not None
    field.slider.setValue(50)
    assert said[-1] == (Augmentation((RandomFlip(), RandomZoom(0.45))), "set share to 0.45", "augmentation.1.share")
    card.show_augmentation(said[-1][0])
    field.slider.setValue(60)
    assert said[-1][2] == "augmentation.1.share"
    assert len(said) == 2, "showing a value says nothing"


def test_without_image_changes_the_card_says_what_they_are_for(card: AugmentationCard) -> None:
    assert not card._hint.isHidden()
    assert not card.preview_button.isEnabled()
    card.show_augmentation(Augmentation((RandomFlip(),)))
    assert card._hint.isHidden()
    assert card.preview_button.isEnabled()


def test_that_mixing_comes_last_is_said_where_it_matters(card: AugmentationCard) -> None:
    for operations, hidden in (((MixUp(),), True), ((RandomFlip(),), True), ((MixUp(), RandomFlip()), False)):
        card.show_augmentation(Augmentation(operations))
        assert card._order.isHidden() is hidden


def test_advice_stands_under_its_change_and_is_followed_at_a_click(
    qtbot: Any, card: AugmentationCard, said: list[tuple[Any, ...]]
) -> None:
    augmentation = Augmentation((RandomZoom(), RandomFlip()))
    card.show_augmentation(augmentation)
    card.show_advice(advise(augmentation, ("left", "right"), (8, 8, 1)))
    assert card.rows[0].panels == []
    (panel,) = card.rows[1].panels
    assert "“left” mirrored" in panel.accessibleName()
    qtbot.mouseClick(panel.button, Qt.MouseButton.LeftButton)
    assert said[-1] == (Augmentation((RandomZoom(),)), "remove RandomFlip", "")
    card.show_augmentation(said[-1][0])
    card.show_advice(())
    assert card.rows[0].panels == []


def test_the_preview_opens_beside_the_card_and_closes_with_its_button(qtbot: Any, card: AugmentationCard) -> None:
    card.show_augmentation(Augmentation((RandomFlip(),)))
    card.preview_button.setChecked(True)
    assert card.view.isVisible()
    card.view.close()
    assert not card.preview_button.isChecked()
    card.preview_button.setChecked(True)
    card.show_augmentation(Augmentation())
    assert not card.view.isVisible()

from typing import Any

import pytest
from PySide6.QtCore import Qt

from engine.augmentation import Augmentation, augmentation_types
from engine.optimizers import optimizer_types
from engine.recipe import Recipe
from gui.pages.recipe_cards import RecipeCards


@pytest.fixture
def cards(qtbot: Any) -> RecipeCards:
    made = RecipeCards()
    qtbot.addWidget(made)
    made.show_recipe(Recipe())
    return made


@pytest.fixture
def said(cards: RecipeCards) -> Any:
    heard = []
    cards.recipe_edited.connect(lambda *news: heard.append(news))
    cards.augmentation_edited.connect(lambda *news: heard.append(news))
    return heard


def choose(box: Any, text: Any) -> None:
    box.setCurrentText(text)
    box.activated.emit(box.currentIndex())


def test_showing_a_recipe_says_nothing(cards: RecipeCards, said: list[tuple[Any, ...]]) -> None:
    cards.show_recipe(Recipe(epochs=3))
    assert said == []


@pytest.mark.parametrize("kind", sorted(optimizer_types()))
def test_every_optimizer_can_be_chosen_and_shows_its_own_settings(
    cards: RecipeCards, said: list[tuple[Any, ...]], kind: Any
) -> None:
    choose(cards.optimizer_box, kind)
    recipe = said[-1][0] if said else Recipe()
    assert recipe.optimizer.kind == kind
    cards.show_recipe(recipe)
    assert cards.optimizer_form.configured == recipe.optimizer
    assert cards.optimizer_summary.text() == recipe.optimizer.summary


def test_an_edit_of_the_optimizer_is_an_edit_of_the_recipe(cards: RecipeCards, said: list[tuple[Any, ...]]) -> None:
    optimizer = Recipe().optimizer.changed(learning_rate=0.1)
    cards.optimizer_form.edited.emit(optimizer, "set learning rate to 0.1")
    recipe, text, _ = said[-1]
    assert recipe.optimizer.learning_rate == 0.1
    assert text == "set learning rate to 0.1"


KINDS = sorted(augmentation_types())


@pytest.mark.skipif(len(KINDS) < 2, reason="needs two kinds of image changes")
def test_image_changes_are_added_moved_and_removed(qtbot: Any, cards: RecipeCards, said: list[tuple[Any, ...]]) -> None:
    card = cards.augmentation
    for kind in KINDS[:2]:
        choose(card.add_box, kind)
        card.show_augmentation(said[-1][0])
    assert [one.kind for one in said[-1][0].operations] == KINDS[:2]
    qtbot.mouseClick(card.rows[1].up_button, Qt.MouseButton.LeftButton)
    card.show_augmentation(said[-1][0])
    assert [row.name.text() for row in card.rows] == KINDS[1::-1]
    assert not card.rows[0].up_button.isEnabled()
    assert not card.rows[1].down_button.isEnabled()
    qtbot.mouseClick(card.rows[0].remove_button, Qt.MouseButton.LeftButton)
    assert [one.kind for one in said[-1][0].operations] == KINDS[:1]


def test_without_image_changes_the_card_says_what_they_are_for(cards: RecipeCards) -> None:
    cards.augmentation.show_augmentation(Augmentation())
    assert not cards.augmentation._hint.isHidden()

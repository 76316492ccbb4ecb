from typing import Any

import pytest

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

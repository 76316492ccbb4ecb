"""The recipe: its values, those of its optimizer, and its JSON."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.errors import EngineError
from engine.optimizers import SGD, Adam, Optimizer, RMSprop, optimizer_types
from engine.recipe import Recipe
from tests.engine.layers.strategies import values_of

OPTIMIZERS: st.SearchStrategy[Optimizer] = st.one_of(
    *[st.builds(one, **{two.name: values_of(two) for two in one.parameters()}) for one in optimizer_types().values()]
)


@settings(deadline=None)
@given(OPTIMIZERS, st.integers(1, 99))
def test_json_gives_the_same_recipe_back(optimizer: Optimizer, epochs: int) -> None:
    recipe = Recipe(epochs=epochs, label_smoothing=0.1, patience=3, optimizer=optimizer)
    assert Recipe.from_json(json.loads(json.dumps(recipe.to_json()))) == recipe


def test_json_names_the_optimizer_and_its_values() -> None:
    chosen = Recipe(optimizer=SGD(momentum=0.9)).to_json()["optimizer"]
    assert chosen == {"kind": "SGD", "values": {"learning_rate": 0.01, "momentum": 0.9, "nesterov": False}}


def test_missing_values_take_their_default_and_unknown_ones_are_refused() -> None:
    assert Recipe.from_json({"epochs": 3}) == Recipe(epochs=3)
    with pytest.raises(EngineError, match="no setting called 'seed'"):
        Recipe.from_json({"seed": 3})


def test_a_value_reaches_the_recipe_or_its_optimizer() -> None:
    recipe = Recipe().with_value("epochs", 3).with_value("learning_rate", 0.5).with_value("beta_1", 0.8)
    assert (recipe.epochs, recipe.optimizer) == (3, Adam(learning_rate=0.5, beta_1=0.8))


def test_another_optimizer_brings_its_own_defaults_and_the_same_one_keeps_its_values() -> None:
    recipe = Recipe(optimizer=Adam(learning_rate=0.5))
    assert recipe.with_value("optimizer", "SGD").optimizer == SGD()
    assert recipe.with_value("optimizer", "Adam") == recipe


def test_a_value_of_another_optimizer_is_refused_and_says_which_there_are() -> None:
    with pytest.raises(EngineError, match="no setting called 'momentum'") as caught:
        Recipe().with_value("momentum", 0.9)
    assert "beta_1" in caught.value.expected


def test_text_from_the_command_line_becomes_values() -> None:
    recipe = Recipe().with_text("optimizer", "rmsprop").with_text("rho", "0.8").with_text("patience", "5")
    assert (recipe.optimizer, recipe.patience) == (RMSprop(rho=0.8), 5)
    assert recipe.with_text("patience", "off").patience is None
    assert recipe.with_text("batch_size", "64").batch_size == 64


@pytest.mark.parametrize(
    ("name", "text"),
    [("learning_rate", "0"), ("learning_rate", "fast"), ("epochs", "1.5"), ("optimizer", "x"), ("seed", "3")],
)
def test_nonsense_from_the_command_line_is_refused(name: str, text: str) -> None:
    with pytest.raises(EngineError):
        Recipe().with_text(name, text)

"""--set: every value by its place, typed as a person types it."""

from __future__ import annotations

import pytest

from engine.augmentation.random_rotation import RandomRotation
from engine.cli.settings import with_seed, with_settings
from engine.errors import EngineError
from engine.project import sample_draft

DRAFT = sample_draft()


def test_values_of_every_place_are_set_in_order() -> None:
    found = with_settings(
        DRAFT,
        (
            "recipe.optimizer=SGD",
            "recipe.learning_rate=1/64",
            "recipe.optimizer.momentum=0.9",
            "recipe.epochs = 3",
            "augmentation.RandomRotation.degrees=15",
            "augmentation.RandomFlip.vertical=yes",
            "split.validation=0.2",
            "preprocessing.interpolation=nearest",
            "network.layer_002.filters=8",
            "seed=7",
        ),
    )
    assert found.recipe.optimizer.values() == {"learning_rate": 1 / 64, "momentum": 0.9, "nesterov": False}
    assert (found.recipe.epochs, found.split.validation, found.seed) == (3, 0.2, 7)
    assert found.augmentation.operations[0] == RandomRotation(degrees=15.0)
    assert found.augmentation.operations[1].values()["vertical"] is True
    assert found.network.layer("layer_002").type.values()["filters"] == 8
    assert found.preprocessing is not None
    assert found.preprocessing.interpolation == "nearest"


def test_an_augmentation_that_is_there_is_changed_and_all_are_taken_away_with_none() -> None:
    once = with_settings(DRAFT, ("augmentation.RandomZoom.share=0.2",))
    twice = with_settings(once, ("augmentation.RandomZoom.share=0.3",))
    assert [one.values() for one in twice.augmentation.operations] == [{"share": 0.3, "probability": 1.0}]
    assert with_settings(twice, ("augmentation=none",)) == DRAFT


@pytest.mark.parametrize(
    ("setting", "expected"),
    [
        ("recipe.speed=1", "learning_rate"),
        ("recipe.learning_rate=0", "above 0"),
        ("recipe.learning_rate=-0.1", "above 0"),
        ("recipe.learning_rate=fast", "a number"),
        ("recipe", "NAME=VALUE"),
        ("colour=red", "recipe, augmentation"),
        ("augmentation.Twist.share=1", "RandomFlip"),
        ("augmentation.RandomZoom=1", "RandomZoom"),
        ("augmentation.RandomZoom.speed=1", "share"),
        ("network.layer_099.filters=1", "layer_001"),
        ("network.layer_002.speed=1", "filters"),
        ("seed=x", "whole number"),
        ("seed.x=1", "whole number"),
        ("split.test=2", "at most 0.9"),
    ],
)
def test_what_makes_no_sense_is_refused_with_what_would(setting: str, expected: str) -> None:
    with pytest.raises(EngineError) as caught:
        with_settings(DRAFT, (setting,))
    assert expected in caught.value.expected + caught.value.fix


@pytest.mark.parametrize("seed", [-1, 2**31])
def test_a_seed_is_a_number_that_a_project_can_keep(seed: int) -> None:
    with pytest.raises(EngineError, match="The seed cannot be"):
        with_seed(DRAFT, seed)

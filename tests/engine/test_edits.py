"""Edits say in words what they do, and do it as a person would have done it."""

from __future__ import annotations

import pytest

from engine.edits import Edit, Insert, Move, Remove, Replace, SetRecipe, SetValues, SwitchOff
from engine.errors import EngineError
from engine.layers.activation import Activation
from engine.layers.block import Child
from engine.layers.branches import Branches
from engine.layers.conv2d import Conv2D
from engine.layers.dense import Dense
from engine.layers.flatten import Flatten
from engine.layers.input import Input
from engine.layers.max_pooling2d import MaxPooling2D
from engine.layers.residual import Residual
from engine.network import Network
from engine.recipe import Recipe

NETWORK = Network.of(Input(8, 8), [Conv2D(4), MaxPooling2D(), Flatten(), Dense(10)])
KINDS = ["Conv2D", "MaxPooling2D", "Flatten", "Dense"]


@pytest.mark.parametrize(
    ("edit", "title", "kinds"),
    [
        (
            Insert((Flatten(),), "layer_002"),
            "Insert Flatten",
            ["Conv2D", "Flatten", "MaxPooling2D", "Flatten", "Dense"],
        ),
        (Insert((Flatten(), Dense(3))), "Add Flatten and Dense with 3 units", [*KINDS, "Flatten", "Dense"]),
        (Insert((Dense(1),)), "Add Dense with 1 unit", [*KINDS, "Dense"]),
        (Remove("layer_002"), "Remove MaxPooling2D", ["Conv2D", "Flatten", "Dense"]),
        (Remove("layer_002", elsewhere=True), "Remove MaxPooling2D above", ["Conv2D", "Flatten", "Dense"]),
        (Move("layer_003", "layer_001"), "Move it above Conv2D", ["Flatten", "Conv2D", "MaxPooling2D", "Dense"]),
        (
            Replace("layer_003", Activation("relu")),
            "Replace Flatten by Activation",
            ["Conv2D", "MaxPooling2D", "Activation", "Dense"],
        ),
        (SwitchOff("layer_002"), "Switch MaxPooling2D off", KINDS),
        (SetRecipe("batch_size", 8), "Set batch size to 8", KINDS),
    ],
)
def test_an_edit_says_what_it_does(edit: Edit, title: str, kinds: list[str]) -> None:
    after = edit.on_network(NETWORK)
    assert edit.title(NETWORK) == title
    assert [one.type.kind for one in after.layers] == kinds
    assert Network.from_json(after.to_json()) == after
    assert len({one.id for one in after.layers}) == len(after.layers)


def test_settings_are_said_with_their_labels_and_units_of_thousands() -> None:
    settings = SetValues("layer_001", (("padding", "same"), ("kernel_size", (5, 5))))
    assert settings.title(NETWORK) == "Set padding to same and kernel size to 5 × 5"
    after = settings.on_network(NETWORK).layer("layer_001").type
    assert after == Conv2D(4, (5, 5), padding="same")
    assert SetValues("layer_004", (("units", 2000),)).title(NETWORK) == "Set units to 2,000"
    elsewhere = SetValues("layer_001", (("strides", (1, 1)),), elsewhere=True)
    assert elsewhere.title(NETWORK) == "Set strides to 1 × 1 in Conv2D"


def test_a_layer_that_is_switched_off_is_kept() -> None:
    after = SwitchOff("layer_002").on_network(NETWORK)
    assert [one.enabled for one in after.layers] == [True, False, True, True]


def test_a_recipe_takes_its_value_and_leaves_the_network() -> None:
    edit = SetRecipe("batch_size", 8)
    assert edit.on_recipe(Recipe()) == Recipe().with_value("batch_size", 8)
    assert edit.on_network(NETWORK) is NETWORK
    assert Remove("layer_001").on_recipe(Recipe()) == Recipe()


def test_settings_reach_into_blocks_of_ones_own_and_no_others() -> None:
    inner = Branches((Child("a", Conv2D(4, (3, 3)), ("",)),))
    outer = Branches((Child("b", inner, ("",)),))
    network = Network.of(Input(8, 8), [outer, Residual(4)])
    edit = SetValues("layer_001/b/a", (("padding", "same"),))
    assert edit.title(network) == "Set padding to same"
    block = edit.on_network(network).layer("layer_001").type
    assert isinstance(block, Branches)
    within = block.child("b").type
    assert isinstance(within, Branches)
    assert within.child("a").type == Conv2D(4, padding="same")
    with pytest.raises(EngineError, match="follows from its settings"):
        SetValues("layer_002/conv1", (("padding", "same"),)).on_network(network)


def test_what_is_not_possible_is_refused() -> None:
    with pytest.raises(EngineError):
        SetValues("layer_001", (("units", 3),)).on_network(NETWORK)
    with pytest.raises(EngineError):
        SetValues("layer_001", (("filters", 0),)).on_network(NETWORK)

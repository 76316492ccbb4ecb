"""A network must end in one number for each class; where it does not, the words say what to do."""

from __future__ import annotations

import pytest

from engine.analysis import analyse
from engine.ending import with_classes
from engine.facts import Problem
from engine.layers import LayerType
from engine.layers.activation import Activation
from engine.layers.conv2d import Conv2D
from engine.layers.dense import Dense
from engine.layers.dropout import Dropout
from engine.layers.flatten import Flatten
from engine.layers.global_average_pooling2d import GlobalAveragePooling2D
from engine.layers.input import Input
from engine.layers.max_pooling2d import MaxPooling2D
from engine.network import Network


def network(*types: LayerType) -> Network:
    return Network.of(Input(8, 8, "grayscale"), types)


def problem(*types: LayerType, classes: int | None = 10) -> Problem:
    (found,) = analyse(network(*types), classes).problems
    return found


def test_an_empty_stack_has_no_layers_yet() -> None:
    assert problem().layer == "input"
    assert "no layers yet" in problem().what


def test_a_stack_without_dense_ends_in_maps() -> None:
    found = problem(Conv2D(4), MaxPooling2D())
    assert found.layer == "layer_002"
    assert found.what == "The network ends in maps of 3 × 3 × 4, not in one number for each class."
    assert found.fix == "Add Flatten or GlobalAveragePooling2D, and then Dense with 10 units."


def test_a_stack_that_ends_in_flatten_needs_a_dense() -> None:
    found = problem(Conv2D(4), Flatten())
    assert found.layer == "layer_002"
    assert found.what == "The network ends in 144 numbers, and the dataset has 10 classes."
    assert found.fix == "Add Dense with 10 units at the end."


def test_a_dense_before_flatten_works_at_each_place() -> None:
    found = problem(Conv2D(4), Dense(10))
    assert found.layer == "layer_002"
    assert found.what == (
        "Dense (layer_002) looks at each of 6 × 6 places by itself: the network ends in maps of 6 × 6 × 10."
    )
    assert found.fix == "Add Flatten or GlobalAveragePooling2D before Dense (layer_002)."
    assert problem(Dense(10), Flatten()).what == "The network ends in 640 numbers, and the dataset has 10 classes."


def test_units_that_do_not_match_the_classes_are_named_with_their_layer() -> None:
    found = problem(Flatten(), Dense(7), Dropout(), Activation("softmax"))
    assert found.layer == "layer_002"
    assert found.what == "The network ends in 7 numbers, and the dataset has 10 classes."
    assert found.fix == "Set units of Dense (layer_002) to 10."


def test_filters_decide_where_pooling_ends_the_network() -> None:
    assert problem(Conv2D(4), GlobalAveragePooling2D()).fix == "Set filters of Conv2D (layer_001) to 10."


def test_one_unit_does_not_do_for_two_classes() -> None:
    found = problem(Flatten(), Dense(1, activation="sigmoid"), classes=2)
    assert found.what == "The network ends in one number, and the dataset has 2 classes."
    assert "for two classes too" in found.expected


def test_without_a_dataset_any_number_will_do() -> None:
    assert analyse(network(Flatten(), Dense(7))).problems == ()


@pytest.mark.parametrize(
    ("types", "changed"),
    [
        ((Flatten(), Dense(7)), "layer_002"),
        ((Flatten(), Dense(7), Dropout(), Activation("softmax")), "layer_002"),
        ((Conv2D(4), GlobalAveragePooling2D()), "layer_001"),
        ((Conv2D(4, (8, 8)), Flatten()), "layer_001"),
        ((MaxPooling2D((9, 9)), Flatten(), Dense(7)), "layer_003"),
    ],
)
def test_a_network_can_be_made_to_fit_the_classes(types: tuple[LayerType, ...], changed: str) -> None:
    before = network(*types)
    after = with_classes(before, 3)
    assert [one.id for one, two in zip(after.layers, before.layers, strict=True) if one != two] == [changed]
    assert not [one for one in analyse(after, 3).problems if "classes" in one.what]


@pytest.mark.parametrize(
    "types", [(), (Conv2D(4), Flatten()), (Conv2D(4), MaxPooling2D((9, 9)), Flatten()), (Flatten(),)]
)
def test_a_network_that_no_layer_decides_stays_as_it_is(types: tuple[LayerType, ...]) -> None:
    assert with_classes(network(*types), 3) == network(*types)

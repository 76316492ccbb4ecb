"""Remedies: whatever is offered mends its problem, and the common mistakes have one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.analysis import analyse
from engine.facts import Problem
from engine.layers import LayerType
from engine.layers.batch_normalization import BatchNormalization
from engine.layers.branches import Branches
from engine.layers.conv2d import Conv2D
from engine.layers.conv2d_transpose import Conv2DTranspose
from engine.layers.cropping2d import Cropping2D
from engine.layers.dense import Dense
from engine.layers.depthwise_conv2d import DepthwiseConv2D
from engine.layers.dropout import Dropout
from engine.layers.flatten import Flatten
from engine.layers.global_average_pooling2d import GlobalAveragePooling2D
from engine.layers.group_normalization import GroupNormalization
from engine.layers.input import Input
from engine.layers.inverted_residual import InvertedResidual
from engine.layers.max_pooling2d import MaxPooling2D
from engine.layers.normalization import Normalization
from engine.layers.permute import Permute
from engine.layers.relu import ReLU
from engine.layers.repeat_vector import RepeatVector
from engine.layers.rescaling import Rescaling
from engine.layers.reshape import Reshape
from engine.layers.softmax import Softmax
from engine.network import Network
from engine.remedies import MOST, Remedy, remedies
from tests.engine.layers.strategies import layers

STACKS = st.builds(
    Network.of,
    st.builds(Input, st.integers(1, 12), st.integers(1, 12)),
    st.lists(layers(), max_size=5),
)


def titles(types: list[LayerType], *, input: Input | None = None, classes: int | None = 10) -> list[str]:
    """The remedies of the only problem of this stack."""
    network = Network.of(input or Input(8, 8, "grayscale"), types)
    found = analyse(network, classes)
    (problem,) = found.problems
    return [one.title for one in remedies(network, found, problem, classes)]


@pytest.mark.parametrize(
    ("types", "first"),
    [
        ([], ["Add Flatten and Dense with 10 units"]),
        ([Conv2D(4), Dense(10)], ["Insert Flatten", "Insert GlobalAveragePooling2D"]),
        ([Conv2D(4)], ["Add Flatten and Dense with 10 units", "Add GlobalAveragePooling2D and Dense with 10 units"]),
        ([Conv2D(10)], ["Add GlobalAveragePooling2D"]),
        ([Flatten(), Dense(7)], ["Set units to 10", "Add Dense with 10 units"]),
        ([Flatten(), Dense(1, activation="sigmoid")], ["Set units to 10 and activation to softmax"]),
        ([Conv2D(4), GlobalAveragePooling2D()], ["Set filters to 10"]),
        ([MaxPooling2D((9, 9)), Flatten(), Dense(10)], ["Set padding to same", "Set pool size to 8 × 8"]),
        ([Conv2D(4, (9, 9)), Flatten(), Dense(10)], ["Set padding to same", "Set kernel size to 8 × 8"]),
        ([Conv2D(4, dilation_rate=(5, 5)), Flatten(), Dense(10)], ["Set dilation rate to 1 × 1"]),
        (
            [Conv2D(4, strides=(2, 2), dilation_rate=(2, 2)), Flatten(), Dense(10)],
            ["Set dilation rate to 1 × 1", "Set strides to 1 × 1"],
        ),
        ([Conv2D(4, groups=2), Flatten(), Dense(10)], ["Set groups to 1"]),
        ([DepthwiseConv2D(strides=(2, 1)), Flatten(), Dense(10)], ["Set strides to 2 × 2", "Set strides to 1 × 1"]),
        ([Conv2D(6), GroupNormalization(4), Flatten(), Dense(10)], ["Set groups to 2", "Set groups to 1"]),
        ([Flatten(), Conv2D(4), Flatten(), Dense(10)], ["Move it above Flatten", "Remove Conv2D"]),
        ([RepeatVector(2), Flatten(), Dense(10)], ["Insert Flatten", "Insert GlobalAveragePooling2D"]),
        ([Flatten(), Dense(1, activation="softmax")], ["Set units to 10", "Set activation to linear"]),
        ([Permute((1, 2)), Flatten(), Dense(10)], ["Set dims to 3, 2, 1"]),
        ([Reshape((5,)), Dense(10)], ["Set target shape to -1"]),
        ([Cropping2D((4, 4, 0, 0)), Flatten(), Dense(10)], ["Set cropping to 4, 3, 0, 0"]),
        ([Normalization((0.0, 0.0), (1.0,)), Flatten(), Dense(10)], ["Set mean to 0 and variance to 1"]),
        ([Input(8, 8), Flatten(), Dense(10)], ["Remove Input", "Switch Input off"]),
        ([InvertedResidual(4, strides=(2, 1)), Flatten(), Dense(10)], ["Set strides to 1 × 1"]),
    ],
)
def test_common_mistakes_have_remedies(types: list[LayerType], first: list[str]) -> None:
    assert titles(types)[: len(first)] == first


def test_output_padding_goes_back_to_automatic() -> None:
    types = [Conv2DTranspose(4, strides=(2, 2), output_padding=(2, 2)), Flatten(), Dense(10)]
    assert titles(types)[0] == "Set output padding to automatic"


def test_what_made_the_maps_too_small_can_be_left_out() -> None:
    pooled: list[LayerType] = [MaxPooling2D((4, 4)), Conv2D(4, (3, 3)), Flatten(), Dense(10)]
    assert "Remove MaxPooling2D above" in titles(pooled)
    leaping: list[LayerType] = [Conv2D(4, strides=(6, 6)), Conv2D(4, (3, 3)), Flatten(), Dense(10)]
    assert "Set strides to 1 × 1 in Conv2D" in titles(leaping)


def test_too_many_parameters_can_be_made_fewer() -> None:
    types: list[LayerType] = [Flatten(), Dense(60_000), Dense(60_000), Dense(10)]
    assert titles(types)[0] == "Set units to 33,257"


def test_too_many_values_can_be_made_fewer() -> None:
    types: list[LayerType] = [Conv2D(60_000), GlobalAveragePooling2D(), Dense(10)]
    assert titles(types, input=Input(512, 512))[0].startswith("Set filters to 1,9")


def test_a_fault_inside_a_block_of_ones_own_is_mended_there() -> None:
    wide = Branches().set_type("far", Conv2D(4, (9, 9)))
    network = Network.of(Input(8, 8), [wide, Flatten(), Dense(10)])
    found = analyse(network, 10)
    (problem,) = found.problems
    best = remedies(network, found, problem, 10)[0]
    assert (problem.layer, best.title) == ("layer_001/far", "Set padding to same")
    assert not analyse(best.edit.on_network(network), 10).problems


def test_removing_comes_last_and_few_are_offered() -> None:
    found = titles([Conv2D(4, (9, 9), dilation_rate=(2, 2), groups=1), Flatten(), Dense(10)])
    assert len(found) <= MOST
    assert not found[0].startswith(("Remove", "Switch"))


def test_a_remedy_says_what_undo_would_undo() -> None:
    network = Network.of(Input(8, 8), [Conv2D(4), Dense(10)])
    found = analyse(network, 10)
    assert remedies(network, found, found.problems[0], 10)[0].done == "insert Flatten"


def of_advice(*types: LayerType) -> dict[str, list[str]]:
    """The remedies of each piece of advice on this stack, by the first words of what it says."""
    network = Network.of(Input(16, 16), types)
    found = analyse(network, 10)
    assert not found.problems
    return {one.topic: [two.title for two in remedies(network, found, one, 10)] for one in found.advice}


def test_advice_has_remedies() -> None:
    relu = Conv2D(8, activation="relu")
    assert of_advice(relu, Flatten(), Dense(10)) == {"unscaled": ["Insert Rescaling"]}
    assert of_advice(Rescaling(), Conv2D(8), Flatten(), Dense(10)) == {
        "straight": ["Set activation to relu", "Insert ReLU"]
    }
    assert of_advice(Rescaling(), Flatten(), Dense(10), Dropout()) == {
        "regularised classes": ["Move it above Dense", "Remove Dropout"]
    }
    assert of_advice(Rescaling(), Flatten(), Dense(10), BatchNormalization()) == {
        "normalised classes": ["Move it above Dense", "Remove BatchNormalization"]
    }
    assert of_advice(Rescaling(), Flatten(), Dense(10, activation="softmax"), Softmax()) == {
        "two softmaxes": ["Set activation to linear in Dense", "Remove Softmax"]
    }
    assert of_advice(Rescaling(), Flatten(), Dense(9, activation="softmax"), Dense(10)) == {
        "early softmax": ["Set activation to relu"]
    }
    assert of_advice(Rescaling(), Flatten(), Dense(9), Softmax(), Dense(10)) == {
        "early softmax": ["Replace Softmax by ReLU"]
    }
    assert of_advice(Rescaling(), Flatten(), Dense(10), ReLU()) == {"bent classes": ["Remove ReLU"]}
    assert of_advice(
        Rescaling(), Conv2D(64, activation="relu"), Flatten(), Dense(64, activation="relu"), Dense(10)
    ) == {"heavy": ["Replace Flatten by GlobalAveragePooling2D"]}


def mended(network: Network, problem: Problem, remedy: Remedy, classes: int | None) -> None:
    """Check that `remedy` removes `problem` from `network` and gives an ordinary network."""
    after = remedy.edit.on_network(network)
    assert after != network
    assert Network.from_json(after.to_json()) == after
    found = analyse(after, classes)
    assert problem not in found.problems
    if problem.fault is not None:
        faults = [one for one in found.problems if one.fault is not None]
        known = analyse(network, classes).problems
        card = problem.card
        assert all(one.card != card or one in known for one in faults)
    else:
        assert problem.topic not in {one.topic for one in found.problems}


@given(STACKS, st.sampled_from((None, 1, 2, 10)))
def test_every_problem_has_a_remedy_and_every_remedy_mends_it(network: Network, classes: int | None) -> None:
    before = analyse(network, classes)
    for problem in before.problems:
        offered = remedies(network, before, problem, classes)
        assert offered, problem
        assert len({one.title for one in offered}) == len(offered) <= MOST
        for remedy in offered:
            mended(network, problem, remedy, classes)


@given(STACKS, st.sampled_from((None, 2, 10)))
def test_a_remedy_of_advice_leaves_less_advice_and_no_problem(network: Network, classes: int | None) -> None:
    before = analyse(network, classes)
    for one in before.advice:
        for remedy in remedies(network, before, one, classes):
            after = analyse(remedy.edit.on_network(network), classes)
            assert len(after.advice) < len(before.advice)
            assert set(after.problems) <= set(before.problems)


@pytest.mark.parametrize(
    ("end", "offered"),
    [
        ([Dense(10, activation="sigmoid")], ["Set activation to softmax", "Set activation to linear"]),
        ([Dense(10, activation="relu"), Softmax()], ["Set activation to linear"]),
        ([Dense(10, activation="softmax"), Softmax()], ["Set activation to linear in Dense", "Remove Softmax"]),
        ([Dense(10), Softmax(), Softmax()], ["Remove Softmax above", "Remove Softmax"]),
    ],
)
def test_a_wrong_end_is_mended_at_one_click(end: list[LayerType], offered: list[str]) -> None:
    network = Network.of(Input(8, 8), [Rescaling(), Flatten(), *end])
    found = analyse(network, 10)
    (advice,) = found.advice
    mends = remedies(network, found, advice, 10)
    assert [one.title for one in mends] == offered
    for one in mends:
        assert not analyse(one.edit.on_network(network), 10).advice

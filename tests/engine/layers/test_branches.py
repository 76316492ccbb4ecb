"""A block whose inside the user draws: its edits, its file, its caps, and what it is in Keras."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine import limits
from engine.analysis import Analysis, analyse
from engine.build import build
from engine.errors import EngineError
from engine.layers import LayerType, layer_type
from engine.layers.add import Add
from engine.layers.block import Child
from engine.layers.branches import Branches
from engine.layers.concatenate import Concatenate
from engine.layers.conv2d import Conv2D
from engine.layers.conv_bn_activation import ConvBNActivation
from engine.layers.dense import Dense
from engine.layers.flatten import Flatten
from engine.layers.input import Input
from engine.layers.max_pooling2d import MaxPooling2D
from engine.layers.multiply import Multiply
from engine.layers.relu import ReLU
from engine.network import Network
from engine.schema import checked
from tests.engine.layers.strategies import layers

SAME = Conv2D(filters=3, padding="same")
SKIP = Branches((Child("conv", SAME, ("",)), Child("add", Add(), ("", "conv"))))


def analysed(block: Branches) -> Analysis:
    return analyse(Network.of(Input(6, 6), [block, Flatten(), Dense(2)]))


def names(block: Branches) -> list[str]:
    return [one.name for one in block.inside]


def test_a_shortcut_drawn_by_hand_adds_what_it_goes_around() -> None:
    found = analysed(SKIP)
    assert found.graph is not None
    assert [node.path for node in found.graph] == [
        *("input", "layer_001/conv", "layer_001/add", "layer_002", "layer_003")
    ]
    assert found.graph.node("layer_001/add").inputs == ("input", "layer_001/conv")
    assert found.facts["layer_001"].parameters == 3 * 3 * 3 * 3 + 3
    assert found.facts["layer_001"].receptive_field == (3, 3)
    model = build(found.graph, seed=0)
    image = np.random.default_rng(0).normal(size=(1, 6, 6, 3)).astype(np.float32)
    conv, add = model.get_layer("layer_001.conv"), model.get_layer("layer_001.add")
    np.testing.assert_allclose(np.asarray(add([image, conv(image)])), image + np.asarray(conv(image)), rtol=1e-6)


def test_the_edits_give_new_blocks_and_leave_the_old_one() -> None:
    block = SKIP.inserted_after("conv", "relu", ReLU())
    assert [(one.name, one.inputs) for one in block.inside] == [
        *(("conv", ("",)), ("relu", ("conv",)), ("add", ("", "relu")))
    ]
    assert names(SKIP) == ["conv", "add"]
    assert block.removed("relu") == SKIP
    assert block.removed("conv").child("relu").inputs == ("",)
    assert block.renamed("conv", "look").child("relu").inputs == ("look",)
    assert block.set_type("add", Multiply()).child("add").type == Multiply()
    assert SKIP.added("relu", ReLU(), ("add",)).inside[-1].name == "relu"
    before_all = SKIP.inserted_after("", "pool", MaxPooling2D())
    assert {one.name: one.inputs for one in before_all.inside} == {
        "pool": ("",),
        "conv": ("pool",),
        "add": ("pool", "conv"),
    }


def test_what_reads_a_later_layer_moves_behind_it() -> None:
    block = Branches((Child("a", ReLU(), ("",)), Child("b", ReLU(), ("",)), Child("add", Add(), ("a", "b"))))
    assert names(block.rewired("a", ("b",))) == ["b", "a", "add"]
    assert names(block.rewired("add", ("b", "a"))) == ["a", "b", "add"]


@pytest.mark.parametrize(
    ("edit", "words"),
    [
        (lambda: SKIP.rewired("conv", ("add",)), "in a circle"),
        (lambda: SKIP.rewired("conv", ("conv",)), "in a circle"),
        (lambda: SKIP.rewired("conv", ("gone",)), "cannot read 'gone'"),
        (lambda: SKIP.rewired("conv", ()), "cannot read 'nothing'"),
        (lambda: SKIP.rewired("add", ("conv",) * 65), "would read 65 layers"),
        (lambda: SKIP.removed("gone"), "no layer 'gone'"),
        (lambda: SKIP.added("conv", ReLU(), ("add",)), "already has a layer called 'conv'"),
        (lambda: SKIP.renamed("add", "conv"), "already has a layer called 'conv'"),
        (lambda: SKIP.renamed("add", "Über <b>"), "cannot be called 'Über <b>'"),
        (lambda: SKIP.added("image", Input(), ("add",)), "An input cannot stand inside a block"),
        (lambda: SKIP.removed("add").removed("conv"), "would be empty"),
        (lambda: Branches(()), "would be empty"),
    ],
)
def test_an_edit_that_makes_no_graph_is_refused(edit: Callable[[], object], words: str) -> None:
    with pytest.raises(EngineError, match=words):
        edit()


def nested(depth: int) -> Branches:
    block = SKIP
    for _ in range(depth - 1):
        block = Branches((Child("inner", block, ("",)),))
    return block


def test_blocks_stand_in_each_other_down_to_a_cap() -> None:
    found = analysed(nested(limits.MAX_BLOCK_DEPTH))
    assert found.graph is not None
    assert "layer_001/inner/inner/inner/add" in found.facts
    with pytest.raises(EngineError, match="deep"):
        nested(limits.MAX_BLOCK_DEPTH + 1)
    data = nested(limits.MAX_BLOCK_DEPTH).to_json()
    with pytest.raises(EngineError, match="deep"):
        Branches.from_json({"inside": [{"name": "outer", "kind": "Branches", "values": data, "inputs": [""]}]})


def test_a_block_holds_so_many_layers_and_no_more() -> None:
    half = limits.MAX_BLOCK_LAYERS // 2
    row = Branches(tuple(Child(f"r{n}", ReLU(), (f"r{n - 1}" if n else "",)) for n in range(half)))
    assert len(row.inside) == half
    with pytest.raises(EngineError, match="would hold 202 layers"):
        Branches((Child("a", row, ("",)), Child("b", row, ("a",))))


@pytest.mark.parametrize(
    ("block", "path", "words"),
    [
        (SKIP.set_type("conv", Conv2D(filters=4, padding="same")), "add", "6 × 6 × 3 and 6 × 6 × 4 do not go together"),
        (SKIP.set_type("conv", Conv2D(filters=3, kernel_size=(9, 9))), "conv", "9 × 9 does not fit"),
        (SKIP.set_type("add", ReLU()), "add", "reads 2 layers at once"),
        (SKIP.set_type("add", ConvBNActivation()), "add", "reads 2 layers at once"),
        (SKIP.rewired("add", ("conv",)), "add", "only one enters"),
        (SKIP.added("late", ReLU(), ("conv",)), "add", "No layer reads what leaves it"),
        (Branches((Child("inner", SKIP.set_type("add", ReLU()), ("",)),)), "inner/add", "reads 2 layers at once"),
    ],
)
def test_a_problem_inside_is_said_with_its_path(block: Branches, path: str, words: str) -> None:
    found = analysed(block)
    (problem,) = found.problems
    assert problem.layer == f"layer_001/{path}"
    assert words in problem.what
    assert found.graph is None
    assert found.problems_of("layer_001") == (problem,)
    assert problem.expected.endswith(".")
    assert problem.fix.endswith(".")


@st.composite
def blocks(draw: st.DrawFn, depth: int = 2) -> Branches:
    """A random graph of layers that keep 6 x 6 x 3 maps, and of some that need not."""
    inside: list[Child] = []
    for number in range(draw(st.integers(1, 6))):
        before = ["", *(one.name for one in inside)]
        inputs = tuple(draw(st.lists(st.sampled_from(before), min_size=1, max_size=3)))
        if len(inputs) > 1:
            type: LayerType = draw(st.sampled_from([Add(), Multiply(), Concatenate()]))
        elif depth and draw(st.booleans()):
            type = draw(blocks(depth - 1))
        else:
            type = draw(st.one_of(st.just(ReLU()), st.just(SAME), layers()))
        inside.append(Child(f"child_{number}", type, inputs))
    return Branches(tuple(inside))


@settings(deadline=None)
@given(blocks())
def test_json_gives_the_same_block_back_through_the_schema_too(block: Branches) -> None:
    assert layer_type("Branches").from_json(json.loads(json.dumps(block.to_json()))) == block
    network = Network.of(Input(6, 6), [block])
    data = json.loads(json.dumps(network.to_json()))
    assert Network.from_json(checked("network", data, "network.json")) == network


@settings(deadline=None, max_examples=40)
@given(blocks())
def test_what_is_said_of_a_random_graph_is_what_keras_makes_of_it(block: Branches) -> None:
    found = analysed(block)
    assert block.explain(((6, 6, 3),)).endswith(".")
    if found.graph is None:
        assert found.problems
        return
    model = build(found.graph, seed=0)
    assert model.count_params() == found.parameters
    for node in found.graph:
        assert model.get_layer(node.keras_name).output.shape[1:] == found.facts[node.path].output_shape


GOOD: dict[str, Any] = {"name": "a", "kind": "ReLU", "values": {}, "inputs": [""]}


@pytest.mark.parametrize(
    "inside",
    [
        *(7, None, {}, "abc", [7], [None], [[]], [GOOD] * 1000, []),
        *([{**GOOD, field: value}] for field in GOOD for value in (None, 7, [7], {"a": 1}, "\N{BELL}")),
        [{**GOOD, "more": 1}],
        [{**GOOD, "values": {"max_value": float("nan")}}],
        [{**GOOD, "kind": "Conv9D"}],
        [GOOD, GOOD],
    ],
)
def test_a_file_that_is_wrong_inside_is_refused_in_words(inside: object) -> None:
    with pytest.raises(EngineError):
        Branches.from_json({"inside": inside})


def test_unknown_fields_of_the_block_itself_are_refused_and_missing_ones_take_their_default() -> None:
    with pytest.raises(EngineError, match="no setting called 'outside'"):
        Branches.from_json({"outside": []})
    assert Branches.from_json({}) == Branches()
    assert analysed(Branches()).graph is not None


def test_a_layer_beside_another_is_joined_with_it() -> None:
    block = Branches().inserted_beside("near", "wide", Conv2D(8, padding="same"))
    assert block.child("wide").inputs == ("",)
    assert block.child("concatenate").inputs == ("near", "wide", "far")


def test_where_nothing_joins_a_concatenate_does() -> None:
    line = Branches((Child("one", Conv2D(4), ("",)), Child("two", Conv2D(4), ("one",))))
    block = line.inserted_beside("one", "other", Conv2D(8))
    assert block.child("two").inputs == ("concatenate",)
    assert block.child("concatenate").inputs == ("one", "other")
    at_the_end = line.inserted_beside("two", "other", Conv2D(8))
    assert at_the_end.inside[-1].inputs == ("two", "other")


def test_a_free_name_is_one_that_no_layer_has() -> None:
    assert Branches().free_name("far") == "far_2"
    assert Branches().free_name("far", "far_2") == "far_3"
    assert Branches().free_name("new") == "new"


CHAIN = Branches((Child("a", SAME, ("",)), Child("b", ReLU(), ("a",)), Child("join", Add(), ("a", "b"))))


def test_a_layer_that_is_off_is_passed_by() -> None:
    off = CHAIN.set_enabled("b", False)
    assert [(one.name, one.inputs) for one in off.taking_part] == [("a", ("",)), ("join", ("a", "a"))]
    assert off.caption() == "3 layers, 1 off"
    assert Branches.from_json(json.loads(json.dumps(off.to_json()))) == off
    graph = analysed(off).graph
    assert graph is not None
    assert [node.path for node in graph][1:3] == ["layer_001/a", "layer_001/join"]
    build(graph, seed=0)
    with pytest.raises(EngineError, match="All layers"):
        off.set_enabled("a", False).set_enabled("join", False)
    broken = off.to_json()
    broken["inside"][0]["enabled"] = "no"
    with pytest.raises(EngineError, match="not right"):
        Branches.from_json(broken)


@pytest.mark.parametrize(("upper", "lower"), [("a", "b"), ("b", "join")])
def test_two_layers_change_places_and_back(upper: str, lower: str) -> None:
    turned = CHAIN.swapped(upper, lower)
    assert turned != CHAIN
    assert names(turned) == [{upper: lower, lower: upper}.get(one, one) for one in names(CHAIN)]
    if (upper, lower) == ("a", "b"):
        assert [one.inputs for one in turned.inside] == [("",), ("b",), ("b", "a")], "the wires stay"
        assert turned.swapped(lower, upper) == CHAIN
    else:
        assert turned.child("join").inputs == ("a", "a")
        assert turned.child("b").inputs == ("join",)
        assert turned.swapped(lower, upper) == CHAIN


def test_branches_change_places_with_their_wires() -> None:
    block = Branches()
    turned = block.swapped("near", "far")
    assert turned.child("concatenate").inputs == ("far", "near")
    assert turned.swapped("far", "near") == block


def test_a_layer_comes_between_another_and_what_that_reads() -> None:
    block = CHAIN.inserted_before("join", "new", MaxPooling2D())
    assert names(block) == ["a", "b", "new", "join"]
    assert block.child("join").inputs == ("a", "new")
    assert block.child("new").inputs == ("b",)
    assert CHAIN.inserted_before("a", "new", ReLU()).child("a").inputs == ("new",)


def test_a_branch_that_is_taken_out_leaves_the_others() -> None:
    assert Branches().taken_out("near").child("concatenate").inputs == ("far",)
    assert CHAIN.taken_out("b").child("join").inputs == ("a", "a")

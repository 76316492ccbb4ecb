"""Editing a stack, and its JSON."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from engine import limits
from engine.errors import EngineError
from engine.graph import INPUT_PATH
from engine.layers.conv2d import Conv2D
from engine.layers.dense import Dense
from engine.layers.dropout import Dropout
from engine.layers.flatten import Flatten
from engine.layers.input import Input
from engine.network import Network
from tests.engine.layers.strategies import layers

SMALL = Network.of(Input(8, 8, "grayscale"), [Conv2D(4), Flatten(), Dense(10)])


def kinds(network: Network) -> list[str]:
    return [one.type.kind for one in network.layers]


def test_a_layer_can_be_put_anywhere() -> None:
    network = SMALL.added(Dropout(), 1)
    assert kinds(network) == ["Conv2D", "Dropout", "Flatten", "Dense"]
    assert [one.id for one in network.layers] == ["layer_001", "layer_004", "layer_002", "layer_003"]
    assert kinds(SMALL) == ["Conv2D", "Flatten", "Dense"], "an edit gives a new network"


def test_an_id_is_never_given_twice() -> None:
    network = SMALL.removed(["layer_003"]).added(Dense(5))
    assert network.layers[-1].id == "layer_004"


def test_a_copy_stands_behind_its_original_and_has_its_label() -> None:
    network = SMALL.renamed("layer_001", "Edges").set_enabled("layer_001", False).duplicated("layer_001")
    first, second = network.layers[:2]
    assert (second.type, second.label, second.enabled) == (first.type, "Edges", False)
    assert second.id == "layer_004"


def test_moving_counts_places_in_what_remains() -> None:
    assert kinds(SMALL.moved("layer_001", 1)) == ["Flatten", "Conv2D", "Dense"]
    assert kinds(SMALL.moved("layer_003", 0)) == ["Dense", "Conv2D", "Flatten"]
    assert kinds(SMALL.moved("layer_001", 99)) == ["Flatten", "Dense", "Conv2D"]


def test_several_layers_move_and_are_copied_side_by_side() -> None:
    network = SMALL.moved(["layer_003", "layer_001"], 1)
    assert [one.id for one in network.layers] == ["layer_002", "layer_001", "layer_003"]
    copies = SMALL.duplicated("layer_002", "layer_001")
    assert kinds(copies) == ["Conv2D", "Flatten", "Conv2D", "Flatten", "Dense"]
    assert [one.id for one in copies.layers[2:4]] == ["layer_004", "layer_005"]
    with pytest.raises(EngineError):
        SMALL.moved(["layer_001", INPUT_PATH], 0)


def test_a_layer_that_is_switched_off_stays_in_its_place() -> None:
    network = SMALL.set_enabled("layer_001", False)
    assert kinds(network) == ["Conv2D", "Flatten", "Dense"]
    assert [one.type.kind for one in network.stack] == ["Flatten", "Dense"]


def test_the_title_is_the_label_or_the_kind() -> None:
    assert SMALL.layer("layer_003").full_title == "Dense (layer_003)"
    assert SMALL.renamed("layer_003", "  Größe\n").layer("layer_003").title == "Größe"
    assert len(SMALL.renamed("layer_003", "x" * 999).layer("layer_003").label) == limits.MAX_LABEL_LENGTH


def test_the_input_changes_its_size_but_stays_an_input() -> None:
    assert SMALL.set_type(INPUT_PATH, Input(9, 9)).input == Input(9, 9)
    with pytest.raises(EngineError, match="cannot become another kind"):
        SMALL.set_type(INPUT_PATH, Dense(3))
    for edit in (SMALL.duplicated, SMALL.index, lambda one: SMALL.moved(one, 1), lambda one: SMALL.removed([one])):
        with pytest.raises(EngineError, match="The input cannot be moved"):
            edit(INPUT_PATH)


def test_an_unknown_id_is_refused_with_the_known_ones() -> None:
    with pytest.raises(EngineError, match="layer_001, layer_002"):
        SMALL.layer("layer_099")


def test_there_is_a_largest_network() -> None:
    network = Network.of(Input(), [Dropout()] * limits.MAX_LAYERS)
    with pytest.raises(EngineError, match="at most 1,000 layers"):
        network.added(Dropout())


@settings(deadline=None)
@given(st.lists(layers(), max_size=5), st.text(max_size=20), st.booleans())
def test_json_gives_the_same_network_back(types: list[object], label: str, enabled: bool) -> None:
    network = Network.of(Input(5, 7, "grayscale"), types)  # type: ignore[arg-type]
    for one in network.layers:
        network = network.renamed(one.id, label).set_enabled(one.id, enabled)
    assert Network.from_json(json.loads(json.dumps(network.to_json()))) == network


@pytest.mark.parametrize("id", ["", "a/b", "größe", "input", "1st", "x" * 65, "a b", "a\n"])
def test_an_id_that_keras_could_not_take_is_refused(id: str) -> None:
    data = SMALL.to_json()
    data["layers"][0]["id"] = id
    with pytest.raises(EngineError, match="has the id"):
        Network.from_json(data)


def test_an_id_given_twice_is_refused() -> None:
    data = SMALL.to_json()
    data["layers"][0]["id"] = "layer_002"
    with pytest.raises(EngineError, match="the same id"):
        Network.from_json(data)


def test_a_file_with_too_many_layers_is_refused() -> None:
    data = SMALL.to_json()
    data["layers"] = [{**data["layers"][1], "id": f"a{number}"} for number in range(limits.MAX_LAYERS + 1)]
    with pytest.raises(EngineError, match="1,001 layers"):
        Network.from_json(data)


def test_a_file_whose_next_number_is_taken_gives_no_id_twice() -> None:
    network = Network.from_json({**SMALL.to_json(), "next_number": 2})
    assert network.added(Flatten()).layers[-1].id == "layer_004"


class Editing(RuleBasedStateMachine):
    """Any sequence of edits."""

    @initialize()
    def start(self) -> None:
        self.network = SMALL
        self.seen = {one.id for one in SMALL.layers}

    def _any(self, place: int) -> str | None:
        return self.network.layers[place % len(self.network.layers)].id if self.network.layers else None

    def _fresh(self, before: Network) -> None:
        new = {one.id for one in self.network.layers} - {one.id for one in before.layers}
        assert len(new) == 1
        assert not new & self.seen
        self.seen |= new

    @rule(type=layers(), place=st.integers(0, 9))
    def add(self, type: Dense, place: int) -> None:
        before = self.network
        self.network = before.added(type, place)
        self._fresh(before)

    @rule(place=st.integers(0, 9))
    def duplicate(self, place: int) -> None:
        before, id = self.network, self._any(place)
        if id:
            self.network = before.duplicated(id)
            self._fresh(before)

    @rule(place=st.integers(0, 9))
    def remove(self, place: int) -> None:
        id = self._any(place)
        if id:
            self.network = self.network.removed([id])
            assert id not in {one.id for one in self.network.layers}

    @rule(place=st.integers(0, 9), goal=st.integers(0, 9))
    def move(self, place: int, goal: int) -> None:
        id = self._any(place)
        if id:
            before = self.network
            self.network = before.moved(id, goal)
            assert set(self.network.layers) == set(before.layers)
            assert self.network.index(id) == min(goal, len(before.layers) - 1)

    @rule()
    def save_and_open(self) -> None:
        self.network = Network.from_json(json.loads(json.dumps(self.network.to_json())))

    @invariant()
    def ids_are_unique(self) -> None:
        ids = [one.id for one in self.network.layers]
        assert len(set(ids)) == len(ids)


TestEditing = Editing.TestCase
TestEditing.settings = settings(deadline=None, max_examples=30, stateful_step_count=20)

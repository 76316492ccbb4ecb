"""Which layers of two networks belong together, and how they differ."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from engine.comparison import Difference, Likeness, compare
from engine.layers.branches import Branches
from engine.layers.conv2d import Conv2D
from engine.layers.dense import Dense
from engine.layers.dropout import Dropout
from engine.layers.flatten import Flatten
from engine.layers.input import Input
from engine.layers.max_pooling2d import MaxPooling2D
from engine.network import Network
from engine.templates import template
from tests.engine.layers.strategies import layers

BASE = Network.of(Input(8, 8, "grayscale"), [Conv2D(4), MaxPooling2D(), Flatten(), Dense(10)])


def rows(left: Network, right: Network, *, by_id: bool = True) -> list[tuple[str, str, str]]:
    """Left kind, likeness, right kind."""
    return [
        (one.left.type.kind if one.left else "", str(one.likeness), one.right.type.kind if one.right else "")
        for one in compare(left, right, by_id=by_id).matches
    ]


def test_a_network_is_the_same_as_itself() -> None:
    found = compare(BASE, BASE)
    assert found.different == 0
    assert len(found.matches) == 5


def test_a_changed_setting_is_named_with_both_values() -> None:
    found = compare(BASE, BASE.set_type("layer_001", Conv2D(8, kernel_size=(5, 5))))
    assert found.matches[1].likeness is Likeness.CHANGED
    assert found.matches[1].differences == (
        Difference("filters", "4", "8"),
        Difference("kernel_size", "3 × 3", "5 × 5"),
    )


def test_input_names_and_switches_count_too() -> None:
    other = BASE.renamed("layer_001", "Edges").set_enabled("layer_003", False).set_type("input", Input(9, 8))
    found = compare(BASE, other)
    assert [one.name for one in found.matches[0].differences] == ["height", "channels"]
    assert found.matches[1].differences == (Difference("name", "Conv2D", "Edges"),)
    assert found.matches[3].differences == (Difference("switched", "on", "off"),)


def test_what_was_added_and_removed_stands_where_it_is() -> None:
    other = BASE.added(Dropout(), 1).removed(["layer_003"])
    assert rows(BASE, other)[1:] == [
        ("Conv2D", "same", "Conv2D"),
        ("", "only right", "Dropout"),
        ("MaxPooling2D", "same", "MaxPooling2D"),
        ("Flatten", "only left", ""),
        ("Dense", "same", "Dense"),
    ]


def test_a_layer_that_moved_is_said_to_have_moved() -> None:
    assert rows(BASE, BASE.moved("layer_001", 2))[1:] == [
        ("Conv2D", "moved", ""),
        ("MaxPooling2D", "same", "MaxPooling2D"),
        ("Flatten", "same", "Flatten"),
        ("", "moved", "Conv2D"),
        ("Dense", "same", "Dense"),
    ]


def test_a_layer_of_one_id_that_became_another_kind_is_changed() -> None:
    found = compare(BASE, BASE.set_type("layer_002", Dropout())).matches[2]
    assert found.differences[0] == Difference("kind", "MaxPooling2D", "Dropout")


def test_networks_of_different_origin_are_matched_by_kind_and_settings() -> None:
    left = Network.of(Input(), [Conv2D(4), Conv2D(8), Flatten(), Dense(10)])
    right = Network.of(Input(), [Dropout(), Conv2D(8), Flatten(), Dense(64), Dense(10)])
    assert rows(left, right, by_id=False)[1:] == [
        ("Conv2D", "only left", ""),
        ("", "only right", "Dropout"),
        ("Conv2D", "same", "Conv2D"),
        ("Flatten", "same", "Flatten"),
        ("", "only right", "Dense"),
        ("Dense", "same", "Dense"),
    ]


def test_a_block_with_another_inside_differs() -> None:
    left = Network.of(Input(), [Branches()])
    right = left.set_type("layer_001", Branches().inserted_after("near", "drop", Dropout()))
    assert compare(left, right).matches[1].differences == (Difference("inside", "3 layers", "4 layers"),)


@settings(max_examples=60, deadline=None)
@given(st.lists(layers(), max_size=8), st.data())
def test_every_layer_stands_in_one_row_and_in_its_order(types: list[object], data: st.DataObject) -> None:
    left = Network.of(Input(), types)  # type: ignore[arg-type]
    ids = [one.id for one in left.layers]
    right = left.removed(data.draw(st.sets(st.sampled_from(ids)))) if ids else left
    for type in data.draw(st.lists(layers(), max_size=3)):
        right = right.added(type, data.draw(st.integers(0, 8)))
    if right.layers:
        right = right.moved(data.draw(st.sampled_from(right.layers)).id, data.draw(st.integers(0, 8)))
    for by_id in (True, False):
        found = compare(left, right, by_id=by_id).matches[1:]
        assert [one.left for one in found if one.left] == list(left.layers)
        assert [one.right for one in found if one.right] == list(right.layers)


def test_a_thousand_layers_are_compared() -> None:
    many = Network.of(Input(), [Conv2D(1 + place % 7) for place in range(1000)])
    assert compare(many, many.removed(["layer_500"]), by_id=False).different == 1


def test_templates_can_be_compared() -> None:
    one, other = (template(name, Input(32, 32), 10) for name in ("vgg_small", "starter"))
    found = compare(one, other, by_id=False)
    assert any(match.likeness is Likeness.SAME for match in found.matches[1:])
    assert any(match.likeness is not Likeness.SAME for match in found.matches)

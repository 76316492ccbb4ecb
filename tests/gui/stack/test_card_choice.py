"""Choosing several layers, as plain values."""

import pytest

from gui.stack.card_choice import range_to, toggled

LAYERS = ("a", "b", "c", "d")


@pytest.mark.parametrize(
    ("anchor", "id", "found"),
    [
        ("b", "d", ("b", "c", "d")),
        ("d", "b", ("b", "c", "d")),
        ("b", "b", ("b",)),
        ("c/inner", "d", ("c", "d")),
        ("input", "b", ("a", "b")),
        ("", "a", ("a",)),
    ],
)
def test_a_range_goes_from_the_first_chosen_one(anchor: str, id: str, found: tuple[str, ...]) -> None:
    assert range_to(LAYERS, anchor, id) == found


def test_a_layer_is_chosen_as_well_or_no_more() -> None:
    assert toggled(("a",), "c") == ("c", ("a", "c"))
    assert toggled(("a", "c"), "c") == ("a", ("a",))
    assert toggled(("a",), "a") == ("a", ("a",))

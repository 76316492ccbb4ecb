"""Variants: one of a few words with numbers of its own."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import EngineError
from engine.variants import Alternative, Variant, number

PENALTY = Variant(
    name="penalty",
    label="Penalty",
    default="l2",
    help="How much.",
    alternatives=(
        Alternative("none", "nothing"),
        Alternative("l2", "{strength} each", (number("strength", 0.01, 0.0, 10.0, "How much."),)),
        Alternative(
            "band",
            "{low} to {high}",
            (number("low", 0.0, -1.0, 1.0, "Low."), number("high", 1.0, -1.0, 1.0, "High.")),
            ascending=True,
        ),
    ),
)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("none", "none"),
        ("none()", "none"),
        ("l2", "l2(0.01)"),
        (" L2( 0.5 ) ", "l2(0.5)"),
        ("l2(1/3)", "l2(1/3)"),
        ("band(0.5)", "band(0.5, 1)"),
        ("band(-1, -0.5)", "band(-1, -0.5)"),
    ],
)
def test_numbers_left_out_are_filled_in(text: str, value: str) -> None:
    assert PENALTY.check(text) == PENALTY.parse(text) == value
    assert PENALTY.check(value) == value


@pytest.mark.parametrize(
    "text", ["", "l3", "none(1)", "l2(1, 2)", "l2(x)", "l2(nan)", "l2(11)", "band(1, 0)", "l2(1", "l2)", "l2(1)(1)"]
)
def test_what_cannot_be_is_refused_and_what_can_be_is_said(text: str) -> None:
    with pytest.raises(EngineError) as caught:
        PENALTY.check(text)
    assert caught.value.expected == (
        "Penalty must be one of none, l2(strength of at least 0 and at most 10), "
        "band(low of at least -1 and at most 1, high of at least -1 and at most 1, ascending)."
    )


@given(st.one_of(st.integers(), st.none(), st.binary(), st.text(), st.lists(st.text())))
def test_anything_else_is_refused_and_breaks_nothing(value: object) -> None:
    with pytest.raises(EngineError):
        PENALTY.check(value)


@given(st.floats(0.0, 10.0))
def test_a_number_reads_back_as_itself(strength: float) -> None:
    value = PENALTY.check(f"l2({strength!r})")
    alternative, numbers = PENALTY.chosen(value)
    assert (alternative.name, numbers) == ("l2", {"strength": strength})


def test_what_it_does_is_said_with_its_numbers() -> None:
    assert PENALTY.said("band(0.25, 0.5)") == "0.25 to 0.5"

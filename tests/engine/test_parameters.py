"""Parameters: what they allow, how they read, and what they say."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.data.split import Split
from engine.errors import EngineError
from engine.images.preprocessing import Preprocessing
from engine.parameters import Choice, Configured, choice, flag, integer, numbers, pair, real


@dataclass(frozen=True)
class Example(Configured):
    """One parameter of each kind."""

    kind: ClassVar[str] = "Example"

    count: int = integer(3, minimum=1, maximum=1_000, help="How many.")
    share: float = real(0.5, minimum=0.0, above=True, maximum=1.0, help="How much.")
    colour: str = choice("red", choices=("red", "green"), help="Which.")
    loud: bool = flag(False, help="Whether.")
    size: tuple[int, int] = pair((2, 2), minimum=1, maximum=9, help="How large.")
    sides: tuple[int, ...] = numbers((1,), minimum=-1, maximum=9, shortest=1, longest=3, whole=True, help="Sides.")
    means: tuple[float, ...] = numbers((0.5,), minimum=0, maximum=9, shortest=1, longest=2, help="Means.")
    limit: float | None = real(None, optional=True, none_text="no limit", help="Where it ends.")


GOOD: list[tuple[str, str, object]] = [
    ("count", " 12 ", 12),
    ("share", "1e-3", 0.001),
    ("share", "1/255", 1 / 255),
    ("share", "1", 1.0),
    ("colour", "Green", "green"),
    ("loud", "yes", True),
    ("loud", "FALSE", False),
    ("size", "3", (3, 3)),
    ("sides", " (2, -1 × 3) ", (2, -1, 3)),
    ("means", "1/4; 2", (0.25, 2.0)),
    ("size", "3x4", (3, 4)),
    ("size", "3 × 4", (3, 4)),
    ("size", "[3, 4]", (3, 4)),
    ("limit", "none", None),
    ("limit", "No limit", None),
    ("limit", "-2.5", -2.5),
]
BAD: list[tuple[str, str]] = [
    *[("count", text) for text in ("", "0", "1001", "2.5", "three", "none", "9" * 5000)],
    *[("share", text) for text in ("", "0", "-1", "1.5", "nan", "inf", "1/0", "1/2/3", "1e999")],
    *[("colour", text) for text in ("", "blue", "none")],
    *[("loud", text) for text in ("", "maybe", "2")],
    *[("size", text) for text in ("", "3x", "3x4x5", "0x3", "10", "a,b")],
    *[("sides", text) for text in ("", "1.5", "10", "1,2,3,4", "a", "()")],
    *[("means", text) for text in ("", "nan", "1/0", "-1", "1,2,3")],
    ("limit", "much"),
]
WRONG: list[tuple[str, object]] = [
    *[("count", value) for value in (True, 2.0, "3", None, 0, [3])],
    *[("share", value) for value in (True, "0.5", None, 0, math.nan, math.inf, 10**400)],
    *[("colour", value) for value in (None, 3, "Green", ["red"])],
    *[("loud", value) for value in (0, 1, "true", None)],
    *[("sides", value) for value in (None, "1", (), (1.0,), (True,), [1, 2, 3, 4], 10**400)],
    *[("means", value) for value in (None, "1", (math.nan,), (math.inf,), {1}, ((1,),))],
    *[("size", value) for value in (None, "22", (1,), (1, 2, 3), (True, 2), (1.0, 2), (0, 3), {1, 2})],
]


@pytest.mark.parametrize(("name", "text", "value"), GOOD)
def test_text_becomes_the_value_a_person_means(name: str, text: str, value: object) -> None:
    assert Example.parameter(name).parse(text) == value


@pytest.mark.parametrize(("name", "text"), BAD)
def test_nonsense_is_refused_with_what_is_allowed(name: str, text: str) -> None:
    with pytest.raises(EngineError, match="must be") as caught:
        Example.parameter(name).parse(text)
    assert len(caught.value.what) < 120
    assert "default" in caught.value.fix


@pytest.mark.parametrize(("name", "value"), WRONG)
def test_a_value_of_another_type_or_out_of_range_is_refused(name: str, value: object) -> None:
    with pytest.raises(EngineError, match=f"{name.capitalize()} cannot be"):
        Example(**{name: value})  # type: ignore[arg-type]


@given(st.floats(-1e6, 1e6))
def test_the_text_of_a_number_reads_back_as_that_number(number: float) -> None:
    limit = Example.parameter("limit")
    assert limit.parse(limit.text(number)) == number


def test_texts_are_short() -> None:
    limit = Example.parameter("limit")
    assert [limit.text(one) for one in (1 / 255, 1 / 127.5, 0.1, 32.0, 1e-7, None)] == [
        *("1/255", "1/127.5", "0.1", "32", "1e-07", "no limit")
    ]


def test_values_are_of_one_type_whatever_was_given() -> None:
    assert isinstance(Example(share=1).share, float)
    assert Example(size=3).size == (3, 3)  # type: ignore[arg-type]
    assert Example(size=[3, 4]).size == (3, 4)  # type: ignore[arg-type]


def test_changes_are_checked_and_leave_the_original() -> None:
    example = Example()
    assert example.changed(count=7).count == 7
    assert example.count == 3
    with pytest.raises(EngineError, match="no setting called 'colours'"):
        example.changed(colours="red")


def test_json_gives_the_same_values_back_and_missing_ones_their_default() -> None:
    example = Example(count=9, size=(1, 2), sides=(3, 4), means=(1,), limit=4)
    assert Example.from_json(example.to_json()) == example
    assert Example.from_json({"count": 9}) == Example(count=9)
    with pytest.raises(EngineError, match="no setting called 'x'"):
        Example.from_json({"x": 1})


def test_a_parameter_says_what_it_allows() -> None:
    assert [one.expectation() for one in Example.parameters()] == [
        "a whole number from 1 to 1,000",
        "a number above 0 and at most 1",
        "one of red, green",
        "true or false",
        "a height and a width, each a whole number from 1 to 9",
        "1 to 3 whole numbers from -1 to 9",
        "1 to 2 numbers from 0 to 9",
        "a number",
    ]


@pytest.mark.parametrize("kind", [Split, Preprocessing])
def test_what_counts_only_with_another_choice_names_words_of_it(kind: type[Configured]) -> None:
    with_another = [one for one in kind.parameters() if one.only_with]
    assert with_another
    for one in with_another:
        name, *words = one.only_with
        other = kind.parameter(name)
        assert isinstance(other, Choice)
        assert set(words) < set(other.choices)
        for word in other.choices:
            assert kind().changed(**{name: word}).counts(one.name) is (word in words)

from __future__ import annotations

import ast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.code.writing import call, camel, comment, docstring, identifier, literal, snake

TENTHS = st.integers(-(10**6), 10**6).map(lambda one: one / 10)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | TENTHS | st.text(),
    lambda inner: st.lists(inner, max_size=4).map(tuple),
    max_leaves=6,
)


@given(VALUES)
def test_python_reads_the_same_value_back(value: object) -> None:
    assert ast.literal_eval(literal(value)) == value


@given(st.integers(2, 10**6), st.sampled_from([1, -1]))
def test_a_part_of_one_is_the_same_number(parts: int, sign: int) -> None:
    over, _, under = literal(sign / parts).partition(" / ")
    assert float(over) / float(under or 1) == sign / parts


@pytest.mark.parametrize(("value", "text"), [(1 / 255, "1 / 255"), (0.5, "0.5"), ("it's", '"it\'s"'), ((3,), "(3,)")])
def test_values_are_written_as_people_do(value: object, text: str) -> None:
    assert literal(value) == text


def test_a_long_call_is_wrapped() -> None:
    assert call("f(", ["a", "b"], ")") == ["    f(a, b)"]
    middle = [f"argument_{n}=12345" for n in range(4)]
    assert call("x = f(", middle, ")") == ["    x = f(", "        " + ", ".join(middle), "    )"]
    many = [f"argument_{n}=12345" for n in range(5)]
    assert call("x = f(", many, ")")[1:-1] == [f"        {one}," for one in many]


@given(st.text(max_size=300))
def test_a_comment_stays_a_comment_whatever_it_holds(text: str) -> None:
    for line in comment(text):
        assert line.startswith("    # ")
        assert len(line) <= 79 or " " not in line.strip()[2:]
        assert line.isprintable()


def test_names_change_their_style() -> None:
    assert [snake(one) for one in ("ConvBNActivation", "Residual", "DenseBlock")] == [
        "conv_bn_activation",
        "residual",
        "dense_block",
    ]
    assert camel("categorical_crossentropy") == "CategoricalCrossentropy"
    assert (identifier("layers"), identifier("filters")) == ("layers_", "filters")
    assert docstring("Short.") == ['    """Short."""']
    assert docstring("word " * 30)[-1] == '    """'

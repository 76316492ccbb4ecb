"""Names and numbers in sentences."""

from __future__ import annotations

import pytest

from engine.data.words import counted, few


@pytest.mark.parametrize(
    ("names", "said"),
    [(["a"], "a"), (["a", "b", "c"], "a, b, c"), (["a", "b", "c", "d"], "a, b, c and 1 more")],
)
def test_three_names_are_said(names: list[str], said: str) -> None:
    assert few(names) == said


def test_one_is_one_and_thousands_are_parted() -> None:
    assert (counted(1), counted(2000), counted(0, "file")) == ("1 image", "2,000 images", "0 files")

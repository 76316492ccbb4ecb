"""Which images belong together, by the names of their files."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.data.grouping import group_names
from engine.data.split import Part, Split


def by_name(id: str, separator: str = "_ or -", pieces: int = 1) -> str:
    return group_names([id], [None], Split(groups="name", separator=separator, pieces=pieces))[0]


@pytest.mark.parametrize(
    ("id", "separator", "pieces", "group"),
    [
        ("cat/p07_left_2.png", "_ or -", 1, "p07"),
        ("cat/p07-left_2.png", "_ or -", 1, "p07"),
        ("cat/p07-left_2.png", "_ or -", 2, "p07_left"),
        ("cat/p07-left_2.png", "_", 1, "p07-left"),
        ("cat/p07-left_2.png", "-", 1, "p07"),
        ("cat/p07_left_2.png", "_", 9, "p07_left_2"),
        ("cat/deep/er/p 07.x.png", "space", 1, "p"),
        ("cat/p.07.x.png", ".", 2, "p.07"),
        ("cat/alone.png", "_ or -", 1, "alone"),
        ("cat/noending", "_ or -", 1, "noending"),
        ("cat/_7.png", "_ or -", 1, "_7"),
        ("cat/.hidden", "_", 1, ".hidden"),
        ("flat_1.png", "_", 1, "flat"),
    ],
)
def test_a_name_is_cut_at_the_separator(id: str, separator: str, pieces: int, group: str) -> None:
    assert by_name(id, separator, pieces) == group


@given(st.text(), st.sampled_from(["_ or -", "_", "-", ".", "space"]), st.integers(1, 20))
def test_every_name_has_a_group_and_more_pieces_make_finer_ones(id: str, separator: str, pieces: int) -> None:
    group = by_name(id, separator, pieces)
    assert bool(group) is bool(id.rpartition("/")[2])
    assert len(by_name(id, separator, min(20, pieces + 1))) >= len(group) or group == by_name(id, separator, 20)


@pytest.mark.parametrize(
    ("id", "part", "group"),
    [
        ("cat/p07/1.png", None, "p07"),
        ("cat/p07/left/1.png", None, "p07"),
        ("cat/1.png", None, "cat/1.png"),
        ("train/cat/p07/1.png", Part.TRAIN, "p07"),
        ("train/cat/1.png", Part.TRAIN, "train/cat/1.png"),
        ("1.png", None, "1.png"),
    ],
)
def test_the_folder_right_below_the_class_is_the_group(id: str, part: Part | None, group: str) -> None:
    assert group_names([id], [part], Split(groups="folder")) == [group]


def test_without_a_rule_each_image_is_on_its_own() -> None:
    assert group_names(["a/1", "b/1"], [None, None], Split()) == ["a/1", "b/1"]

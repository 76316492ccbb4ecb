"""Which image is for training, validation and test."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.data.split import PARTS, Curation, Part, Split
from engine.data.splitting import LEFT_OUT, divide
from engine.errors import EngineError

NOTHING = Curation()


def split_of(counts: list[int], split: Split = Split()) -> np.ndarray[Any, Any]:  # noqa: B008
    """The parts of classes of these sizes."""
    labels = np.repeat(np.arange(len(counts)), counts)
    ids = [f"{label}/{number}" for number, label in enumerate(labels)]
    return divide(ids, labels, [None] * len(ids), split, NOTHING)


def test_every_class_is_divided_70_15_15() -> None:
    parts = split_of([100, 200, 40])
    for start, count in ((0, 100), (100, 200), (300, 40)):
        shares = np.bincount(parts[start : start + count], minlength=3)
        assert shares.tolist() == [count * 7 // 10, count * 3 // 20, count * 3 // 20]


@pytest.mark.parametrize(
    ("count", "shares"), [(1, [1, 0, 0]), (2, [2, 0, 0]), (3, [1, 1, 1]), (4, [2, 1, 1]), (10, [6, 2, 2])]
)
def test_small_classes_have_one_in_each_part_as_far_as_they_go(count: int, shares: list[int]) -> None:
    assert np.bincount(split_of([count, 50])[:count], minlength=3).tolist() == shares


@settings(deadline=None)
@given(
    st.lists(st.integers(0, 30), min_size=1, max_size=4),
    st.builds(
        Split, validation=st.floats(0, 0.9), test=st.floats(0, 0.9), seed=st.integers(0, 99), rule=st.just("stratified")
    ),
)
def test_every_class_that_has_images_has_some_for_training(counts: list[int], split: Split) -> None:
    parts = split_of(counts, split)
    labels = np.repeat(np.arange(len(counts)), counts)
    for label, count in enumerate(counts):
        own = parts[labels == label]
        assert count == 0 or (own == 0).any()
        if count >= 3:
            assert (own == 2).any() is np.bool_(split.test > 0)
        if split.validation == 0:
            assert not (own == 1).any()


def test_a_seed_gives_the_same_split_every_time_and_another_seed_another() -> None:
    first = split_of([50, 50])
    np.testing.assert_array_equal(first, split_of([50, 50]))
    assert not np.array_equal(first, split_of([50, 50], Split(seed=1)))


def test_images_that_are_added_move_few_others() -> None:
    ids = [f"a/{number}" for number in range(200)]
    more = [*ids, *(f"a/new{number}" for number in range(20))]
    before = divide(ids, np.zeros(200, int), [None] * 200, Split(), NOTHING)
    after = divide(more, np.zeros(220, int), [None] * 220, Split(), NOTHING)
    assert (before != after[:200]).sum() <= 2 * 20


def test_the_order_of_the_images_does_not_matter() -> None:
    ids = [f"a/{number}" for number in range(40)]
    there = divide(ids, np.zeros(40, int), [None] * 40, Split(), NOTHING)
    back = divide(ids[::-1], np.zeros(40, int), [None] * 40, Split(), NOTHING)
    np.testing.assert_array_equal(there, back[::-1])


FOLDERS = {"train": Part.TRAIN, "val": Part.VALIDATION, "test": Part.TEST}


def in_folders(*names: str, split: Split = Split()) -> dict[str, list[int]]:  # noqa: B008
    """How many of ten images in each folder went where."""
    ids = [f"{name}/a/{number}" for name in names for number in range(10)]
    folders = [FOLDERS[one.split("/")[0]] for one in ids]
    parts = divide(ids, np.zeros(len(ids), int), folders, split, NOTHING)
    return {name: np.bincount(parts[10 * place :][:10], minlength=3).tolist() for place, name in enumerate(names)}


def test_folders_that_say_the_part_are_obeyed() -> None:
    assert in_folders("train", "val", "test") == {"train": [10, 0, 0], "val": [0, 10, 0], "test": [0, 0, 10]}
    assert in_folders("train", "val") == {"train": [10, 0, 0], "val": [0, 10, 0]}


def test_without_a_folder_for_validation_some_training_images_are_kept_for_it() -> None:
    assert in_folders("train", "test") == {"train": [8, 2, 0], "test": [0, 0, 10]}


def test_a_folder_for_training_alone_is_divided_like_any_other() -> None:
    assert in_folders("train") == {"train": [6, 2, 2]}


def test_the_user_can_pass_over_the_folders() -> None:
    found = in_folders("train", "val", split=Split(rule="stratified"))
    assert [sum(part) for part in zip(*found.values(), strict=True)] == [14, 3, 3]


def test_what_the_user_says_of_an_image_counts_most() -> None:
    ids = ["a", "b", "c", "d"]
    curation = Curation(excluded=("b", "d"), parts=(("a", Part.TEST), ("b", Part.TRAIN), ("zz", Part.TEST)))
    parts = divide(ids, np.zeros(4, int), [Part.TRAIN, None, Part.VALIDATION, None], Split(), curation)
    assert parts.tolist() == [2, LEFT_OUT, 1, LEFT_OUT]
    assert parts.dtype == np.uint8
    assert len(PARTS) < LEFT_OUT


def test_no_images_at_all_give_no_parts() -> None:
    assert split_of([]).tolist() == []


@pytest.mark.parametrize("values", [{"validation": 0.95}, {"test": -0.1}, {"rule": "fair"}, {"seed": -1}])
def test_a_rule_that_makes_no_sense_is_refused(values: dict[str, object]) -> None:
    with pytest.raises(EngineError, match="cannot be"):
        Split().changed(**values)

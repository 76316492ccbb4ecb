"""Which image is for training, validation and test."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.data.split import PARTS, Curation, Part, Split
from engine.data.splitting import LEFT_OUT, divide, draw_places, told
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


counts_of_classes = st.lists(st.integers(0, 30), min_size=1, max_size=4)


def fold_parts(counts: list[int], folds: int, test: float, seed: int) -> np.ndarray[Any, Any]:
    """(folds, images): the parts with each fold in turn for validation."""
    rule = [Split(rule="k-fold", folds=folds, fold=fold + 1, test=test, seed=seed) for fold in range(folds)]
    return np.stack([split_of(counts, one) for one in rule])


@settings(deadline=None, max_examples=40)
@given(counts_of_classes, st.integers(2, 7), st.sampled_from([0.0, 0.15, 0.5]), st.integers(0, 9))
def test_in_k_folds_each_image_validates_once_or_is_for_the_test_always(
    counts: list[int], folds: int, test: float, seed: int
) -> None:
    parts = fold_parts(counts, folds, test, seed)
    tested = (parts == 2).any(axis=0)
    assert (parts == 2).all(axis=0).tolist() == tested.tolist()
    assert ((parts == 1).sum(axis=0) == np.where(tested, 0, 1)).all()
    np.testing.assert_array_equal(tested, split_of(counts, Split(test=test, seed=seed)) == 2)
    labels = np.repeat(np.arange(len(counts)), counts)
    for members in (np.full(len(labels), True), *(labels == one for one in range(len(counts)))):
        sizes = (parts[:, members] == 1).sum(axis=1)
        assert sizes.max() - sizes.min() <= 1


def test_an_image_that_is_added_moves_few_from_fold_to_fold() -> None:
    split = Split(rule="k-fold")
    ids = [f"a/{number}" for number in range(200)]
    before = divide(ids, np.zeros(200, int), [None] * 200, split, NOTHING)
    after = divide([*ids, "a/new"], np.zeros(201, int), [None] * 201, split, NOTHING)
    assert (before != after[:200]).sum() <= 5


def test_in_k_folds_a_test_folder_is_kept_apart_and_the_others_are_pooled() -> None:
    found = in_folders("train", "val", "test", split=Split(rule="k-fold", folds=4, fold=2))
    assert found["test"] == [0, 0, 10]
    assert [sum(part) for part in zip(found["train"], found["val"], strict=True)] == [15, 5, 0]


@pytest.mark.parametrize(("folds", "fold"), [(2, 3), (5, 6)])
def test_a_fold_that_is_none_of_the_folds_is_refused(folds: int, fold: int) -> None:
    with pytest.raises(EngineError, match=f"no fold {fold} of {folds}"):
        Split(rule="k-fold", folds=folds, fold=fold)


Groups = list[list[int]]
"""For each group how many images of each class it has."""

groups_of_one_class = st.lists(st.tuples(st.integers(0, 2), st.integers(1, 9)), min_size=1, max_size=25).map(
    lambda found: [[size if label == one else 0 for one in range(3)] for label, size in found]
)
groups_of_any_classes = st.lists(
    st.lists(st.integers(0, 5), min_size=3, max_size=3).filter(any), min_size=1, max_size=25
)
rules = st.one_of(
    st.builds(
        Split,
        validation=st.sampled_from([0.0, 0.15, 0.4, 0.9]),
        test=st.sampled_from([0.0, 0.15, 0.5]),
        seed=st.integers(0, 5),
        groups=st.just("name"),
    ),
    st.builds(
        Split,
        rule=st.just("k-fold"),
        folds=st.just(4),
        fold=st.integers(1, 4),
        test=st.sampled_from([0.0, 0.2]),
        seed=st.integers(0, 5),
        groups=st.just("name"),
    ),
)


def of_groups(groups: Groups, split: Split) -> tuple[list[int], np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    """The group, label and part of each image."""
    owners = [group for group, own in enumerate(groups) for count in own for _ in range(count)]
    labels = np.array([label for own in groups for label, count in enumerate(own) for _ in range(count)], int)
    ids = [f"{label}/p{group}_{place}.png" for place, (group, label) in enumerate(zip(owners, labels, strict=True))]
    return owners, labels, divide(ids, labels, [None] * len(ids), split, NOTHING)


@settings(deadline=None, max_examples=60)
@given(groups_of_one_class | groups_of_any_classes, rules)
def test_a_group_is_never_divided_and_something_is_for_training(groups: Groups, split: Split) -> None:
    owners, _, parts = of_groups(groups, split)
    for group in range(len(groups)):
        assert len(set(parts[np.array(owners) == group].tolist())) == 1
    assert split.rule == "k-fold" or (parts == 0).any()
    if split.rule != "k-fold":
        assert (split.validation > 0) or not (parts == 1).any()
    assert split.test > 0 or not (parts == 2).any()


@settings(deadline=None, max_examples=60)
@given(groups_of_one_class, rules)
def test_a_class_with_enough_groups_has_one_in_each_part(groups: Groups, split: Split) -> None:
    _, labels, parts = of_groups(groups, split)
    cells = 4 + (split.test > 0) if split.rule == "k-fold" else 1 + (split.validation > 0) + (split.test > 0)
    for label in range(3):
        own = sum(1 for one in groups if one[label])
        present = set(parts[labels == label].tolist())
        if own >= cells:
            wanted = {0} | ({1} if split.rule == "k-fold" or split.validation > 0 else set())
            assert present == wanted | ({2} if split.test > 0 else set())
        elif own and split.rule != "k-fold":
            assert 0 in present


@settings(deadline=None, max_examples=40)
@given(groups_of_any_classes, st.integers(2, 5), st.sampled_from([0.0, 0.2]))
def test_in_k_folds_each_group_validates_once_or_is_for_the_test_always(
    groups: Groups, folds: int, test: float
) -> None:
    rule = [Split(rule="k-fold", folds=folds, fold=fold + 1, test=test, groups="name") for fold in range(folds)]
    parts = np.stack([of_groups(groups, one)[2] for one in rule])
    tested = (parts == 2).any(axis=0)
    np.testing.assert_array_equal((parts == 2).all(axis=0), tested)
    np.testing.assert_array_equal((parts == 1).sum(axis=0), np.where(tested, 0, 1))


@settings(deadline=None, max_examples=60)
@given(st.lists(st.integers(1, 9), min_size=12, max_size=60), st.integers(0, 99))
def test_the_shares_are_met_but_for_one_group(sizes: list[int], seed: int) -> None:
    _, _, parts = of_groups([[size, 0, 0] for size in sizes], Split(groups="name", seed=seed))
    found = np.bincount(parts, minlength=3)
    assert np.abs(found - sum(sizes) * np.array([0.7, 0.15, 0.15])).max() <= max(sizes)


def test_images_on_their_own_are_divided_as_without_groups_in_number() -> None:
    for split in (Split(), Split(rule="k-fold")):
        alone = of_groups([[1, 0, 0]] * 100, split.changed(groups="name"))[2]
        np.testing.assert_array_equal(np.bincount(alone), np.bincount(split_of([100], split)))


def test_folds_of_many_small_classes_are_of_like_size() -> None:
    for groups in ("none", "name"):
        labels = np.repeat(np.arange(100), 6)
        ids = [f"{label}/{number}.png" for number, label in enumerate(labels)]
        sizes = [
            (divide(ids, labels, [None] * 600, Split("k-fold", 5, fold, test=0.0, groups=groups), NOTHING) == 1).sum()
            for fold in range(1, 6)
        ]
        assert sizes == [120] * 5


def test_another_seed_gives_other_groups() -> None:
    groups = [[5, 5, 5]] * 20
    first, second = (of_groups(groups, Split(groups="name", seed=seed))[2] for seed in (0, 1))
    assert not np.array_equal(first, second)


def test_groups_stay_out_of_what_folders_and_the_user_say() -> None:
    ids = ["train/a/p1_1", "train/a/p1_2", "test/a/p1_3", "train/a/p2_1", "train/a/p3_1", "train/a/p4_1"]
    folders = [FOLDERS[one.split("/")[0]] for one in ids]
    split = Split(groups="name")
    parts = divide(ids, np.zeros(6, int), folders, split, Curation(parts=(("train/a/p4_1", Part.TEST),)))
    assert parts[2] == parts[5] == 2
    assert parts[0] == parts[1]
    assert (parts == 1).any()
    said = told(ids, np.zeros(6, int), folders, split, ["a"], parts)
    assert said == ["The group p1 stands in several parts, as the folders or your own choices say."]


@pytest.mark.parametrize(
    ("groups", "split", "sentences"),
    [
        ([[5, 5, 5]], Split(groups="name"), ["validation: there is only 1 group", "test: there is only 1 group"]),
        ([[5, 0, 0], [0, 5, 0]], Split(groups="name"), ["validation: there are only 2", "test: there are only 2"]),
        ([[9, 0, 0]] * 9, Split("k-fold", 9, groups="name"), ["Fewer than 9 groups in a, b, c: some folds have none"]),
        ([[1, 0, 0]] * 3 + [[0, 30, 30]], Split("k-fold", test=0.0), ["Fewer than 5 images in a: some folds"]),
        ([[9, 9, 9]], Split("k-fold"), []),
        ([[1, 0, 0]], Split(), []),
    ],
)
def test_what_could_not_be_done_is_told(groups: Groups, split: Split, sentences: list[str]) -> None:
    owners, labels, parts = of_groups(groups, split)
    ids = [f"{label}/p{group}_{place}.png" for place, (group, label) in enumerate(zip(owners, labels, strict=True))]
    found = told(ids, labels, [None] * len(ids), split, ["a", "b", "c"], parts)
    assert len(found) == len(sentences)
    for sentence, start in zip(found, sentences, strict=True):
        assert start in sentence


def test_a_hundred_thousand_groups_of_one_image_are_dealt_like_images() -> None:
    ids = [f"a/{number}.png" for number in range(100_000)]
    labels = np.arange(100_000) % 10
    parts = divide(ids, labels, [None] * len(ids), Split(groups="name"), NOTHING)
    assert np.bincount(parts).tolist() == [70_000, 15_000, 15_000]


@pytest.mark.parametrize("rule", ["stratified", "k-fold"])
def test_places_that_are_known_already_give_the_same_split(rule: str) -> None:
    ids = [f"a/{number}" for number in range(60)]
    split, labels = Split(rule=rule, seed=4), np.arange(60) % 3
    known = divide(ids, labels, [None] * 60, split, NOTHING, draw_places(4, ids))
    np.testing.assert_array_equal(known, divide(ids, labels, [None] * 60, split, NOTHING))

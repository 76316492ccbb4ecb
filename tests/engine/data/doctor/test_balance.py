"""Uneven classes, and the weights that even them out."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from engine.data.doctor.balance import check, class_weights
from engine.data.split import Curation
from tests.engine.data.doctor.conftest import Look
from tests.engine.data.folders import folder


def test_weights_make_all_classes_count_alike() -> None:
    counts = np.array([10, 40, 50, 0])
    weights = class_weights(counts)
    assert counts * weights == pytest.approx([100 / 3, 100 / 3, 100 / 3, 0])
    assert class_weights(np.array([5, 5])) == pytest.approx([1, 1])


def test_even_classes_have_no_finding(tmp_path: Path, look: Look) -> None:
    assert list(check(look(folder(tmp_path, {"a": 30, "b": 40})))) == []


def test_uneven_classes_are_told_with_counts_and_weights(tmp_path: Path, look: Look) -> None:
    material = look(folder(tmp_path, {"train/a": 12, "train/b": 60, "test/a": 2, "test/b": 2, "val/a": 1}))
    (found,) = check(material)
    assert (found.kind, found.severity) == ("imbalance", "warning")
    figures = dict(found.evidence)
    assert (figures["ratio"], figures["images of a"], figures["weight of a"], figures["weight of b"]) == (5, 12, 3, 0.6)
    assert found.cures == ()  # too few would be left


def test_larger_classes_can_be_cut_where_enough_is_left(tmp_path: Path, look: Look) -> None:
    parts = {"train/a": 21, "train/b": 64, "train/c": 20, "train/d": 20, "train/e": 20, "test/a": 1, "val/b": 1}
    root = folder(tmp_path, parts)
    (found,) = check(look(root))
    after = found.cures[0](Curation())
    assert len(after.excluded) == 1 + 44
    assert list(check(look(root, after))) == []


def test_hardly_any_images_of_a_class(tmp_path: Path, look: Look) -> None:
    found = {one.kind: one for one in check(look(folder(tmp_path, {"a": 30, "b": 4})))}
    assert found["few_images"].evidence == (("b", 2),)
    assert found["few_images"].title == "1 class with fewer than 10 images for training"

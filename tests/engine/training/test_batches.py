"""The images of a step do not depend on the files that they came from, once these are decoded."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import numpy as np
import pytest

from engine.data.dataset import DatasetSpec
from engine.data.entry import datasets_folder
from engine.data.opening import open_dataset
from engine.data.source import Source
from engine.images.preprocessing import Preprocessing
from engine.training.batches import Batches
from tests.engine.data.folders import folder


@pytest.fixture
def batches(tmp_path: Path) -> Batches:
    root = folder(tmp_path / "data", {"a": 20, "b": 20})
    return Batches(open_dataset(DatasetSpec(Source(str(root)), Preprocessing(6, 8, "rgb"))), 5, seed=3)


def epoch(batches: Batches, first_step: int = 0) -> list[np.ndarray]:
    return [images for images, _, _ in batches.of_epoch(2, first_step)]


def test_an_epoch_goes_on_in_the_middle_with_the_same_images(batches: Batches) -> None:
    whole = epoch(batches)
    assert len(whole) == batches.steps
    for one, other in zip(whole[2:], epoch(batches, 2), strict=True):
        np.testing.assert_array_equal(one, other)


def test_each_training_image_is_seen_once_in_an_epoch(batches: Batches) -> None:
    numbers = np.concatenate([numbers for _, _, numbers in batches.of_epoch(1)])
    assert sorted(numbers) == batches.train.tolist()


@pytest.mark.skipif(os.name == "nt", reason="Windows deletes nothing that is open")
def test_files_and_cache_may_vanish_while_it_trains(batches: Batches, tmp_path: Path) -> None:
    before = epoch(batches)
    running = batches.of_epoch(2)
    np.testing.assert_array_equal(next(running)[0], before[0])
    shutil.rmtree(tmp_path / "data")
    shutil.rmtree(datasets_folder())
    for one, (images, _, _) in zip(before[1:], running, strict=True):
        np.testing.assert_array_equal(images, one)

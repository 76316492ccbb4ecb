"""Mean and variance of each channel over the training images."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from engine.data import measuring
from engine.data.dataset import Dataset, DatasetSpec
from engine.data.measuring import measure
from engine.data.source import Source
from engine.errors import Cancelled, EngineError
from engine.images.preprocessing import Preprocessing
from engine.jobs import Quiet


def dataset(images: np.ndarray[Any, Any], parts: list[int]) -> Dataset:
    return Dataset(
        DatasetSpec(Source(), Preprocessing()),
        ("a", "b"),
        tuple(map(str, range(len(images)))),
        images,
        np.zeros(len(images), np.int32),
        np.array(parts, np.uint8),
        "f",
    )


shapes = st.tuples(st.integers(1, 8), st.integers(1, 4), st.integers(1, 4), st.sampled_from([1, 3]))


@settings(deadline=None)
@given(shapes.flatmap(lambda shape: arrays.arrays(np.uint8, shape)), st.data())
def test_they_are_those_of_all_training_pixels_and_of_no_others(
    images: np.ndarray[Any, Any], data: st.DataObject
) -> None:
    parts = [
        0,
        *data.draw(st.lists(st.sampled_from([0, 1, 2, 255]), min_size=len(images) - 1, max_size=len(images) - 1)),
    ]
    found = measure(dataset(images, parts))
    training = images[np.array(parts) == 0].astype(float)
    np.testing.assert_allclose(found.mean, training.mean(axis=(0, 1, 2)), rtol=1e-12, atol=1e-12)
    np.testing.assert_allclose(found.variance, training.var(axis=(0, 1, 2)), rtol=1e-9, atol=1e-9)


def test_images_are_read_a_piece_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    images = np.random.default_rng(1).integers(0, 256, (50, 4, 4, 3)).astype(np.uint8)
    whole = measure(dataset(images, [0] * 50))
    monkeypatch.setattr(measuring, "_PIECE", 200)
    assert measure(dataset(images, [0] * 50)) == whole


def test_nothing_to_measure_on_is_said() -> None:
    with pytest.raises(EngineError, match="no image for training"):
        measure(dataset(np.zeros((2, 2, 2, 1), np.uint8), [1, 2]))


def test_it_can_be_cancelled() -> None:
    class Impatient(Quiet):
        def progress(self, done: float, total: float | None, text: str = "") -> None:
            raise Cancelled

    with pytest.raises(Cancelled):
        measure(dataset(np.zeros((2, 2, 2, 1), np.uint8), [0, 0]), Impatient())

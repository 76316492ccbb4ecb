"""Which image of a dataset is looked at."""

from __future__ import annotations

import dataclasses

import numpy as np

from gui.models.sample_image import sample_image
from tests.gui.pages.fakes import dataset


def test_it_is_the_first_of_the_test_images_and_then_the_next() -> None:
    data = dataset()
    test = [int(one) for one in np.flatnonzero(data.parts == 2)]
    assert sample_image(data) == test[0]
    assert sample_image(data, test[0]) == test[1]
    assert sample_image(data, test[0], -1) == test[-1]


def test_without_test_images_it_is_any() -> None:
    data = dataset()
    assert sample_image(dataclasses.replace(data, parts=np.zeros_like(data.parts))) == 0


def test_without_images_there_is_none() -> None:
    assert sample_image(None) is None
    assert sample_image(dataset(0)) is None

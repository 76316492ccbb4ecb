"""One image of an opened dataset, prepared by other settings."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from engine.data import opening
from engine.data.dataset import DatasetSpec
from engine.data.samples import digits
from engine.data.source import Source
from engine.images.preprocessing import Preprocessing
from engine.jobs import Quiet
from engine.service.datasets import OpenDataset
from engine.service.measuring import MeasureChannels
from engine.service.preparing import PrepareImage


def test_one_image_is_prepared_without_opening_the_dataset_again(monkeypatch: pytest.MonkeyPatch) -> None:
    spec = OpenDataset(DatasetSpec(Source("sample:digits"))).run(Quiet()).spec
    monkeypatch.setattr(opening, "open_dataset", lambda *_: pytest.fail("opened again"))
    wanted = Preprocessing(16, 8, "rgb", "pad", padding="white")
    found = PrepareImage(spec, 5, wanted).run(Quiet())
    assert found.after.shape == (16, 8, 3)
    assert found.after[0, 0].tolist() == [255, 255, 255]
    np.testing.assert_array_equal(found.before[..., :1], digits.read()[0][5])
    assert PrepareImage(spec, 10**6, wanted).run(Quiet()).name.endswith("0001796")


def test_the_channels_of_the_sample_are_measured() -> None:
    dataset = OpenDataset(DatasetSpec(Source("sample:digits"))).run(Quiet())
    found = MeasureChannels(dataset.spec).run(Quiet())
    training = digits.read()[0][dataset.parts == 0].astype(float)
    assert found.mean == pytest.approx((training.mean(),))
    assert found.variance == pytest.approx((training.var(),))
    other = dataclasses.replace(dataset.spec.split, rule="k-fold", fold=2)
    assert MeasureChannels(dataclasses.replace(dataset.spec, split=other)).run(Quiet()) != found

from __future__ import annotations

import numpy as np
import pytest

from engine.augmentation import Augmentation
from engine.augmentation.cut_mix import CutMix
from engine.augmentation.random_flip import RandomFlip
from engine.data.dataset import DatasetSpec
from engine.data.opening import open_dataset
from engine.data.source import Source
from engine.errors import EngineError
from engine.images.preprocessing import Preprocessing
from engine.inspection.results import DatasetImage
from engine.jobs import Quiet
from engine.service.augmentation import AugmentedSheet, PreviewAugmentation

DATA = DatasetSpec(Source("sample:digits"), Preprocessing(8, 8, "grayscale"))
CHANGES = Augmentation((RandomFlip(), CutMix()))

pytestmark = pytest.mark.usefixtures("home")


def sheet(index: int = 5) -> AugmentedSheet:
    return PreviewAugmentation(CHANGES, DatasetImage(DATA, index), seed=1).run(Quiet())


def test_an_image_of_the_dataset_is_shown_as_twenty_epochs_would() -> None:
    found = sheet()
    dataset = open_dataset(DATA, Quiet())
    assert found.index == 5
    np.testing.assert_array_equal(found.original, dataset.images[5])
    assert found.pixels.shape == (20, 8, 8, 1)
    assert len({one.tobytes() for one in found.pixels}) > 5
    np.testing.assert_allclose(found.shares.sum(axis=1), 1.0, atol=1e-6)
    assert np.flatnonzero(found.shares.max(axis=0)).size > 2, "it is mixed with several classes"
    np.testing.assert_array_equal(sheet().pixels, found.pixels)


def test_an_image_that_is_gone_is_said() -> None:
    with pytest.raises(EngineError, match="not in the dataset any more"):
        sheet(index=99_999)


def test_that_tensorflow_starts_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []

    class Listening(Quiet):
        def progress(self, done: float, total: float | None, text: str = "") -> None:
            said.append(text)

    for ready, words in ((True, []), (False, ["TensorFlow is starting: the pictures come in a few seconds."])):
        monkeypatch.setattr("engine.process.ready", lambda ready=ready: ready)
        PreviewAugmentation(CHANGES, DatasetImage(DATA, 0), seed=1).run(Listening())
        assert said == words


def test_large_images_are_shown_smaller() -> None:
    data = DatasetSpec(Source("sample:shapes?images=30&seed=1"), Preprocessing(200, 300, "rgb"))
    found = PreviewAugmentation(Augmentation((RandomFlip(),)), DatasetImage(data, 0), seed=1, draws=3).run(Quiet())
    assert found.original.shape == (144, 144, 3)
    assert found.pixels.shape == (3, 144, 144, 3)

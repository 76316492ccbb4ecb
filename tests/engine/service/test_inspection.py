"""Jobs that look through a trained network: the images are made its input as they were for its training."""

from __future__ import annotations

import pickle
import shutil
from pathlib import Path

import numpy as np
import pytest

from engine import limits
from engine.data.dataset import DatasetSpec
from engine.data.source import Source
from engine.errors import EngineError
from engine.images.preprocessing import Preprocessing
from engine.inspection.results import DatasetImage, ImageFile, TrainedRef
from engine.jobs import Job, Lane, Quiet
from engine.layers.conv2d import Conv2D
from engine.layers.conv_bn_activation import ConvBNActivation
from engine.layers.dense import Dense
from engine.layers.flatten import Flatten
from engine.layers.input import Input
from engine.network import Network
from engine.plan import Draft
from engine.recipe import Recipe
from engine.service.inspection import Classify, Evaluate, Inspect, Preview
from engine.service.session import DATASETS
from engine.service.training import Train
from tests.engine.data.folders import folder

SEEN = Preprocessing(5, 7, "grayscale", "pad", "nearest")


@pytest.fixture(scope="module")
def photos(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return folder(tmp_path_factory.mktemp("photos"), {"cats": 8, "dogs": 8, "owls": 8})


@pytest.fixture(scope="module")
def trained(photos: Path, tmp_path_factory: pytest.TempPathFactory) -> TrainedRef:
    layers = [ConvBNActivation(3), Conv2D(2), Flatten(), Dense(3, activation="softmax")]
    draft = Draft(
        Network.of(Input(5, 7, "grayscale"), layers),
        Recipe(epochs=1, batch_size=8),
        preprocessing=SEEN,
        source=Source(str(photos)),
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CONVOSCOPE_HOME", str(tmp_path_factory.mktemp("home")))
        DATASETS.forget()
        return TrainedRef(Train(draft, tmp_path_factory.mktemp("runs"), threads=2).run(Quiet()).folder)


@pytest.fixture(autouse=True)
def nothing_open() -> None:
    DATASETS.forget()


def test_an_image_gives_the_same_maps_from_a_file_and_from_a_dataset_however_that_was_opened(
    trained: TrainedRef, photos: Path
) -> None:
    by_file = Inspect(trained, ImageFile(photos / "cats" / "003.png")).run(Quiet())
    assert by_file.seen.shape == (5, 7, 1)
    assert set(by_file.maps) >= {"layer_001", "layer_001/conv", "layer_001/bn", "layer_002", "layer_004"}
    for preprocessing in (None, SEEN, Preprocessing(32, 32, "rgb")):
        spec = DatasetSpec(Source(str(photos)), preprocessing)
        by_place = Inspect(trained, DatasetImage(spec, 3)).run(Quiet())
        assert (by_place.name, by_place.true_class) == ("cats/003.png", "cats")
        for path, values in by_file.maps.items():
            np.testing.assert_array_equal(by_place.maps[path], values)
        assert by_place.top == by_file.top


def test_an_unknown_layer_and_an_unreadable_image_are_refused(
    trained: TrainedRef, photos: Path, tmp_path: Path
) -> None:
    with pytest.raises(EngineError, match="layer_099"):
        Inspect(trained, ImageFile(photos / "cats" / "003.png"), ("layer_099",)).run(Quiet())
    (tmp_path / "x.jpg").write_text("meow")
    with pytest.raises(EngineError, match="it is a text file, not an image"):
        Inspect(trained, ImageFile(tmp_path / "x.jpg")).run(Quiet())


def test_other_images_are_measured_by_the_names_of_their_classes(
    trained: TrainedRef, photos: Path, tmp_path: Path
) -> None:
    shutil.copytree(photos / "dogs", tmp_path / "other" / "dogs")
    folder(tmp_path / "other", {"wolves": 5})
    found = Evaluate(trained, DatasetSpec(Source(str(tmp_path / "other"))), "all").run(Quiet())
    assert (found.images, [one.images for one in found.per_class]) == (8, [0, 8, 0])
    assert "No image of: cats, owls." in found.note
    assert "Unknown to the run, and left out with 5 images: wolves." in found.note
    folder(tmp_path / "strange", {"wolves": 3, "foxes": 3})
    with pytest.raises(EngineError, match="they have foxes, wolves") as caught:
        Evaluate(trained, DatasetSpec(Source(str(tmp_path / "strange")))).run(Quiet())
    assert "cats, dogs, owls" in caught.value.expected


def test_a_network_is_previewed_with_an_image_of_the_dataset_as_its_draft_sees_it(
    trained: TrainedRef, photos: Path
) -> None:
    network = Network.of(
        Input(5, 7, "grayscale"), [ConvBNActivation(3), Conv2D(2), Flatten(), Dense(3, activation="softmax")]
    )
    image = DatasetImage(DatasetSpec(Source(str(photos)), SEEN), 3)
    found = Preview(network, 0, image, trained).run(Quiet())
    looked = Inspect(trained, image).run(Quiet())
    np.testing.assert_array_equal(found.seen, looked.seen)
    np.testing.assert_allclose(found.maps["layer_004"], looked.maps["layer_004"], atol=1e-5)
    with pytest.raises(EngineError, match="no image 99"):
        Preview(network, 0, DatasetImage(image.data, 99)).run(Quiet())


def test_what_is_too_large_to_preview_opens_no_images(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_PREVIEW_LAYERS", 1)
    network = Network.of(Input(5, 7, "grayscale"), [Conv2D(2), Flatten()])
    with pytest.raises(EngineError, match="too many to be previewed"):
        Preview(network, 0, DatasetImage(DatasetSpec(Source("/nowhere")), 0)).run(Quiet())


def test_the_jobs_share_a_lane_and_can_be_sent(trained: TrainedRef, photos: Path) -> None:
    image = ImageFile(photos / "cats" / "003.png")
    jobs: list[Job] = [
        Inspect(trained, image),
        Classify(trained, (image.path,)),
        Evaluate(trained, DatasetSpec(Source(str(photos)))),
        Preview(Network.of(Input(5, 7, "grayscale"), [Flatten()]), 0, DatasetImage(DatasetSpec(Source()), 0)),
    ]
    for job in jobs:
        assert job.lane is Lane.INSPECTION
        assert pickle.loads(pickle.dumps(job)) == job  # noqa: S301 - our own

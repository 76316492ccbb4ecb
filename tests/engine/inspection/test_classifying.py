"""Classifying files and folders, and looking inside for one of them."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from engine.data.dataset import DatasetSpec
from engine.data.opening import open_dataset
from engine.data.source import Source
from engine.errors import EngineError
from engine.inspection.classifying import classify
from engine.inspection.looking import inspect
from engine.inspection.results import Classified, DatasetImage, ImageFile, TrainedRef
from engine.inspection.trained import Trained
from engine.jobs import Quiet
from engine.training.run import start
from tests.engine.training.small import PREPROCESSING, Listener, dataset, plan

DATA = dataset(images=90)


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Trained:
    listener, folder = Listener(), tmp_path_factory.mktemp("runs")
    done = start(plan(DATA, epochs=6), DATA, folder, listener.on_event, listener.next_control)
    return Trained.load(TrainedRef(done.folder))


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    """A folder of the dataset's first twelve images, by class."""
    for number in range(12):
        file = tmp_path / "photos" / DATA.ids[number]
        file.parent.mkdir(parents=True, exist_ok=True)
        Image.fromarray(DATA.images[number, :, :, 0]).save(file)
    return tmp_path / "photos"


class Hearing(Quiet):
    def __init__(self) -> None:
        self.parts: list[Classified] = []
        self.done: list[float] = []

    def progress(self, done: float, total: float | None, text: str = "") -> None:
        self.done.append(done)

    def partial(self, value: object) -> None:
        assert isinstance(value, tuple)
        self.parts += value


def test_a_folder_is_classified_in_the_order_of_names_with_news_on_the_way(trained: Trained, photos: Path) -> None:
    (photos / ".hidden.png").write_bytes(b"")
    (photos / "notes.txt").write_text("no image", "utf-8")
    context = Hearing()
    found = classify(trained, [photos], top=2, context=context)
    assert [Path(one.path).relative_to(photos).as_posix() for one in found.images] == sorted(DATA.ids[:12])
    assert found.unreadable == ()
    assert context.parts == list(found.images)
    assert context.done == [0, 12]
    assert {len(one.top) for one in found.images} == {2}
    right = [Path(one.path).parent.name == one.top[0].class_name for one in found.images]
    assert sum(right) >= 9  # chance would be four


def test_the_same_pixels_give_the_same_answer_from_a_file_and_from_a_dataset(trained: Trained, photos: Path) -> None:
    found = classify(trained, [photos / DATA.ids[5]], top=3)
    expected = trained.predict(DATA.images[5:6])[0]
    by_class = {one.class_name: one.probability for one in found.images[0].top}
    assert [by_class[name] for name in DATA.class_names] == pytest.approx(expected.tolist())


def test_what_cannot_be_read_is_listed_with_the_reason_and_the_rest_is_classified(
    trained: Trained, photos: Path
) -> None:
    (photos / "left" / "text.jpg").write_text("this is a text", "utf-8")
    whole = (photos / DATA.ids[0]).read_bytes()
    (photos / "left" / "half.png").write_bytes(whole[: len(whole) // 2])
    found = classify(trained, [photos])
    assert len(found.images) == 12
    assert [Path(one.path).name for one in found.unreadable] == ["half.png", "text.jpg"]
    assert all(one.why for one in found.unreadable)


def test_a_missing_file_and_a_folder_without_images_are_refused(trained: Trained, tmp_path: Path) -> None:
    with pytest.raises(EngineError, match=r"nothing\.png does not exist"):
        classify(trained, [tmp_path / "nothing.png"])
    with pytest.raises(EngineError, match="There is no image here"):
        classify(trained, [tmp_path])


def test_inspecting_a_file_shows_what_the_network_saw_and_what_it_made_of_it(trained: Trained, tmp_path: Path) -> None:
    wide = np.zeros((20, 40, 3), np.uint8)
    wide[:, :20] = 255
    Image.fromarray(wide).save(tmp_path / "wide.png")
    found = inspect(trained, ImageFile(tmp_path / "wide.png"), ("layer_002",), top=1)
    assert (found.name, found.size, found.true_class) == ("wide.png", (20, 40), "")
    assert found.seen.shape == PREPROCESSING.shape
    assert found.top[0].class_name == "left"
    assert {path: one.shape for path, one in found.maps.items()} == {"layer_002": (6, 6, 4)}


def test_inspecting_an_image_of_a_dataset_knows_its_true_class(
    trained: Trained, photos: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CONVOSCOPE_HOME", str(tmp_path / "home"))
    spec = DatasetSpec(Source(str(photos)), PREPROCESSING)
    opened = open_dataset(spec)
    index = opened.ids.index(DATA.ids[4])
    for given in (opened, None):
        found = inspect(trained, DatasetImage(spec, index), dataset=given)
        assert (found.name, found.true_class, found.size) == (DATA.ids[4], DATA.ids[4].split("/")[0], (8, 8))
        assert (found.seen == DATA.images[4]).all()
    with pytest.raises(EngineError, match="has no image 99"):
        inspect(trained, DatasetImage(spec, 99), dataset=opened)


@pytest.mark.parametrize("deed", [Path.unlink, lambda file: file.write_text("no image any more")])
def test_an_image_of_a_dataset_is_shown_though_its_file_is_gone_or_spoilt(
    trained: Trained, photos: Path, deed: Callable[[Path], object]
) -> None:
    opened = open_dataset(DatasetSpec(Source(str(photos)), PREPROCESSING))
    deed(photos / opened.ids[0])
    found = inspect(trained, DatasetImage(opened.spec, 0), dataset=opened)
    assert (found.name, found.size) == (opened.ids[0], (8, 8))
    assert (found.seen == opened.images[0]).all()


def test_the_images_of_an_npz_and_a_zip_file_are_classified(trained: Trained, photos: Path) -> None:
    np.savez(photos / "few.npz", x=DATA.images[:12, :, :, 0], y=DATA.labels[:12])
    with zipfile.ZipFile(photos / "few.zip", "w") as archive:
        for number in range(12):
            archive.write(photos / DATA.ids[number], DATA.ids[number])
    (photos / "bad.zip").write_bytes(b"PK\3\4")
    files = [classify(trained, [photos / DATA.ids[number] for number in range(12)])]
    files += [classify(trained, [photos / name]) for name in ("few.npz", "few.zip")]
    answers = [{one.path.rpartition("/")[2]: one.top for one in found.images} for found in files]
    assert list(answers[1].values()) == list(answers[0].values())
    for name, top in answers[0].items():  # the place in a batch decides the last bits
        assert [one.class_name for one in answers[2][name]] == [one.class_name for one in top]
        assert [one.probability for one in answers[2][name]] == pytest.approx(
            [one.probability for one in top], abs=1e-6
        )
    assert files[1].images[3].path == f"{photos}/few.npz/x/0000003"
    broken = classify(trained, [photos / "bad.zip", photos / DATA.ids[0]])
    assert [one.path for one in broken.unreadable] == [str(photos / "bad.zip")]
    assert len(broken.images) == 1

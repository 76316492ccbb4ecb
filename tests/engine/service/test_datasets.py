"""Jobs on datasets, as the window and the command line see them."""

from __future__ import annotations

import dataclasses
import pickle
from pathlib import Path

import numpy as np
import pytest

from engine.data.dataset import DatasetSpec
from engine.data.source import Source
from engine.data.split import Curation
from engine.errors import Cancelled, EngineError
from engine.images.preprocessing import Preprocessing
from engine.jobs import Lane, Quiet
from engine.service.datasets import (
    GLIMPSE_SIDE,
    Curate,
    Curated,
    DatasetSummary,
    FirstPictures,
    OpenDataset,
    ReadOriginal,
    ReadThumbnails,
)
from engine.service.session import DATASETS
from tests.engine.data.folders import folder, save

SMALL = Preprocessing(6, 8, "rgb")


@pytest.fixture(autouse=True)
def nothing_open() -> None:
    DATASETS.forget()


@pytest.fixture
def spec(tmp_path: Path) -> DatasetSpec:
    root = folder(tmp_path / "data", {"cats": 6, "dogs": 4})
    return DatasetSpec(Source(str(root)), SMALL, curation=Curation(excluded=("cats/000.png",)))


def test_a_summary_has_all_but_the_pixels_and_can_be_sent(spec: DatasetSpec) -> None:
    summary = OpenDataset(spec).run(Quiet())
    assert (summary.class_names, summary.shape, len(summary.ids)) == (("cats", "dogs"), (6, 8, 3), 10)
    assert [[summary.count(label, part) for part in range(3)] for label in (0, 1)] == [[3, 1, 1], [2, 1, 1]]
    sent: DatasetSummary = pickle.loads(pickle.dumps(summary))  # noqa: S301 - our own
    assert (sent.spec, sent.ids, sent.fingerprint) == (summary.spec, summary.ids, summary.fingerprint)
    assert len(pickle.dumps(summary)) < 5000


class Parts(Quiet):
    """Keeps what is handed over before the end."""

    def __init__(self) -> None:
        self.parts: list[object] = []

    def partial(self, value: object) -> None:
        self.parts.append(value)


def test_of_a_folder_that_was_never_opened_some_pictures_come_first(spec: DatasetSpec) -> None:
    first, again = Parts(), Parts()
    OpenDataset(spec).run(first)
    (part,) = first.parts
    assert isinstance(part, FirstPictures)
    assert part.pixels.shape == (10, GLIMPSE_SIDE, GLIMPSE_SIDE, 3)
    OpenDataset(spec).run(again)
    OpenDataset(DatasetSpec(Source("sample:digits"))).run(again)
    assert again.parts == []


def test_opening_again_looks_at_the_disk_and_thumbnails_do_not(spec: DatasetSpec) -> None:
    OpenDataset(spec).run(Quiet())
    save(spec.source.path / "dogs" / "new.png", 99)
    assert ReadThumbnails(spec, (10,), 8).run(Quiet()).indexes == ()
    assert len(OpenDataset(spec).run(Quiet()).ids) == 11
    assert ReadThumbnails(spec, (10,), 8).run(Quiet()).indexes == (10,)


def test_thumbnails_are_those_of_the_images_asked_for_in_their_order(spec: DatasetSpec) -> None:
    dataset = OpenDataset(spec).run(Quiet())
    sheet = ReadThumbnails(dataset.spec, (7, -1, 0, 99), 8).run(Quiet())
    assert (sheet.indexes, sheet.pixels.shape) == ((7, 0), (2, 8, 8, 3))
    assert sheet.identity == dataset.identity
    alone = ReadThumbnails(dataset.spec, (0,), 8).run(Quiet())
    np.testing.assert_array_equal(sheet.pixels[1], alone.pixels[0])
    assert ReadThumbnails(dataset.spec, (), 8).run(Quiet()).pixels.shape == (0, 8, 8, 3)


def test_a_folder_that_is_gone_between_two_openings_is_refused_and_the_next_one_works(spec: DatasetSpec) -> None:
    OpenDataset(spec).run(Quiet())
    spec.source.path.rename(spec.source.path.with_name("away"))
    with pytest.raises(EngineError, match="is not there"):
        OpenDataset(spec).run(Quiet())
    spec.source.path.with_name("away").rename(spec.source.path)
    assert OpenDataset(spec).run(Quiet()).from_cache


def test_opening_can_be_cancelled_and_done_again(spec: DatasetSpec) -> None:
    class Cancel(Quiet):
        def progress(self, done: float, total: float | None, text: str = "") -> None:
            raise Cancelled

    with pytest.raises(Cancelled):
        OpenDataset(spec).run(Cancel())
    assert len(OpenDataset(spec).run(Quiet()).ids) == 10


def test_what_a_page_waits_for_does_not_wait_for_an_opening() -> None:
    assert OpenDataset.lane is Lane.DATA
    assert ReadThumbnails.lane is Curate.lane is Lane.BROWSING


def test_another_curation_is_made_of_the_open_images_without_a_look_at_the_disk(spec: DatasetSpec) -> None:
    summary = OpenDataset(spec).run(Quiet())
    asked = dataclasses.replace(
        summary.spec, curation=Curation().label(["dogs/000.png"], "wolves").exclude(["cats/001.png"])
    )
    freshly = OpenDataset(asked).run(Quiet())
    DATASETS.forget()
    OpenDataset(spec).run(Quiet())
    spec.source.path.rename(spec.source.path.with_name("away"))
    found = Curate(asked, summary.identity).run(Quiet())
    assert isinstance(found, Curated)
    assert (found.spec, found.class_names) == (asked, ("cats", "dogs", "wolves"))
    assert found.fingerprint == freshly.fingerprint != summary.fingerprint
    whole = summary.curated(found)
    assert (whole.ids, whole.source_classes, whole.identity) == (summary.ids, ("cats", "dogs"), freshly.identity)
    np.testing.assert_array_equal(whole.parts, freshly.parts)
    np.testing.assert_array_equal(whole.labels, freshly.labels)
    assert ReadThumbnails(asked, (0,), 8).run(Quiet()).indexes == (0,)


def test_where_other_images_lie_there_by_now_a_curation_gives_all_of_them(spec: DatasetSpec) -> None:
    summary = OpenDataset(spec).run(Quiet())
    save(spec.source.path / "dogs" / "new.png", 99)
    DATASETS.forget()
    asked = dataclasses.replace(summary.spec, curation=Curation())
    found = Curate(asked, summary.identity).run(Quiet())
    assert isinstance(found, DatasetSummary)
    assert len(found.ids) == 11


def test_a_curation_that_leaves_one_class_is_refused(spec: DatasetSpec) -> None:
    summary = OpenDataset(spec).run(Quiet())
    asked = dataclasses.replace(summary.spec, curation=Curation().label(summary.ids, "all"))
    with pytest.raises(EngineError, match="only one class"):
        Curate(asked, summary.identity).run(Quiet())


def test_an_original_is_read_from_its_file_and_shown_beside_what_the_network_gets(spec: DatasetSpec) -> None:
    save(spec.source.path / "cats" / "zz.png", 77, height=20, width=30)
    (spec.source.path / "cats" / "bad.png").write_bytes(b"no image")
    summary = OpenDataset(spec).run(Quiet())
    index = summary.ids.index("cats/zz.png")
    found = ReadOriginal(spec, index, 15).run(Quiet())
    assert (found.height, found.width) == (20, 30)
    assert max(found.pixels.shape[:2]) == 15
    assert found.histogram.sum() == 30 * 20 * found.pixels.shape[2]
    assert found.seen.shape == (6, 8, 3)
    assert (found.facts.format, found.identity) == ("PNG", summary.identity)
    assert found.changed == (spec.source.path / "cats" / "zz.png").stat().st_mtime
    near = ReadOriginal(spec, index, 100, (2, 3, 5, 6)).run(Quiet())
    assert (near.box, near.pixels.shape[:2]) == ((2, 3, 5, 6), (5, 6))
    with pytest.raises(EngineError, match="no longer in the dataset"):
        ReadOriginal(spec, 99, 15).run(Quiet())


def test_an_original_that_is_gone_says_so(spec: DatasetSpec) -> None:
    summary = OpenDataset(spec).run(Quiet())
    (spec.source.path / summary.ids[3]).unlink()
    with pytest.raises(EngineError, match="no longer there"):
        ReadOriginal(spec, 3, 15).run(Quiet())


def test_samples_have_originals_too() -> None:
    spec = DatasetSpec(Source("sample:digits"), Preprocessing(16, 16, "grayscale"))
    found = ReadOriginal(spec, 5, 100).run(Quiet())
    assert (found.pixels.shape, found.seen.shape, found.changed) == ((8, 8, 1), (16, 16, 1), None)

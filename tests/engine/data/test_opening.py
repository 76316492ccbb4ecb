"""From a source to a dataset: classes, pixels, split, what is refused and what is only named."""

from __future__ import annotations

import dataclasses
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from engine import limits
from engine.data.dataset import Dataset, DatasetSpec
from engine.data.opening import open_dataset
from engine.data.source import Source
from engine.data.split import PARTS, Curation, Part, Split
from engine.errors import Cancelled, EngineError
from engine.images.decoding import UnreadableImage
from engine.images.preprocessing import Preprocessing
from engine.jobs import Quiet
from tests.engine.data.folders import cut_jpeg, folder, huge_header, picture, save

SMALL = Preprocessing(6, 8, "rgb")


def opened(root: Path, preprocessing: Preprocessing | None = SMALL, **choices: object) -> Dataset:
    return open_dataset(DatasetSpec(Source(str(root)), preprocessing, **choices))  # type: ignore[arg-type]


def refusal(root: Path, preprocessing: Preprocessing | None = None) -> EngineError:
    with pytest.raises(EngineError) as caught:
        opened(root, preprocessing)
    assert caught.value.expected
    assert caught.value.fix
    return caught.value


def parts_of(dataset: Dataset) -> dict[str, str]:
    return {id: PARTS[part].value for id, part in zip(dataset.ids, dataset.parts, strict=True)}


def test_images_have_their_pixels_class_and_part(tmp_path: Path) -> None:
    root = folder(tmp_path, {"b": 3, "a": 3})
    dataset = opened(root)
    assert dataset.class_names == ("a", "b")
    assert dataset.ids == tuple(f"{name}/00{number}.png" for name in "ab" for number in range(3))
    assert dataset.labels.tolist() == [0, 0, 0, 1, 1, 1]
    np.testing.assert_array_equal(dataset.images[0], np.asarray(Image.open(root / "a" / "000.png")))
    np.testing.assert_array_equal(dataset.images[3], picture(1))
    assert dataset.images.dtype == np.uint8
    assert not dataset.images.flags.writeable
    assert [sorted(dataset.parts[dataset.labels == one]) for one in (0, 1)] == [[0, 1, 2]] * 2
    assert (dataset.unreadable, dataset.notes) == ((), ())


def test_part_folders_say_the_part(tmp_path: Path) -> None:
    folder(tmp_path, {f"{part}/{name}": 2 for part in ("train", "val", "test") for name in "ab"})
    found = parts_of(opened(tmp_path))
    expected = {"train": "train", "val": "validation", "test": "test"}
    assert {id.split("/")[0]: part for id, part in found.items()} == expected
    assert all(part == expected[id.split("/")[0]] for id, part in found.items())


def test_the_split_depends_on_the_images_and_its_own_seed_alone(tmp_path: Path) -> None:
    root = folder(tmp_path / "here", {"a": 20, "b": 20})
    first = parts_of(opened(root))
    moved = shutil.copytree(root, tmp_path / "there")
    assert parts_of(opened(moved, Preprocessing(4, 4, "grayscale"))) == first
    assert parts_of(opened(root, split=Split(seed=1))) != first


@pytest.mark.parametrize(
    ("bad", "why"),
    [
        (lambda path: path.write_text("meow"), "it is a text file, not an image"),
        (lambda path: path.write_bytes(b""), "the file is empty"),
        (lambda path: path.write_bytes(cut_jpeg()), "the file is damaged or cut short"),
        (lambda path: path.write_bytes(huge_header()), "it is 30,000 × 30,000 pixels, more than 40 megapixels"),
        (lambda path: path.write_bytes(bytes(range(256))), "it is not an image in a format that is read"),
    ],
)
def test_what_cannot_be_read_is_left_out_with_the_reason(
    tmp_path: Path, bad: Callable[[Path], object], why: str
) -> None:
    folder(tmp_path, {"a": 3, "b": 3})
    bad(tmp_path / "a" / "001.jpg")
    dataset = opened(tmp_path)
    assert [(one.path, one.why) for one in dataset.unreadable] == [("a/001.jpg", why)]
    assert len(dataset.ids) == len(dataset.images) == len(dataset.labels) == len(dataset.parts) == 6
    np.testing.assert_array_equal(dataset.images[3], picture(4))


def close(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nothing at or below `place` be opened, not by the superuser either."""
    really = os.open

    def guarded(path: Any, flags: int, *more: Any) -> int:
        if str(path).startswith(str(place)):
            raise PermissionError(13, "Permission denied")
        return really(path, flags, *more)

    monkeypatch.setattr(os, "open", guarded)


def test_a_file_without_permission_is_named_and_read_once_it_is_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = folder(tmp_path, {"a": 3, "b": 3})
    with monkeypatch.context() as patch:
        close(root / "a" / "001.png", patch)
        first = opened(root)
        assert [(one.path, one.why) for one in first.unreadable] == [("a/001.png", "this user may not open it")]
    again = opened(root)  # nothing that the listing sees has changed, yet the file can be read now
    assert (again.unreadable, len(again.ids)) == ((), 6)
    np.testing.assert_array_equal(again.images[1], picture(2))


def test_where_no_file_may_be_opened_the_message_is_about_permissions(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = folder(tmp_path, {"a": 1, "b": 1})
    close(root, monkeypatch)
    error = refusal(root)
    assert error.what.endswith("could be read; a/000.png: this user may not open it.")
    assert "permissions" in error.fix


class Sabotage(Quiet):
    """Does something when decoding begins."""

    def __init__(self, deed: Callable[[], object]) -> None:
        self.deed = deed

    def progress(self, done: float, total: float | None, text: str = "") -> None:
        if done == 0:
            self.deed()


def test_a_folder_that_vanishes_while_it_is_read_is_refused_and_read_when_it_is_back(tmp_path: Path) -> None:
    root = folder(tmp_path / "data", {"a": 2, "b": 2})
    spec = DatasetSpec(Source(str(root)), SMALL)
    with pytest.raises(EngineError, match="is not there") as caught:
        open_dataset(spec, Sabotage(lambda: root.rename(tmp_path / "away")))
    assert "Check the name" in caught.value.fix
    (tmp_path / "away").rename(root)
    assert len(open_dataset(spec).ids) == 4


def test_files_that_vanish_while_they_are_read_are_named(tmp_path: Path) -> None:
    root = folder(tmp_path, {"a": 2, "b": 2})
    dataset = open_dataset(DatasetSpec(Source(str(root)), SMALL), Sabotage((root / "a" / "001.png").unlink))
    assert [(one.path, one.why) for one in dataset.unreadable] == [("a/001.png", "it is no longer there")]
    assert len(dataset.ids) == 3


def test_files_that_change_or_are_closed_while_they_are_read_are_named_and_the_rest_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = folder(tmp_path, {"a": 3, "b": 3})
    whole = (root / "a" / "001.png").read_bytes()

    with monkeypatch.context() as patch:

        def spoil() -> None:
            (root / "a" / "001.png").write_bytes(whole[:50])
            save(root / "b" / "000.png", 88)
            close(root / "b" / "001.png", patch)

        first = open_dataset(DatasetSpec(Source(str(root)), SMALL), Sabotage(spoil))
    assert [(one.path, one.why) for one in first.unreadable] == [
        ("a/001.png", "the file is damaged or cut short"),
        ("b/001.png", "this user may not open it"),
    ]
    np.testing.assert_array_equal(first.images[first.ids.index("b/000.png")], picture(88))
    (root / "a" / "001.png").write_bytes(whole)
    again = opened(root)
    assert (again.unreadable, len(again.ids)) == ((), 6)
    np.testing.assert_array_equal(again.images[1], picture(2))


def test_opening_can_be_cancelled_and_leaves_nothing_half(tmp_path: Path, home: Path) -> None:
    def cancel() -> None:
        raise Cancelled

    root = folder(tmp_path, {"a": 2, "b": 2})
    with pytest.raises(Cancelled):
        open_dataset(DatasetSpec(Source(str(root)), SMALL), Sabotage(cancel))
    assert list((home / "cache" / "datasets").iterdir()) == []
    assert not opened(root).from_cache


def test_one_class_is_refused(tmp_path: Path) -> None:
    error = refusal(folder(tmp_path / "pets", {"cats": 3}))
    assert error.what == "pets has only one class with readable images: cats."
    assert "at least two classes" in error.expected


def test_one_class_beside_an_empty_folder_is_refused(tmp_path: Path) -> None:
    assert "only one class" in refusal(folder(tmp_path, {"cats": 3, "dogs": 0})).what


def test_one_class_beside_unreadable_files_is_refused(tmp_path: Path) -> None:
    folder(tmp_path, {"cats": 3})
    (tmp_path / "dogs").mkdir()
    (tmp_path / "dogs" / "x.jpg").write_text("wuff")
    assert "only one class with readable images: cats" in refusal(tmp_path).what


def test_nothing_readable_is_refused_with_the_first_reason(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "x.jpg").write_text("hi")
    error = refusal(tmp_path)
    assert "None of the 2 files" in error.what
    assert "a/x.jpg: it is a text file, not an image" in error.what
    assert error.what == refusal(tmp_path).what


def test_too_many_classes_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_CLASSES", 2)
    assert "has 3 classes" in refusal(folder(tmp_path, {"a": 1, "b": 1, "c": 1})).what


def test_one_image_in_a_class_is_for_training_and_the_user_is_told(tmp_path: Path) -> None:
    dataset = opened(folder(tmp_path, {"a": 5, "b": 1}))
    assert parts_of(dataset)["b/000.png"] == "train"
    assert dataset.notes == ("Fewer than three images in b: all are for training, none to check on.",)


def test_a_class_without_training_images_is_pointed_out(tmp_path: Path) -> None:
    dataset = opened(folder(tmp_path, {"train/a": 3, "train/b": 3, "test/a": 3, "test/c": 3}))
    assert dataset.class_names == ("a", "b", "c")
    assert "No image for training in c: the network cannot learn it." in dataset.notes


def test_the_users_labels_exclusions_and_parts_hold(tmp_path: Path) -> None:
    root = folder(tmp_path, {"a": 4, "b": 4})
    curation = Curation(
        labels=(("a/000.png", "c"), ("no/such.png", "d")),
        excluded=("b/000.png",),
        parts=(("a/001.png", Part.TEST), ("a/002.png", Part.VALIDATION), ("b/001.png", Part.TRAIN)),
    )
    dataset = opened(root, curation=curation)
    assert dataset.class_names == ("a", "b", "c")
    assert dataset.labels[0] == 2
    found = dict(zip(dataset.ids, dataset.parts.tolist(), strict=True))
    assert (found["a/001.png"], found["a/002.png"], found["b/001.png"], found["b/000.png"]) == (2, 1, 0, 255)


def test_without_a_size_one_is_proposed_and_the_note_says_why(tmp_path: Path) -> None:
    save(tmp_path / "a" / "small.png", 1, 50, 70)
    save(tmp_path / "b" / "large.png", 2, 300, 200)
    dataset = opened(tmp_path, None)
    assert dataset.shape == (96, 96, 3)
    assert dataset.spec.preprocessing == Preprocessing(96, 96, "rgb")
    assert dataset.notes[0] == (
        "The images differ in size, from 50 × 70 to 300 × 200 pixels: 96 × 96 is proposed as the network's input."
    )


def test_the_fingerprint_is_that_of_pixels_labels_and_parts(tmp_path: Path) -> None:
    root = folder(tmp_path / "one", {"a": 4, "b": 4})
    copy = shutil.copytree(root, tmp_path / "two")
    first = opened(root).fingerprint
    assert opened(copy).fingerprint == first
    assert opened(root, split=Split(validation=0.4)).fingerprint != first
    assert opened(root, curation=Curation(labels=(("a/000.png", "b"),))).fingerprint != first
    assert opened(root, Preprocessing(8, 8, "rgb")).fingerprint != first
    save(copy / "a" / "000.png", 99)
    assert opened(copy).fingerprint != first


def test_each_image_is_there_as_its_source_holds_it(tmp_path: Path) -> None:
    root = folder(tmp_path, {"a": 3, "b": 3})
    (root / "a" / "000.jpg").write_bytes(cut_jpeg())
    dataset = opened(root)
    assert len(dataset.unreadable) == 1
    for index, id in enumerate(dataset.ids):
        assert dataset.original(index) == (root / id).read_bytes()
    (root / dataset.ids[2]).unlink()
    with pytest.raises(UnreadableImage):
        dataset.original(2)


@pytest.mark.parametrize("sample", ["sample:digits", "sample:shapes?images=30"])
def test_each_image_of_a_sample_is_there_as_an_array(sample: str) -> None:
    dataset = open_dataset(DatasetSpec(Source(sample)))
    for index in (0, 7, 29):
        assert np.array_equal(np.asarray(dataset.original(index)), dataset.images[index])


def test_the_digits_are_what_they_are() -> None:
    dataset = open_dataset(DatasetSpec(Source("sample:digits")))
    assert (dataset.images.shape, dataset.class_names) == ((1797, 8, 8, 1), tuple("0123456789"))
    shares = [float((dataset.parts == part).mean()) for part in range(3)]
    assert shares == pytest.approx([0.70, 0.15, 0.15], abs=0.005)
    again = open_dataset(DatasetSpec(Source("sample:digits")))
    assert (again.from_cache, again.fingerprint) == (True, dataset.fingerprint)


def test_a_sample_can_be_seen_at_another_size_and_colour() -> None:
    dataset = open_dataset(DatasetSpec(Source("sample:shapes?images=30"), Preprocessing(16, 20, "grayscale")))
    assert dataset.images.shape == (30, 16, 20, 1)
    assert int(dataset.images.max()) - int(dataset.images.min()) > 50


def test_an_unknown_sample_in_a_file_is_refused() -> None:
    with pytest.raises(EngineError, match="no sample called"):
        open_dataset(DatasetSpec(Source("sample:faces")))


def test_names_that_are_no_text_survive_the_cache(tmp_path: Path) -> None:
    try:
        os.mkdir(os.fsencode(tmp_path) + b"/caf\xe9")  # noqa: PTH102 - pathlib takes no bytes
    except OSError:
        pytest.skip("this file system has no such names")
    folder(tmp_path, {os.fsdecode(b"caf\xe9"): 2, "b": 2})
    (tmp_path / os.fsdecode(b"caf\xe9") / "x\n<b>.png").write_text("no image")
    first, second = opened(tmp_path), opened(tmp_path)
    assert (second.from_cache, first.fingerprint) == (True, second.fingerprint)
    assert second.class_names == ("b", "caf\udce9")
    assert second.unreadable == first.unreadable
    assert second.unreadable[0].path == "caf\udce9/x\n<b>.png"


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="the program's memory is read from /proc")
def test_opening_is_light_and_needs_no_tensorflow(tmp_path: Path) -> None:
    folder(tmp_path, {"a": 1, "b": 1})
    program = (
        "import sys\nfrom engine.data.opening import open_dataset\nfrom engine.data.dataset import DatasetSpec\n"
        f"from engine.data.source import Source\nopen_dataset(DatasetSpec(Source({str(tmp_path)!r})))\n"
        "print(*sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert {"keras", "tensorflow", "PySide6", "pydantic"} & set(done.stdout.split()) == set()


def test_a_spec_is_equal_to_its_copy_and_can_be_a_key(tmp_path: Path) -> None:
    spec = DatasetSpec(Source(str(tmp_path)), SMALL, curation=Curation(excluded=("a",)))
    assert {spec: 1}[dataclasses.replace(spec)] == 1

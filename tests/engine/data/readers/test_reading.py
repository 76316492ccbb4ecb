"""What a source is gets told by its content; what is none is refused in words."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from engine.data.opening import contents_of
from engine.data.source import Source
from engine.errors import EngineError
from engine.jobs import Quiet
from tests.engine.data.readers.making import (
    contents,
    idx,
    labels,
    npz,
    opened,
    pictures,
    pixels,
    refusal,
    save_idx,
    write,
)


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"", "is empty"),
        (b"\x89HDF\r\n\x1a\n", "an HDF5 or MATLAB file"),
        (b"\x93NUMPY\x01\x00", "a single NumPy array"),
        (b"BZh91AY", "packed with bzip2"),
        (b"\xfd7zXZ\0", "packed with xz"),
        (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
        (b"\xff\xd8\xff\xe0" + bytes(99), "a single image"),
        (bytes(range(1, 256)), "of a kind that is not known"),
        (b"PK\3\4" + bytes(50), "is damaged or cut short"),
        (b"\x1f\x8b\x08" + bytes(50), "damaged"),
    ],
)
def test_what_is_not_read_is_called_by_its_name(tmp_path: Path, data: bytes, what: str) -> None:
    (tmp_path / "thing.zip").write_bytes(data)
    assert what in refusal(tmp_path / "thing.zip").what


def test_a_pipe_is_refused_without_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.npz")
    assert "is a pipe or device" in refusal(tmp_path / "pipe.npz").what
    assert "is a pipe or device" in refusal("/dev/zero").what
    os.mkfifo(tmp_path / "train-images-idx3-ubyte")
    (tmp_path / "data.npz").write_bytes(npz(x=pixels(), y=labels()))
    assert len(contents(tmp_path).ids) == 12


def test_labels_as_long_as_a_cifar_file_are_still_idx(tmp_path: Path) -> None:
    count = 3073 - 8
    (tmp_path / "train-labels-idx1-ubyte").write_bytes(idx(labels(count)))
    (tmp_path / "train-images-idx3-ubyte").write_bytes(idx(pixels(count, 2, 2)))
    assert len(contents(tmp_path).ids) == count
    assert len(contents(tmp_path / "train-labels-idx1-ubyte").ids) == count


def test_class_folders_come_before_files_beside_them(tmp_path: Path) -> None:
    write(tmp_path, {**pictures(["a/1.png", "b/1.png"]), "data.npz": npz(x=pixels(), y=labels())})
    found = contents(tmp_path)
    assert list(found.classes) == ["a", "b"]
    assert found.notes == ["1 file beside the class folders left out: data.npz."]
    assert len(contents(tmp_path / "data.npz").ids) == 12


def test_arrays_in_the_only_folder_of_a_folder_are_found(tmp_path: Path) -> None:
    save_idx(tmp_path / "MNIST" / "raw")
    found = contents(tmp_path / "MNIST")
    assert found.notes == ["MNIST-type IDX: 12 images of 6 × 5, grayscale."]
    assert opened(tmp_path / "MNIST").shape == (6, 5, 1)
    write(tmp_path / "pets", pictures(["cats/1.png"]))
    assert "only one class" in refusal(tmp_path / "pets").what


def test_several_npz_files_ask_for_a_choice(tmp_path: Path) -> None:
    write(tmp_path, {"a.npz": npz(x=pixels(), y=labels()), "b.npz": npz(x=pixels(), y=labels())})
    assert "several NPZ files: a.npz, b.npz" in refusal(tmp_path).what


def test_a_file_that_vanishes_or_changes_between_listing_and_reading_is_refused(tmp_path: Path) -> None:
    path = save_idx(tmp_path)
    found = contents(path)
    path.write_bytes(idx(pixels(11)))
    with pytest.raises(EngineError, match="damaged or cut short"):
        found.pixels.original(11)
    path.unlink()
    with pytest.raises(EngineError, match="is not there"):
        found.pixels.original(0)


def test_nothing_there_is_said(tmp_path: Path) -> None:
    assert "is not there" in refusal(tmp_path / "no.zip").what


def test_a_file_closed_to_the_user_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = save_idx(tmp_path)
    really = os.open

    def guarded(name: object, flags: int, *more: int) -> int:
        if str(name) == str(path):
            raise PermissionError(13, "Permission denied")
        return really(name, flags, *more)  # type: ignore[arg-type]

    monkeypatch.setattr(os, "open", guarded)
    assert "may not open" in refusal(path).what


def test_only_some_folders_or_files_of_a_folder_can_be_meant(tmp_path: Path) -> None:
    write(tmp_path, pictures(["a/1.png", "b/1.png", "c/1.png", "d.png"]))
    found = contents_of(Source.of_path(tmp_path, ["a", "c"]), None, Quiet())
    assert (list(found.classes), found.notes) == (["a", "c"], [])
    save_idx(tmp_path)
    chosen = ["train-images-idx3-ubyte", "train-labels-idx1-ubyte"]
    assert len(contents_of(Source.of_path(tmp_path, chosen), None, Quiet()).ids) == 12
    with pytest.raises(EngineError):
        contents_of(Source.of_path(tmp_path, ["..", "zzz"]), None, Quiet())


def test_ids_are_unique_and_the_same_at_each_opening(tmp_path: Path) -> None:
    save_idx(tmp_path, "train")
    save_idx(tmp_path, "t10k", seed=1)
    first, second = opened(tmp_path), opened(tmp_path)
    assert first.ids == second.ids
    assert len(set(first.ids)) == 24
    assert first.fingerprint == second.fingerprint


@pytest.mark.parametrize("text", ["a?pattern=x", "a?pattern={class}{class}", "a?labels=x", "a?pattern=*{class}****"])
def test_options_that_are_none_are_refused(text: str) -> None:
    with pytest.raises(EngineError):
        Source.parse(text)


def test_options_are_kept_in_the_location_and_a_question_mark_may_be_in_a_name(tmp_path: Path) -> None:
    source = Source.parse(f"{tmp_path}/photos?pattern={{class}}_# 1&label=a b")
    assert source.options == {"pattern": "{class}_# 1", "label": "a b"}
    assert (source.path, source.name) == (tmp_path / "photos", "photos")
    assert Source.parse(source.location) == source
    assert Source.parse(f"{tmp_path}/what?").path == tmp_path / "what?"
    assert Source.parse(f"{tmp_path}/a?b=c").path == tmp_path / "a?b=c"

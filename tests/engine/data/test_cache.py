"""Images are decoded once; whatever spoils the cache costs time and nothing else."""

from __future__ import annotations

import errno
import os
import shutil
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from engine.data import cache
from engine.data.dataset import Dataset, DatasetSpec
from engine.data.entry import datasets_folder, open_entry
from engine.data.opening import open_dataset
from engine.data.source import Source
from engine.errors import EngineError
from engine.images.decoding import UnreadableImage, decode_bytes, read_bytes
from engine.images.preprocessing import Preprocessing
from engine.jobs import Quiet
from engine.storage import disk
from tests.engine.data.folders import folder, picture, save

SMALL = Preprocessing(6, 8, "rgb")


class Decodings:
    """Counts the files that are decoded."""

    def __init__(self) -> None:
        self.names: list[str] = []

    def taken(self) -> list[str]:
        """The files decoded since the last time."""
        names, self.names = sorted(self.names), []
        return names


@pytest.fixture
def decoded(monkeypatch: pytest.MonkeyPatch) -> Decodings:
    seen = Decodings()

    def counted(data: bytes, preprocessing: Preprocessing, name: str) -> Any:
        seen.names.append(name)
        return decode_bytes(data, preprocessing, name)

    monkeypatch.setattr("engine.data.decoders.decode_bytes", counted)
    return seen


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return folder(tmp_path / "data", {"a": 3, "b": 3})


def opened(root: Path, preprocessing: Preprocessing = SMALL) -> Dataset:
    return open_dataset(DatasetSpec(Source(str(root)), preprocessing))


def entries() -> list[Path]:
    return sorted(datasets_folder().iterdir())


def test_a_second_opening_decodes_nothing(root: Path, decoded: Decodings) -> None:
    first = opened(root)
    assert len(decoded.taken()) == 6
    second = opened(root)
    assert decoded.taken() == []
    assert (first.from_cache, second.from_cache) == (False, True)
    assert first.fingerprint == second.fingerprint
    np.testing.assert_array_equal(first.images, second.images)
    assert isinstance(second.images, np.memmap)


def test_a_second_opening_remembers_what_could_not_be_read(root: Path, decoded: Decodings) -> None:
    (root / "a" / "x.jpg").write_text("no image")
    first = opened(root)
    decoded.taken()
    second = opened(root)
    assert decoded.taken() == []
    assert first.unreadable == second.unreadable != ()


def changed(root: Path) -> None:
    save(root / "a" / "000.png", 77)
    later = time.time() + 5
    os.utime(root / "a" / "000.png", (later, later))


@pytest.mark.parametrize(
    "change",
    [
        changed,
        lambda root: save(root / "a" / "new.png", 50),
        lambda root: (root / "b" / "002.png").unlink(),
        lambda root: (root / "b" / "002.png").rename(root / "a" / "002b.png"),
    ],
    ids=["changed", "added", "removed", "moved"],
)
def test_what_has_changed_on_the_disk_is_seen(root: Path, change: Callable[[Path], object]) -> None:
    before = opened(root)
    change(root)
    after = opened(root)
    assert not after.from_cache
    assert after.fingerprint != before.fingerprint
    assert len(entries()) == 1
    for id, image in zip(after.ids, after.images, strict=True):
        np.testing.assert_array_equal(image, np.asarray(Image.open(root / id)))


def touch(path: Path) -> None:
    later = time.time() + 5
    os.utime(path, (later, later))


def test_only_what_has_changed_is_decoded_again(root: Path, decoded: Decodings) -> None:
    (root / "a" / "text.jpg").write_text("no image")
    before = opened(root)
    decoded.taken()
    changed(root)
    save(root / "b" / "new.png", 50)
    (root / "b" / "000.png").unlink()
    after = opened(root)
    assert decoded.taken() == ["a/000.png", "b/new.png"]
    assert after.unreadable == before.unreadable != ()
    for id, image in zip(after.ids, after.images, strict=True):
        np.testing.assert_array_equal(image, np.asarray(Image.open(root / id)))
    shutil.rmtree(datasets_folder())
    assert opened(root).fingerprint == after.fingerprint


def test_what_was_moved_renamed_or_touched_is_known_by_its_content(root: Path, decoded: Decodings) -> None:
    opened(root)
    decoded.taken()
    (root / "a" / "000.png").rename(root / "b" / "from a.png")
    touch(root / "b" / "001.png")
    after = opened(root)
    assert (decoded.taken(), after.from_cache) == ([], False)
    np.testing.assert_array_equal(after.images[after.ids.index("b/from a.png")], picture(1))


def test_a_folder_that_has_moved_is_not_decoded_again(root: Path, tmp_path: Path, decoded: Decodings) -> None:
    before = opened(root)
    decoded.taken()
    there = root.rename(tmp_path / "there")
    after = opened(there)
    assert (after.from_cache, after.fingerprint, decoded.taken()) == (True, before.fingerprint, [])
    assert len(entries()) == 1
    save(there / "a" / "new.png", 50)
    opened(there)
    assert decoded.taken() == ["a/new.png"]
    assert len(entries()) == 1


def test_a_copy_with_other_times_is_known_by_its_contents(root: Path, tmp_path: Path, decoded: Decodings) -> None:
    before = opened(root)
    decoded.taken()
    copy = shutil.copytree(root, tmp_path / "copy", copy_function=shutil.copyfile)
    for one in copy.rglob("*.png"):
        touch(one)
    assert (opened(copy).fingerprint, decoded.taken()) == (before.fingerprint, [])
    assert opened(root).from_cache
    assert len(entries()) == 2


def test_other_files_of_the_same_names_sizes_and_times_are_not_taken_for_a_copy(root: Path, tmp_path: Path) -> None:
    for one in root.rglob("*.png"):
        one.unlink()
    for seed, name in enumerate(("a/1.bmp", "b/1.bmp")):
        save(root / name, seed)
    opened(root)
    copy = shutil.copytree(root, tmp_path / "copy")
    facts = (copy / "a/1.bmp").stat()
    save(copy / "a/1.bmp", 77)
    os.utime(copy / "a/1.bmp", ns=(facts.st_atime_ns, facts.st_mtime_ns))
    after = opened(copy)
    assert not after.from_cache
    np.testing.assert_array_equal(after.images[0], picture(77))


def test_only_files_that_were_closed_are_tried_again(
    root: Path, decoded: Decodings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def closed(path: Path | str) -> bytes:
        if str(path).endswith("a/001.png"):
            raise UnreadableImage("001.png", "this user may not open it", passing=True)
        return read_bytes(path)

    with monkeypatch.context() as patch:
        patch.setattr("engine.data.decoders.read_bytes", closed)
        patch.setattr("engine.data.cache.read_bytes", closed)
        first, second = opened(root), opened(root)
        assert (second.from_cache, second.unreadable) == (True, first.unreadable)
    decoded.taken()
    assert len(opened(root).ids) == 6
    assert decoded.taken() == ["a/001.png"]


def test_each_size_has_an_entry_of_its_own(root: Path) -> None:
    opened(root)
    assert opened(root, Preprocessing(4, 4, "rgb")).shape == (4, 4, 3)
    assert opened(root).from_cache
    assert opened(root, Preprocessing(4, 4, "rgb")).from_cache


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[-1] ^= 1
    path.write_bytes(data)


@pytest.mark.parametrize(
    "damage",
    [
        lambda entry: cut(entry / "images.npy"),
        lambda entry: cut(entry / "entry.npz"),
        lambda entry: (entry / "images.npy").write_bytes(b"no array at all"),
        lambda entry: (entry / "entry.npz").write_bytes(b""),
        lambda entry: (entry / "images.npy").unlink(),
        lambda entry: (entry / "entry.npz").unlink(),
        lambda entry: np.save(entry / "images.npy", np.zeros((6, 6, 8, 3), np.float32)),
        lambda entry: np.save(entry / "images.npy", np.zeros((5, 6, 8, 3), np.uint8)),
        lambda entry: flip(entry / "images.npy"),
        shutil.rmtree,
    ],
    ids=[
        *("cut", "cut list", "garbage", "empty list", "no pixels", "no list", "other type", "too few", "flipped"),
        "all gone",
    ],
)
def test_a_damaged_entry_is_made_again(root: Path, damage: Callable[[Path], object]) -> None:
    before = opened(root).fingerprint
    damage(entries()[0])
    after = opened(root)
    assert not after.from_cache
    assert after.fingerprint == before
    np.testing.assert_array_equal(after.images[0], picture(1))
    assert len(entries()) == 1
    assert opened(root).from_cache


def test_an_entry_that_holds_pickled_objects_is_made_again_and_they_are_not_run(root: Path, tmp_path: Path) -> None:
    class Trap:
        def __reduce__(self) -> tuple[object, tuple[str]]:
            return os.mkdir, (str(tmp_path / "sprung"),)

    opened(root)
    np.save(entries()[0] / "images.npy", np.array([Trap()]), allow_pickle=True)
    assert not opened(root).from_cache
    assert not (tmp_path / "sprung").exists()


@pytest.mark.parametrize("call", ["reserve", "write", "fsync"])
def test_a_disk_that_fills_while_the_cache_is_written_is_named_and_nothing_is_left(
    root: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    before = opened(root).fingerprint
    save(root / "a" / "new.png", 50)
    with monkeypatch.context() as patch:
        patch.setattr(disk.DISK, call, full)
        with pytest.raises(EngineError, match="could not be written: the disk is full") as caught:
            opened(root)
    assert "Delete files that are not needed" in caught.value.fix
    assert len(entries()) == 1
    (root / "a" / "new.png").unlink()
    assert (opened(root).from_cache, opened(root).fingerprint) == (True, before)


def test_a_cache_folder_that_cannot_be_made_is_bad_input(root: Path, home: Path) -> None:
    (home / "cache").mkdir()
    (home / "cache" / "datasets").write_text("in the way")
    with pytest.raises(EngineError, match="could not be written"):
        opened(root)


def test_openings_at_once_do_not_spoil_each_other(root: Path) -> None:
    found: list[Dataset] = []
    threads = [threading.Thread(target=lambda: found.append(opened(root))) for _ in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert len(found) == 4
    assert len({dataset.fingerprint for dataset in found}) == 1
    for dataset in found:
        np.testing.assert_array_equal(dataset.images[5], picture(6))


def test_of_entries_that_two_processes_made_at_once_one_stays(root: Path) -> None:
    before = opened(root).fingerprint
    (entry,) = entries()
    twin = entry.with_name(f"{entry.name.split('-')[0]}-zzzzzzzz")
    shutil.copytree(entry, twin)
    assert opened(root).from_cache
    assert twin.exists()  # the other process may be about to read it
    old = time.time() - 4000
    for one in (*twin.iterdir(), twin):
        os.utime(one, (old, old))
    again = opened(root)
    assert (again.from_cache, again.fingerprint, entries()) == (True, before, [entry])


def test_pixels_in_use_stay_when_the_entry_is_deleted(root: Path) -> None:
    dataset = opened(root)
    shutil.rmtree(entries()[0], ignore_errors=True)
    np.testing.assert_array_equal(dataset.images[0], picture(1))


def test_damage_in_the_middle_of_many_pixels_is_found_by_comparing_all(root: Path) -> None:
    opened(root)
    opened(root, Preprocessing(900, 900, "rgb"))
    assert cache.remove_damaged(Quiet()) == 0
    large = max(entries(), key=lambda one: (one / "images.npy").stat().st_size) / "images.npy"
    with large.open("r+b") as file:
        file.seek(5 * 900 * 900 * 3)
        file.write(b"damage")
    assert open_entry(large.parent) is None  # six images only: all are looked at
    assert cache.remove_damaged(Quiet()) == 1
    assert len(entries()) == 1
    assert opened(root).from_cache


def test_whether_a_source_was_ever_decoded(root: Path) -> None:
    assert not cache.is_cached(str(root))
    opened(root)
    assert cache.is_cached(str(root))
    assert not cache.is_cached(str(root.parent))

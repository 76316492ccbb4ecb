"""Images are decoded once; whatever spoils the cache costs time and nothing else."""

from __future__ import annotations

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
from engine.data.opening import open_dataset
from engine.data.source import Source
from engine.errors import EngineError
from engine.images.decoding import decode_bytes
from engine.images.preprocessing import Preprocessing
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

    monkeypatch.setattr("engine.data.pixels.decode_bytes", counted)
    return seen


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return folder(tmp_path / "data", {"a": 3, "b": 3})


def opened(root: Path, preprocessing: Preprocessing = SMALL) -> Dataset:
    return open_dataset(DatasetSpec(Source(str(root)), preprocessing))


def entries() -> list[Path]:
    return sorted(cache.datasets_folder().iterdir())


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


def test_each_size_has_an_entry_of_its_own(root: Path) -> None:
    opened(root)
    assert opened(root, Preprocessing(4, 4, "rgb")).shape == (4, 4, 3)
    assert opened(root).from_cache
    assert opened(root, Preprocessing(4, 4, "rgb")).from_cache


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


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
        shutil.rmtree,
    ],
    ids=["cut", "cut list", "garbage", "empty list", "no pixels", "no list", "other type", "too few", "all gone"],
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


def test_a_disk_without_room_is_told_before_decoding(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = shutil.disk_usage(root)._replace(free=1000)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage)
    with pytest.raises(EngineError, match=r"and 1\.0 kB are free") as caught:
        opened(root)
    assert "Free some space" in caught.value.fix
    assert entries() == []


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


def test_what_an_opening_that_was_killed_left_is_removed_after_an_hour(root: Path) -> None:
    folders = [cache.datasets_folder() / f"building-{name}" for name in ("old", "new", "slow", "empty")]
    old = time.time() - 4000
    for one in folders:
        one.mkdir(parents=True)
        if one.name != "building-empty":
            (one / "images.npy").write_bytes(b"half")
            os.utime(one / "images.npy", (old, old))
        os.utime(one, (old, old))
    os.utime(folders[1])
    os.utime(folders[2] / "images.npy")
    cache.remove_leftovers()
    assert [one.exists() for one in folders] == [False, True, True, False]


def test_pixels_in_use_stay_when_the_entry_is_deleted(root: Path) -> None:
    dataset = opened(root)
    shutil.rmtree(entries()[0], ignore_errors=True)
    np.testing.assert_array_equal(dataset.images[0], picture(1))

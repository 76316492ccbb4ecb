"""The cache keeps to its limit, and never deletes what is in use."""

from __future__ import annotations

import os
import shutil
import time
from pathlib import Path

import numpy as np
import pytest

from engine.data import room
from engine.data.dataset import Dataset, DatasetSpec
from engine.data.entry import datasets_folder
from engine.data.opening import open_dataset
from engine.data.source import Source
from engine.errors import EngineError
from engine.home import home
from engine.images.preprocessing import Preprocessing
from tests.engine.data.folders import folder


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return folder(tmp_path / "data", {"a": 3, "b": 3})


def opened(root: Path, side: int = 8) -> Dataset:
    return open_dataset(DatasetSpec(Source(str(root)), Preprocessing(side, side, "rgb")))


def sides() -> dict[int, Path]:
    """The entries by the size of their images."""
    folders = sorted(datasets_folder().iterdir())
    return {int(np.load(one / "images.npy", mmap_mode="r").shape[1]): one for one in folders}


def test_what_an_opening_that_was_killed_left_is_removed_after_an_hour() -> None:
    folders = [datasets_folder() / f"building-{name}" for name in ("old", "new", "slow", "empty")]
    old = time.time() - 4000
    for one in folders:
        one.mkdir(parents=True)
        if one.name != "building-empty":
            (one / "images.npy").write_bytes(b"half")
            os.utime(one / "images.npy", (old, old))
        os.utime(one, (old, old))
    os.utime(folders[1])
    os.utime(folders[2] / "images.npy")
    room.remove_leftovers()
    assert [one.exists() for one in folders] == [False, True, True, False]


def test_the_limit_is_a_share_of_the_disk_until_it_is_chosen() -> None:
    assert 0 < room.cache_limit() <= min(20_000_000_000, shutil.disk_usage(home()).total // 10)
    room.set_cache_limit(123_456_789)
    assert room.cache_limit() == 123_456_789


@pytest.mark.parametrize("text", ["", "{}", '{"bytes": -5}', '{"bytes": "many"}', "[1]"])
def test_a_damaged_limit_is_none(text: str) -> None:
    (home() / "cache.json").write_text(text)
    assert room.cache_limit() > 1000


def test_what_was_used_longest_ago_goes_first(root: Path) -> None:
    for number, side in enumerate((20, 21, 22)):
        opened(root, side)
        then = time.time() - 1000 + number
        os.utime(sides()[side], (then, then))
    opened(root, 20)  # now it is the one used last
    room.set_cache_limit(room.cache_size() + 2000)
    opened(root, 23)
    assert sorted(sides()) == [20, 22, 23]
    assert room.cache_size() <= room.cache_limit()


def test_what_is_in_use_stays_even_beyond_the_limit(root: Path) -> None:
    used = opened(root, 20)
    opened(root, 21)
    room.set_cache_limit(1)
    assert sorted(sides()) == [20]
    part = np.asarray(used.images)[2:4]
    del used
    room.clear()
    assert sorted(sides()) == [20]  # some of its pixels are enough
    assert part.shape == (2, 20, 20, 3)
    del part
    room.clear()
    assert not sides()


def test_a_full_disk_makes_old_entries_go(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened(root, 20)
    usage, needed = shutil.disk_usage(root), 6 * 30 * 30 * 3
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=room.LEFT_FREE + needed))
    opened(root, 30)
    assert sorted(sides()) == [20, 30]
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=room.LEFT_FREE + needed - 1))
    with pytest.raises(EngineError, match="are free"):
        opened(root, 31)
    assert sorted(sides()) == [30]


def test_nothing_is_deleted_where_that_would_not_be_enough(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened(root, 20)
    usage = shutil.disk_usage(root)._replace(free=1000)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage)
    with pytest.raises(EngineError, match="are free"):
        opened(root, 300)
    assert sorted(sides()) == [20]


def test_a_disk_without_room_is_told_before_decoding(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = shutil.disk_usage(root)._replace(free=1000)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage)
    with pytest.raises(EngineError, match=r"and 1\.0 kB are free") as caught:
        opened(root)
    assert "Free some space" in caught.value.fix
    assert not sides()

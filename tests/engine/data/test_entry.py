"""An entry of the cache is what was written, or it is none."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest

from engine.data.dataset import Unreadable
from engine.data.entry import Entry, Files, alone, is_whole, make_images, open_entry, save_entry
from engine.jobs import Quiet
from engine.storage import load_arrays, save_arrays

GONE = Unreadable("b/\udce9.png", "it is no longer there", passing=True)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The pixels of 2,000 images, the second of 2,001 files being unreadable."""
    images = make_images(tmp_path / "images.npy", (2000, 32, 32, 3))
    images[:] = np.random.default_rng(0).integers(0, 256, images.shape, np.uint8)
    images.flush()
    names = [f"a/{number}.png" for number in range(2001)]
    names[1] = GONE.path
    files = Files(names, np.arange(4002, dtype=np.int64).reshape(2001, 2), np.zeros((2001, 16), np.uint8))
    save_entry(tmp_path, images, "/somewhere", "state", {1: GONE}, files, Quiet())
    return tmp_path


def opened(folder: Path) -> Entry:
    entry = open_entry(folder)
    assert entry is not None
    return entry


def test_it_is_read_as_it_was_written(folder: Path) -> None:
    entry = opened(folder)
    assert (entry.location, entry.state, entry.unreadable) == ("/somewhere", "state", {1: GONE})
    assert entry.passing == [1]
    assert entry.rows.tolist() == [0, -1, *range(1, 2000)]
    assert entry.files is not None
    assert entry.files.names[1] == GONE.path
    assert entry.files.stamps[2000].tolist() == [4000, 4001]
    np.testing.assert_array_equal(entry.images, np.load(folder / "images.npy"))
    assert not entry.images.flags.writeable
    assert is_whole(entry, Quiet())


def test_zeros_from_a_lost_write_are_found_at_once_and_a_single_byte_by_looking_at_all(folder: Path) -> None:
    size = (folder / "images.npy").stat().st_size
    with (folder / "images.npy").open("r+b") as file:
        file.seek(-32 * 32 * 3 * 1900 + 5, os.SEEK_END)  # in an image between two of the pieces that are looked at
        byte = file.read(1)
        file.seek(-1, os.SEEK_CUR)
        file.write(bytes([byte[0] ^ 1]))
    assert not is_whole(opened(folder), Quiet())
    with (folder / "images.npy").open("r+b") as file:
        file.truncate(size // 2)
        file.truncate(size)
    assert open_entry(folder) is None


@pytest.mark.parametrize("change", [{"files": 2000}, {"unreadable": [[2001, "a", "b", False]]}, {"unreadable": 3}])
def test_a_list_that_does_not_fit_the_pixels_is_none(folder: Path, change: dict[str, object]) -> None:
    arrays, meta = load_arrays(folder / "entry.npz")
    save_arrays(folder / "entry.npz", arrays, meta | change)
    assert open_entry(folder) is None


def test_a_list_of_files_that_is_too_short_is_none(folder: Path) -> None:
    arrays, meta = load_arrays(folder / "entry.npz")
    save_arrays(folder / "entry.npz", arrays | {"stamps": arrays["stamps"][:-1]}, meta)
    assert open_entry(folder) is None


@pytest.mark.skipif(os.name == "nt", reason="Windows deletes nothing that is open, and needs no locks")
def test_as_long_as_some_pixels_are_open_nobody_has_the_entry_alone(folder: Path) -> None:
    with alone(folder) as free:
        assert free
    entry = opened(folder)
    part = np.asarray(entry.images)[5:7]
    del entry
    with alone(folder) as free:
        assert not free
    del part
    with alone(folder) as free:
        assert free
    with alone(folder / "nothing") as free:
        assert free

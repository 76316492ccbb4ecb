"""Decoding in processes of their own: the same pixels, digests and faults as in this one."""

from __future__ import annotations

import os
import signal
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from engine.data import pixels as module
from engine.data.decoders import DIGEST_BYTES, decode_files, processes
from engine.data.pixels import FilePixels
from engine.errors import Cancelled
from engine.images.preprocessing import Preprocessing
from engine.jobs import Quiet
from tests.engine.data.folders import cut_jpeg, folder

SMALL = Preprocessing(6, 8, "rgb")
IMAGES = 30


@pytest.fixture
def root(tmp_path: Path) -> Path:
    made = folder(tmp_path / "images", {"a": 20, "b": 10})
    (made / "a" / "007.png").write_bytes(cut_jpeg())
    return made


@pytest.fixture
def target(tmp_path: Path) -> np.memmap[Any, Any]:
    return np.lib.format.open_memmap(tmp_path / "images.npy", "w+", np.uint8, (IMAGES, 6, 8, 3))


@pytest.fixture
def files(root: Path, monkeypatch: pytest.MonkeyPatch) -> FilePixels:
    monkeypatch.setattr(module, "_MANY", 10)
    monkeypatch.setattr(module, "_MANY_AT_ONCE", 7)
    ids = sorted(str(one.relative_to(root)) for one in root.glob("*/*"))
    return FilePixels(root, ids, [(500, 1)] * len(ids))


def test_processes_give_what_this_process_gives(files: FilePixels, root: Path, target: np.memmap[Any, Any]) -> None:
    digests = np.zeros((IMAGES, DIGEST_BYTES), np.uint8)
    found = files.fill_some(target, range(IMAGES), digests, SMALL, Quiet())
    here, of_here = np.zeros_like(target), np.zeros_like(digests)
    expected = decode_files(str(root), files.ids, range(IMAGES), here, of_here, SMALL)
    assert [one.path for one in found.values()] == ["a/007.png"]
    assert found == expected
    readable = [place for place in range(IMAGES) if place not in found]
    assert np.array_equal(target[readable], here[readable])
    assert np.array_equal(digests, of_here)


def test_only_some_of_the_files_are_written(files: FilePixels, target: np.memmap[Any, Any]) -> None:
    some = [*range(3, 12), *range(20, 29)]
    digests = np.zeros((IMAGES, DIGEST_BYTES), np.uint8)
    files.fill_some(target, some, digests, SMALL, Quiet())
    written = np.flatnonzero(target.any(axis=(1, 2, 3))).tolist()
    assert written == [place for place in some if place != 7]
    assert np.flatnonzero(digests.any(axis=1)).tolist() == some


def test_cancel_ends_them(files: FilePixels, target: np.memmap[Any, Any]) -> None:
    class Impatient(Quiet):
        def progress(self, done: float, total: float | None, text: str = "") -> None:
            if done:
                raise Cancelled

    digests = np.zeros((IMAGES, DIGEST_BYTES), np.uint8)
    with pytest.raises(Cancelled):
        files.fill_some(target, range(IMAGES), digests, SMALL, Impatient())


def test_where_a_process_dies_this_one_goes_on(
    files: FilePixels, target: np.memmap[Any, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    def dying(*arguments: Any) -> Any:
        pool = processes(*arguments)
        pool.submit(os.kill, pool.submit(os.getpid).result(), signal.SIGKILL)
        return pool

    monkeypatch.setattr(module, "processes", dying)
    digests = np.zeros((IMAGES, DIGEST_BYTES), np.uint8)
    found = files.fill_some(target, range(IMAGES), digests, SMALL, Quiet())
    assert [one.path for one in found.values()] == ["a/007.png"]
    assert digests.any(axis=1).all()


def test_few_files_start_no_process(
    files: FilePixels, target: np.memmap[Any, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_MANY", IMAGES + 1)
    monkeypatch.setattr(module, "processes", None)
    files.fill(target, SMALL, Quiet())
    assert target.any(axis=(1, 2, 3)).sum() == IMAGES - 1

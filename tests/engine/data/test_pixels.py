"""Where decoded images come from: files on many threads, samples in pieces."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from engine.data.decoders import DIGEST_BYTES
from engine.data.pixels import _BATCH, DigitPixels, FilePixels, ShapePixels, sample_shape
from engine.data.samples import digits, shapes
from engine.errors import Cancelled
from engine.images.decoding import decode
from engine.images.preprocessing import Preprocessing
from engine.jobs import Quiet
from tests.engine.data.folders import save


class Ear(Quiet):
    """Hears progress, and cancels when told."""

    def __init__(self, cancel_at: float = float("inf")) -> None:
        self.heard: list[tuple[float, float | None]] = []
        self.cancel_at = cancel_at

    def progress(self, done: float, total: float | None, text: str = "") -> None:
        self.heard.append((done, total))
        if done >= self.cancel_at:
            raise Cancelled


def test_files_land_in_their_places_whatever_the_threads_do(tmp_path: Path) -> None:
    names = [f"{number:03d}.png" for number in range(3 * _BATCH + 5)]
    for number, name in enumerate(names):
        save(tmp_path / name, number)
    (tmp_path / names[70]).write_text("no image")
    wanted = Preprocessing(6, 8, "rgb")
    target = np.zeros((len(names), *wanted.shape), np.uint8)
    ear = Ear()
    unreadable = FilePixels(tmp_path, names).fill(target, wanted, ear)
    assert {index: one.path for index, one in unreadable.items()} == {70: names[70]}
    for number in (0, 1, _BATCH - 1, _BATCH, len(names) - 1):
        np.testing.assert_array_equal(target[number], decode(tmp_path / names[number], wanted))
    done = [one for one, _ in ear.heard]
    assert done == sorted(done)
    assert (ear.heard[0], ear.heard[-1]) == ((0, len(names)), (len(names), len(names)))


def test_some_files_are_decoded_and_known_contents_are_not(tmp_path: Path) -> None:
    names = [f"{number:03d}.png" for number in range(6)]
    for number, name in enumerate(names):
        save(tmp_path / name, number)
    wanted = Preprocessing(6, 8, "rgb")
    target = np.zeros((len(names), *wanted.shape), np.uint8)
    digests = np.zeros((len(names), DIGEST_BYTES), np.uint8)
    content = hashlib.sha256((tmp_path / names[3]).read_bytes()).digest()[:DIGEST_BYTES]
    white = np.full(wanted.shape, 255, np.uint8)

    def known(digest: bytes) -> np.ndarray[Any, Any] | None:
        return white if digest == content else None

    assert FilePixels(tmp_path, names).fill_some(target, [1, 3], digests, wanted, Quiet(), known) == {}
    assert [bool(one.any()) for one in target] == [False, True, False, True, False, False]
    np.testing.assert_array_equal(target[1], decode(tmp_path / names[1], wanted))
    np.testing.assert_array_equal(target[3], white)
    assert digests[3].tobytes() == content
    assert [bool(one.any()) for one in digests] == [False, True, False, True, False, False]


def test_cancelling_ends_before_the_last_file(tmp_path: Path) -> None:
    save(tmp_path / "x.png")
    names = ["x.png"] * (40 * _BATCH)
    wanted = Preprocessing(6, 8, "rgb")
    target = np.zeros((len(names), *wanted.shape), np.uint8)
    with pytest.raises(Cancelled):
        FilePixels(tmp_path, names).fill(target, wanted, Ear(cancel_at=_BATCH))
    assert not target[-1].any()


def test_the_samples_fill_an_array_of_their_own_shape() -> None:
    target = np.zeros((1797, *sample_shape("sample:digits")), np.uint8)
    assert DigitPixels().fill(target, Preprocessing(8, 8, "grayscale"), Quiet()) == {}
    np.testing.assert_array_equal(target, digits.read()[0])


@pytest.mark.parametrize("images", [1, shapes.CHUNK, shapes.CHUNK + 1])
def test_shapes_are_the_same_however_many_there_are(images: int) -> None:
    target = np.zeros((images, *sample_shape("sample:shapes")), np.uint8)
    assert ShapePixels(images, 3).fill(target, Preprocessing(32, 32, "rgb"), Quiet()) == {}
    np.testing.assert_array_equal(target[: shapes.CHUNK], shapes.draw(3, 0)[:images])
    if images > shapes.CHUNK:
        np.testing.assert_array_equal(target[-1], shapes.draw(3, 1)[0])


def test_drawing_shapes_can_be_cancelled() -> None:
    target = np.zeros((3 * shapes.CHUNK, 32, 32, 3), np.uint8)
    with pytest.raises(Cancelled):
        ShapePixels(len(target), 0).fill(target, Preprocessing(32, 32, "rgb"), Ear(cancel_at=shapes.CHUNK))
    assert not target[-1].any()

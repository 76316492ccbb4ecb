"""The input that is proposed for a pile of images."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.images.preprocessing import Preprocessing
from engine.images.proposing import COLOUR_SAMPLE, SAMPLE, Proposal, propose
from tests.engine.data.folders import huge_header, save


def proposed(root: Path) -> Proposal:
    return propose(root, sorted(one.name for one in root.iterdir()))


@pytest.mark.parametrize(("height", "width"), [(8, 8), (1, 1), (200, 30), (256, 256)])
def test_images_of_one_bearable_size_are_used_as_they_are(tmp_path: Path, height: int, width: int) -> None:
    for number in range(3):
        save(tmp_path / f"{number}.png", number, height, width)
    found = proposed(tmp_path)
    # Noise of a single pixel may be grey; whether it is colour is not the point here.
    assert found.preprocessing.changed(channels="rgb") == Preprocessing(height, width, "rgb")
    assert found.note == ""


def test_large_images_of_one_size_are_made_smaller(tmp_path: Path) -> None:
    save(tmp_path / "a.png", 0, 300, 400)
    found = proposed(tmp_path)
    assert found.preprocessing == Preprocessing(128, 128, "rgb")
    assert found.note == "The images are 300 × 400 pixels: 128 × 128 is proposed as the network's input."


@pytest.mark.parametrize(
    ("sides", "side"),
    [((20, 21, 22), 32), ((50, 60, 70), 48), ((64, 65, 10), 64), ((97, 98, 99), 96), ((500, 20, 600), 128)],
)
def test_photos_that_differ_get_a_usual_size_that_enlarges_few(
    tmp_path: Path, sides: tuple[int, int, int], side: int
) -> None:
    for number, height in enumerate(sides):
        save(tmp_path / f"{number}.png", number, height, height + 5)
    found = proposed(tmp_path)
    assert found.preprocessing == Preprocessing(side, side, "rgb")
    assert found.note.startswith("The images differ in size, from ")


def test_images_without_colour_are_seen_in_grey(tmp_path: Path) -> None:
    save(tmp_path / "a.png", 1, channels=1)
    assert proposed(tmp_path).preprocessing.channels == "grayscale"


def test_grey_images_saved_as_colour_are_seen_in_grey(tmp_path: Path) -> None:
    from PIL import Image

    for number in range(3):
        Image.new("RGB", (8, 8), (50 * number,) * 3).save(tmp_path / f"{number}.png")
    assert proposed(tmp_path).preprocessing.channels == "grayscale"
    save(tmp_path / "x.png", 1, 8, 8)
    assert proposed(tmp_path).preprocessing.channels == "rgb"


def test_what_cannot_be_read_has_no_say(tmp_path: Path) -> None:
    save(tmp_path / "a.png", 1, 20, 20)
    (tmp_path / "b.png").write_bytes(huge_header())
    (tmp_path / "c.jpg").write_text("no image")
    (tmp_path / "d.png").write_bytes((tmp_path / "a.png").read_bytes()[:60])
    assert proposed(tmp_path).preprocessing == Preprocessing(20, 20, "rgb")


def test_where_nothing_can_be_read_a_usual_size_stands(tmp_path: Path) -> None:
    (tmp_path / "c.jpg").write_text("no image")
    assert proposed(tmp_path) == Proposal(Preprocessing())
    assert propose(tmp_path, []) == Proposal(Preprocessing())


def test_only_a_sample_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from engine.images import decoding

    save(tmp_path / "a.png", 1, 20, 20)
    read: list[object] = []

    def counted(path: Path | str, at_most: int = 0) -> bytes:
        read.append(path)
        return (tmp_path / "a.png").read_bytes()

    monkeypatch.setattr(decoding, "read_bytes", counted)
    propose(tmp_path, [f"{number}.png" for number in range(5000)])
    assert len(read) <= SAMPLE + COLOUR_SAMPLE
    assert tmp_path / "0.png" in read
    assert tmp_path / "4975.png" in read

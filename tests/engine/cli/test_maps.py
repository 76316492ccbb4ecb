"""Feature maps as pictures."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PIL import Image

from tests.engine.cli.conftest import Command

IMAGE = "images/dark/03.png"


def test_every_map_is_a_picture_and_all_stand_on_one(command: Command, work: Path) -> None:
    said = command("maps", "p", IMAGE, "--layer", "layer_002", "--out", "new/maps")
    assert said.status == 0
    names = sorted(one.name for one in Path("new/maps").iterdir())
    assert names == [*(f"layer_002-{number:03d}.png" for number in range(32)), "layer_002-grid.png"]
    with Image.open("new/maps/layer_002-000.png") as picture:
        assert picture.size == (256, 256)
        pixels = np.asarray(picture)
    assert np.array_equal(pixels, pixels[::32, ::32].repeat(32, 0).repeat(32, 1))  # a value is a square
    with Image.open("new/maps/layer_002-grid.png") as picture:
        assert picture.width > 1000


def test_plain_values_make_one_picture(command: Command, work: Path) -> None:
    assert command("maps", "p", IMAGE, "--layer", "layer_008", "--out", "out").status == 0
    assert sorted(one.name for one in Path("out").iterdir()) == ["layer_008-000.png", "layer_008-grid.png"]


def test_own_pictures_are_written_anew_and_others_never(command: Command, work: Path) -> None:
    typed = ("maps", "p", IMAGE, "--layer", "layer_002", "--out", "out")
    assert (command(*typed).status, command(*typed).status) == (0, 0)
    foreign = Path("out/layer_002-grid.png")
    foreign.write_bytes(Path(IMAGE).read_bytes())
    first = Path("out/layer_002-000.png")
    first.unlink()
    assert "did not make it" in command(*typed).refused()[0]
    assert foreign.read_bytes() == Path(IMAGE).read_bytes()
    assert not first.exists()


def test_an_unknown_layer_or_a_place_that_is_a_file_is_refused(command: Command, work: Path) -> None:
    assert "layer_002" in command("maps", "p", IMAGE, "--layer", "conv", "--out", "out").refused()[1]
    Path("file").write_text("x", "utf-8")
    command("maps", "p", IMAGE, "--layer", "layer_002", "--out", "file").refused()
    assert Path("file").read_text("utf-8") == "x"
    command("maps", "p", "nope.png", "--layer", "layer_002", "--out", "out").refused()
    assert not Path("out").exists()

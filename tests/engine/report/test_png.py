"""Pictures that the program knows again as its own."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from engine.errors import EngineError
from engine.report import png

PICTURE = Image.new("RGB", (3, 2), "#2F6FDE")


def test_an_own_picture_is_written_anew(tmp_path: Path) -> None:
    png.save(tmp_path / "a.png", Image.new("RGB", (9, 9)))
    png.save(tmp_path / "a.png", PICTURE)
    with Image.open(tmp_path / "a.png") as found:
        assert (found.size, found.getpixel((0, 0))) == ((3, 2), (47, 111, 222))


def test_the_same_picture_gives_the_same_bytes() -> None:
    assert png.encoded(PICTURE) == png.encoded(PICTURE.copy())


@pytest.mark.parametrize("kind", ["picture", "text", "folder", "link"])
def test_what_others_made_is_never_touched(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "a.png"
    if kind == "picture":
        PICTURE.save(path)
    elif kind == "text":
        path.write_text("mine", "utf-8")
    elif kind == "folder":
        path.mkdir()
    else:
        path.symlink_to(tmp_path / "nowhere")
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(EngineError, match="did not make it"):
        png.save(path, PICTURE)
    assert (path.read_bytes() if path.is_file() else None) == before

"""A few pictures of a folder, whatever else lies in it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from engine.data import glimpse as module
from engine.data.glimpse import PICTURES, glimpse
from engine.images.decoding import decode
from engine.images.preprocessing import Preprocessing
from tests.engine.data.folders import folder

SQUARE = Preprocessing(16, 16, "rgb", "pad")


def shown(root: Path) -> list[np.ndarray]:
    return [one for part in glimpse(root, 16) for one in part]


def test_every_class_is_seen(tmp_path: Path) -> None:
    root = folder(tmp_path, {"a": 2, "b": 2, "deep/c": 1})
    (root / "a" / "bad.png").write_text("no image")
    (root / "a" / "notes.txt").write_text("no image")
    (root / ".hidden").mkdir()
    wanted = [decode(one, SQUARE) for one in root.rglob("*0*.png")]
    pictures = shown(root)
    assert len(pictures) == len(wanted) == 5
    for one in wanted:
        assert any(np.array_equal(one, picture) for picture in pictures)


def test_it_ends_after_a_few_pictures_and_when_its_time_is_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = folder(tmp_path, dict.fromkeys("abcdef", 5))
    assert len(shown(root)) == PICTURES
    monkeypatch.setattr(module, "SECONDS", 0.0)
    assert 1 <= len(shown(root)) < PICTURES


@pytest.mark.parametrize("place", ["nowhere", "file", "empty"])
def test_where_there_are_no_images_nothing_is_shown(tmp_path: Path, place: str) -> None:
    (tmp_path / "file").write_text("text")
    (tmp_path / "empty" / "a").mkdir(parents=True)
    assert shown(tmp_path / place) == []

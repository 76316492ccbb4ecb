"""Blank, dark, washed-out and blurred images are found; whole ones are not."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PIL import Image

from engine.data.doctor.quality import check
from engine.data.split import Curation
from tests.engine.data.doctor.conftest import Look
from tests.engine.data.doctor.scenes import blurred, scene


def test_good_scenes_have_no_finding(scenes: Path, look: Look) -> None:
    assert list(check(look(scenes))) == []


def test_each_fault_is_found_and_only_there(scenes: Path, look: Look) -> None:
    Image.new("RGB", (96, 96), (200, 10, 10)).save(scenes / "a" / "blank.png")
    Image.fromarray((np.asarray(scene(50)) / 8).astype(np.uint8)).save(scenes / "a" / "dark.png")
    Image.fromarray((np.asarray(scene(51)) / 10 + 229).astype(np.uint8)).save(scenes / "b" / "bright.png")
    blurred(scene(52)).save(scenes / "b" / "blurred.png")
    material = look(scenes)
    found = {one.kind: one for one in check(material)}
    assert {kind: one.images for kind, one in found.items()} == {
        "blank": ("a/blank.png",),
        "dark": ("a/dark.png",),
        "bright": ("b/bright.png",),
        "blurred": ("b/blurred.png",),
    }
    assert found["dark"].title == "1 image is very dark"
    curation = Curation()
    for one in found.values():
        curation = one.cures[0](curation)
    assert list(check(look(scenes, curation))) == []


def test_what_is_so_of_most_is_a_note_without_a_cure(scenes: Path, look: Look) -> None:
    for number in range(12):
        Image.fromarray((np.asarray(scene(number)) / 10).astype(np.uint8)).save(scenes / "a" / f"night{number}.png")
    (dark,) = [one for one in check(look(scenes)) if one.kind == "dark"]
    assert (dark.severity, dark.cures, len(dark.images)) == ("note", (), 12)

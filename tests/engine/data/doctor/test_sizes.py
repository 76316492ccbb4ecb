"""Tiny images, odd aspects and mixed colours, from the headers."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from engine import limits
from engine.data.doctor.sizes import check
from tests.engine.data.doctor.conftest import Look
from tests.engine.data.doctor.scenes import scene


def test_equal_images_have_no_finding(scenes: Path, look: Look) -> None:
    assert list(check(look(scenes))) == []


def test_tiny_and_odd_ones_are_named_with_their_sizes(scenes: Path, look: Look) -> None:
    scene(60, 20).save(scenes / "a" / "small.png")
    scene(61).resize((96, 60)).save(scenes / "a" / "wide.png")
    found = {one.kind: one for one in check(look(scenes))}
    assert (found["tiny"].images, found["tiny"].captions) == (("a/small.png",), ("20 × 20",))
    assert found["tiny"].cures[0].excluded == ("a/small.png",)
    assert (found["aspects"].images, found["aspects"].captions) == (("a/wide.png",), ("60 × 96",))


def test_grey_images_of_one_class_among_coloured_ones(scenes: Path, look: Look) -> None:
    for number in range(8):
        scene(70 + number).convert("L").save(scenes / "a" / f"grey{number}.png")
    (found,) = list(check(look(scenes)))
    assert (found.kind, found.severity, len(found.images)) == ("modes", "warning", 8)
    assert dict(found.evidence)["grey"] == 8


def test_transparent_and_16_bit_images_are_told(scenes: Path, look: Look) -> None:
    scene(80).convert("RGBA").save(scenes / "a" / "clear.png")
    Image.new("I;16", (96, 96), 999).save(scenes / "b" / "deep.png")
    (found,) = [one for one in check(look(scenes)) if one.kind == "conversions"]
    assert dict(zip(found.images, found.captions, strict=True)) == {
        "a/clear.png": "colour with transparency",
        "b/deep.png": "16 bits",
    }


def test_of_many_files_some_are_looked_into_and_it_is_said(
    scenes: Path, look: Look, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(24):
        scene(90 + number, 20).save(scenes / "a" / f"small{number}.png")
    monkeypatch.setattr(limits, "MAX_EXAMINED_FILES", 30)
    material = look(scenes)
    assert len(material.facts.rows) == 30
    found = {one.kind: one for one in check(material)}
    assert dict(found["tiny"].evidence)["looked into"] == "30 of 48 files (62 %)"
    monkeypatch.setattr(limits, "MAX_EXAMINED_BYTES", 1)
    assert len(look(scenes).facts.rows) == 1

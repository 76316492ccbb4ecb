"""Planted copies are found, and mended."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from engine.data.doctor.duplicates import Duplicate, check, find_duplicates
from engine.data.doctor.finding import Finding
from engine.data.doctor.material import Material
from engine.data.split import Curation, Part
from engine.jobs import Quiet
from tests.engine.data.doctor.conftest import Look
from tests.engine.data.doctor.scenes import COPIES, scene


def findings(material: Material) -> tuple[list[Duplicate], dict[str, Finding]]:
    copies = find_duplicates(material, Quiet())
    return copies, {one.kind: one for one in check(material, copies)}


def test_scenes_without_copies_have_none(scenes: Path, look: Look) -> None:
    assert findings(look(scenes)) == ([], {})


@pytest.mark.parametrize("kind", COPIES)
def test_near_copies_are_found(kind: str, scenes: Path, look: Look) -> None:
    rng = np.random.default_rng(0)
    for number in (2, 4, 6):
        data, suffix = COPIES[kind](scene(number), rng)
        (scenes / "a" / f"{number:02d}x.{suffix}").write_bytes(data)
    found = find_duplicates(look(scenes), Quiet())
    assert [one.kind for one in found] == ["near"] * 3
    assert [one.paths[0] for one in found] == ["a/02.jpg", "a/04.jpg", "a/06.jpg"]


def test_copies_in_other_classes_are_worst_and_the_majority_is_proposed(scenes: Path, look: Look) -> None:
    shutil.copy(scenes / "a" / "00.jpg", scenes / "b" / "copy.jpg")
    Image.open(scenes / "a" / "00.jpg").save(scenes / "a" / "00.png")
    copies, found = findings(look(scenes))
    assert [(one.paths, one.kind) for one in copies] == [
        (("a/00.jpg", "b/copy.jpg"), "exact"),
        (("a/00.jpg", "a/00.png"), "near"),
    ]
    worst = found["exact_duplicates_in_classes"]
    assert (worst.severity, worst.captions) == ("serious", ("a", "b"))
    assert [one.title for one in worst.cures] == ["Leave all of them out"]
    shutil.copy(scenes / "a" / "00.jpg", scenes / "a" / "third.jpg")
    relabel = findings(look(scenes))[1]["exact_duplicates_in_classes"].cures[0]
    assert relabel(Curation()).labels == (("b/copy.jpg", "a"),)


def test_after_the_cure_the_finding_is_gone(scenes: Path, look: Look) -> None:
    for number in (0, 2, 4, 6, 8, 10):
        shutil.copy(scenes / "a" / f"{number:02d}.jpg", scenes / "a" / f"{number:02d}x.jpg")
    curation = Curation().move(["a/00.jpg"], Part.TEST).move(["a/00x.jpg"], Part.TRAIN)
    _, found = findings(look(scenes, curation))
    move, leave = found["exact_duplicates_in_parts"].cures
    assert move(curation).parts[:2] == (("a/00.jpg", Part.TRAIN), ("a/00x.jpg", Part.TRAIN))
    assert "exact_duplicates_in_parts" not in findings(look(scenes, move(curation)))[1]
    cured = leave(curation)
    for one in found.values():
        cured = one.cures[-1](cured)
    assert len(cured.excluded) == 6
    assert findings(look(scenes, cured)) == ([], {})


def test_blank_images_are_copies_of_none_but_their_own_bytes(scenes: Path, look: Look) -> None:
    for name, level in (("x.png", 90), ("y.bmp", 90), ("z.png", 91)):
        Image.new("RGB", (96, 96), (level, level, level)).save(scenes / "a" / name)
    assert find_duplicates(look(scenes), Quiet()) == []
    shutil.copy(scenes / "a" / "x.png", scenes / "b" / "x.png")
    assert [one.paths for one in find_duplicates(look(scenes), Quiet())] == [("a/x.png", "b/x.png")]


def test_no_false_alarm_on_two_hundred_scenes() -> None:
    from engine.data.doctor.alignment import pictures, same
    from engine.data.doctor.measuring import measure
    from engine.data.doctor.neighbours import candidates

    images = np.stack([np.asarray(scene(seed, 48)) for seed in range(200)])
    measures = measure(images, np.arange(200), Quiet())
    pairs = candidates(measures.sketch, measures.colour, Quiet())
    assert not same(pictures(images[pairs[:, 0]]), pictures(images[pairs[:, 1]])).any()

"""Classes that can be told apart without the object are found, and honest ones are not."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from engine.data.doctor.shortcut import check, cross_validated
from tests.engine.data.doctor.conftest import Look
from tests.engine.data.doctor.scenes import encoded, scene


def write(root: Path, number: int, data: bytes) -> None:
    file = root / "ab"[number % 2] / f"{number:03d}.jpg"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)


def test_honest_classes_have_no_finding(tmp_path: Path, look: Look) -> None:
    for number in range(80):
        write(tmp_path, number, encoded(scene(number, 32), quality=90))
    assert list(check(look(tmp_path))) == []


@pytest.mark.parametrize("clue", ["size of files", "size of the images", "mean colour", "border"])
def test_each_planted_shortcut_is_found(clue: str, tmp_path: Path, look: Look) -> None:
    for number in range(80):
        picture, quality = scene(number, 32), 90
        if number % 2:
            if clue == "size of files":
                quality = 20
            elif clue == "size of the images":
                picture = scene(number, 40)
            elif clue == "mean colour":
                picture = Image.blend(picture, Image.new("RGB", picture.size, "red"), 0.5)
            else:
                pixels = np.array(picture)
                pixels[:2] = 0
                picture = Image.fromarray(pixels)
        write(tmp_path, number, encoded(picture, quality=quality))
    (found,) = check(look(tmp_path))
    words = {"size of files": "the size of their files"}.get(clue, clue)
    assert words in found.title
    assert dict(found.evidence)["chance"] == 0.5
    assert found.advice


def test_accuracy_is_at_chance_without_a_clue_and_counts_classes_alike() -> None:
    rng = np.random.default_rng(0)
    labels = np.r_[np.zeros(900, int), np.ones(100, int)]
    assert cross_validated(rng.normal(size=(1000, 3)), labels) == pytest.approx(0.5, abs=0.06)
    assert cross_validated(labels[:, None] + rng.normal(0, 0.1, (1000, 1)), labels) == pytest.approx(1.0)


def test_a_class_in_the_middle_of_another_is_told_apart() -> None:
    rng = np.random.default_rng(0)
    labels = np.arange(600) % 2
    values = np.where(labels == 0, rng.normal(0, 0.2, 600), rng.choice([-2.0, 2.0], 600))
    assert cross_validated(values[:, None], labels) > 0.95


def test_too_few_images_say_nothing(tmp_path: Path, look: Look) -> None:
    for number in range(12):
        write(tmp_path, number, encoded(scene(number, 32 + 8 * (number % 2))))
    assert list(check(look(tmp_path))) == []

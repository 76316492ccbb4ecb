"""Measuring a run on its own images and on others."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.engine.cli.conftest import Command, draw_images


def test_the_test_images_are_taken_and_named(command: Command, work: Path) -> None:
    found = command("evaluate", "p", "--json").json
    assert (found["split"], found["images"], found["run"], found["weights"]) == ("test", 6, "run-001", "best")
    assert found["loss"] > 0
    assert [one["class"] for one in found["per_class"]] == ["bright", "dark"]
    assert sum(one["correct"] for one in found["per_class"]) / 6 == pytest.approx(found["accuracy"])
    text = command("evaluate", "p").out
    assert "on the test images" in text
    assert "The test images were taken." in text


@pytest.mark.parametrize(("split", "images"), [("train", 28), ("validation", 6), ("test", 6), ("all", 40)])
def test_a_part_may_be_chosen(command: Command, work: Path, split: str, images: int) -> None:
    found = command("evaluate", "p", "--split", split, "--weights", "last", "--json").json
    assert (found["split"], found["images"], found["weights"]) == (split, images, "last")


def test_other_images_are_all_taken_and_classes_matched_by_name(command: Command, work: Path) -> None:
    draw_images(Path("others"), ("dark", "bright", "cat"), 4)
    found = command("evaluate", "p", "--data", "others", "--json").json
    assert (found["split"], found["images"]) == ("all", 8)
    assert "cat" in found["note"]
    draw_images(Path("fewer"), ("dark", "cat"), 4)
    assert "No image of: bright." in command("evaluate", "p", "--data", "fewer").out


def test_the_projects_own_images_named_again_are_split_as_they_were(command: Command, work: Path) -> None:
    own = command("evaluate", "p", "--json").json
    assert command("evaluate", "p", "--data", "images", "--json").json == own


def test_images_of_nothing_but_other_classes_are_refused(command: Command, work: Path) -> None:
    draw_images(Path("others"), ("cat", "dog"), 4)
    lines = command("evaluate", "p", "--data", "others").refused()
    assert "cat, dog" in lines[0]
    assert "bright, dark" in lines[1]


def test_an_unknown_part_or_run_is_refused(command: Command, work: Path) -> None:
    assert "validation" in command("evaluate", "p", "--split", "exam").refused()[1]
    assert "run-001" in command("evaluate", "p", "--run", "run-007").refused()[1]

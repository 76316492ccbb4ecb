from __future__ import annotations

from pathlib import Path

import pytest

from engine.data.readers.file_names import proposed
from tests.engine.data.readers.making import contents, opened, pictures, refusal, write


@pytest.mark.parametrize(
    ("form", "pattern"),
    [
        ("{0}_{1:03d}.jpg", "{class}_#"),
        ("{0}.{1}.jpg", "{class}.#"),
        ("{1:03d}-{0}.png", "#-{class}"),
        ("{0}{1}.png", "{class}#"),
        ("{0} {1}.png", "{class} #"),
        ("{0}_black_{1}.png", "{class}_#"),
        ("{0}-img{1}x.png", "{class}-*"),
        ("img{1}x_{0}.png", "*_{class}"),
    ],
)
def test_a_pattern_is_proposed_from_the_names(form: str, pattern: str) -> None:
    assert proposed([form.format(name, number) for name in ("cat", "dog") for number in range(9)]) == pattern


@pytest.mark.parametrize(
    "names",
    [
        [],
        [f"IMG_{number}.jpg" for number in range(20)],
        [f"{number}.jpg" for number in range(20)],
        [f"{chr(97 + number)}.jpg" for number in range(20)],
        ["cat_1.jpg"],
    ],
)
def test_names_without_classes_propose_nothing(names: list[str]) -> None:
    assert proposed(names) == ""


def test_a_flat_folder_is_read_and_the_pattern_is_said(tmp_path: Path) -> None:
    names = [f"{name}_{number:03d}.png" for name in ("cat", "dog") for number in range(4)]
    dataset = opened(write(tmp_path, {**pictures(names), "readme.txt": b"Some words.\n"}))
    assert dataset.class_names == ("cat", "dog")
    assert dataset.ids == tuple(names)
    assert dataset.notes[0] == (
        "8 images with their classes in their names, by the pattern {class}_# (as proposed): cat_000.png is of the "
        "class cat."
    )


def test_the_pattern_can_be_chosen(tmp_path: Path) -> None:
    write(
        tmp_path, pictures([f"{name}_{colour}_{number}.png" for name in "ab" for colour in "xy" for number in range(2)])
    )
    assert sorted(set(contents(tmp_path).classes)) == ["a_x", "a_y", "b_x", "b_y"]
    assert sorted(set(contents(f"{tmp_path}?pattern={{class}}_*").classes)) == ["a", "b"]
    assert sorted(set(contents(f"{tmp_path}?pattern=*_{{class}}_%23").classes)) == ["x", "y"]
    assert "fits the pattern" in refusal(f"{tmp_path}?pattern=z{{class}}").what


def test_names_that_do_not_fit_are_named(tmp_path: Path) -> None:
    names = [f"{name}_{number}.png" for name in ("cat", "dog") for number in range(20)]
    found = contents(write(tmp_path, pictures([*names, "photo.png"])))
    assert [(one.path, one.why) for one in found.unreadable] == [
        ("photo.png", "its name does not fit the pattern {class}_#")
    ]


def test_a_folder_of_images_without_classes_says_what_to_do(tmp_path: Path) -> None:
    error = refusal(write(tmp_path, pictures([f"IMG_{number}.png" for number in range(5)])))
    assert "their names say no classes: IMG_0.png, IMG_1.png, IMG_2.png and 2 more" in error.what
    assert "pattern={class}_*" in error.fix


def test_hostile_names_are_only_names(tmp_path: Path) -> None:
    names = [f"<b>{name}</b>_{number}.png".replace("/", "\u2215") for name in ("x", "y\u202e") for number in range(3)]
    assert len(contents(write(tmp_path, pictures(names))).ids) == 6

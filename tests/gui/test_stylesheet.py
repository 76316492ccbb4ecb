"""The style sheet: every colour of it is one of the theme's, and every picture it names is there."""

from __future__ import annotations

import re
from dataclasses import asdict
from pathlib import Path

import pytest

from gui.stylesheet import stylesheet
from gui.theme import DARK, LIGHT, Colours


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_every_colour_is_one_of_the_themes(colours: Colours) -> None:
    named = set(re.findall(r"#[0-9A-Fa-f]{6}\b", stylesheet(colours, 1.0)))
    assert named
    assert {one.lower() for one in named} <= {str(one).lower() for one in asdict(colours).values()}


def test_every_picture_is_there() -> None:
    pictures = re.findall(r'url\("([^"]+)"\)', stylesheet(LIGHT, 1.0))
    assert pictures
    assert all(Path(one).is_file() for one in pictures)


def test_larger_text_gets_larger_writing_and_room() -> None:
    def sizes(scale: float) -> list[int]:
        return [int(one) for one in re.findall(r"(?:font-size|padding): (\d+)px", stylesheet(LIGHT, scale))]

    small, large = sizes(1.0), sizes(2.0)
    assert len(small) == len(large)
    assert sum(large) > 1.4 * sum(small)
    assert all(one >= other for one, other in zip(large, small, strict=True))

"""Text that fits, in letters that are there."""

from __future__ import annotations

import numpy as np
from PIL import Image

from engine.report.paper import LIGHT, SCALE, Paper, shortened, text_width
from engine.report.typeface import font_for, own


def test_a_long_name_is_cut_in_its_middle() -> None:
    name = "a_name_that_is_much_too_long_for_a_caption.png"
    cut = shortened(name, 12, 100)
    assert text_width(cut, 12) <= 100
    assert (cut[:3], cut[-3:], "…" in cut) == ("a_n", "png", True)
    assert shortened("short", 12, 100) == "short"
    assert shortened("wide", 12, 1) == "…"


def test_letters_that_our_typeface_lacks_come_from_the_system() -> None:
    assert font_for("plain text 123", 24.0) is own(24.0)
    other = font_for("Äpfel", 24.0)
    assert other is own(24.0) or bytes(other.getmask("Ä")) != bytes(other.getmask("\uffff"))


def test_the_picture_has_its_measures_times_the_scale() -> None:
    paper = Paper(100, 50)
    paper.box(10, 10, 20, 20, "#FF0000")
    paper.picture((60, 10), Image.new("RGB", (20, 20), "#00FF00"))
    paper.dot((50, 40), 3, "#0000FF")
    paper.text((2, 5), "×", 12)
    found = np.asarray(paper.taken())
    assert found.shape == (50 * SCALE, 100 * SCALE, 3)
    assert found[20 * SCALE, 20 * SCALE].tolist() == [255, 0, 0]
    assert found[15 * SCALE, 65 * SCALE].tolist() == [0, 255, 0]
    assert found[40 * SCALE, 50 * SCALE].tolist() == [0, 0, 255]
    assert found[-1, -1].tolist() == [255, 255, 255]
    assert LIGHT.surface == "#FFFFFF"

from __future__ import annotations

import xml.etree.ElementTree as ET
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QColor, QImage

from engine.analysis import analyse
from engine.errors import EngineError
from engine.picture import Scene, draw
from gui.picture.exporting import Format, exported, format_of
from gui.picture.painting import look
from tests.gui.conftest import small_draft


@pytest.fixture
def scene(qapp: Any) -> Scene:
    network = small_draft().network
    return draw(network, analyse(network, 3), look(dark=False), title="<Digits>")


def test_a_png_has_the_pixels_that_were_asked_for(scene: Scene) -> None:
    for scale in (1.0, 3.0):
        image = QImage.fromData(exported(scene, Format.PNG, scale=scale))
        assert abs(image.width() - scene.width * scale) <= 1
        assert abs(image.height() - scene.height * scale) <= 1


def test_a_png_may_be_transparent(scene: Scene) -> None:
    opaque, clear = (
        QImage.fromData(exported(scene, Format.PNG, transparent=transparent)) for transparent in (False, True)
    )
    assert opaque.pixelColor(1, 1) == QColor(scene.paper)
    assert clear.pixelColor(1, 1).alpha() == 0
    volume = scene.places[0]
    at = (round(2 * (volume.x + volume.width / 2)), round(2 * (volume.y + volume.height / 3)))
    assert clear.pixelColor(*at).alpha() == 255


def test_a_bitmap_that_is_too_large_is_refused(scene: Scene) -> None:
    with pytest.raises(EngineError) as refused:
        exported(replace(scene, width=50_000.0, height=50_000.0), Format.PNG)
    assert "PDF" in refused.value.fix


def test_a_pdf_holds_one_page_of_letters_and_no_bitmap(scene: Scene) -> None:
    data = exported(scene, Format.PDF)
    assert data.startswith(b"%PDF-")
    assert data.rstrip().endswith(b"%%EOF")
    assert b"/Font" in data
    assert b"/Subtype /Image" not in data
    assert b"/Count 1" in data


def test_an_svg_is_well_formed(scene: Scene) -> None:
    root = ET.fromstring(exported(scene, Format.SVG))  # noqa: S314
    assert root[0].text == "<Digits>"


def test_the_suffix_says_the_format(tmp_path: Path) -> None:
    assert format_of(tmp_path / "a.SVG", Format.PDF) is Format.SVG
    assert format_of(tmp_path / "figure.v2", Format.PDF) is Format.PDF

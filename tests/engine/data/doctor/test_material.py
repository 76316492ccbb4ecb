"""What every check looks at."""

from __future__ import annotations

from pathlib import Path

from engine.data.split import Curation
from tests.engine.data.doctor.conftest import Look


def test_images_that_were_left_out_are_not_looked_at(scenes: Path, look: Look) -> None:
    material = look(scenes, Curation().exclude(["a/02.jpg"]))
    assert len(material.kept) == len(material.measures.colour) == len(material.labels) == 23
    assert "a/02.jpg" not in material.ids(range(23))
    assert material.class_name(0) == "a"

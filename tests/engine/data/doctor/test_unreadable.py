"""Files that could not become images."""

from __future__ import annotations

from pathlib import Path

from engine.data.doctor.unreadable import check
from tests.engine.data.doctor.conftest import Look


def test_they_are_named_with_the_reason(scenes: Path, look: Look) -> None:
    assert list(check(look(scenes))) == []
    (scenes / "a" / "<b>.jpg").write_text("no image")
    (scenes / "b" / "empty.png").write_bytes(b"")
    (found,) = check(look(scenes))
    assert dict(zip(found.images, found.captions, strict=True)) == {
        "a/<b>.jpg": "it is a text file, not an image",
        "b/empty.png": "the file is empty",
    }
    assert found.title == "2 files cannot be read"

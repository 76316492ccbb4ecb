from __future__ import annotations

from pathlib import Path

import pytest

from engine.errors import EngineError
from engine.jobs import Quiet
from engine.service.saving import SaveFile


def test_a_file_is_saved_whole(tmp_path: Path) -> None:
    path = tmp_path / "a picture.svg"
    assert SaveFile(path, b"<svg/>").run(Quiet()) == path
    assert path.read_bytes() == b"<svg/>"


def test_a_place_that_cannot_be_written_is_refused_in_words(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(EngineError) as refused:
        SaveFile(tmp_path / "file" / "a.svg", b"x").run(Quiet())
    assert refused.value.fix

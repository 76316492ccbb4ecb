from __future__ import annotations

from pathlib import Path

import pytest

from engine.home import cache_folder
from engine.jobs import Quiet
from engine.service.cache import ClearCache, MeasureCache


def test_the_cache_is_measured_and_emptied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONVOSCOPE_HOME", str(tmp_path / "home"))
    (cache_folder() / "images").mkdir()
    (cache_folder() / "images" / "pixels").write_bytes(bytes(1000))
    (cache_folder() / "list").write_bytes(bytes(24))
    (tmp_path / "home" / "settings.ini").write_text("kept")

    assert MeasureCache().run(Quiet()) == 1024
    assert ClearCache().run(Quiet()) == 1024
    assert MeasureCache().run(Quiet()) == 0
    assert (tmp_path / "home" / "settings.ini").read_text() == "kept"

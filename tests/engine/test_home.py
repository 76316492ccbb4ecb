from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import platformdirs
import pytest

from engine import home
from engine.errors import EngineError

FOLDERS: list[Callable[[], Path]] = [
    home.home,
    home.cache_folder,
    home.log_folder,
    home.unsaved_folder,
    home.autosave_folder,
]


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda one: one.__name__)
def test_the_variable_moves_every_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, folder: Callable[[], Path]
) -> None:
    monkeypatch.setenv("CONVOSCOPE_HOME", str(tmp_path / "deep" / "home"))

    assert folder().is_dir()
    assert folder().is_relative_to(tmp_path / "deep" / "home")


def test_the_variable_moves_the_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONVOSCOPE_HOME", str(tmp_path / "home"))

    assert home.settings_file() == tmp_path / "home" / "settings.ini"
    assert home.settings_file().parent.is_dir()


def test_without_the_variable_the_system_decides(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CONVOSCOPE_HOME", raising=False)
    for name in ("data", "cache", "log", "config"):
        monkeypatch.setattr(platformdirs, f"user_{name}_path", lambda app, appauthor, name=name: tmp_path / name / app)

    assert [folder().relative_to(tmp_path).parts[0] for folder in FOLDERS] == ["data", "cache", "log", "data", "data"]
    assert home.settings_file() == tmp_path / "config" / "Convoscope" / "settings.ini"


def test_a_relative_home_is_one_place_whatever_the_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CONVOSCOPE_HOME", "home")

    assert home.home() == tmp_path / "home"


def test_a_home_that_cannot_be_made_is_bad_input(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("CONVOSCOPE_HOME", str(tmp_path / "file" / "home"))

    with pytest.raises(EngineError, match="could not be made") as caught:
        home.home()

    assert "CONVOSCOPE_HOME" in caught.value.fix

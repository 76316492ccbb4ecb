from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QByteArray

from gui.settings import GEOMETRY, RECENT, TABLE, TEXT_SCALE, TEXT_SCALES, THEME, THREADS, Setting, Settings


def test_every_setting_has_a_key_of_its_own_and_says_what_it_is_for() -> None:
    assert len({one.key for one in TABLE}) == len(TABLE)
    assert all(one.help for one in TABLE)
    assert TEXT_SCALE.default in TEXT_SCALES


@pytest.mark.parametrize("setting", TABLE, ids=lambda setting: setting.key)
def test_a_file_that_does_not_exist_gives_the_defaults(settings: Settings, setting: Setting[Any]) -> None:
    assert settings.get(setting) == setting.default


@pytest.mark.parametrize(
    ("setting", "value"), [(THEME, "dark"), (TEXT_SCALE, 1.3), (THREADS, 3), (GEOMETRY, QByteArray(b"\x00\xff"))]
)
def test_a_value_comes_back_with_its_type_in_another_process(
    settings: Settings, tmp_path: Path, setting: Setting[Any], value: Any
) -> None:
    settings.set(setting, value)
    settings.flush()
    again = Settings(tmp_path / "settings.ini").get(setting)
    assert again == value
    assert type(again) is type(value)


@pytest.mark.parametrize(("key", "setting"), [("threads=many", THREADS), ("text_scale=large", TEXT_SCALE)])
def test_a_value_of_another_type_gives_the_default(tmp_path: Path, key: str, setting: Setting[Any]) -> None:
    file = tmp_path / "edited.ini"
    file.write_text(f"[{setting.key.split('/')[0]}]\n{key}\n", "utf-8")
    value = Settings(file).get(setting)
    assert value == setting.default
    assert type(value) is type(setting.default)


def test_a_file_of_nonsense_gives_the_defaults(tmp_path: Path) -> None:
    file = tmp_path / "broken.ini"
    file.write_bytes(b"\x00\x01[[[\xff= =\n")
    assert Settings(file).get(THEME) == THEME.default


def test_only_a_change_is_told(settings: Settings) -> None:
    heard: list[str] = []
    settings.changed.connect(heard.append)
    settings.set(THEME, "dark")
    settings.set(THEME, "dark")
    assert heard == [THEME.key]


def test_recent_projects_stand_newest_first_and_once(settings: Settings) -> None:
    for name in ("a", "b", "a"):
        settings.add_recent(Path(f"/{name}.convoscope"))
    assert settings.recent() == (Path("/a.convoscope"), Path("/b.convoscope"))
    settings.clear_recent()
    assert settings.recent() == ()
    assert settings.get(RECENT) == ""


def test_only_the_newest_of_many_projects_are_remembered(settings: Settings) -> None:
    for number in range(20):
        settings.add_recent(Path(f"/{number}.convoscope"))
    assert settings.recent()[0] == Path("/19.convoscope")
    assert len(settings.recent()) == 8

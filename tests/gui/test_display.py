"""Whether there is a display."""

from __future__ import annotations

import ctypes
import sys

import pytest

from gui import display

pytestmark = pytest.mark.skipif(sys.platform in {"win32", "darwin"}, reason="there is always a display")


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize("name", ["offscreen", "minimal", "vnc:size=800x600"])
def test_platforms_that_need_none_are_taken_as_they_are(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", name)
    assert display.missing() == ""


@pytest.mark.parametrize(
    ("settings", "why"),
    [
        ({}, "there is no display"),
        ({"DISPLAY": ":987"}, "':987' cannot be reached"),
        ({"DISPLAY": "nonsense"}, "'nonsense' cannot be reached"),
        ({"QT_QPA_PLATFORM": "xcb"}, "there is no display"),
        ({"QT_QPA_PLATFORM": "wayland"}, "no Wayland compositor answers"),
        ({"QT_QPA_PLATFORM": "wayland", "DISPLAY": ":987"}, "no Wayland compositor answers"),
        ({"WAYLAND_DISPLAY": "wayland-987", "DISPLAY": ":987"}, "':987' cannot be reached"),
        ({"QT_QPA_PLATFORM": "nonsense"}, "no platform called 'nonsense'"),
    ],
)
def test_what_is_missing_is_named(monkeypatch: pytest.MonkeyPatch, settings: dict[str, str], why: str) -> None:
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    assert why in display.missing()


def test_a_library_that_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def load(name: str) -> None:
        raise OSError(f"{'libxcb-cursor.so.0' if 'libqxcb' in name else name}: cannot open shared object file")

    monkeypatch.setenv("DISPLAY", ":987")
    monkeypatch.setattr(ctypes, "CDLL", load)
    assert "the system library libxcb.so.1 is missing" in display.missing()

"""Preferences, the list of shortcuts, About and the log folder."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QUrl
from PySide6.QtGui import QDesktopServices, QPalette
from PySide6.QtWidgets import QApplication, QSpinBox

from tests.walks.sitting import sitting
from tests.walks.walker import Walker

pytestmark = pytest.mark.slow


def _is_dark(walker: Walker) -> bool:
    return walker.window.palette().color(QPalette.ColorRole.Window).lightness() < 128


def test_preferences_count_at_once_and_are_remembered(qapp: QApplication, pictures: Path) -> None:
    with sitting() as walker:
        walker.wait_to_read("1,797 images")
        walker.drop([pictures])
        walker.wait_to_read("60 images · 3 classes · 32 × 32 × 3")
        walker.menu("File", "Preferences")
        walker.find("Preferences")
        walker.choose("Theme", "Dark")
        assert _is_dark(walker)
        walker.choose("Theme", "Light")
        assert not _is_dark(walker)
        small = walker.find("Train the network").height()
        walker.choose("Text size", "150%")
        walker.wait(lambda: walker.find("Train the network").height() > small, "for larger text")
        walker.picture("preferences-large")
        walker.choose("Text size", "100%")
        walker.press(walker.find("CPU threads"), QPoint(12, 12))
        walker.keys("Ctrl+A")
        walker.write("1")
        walker.keys("Tab")
        walker.wait(lambda: "kB" in walker.says("Size of the decoded images"), "for the size of the cache")
        walker.picture("preferences")
        walker.click("Delete them")
        walker.wait(lambda: walker.says("Size of the decoded images") == "0 bytes", "for the cache to go")
        walker.keys("Esc")
        walker.wait_until_gone("Preferences")
        walker.keys("Ctrl+Shift+D")
        assert _is_dark(walker)
        walker.click("Data")
        walker.picture("dark")
        walker.keys("Ctrl+Q")
    with sitting() as walker:
        assert _is_dark(walker)
        walker.wait_to_read("60 images · 3 classes · 32 × 32 × 3")
        walker.keys("Ctrl+,")
        assert walker.says("Theme") == "Dark"
        assert walker.find_a(QSpinBox, "CPU threads").value() == 1


def test_help(walker: Walker, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    walker.keys("F1")
    walker.find("Keyboard shortcuts")
    assert walker.reads("Ctrl+Shift+S")
    walker.picture("shortcuts")
    walker.keys("Esc")
    walker.wait_until_gone("Keyboard shortcuts")
    walker.menu("Help", "About")
    walker.find("About Convoscope")
    walker.picture("about")
    walker.click("Close")
    walker.wait_until_gone("About Convoscope")

    opened: list[QUrl] = []

    def open_nothing(url: QUrl) -> bool:
        opened.append(url)
        return False

    monkeypatch.setattr(QDesktopServices, "openUrl", open_nothing)
    walker.menu("Help", "Open log folder")
    walker.find("This computer has no program that shows folders.*")
    assert [Path(one.toLocalFile()) for one in opened] == [home / "logs"]
    walker.picture("no-file-browser")

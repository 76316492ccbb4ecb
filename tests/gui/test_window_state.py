from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray

from gui import window_state
from gui.app import Convoscope
from gui.main_window import MainWindow
from gui.settings import GEOMETRY, PAGE, PANES, Settings

SMALLEST = 1000
"""The screen of these tests is 800 wide; a window wider than it needs to be would be fitted to it."""


def test_the_window_comes_back_where_it_was(program: Convoscope, window: MainWindow) -> None:
    window.resize(SMALLEST, 660)
    window.panes.setSizes([260, 470, 270])
    sizes = window.panes.sizes()
    program.desk.show_page("runs")
    window_state.remember(window, program.settings)
    window.resize(SMALLEST + 100, 760)
    window.panes.setSizes([300, 450, 250])
    assert window.panes.sizes() != sizes
    assert window_state.restore(window, program.settings) == "runs"
    assert (window.width(), window.height()) == (SMALLEST, 660)
    assert window.panes.sizes() == sizes


def test_it_lasts_beyond_the_program(program: Convoscope, window: MainWindow, home: Path) -> None:
    window.resize(SMALLEST, 660)
    window_state.remember(window, program.settings)
    program.settings.flush()
    window.resize(SMALLEST + 100, 760)
    again = Settings(home / "settings.ini")
    window_state.restore(window, again)
    assert (window.width(), window.height()) == (SMALLEST, 660)


@pytest.mark.parametrize("page", ["", "games"])
def test_what_makes_no_sense_gives_way_to_the_usual(program: Convoscope, window: MainWindow, page: str) -> None:
    program.settings.set(PAGE, page)
    program.settings.set(GEOMETRY, QByteArray(b"nonsense"))
    program.settings.set(PANES, QByteArray(b"nonsense"))
    assert window_state.restore(window, program.settings) == "train"
    assert window.width() >= window.minimumWidth()
    assert all(size > 0 for size in window.panes.sizes())

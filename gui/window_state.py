"""Where the window stood and what it showed, remembered from one start to the next."""

from __future__ import annotations

from gui.main_window import MainWindow
from gui.settings import GEOMETRY, PAGE, PANES, Settings
from gui.top_bar import PAGES


def restore(window: MainWindow, settings: Settings) -> str:
    """Put the window where it was; return the page that was open."""
    geometry = settings.get(GEOMETRY)
    if geometry.isEmpty() or not window.restoreGeometry(geometry):
        window.default_place()
    panes = settings.get(PANES)
    if not panes.isEmpty():
        window.panes.restoreState(panes)
    page = settings.get(PAGE)
    return page if page in PAGES else PAGE.default


def remember(window: MainWindow, settings: Settings) -> None:
    """Keep where the window is now."""
    settings.set(GEOMETRY, window.saveGeometry())
    settings.set(PANES, window.panes.saveState())
    settings.set(PAGE, window.top.tabs.current)

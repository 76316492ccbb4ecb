from typing import Any

import pytest

from gui.controller import PageController
from gui.document import Document
from gui.main_window import MainWindow
from gui.page_host import PageHost
from gui.settings import Settings
from gui.top_bar import PAGES
from tests.gui.pages.fakes import FakeBridge


@pytest.fixture
def window(qtbot: Any, open_document: Document) -> MainWindow:
    made = MainWindow(open_document)
    qtbot.addWidget(made, before_close_func=lambda widget: widget.allow_close())
    return made


@pytest.fixture
def made() -> list[tuple[str, PageController]]:
    return []


@pytest.fixture
def host(
    window: MainWindow,
    open_document: Document,
    bridge: FakeBridge,
    settings: Settings,
    made: list[tuple[str, PageController]],
) -> PageHost:
    return PageHost(window, open_document, bridge, settings, lambda name, controller: made.append((name, controller)))


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_made_when_it_is_wanted_and_once(
    host: PageHost, window: MainWindow, made: list[tuple[str, PageController]], name: str
) -> None:
    assert not host.has(name)
    controller = host.get(name)
    assert host.get(name) is controller
    assert made == [(name, controller)]
    assert getattr(host, name) is controller
    window.show_page(name)
    assert window.pages.currentWidget() is controller.page


def test_no_page_brings_the_others_with_it(host: PageHost) -> None:
    host.get("data")
    assert [name for name in PAGES if host.has(name)] == ["data"]


def test_a_page_is_made_part_by_part(host: PageHost, made: list[tuple[str, PageController]]) -> None:
    parts = 0
    while not host.has("runs"):
        assert made == []
        host.make_part("runs")
        parts += 1
    assert parts == 3
    host.make_part("runs")
    assert [name for name, _ in made] == ["runs"]


def test_what_is_half_made_can_be_finished_at_once_or_goes_with_the_window(host: PageHost, window: MainWindow) -> None:
    host.make_part("data")
    assert host.get("data") is host.data
    host.make_part("runs")
    before = len(window.children())
    host.close()
    assert len(window.children()) == before + 1
    assert not host.has("runs")

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget

from gui.app import Convoscope
from gui.document import Document
from gui.drops import Drop, Dropped
from gui.main_window import DropHint, MainWindow
from gui.settings import THEME


@pytest.fixture
def bare(qtbot: Any, open_document: Document) -> MainWindow:
    """The window alone, with two empty pages."""
    made = MainWindow(open_document)
    qtbot.addWidget(made, before_close_func=lambda widget: widget.allow_close())
    for name in ("data", "train"):
        made.set_page(name, QWidget())
    with qtbot.waitExposed(made):
        made.show()
    return made


COPY, LEFT, NO_KEYS = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


def dragged(address: str) -> QMimeData:
    mime = QMimeData()
    mime.setUrls([QUrl(address)])
    return mime


def drag_in(window: MainWindow, mime: QMimeData) -> bool:
    """Drag over the window; whether it would take it."""
    event = QDragEnterEvent(QPoint(9, 9), COPY, mime, LEFT, NO_KEYS)
    event.ignore()
    QApplication.sendEvent(window, event)
    return event.isAccepted()


def test_the_window_closes_only_when_it_may(qtbot: Any, bare: MainWindow) -> None:
    with qtbot.waitSignal(bare.close_requested):
        assert not bare.close()
    assert bare.isVisible()
    bare.allow_close()
    assert not bare.isVisible()


def test_a_page_comes_up_with_its_tab(bare: MainWindow) -> None:
    bare.show_page("train")
    train = bare.pages.currentWidget()
    bare.show_page("data")
    assert bare.top.tabs.current == "data"
    assert bare.pages.currentWidget() is not train


def test_a_notice_is_in_the_status_bar(bare: MainWindow) -> None:
    bare.notice("Saved in /here")
    assert bare.statusBar().currentMessage() == "Saved in /here"


def test_what_letting_go_would_do_is_said_while_dragging(bare: MainWindow) -> None:
    hint = bare.findChild(DropHint)
    assert hint is not None
    files = dragged("file:///frog.png")
    assert drag_in(bare, files)
    assert hint.isVisible()
    assert hint.geometry() == bare.rect()
    QApplication.sendEvent(bare, QDragLeaveEvent())
    assert not hint.isVisible()


def test_what_is_not_a_file_is_not_taken(bare: MainWindow) -> None:
    assert not drag_in(bare, dragged("https://example.com/frog.png"))


def test_a_first_start_stands_within_the_screen(bare: MainWindow) -> None:
    bare.default_place()
    assert bare.screen().availableGeometry().contains(bare.geometry().center())
    assert bare.width() <= 1440


def test_a_drop_hands_over_what_it_is(qtbot: Any, bare: MainWindow) -> None:
    files = dragged("file:///photos/pond")
    assert drag_in(bare, files)
    with qtbot.waitSignal(bare.dropped) as dropped:
        QApplication.sendEvent(bare, QDropEvent(QPointF(9, 9), COPY, files, LEFT, NO_KEYS))
    assert dropped.args == [Drop(Dropped.DATASET, (Path("/photos/pond"),))]


@pytest.mark.parametrize("size", [(1024, 700), (1440, 900)])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_is_cut_off(
    qtbot: Any, program: Convoscope, window: MainWindow, size: tuple[int, int], scheme: str
) -> None:
    program.settings.set(THEME, scheme)
    window.resize(*size)
    qtbot.waitUntil(lambda: (window.width(), window.height()) == size)
    qtbot.wait(10)
    assert (window.width(), window.height()) == size
    for bar in (window.top, window.stack.totals, window.statusBar()):
        for label in bar.findChildren(QLabel):
            if label.isVisible() and not label.wordWrap() and label.accessibleName() != "Project":
                assert label.width() >= label.minimumSizeHint().width(), label.text()
        for button in bar.findChildren(QAbstractButton):
            if button.isVisible():
                assert button.width() >= button.minimumSizeHint().width(), button.text()

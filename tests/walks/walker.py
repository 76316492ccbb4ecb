"""A person at the window: finds things by the names a screen reader would say, moves the mouse and presses keys.

Clicks go to the window at a place on it, so that Qt decides which widget lies there; nothing of the program is called.
`CONVOSCOPE_WALK_PICTURES=folder` keeps a picture at every `picture(...)`.
"""

from __future__ import annotations

import fnmatch
import os
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TypeVar

import shiboken6
from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractProxyModel,
    QAbstractTableModel,
    QMimeData,
    QPoint,
    QPointF,
    Qt,
    QUrl,
)
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QKeySequence, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QComboBox,
    QFileDialog,
    QLabel,
    QLineEdit,
    QMainWindow,
    QMenu,
    QScrollArea,
    QWidget,
)

from gui.widgets.labels import PlainLabel
from gui.widgets.panels import ErrorPanel

Kind = TypeVar("Kind", bound=QWidget)
PATIENCE = 60.0
"""Seconds that a person would wait at most; starting TensorFlow on a busy machine takes longest."""
LEFT = Qt.MouseButton.LeftButton


class Walker:
    """Uses the window called `window`."""

    def __init__(self, window: QMainWindow) -> None:
        self.window = window

    # looking

    def all_seen(self, name: str) -> list[QWidget]:
        """The visible widgets of this accessible name; "*" stands for any words.

        A heading is called as what stands under it, so labels come last.
        """
        return sorted((one for one in _visible(QWidget) if _called(one, name)), key=lambda one: isinstance(one, QLabel))

    def seen(self, name: str) -> QWidget | None:
        """The first of them, or None."""
        found = self.all_seen(name)
        return found[0] if found else None

    def find(self, name: str, seconds: float = PATIENCE) -> QWidget:
        """The visible widget of this name; waits for it."""
        return self.find_a(QWidget, name, seconds)

    def find_a(self, kind: type[Kind], name: str, seconds: float = PATIENCE) -> Kind:
        """The visible widget of this kind and name; waits for it."""

        def found() -> list[Kind]:
            return [one for one in self.all_seen(name) if isinstance(one, kind)]

        self.wait(lambda: bool(found()), f"to see {name!r}", seconds)
        return found()[0]

    def says(self, name: str) -> str:
        """What the visible widget of this name says to a screen reader beyond its name, or shows as text."""
        widget = self.find(name)
        if isinstance(widget, QLabel):
            return widget.text()
        if isinstance(widget, QComboBox):
            return widget.currentText()
        return widget.text() if isinstance(widget, QLineEdit) else widget.accessibleDescription()

    def read(self) -> list[str]:
        """Every text that a visible label or the status bar shows."""
        return [*(one.text() for one in _visible(QLabel) if one.text()), self.window.statusBar().currentMessage()]

    def reads(self, words: str) -> bool:
        """Whether a visible label says these words."""
        return any(words in one for one in self.read())

    def wait(self, condition: Callable[[], bool], what: str, seconds: float = PATIENCE) -> None:
        """Wait until it is so, the window alive meanwhile."""
        end = time.monotonic() + seconds
        while not condition():
            if time.monotonic() > end:
                self.picture("gave-up")
                raise AssertionError(f"waited {seconds:.0f} s {what}; the window says: {self.read()}")
            QTest.qWait(20)

    def wait_to_read(self, words: str, seconds: float = PATIENCE) -> None:
        """Wait until a visible label says these words."""
        self.wait(lambda: self.reads(words), f"to read {words!r}", seconds)

    def wait_until_gone(self, name: str, seconds: float = PATIENCE) -> None:
        """Wait until no visible widget has this name."""
        self.wait(lambda: self.seen(name) is None, f"for {name!r} to go", seconds)

    def rows(self, view_name: str) -> list[str]:
        """What the rows of a list, grid or table say, cells with " | " between them."""
        model = self.find_a(QAbstractItemView, view_name).model()
        return [_row(model, row) for row in range(model.rowCount())]

    def panels(self) -> list[list[str]]:
        """The lines of each visible panel that says what went wrong."""
        return [
            [line.text() for line in one.findChildren(PlainLabel) if line.isVisible() and line.text()]
            for one in _visible(ErrorPanel)
        ]

    def cards(self) -> list[str]:
        """The names of the cards in the layer stack, from top to bottom."""
        stack = self.find("Layer stack")
        children = stack.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
        named = [one for one in children if one.isVisible() and one.accessibleName()]
        return [one.accessibleName() for one in sorted(named, key=lambda one: one.y())]

    def picture(self, name: str) -> None:
        """Keep a picture of the screen, where pictures are wanted."""
        folder = os.environ.get("CONVOSCOPE_WALK_PICTURES")
        if folder:
            Path(folder).mkdir(parents=True, exist_ok=True)
            QTest.qWait(300)
            self._screen().save(str(Path(folder) / f"{name}.png"))

    # doing

    def click(self, name: str) -> None:
        """Press and release the left button in the middle of the widget of this name, once it can be pressed."""
        self.wait(lambda: self._reachable(name) is not None, f"for {name!r} to be there and enabled")
        widget = self._reachable(name)
        assert widget is not None
        self.press(widget)

    def press(self, widget: QWidget, place: QPoint | None = None, *, twice: bool = False) -> None:
        """Press and release the left button at a place on a widget, or in its middle."""
        top, at = self._reach(widget, place)
        handle = top.windowHandle()
        QTest.mouseMove(handle, at)
        (QTest.mouseDClick if twice else QTest.mouseClick)(handle, LEFT, pos=at)
        QTest.qWait(20)

    def point(self, name: str) -> None:
        """Move the mouse to the middle of the widget of this name."""
        widget = self.find(name)
        top, at = self._reach(widget)
        QTest.mouseMove(top.windowHandle(), at)
        QTest.qWait(20)

    def click_item(self, view_name: str, row: int, *, twice: bool = False) -> None:
        """Click a row or picture of a list, grid or table."""
        view = self.find_a(QAbstractItemView, view_name)
        self.wait(lambda: view.model() is not None and view.model().rowCount() > row, f"for row {row} of {view_name!r}")
        index = view.model().index(row, 0)
        view.scrollTo(index)
        QTest.qWait(50)
        self.press(view.viewport(), view.visualRect(index).center(), twice=twice)

    def choose(self, box_name: str, words: str) -> None:
        """Open a combo box and click one of its entries."""
        box = self.find_a(QComboBox, box_name)
        self.press(box)
        self.wait(lambda: box.view().isVisible(), f"for the entries of {box_name!r}")
        place = box.findText(words)
        assert place >= 0, f"{box_name!r} has no {words!r} among {[box.itemText(one) for one in range(box.count())]}"
        index = box.model().index(place, 0)
        box.view().scrollTo(index)
        # A popup takes no click in its first moments, lest the click that opened it choose as well.
        QTest.qWait(QApplication.doubleClickInterval())
        self.press(box.view().viewport(), box.view().visualRect(index).center())

    def menu(self, name: str, entry: str) -> None:
        """Open a menu of the menu bar and click an entry, given by the beginning of its words."""
        bar = self.window.menuBar()
        title = next(one for one in bar.actions() if one.text().replace("&", "") == name)
        self.press(bar, bar.actionGeometry(title).center())
        self.wait(lambda: isinstance(QApplication.activePopupWidget(), QMenu), f"for the menu {name!r}")
        self.choose_in_menu(entry)

    def choose_in_menu(self, entry: str) -> None:
        """Click an entry of the menu in front."""
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        action = next((one for one in menu.actions() if one.text().startswith(entry)), None)
        assert action is not None, f"no {entry!r} among {[one.text() for one in menu.actions()]}"
        assert action.isEnabled(), f"{entry!r} cannot be chosen: {action.toolTip()}"
        QTest.qWait(50)
        self.press(menu, menu.actionGeometry(action).center())

    def open_menu_of(self, name: str) -> None:
        """Click the right button on a widget."""
        widget = self.find(name)
        top, at = self._reach(widget)
        QTest.mouseClick(top.windowHandle(), Qt.MouseButton.RightButton, pos=at)
        self.wait(lambda: isinstance(QApplication.activePopupWidget(), QMenu), f"for the menu of {name!r}")

    def keys(self, *sequences: str) -> None:
        """Press keys, such as "Ctrl+Z" or "Down", wherever the keyboard is."""
        for one in sequences:
            QTest.keySequence(self._focus(), QKeySequence(one))
            QTest.qWait(20)

    def write(self, text: str) -> None:
        """Type text wherever the keyboard is."""
        QTest.keyClicks(self._focus(), text)
        QTest.qWait(20)

    def fill(self, name: str, text: str) -> None:
        """Click into a field, replace what it says, and press Return."""
        field = self.find(name)
        self.press(field, QPoint(12, field.height() // 2))
        self.keys("Ctrl+A")
        self.write(text)
        self.keys("Return")

    def drag(self, name: str, onto: str, *, below: bool = True) -> None:
        """Drag the widget called `name` to just below, or above, the middle of `onto`."""
        source, target = self.find(name), self.find(onto)
        top, start = self._reach(source)
        end = target.mapTo(top, target.rect().center()) + QPoint(0, target.height() // 3 * (1 if below else -1))
        handle = top.windowHandle()
        QTest.mousePress(handle, LEFT, pos=start)
        for step in range(1, 11):
            QTest.mouseMove(handle, start + (end - start) * step / 10)
            QTest.qWait(15)
        QTest.mouseRelease(handle, LEFT, pos=end)
        QTest.qWait(50)

    def drop(self, paths: Sequence[Path]) -> None:
        """Drop files from a file manager on the middle of the window."""
        mime = QMimeData()
        mime.setUrls([QUrl.fromLocalFile(str(one)) for one in paths])
        at = self.window.rect().center()
        copy, none = Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
        QApplication.sendEvent(self.window, QDragEnterEvent(at, copy, mime, LEFT, none))
        QTest.qWait(50)
        QApplication.sendEvent(self.window, QDropEvent(QPointF(at), copy, mime, LEFT, none))
        QTest.qWait(50)

    def answer_file_dialog(self, path: Path) -> None:
        """Type a path into the file dialog in front and press Return."""
        self.wait(lambda: isinstance(QApplication.activeModalWidget(), QFileDialog), "for the file dialog")
        dialog = QApplication.activeModalWidget()
        assert dialog is not None
        field = next(one for one in dialog.findChildren(QLineEdit) if one.isVisible())
        self.wait(lambda: dialog.isActiveWindow(), "for the file dialog to have the keyboard")
        self.press(field)
        self.keys("Ctrl+A")
        self.write(str(path))
        self.keys("Return")
        self.wait(lambda: not (shiboken6.isValid(dialog) and dialog.isVisible()), "for the file dialog to close")

    def close_window(self) -> None:
        """Press the cross of the window's frame."""
        self.window.windowHandle().close()
        QTest.qWait(50)

    def _reachable(self, name: str) -> QWidget | None:
        """The first enabled widget of this name, in the dialog in front where there is one."""
        modal = QApplication.activeModalWidget()
        return next((one for one in self.all_seen(name) if one.isEnabled() and modal in (None, one.window())), None)

    def _reach(self, widget: QWidget, place: QPoint | None = None) -> tuple[QWidget, QPoint]:
        """The window that a widget stands in, and where in it a place on the widget is; nothing may cover it.

        Nobody clicks at what is just moving: the place is taken once it stays where it is.
        """
        top = widget.window()
        at = QPoint(-1, -1)
        while at != (now := widget.mapTo(top, place or widget.rect().center())):
            at = now
            _bring_into_view(widget, place or widget.rect().center())
            QTest.qWait(30)
        hit = top.childAt(at) or top
        assert hit is widget or widget.isAncestorOf(hit), (
            f"{hit.accessibleName() or type(hit).__name__} covers {widget.accessibleName() or type(widget).__name__}"
        )
        modal = QApplication.activeModalWidget()
        assert modal is None or modal is top or modal.isAncestorOf(top) or QApplication.activePopupWidget() is top, (
            f"{modal.windowTitle()!r} must be answered first"
        )
        return top, at

    def _focus(self) -> QWidget:
        if QApplication.activeWindow() is None:
            # A virtual screen has no window manager that would give the keyboard back when a dialog has closed.
            front = QApplication.activeModalWidget() or self.window
            front.activateWindow()
            self.wait(front.isActiveWindow, "for the window to get the keyboard")
        return QApplication.focusWidget() or QApplication.activePopupWidget() or self.window

    def _screen(self) -> QPixmap:
        if QGuiApplication.platformName() == "offscreen":
            top = QApplication.activePopupWidget() or QApplication.activeModalWidget() or self.window
            return top.grab()
        return self.window.screen().grabWindow(0)


def _visible(kind: type[Kind]) -> Iterator[Kind]:
    for top in QApplication.topLevelWidgets():
        if shiboken6.isValid(top) and top.isVisible():
            for one in [top, *top.findChildren(QWidget)]:
                if isinstance(one, kind) and one.isVisible() and one.window() is top:
                    yield one


def _called(widget: QWidget, name: str) -> bool:
    return fnmatch.fnmatchcase(widget.accessibleName(), name)


def _row(model: QAbstractItemModel, row: int) -> str:
    columns = model.columnCount() if isinstance(model, QAbstractTableModel | QAbstractProxyModel) else 1
    cells = [model.index(row, column) for column in range(columns)]
    spoken = Qt.ItemDataRole.AccessibleTextRole
    return " | ".join(str(one.data(spoken) or one.data() or "") for one in cells)


def _bring_into_view(widget: QWidget, place: QPoint) -> None:
    """Scroll as a person would until the place can be seen."""
    parent = widget.parentWidget()
    while parent is not None:
        inside = parent.widget() if isinstance(parent, QScrollArea) else None
        if isinstance(parent, QScrollArea) and inside is not None and inside.isAncestorOf(widget):
            at = widget.mapTo(inside, place)
            parent.ensureVisible(at.x(), at.y(), 40, 40)
        parent = parent.parentWidget()

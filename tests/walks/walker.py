"""A person at the window: finds things by the names a screen reader would say, moves the mouse and presses keys.

Clicks go to the window at a place on it, so that Qt decides which widget lies there; nothing of the program is called.
`CONVOSCOPE_WALK_PICTURES=folder` keeps a picture at every `picture(...)`.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

import shiboken6
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QLabel,
    QLineEdit,
    QScrollArea,
    QWidget,
)

Kind = TypeVar("Kind", bound=QWidget)
PATIENCE = 120.0
"""Seconds that a person would wait at most; starting TensorFlow on a busy machine takes longest."""


class Walker:
    """Uses the window called `window`."""

    def __init__(self, window: QWidget) -> None:
        self.window = window

    # looking

    def seen(self, name: str, kind: type[Kind] = QWidget, nth: int = 0) -> Kind | None:  # type: ignore[assignment]
        """The visible widget of this accessible name, or None; a name that ends in "*" says only its beginning."""
        found = [
            one
            for top in QApplication.topLevelWidgets()
            if shiboken6.isValid(top) and top.isVisible()
            for one in [top, *top.findChildren(QWidget)]
            if isinstance(one, kind) and one.isVisible() and _called(one, name)
        ]
        return found[nth] if len(found) > nth else None

    def find(self, name: str, kind: type[Kind] = QWidget, seconds: float = PATIENCE) -> Kind:  # type: ignore[assignment]
        """The visible widget of this name; waits for it."""
        self.wait(lambda: self.seen(name, kind) is not None, f"to see {name!r}", seconds)
        found = self.seen(name, kind)
        assert found is not None
        return found

    def reads(self, words: str) -> bool:
        """Whether a visible label says these words."""
        return any(
            words in one.text()
            for top in QApplication.topLevelWidgets()
            if top.isVisible()
            for one in top.findChildren(QLabel)
            if one.isVisible()
        )

    def wait(self, condition: Callable[[], bool], what: str, seconds: float = PATIENCE) -> None:
        """Wait until it is so, the window alive meanwhile."""
        end = time.monotonic() + seconds
        while not condition():
            if time.monotonic() > end:
                self.picture("gave-up")
                raise AssertionError(f"waited {seconds:.0f} s {what}; the window says: {self._labels()}")
            QTest.qWait(20)

    def wait_to_read(self, words: str, seconds: float = PATIENCE) -> None:
        """Wait until a visible label says these words."""
        self.wait(lambda: self.reads(words), f"to read {words!r}", seconds)

    def picture(self, name: str) -> None:
        """Keep a picture of the window, where pictures are wanted."""
        folder = os.environ.get("CONVOSCOPE_WALK_PICTURES")
        if folder:
            Path(folder).mkdir(parents=True, exist_ok=True)
            QTest.qWait(150)
            self.window.grab().save(str(Path(folder) / f"{name}.png"))

    # doing

    def click(self, name: str, kind: type[Kind] = QWidget) -> None:  # type: ignore[assignment]
        """Press and release the left button in the middle of the widget of this name, once it can be pressed."""
        self.find(name, kind)
        self.wait(lambda: (one := self.seen(name, kind)) is not None and one.isEnabled(), f"for {name!r} to be enabled")
        widget = self.find(name, kind)
        self.press(widget, widget.rect().center())

    def press(self, widget: QWidget, place: QPoint) -> None:
        """Press and release the left button at a place on a widget."""
        _bring_into_view(widget, place)
        top = widget.window()
        at = widget.mapTo(top, place)
        hit = top.childAt(at)
        assert hit is not None, f"nothing lies where {widget.accessibleName()!r} should be"
        assert hit is widget or widget.isAncestorOf(hit), (
            f"{hit.accessibleName() or type(hit).__name__!r} covers {widget.accessibleName()!r}"
        )
        QTest.mouseClick(top.windowHandle(), Qt.MouseButton.LeftButton, pos=at)
        QTest.qWait(20)

    def click_item(self, view_name: str, row: int) -> None:
        """Click a row or picture of a list, grid or table."""
        view = self.find(view_name, QAbstractItemView)
        self.wait(lambda: view.model() is not None and view.model().rowCount() > row, f"for row {row} of {view_name!r}")
        index = view.model().index(row, 0)
        view.scrollTo(index)
        QTest.qWait(50)
        place = view.visualRect(index).center()
        self.press(view.viewport(), place)

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
        top = source.window()
        start = source.mapTo(top, source.rect().center())
        end = target.mapTo(top, target.rect().center()) + QPoint(0, target.height() // 3 * (1 if below else -1))
        handle = top.windowHandle()
        QTest.mousePress(handle, Qt.MouseButton.LeftButton, pos=start)
        for share in range(1, 11):
            QTest.mouseMove(handle, start + (end - start) * share / 10)
            QTest.qWait(15)
        QTest.mouseRelease(handle, Qt.MouseButton.LeftButton, pos=end)
        QTest.qWait(50)

    def drop(self, paths: Sequence[Path]) -> None:
        """Drop files from a file manager on the middle of the window."""
        mime = QMimeData()
        mime.setUrls([QUrl.fromLocalFile(str(one)) for one in paths])
        at = self.window.rect().center()
        copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        QApplication.sendEvent(self.window, QDragEnterEvent(at, copy, mime, left, none))
        QApplication.sendEvent(self.window, QDropEvent(QPointF(at), copy, mime, left, none))
        QTest.qWait(50)

    def answer_file_dialog(self, path: Path) -> None:
        """Type a path into the file dialog in front and press Return."""
        self.wait(lambda: QApplication.activeModalWidget() is not None, "for the file dialog")
        dialog = QApplication.activeModalWidget()
        field = dialog.findChild(QLineEdit) if dialog is not None else None
        assert field is not None
        self.press(field, field.rect().center())
        QTest.keySequence(field, QKeySequence("Ctrl+A"))
        QTest.keyClicks(field, str(path))
        QTest.keyClick(field, Qt.Key.Key_Return)
        QTest.qWait(50)

    def _focus(self) -> QWidget:
        return QApplication.activePopupWidget() or QApplication.focusWidget() or self.window

    def _labels(self) -> list[str]:
        return [one.text()[:80] for one in self.window.findChildren(QLabel) if one.isVisible() and one.text()][:60]


def _called(widget: QWidget, name: str) -> bool:
    said = widget.accessibleName()
    return said.startswith(name[:-1]) if name.endswith("*") else said == name


def _bring_into_view(widget: QWidget, place: QPoint) -> None:
    """Scroll as a person would until the place can be seen."""
    parent = widget.parentWidget()
    while parent is not None:
        inside = parent.widget() if isinstance(parent, QScrollArea) else None
        if isinstance(parent, QScrollArea) and inside is not None and inside.isAncestorOf(widget):
            at = widget.mapTo(inside, place)
            parent.ensureVisible(at.x(), at.y(), 40, 40)
            QTest.qWait(30)
        parent = parent.parentWidget()

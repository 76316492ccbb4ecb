"""Scrolls a list while something is held near its upper or lower edge."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPoint, QTimer, Signal
from PySide6.QtWidgets import QScrollArea, QWidget

_ZONE = 28
_STEP = 9


def scroll_area(widget: QWidget) -> QScrollArea | None:
    """The scroll area that a widget is the content of."""
    parent = widget.parentWidget()
    area = parent.parentWidget() if parent is not None else None
    return area if isinstance(area, QScrollArea) else None


class EdgeScroller(QObject):
    """Moves the scroll bar of the area that `content` stands in; `scrolled` is emitted after each step."""

    scrolled = Signal()

    def __init__(self, content: QWidget) -> None:
        super().__init__(content)
        self.pointer = QPoint()
        self._content = content
        self._timer = QTimer(self)
        self._timer.setInterval(16)
        self._timer.timeout.connect(self._on_due)

    def follow(self, pointer: QPoint) -> None:
        """The pointer is at this place of the screen, and holds something."""
        self.pointer = pointer
        if not self._timer.isActive():
            self._timer.start()

    def stop(self) -> None:
        """Nothing is held any more."""
        self._timer.stop()

    def _on_due(self) -> None:
        area = scroll_area(self._content)
        if area is None:
            return
        view = area.viewport()
        y = view.mapFromGlobal(self.pointer).y()
        step = -_STEP if y < _ZONE else _STEP if y > view.height() - _ZONE else 0
        bar = area.verticalScrollBar()
        before = bar.value()
        bar.setValue(before + step)
        if bar.value() != before:
            self.scrolled.emit()

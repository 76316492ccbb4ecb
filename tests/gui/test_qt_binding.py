"""Guards against a binding that miscounts references: one version of PySide6 aborts after some thousand emits."""

import sys
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

EMITS = 20_000
REPAINTS = 200


class Speaker(QObject):
    said = Signal(bool)
    told = Signal(object)


class Canvas(QWidget):
    painted = 0

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.drawText(5, 15, "text")
        self.painted += 1


def test_thousands_of_emits_and_repaints_leave_true_and_none_alone(qtbot: Any) -> None:
    speaker = Speaker()
    heard: list[bool | None] = []
    speaker.said.connect(heard.append)
    speaker.told.connect(heard.append)
    canvas = Canvas()
    qtbot.addWidget(canvas)
    with qtbot.waitExposed(canvas):
        canvas.show()
    before = sys.getrefcount(True), sys.getrefcount(None)
    for number in range(EMITS // 2):
        speaker.said.emit(True)
        speaker.told.emit(None)
        if number % (EMITS // 2 // REPAINTS) == 0:
            canvas.repaint()
    assert len(heard) == EMITS
    assert canvas.painted >= REPAINTS
    heard.clear()
    # Small drifts are caches; a lost reference for every emit would show in thousands.
    assert sys.getrefcount(True) > before[0] - 1000
    assert sys.getrefcount(None) > before[1] - 1000

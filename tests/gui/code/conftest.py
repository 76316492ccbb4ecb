"""The code over a real document, with an engine that answers when it is told to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from engine.errors import EngineError
from engine.jobs import Quiet
from gui.code.controller import CodeController
from gui.code.view import CodePane
from gui.document import Document
from gui.settings import Settings
from tests.gui.pages.fakes import FakeBridge


@dataclass
class Code:
    """The pane in a window with another field, its controller, and what a person does there."""

    controller: CodeController
    bridge: FakeBridge
    elsewhere: QLineEdit
    window: QWidget
    qtbot: Any

    @property
    def pane(self) -> CodePane:
        return self.controller.pane

    @property
    def text(self) -> str:
        return self.pane.editor.toPlainText()

    @property
    def document(self) -> Document:
        return self.controller.document

    def answer(self) -> None:
        """Let the engine do what it was asked."""
        for sent in self.bridge.sent:
            if sent.over or sent.cancelled:
                continue
            try:
                result = sent.job.run(Quiet())
            except EngineError as error:
                sent.say("failed", error)
            else:
                sent.say("done", result)

    def settle(self) -> None:
        """Wait until code and stack are in step, or something is wrong."""

        def over() -> bool:
            self.answer()
            return not self.controller.busy

        self.qtbot.waitUntil(over, timeout=20_000)

    def put_cursor(self, before: str, into: int = 0) -> None:
        """Put the cursor into the code where these words stand."""
        at = self.text.index(before) + into
        line = self.text.count("\n", 0, at) + 1
        self.pane.editor.setFocus()
        self.pane.editor.go_to(line, at - (self.text.rfind("\n", 0, at) + 1) + 1)

    def type(self, text: str) -> None:
        for number, line in enumerate(text.split("\n")):
            if number:
                self.press(Qt.Key.Key_Return)
            QTest.keyClicks(self.pane.editor, line)

    def replace(self, old: str, new: str) -> None:
        """Delete some words and type others."""
        self.put_cursor(old)
        for _ in old:
            self.press(Qt.Key.Key_Delete)
        self.type(new)

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(self.pane.editor, key, modifier)

    def undo(self) -> None:
        self.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)

    def leave(self) -> None:
        """Go to another field of the window."""
        self.elsewhere.setFocus()


@pytest.fixture
def code(qtbot: Any, open_document: Document, bridge: FakeBridge, settings: Settings) -> Code:
    """The code of a small draft, shown."""
    window = QWidget()
    qtbot.addWidget(window)
    pane, elsewhere = CodePane(), QLineEdit()
    row = QHBoxLayout(window)
    row.addWidget(pane)
    row.addWidget(elsewhere)
    window.resize(900, 600)
    made = Code(CodeController(pane, open_document, bridge, settings), bridge, elsewhere, window, qtbot)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    made.controller.follow()
    made.settle()
    return made

import itertools
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from gui.actions import ACTIONS
from gui.dialogs.shortcuts import ShortcutsDialog


def test_every_key_of_every_action_is_listed(qtbot: Any) -> None:
    dialog = ShortcutsDialog(None)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    dialog.open()
    words = [label.text() for label in dialog.findChildren(QLabel) if label.isVisible()]
    listed = set(itertools.pairwise(words))
    assert {(one.text.rstrip("…"), one.shortcut) for one in ACTIONS if one.shortcut} <= listed
    assert "Choose another layer" in words

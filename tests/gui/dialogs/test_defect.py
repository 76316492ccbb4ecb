from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QPushButton

from gui.dialogs.defect import DefectDialog
from tests.gui.conftest import by_name


def test_the_details_are_text_that_can_be_copied_but_not_changed(qtbot: Any) -> None:
    details = "Traceback: <b>ZeroDivisionError</b>\n  three by nothing"
    dialog = DefectDialog(details, None)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    dialog.open()
    shown = by_name(dialog, "Details", QPlainTextEdit)
    qtbot.keyClicks(shown, "x")
    assert shown.toPlainText() == details
    by_name(dialog, "Copy details", QPushButton).click()
    assert QGuiApplication.clipboard().text() == details
    assert dialog.isVisible()
    by_name(dialog, "Go on", QPushButton).click()
    assert not dialog.isVisible()

from typing import Any

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtWidgets import QAbstractSpinBox, QComboBox, QDialog, QLabel, QPushButton

from engine import home as homes
from engine.errors import EngineError
from engine.service.cache import CacheFacts, CheckCache, ClearCache, LimitCache, MeasureCache
from gui.app import Convoscope
from gui.dialogs.about import AboutDialog
from gui.dialogs.defect import DefectDialog
from gui.dialogs.preferences import PreferencesDialog
from gui.dialogs.shortcuts import ShortcutsDialog
from gui.main_window import MainWindow
from gui.settings import TEXT_SCALE, TEXT_SCALES, THEME
from gui.theme import theme
from tests.fakes import FakeEngine
from tests.gui.conftest import by_name, is_gone

FACTS = CacheFacts(3_000_000, 20_000_000_000)


@pytest.mark.parametrize(
    ("action", "kind"), [("preferences", PreferencesDialog), ("shortcuts", ShortcutsDialog), ("about", AboutDialog)]
)
def test_a_menu_entry_opens_its_dialog_which_is_gone_when_closed(
    qtbot: Any, program: Convoscope, window: MainWindow, action: str, kind: type[QDialog]
) -> None:
    program.desk.actions[action].trigger()
    dialog = window.findChild(kind)
    assert dialog is not None
    assert dialog.isVisible()
    by_name(dialog, "Close", QPushButton).click()
    qtbot.waitUntil(is_gone(dialog))
    assert window.findChild(kind) is None


def test_the_cache_is_measured_deleted_and_measured_again(
    qtbot: Any, program: Convoscope, window: MainWindow, engine: FakeEngine
) -> None:
    program.desk.dialogs.show_preferences()
    dialog = window.findChild(PreferencesDialog)
    assert dialog is not None
    label = by_name(dialog, "Size of the decoded images", QLabel)
    engine.finish(MeasureCache, FACTS)
    qtbot.waitUntil(lambda: label.text() == "3.0 MB")
    by_name(dialog, "Delete them", QPushButton).click()
    assert label.text() == "Deleting…"
    engine.finish(ClearCache, 3_000_000)
    qtbot.waitUntil(lambda: sum(isinstance(job, MeasureCache) for job in engine.jobs.values()) == 2)
    engine.fail(MeasureCache, EngineError("The folder cannot be read.", "It can.", "Mend it."))
    qtbot.waitUntil(lambda: label.text() == "The folder cannot be read.")
    dialog.close()


def test_the_cache_is_limited_and_checked(
    qtbot: Any, program: Convoscope, window: MainWindow, engine: FakeEngine
) -> None:
    program.desk.dialogs.show_preferences()
    dialog = window.findChild(PreferencesDialog)
    assert dialog is not None
    label = by_name(dialog, "Size of the decoded images", QLabel)
    box = by_name(dialog, "They take at most", QAbstractSpinBox)
    engine.finish(MeasureCache, FACTS)
    qtbot.waitUntil(lambda: box.text() == "20 GB")
    qtbot.keyClick(box, Qt.Key.Key_Down)
    assert engine.newest(LimitCache)[1] == LimitCache(19_000_000_000)
    engine.finish(LimitCache, CacheFacts(2_000_000, 19_000_000_000))
    qtbot.waitUntil(lambda: label.text() == "2.0 MB")
    assert box.text() == "19 GB"
    for damaged, words in ((0, "No damage was found."), (2, "2 damaged datasets deleted.")):
        by_name(dialog, "Check them", QPushButton).click()
        assert label.text() == "Checking…"
        engine.finish(CheckCache, damaged)
        qtbot.waitUntil(lambda words=words: label.text() == words)
    dialog.close()


def test_figures_that_come_after_the_dialog_was_closed_are_left_out(
    qtbot: Any, program: Convoscope, window: MainWindow, engine: FakeEngine
) -> None:
    program.desk.dialogs.show_preferences()
    dialog = window.findChild(PreferencesDialog)
    assert dialog is not None
    dialog.close()
    qtbot.waitUntil(is_gone(dialog))
    with qtbot.waitSignal(program.bridge.job_event):
        engine.finish(MeasureCache, FACTS)


def test_the_theme_of_the_preferences_is_seen_at_once(program: Convoscope, window: MainWindow) -> None:
    program.desk.dialogs.show_preferences()
    dialog = window.findChild(PreferencesDialog)
    assert dialog is not None
    box = by_name(dialog, "Theme", QComboBox)
    box.setCurrentIndex(box.findText("Dark"))
    box.activated.emit(box.currentIndex())
    assert program.settings.get(THEME) == "dark"
    assert theme().dark
    dialog.close()


def test_one_notice_of_a_defect_at_a_time(qtbot: Any, program: Convoscope, window: MainWindow) -> None:
    program.desk.show_defect("the first")
    program.desk.show_defect("the second")
    dialogs = window.findChildren(DefectDialog)
    assert [one.details.toPlainText() for one in dialogs] == ["the first"]
    dialogs[0].close()
    qtbot.waitUntil(is_gone(dialogs[0]))
    program.desk.show_defect("the third")
    again = window.findChildren(DefectDialog)
    assert [one.details.toPlainText() for one in again] == ["the third"]
    again[0].close()


def test_the_text_stops_at_the_smallest_and_the_largest_size(program: Convoscope) -> None:
    for step, end in (
        (program.desk.dialogs.smaller_text, TEXT_SCALES[0]),
        (program.desk.dialogs.larger_text, TEXT_SCALES[-1]),
    ):
        for _ in range(len(TEXT_SCALES) + 1):
            step()
        assert program.settings.get(TEXT_SCALE) == end


def test_the_log_folder_is_opened_or_named(
    program: Convoscope, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[QUrl] = []

    def refuse(address: QUrl) -> bool:
        opened.append(address)
        return False

    monkeypatch.setattr("gui.dialog_desk.QDesktopServices.openUrl", refuse)
    program.desk.actions["log_folder"].trigger()
    assert [one.toLocalFile() for one in opened] == [str(homes.log_folder())]
    assert str(homes.log_folder()) in window.banner.text.text()

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractSpinBox, QComboBox, QLabel, QPushButton

from gui.dialogs.preferences import PreferencesDialog
from gui.settings import MOTION, STILL, TEXT_SCALE, THEME, THREADS, Settings
from tests.gui.conftest import by_name


@pytest.fixture
def dialog(qtbot: Any, settings: Settings) -> PreferencesDialog:
    settings.set(THEME, "dark")
    settings.set(TEXT_SCALE, 1.3)
    settings.set(THREADS, 1)
    made = PreferencesDialog(settings, None)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(made)
    made.open()
    return made


def test_the_settings_are_shown_as_they_are(dialog: PreferencesDialog) -> None:
    assert by_name(dialog, "Theme", QComboBox).currentText() == "Dark"
    assert by_name(dialog, "Text size", QComboBox).currentText() == "130%"
    assert by_name(dialog, "CPU threads", QAbstractSpinBox).value() == 1


def test_each_change_counts_at_once(qtbot: Any, dialog: PreferencesDialog, settings: Settings) -> None:
    qtbot.keyClick(by_name(dialog, "Theme", QComboBox), Qt.Key.Key_Up)
    assert settings.get(THEME) == "light"
    qtbot.keyClick(by_name(dialog, "Text size", QComboBox), Qt.Key.Key_Down)
    assert settings.get(TEXT_SCALE) == 1.5
    qtbot.keyClick(by_name(dialog, "CPU threads", QAbstractSpinBox), Qt.Key.Key_Up)
    assert settings.get(THREADS) == 2


def test_no_number_of_threads_means_all(qtbot: Any, dialog: PreferencesDialog, settings: Settings) -> None:
    box = by_name(dialog, "CPU threads", QAbstractSpinBox)
    qtbot.keyClick(box, Qt.Key.Key_Down)
    assert box.text() == "All of them"
    assert settings.get(THREADS) == 0


def test_the_decoded_images_are_measured_and_deleted_only_when_asked(qtbot: Any, dialog: PreferencesDialog) -> None:
    label = by_name(dialog, "Size of the decoded images", QLabel)
    assert label.text() == "Measuring…"
    dialog.show_cache("12 MB")
    assert label.text() == "12 MB"
    with qtbot.waitSignal(dialog.clear_requested):
        by_name(dialog, "Delete them", QPushButton).click()


def test_their_limit_is_shown_once_it_is_known_and_chosen(qtbot: Any, dialog: PreferencesDialog) -> None:
    box = by_name(dialog, "They take at most", QAbstractSpinBox)
    assert not box.isEnabled()
    chosen: list[int] = []
    dialog.limit_chosen.connect(chosen.append)
    dialog.show_limit(20)
    assert (box.isEnabled(), box.text(), chosen) == (True, "20 GB", [])
    qtbot.keyClick(box, Qt.Key.Key_Up)
    assert chosen == [21]
    with qtbot.waitSignal(dialog.check_requested):
        by_name(dialog, "Check them", QPushButton).click()


def test_pictures_stand_still_for_whoever_wants_it(qtbot: Any, dialog: PreferencesDialog, settings: Settings) -> None:
    box = by_name(dialog, "Pictures that explain", QComboBox)
    assert settings.get(MOTION) != STILL
    qtbot.keyClick(box, Qt.Key.Key_Down)
    assert settings.get(MOTION) == STILL

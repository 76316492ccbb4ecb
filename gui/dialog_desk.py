"""The verbs that open a dialog or change the look of the window."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices

from engine import home
from engine.errors import EngineError
from engine.storage import readable_size
from gui.bridge import EngineBridge
from gui.main_window import MainWindow
from gui.settings import TEXT_SCALE, TEXT_SCALES, THEME, Settings
from gui.theme import Scheme, theme
from gui.words import plural

if TYPE_CHECKING:
    from engine.service.cache import CacheFacts
    from gui.dialogs.preferences import PreferencesDialog

GIGABYTE: Final = 1_000_000_000


class DialogDesk(QObject):
    """Opens the dialogs, each made when it is wanted. `failed` is emitted with an EngineError."""

    failed = Signal(object)

    def __init__(self, window: MainWindow, bridge: EngineBridge, settings: Settings) -> None:
        super().__init__(window)
        self._window = window
        self._bridge = bridge
        self._settings = settings
        self._defect_shown = False
        self._preferences: PreferencesDialog | None = None

    def show_preferences(self) -> None:
        """Theme, text size, threads, cache."""
        from engine.service.cache import MeasureCache
        from gui.dialogs.preferences import PreferencesDialog

        dialog = PreferencesDialog(self._settings, self._window)
        dialog.clear_requested.connect(self._on_clear_requested)
        dialog.check_requested.connect(self._on_check_requested)
        dialog.limit_chosen.connect(self._on_limit_chosen)
        dialog.destroyed.connect(self._on_preferences_gone)
        self._preferences = dialog
        dialog.open()
        self._bridge.submit(MeasureCache(), done=self._on_cache_measured, failed=self._on_cache_failed)

    def show_shortcuts(self) -> None:
        """Every key."""
        from gui.dialogs.shortcuts import ShortcutsDialog

        ShortcutsDialog(self._window).open()

    def show_about(self) -> None:
        """Version and licences."""
        from gui.dialogs.about import AboutDialog

        AboutDialog(self._window).open()

    def show_defect(self, details: str) -> None:
        """A mistake of the program: one notice at a time, or a fault in every repaint would bury the screen."""
        from gui.dialogs.defect import DefectDialog

        if self._defect_shown:
            return
        self._defect_shown = True
        dialog = DefectDialog(details, self._window)
        dialog.destroyed.connect(self._on_defect_gone)
        dialog.open()

    def open_log_folder(self) -> None:
        """Show the folder of the logs in the system's file browser."""
        folder = home.log_folder()
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))):
            self.failed.emit(
                EngineError(
                    "This computer has no program that shows folders.",
                    f"The logs are in {folder}.",
                    "Open that folder by hand.",
                )
            )

    def toggle_theme(self) -> None:
        """From light to dark and back."""
        self._settings.set(THEME, str(Scheme.LIGHT if theme().dark else Scheme.DARK))

    def larger_text(self) -> None:
        """One step larger."""
        self._step_text(1)

    def smaller_text(self) -> None:
        """One step smaller."""
        self._step_text(-1)

    def _step_text(self, step: int) -> None:
        now = self._settings.get(TEXT_SCALE)
        nearest = min(range(len(TEXT_SCALES)), key=lambda place: abs(TEXT_SCALES[place] - now))
        self._settings.set(TEXT_SCALE, TEXT_SCALES[max(0, min(nearest + step, len(TEXT_SCALES) - 1))])

    def _on_clear_requested(self) -> None:
        from engine.service.cache import ClearCache

        if self._preferences is not None:
            self._preferences.show_cache("Deleting…")
        self._bridge.submit(ClearCache(), done=self._on_cache_cleared, failed=self._on_cache_failed)

    def _on_cache_cleared(self, _freed: int) -> None:
        from engine.service.cache import MeasureCache

        self._bridge.submit(MeasureCache(), done=self._on_cache_measured, failed=self._on_cache_failed)

    def _on_check_requested(self) -> None:
        from engine.service.cache import CheckCache

        if self._preferences is not None:
            self._preferences.show_cache("Checking…")
        self._bridge.submit(CheckCache(), done=self._on_cache_checked, failed=self._on_cache_failed)

    def _on_cache_checked(self, damaged: int) -> None:
        if self._preferences is not None:
            found = "No damage was found." if not damaged else f"{plural(damaged, 'damaged dataset')} deleted."
            self._preferences.show_cache(found)

    def _on_limit_chosen(self, gigabytes: int) -> None:
        from engine.service.cache import LimitCache

        job = LimitCache(gigabytes * GIGABYTE)
        self._bridge.submit(job, done=self._on_cache_measured, failed=self._on_cache_failed)

    def _on_cache_measured(self, facts: CacheFacts) -> None:
        if self._preferences is not None:
            self._preferences.show_cache(readable_size(facts.size))
            self._preferences.show_limit(max(1, round(facts.limit / GIGABYTE)))

    def _on_cache_failed(self, error: EngineError) -> None:
        if self._preferences is not None:
            self._preferences.show_cache(error.what)

    def _on_preferences_gone(self) -> None:
        self._preferences = None

    def _on_defect_gone(self) -> None:
        self._defect_shown = False

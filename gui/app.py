"""The window's program: makes every part, joins them, and runs until the window is closed."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QStyleFactory

from engine import home, logs
from engine.jobs import Engine, OnEvent
from engine.project.sample import sample_draft
from gui.bridge import EngineBridge
from gui.collector import Collector
from gui.crash import CrashReporter
from gui.desk import Desk
from gui.document import Document
from gui.drops import sort_paths
from gui.explanation.clock import motion
from gui.main_window import MainWindow
from gui.settings import MOTION, STILL, TEXT_SCALE, THEME, Settings
from gui.theme import Scheme, theme

log = logging.getLogger("gui")


def start_engine(on_event: OnEvent) -> Engine:
    """The engine, imported only now: nothing of it is needed for the first paint."""
    from engine.service import make_engine

    return make_engine(on_event)


def make_application() -> QApplication:
    """The Qt application, with Fusion drawn in our palette."""
    existing = QApplication.instance()
    app = existing if isinstance(existing, QApplication) else QApplication(sys.argv[:1])
    app.setApplicationName("Convoscope")
    app.setApplicationDisplayName("Convoscope")
    app.setDesktopFileName("convoscope")
    style = QStyleFactory.create("Fusion")
    if style is not None:
        app.setStyle(style)
    return app


class Convoscope(QObject):
    """Everything the window needs, joined.

    Args:
        paths: What to open: a project, a folder of images, or images.
        engine: Makes the engine.
    """

    def __init__(self, paths: Sequence[Path] = (), *, engine: Callable[[OnEvent], Engine] = start_engine) -> None:
        super().__init__()
        self.settings = Settings(home.settings_file().with_suffix(".ini"), self)
        dress(self.settings)
        self.settings.changed.connect(self._on_setting_changed)
        self.document = Document(sample_draft(), "Sample project", self)
        self.bridge = EngineBridge(engine, self)
        self.window = MainWindow(self.document)
        self.desk = Desk(self.window, self.document, self.bridge, self.settings, sort_paths(paths))
        self.collector = Collector(self)
        self._painted = False

    def show(self) -> None:
        """Show the window; what can wait begins when it has been painted."""
        self.window.installEventFilter(self)
        self.desk.show()

    def close(self) -> None:
        """End the engine and let go of the window, for good."""
        self.collector.stop()
        self.bridge.close()
        self.desk.pages.close()
        self.window.removeEventFilter(self)
        self.window.hide()
        self.window.deleteLater()
        # Now, while what it listens to is still there: no event loop may come to do it.
        QCoreApplication.sendPostedEvents(self.window, QEvent.Type.DeferredDelete)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not self._painted and event.type() is QEvent.Type.Paint:
            self._painted = True
            QTimer.singleShot(0, self._on_painted)
        return False

    def _on_painted(self) -> None:
        self.window.removeEventFilter(self)
        self.collector.start()
        self.desk.begin()

    def _on_setting_changed(self, key: str) -> None:
        if key in (THEME.key, TEXT_SCALE.key, MOTION.key):
            dress(self.settings)


def dress(settings: Settings) -> None:
    """Give the application the theme, text size and motion of the settings."""
    chosen = settings.get(THEME)
    scheme = Scheme(chosen) if chosen in list(Scheme) else Scheme.SYSTEM
    motion().set_wanted(settings.get(MOTION) != STILL)
    theme().apply(scheme, min(2.0, max(0.8, settings.get(TEXT_SCALE))))


def run(paths: Sequence[str] = ()) -> int:
    """Show the window and return its exit status when it is closed."""
    logs.set_up("window")
    app = make_application()
    reporter = CrashReporter()
    reporter.install()
    program = Convoscope([Path(one).absolute() for one in paths])
    reporter.crashed.connect(program.desk.show_defect)
    program.show()
    try:
        return app.exec()
    finally:
        program.close()
        reporter.uninstall()
        program.settings.flush()
        logs.tear_down()

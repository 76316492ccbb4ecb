"""Defects of the program: into the log, and onto the screen with a button that copies them."""

from __future__ import annotations

import logging
import sys
import threading
import traceback
from types import TracebackType

from PySide6.QtCore import QMessageLogContext, QObject, QtMsgType, Signal, qInstallMessageHandler

log = logging.getLogger("gui")

_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


class CrashReporter(QObject):
    """Takes what nobody caught, in any thread. `crashed` is emitted in the GUI thread with the whole traceback."""

    crashed = Signal(str)

    def install(self) -> None:
        """Take over Python's hooks and Qt's messages."""
        sys.excepthook = self._on_exception
        threading.excepthook = self._on_thread_exception
        sys.unraisablehook = self._on_unraisable
        qInstallMessageHandler(_on_qt_message)

    def uninstall(self) -> None:
        """Give the hooks back."""
        sys.excepthook = sys.__excepthook__
        threading.excepthook = threading.__excepthook__
        sys.unraisablehook = sys.__unraisablehook__
        qInstallMessageHandler(None)

    def _on_exception(self, kind: type[BaseException], value: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, value, trace)
            return
        log.error("Nobody caught this", exc_info=(kind, value, trace))
        self.crashed.emit("".join(traceback.format_exception(kind, value, trace)))

    def _on_thread_exception(self, event: threading.ExceptHookArgs) -> None:
        if event.exc_value is not None:
            self._on_exception(event.exc_type, event.exc_value, event.exc_traceback)

    def _on_unraisable(self, event: sys.UnraisableHookArgs) -> None:
        # Raised while something was being destroyed: nothing the user could act on.
        log.warning("Ignored in %r", event.object, exc_info=event.exc_value)


def _on_qt_message(kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
    place = f" ({context.category})" if context.category not in (None, "default") else ""
    logging.getLogger("qt").log(_LEVELS.get(kind, logging.WARNING), "%s%s", text, place)

"""The code of the pages, imported on a thread: most of a second, in which the window answers."""

from __future__ import annotations

import importlib
import logging
import threading
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

log = logging.getLogger(__name__)

_MODULES: Final = (
    "pyqtgraph",
    "gui.preview",
    *(f"gui.pages.{name}_{kind}" for name in ("train", "data", "inspect", "runs") for kind in ("page", "controller")),
)
_LOOK_MS: Final = 10


class PageCode(QObject):
    """Imports what the pages need, which makes no object of Qt's.

    Signals: `ready` when it is there; what is needed sooner is imported as ever.
    """

    ready = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._thread = threading.Thread(target=_import_all, name="page-code", daemon=True)
        # A look at the thread instead of a signal from it, which would find nobody once the window is gone.
        self._look = QTimer(self)
        self._look.setInterval(_LOOK_MS)
        self._look.timeout.connect(self._on_look)

    def fetch(self) -> None:
        """Begin."""
        self._thread.start()
        self._look.start()

    def _on_look(self) -> None:
        if not self._thread.is_alive():
            self._look.stop()
            self.ready.emit()


def _import_all() -> None:
    try:
        for name in _MODULES:
            importlib.import_module(name)
    except Exception:
        log.exception("the pages' code cannot be imported")  # it is told where a page is made

"""Garbage collection on the GUI thread alone.

A cycle that holds a widget, collected in another thread, would destroy the widget there, which Qt does not survive.
The engine host's reading thread and, in thread mode, the engine's own threads allocate enough to set collection off.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

_INTERVAL_MS = 1000
_OLDEST_EVERY = 30


class Collector(QObject):
    """Switches automatic collection off and collects from a timer instead, until it is stopped."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._limits = gc.get_threshold()
        self._ticks = 0
        self._timer = QTimer(self)
        self._timer.setInterval(_INTERVAL_MS)
        self._timer.timeout.connect(self._on_tick)

    def start(self) -> None:
        """Take over. What exists now is code and settings, which stay: it is left out of every later collection."""
        gc.disable()
        gc.freeze()
        self._timer.start()

    def stop(self) -> None:
        """Give collection back to Python."""
        self._timer.stop()
        gc.unfreeze()
        gc.enable()

    def _on_tick(self) -> None:
        self._ticks += 1
        if self._ticks == 1:  # the code of the pages has come: it stays too
            gc.collect(0)
            gc.freeze()
        young, middle, _ = gc.get_count()
        if self._ticks % _OLDEST_EVERY == 0:
            gc.collect(2)
        elif middle > self._limits[1]:
            gc.collect(1)
        elif young > self._limits[0]:
            gc.collect(0)

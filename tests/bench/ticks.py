"""What a click would have waited for: the gaps between the ticks of an event loop's own timer."""

from __future__ import annotations

import time
from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import Qt, QTimer

TICK_MS = 5


def figures(gaps: Sequence[float]) -> dict[str, float]:
    """Median, 99th percentile and longest of some gaps, in milliseconds."""
    p50, p99, longest = np.percentile(np.asarray(gaps), [50, 99, 100]).tolist()
    return {"p50": round(p50, 1), "p99": round(p99, 1), "max": round(longest, 1), "ticks": len(gaps)}


class Ticks:
    """A timer that notes the gap between two of its calls, from `begin` to `end`."""

    def __init__(self) -> None:
        self.gaps: list[float] = []
        self._last = 0.0
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self._tick)

    def begin(self) -> None:
        """Start a phase."""
        self.gaps = []
        self._last = time.perf_counter()
        self._timer.start()

    def end(self) -> dict[str, float]:
        """End the phase; its figures, the gap that is open now among them."""
        self._timer.stop()
        self._tick()
        return figures(self.gaps)

    def _tick(self) -> None:
        now = time.perf_counter()
        self.gaps.append((now - self._last) * 1000)
        self._last = now

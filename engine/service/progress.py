"""How much longer a job takes, and how often it may say so."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final

_FIRST_ESTIMATE: Final = 0.5
_INTERVAL: Final = 0.05


class Progress:
    """One job's progress: tells when to speak, at most twenty times a second, and how many seconds are left."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._spoken = -_INTERVAL
        self._restart(0.0, None)

    def _restart(self, done: float, total: float | None) -> None:
        self._since = self._clock()
        self._first = self._last = done
        self._total = total

    def news(self, done: float, total: float | None) -> tuple[bool, float | None]:
        """Take in how far the job is.

        Returns:
            Whether to tell it now, and the seconds left, None where that cannot be said yet.
        """
        now = self._clock()
        if total != self._total or done < self._last:  # another phase of the job begins
            self._restart(done, total)
        self._last = done
        due = now - self._spoken >= _INTERVAL or done == total
        if due:
            self._spoken = now
        return due, self._left(now, done)

    def _left(self, now: float, done: float) -> float | None:
        elapsed, gained = now - self._since, done - self._first
        if self._total is None or gained <= 0 or elapsed < _FIRST_ESTIMATE:
            return None
        return max(0.0, (self._total - done) * elapsed / gained)

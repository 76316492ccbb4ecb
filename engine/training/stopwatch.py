"""Seconds that count: a monotonic clock that can be held."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator


class Stopwatch:
    """Runs from its creation on, but while it is held."""

    def __init__(self) -> None:
        self._start = time.monotonic()
        self._lost = 0.0
        self._held_since: float | None = None

    @contextlib.contextmanager
    def held(self) -> Iterator[None]:
        """Not counting what happens inside; holding a held one changes nothing."""
        if self._held_since is not None:
            yield
            return
        self._held_since = time.monotonic()
        try:
            yield
        finally:
            self._lost += time.monotonic() - self._held_since
            self._held_since = None

    def restart(self) -> None:
        """Begin at 0 again, held or not."""
        self._start, self._lost = time.monotonic(), 0.0
        if self._held_since is not None:
            self._held_since = self._start

    @property
    def seconds(self) -> float:
        """Seconds counted so far."""
        now = self._held_since if self._held_since is not None else time.monotonic()
        return now - self._start - self._lost

"""Which process a run belongs to, so that a run whose process is gone reads as interrupted."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

_CLOCK_SLACK = 2.0
"""Seconds by which two readings of one process's start may differ, where the clock was set in between."""


@dataclass(frozen=True)
class Owner:
    """A process that cannot be mistaken for a later one of the same number.

    Attributes:
        pid: Its number.
        boot: The start of the computer that it ran in.
        started: When it started, in seconds since 1970.
    """

    pid: int
    boot: str
    started: float

    @classmethod
    def this_process(cls) -> Owner:
        """The process that asks."""
        import psutil

        return cls(os.getpid(), _boot(), psutil.Process().create_time())

    def alive(self) -> bool:
        """Whether the process still runs."""
        import psutil

        if self.boot != _boot():
            return False
        try:
            found = psutil.Process(self.pid)
            same = abs(found.create_time() - self.started) <= _CLOCK_SLACK
            return same and found.status() != psutil.STATUS_ZOMBIE
        except (psutil.NoSuchProcess, ValueError, OverflowError):  # the last two: no number of a process
            return False
        except psutil.AccessDenied:  # it is somebody else's, who cannot have been ours
            return False


def _boot() -> str:
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text("ascii").strip()
    except OSError:
        import psutil

        return f"{psutil.boot_time():.0f}"

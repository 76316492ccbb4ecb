"""Disks that fail or die at the N-th call, to sweep over every place where a save can be cut short."""

from __future__ import annotations

import contextlib
import errno
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from engine.errors import EngineError
from engine.storage import Disk, disk

CALLS = ("create", "open_to_append", "write", "truncate", "fsync", "rename", "fsync_folder", "remove", "make_folder")


class Dead(BaseException):
    """Stands for the end of the process: nothing may catch it and go on."""


class FaultyDisk(Disk):
    """The real disk until call number `fails_at`, counted from 1; `close` always works, as the system closes files.

    Args:
        fault: What the call raises; a `Dead` disk fails at every later call too.
    """

    def __init__(self, fails_at: int, fault: BaseException) -> None:
        self.calls = 0
        self.fails_at = fails_at
        self.fault = fault
        for name in CALLS:
            setattr(self, name, self._counted(getattr(self, name)))

    def _counted(self, call: Callable[..., Any]) -> Callable[..., Any]:
        def counted(*arguments: Any) -> Any:
            self.calls += 1
            if self.calls == self.fails_at or (isinstance(self.fault, Dead) and self.calls > self.fails_at):
                raise self.fault
            return call(*arguments)

        return counted

    def free_bytes(self, folder: Path) -> int:
        return 1000


FAULTS = [OSError(errno.ENOSPC, "No space left on device"), OSError(errno.EIO, "Input/output error"), Dead()]
FAULT_NAMES = ["full", "broken", "dead"]


def sweep(
    monkeypatch: pytest.MonkeyPatch, fault: BaseException, act: Callable[[], object], after: Callable[[], object]
) -> int:
    """Run `act` with a fault at its first call, its second, ... until none is reached; `after` checks each time.

    Returns:
        How many places failed.
    """
    for number in range(1, 10_000):
        faulty = FaultyDisk(number, fault)
        monkeypatch.setattr(disk, "DISK", faulty)
        with contextlib.suppress(EngineError, Dead):
            act()
        monkeypatch.setattr(disk, "DISK", Disk())
        after()
        if faulty.calls < number:
            return number - 1
    raise AssertionError("the sweep does not end")

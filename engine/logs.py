"""Logs: one rotating file for each process that speaks, in `engine.home.log_folder()`.

The user never sees a traceback; it stands here, where "Copy details" and "Open log folder" find it.
"""

from __future__ import annotations

import faulthandler
import logging
import logging.handlers
import sys
from pathlib import Path
from typing import Final, TextIO

from engine.errors import EngineError
from engine.home import log_folder

_LARGEST: Final = 1_000_000
_KEPT: Final = 3
_opened: list[logging.Handler] = []
_crashes: list[TextIO] = []


def set_up(name: str, level: int = logging.INFO) -> Path | None:
    """Send this process's log to `name`.log, and the stacks of a hard crash to `name`-crash.log.

    Args:
        name: "window", "engine" or "command"; each process has its own file, as a rotating one has one writer.

    Returns:
        The log file, or None where it cannot be written: the program goes on without, and warnings go to stderr.
    """
    tear_down()
    root = logging.getLogger()
    root.setLevel(level)
    try:
        folder = log_folder()
        path = folder / f"{name}.log"
        handler: logging.Handler = logging.handlers.RotatingFileHandler(
            path, maxBytes=_LARGEST, backupCount=_KEPT, encoding="utf-8", errors="backslashreplace"
        )
        crashes = (folder / f"{name}-crash.log").open("a", encoding="utf-8")
    except (OSError, EngineError):
        path, handler = None, logging.StreamHandler(sys.stderr)
        handler.setLevel(logging.WARNING)
    else:
        _crashes.append(crashes)
        faulthandler.enable(crashes)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s [%(threadName)s] %(message)s"))
    root.addHandler(handler)
    _opened.append(handler)
    return path


def tear_down() -> None:
    """Close what `set_up` opened."""
    for handler in _opened:
        logging.getLogger().removeHandler(handler)
        handler.close()
    _opened.clear()
    if _crashes:
        faulthandler.disable()
    for crashes in _crashes:
        crashes.close()
    _crashes.clear()

"""Tracing: which lines and functions of some files were run, by Python's own trace, also on other threads."""

from __future__ import annotations

import sys
import threading
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

ROOT = Path(__file__).parents[2]


class Trace:
    """Lines run in `sources` (paths from the repository's root), and the functions entered since `forget`."""

    def __init__(self, sources: tuple[str, ...]) -> None:
        self._files = {str(ROOT / one): one for one in sources}
        self.lines: set[tuple[str, int]] = set()
        self.functions: set[str] = set()

    def __enter__(self) -> Trace:
        threading.settrace(self._call)
        sys.settrace(self._call)
        return self

    def __exit__(self, *_: object) -> None:
        sys.settrace(None)
        threading.settrace(None)

    def forget(self) -> None:
        """Begin anew with functions; lines are kept."""
        self.functions.clear()

    def _call(self, frame: FrameType, _event: str, _value: Any) -> Any:
        file = self._files.get(frame.f_code.co_filename)
        if file is None:
            return None
        self.functions.add(frame.f_code.co_name)

        def line(inner: FrameType, event: str, _value: Any) -> Any:
            if event == "line":
                self.lines.add((file, inner.f_lineno))
            return line

        return line


def lines_of(source: str) -> set[tuple[str, int]]:
    """The lines inside functions of a file: those that a call can reach."""
    module = compile((ROOT / source).read_text("utf-8"), source, "exec")
    found: set[tuple[str, int]] = set()
    waiting = [one for one in module.co_consts if isinstance(one, CodeType)]
    while waiting:
        code = waiting.pop()
        waiting += [one for one in code.co_consts if isinstance(one, CodeType)]
        if not code.co_flags & 0x2:  # a class's body, which is run on import
            continue
        found |= {(source, line) for _, _, line in code.co_lines() if line and line != code.co_firstlineno}
    return found

"""What the command line prints: results on stdout, progress and faults on stderr.

Names from files are text: they are never markup, and what would move the cursor is shown as an escape.
"""

from __future__ import annotations

import contextlib
import json
import math
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from engine.errors import EngineError

if TYPE_CHECKING:
    from rich.console import Console

_PIPE_WIDTH: Final = 200
_STDERR: Final = 2


def plain(text: object) -> str:
    """The text on one line, with characters that cannot be printed as escapes."""
    return "".join(one if one.isprintable() else repr(one)[1:-1] for one in str(text))


def say(text: str = "") -> None:
    """A line of the result."""
    print(plain(text))


def note(text: str) -> None:
    """A line for the person, beside the result; nothing where there is nothing to say."""
    if text:
        print(plain(text), file=sys.stderr)


def fault(error: EngineError) -> None:
    """The three lines of an error."""
    for line in (error.what, error.expected, error.fix):
        note(line)


def print_json(value: object) -> None:
    """One JSON object on a line of its own, at once; what is no finite number is null."""
    print(json.dumps(_finite(value), allow_nan=False), flush=True)


def _finite(value: Any) -> Any:
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, dict):
        return {name: _finite(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(one) for one in value]
    return value


def print_table(columns: Sequence[str], rows: Sequence[Sequence[str]], *, right: Sequence[str] = ()) -> None:
    """A table on stdout.

    Args:
        columns: Heads.
        rows: Cells, as many as heads.
        right: Heads of the columns that stand on the right, as numbers do.
    """
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, header_style="bold")
    for column in columns:
        table.add_column(Text(column), justify="right" if column in right else "left", overflow="fold")
    for row in rows:
        table.add_row(*(Text(plain(cell)) for cell in row))
    console(sys.stdout).print(table)


def console(stream: Any) -> Console:
    """A rich console on stdout or stderr; a pipe is wide, so that no line is broken in it."""
    from rich.console import Console

    found = Console(file=stream, markup=False, highlight=False, emoji=False)
    return found if found.is_terminal else Console(file=stream, markup=False, highlight=False, width=_PIPE_WIDTH)


def percent(share: float | None) -> str:
    """0.987 as "98.7 %"; a dash where there is no figure."""
    return "–" if share is None else f"{share * 100:.1f} %"


def prepare() -> None:
    """Let both streams take any name, whatever their encoding."""
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(AttributeError, ValueError):
            stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]


def quieten_libraries(log: Path) -> None:
    """Send to `log` what libraries write past Python to the process's stderr; the program's own stderr stays.

    TensorFlow says on every start that there is no GPU, before it can be told to keep quiet.
    """
    with contextlib.suppress(OSError, ValueError, AttributeError):
        if sys.stderr.fileno() != _STDERR:
            return  # somebody has put another stream in its place, as tests do
        own = os.dup(_STDERR)
        sys.stderr = os.fdopen(own, "w", 1, encoding=sys.stderr.encoding, errors="backslashreplace")
        place = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o666)
        os.dup2(place, _STDERR)
        os.close(place)


def abandon_stdout() -> None:
    """Nobody reads stdout any more: what is still in its buffer must not complain at the end."""
    with contextlib.suppress(OSError, ValueError):
        nothing = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nothing, sys.stdout.fileno())
        os.close(nothing)

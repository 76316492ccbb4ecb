"""The program: the window, or one of its verbs on the command line.

The window is measured from the start of the process, so nothing is imported for it that it does not show.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path


def main(arguments: Sequence[str]) -> int:
    """Run the program and return its exit status.

    Args:
        arguments: What the user typed behind `main.py`.
    """
    from engine.cli import VERBS

    first = arguments[0] if arguments else ""
    try:
        if first in VERBS or first.startswith("-"):
            from engine.cli import program

            return program.main(arguments)
        return _open_window(arguments)
    except KeyboardInterrupt:  # while modules are being imported
        return 130


def _open_window(names: Sequence[str]) -> int:
    paths = [_existing(name) for name in names]
    if None in paths:
        from engine.cli import screen, usage

        screen.fault(usage.unknown_word(names[paths.index(None)]))
        return 2
    from gui import display

    why = display.missing()
    if why:
        return _no_window(why)
    try:
        from gui import app
    except ImportError as error:
        return _no_window(f"{error.msg.partition(':')[0]} cannot be loaded (see “A bare Linux server” in README.md)")
    return app.run([path for path in paths if path is not None])


def _existing(name: str) -> str | None:
    """What the user means by a path: a project may be named without its suffix; None where there is nothing."""
    try:
        if Path(name).exists():
            return name
        return project if Path(project := f"{name}.convoscope").is_dir() else None
    except (OSError, ValueError):  # a name that no file can have
        return None


def _no_window(why: str) -> int:
    print(
        f"The window cannot be shown, since {why}; main.py demo shows the program without one.",
        file=sys.stderr,
    )
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

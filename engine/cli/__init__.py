"""The command line: every verb is a file here; `program.main` runs one.

This module is imported before the window, to tell a verb from a path, and so it imports nothing.
"""

from typing import Final

VERBS: Final = ("demo", "new", "info", "scan", "train", "runs", "evaluate", "predict", "maps", "code")
"""What `main.py` takes as its first word instead of a path."""

VERSION: Final = "0.1.0"
"""Of the program, as in `pyproject.toml`."""

"""Saving scripts as files. A file that a person wrote or changed is never overwritten: a mark at its end tells."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import Final

from engine import limits
from engine.code.notebook import notebook
from engine.code.script import Script
from engine.errors import EngineError
from engine.storage import load_bytes, save_text

_MARK: Final = re.compile(r"(?s)(.*)# Written by Convoscope, mark ([0-9a-f]{16})\n")
_CELL_MARK: Final = re.compile(r'(?s)(.*"convoscope": ")([0-9a-f]{16})(".*)')


def save_script(path: Path, script: Script, *, replace: bool = False) -> None:
    """Save as a notebook where the name ends in `.ipynb`, as a script where it ends in `.py`.

    Args:
        path: The file.
        script: What goes into it.
        replace: Whether the user was asked and wants whatever file is there replaced.

    Raises:
        EngineError: for other endings, and where a file is in the way that this program did not write or that was
            changed since, unless it is to be replaced.
    """
    ending = path.suffix.lower()
    if ending not in {".py", ".ipynb"}:
        raise EngineError(
            f"{path.name} does not say what kind of file it is to be.",
            "Code is saved as a Python script (.py) or a Jupyter notebook (.ipynb).",
            "Let the name end in .py or .ipynb.",
        )
    if not replace and (path.exists() or path.is_symlink()) and not _is_ours(path):
        raise EngineError(
            f"{path} is there already, and it was written or changed by someone else.",
            "Only a file that this program wrote, and that nobody has changed since, is written again.",
            "Choose another name.",
        )
    save_text(path, marked_notebook(script) if ending == ".ipynb" else marked(script.text))


def marked(text: str) -> str:
    """The script with the mark that tells whether it was changed: a comment, which may be taken away."""
    return f"{text}\n# Written by Convoscope, mark {_sum(text + chr(10))}\n"


def marked_notebook(script: Script) -> str:
    """The notebook with the mark among its metadata."""
    empty = notebook(script, "0" * 16)
    return notebook(script, _sum(empty))


def _sum(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _is_ours(path: Path) -> bool:
    """Whether the mark of the file is that of its content."""
    try:
        text = load_bytes(path, limits.MAX_JSON_BYTES).decode("utf-8")
    except (EngineError, UnicodeDecodeError):
        return False
    if found := _MARK.fullmatch(text):
        return _sum(found[1]) == found[2]
    if found := _CELL_MARK.fullmatch(text):
        return _sum(found[1] + "0" * 16 + found[3]) == found[2]
    return False

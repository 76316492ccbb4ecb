"""Python in colours."""

from __future__ import annotations

import keyword
import re
from collections.abc import Iterator
from typing import Final

from PySide6.QtGui import QFont, QSyntaxHighlighter, QTextCharFormat, QTextDocument

from gui.theme import colour, theme

LONGEST_LINE: Final = 2_000
"""Characters of a line; no one reads the colours of a longer one, and it would take long."""
MOST_COLOURED: Final = 150_000
"""Characters of a text that is coloured."""
_QUOTES: Final = ('"""', "'''")
_CONSTANTS: Final = {"True", "False", "None"}
_TOKEN: Final = re.compile(
    r"""(?P<open>[rbfuRBFU]{0,2}(?:\"{3}|'{3}))
    |(?P<string>[rbfuRBFU]{0,2}(?:"(?:[^"\\]|\\.)*"?|'(?:[^'\\]|\\.)*'?))
    |(?P<comment>\#.*)
    |(?P<number>(?<![\w.])(?:0[xXbBoO][\w]+|\d[\d_]*\.?\d*(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?))
    |(?P<word>[^\W\d]\w*)""",
    re.VERBOSE,
)


class PythonHighlighter(QSyntaxHighlighter):
    """Colours the words of a document as Python, in the theme's colours."""

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self._formats: dict[str, QTextCharFormat] = {}
        self._dress()
        theme().theme_changed.connect(self._on_theme_changed)

    def highlightBlock(self, text: str) -> None:
        if len(text) > LONGEST_LINE:
            self.setCurrentBlockState(-1)
            return
        for start, length, role, state in spans(text, self.previousBlockState()):
            if role:
                self.setFormat(start, length, self._formats[role])
            self.setCurrentBlockState(state)

    def _on_theme_changed(self) -> None:
        self._dress()
        if self.document() is not None:
            self.rehighlight()

    def _dress(self) -> None:
        for role in ("keyword", "string", "number", "comment", "name"):
            shape = QTextCharFormat()
            shape.setForeground(colour(f"code_{role}"))
            if role == "keyword":
                shape.setFontWeight(QFont.Weight.DemiBold)
            if role == "comment":
                shape.setFontItalic(True)
            self._formats[role] = shape


def spans(text: str, state: int) -> Iterator[tuple[int, int, str, int]]:
    """Start, length and role of each coloured piece of a line, and the state after it.

    Args:
        text: One line.
        state: -1, or which of the triple quotes (0 or 1) a text of the line before has left open.
    """
    at = 0
    after_def = False
    while at < len(text) or state >= 0:
        if state >= 0:
            end = text.find(_QUOTES[state], at)
            if end < 0:
                yield at, len(text) - at, "string", state
                return
            yield at, end + 3 - at, "string", -1
            at, state = end + 3, -1
            continue
        found = _TOKEN.search(text, at)
        if found is None:
            break
        kind, start, at = str(found.lastgroup), found.start(), found.end()
        if kind == "open":
            state = _QUOTES.index(found[0][-3:])
            yield start, at - start, "string", state
            continue
        role = _role_of_word(found[0], text[at : at + 1], after_def) if kind == "word" else kind
        after_def = found[0] in ("def", "class")
        yield start, at - start, role, -1
    yield len(text), 0, "", -1


def _role_of_word(word: str, following: str, after_def: bool) -> str:
    if word in _CONSTANTS:
        return "number"
    if keyword.iskeyword(word):
        return "keyword"
    return "name" if after_def or following == "(" else ""

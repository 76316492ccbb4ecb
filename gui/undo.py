"""Undo: one step is the draft before and the draft after, so a step cannot be wrong."""

from __future__ import annotations

import time
import zlib
from collections.abc import Callable

from PySide6.QtGui import QUndoCommand

from engine.plan import Draft

_TOGETHER_SECONDS = 1.5
"""Edits of one setting within this time are one step: holding a spin box's arrow is one edit to a person."""


class ReplaceDraft(QUndoCommand):
    """Puts one draft in the place of another.

    Args:
        before: The draft to come back to.
        after: The new draft.
        text: What was done, in words: "set filters to 64".
        merge_key: Edits in a row with the same key become one step; "" never merges.
        show: Makes a draft the document's draft.
    """

    def __init__(self, before: Draft, after: Draft, text: str, merge_key: str, show: Callable[[Draft], None]) -> None:
        super().__init__(text)
        self.before = before
        self.after = after
        self._merge_key = merge_key
        self._show = show
        self._at = time.monotonic()

    def id(self) -> int:
        """Qt offers a new step to the last one for merging where their ids are the same and not -1."""
        return zlib.crc32(self._merge_key.encode()) & 0x7FFF_FFFF if self._merge_key else -1

    def redo(self) -> None:
        self._show(self.after)

    def undo(self) -> None:
        self._show(self.before)

    def mergeWith(self, other: QUndoCommand) -> bool:
        if not isinstance(other, ReplaceDraft) or other._merge_key != self._merge_key:
            return False
        if other._at - self._at > _TOGETHER_SECONDS:
            return False
        self.after, self._at = other.after, other._at
        self.setText(other.text())
        self.setObsolete(self.after == self.before)
        return True

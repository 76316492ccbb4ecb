"""What every explaining picture has: frames, a way to be painted, and words for whoever cannot see it."""

from __future__ import annotations

from abc import ABC, abstractmethod

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter


class ExplainingPicture(ABC):
    """A short film that goes round and round; frames count from 0."""

    @property
    def frames(self) -> int:
        """How many frames it has; a picture of one frame stands still."""
        return 1

    @property
    def height(self) -> int:
        """How high it would be, in the pixels of ordinary text size."""
        return 186

    @abstractmethod
    def paint(self, painter: QPainter, room: QRectF, frame: int) -> None:
        """Paint one frame into `room`."""

    @abstractmethod
    def words(self) -> str:
        """What it shows, in a sentence or two."""

    def note(self) -> str:
        """Where it is a sketch and not the whole: what was left out. "" where nothing was."""
        return ""

"""The clock of a moving picture: it ticks only while somebody can see it and wants it to."""

from __future__ import annotations

import functools
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

_LOOP_MS: Final = 12_000
_QUICKEST_MS: Final = 160
_SLOWEST_MS: Final = 700


class Motion(QObject):
    """Whether pictures may move by themselves; `changed` is emitted when that is another."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.wanted = True

    def set_wanted(self, wanted: bool) -> None:
        """Let pictures move, or stand still until they are told to move."""
        if wanted != self.wanted:
            self.wanted = wanted
            self.changed.emit()


@functools.cache
def motion() -> Motion:
    """The one of this process."""
    return Motion()


class Clock(QObject):
    """Emits `ticked` as often as a picture of so many frames needs it.

    It runs while it is playing, its picture is seen and there is more than one frame.
    """

    ticked = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.playing = motion().wanted
        self._seen = False
        self._frames = 1
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.ticked)
        motion().changed.connect(self._on_motion_changed)

    @property
    def running(self) -> bool:
        """Whether it ticks now."""
        return self._timer.isActive()

    def set_frames(self, frames: int) -> None:
        """How many frames there are; a long film runs faster."""
        self._frames = frames
        self._timer.setInterval(max(_QUICKEST_MS, min(_LOOP_MS // max(1, frames), _SLOWEST_MS)))
        self._follow()

    def set_playing(self, playing: bool) -> None:
        """Play or pause."""
        self.playing = playing
        self._follow()

    def set_seen(self, seen: bool) -> None:
        """Say whether anybody can see the picture."""
        self._seen = seen
        self._follow()

    def _follow(self) -> None:
        runs = self.playing and self._seen and self._frames > 1
        if runs and not self._timer.isActive():
            self._timer.start()
        elif not runs:
            self._timer.stop()

    def _on_motion_changed(self) -> None:
        self.set_playing(motion().wanted)

"""The window's settings: one table of what there is, kept in one INI file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Generic, TypeVar

from PySide6.QtCore import QByteArray, QObject, QSettings, Signal

T = TypeVar("T", str, int, float, QByteArray)


@dataclass(frozen=True)
class Setting(Generic[T]):
    """One thing that is remembered.

    Attributes:
        key: Its place in the file.
        default: Its value until it is set; also its type.
        help: What it is for.
    """

    key: str
    default: T
    help: str


THEME: Final = Setting("look/theme", "system", "Light, dark, or whatever the system uses.")
TEXT_SCALE: Final = Setting("look/text_scale", 1.0, "Text size against the normal one.")
THREADS: Final = Setting("engine/threads", 0, "CPU threads for training; 0 uses all of them.")
PACE: Final = Setting("engine/pace", 0.0, "How fast this computer trains, by its last run; 0 until there was one.")
GEOMETRY: Final = Setting("window/geometry", QByteArray(), "Where the window stood.")
PANES: Final = Setting("window/panes", QByteArray(), "How wide the panes were.")
PAGE: Final = Setting("window/page", "train", "The page that was open.")
COMPACT: Final = Setting("stack/compact", 0, "Whether each card of the layer stack takes one line: 1, or 0.")
RECENT: Final = Setting("projects/recent", "", "Folders of the projects opened last, one a line.")
LAST: Final = Setting("projects/last", "", "Folder of the project to open at the next start.")
IMAGE_FOLDER: Final = Setting("projects/image_folder", "", "Folder that images were opened from last.")
MOTION: Final = Setting("look/motion", "play", "Whether pictures that explain a layer move: play or still.")
PICTURE_FOLDER: Final = Setting("picture/folder", "", "Folder that the network's picture was saved in last.")
PICTURE_FORMAT: Final = Setting("picture/format", "pdf", "The format it was saved in last.")
PICTURE_PAPER: Final = Setting("picture/paper", "window", "Its colours: those of the window, light or dark.")
PICTURE_SCALE: Final = Setting("picture/scale", 2.0, "Pixels of a PNG for one point of it.")
PICTURE_INSIDE: Final = Setting("picture/inside", 1, "Whether it shows the layers inside of blocks.")
PICTURE_TRANSPARENT: Final = Setting("picture/transparent", 0, "Whether its files have nothing under it.")
CODE_OPEN: Final = Setting("window/code", 0, "Whether the code stands beside the stack.")
CODE_FOLDER: Final = Setting("projects/code_folder", "", "Folder that code was saved in last.")

TABLE: Final = (
    THEME,
    TEXT_SCALE,
    THREADS,
    PACE,
    GEOMETRY,
    PANES,
    PAGE,
    COMPACT,
    RECENT,
    LAST,
    IMAGE_FOLDER,
    MOTION,
    PICTURE_FOLDER,
    PICTURE_FORMAT,
    PICTURE_PAPER,
    PICTURE_SCALE,
    PICTURE_INSIDE,
    PICTURE_TRANSPARENT,
    CODE_OPEN,
    CODE_FOLDER,
)
STILL: Final = "still"
"""The value of MOTION with which pictures stand still until they are told to move."""
TEXT_SCALES: Final = (0.85, 1.0, 1.15, 1.3, 1.5, 1.75, 2.0)
"""The text sizes to choose from."""
_MOST_RECENT = 8
_NUMBERS: Final[dict[type, Callable[[str], float]]] = {int: int, float: float}


class Settings(QObject):
    """Reads and writes the settings; `changed` is emitted with the key of one that has another value now.

    Args:
        file: The INI file; it and its folder need not exist yet.
    """

    changed = Signal(str)

    def __init__(self, file: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._file = QSettings(str(file), QSettings.Format.IniFormat, self)

    def get(self, setting: Setting[T]) -> T:
        """The value of a setting, or its default where the file holds none of its type."""
        kind = type(setting.default)
        value = self._file.value(setting.key, setting.default)
        # QSettings gives back text for every number that another process wrote, and its own conversion makes 0 of "x".
        if isinstance(value, str) and kind in _NUMBERS:
            try:
                value = _NUMBERS[kind](value)
            except ValueError:
                return setting.default
        return value if isinstance(value, kind) else setting.default

    def set(self, setting: Setting[T], value: T) -> None:
        """Remember a value."""
        if value != self.get(setting):
            self._file.setValue(setting.key, value)
            self.changed.emit(setting.key)

    def recent(self) -> tuple[Path, ...]:
        """The projects opened last, newest first."""
        return tuple(Path(line) for line in self.get(RECENT).splitlines() if line)

    def add_recent(self, folder: Path) -> None:
        """Put a project at the head of the recent ones."""
        others = [one for one in self.recent() if one != folder]
        self.set(RECENT, "\n".join(str(one) for one in [folder, *others][:_MOST_RECENT]))

    def clear_recent(self) -> None:
        """Forget the recent projects."""
        self.set(RECENT, "")

    def flush(self) -> None:
        """Write the file now."""
        self._file.sync()

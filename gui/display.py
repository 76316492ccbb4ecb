"""Whether there is a display to show a window on; Qt ends the whole process where it finds out by itself."""

from __future__ import annotations

import ctypes
import importlib.util
import os
import sys
from pathlib import Path
from typing import Final

_ON_A_DISPLAY: Final = {"xcb", "wayland", "wayland-egl"}
_LIBRARIES: Final = (
    *("libxcb.so.1", "libxcb-cursor.so.0", "libxcb-icccm.so.4", "libxcb-image.so.0", "libxcb-keysyms.so.1"),
    *("libxcb-randr.so.0", "libxcb-render.so.0", "libxcb-render-util.so.0", "libxcb-shape.so.0", "libxcb-shm.so.0"),
    *("libxcb-sync.so.1", "libxcb-xfixes.so.0", "libxcb-xkb.so.1", "libxkbcommon.so.0", "libxkbcommon-x11.so.0"),
)
"""What Qt's plugin for X11 takes from the system, libxcb first.

Loading the plugin itself would tell as much, and would cost a tenth of a second of every start.
"""


def missing() -> str:
    """Why no window can be shown, as a part of a sentence; "" where one can.

    Only Linux and its like can lack a display. Nothing of Qt is imported: what is loaded here, the window loads too.
    """
    if sys.platform in {"win32", "darwin"}:
        return ""
    asked = [one.partition(":")[0] for one in os.environ.get("QT_QPA_PLATFORM", "").split(";") if one]
    for name in asked:
        if not _plugin(name).is_file():
            return f"Qt has no platform called {name!r}, which QT_QPA_PLATFORM asks for"
    if any(name not in _ON_A_DISPLAY for name in asked):
        return ""
    return "" if _wayland_answers(asked) else _x11(asked)


def _wayland_answers(asked: list[str]) -> bool:
    """Whether a Wayland compositor listens; Qt takes it before X where both are there."""
    import socket

    name = os.environ.get("WAYLAND_DISPLAY", "")
    if not name or (asked and "xcb" in asked and len(asked) == 1) or not hasattr(socket, "AF_UNIX"):
        return False
    place = Path(os.environ.get("XDG_RUNTIME_DIR", "/")) / name
    with socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(2)
        try:
            connection.connect(str(place))
        except OSError:
            return False
    return _plugin("wayland").is_file()


def _x11(asked: list[str]) -> str:
    """What stands against a window on X11, or ""."""
    name = os.environ.get("DISPLAY", "")
    if asked and "xcb" not in asked:
        return "no Wayland compositor answers"
    if not name:
        return "there is no display"
    try:
        xcb, *_ = (ctypes.CDLL(library) for library in _LIBRARIES)
    except OSError as error:
        library = str(error).partition(":")[0]
        return f"the system library {library} is missing (see “A bare Linux server” in README.md)"
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connection_has_error.argtypes = [ctypes.c_void_p]
    # Never closed: an X server that loses its only client starts anew, and Qt would have to wait for it.
    connection = xcb.xcb_connect(None, None)
    fault = xcb.xcb_connection_has_error(connection)
    return f"the display {name!r} cannot be reached" if fault else ""


def _plugin(name: str) -> Path:
    """The file of one of Qt's platform plugins; it may not be there."""
    found = importlib.util.find_spec("PySide6")
    folder = Path(found.origin or "").parent if found else Path()
    return folder / "Qt" / "plugins" / "platforms" / f"libq{name}.so"

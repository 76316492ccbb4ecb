"""The one saver: every file the program writes goes through here, so that a crash or a full disk costs nothing old.

A file is written beside its target, flushed to the disk and renamed over it, and then the folder is flushed; whoever
reads finds the old file or the new one, never a half. All calls to the operating system go through
`engine.storage.disk.DISK`, so that a test can make the N-th one fail.
"""

from engine.storage.arrays import load_arrays, save_arrays
from engine.storage.disk import Disk, explained, readable_size
from engine.storage.files import (
    append_bytes,
    append_line,
    clear_leftovers,
    load_bytes,
    make_folder,
    save_bytes,
    save_text,
)
from engine.storage.json_files import load_json, parse_json, save_json

__all__ = [
    "Disk",
    "append_bytes",
    "append_line",
    "clear_leftovers",
    "explained",
    "load_arrays",
    "load_bytes",
    "load_json",
    "parse_json",
    "make_folder",
    "readable_size",
    "save_arrays",
    "save_bytes",
    "save_json",
    "save_text",
]

"""A slice of a stream, as a stream of its own."""

from __future__ import annotations

import io
import threading
from typing import Any, BinaryIO


class Slice(io.RawIOBase):
    """So many bytes of another stream from a place on; several may read the same one, under its lock."""

    def __init__(self, base: BinaryIO, lock: threading.Lock, start: int, size: int) -> None:
        self._base, self._lock, self._start, self._size = base, lock, start, size
        self._at = 0

    @classmethod
    def buffered(cls, base: BinaryIO, lock: threading.Lock, start: int, size: int) -> BinaryIO:
        """The slice, read in larger pieces."""
        return io.BufferedReader(cls(base, lock, start, size), 1 << 16)

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        self._at = max(0, offset + {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence])
        return self._at

    def readinto(self, buffer: Any) -> int:
        view = memoryview(buffer).cast("B")
        wanted = max(0, min(len(view), self._size - self._at))
        if not wanted:
            return 0
        with self._lock:
            self._base.seek(self._start + self._at)
            data = self._base.read(wanted)
        if not data:
            raise EOFError("the archive is cut short")
        view[: len(data)] = data
        self._at += len(data)
        return len(data)

"""Gunzip: what a gz file holds, read at any place without unpacking it to the disk.

Going back starts from the nearest place that the state of the decompressor was kept of, so that the members of a tar.gz
can be read one by one.
"""

from __future__ import annotations

import io
import zlib
from typing import Any, BinaryIO, Final

from engine import limits
from engine.data.readers.files import check_expansion

MAGIC: Final = b"\x1f\x8b"
_PIECE: Final = 1 << 16
_KEPT: Final = 256
"""States kept at most, of about 45 KB each; where there would be more, every second one goes."""


class Gunzip(io.RawIOBase):
    """A stream that can seek.

    Reading raises EOFError where the file is cut short, zlib.error where it is damaged, and EngineError where far more
    comes out than went in.
    """

    def __init__(self, base: BinaryIO, title: str) -> None:
        self._base = base
        self._title = title
        self._step = 4 << 20
        self._states: list[tuple[int, int, bytes, Any]] = []
        self._restart()

    def _restart(self) -> None:
        self._inflate = zlib.decompressobj(31)
        self._base_at = 0
        self._pending = b""
        self._at = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def close(self) -> None:
        if not self.closed:
            self._base.close()
        super().close()

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        if whence == io.SEEK_CUR:
            offset += self._at
        elif whence == io.SEEK_END:
            while self._next(_PIECE):
                pass
            offset += self._at
        if offset < 0:
            raise ValueError("a place before the beginning")
        if offset < self._at or (self._states and self._at < self._states[-1][0] <= offset):
            self._return_to(offset)
        while self._at < offset and self._next(min(_PIECE, offset - self._at)):
            pass
        return self._at

    def _return_to(self, offset: int) -> None:
        kept = [one for one in self._states if one[0] <= offset]
        if kept:
            self._at, self._base_at, self._pending, state = kept[-1]
            self._inflate = state.copy()
        else:
            self._restart()

    def readinto(self, buffer: Any) -> int:
        view = memoryview(buffer).cast("B")
        data = self._next(min(len(view), _PIECE)) if len(view) else b""
        view[: len(data)] = data
        return len(data)

    def _next(self, most: int) -> bytes:
        """Up to so many bytes; none at the end."""
        while True:
            if self._inflate.eof and not self._next_member():
                return b""
            data = self._pending or self._more()
            if not data:
                raise EOFError("the file is cut short")
            found: bytes = self._inflate.decompress(data, most)
            self._pending = self._inflate.unconsumed_tail
            if found:
                self._at += len(found)
                if self._at > limits.FREE_EXPANSION:
                    check_expansion(self._title, self._at, self._base_at)
                self._keep()
                return found

    def _next_member(self) -> bool:
        """Go on behind the end of a member; files may be stuck together, and end in zeros."""
        rest = self._inflate.unused_data.lstrip(b"\0")
        while not rest:
            piece = self._more()
            if not piece:
                return False
            rest = piece.lstrip(b"\0")
        self._inflate = zlib.decompressobj(31)
        self._pending = rest
        return True

    def _more(self) -> bytes:
        self._base.seek(self._base_at)
        data = self._base.read(_PIECE)
        self._base_at += len(data)
        return data

    def _keep(self) -> None:
        last = self._states[-1][0] if self._states else 0
        if self._at - last >= self._step and not self._inflate.eof:
            self._states.append((self._at, self._base_at, self._pending, self._inflate.copy()))
            if len(self._states) > _KEPT:
                self._states = self._states[1::2]
                self._step *= 2


def gunzipped(base: BinaryIO, title: str) -> BinaryIO:
    """What a gz file holds, as a stream that can seek; closing it closes `base`."""
    return io.BufferedReader(Gunzip(base, title), _PIECE)

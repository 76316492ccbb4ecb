"""The pipe between the window and its engine process: pickles, each with its length before it.

Pickle is safe here and nowhere else: both ends are the program itself, joined by a pipe that nobody else has.
"""

from __future__ import annotations

import pickle
import struct
import threading
from dataclasses import dataclass
from typing import BinaryIO, Final

from engine.jobs import Job

_LENGTH: Final = struct.Struct(">Q")
_PATIENCE: Final = 2.0


@dataclass(frozen=True, slots=True)
class Submit:
    """Queue a job under this number."""

    number: int
    job: Job


@dataclass(frozen=True, slots=True)
class Cancel:
    """Ask a job to end."""

    number: int


@dataclass(frozen=True, slots=True)
class Control:
    """Hand a control to a job."""

    number: int
    control: object


Message = Submit | Cancel | Control


class Pipe:
    """One end: `send` from any thread, `receive` from one.

    Args:
        reading: Open for reading in binary, buffered.
        writing: Open for writing in binary, unbuffered.
    """

    def __init__(self, reading: BinaryIO, writing: BinaryIO) -> None:
        self._reading = reading
        self._writing = writing
        self._lock = threading.Lock()

    def send(self, value: object) -> None:
        """Send one value.

        Raises:
            OSError: where the other end is gone, or this one was closed.
            Exception: whatever pickle raises for a value that cannot be sent; nothing has been sent then.
        """
        data = pickle.dumps(value, protocol=5)
        with self._lock:
            if self._writing.closed:
                raise BrokenPipeError("the pipe is closed")
            for part in (_LENGTH.pack(len(data)), data):
                rest = memoryview(part)
                while rest:
                    rest = rest[self._writing.write(rest) :]

    def receive(self) -> object:
        """The next value; EOFError where the other end has closed."""
        head = self._reading.read(_LENGTH.size)
        if len(head) < _LENGTH.size:
            raise EOFError
        (length,) = _LENGTH.unpack(head)
        data = self._reading.read(length)
        if len(data) < length:
            raise EOFError
        return pickle.loads(data)  # noqa: S301 - see the head of this file

    def close_writing(self) -> None:
        """Tell the other end that nothing follows.

        Where another thread hangs in a `send` that nobody reads, nothing is closed: only the end of the other process
        helps there.
        """
        if self._lock.acquire(timeout=_PATIENCE):
            try:
                self._writing.close()
            finally:
                self._lock.release()

    def close(self) -> None:
        """Close both ways; call it when nobody receives any more."""
        self.close_writing()
        self._reading.close()

from __future__ import annotations

import io
import threading

import pytest

from engine.data.readers.slices import Slice


def test_a_slice_is_a_stream_of_its_own() -> None:
    base, lock = io.BytesIO(b"0123456789"), threading.Lock()
    first, second = Slice.buffered(base, lock, 2, 5), Slice.buffered(base, lock, 5, 3)
    assert (first.read(2), second.read(2), first.read()) == (b"23", b"56", b"456")
    assert first.read() == b""
    first.seek(1)
    assert first.read(1) == b"3"
    assert first.seek(-2, io.SEEK_END) == 3
    assert first.read() == b"56"


def test_a_slice_beyond_the_end_says_so() -> None:
    with pytest.raises(EOFError):
        Slice.buffered(io.BytesIO(b"abc"), threading.Lock(), 2, 5).read()

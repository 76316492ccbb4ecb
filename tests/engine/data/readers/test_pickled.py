"""Pickles are read as data: what plain ones hold comes back, and all that could run is refused."""

from __future__ import annotations

import io
import pickle
import struct
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from engine.data.readers.pickled import PickledArray, RefusedPickle, Span, load_pickled
from tests.engine.data.readers.making import cifar_batch, pixels


def loaded(data: bytes) -> Any:
    return load_pickled(io.BytesIO(data))


@pytest.mark.parametrize("protocol", [2, 3, 4, 5])
def test_plain_data_comes_back(protocol: int) -> None:
    value = {
        "a": [1, -5, 300, 70_000, -(2**40), 2.5, None, True, False],
        b"b": ("x", ("y", "ü" * 300), (), (1, 2), (1, 2, 3), (1, 2, 3, 4)),
        3: [b"bytes", b"\xff" * 300, []],
        "again": {},
    }
    if protocol == 2:  # it has no bytes of its own: they are made by a call that is known
        assert loaded(pickle.dumps(value, 2))["a"] == value["a"]
    assert loaded(pickle.dumps(value, protocol)) == value


@pytest.mark.parametrize("protocol", [2, 3, 4, 5])
@pytest.mark.parametrize("count", [3, 40])
def test_arrays_are_described(protocol: int, count: int) -> None:
    array = pixels(count, 3072)
    data = pickle.dumps({"data": array}, protocol)
    found = loaded(data)["data"]
    assert isinstance(found, PickledArray)
    assert (found.shape, found.by_columns) == (array.shape, False)
    assert np.dtype(found.dtype) == array.dtype
    inside = found.data
    if isinstance(inside, Span):
        inside = data[inside.start : inside.start + inside.length]
    assert inside == array.tobytes()


def test_numbers_of_numpy_are_numbers() -> None:
    assert loaded(pickle.dumps([np.int64(7), np.uint8(200), np.float32(0.5)], 4)) == [7, 200, 0.5]


class Calls:
    def __init__(self, what: Any, *arguments: Any) -> None:
        self.call = (what, arguments)

    def __reduce__(self) -> Any:
        return self.call


@pytest.mark.parametrize("protocol", [2, 3, 4, 5])
def test_calls_are_refused_and_not_made(tmp_path: Path, protocol: int) -> None:
    marker = tmp_path / "marker"
    for call in (
        Calls(Path.touch, marker),
        Calls(exec, f"open({str(marker)!r}, 'w')"),
        Calls(np.load, str(marker)),
        Calls(np.zeros, 10**12),
    ):
        with pytest.raises(RefusedPickle, match="could run a program"):
            loaded(pickle.dumps({"data": call}, protocol))
    assert not marker.exists()


@pytest.mark.parametrize(
    "data",
    [
        b"\x80\x02cos\nsystem\n(X\x04\x00\x00\x00trueytR.",
        b"\x80\x02cnumpy\nndarray\n)R.",  # a name that is known, called
        b"\x80\x02cnumpy\ndtype\nX\x02\x00\x00\x00u1b.",
        b"\x80\x02cnumpy\ndtype\nX\x02\x00\x00\x00O8\x85R.",
        b"\x80\x02}K\x01)\x81s.",  # NEWOBJ
        b"\x80\x02(i__builtin__\neval\n.",
        b"\x80\x04Pid\n.",
        b"\x80\x04}((K\x01tK\x02u.",  # a key of nests
        b"\x80\x02\x8b\xff\xff\xff\x7f.",  # LONG4 of 2 GB
        b"\x80\x02\x8a\xff" + b"\x01" * 255 + b".",
    ],
)
def test_instructions_that_data_does_not_need_are_refused(data: bytes) -> None:
    with pytest.raises(RefusedPickle):
        loaded(data)


def test_lengths_that_lie_do_not_take_memory() -> None:
    for head in (
        b"T" + struct.pack("<I", 2**32 - 1),
        b"B" + struct.pack("<I", 2**31),
        b"\x8e" + struct.pack("<Q", 2**60),
    ):
        with pytest.raises(EOFError):
            loaded(b"\x80\x02" + head + b"abc.")


def test_too_many_instructions_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    from engine import limits

    monkeypatch.setattr(limits, "MAX_PICKLE_STEPS", 100)
    with pytest.raises(RefusedPickle, match="too many"):
        loaded(b"\x80\x02" + b"N" * 200 + b".")


def test_every_cut_is_damage() -> None:
    whole = cifar_batch(1)
    for length in [*range(120), *range(len(whole) - 80, len(whole))]:
        with pytest.raises((EOFError, ValueError, struct.error, IndexError, TypeError, KeyError)):
            loaded(whole[:length])

from __future__ import annotations

import gzip
import io
import zlib

import numpy as np
import pytest

from engine import limits
from engine.data.readers import gunzip
from engine.data.readers.gunzip import Gunzip, gunzipped
from engine.errors import EngineError

NOISE = np.random.default_rng(0).integers(0, 64, 600_000).astype(np.uint8).tobytes()


def test_it_gives_what_was_packed_and_can_go_to_any_place(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gunzip, "_KEPT", 4)
    raw = Gunzip(io.BytesIO(gzip.compress(NOISE)), "x.gz")
    raw._step = 20_000
    stream = io.BufferedReader(raw, 1000)
    assert stream.read() == NOISE
    for place in np.random.default_rng(1).integers(0, len(NOISE), 60).tolist():
        stream.seek(place)
        assert stream.read(50) == NOISE[place : place + 50]
    assert 0 < len(raw._states) <= 4
    assert stream.seek(0, io.SEEK_END) == len(NOISE)
    assert stream.read(1) == b""


def test_members_one_after_the_other_and_zeros_behind_are_read() -> None:
    data = gzip.compress(b"one") + gzip.compress(b"") + gzip.compress(b"two") + bytes(700)
    assert gunzipped(io.BytesIO(data), "x").read() == b"onetwo"


def test_cut_at_every_byte_it_is_noticed() -> None:
    whole = gzip.compress(b"a few words" * 5)
    for length in range(1, len(whole)):
        with pytest.raises(EOFError):
            gunzipped(io.BytesIO(whole[:length]), "x").read()


def test_damage_and_rubbish_behind_are_noticed() -> None:
    whole = bytearray(gzip.compress(b"a few words" * 5))
    with pytest.raises(zlib.error):
        gunzipped(io.BytesIO(bytes(whole) + b"rubbish"), "x").read()
    whole[-6] ^= 1  # the checksum
    with pytest.raises(zlib.error):
        gunzipped(io.BytesIO(bytes(whole)), "x").read()


def test_a_bomb_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "FREE_EXPANSION", 1 << 20)
    with pytest.raises(EngineError, match="more than 100 times"):
        gunzipped(io.BytesIO(gzip.compress(bytes(2 << 20))), "x").seek(0, io.SEEK_END)


def test_closing_it_closes_the_file() -> None:
    base = io.BytesIO(gzip.compress(b"x"))
    with gunzipped(base, "x") as stream:
        assert stream.read() == b"x"
    assert base.closed

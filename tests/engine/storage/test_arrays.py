from __future__ import annotations

import io
import random
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from engine.errors import EngineError
from engine.storage import load_arrays, save_arrays
from tests.engine.storage.faulty_disk import FAULT_NAMES, FAULTS, Dead, sweep

ARRAYS: dict[str, np.ndarray[Any, Any]] = {
    "weights/layer_001/kernel": np.arange(24, dtype=np.float32).reshape(2, 3, 4),
    "turned": np.arange(6, dtype=np.int64).reshape(2, 3).T,
    "scalar": np.asarray(3.5),
    "empty": np.zeros((0, 4), np.uint8),
    "ids": np.asarray(["a/b.png", "ü.png"]),
    "right": np.asarray([True, False]),
}
META = {"step": 123, "best": {"loss": 0.25}, "note": "Übung"}


def test_arrays_and_meta_are_read_back_exactly(tmp_path: Path) -> None:
    save_arrays(tmp_path / "a.npz", ARRAYS, META)

    arrays, meta = load_arrays(tmp_path / "a.npz")

    assert meta == META
    assert list(arrays) == list(ARRAYS)
    for name, one in ARRAYS.items():
        assert arrays[name].dtype == one.dtype
        assert arrays[name].shape == one.shape
        np.testing.assert_array_equal(arrays[name], one)
    arrays["scalar"][...] = 1  # what was read may be changed


def test_numpy_opens_it_without_pickle(tmp_path: Path) -> None:
    save_arrays(tmp_path / "a.npz", ARRAYS, META)

    with np.load(tmp_path / "a.npz", allow_pickle=False) as found:
        np.testing.assert_array_equal(found["ids"], ARRAYS["ids"])


def test_the_same_arrays_give_the_same_bytes(tmp_path: Path) -> None:
    save_arrays(tmp_path / "a.npz", ARRAYS, META)
    save_arrays(tmp_path / "b.npz", ARRAYS, META)

    assert (tmp_path / "a.npz").read_bytes() == (tmp_path / "b.npz").read_bytes()


def test_large_arrays_are_written_in_pieces(tmp_path: Path) -> None:
    large = np.arange(3_000_000, dtype=np.float32)

    save_arrays(tmp_path / "a.npz", {"large": large}, {})

    np.testing.assert_array_equal(load_arrays(tmp_path / "a.npz")[0]["large"], large)


@pytest.mark.parametrize("fault", FAULTS, ids=FAULT_NAMES)
def test_a_checkpoint_cut_short_anywhere_leaves_the_old_one_or_the_new_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: BaseException
) -> None:
    path = tmp_path / "step-000000123.npz"
    big = {"big": np.zeros(700_000, np.float32)}  # several writes

    def act() -> None:
        save_arrays(path, big, {"is": "new"})

    def after() -> None:
        assert load_arrays(path)[1]["is"] in ("old", "new")
        if not isinstance(fault, Dead):
            assert [one.name for one in tmp_path.iterdir()] == [path.name]
        save_arrays(path, ARRAYS, {"is": "old"})

    after_first = after
    save_arrays(path, ARRAYS, {"is": "old"})

    assert sweep(monkeypatch, fault, act, after_first) >= 6


def test_every_flipped_byte_is_seen(tmp_path: Path) -> None:
    path = tmp_path / "a.npz"
    save_arrays(path, ARRAYS, META)
    whole = path.read_bytes()
    seen = 0
    for place in range(0, len(whole), 7):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :])
        try:
            arrays, meta = load_arrays(path)
        except EngineError:
            seen += 1
        else:  # a byte that carries nothing, such as the date of a member
            assert meta == META
            assert all(np.array_equal(arrays[name], one) for name, one in ARRAYS.items())
    assert seen > len(whole) / 7 / 2


def test_every_cut_is_seen(tmp_path: Path) -> None:
    path = tmp_path / "a.npz"
    save_arrays(path, ARRAYS, META)
    whole = path.read_bytes()
    for length in range(0, len(whole), 13):
        path.write_bytes(whole[:length])
        with pytest.raises(EngineError):
            load_arrays(path)


def test_zeroed_weights_are_seen(tmp_path: Path) -> None:
    path = tmp_path / "a.npz"
    save_arrays(path, {"w": np.ones(1000, np.float32)}, {})
    whole = bytearray(path.read_bytes())
    whole[1000:1064] = bytes(64)
    path.write_bytes(whole)

    with pytest.raises(EngineError, match="damaged"):
        load_arrays(path)


def test_random_rubbish_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.npz"
    save_arrays(path, ARRAYS, META)
    whole = path.read_bytes()
    draw = random.Random(0)
    for _ in range(200):
        damaged = bytearray(whole)
        for _ in range(draw.randint(1, 40)):
            damaged[draw.randrange(len(damaged))] = draw.randrange(256)
        path.write_bytes(damaged)
        try:
            arrays, _ = load_arrays(path)
        except EngineError:
            continue
        assert all(np.array_equal(arrays[name], one) for name, one in ARRAYS.items())


def npz(path: Path, members: dict[str, bytes], method: int = zipfile.ZIP_STORED) -> None:
    with zipfile.ZipFile(path, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(name, data)


def header(shape: tuple[int, ...], dtype: str) -> bytes:
    out = io.BytesIO()
    np.lib.format.write_array_header_1_0(out, {"descr": dtype, "fortran_order": False, "shape": shape})
    return out.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        header((10**12,), "<f4"),
        header((2**40, 2**40), "<f4") + b"1234",
        header((-1,), "<f4"),
        header((1,), "|O") + b"x" * 8,
    ],
    ids=["too large", "overflow", "negative", "object"],
)
def test_an_array_that_claims_more_than_there_is_never_expands(tmp_path: Path, data: bytes) -> None:
    npz(tmp_path / "a.npz", {"a.npy": data})

    with pytest.raises(EngineError, match="damaged"):
        load_arrays(tmp_path / "a.npz")


def test_a_compressed_bomb_is_refused(tmp_path: Path) -> None:
    npz(tmp_path / "a.npz", {"a.npy": bytes(10**7)}, zipfile.ZIP_DEFLATED)

    with pytest.raises(EngineError, match="compressed"):
        load_arrays(tmp_path / "a.npz")


def test_another_array_under_the_old_checksum_is_seen(tmp_path: Path) -> None:
    path = tmp_path / "a.npz"
    save_arrays(path, {"w": np.ones(4, np.float32)}, {})
    with np.load(path) as found:
        signed = found["meta"]
    np.savez(path, w=np.zeros(4, np.float32), meta=signed)

    with pytest.raises(EngineError, match="does not fit its checksum"):
        load_arrays(path)


def test_another_meta_under_the_old_checksum_is_seen(tmp_path: Path) -> None:
    path = tmp_path / "a.npz"
    save_arrays(path, {"w": np.ones(4, np.float32)}, {"step": 1})
    with np.load(path) as found:
        signed = found["meta"].tobytes().replace(b"1}", b"2}")
    np.savez(path, w=np.ones(4, np.float32), meta=np.frombuffer(signed, np.uint8))

    with pytest.raises(EngineError, match="does not fit its checksum"):
        load_arrays(path)


def test_a_foreign_npz_without_a_description_is_refused(tmp_path: Path) -> None:
    np.savez(tmp_path / "a.npz", a=np.zeros(3))

    with pytest.raises(EngineError, match="description"):
        load_arrays(tmp_path / "a.npz")


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(EngineError, match=r"a\.npz does not exist"):
        load_arrays(tmp_path / "a.npz")


def test_objects_and_the_name_meta_are_the_callers_fault(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="numbers or text"):
        save_arrays(tmp_path / "a.npz", {"a": np.asarray([object()])}, {})
    with pytest.raises(ValueError, match="meta"):
        save_arrays(tmp_path / "a.npz", {"meta": np.zeros(1)}, {})

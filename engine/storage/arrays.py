"""Files of arrays: an npz that knows its own SHA-256, for checkpoints and whatever else must not rot unseen."""

from __future__ import annotations

import hashlib
import io
import json
import math
import tokenize
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, BinaryIO, Final

import numpy as np

from engine import limits
from engine.errors import EngineError
from engine.storage.files import Stream, save_with, unreadable

_ARRAY_KINDS: Final = "biufUS"


def save_arrays(path: Path, arrays: Mapping[str, np.ndarray[Any, Any]], meta: Mapping[str, Any]) -> None:
    """Save arrays and JSON together as an npz that knows its own SHA-256; `numpy.load` opens it too.

    Args:
        arrays: Numbers, truth values or text by name; "meta" is taken.
        meta: JSON types.

    Raises:
        EngineError: where the disk is full or refuses; the old file stands as it was.
        ValueError: for arrays of objects, or NaN in `meta`: a fault of the caller.
    """
    if "meta" in arrays or any(one.dtype.kind not in _ARRAY_KINDS for one in arrays.values()):
        raise ValueError('arrays hold numbers or text, and none is called "meta"')
    text = json.dumps(meta, allow_nan=False, sort_keys=True)
    whole = {name: np.asarray(one, order="C") for name, one in arrays.items()}
    signed = json.dumps({"sha256": _fingerprint(whole, text), "meta": text}).encode("ascii")
    whole["meta"] = np.frombuffer(signed, np.uint8)

    def fill(stream: Stream) -> None:
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
            for name, one in whole.items():
                member = zipfile.ZipInfo(f"{name}.npy")  # dated 1980: the same arrays give the same bytes
                with archive.open(member, "w", force_zip64=True) as file:
                    np.lib.format.write_array(file, one, allow_pickle=False)

    save_with(path, sum(one.nbytes + 512 for one in whole.values()), fill)


def load_arrays(path: Path) -> tuple[dict[str, np.ndarray[Any, Any]], dict[str, Any]]:
    """What `save_arrays` saved: the arrays by name, and the meta.

    Raises:
        EngineError: where the file is missing, or is not bit for bit what was saved.
    """
    try:
        with path.open("rb") as file:
            arrays = _read_members(file)
    except EngineError:
        raise
    except zipfile.BadZipFile as error:
        raise _damaged(path, str(error)) from error
    except OSError as error:
        raise unreadable(path, error) from error
    except (ValueError, KeyError, EOFError, MemoryError, RuntimeError, SyntaxError, tokenize.TokenError) as error:
        raise _damaged(path, str(error)) from error
    try:
        signed = json.loads(arrays.pop("meta").tobytes())
        text, expected = signed["meta"], signed["sha256"]
        meta = json.loads(text)
        found = _fingerprint(arrays, text)
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise _damaged(path, "its description cannot be read") from error
    if not isinstance(meta, dict) or found != expected:
        raise _damaged(path, "its content does not fit its checksum")
    return arrays, meta


def _read_members(file: BinaryIO) -> dict[str, np.ndarray[Any, Any]]:
    size = file.seek(0, io.SEEK_END)
    arrays: dict[str, np.ndarray[Any, Any]] = {}
    with zipfile.ZipFile(file) as archive:
        members = archive.infolist()
        if any(one.compress_type != zipfile.ZIP_STORED or one.file_size != one.compress_size for one in members):
            raise ValueError("a part of it is compressed")
        if sum(one.file_size for one in members) > min(size, limits.MAX_ARRAY_FILE_BYTES):
            raise ValueError("its parts claim to be larger than the file")
        for one in members:
            with archive.open(one) as member:
                arrays[one.filename.removesuffix(".npy")] = _read_array(member, one.file_size)
    if len(arrays) != len(members):
        raise ValueError("a part stands in it twice")
    return arrays


def _read_array(member: Any, size: int) -> np.ndarray[Any, Any]:
    version = np.lib.format.read_magic(member)
    read_header = np.lib.format.read_array_header_2_0 if version[0] > 1 else np.lib.format.read_array_header_1_0
    shape, fortran, dtype = read_header(member)
    length = math.prod(shape) * dtype.itemsize
    if fortran or dtype.kind not in _ARRAY_KINDS or min(shape, default=0) < 0 or member.tell() + length != size:
        raise ValueError("an array is not of the size that it claims")
    data = bytearray(length)
    if member.readinto(data) != length or member.read(1):
        raise ValueError("an array ends too early")
    return np.frombuffer(data, dtype).reshape(shape)


def _damaged(path: Path, why: str) -> EngineError:
    return EngineError(
        f"{path} is damaged: {why or 'it cannot be read'}.",
        "The file must be exactly what the program saved.",
        "Use an earlier checkpoint or a copy of the file.",
    )


def _fingerprint(arrays: Mapping[str, np.ndarray[Any, Any]], text: str) -> str:
    digest = hashlib.sha256(text.encode("ascii"))
    for name in sorted(arrays):
        one = arrays[name]
        digest.update(json.dumps([name, one.dtype.str, one.shape]).encode("ascii"))
        if one.size:
            digest.update(one.reshape(-1).view(np.uint8).data)
    return digest.hexdigest()

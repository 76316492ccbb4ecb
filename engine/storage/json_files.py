"""JSON files, read strictly: what a damaged or hostile file holds beyond the program's own is refused."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

from engine import limits
from engine.errors import EngineError
from engine.storage.files import load_bytes, save_bytes


def save_json(path: Path, data: object) -> None:
    """Like `save_bytes`, as indented JSON in ASCII, which holds file names of any bytes; ValueError for NaN."""
    save_bytes(path, (json.dumps(data, indent=2, allow_nan=False) + "\n").encode("ascii"))


def load_json(path: Path) -> Any:
    """The JSON in the file, strictly: no duplicate keys, no NaN or Infinity, no more than the limits allow.

    Raises:
        EngineError: where it is missing, damaged, too large or too deep; says in which line.
    """
    return parse_json(load_bytes(path, limits.MAX_JSON_BYTES), str(path))


def parse_json(data: bytes, where: str) -> Any:
    """`load_json` for bytes that are at hand; `where` names them in the message."""
    if len(data) > limits.MAX_JSON_BYTES:
        raise _not_json(where, f"it is larger than {limits.MAX_JSON_BYTES // 1024**2} MB")
    try:
        value = json.loads(
            data.decode("utf-8-sig"), object_pairs_hook=_object, parse_constant=_constant, parse_float=_finite
        )
    except json.JSONDecodeError as error:
        raise _not_json(where, f"line {error.lineno}, column {error.colno}: {error.msg}") from error
    except UnicodeDecodeError as error:
        raise _not_json(where, f"byte {error.start} is not UTF-8 text") from error
    except (ValueError, RecursionError) as error:
        raise _not_json(
            where, "it is nested too deeply" if isinstance(error, RecursionError) else str(error)
        ) from error
    if _depth(value) > limits.MAX_JSON_DEPTH:
        raise _not_json(where, f"it is nested more than {limits.MAX_JSON_DEPTH} deep")
    return value


def _not_json(where: str, why: str) -> EngineError:
    return EngineError(
        f"{where} is damaged or was cut short ({why}).",
        "The file must be JSON, as the program wrote it.",
        "Use an earlier version of the file or a copy.",
    )


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"{twice!r} stands in it twice")
    return found


def _constant(text: str) -> float:
    raise ValueError(f"{text} is no number that it may hold")


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError(f"{text} is too large a number")
    return number


def _depth(value: object) -> int:
    depth, level = 0, [value]
    while level:
        depth += 1
        inner: list[object] = []
        for one in level:
            if isinstance(one, dict):
                inner.extend(one.values())
            elif isinstance(one, list):
                inner.extend(one)
        level = inner
    return depth

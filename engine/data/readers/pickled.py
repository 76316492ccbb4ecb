"""Pickled data, read without running any of it: the CIFAR batches for Python.

A pickle is a program for a small machine, and an ordinary loader calls whatever the file names. This one knows plain
data and NumPy's arrays by name, calls nothing, and refuses every other instruction. The instructions are documented
in Python's `pickletools`. Long texts of bytes, such as pixels, stay in the file: only their place is kept.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from typing import Any, BinaryIO, Final

import numpy as np

from engine import limits
from engine.data.readers.files import read_exactly

_LONG: Final = 1 << 16
"""Bytes from which on a text is left in the file."""
_MOST_TEXT: Final = 1 << 26
_NAMES: Final = {
    ("numpy.core.multiarray", "_reconstruct"): "array",
    ("numpy._core.multiarray", "_reconstruct"): "array",
    ("numpy.core.multiarray", "scalar"): "scalar",
    ("numpy._core.multiarray", "scalar"): "scalar",
    ("numpy.core.numeric", "_frombuffer"): "buffer",
    ("numpy._core.numeric", "_frombuffer"): "buffer",
    ("numpy", "ndarray"): "ndarray",
    ("numpy", "dtype"): "dtype",
    ("_codecs", "encode"): "encode",
}
_TYPES: Final = {"u1", "i1", "u2", "i2", "u4", "i4", "u8", "i8", "b1", "f4", "f8"}


class RefusedPickle(ValueError):
    """A pickle that asks for something other than plain data; says what, as the end of a sentence."""


@dataclass(frozen=True)
class Span:
    """Bytes that stay in the file."""

    start: int
    length: int


@dataclass
class PickledArray:
    """An array: its numbers are bytes, or a place in the file."""

    dtype: str = ""
    shape: tuple[int, ...] = ()
    by_columns: bool = False
    data: bytes | Span = b""


@dataclass(frozen=True)
class _Name:
    what: str


@dataclass
class _Type:
    code: str
    order: str = "<"


@dataclass
class _Machine:
    stream: BinaryIO
    stack: list[Any] = field(default_factory=list)
    marks: list[int] = field(default_factory=list)
    memo: dict[int, Any] = field(default_factory=dict)


def load_pickled(stream: BinaryIO) -> Any:
    """The value in a pickle of protocol 2 to 5: dicts, lists, tuples, text, bytes, numbers, `PickledArray`.

    Raises:
        RefusedPickle: where it asks for anything else.
        ValueError, EOFError, struct.error, IndexError, TypeError: where it is damaged.
    """
    machine = _Machine(stream)
    for _ in range(limits.MAX_PICKLE_STEPS):
        code = read_exactly(stream, 1)[0]
        if code == 0x2E:  # STOP
            if len(machine.stack) != 1 or machine.marks:
                raise ValueError("values are left over")
            return machine.stack[0]
        step = _STEPS.get(code)
        if step is None:
            raise RefusedPickle(f"it uses the instruction {code:#04x}, which plain data does not need")
        step(machine)
    raise RefusedPickle("it has too many instructions")


def _bytes(machine: _Machine, length: int) -> bytes | Span:
    if length < _LONG:
        return read_exactly(machine.stream, length)
    start = machine.stream.tell()
    end = machine.stream.seek(0, 2)
    if start + length > end:
        raise EOFError("a text is longer than the file")
    machine.stream.seek(start + length)
    return Span(start, length)


def _number(machine: _Machine, form: str) -> Any:
    return struct.unpack(form, read_exactly(machine.stream, struct.calcsize(form)))[0]


def _push(machine: _Machine, value: Any) -> None:
    machine.stack.append(value)


def _long(machine: _Machine) -> None:
    length = _number(machine, "B")
    if length > 8:
        raise RefusedPickle("it holds a number of more than 64 bits")
    _push(machine, int.from_bytes(read_exactly(machine.stream, length), "little", signed=True))


def _text(machine: _Machine, length: int) -> None:
    if length > _MOST_TEXT:
        raise RefusedPickle("it holds a text that is too long")
    _push(machine, read_exactly(machine.stream, length).decode("utf-8", "surrogatepass"))


def _text_long(machine: _Machine) -> None:
    """Pixels that Python 3 pickled for Python 2 are a text, which NumPy turns back; too long a one is refused."""
    _text(machine, _number(machine, "<I"))


def _popped(machine: _Machine) -> list[Any]:
    """What was pushed since the last mark."""
    at = machine.marks.pop()
    found = machine.stack[at:]
    del machine.stack[at:]
    return found


def _pop(machine: _Machine) -> Any:
    if machine.marks and machine.marks[-1] >= len(machine.stack):
        raise ValueError("a value is missing")
    return machine.stack.pop()


def _top(machine: _Machine, kind: type) -> Any:
    top = machine.stack[-1]
    if type(top) is not kind:
        raise ValueError("a value is of another kind")
    return top


def _set(target: dict[Any, Any], key: Any, value: Any) -> None:
    if type(key) not in (str, bytes, int):  # to look for a nest of tuples could exhaust the stack
        raise RefusedPickle("a key is not a word")
    target[key] = value


def _append(machine: _Machine) -> None:
    value = _pop(machine)
    _top(machine, list).append(value)


def _appends(machine: _Machine) -> None:
    values = _popped(machine)
    _top(machine, list).extend(values)


def _set_item(machine: _Machine) -> None:
    value, key = _pop(machine), _pop(machine)
    _set(_top(machine, dict), key, value)


def _set_items(machine: _Machine) -> None:
    values = _popped(machine)
    target = _top(machine, dict)
    for key, value in zip(values[::2], values[1::2], strict=True):
        _set(target, key, value)


def _tuple(machine: _Machine, length: int) -> None:
    if len(machine.stack) < length:
        raise ValueError("a value is missing")
    values = tuple(machine.stack[len(machine.stack) - length :])
    del machine.stack[len(machine.stack) - length :]
    _push(machine, values)


def _remember(machine: _Machine, place: int) -> None:
    machine.memo[place] = machine.stack[-1]


def _named(module: object, name: object) -> _Name:
    what = _NAMES.get((module, name)) if isinstance(module, str) and isinstance(name, str) else None
    if what is None:
        raise RefusedPickle(f"it asks for {str(module)[:60]}.{str(name)[:60]}, which could run a program")
    return _Name(what)


def _line(machine: _Machine) -> str:
    found = machine.stream.readline(256)
    if not found.endswith(b"\n"):
        raise ValueError("a name is too long")
    return found[:-1].decode("ascii")


def _global(machine: _Machine) -> None:
    module = _line(machine)
    _push(machine, _named(module, _line(machine)))


def _stack_global(machine: _Machine) -> None:
    name, module = _pop(machine), _pop(machine)
    _push(machine, _named(module, name))


def _reduce(machine: _Machine) -> None:
    arguments, name = _pop(machine), _pop(machine)
    if type(name) is not _Name or type(arguments) is not tuple:
        raise RefusedPickle("it calls something that is not a name")
    _push(machine, _made(name.what, arguments))


def _made(what: str, arguments: tuple[Any, ...]) -> Any:
    """What NumPy would make of these arguments."""
    match what, arguments:
        case "array", (_Name("ndarray"), (0,), b"b" | "b"):
            return PickledArray()
        case "dtype", (str() | bytes() as code, *_):
            plain = code if isinstance(code, str) else code.decode("ascii")
            if plain not in _TYPES:
                raise RefusedPickle(f"it holds numbers of the type {plain[:20]!r}")
            return _Type(plain)
        case "scalar", (_Type() as kind, bytes() as data):
            return np.frombuffer(data, np.dtype(kind.order + kind.code)).item()
        case "buffer", (bytes() | Span() as data, _Type() as kind, tuple() as shape, "C" | "F" as order):
            return PickledArray(kind.order + kind.code, _sides(shape), order == "F", data)
        case "encode", (str() as text, "latin1" | "latin-1"):
            return text.encode("latin-1")
        case _:
            raise RefusedPickle("it calls NumPy in a way that is not known")


def _sides(shape: Any) -> tuple[int, ...]:
    if type(shape) is not tuple or len(shape) > 8 or not all(type(one) is int and 0 <= one < 2**40 for one in shape):
        raise ValueError("no shape")
    return shape


def _build(machine: _Machine) -> None:
    state, target = _pop(machine), machine.stack[-1]
    match target, state:
        case PickledArray(), (1, tuple() as shape, _Type() as kind, by_columns, bytes() | Span() as data):
            target.dtype, target.shape = kind.order + kind.code, _sides(shape)
            target.by_columns, target.data = bool(by_columns), data
        case _Type(), (int(), str() | bytes() as order, *_):
            plain = order if isinstance(order, str) else order.decode("ascii")
            if plain not in ("<", ">", "|", "="):
                raise ValueError("no byte order")
            target.order = "<" if plain == "=" else plain
        case _:
            raise RefusedPickle("it gives a state to something that has none")


def _opcodes() -> dict[int, Any]:
    def mark(machine: _Machine) -> None:
        machine.marks.append(len(machine.stack))

    return {
        0x80: lambda m: read_exactly(m.stream, 1),  # PROTO
        0x95: lambda m: read_exactly(m.stream, 8),  # FRAME
        ord("("): mark,
        ord("N"): lambda m: _push(m, None),
        0x88: lambda m: _push(m, True),
        0x89: lambda m: _push(m, False),
        ord("J"): lambda m: _push(m, _number(m, "<i")),
        ord("K"): lambda m: _push(m, _number(m, "B")),
        ord("M"): lambda m: _push(m, _number(m, "<H")),
        0x8A: _long,
        ord("G"): lambda m: _push(m, _number(m, ">d")),
        ord("U"): lambda m: _push(m, _bytes(m, _number(m, "B"))),
        ord("T"): lambda m: _push(m, _bytes(m, _number(m, "<I"))),
        ord("C"): lambda m: _push(m, _bytes(m, _number(m, "B"))),
        ord("B"): lambda m: _push(m, _bytes(m, _number(m, "<I"))),
        0x8E: lambda m: _push(m, _bytes(m, _number(m, "<Q"))),
        0x96: lambda m: _push(m, _bytes(m, _number(m, "<Q"))),
        ord("X"): _text_long,
        0x8C: lambda m: _text(m, _number(m, "B")),
        0x8D: lambda m: _text(m, _number(m, "<Q")),
        ord("}"): lambda m: _push(m, {}),
        ord("]"): lambda m: _push(m, []),
        ord(")"): lambda m: _push(m, ()),
        ord("t"): lambda m: _push(m, tuple(_popped(m))),
        ord("l"): lambda m: _push(m, _popped(m)),
        0x85: lambda m: _tuple(m, 1),
        0x86: lambda m: _tuple(m, 2),
        0x87: lambda m: _tuple(m, 3),
        ord("a"): _append,
        ord("e"): _appends,
        ord("s"): _set_item,
        ord("u"): _set_items,
        ord("q"): lambda m: _remember(m, _number(m, "B")),
        ord("r"): lambda m: _remember(m, _number(m, "<I")),
        0x94: lambda m: _remember(m, len(m.memo)),
        ord("h"): lambda m: _push(m, m.memo[_number(m, "B")]),
        ord("j"): lambda m: _push(m, m.memo[_number(m, "<I")]),
        ord("c"): _global,
        0x93: _stack_global,
        ord("R"): _reduce,
        ord("b"): _build,
    }


_STEPS: Final = _opcodes()

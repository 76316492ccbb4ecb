"""Mutations: what is done to a whole file, so that it is damaged or lies."""

from __future__ import annotations

import random
import struct

_NUMBERS = (0, 1, 7, 127, 128, 255, 256, 2**15, 2**16 - 1, 2**31 - 1, 2**31, 2**32 - 1)
_WORDS = (b"\0", b"\n", b'"', b",", b";", b"\xff", b"../", b"=1+1", b"<b>", b"9" * 5000, b"\x80", b"(", b"R.", b"c")


def mutated(data: bytes, chance: random.Random, head: int = 64) -> bytes:
    """The file with one to three faults, half of them within its first `head` bytes."""
    for _ in range(chance.choice((1, 1, 1, 2, 3))):
        data = _once(bytearray(data), chance, head)
    return data


def retouched(data: bytes, chance: random.Random, head: int = 64) -> bytes:
    """The file, as long as before, with one to five other bytes, rarely within its first `head`."""
    found = bytearray(data)
    for _ in range(chance.randrange(1, 6)):
        start = 0 if chance.random() < 0.1 or len(data) <= head else head
        found[chance.randrange(start, len(data))] = chance.randrange(256)
    return bytes(found)


def _once(data: bytearray, chance: random.Random, head: int) -> bytes:
    if not data:
        return bytes(data)
    most = min(head, len(data)) if chance.random() < 0.5 else len(data)
    at = chance.randrange(most)
    match chance.randrange(9):
        case 0:
            del data[at:]
        case 1:
            data[at] ^= 1 << chance.randrange(8)
        case 2:
            data[at] = chance.randrange(256)
        case 3:
            form = chance.choice(("<I", ">I", "<H", ">H", "<Q", ">Q"))
            size = struct.calcsize(form)
            data[at : at + size] = struct.pack(form, chance.choice(_NUMBERS) % 256**size)
        case 4:
            data[at:at] = chance.choice(_WORDS)
        case 5:
            del data[at : at + chance.randrange(1, 20)]
        case 6:
            end = at + chance.randrange(1, 200)
            data[at:at] = data[at:end]
        case 7:
            length = chance.randrange(1, 30)
            data[at : at + length] = bytes(length)
        case _:
            other = chance.randrange(len(data))
            data[at : at + 16] = data[other : other + 16]
    return bytes(data)

"""The formats: whole files of each, and how one of them is damaged, inside its packing too."""

from __future__ import annotations

import gzip
import io
import pickle
import random
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image

from tests.engine.data.readers.making import (
    cifar,
    cifar_batch,
    idx,
    labels,
    npz,
    pictures,
    pixels,
    tarred,
    zipped,
)
from tests.fuzz.mutating import mutated, retouched

Files = dict[str, bytes]
MARKER = "marker"
"""A file that a pickle that was run would make, in the folder where the process works."""


@dataclass(frozen=True)
class Format:
    """One kind of file.

    Attributes:
        make: Damaged files, the one that is opened first.
        past: Functions of the reader that are reached only once its header, or its form, was accepted.
        sources: Where the reader's code is.
    """

    name: str
    make: Callable[[random.Random], Files]
    past: tuple[str, ...]
    sources: tuple[str, ...]


class _Runs:
    def __reduce__(self) -> tuple[object, ...]:
        return (Path.touch, (Path(MARKER),))


def _image(form: str, image: np.ndarray[tuple[int, ...], np.dtype[np.uint8]], **options: object) -> bytes:
    stream = io.BytesIO()
    Image.fromarray(image).save(stream, form, **options)
    return stream.getvalue()


def _images(form: str) -> list[bytes]:
    return [_image(form, pixels(1, 17, 23, 3)[0]), _image(form, pixels(1, 40, 9)[0])]


def _damaged_image(form: str) -> Callable[[random.Random], Files]:
    whole = _images(form)
    return lambda chance: {"image": mutated(chance.choice(whole), chance, 48)}


def _damaged_idx(pack: Callable[[bytes], bytes]) -> Callable[[random.Random], Files]:
    images, numbers = idx(pixels(9)), idx(labels(9))

    def make(chance: random.Random) -> Files:
        files = {"train-images-idx3-ubyte": images, "train-labels-idx1-ubyte": numbers}
        name = chance.choice(tuple(files))
        inside = chance.random() < 0.5
        if inside:
            change = retouched if chance.random() < 0.6 else mutated
            files[name] = change(files[name], chance, 16)
        files = {one: pack(data) for one, data in files.items()}
        files[name] = files[name] if inside else mutated(files[name], chance, 24)
        return files

    return make


def _damaged_npz(chance: random.Random) -> Files:
    if chance.random() < 0.02:
        return {"data.npz": npz(x=np.array([_Runs()] * 9, dtype=object), y=labels(9))}
    whole = npz(x=pixels(9), y=labels(9), names=np.array(["a", "b", "c"]))
    if chance.random() < 0.5:
        return {"data.npz": mutated(whole, chance, 200)}
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    name = chance.choice(tuple(members))
    members[name] = (retouched if chance.random() < 0.6 else mutated)(members[name], chance, 128)
    return {"data.npz": zipped(members, chance.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)))}


def _damaged_binary(chance: random.Random) -> Files:
    whole = cifar(3, chance.choice((10, 100)))
    if chance.random() < 0.3:
        return {"data_batch_1.bin": mutated(whole, chance)}
    data = bytearray(whole)  # of the right length, so that labels and pixels are what is wrong
    for _ in range(3):
        data[chance.randrange(len(data)) if chance.random() < 0.5 else 0] = chance.randrange(256)
    return {"data_batch_1.bin": bytes(data)}


def _damaged_pickle(chance: random.Random) -> Files:
    protocol = chance.choice((2, 3, 4, 5))
    if chance.random() < 0.1:
        whole = pickle.dumps({"labels": [1], "data": _Runs()}, protocol)
    else:
        whole = cifar_batch(chance.choice((1, 24)), chance.choice((10, 100)), protocol)
    data = mutated(whole, chance, 300)
    if chance.random() < 0.3:  # the end of a batch holds its labels
        data = data[:-150] + mutated(data[-150:], chance, 150)
    return {"data_batch_1": data}


def _packed(chance: random.Random) -> Files:
    names = [f"{name}/{number}.png" for name in ("cat", "dog") for number in range(3)]
    files = pictures(names)
    match chance.randrange(4):
        case 0:
            files = {"m/train-images-idx3-ubyte": idx(pixels(9)), "m/train-labels-idx1-ubyte": idx(labels(9))}
        case 1:
            name = chance.choice(names)
            files[name] = mutated(files[name], chance, 48)
        case 2:
            name = chance.choice(names)
            text = mutated(name.encode(), chance, 9).decode("utf-8", "replace").replace("\0", "_") or "x"
            files[text[:200]] = files.pop(name)
        case _:
            pass
    return files


def _damaged_zip(chance: random.Random) -> Files:
    whole = zipped(_packed(chance), chance.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)))
    if chance.random() < 0.4:  # the list of names at the end
        at = whole.index(b"PK\1\2")
        return {"photos.zip": whole[:at] + mutated(whole[at:], chance, 400)}
    return {"photos.zip": mutated(whole, chance, 200)}


def _damaged_tar(mode: str) -> Callable[[random.Random], Files]:
    def make(chance: random.Random) -> Files:
        whole = tarred(_packed(chance))
        if chance.random() < 0.7:
            data = bytearray(mutated(whole, chance, 512))
            if chance.random() < 0.7:  # a header that agrees with itself again
                data[148:156] = b" " * 8
                data[148:156] = b"%06o\0 " % sum(data[:512])
            whole = bytes(data)
        if mode == "w:gz":
            whole = gzip.compress(whole, 1, mtime=0)
            whole = mutated(whole, chance, 64) if chance.random() < 0.4 else whole
        return {"photos.tar": whole}

    return make


def _damaged_list(chance: random.Random) -> Files:
    names = [f"{number}.png" for number in range(4)]
    between = chance.choice((",", ";", "\t", " "))
    header = [between.join(("file", "label", "split"))] if chance.random() < 0.5 else []
    rows = [between.join((name, "ab"[at % 2], ("train", "test")[at // 2])) for at, name in enumerate(names)]
    coding = chance.choice(("utf-8", "utf-8", "utf-8-sig", "utf-16", "latin-1"))
    return {"list.csv": mutated("\n".join([*header, *rows]).encode(coding), chance, 40), **_PICTURES}


_PICTURES = pictures([f"{number}.png" for number in range(4)])
_DECODING = ("engine/images/decoding.py",)
_READERS = "engine/data/readers/"
_OPENED = ("_upright", "_reduce", "fitted")
_ZIP = (f"{_READERS}zip_files.py",)

FORMATS: tuple[Format, ...] = (
    *(Format(one, _damaged_image(one), _OPENED, _DECODING) for one in ("JPEG", "PNG", "BMP", "GIF", "TIFF", "WEBP")),
    Format("CSV", _damaged_list, ("_columns",), (f"{_READERS}lists.py",)),
    Format("NPZ", _damaged_npz, ("_pairs",), (f"{_READERS}npz.py", *_ZIP)),
    Format("IDX", _damaged_idx(lambda data: data), ("_block",), (f"{_READERS}idx.py",)),
    Format(
        "IDX.gz",
        _damaged_idx(lambda data: gzip.compress(data, mtime=0)),
        ("_block",),
        (f"{_READERS}idx.py", f"{_READERS}gunzip.py"),
    ),
    Format("CIFAR binary", _damaged_binary, ("_binary",), (f"{_READERS}cifar.py",)),
    Format("CIFAR Python", _damaged_pickle, ("_batch", "_made"), (f"{_READERS}cifar.py", f"{_READERS}pickled.py")),
    Format("zip", _damaged_zip, ("_take",), _ZIP),
    Format("tar", _damaged_tar("w"), ("_take",), (f"{_READERS}tar_files.py",)),
    Format("tar.gz", _damaged_tar("w:gz"), ("_take",), (f"{_READERS}tar_files.py", f"{_READERS}gunzip.py")),
)

"""Small sources of every kind, made by the tests themselves."""

from __future__ import annotations

import gzip
import io
import pickle
import struct
import tarfile
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from engine.data.contents import Contents
from engine.data.dataset import Dataset, DatasetSpec
from engine.data.opening import contents_of, open_dataset
from engine.data.source import Source
from engine.errors import EngineError
from engine.images.preprocessing import Preprocessing
from engine.jobs import Quiet

Array = np.ndarray[Any, Any]


def pixels(count: int = 12, *shape: int, seed: int = 0) -> Array:
    """uint8 noise, (count, *shape); 6 × 5 where no shape is given."""
    return np.random.default_rng(seed).integers(0, 256, (count, *(shape or (6, 5)))).astype(np.uint8)


def labels(count: int = 12, classes: int = 3) -> Array:
    """0, 1, 2, 0, ... as uint8."""
    return (np.arange(count) % classes).astype(np.uint8)


def contents(path: Path | str, preprocessing: Preprocessing | None = None) -> Contents:
    """What the source at a path holds."""
    return contents_of(Source.parse(str(path)), preprocessing, Quiet())


def opened(path: Path | str, preprocessing: Preprocessing | None = None) -> Dataset:
    """The dataset at a path, decoded."""
    return open_dataset(DatasetSpec(Source.parse(str(path)), preprocessing))


def refusal(path: Path | str) -> EngineError:
    """Why the source at a path is not read."""
    with pytest.raises(EngineError) as caught:
        opened(path)
    assert caught.value.expected
    assert caught.value.fix
    return caught.value


def parts(dataset: Contents) -> list[str]:
    """The parts that a source says, as words."""
    return [str(one) for one in dataset.parts]


def idx(array: Array, kind: int = 0x08) -> bytes:
    """An array as an IDX file."""
    return bytes([0, 0, kind, array.ndim]) + struct.pack(f">{array.ndim}I", *array.shape) + array.tobytes()


def save_idx(folder: Path, prefix: str = "train", count: int = 12, suffix: str = "", seed: int = 0) -> Path:
    """A pair of IDX files; the path of the one with images. A suffix ".gz" packs them."""
    pack = (lambda data: gzip.compress(data, mtime=0)) if suffix else (lambda data: data)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{prefix}-labels-idx1-ubyte{suffix}").write_bytes(pack(idx(labels(count))))
    path = folder / f"{prefix}-images-idx3-ubyte{suffix}"
    path.write_bytes(pack(idx(pixels(count, seed=seed))))
    return path


def cifar(count: int = 12, classes: int = 10, seed: int = 0) -> bytes:
    """A binary CIFAR-10 or CIFAR-100 file."""
    planes = pixels(count, 3072, seed=seed)
    columns = [labels(count)] if classes == 10 else [labels(count, 2), labels(count)]
    return np.column_stack([*columns, planes]).tobytes()


def cifar_batch(count: int = 12, classes: int = 10, protocol: int = 2, seed: int = 0) -> bytes:
    """A CIFAR batch for Python."""
    keys = {10: ["labels"], 100: ["coarse_labels", "fine_labels"]}[classes]
    batch: dict[str, Any] = {"data": pixels(count, 3072, seed=seed), "batch_label": "training batch"}
    for place, key in enumerate(keys):
        batch[key] = labels(count, 3 - (len(keys) - 1 - place)).tolist()
    return pickle.dumps(batch, protocol)


def png(image: Array) -> bytes:
    """An image as the bytes of a PNG file."""
    stream = io.BytesIO()
    Image.fromarray(image).save(stream, "PNG")
    return stream.getvalue()


def pictures(names: list[str]) -> dict[str, bytes]:
    """A PNG, each another, for each of these names."""
    return {name: png(pixels(1, 6, 5, 3, seed=number)[0]) for number, name in enumerate(names)}


def write(folder: Path, files: dict[str, bytes]) -> Path:
    """Write files below a folder."""
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return folder


def zipped(files: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip file with these members."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return stream.getvalue()


def tarred(files: dict[str, bytes], mode: str = "w", form: int = tarfile.PAX_FORMAT) -> bytes:
    """A tar file with these members; mode "w:gz" packs it."""
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode=mode, format=form) as archive:  # type: ignore[call-overload]
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return stream.getvalue()


def npz(**arrays: Array) -> bytes:
    """An NPZ file."""
    stream = io.BytesIO()
    np.savez(stream, allow_pickle=True, **arrays)
    return stream.getvalue()

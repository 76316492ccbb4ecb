"""Reading a source: what it is, told by content, and the reader for it."""

from __future__ import annotations

import contextlib
import io
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import BinaryIO, Final

from engine.data.contents import Contents
from engine.data.listing import Listing
from engine.data.readers.cifar import binary_classes, is_pickle, read_cifar
from engine.data.readers.class_folders import listing_of, read_class_folders
from engine.data.readers.file_names import read_file_names
from engine.data.readers.files import DiskFiles, Entry, Files, damaged, open_file
from engine.data.readers.gunzip import MAGIC, gunzipped
from engine.data.readers.idx import is_idx, is_whole_idx, read_idx
from engine.data.readers.lists import looks_like_a_list, read_list
from engine.data.readers.npz import is_npz, read_npz
from engine.data.readers.tar_files import TarFiles, is_tar
from engine.data.readers.zip_files import ZipFiles, open_zip
from engine.data.source import Source
from engine.data.words import few
from engine.errors import EngineError
from engine.images.decoding import SUFFIXES
from engine.images.preprocessing import Preprocessing
from engine.jobs import Context

EXPECTED: Final = (
    "Images come from a folder with a folder for each class, a list of paths and labels (CSV), an NPZ, IDX or CIFAR "
    "file, or a zip or tar file of any of these."
)
KINDS: Final = ("npz", "idx", "binary", "pickled", "list")
"""Files that may lie together in a folder, arrays first; "binary" and "pickled" are CIFAR's two forms."""
_LOOKED_INTO: Final = 1000
"""Files of a folder that are looked into to tell what they are."""
_START: Final = 27 * 1024
"""Bytes that tell what a file is: those of eight CIFAR records among them."""
_FOREIGN: Final = {
    b"\x89HDF\r\n\x1a\n": "an HDF5 or MATLAB file, which is not read",
    b"MATLAB 5.0": "a MATLAB file, which is not read",
    b"\x93NUMPY": "a single NumPy array, so either images without labels or labels without images",
    b"BZh": "packed with bzip2, which is not read",
    b"\xfd7zXZ": "packed with xz, which is not read",
    b"7z\xbc\xaf": "a 7-Zip archive, which is not read",
    b"Rar!": "a RAR archive, which is not read",
    b"%PDF": "a PDF document",
    b"PAR1": "a Parquet file, which is not read",
}
_IMAGE_STARTS: Final = (b"\xff\xd8\xff", b"\x89PNG\r\n", b"GIF8", b"BM", b"II*\0", b"MM\0*", b"RIFF")


def read_source(source: Source, preprocessing: Preprocessing | None, context: Context) -> Contents:
    """What a folder or a file holds.

    Raises:
        EngineError: where it is nothing that is read, or is damaged.
    """
    path, options = source.path, source.options
    only = tuple(one for one in options.get("only", "").split("/") if one and one != "..")
    if only and _is_file(path / only[0]):  # several files at once: the first finds those that belong to it
        return read_source(Source.of_path(path / only[0]), preprocessing, context)
    if only:
        files = DiskFiles(path)
        return read_class_folders(files, listing_of(files, context, only), preprocessing)
    if not _is_file(path):
        return _read_pile(DiskFiles(path), options, preprocessing, context)
    kind = _kind_of_file(path)
    if kind == "zip":
        return _read_pile(ZipFiles(path), options, preprocessing, context)
    if kind == "tar":
        return _read_pile(TarFiles(path, context), options, preprocessing, context)
    if kind not in KINDS:
        raise EngineError(f"{path.name} is {kind}.", EXPECTED, "Choose one of these.")
    files = DiskFiles(path.parent)
    if all(one.name != path.name for one in files.entries):  # a hidden file, which a folder's entries leave out
        raise EngineError(f"{path.name} is a hidden file.", EXPECTED, "Give it a name that does not begin with a dot.")
    if kind == "npz":
        return read_npz(files, path.name, preprocessing, context)
    if kind == "list":
        return read_list(files, path.name, options, preprocessing, context)
    names = _by_kind(files).get(kind, [path.name])
    if kind == "idx":
        return read_idx(files, names, path.name, preprocessing, context)
    return read_cifar(files, names, options, preprocessing, context)


def holds_images(path: Path) -> bool:
    """Whether this is a file that images are read from: not an image itself, and nothing else."""
    try:
        kind = _kind_of_file(path)
    except EngineError:
        return False
    return kind in (*KINDS, "zip", "tar") and (kind != "list" or path.suffix.lower() in (".csv", ".tsv"))


def _kind_of_file(path: Path) -> str:
    with damaged(path.name, EXPECTED):
        with open_file(path) as stream:
            start, size = stream.read(_START), stream.seek(0, io.SEEK_END)
        return kind_of(start, size, path.name, lambda: open_file(path))


def _is_file(path: Path) -> bool:
    """Whether it is there and no folder; a pipe is no folder."""
    with contextlib.suppress(OSError, ValueError):
        return path.exists() and not path.is_dir()
    return False


def kind_of(start: bytes, size: int, name: str, open: Callable[[], BinaryIO]) -> str:
    """What a file is: "zip", "tar", one of `KINDS`, or in words what else.

    Args:
        start: What it begins with.
        open: Opens it, where more of it must be seen.
    """
    if not start:
        return "empty"
    if start[:2] == b"PK":
        return _zip_kind(name, open)
    if is_tar(start):
        return "tar"
    if start[:2] == MAGIC:
        return _packed_kind(start, name)
    if is_pickle(start):
        return "pickled"
    if is_whole_idx(start, size):
        return "idx"
    if binary_classes(start, size):
        return "binary"
    if is_idx(start):
        return "idx"
    foreign = next((words for magic, words in _FOREIGN.items() if start.startswith(magic)), "")
    if foreign:
        return foreign
    if start.startswith(_IMAGE_STARTS):
        return "a single image, and a dataset needs many: choose the folder that holds it"
    return "list" if looks_like_a_list(start) else "of a kind that is not known, or damaged"


def _zip_kind(name: str, open: Callable[[], BinaryIO]) -> str:
    with open() as stream, open_zip(stream, name) as archive:
        return "npz" if is_npz(archive.namelist()) else "zip"


def _packed_kind(start: bytes, name: str) -> str:
    inside = b""
    stream = gunzipped(io.BytesIO(start), name)
    with contextlib.suppress(EOFError):  # this is its beginning only
        while len(inside) < 512 and (piece := stream.read(1)):
            inside += piece
    if is_tar(inside):
        return "tar"
    return "idx" if is_idx(inside) else "a gz file of something that is not read"


def _by_kind(files: Files) -> dict[str, list[str]]:
    """The files at the top, by what they begin with; images are told by their names, as there may be very many."""
    found: dict[str, list[str]] = {}
    looked = [one for one in files.entries if "/" not in one.name and not _is_image(one)][:_LOOKED_INTO]
    for one in looked:
        with contextlib.suppress(EngineError), damaged(one.name, EXPECTED):
            with files.open(one.name) as stream:
                start = stream.read(_START)
            open = lambda name=one.name: files.open(name)  # noqa: E731
            found.setdefault(kind_of(start, one.size, one.name, open), []).append(one.name)
    return found


def _is_image(one: Entry) -> bool:
    return os.path.splitext(one.name)[1].lower() in SUFFIXES  # noqa: PTH122 - for every file


def _read_pile(
    files: Files, options: dict[str, str], preprocessing: Preprocessing | None, context: Context
) -> Contents:
    """A folder or an archive: class folders first, then files of arrays, a list, and classes in names."""
    listing: Listing | EngineError
    try:
        listing = listing_of(files, context)
    except EngineError as error:
        listing = error
    else:
        if len({one.class_name for one in listing.items}) > 1 and "pattern" not in options:
            return read_class_folders(files, listing, preprocessing)
    found = _by_kind(files)
    arrays = [kind for kind in KINDS[:4] if kind in found]
    inner = _inner(files, listing) if not arrays and not found.get("list") else None
    if inner is not None:
        return _read_pile(inner, options, preprocessing, context)
    if not arrays:
        return _read_images(files, found.get("list", []), listing, options, preprocessing, context)
    kind, names = arrays[0], found[arrays[0]]
    if kind == "npz":
        if len(names) > 1:
            raise EngineError(
                f"{files.title} holds several NPZ files: {few(names)}.",
                "One of them is a dataset.",
                "Choose the one that you mean.",
            )
        return read_npz(files, names[0], preprocessing, context)
    if kind == "idx":
        return read_idx(files, names, "", preprocessing, context)
    return read_cifar(files, names, options, preprocessing, context)


def _inner(files: Files, listing: Listing | EngineError) -> DiskFiles | None:
    """The only folder in a folder, where files of arrays lie in it, as in MNIST/raw."""
    if not isinstance(files, DiskFiles) or isinstance(listing, EngineError) or not listing.items:
        return None
    name = listing.items[0].class_name
    if any(one.id.partition("/")[0] != name for one in listing.items):
        return None
    inner = DiskFiles(files.root / name)
    return inner if any(kind in KINDS[:4] for kind in _by_kind(inner)) else None


def _read_images(
    files: Files,
    lists: Sequence[str],
    listing: Listing | EngineError,
    options: dict[str, str],
    preprocessing: Preprocessing | None,
    context: Context,
) -> Contents:
    """Image files that lie in no class folders, or all in one."""
    problem = listing if isinstance(listing, EngineError) else None
    for name in lists:
        try:
            return read_list(files, name, options, preprocessing, context)
        except EngineError as error:  # any text is tried
            if name.lower().endswith((".csv", ".tsv")):
                problem = error
    flat = [one for one in files.entries if "/" not in one.name and _is_image(one)]
    if flat and ("pattern" in options or isinstance(listing, EngineError)):
        return read_file_names(files, flat, options, preprocessing)
    if isinstance(listing, Listing):
        return read_class_folders(files, listing, preprocessing)
    assert problem is not None, "without a listing there was a reason"
    raise problem

"""Zip and tar: the same sources inside them, read without unpacking; and all that archives can do to harm."""

from __future__ import annotations

import contextlib
import io
import struct
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from engine import limits
from engine.errors import EngineError
from tests.engine.data.readers.making import (
    Array,
    cifar,
    contents,
    idx,
    labels,
    npz,
    opened,
    parts,
    pictures,
    pixels,
    png,
    refusal,
    tarred,
    write,
    zipped,
)

Pack = Callable[[dict[str, bytes]], bytes]
PACKS: tuple[Pack, ...] = (
    zipped,
    lambda files: zipped(files, zipfile.ZIP_STORED),
    tarred,
    lambda files: tarred(files, "w:gz"),
    lambda files: tarred(files, form=tarfile.GNU_FORMAT),
    lambda files: tarred(files, form=tarfile.USTAR_FORMAT),
)
NAMES = [f"{name}/{number}.png" for name in ("cat", "dog") for number in range(6)]


def saved(folder: Path, data: bytes, name: str = "photos.bin") -> Path:
    (folder / name).write_bytes(data)
    return folder / name


@pytest.fixture(params=range(len(PACKS)))
def pack(request: pytest.FixtureRequest) -> Pack:
    chosen: int = request.param
    return PACKS[chosen]


def test_class_folders_are_read_like_unpacked_ones(tmp_path: Path, pack: Pack) -> None:
    files = pictures(NAMES)
    path = saved(tmp_path, pack(files))
    packed, unpacked = opened(path), opened(write(tmp_path / "open", files))
    assert packed.ids == unpacked.ids
    assert np.array_equal(packed.images, unpacked.images)
    assert packed.fingerprint == unpacked.fingerprint
    assert packed.notes[0] == "photos.bin: 12 files in 2 class folders, not unpacked."
    assert packed.original(7) == files[packed.ids[7]]
    assert opened(path).from_cache
    assert sorted(one.name for one in tmp_path.iterdir()) == ["open", "photos.bin"]


def test_folders_around_everything_are_passed_over(tmp_path: Path, pack: Pack) -> None:
    files = pictures([f"a/photos/train/{one}" for one in NAMES] + [f"a/photos/test/{one}" for one in NAMES[::3]])
    found = contents(saved(tmp_path, pack({**files, "__MACOSX/a/._x": b"x", "a/.DS_Store": b"x"})))
    assert found.ids[0] == "test/cat/0.png"
    assert parts(found) == ["test"] * 4 + ["train"] * 12


def test_what_lies_beside_the_class_folders_is_said(tmp_path: Path, pack: Pack) -> None:
    found = contents(saved(tmp_path, pack({**pictures(NAMES), "readme.txt": b"hello"})))
    assert "1 file beside the class folders left out: readme.txt." in found.notes


@pytest.mark.parametrize(
    ("files", "shape", "count"),
    [
        (
            {"mnist/train-images-idx3-ubyte": idx(pixels()), "mnist/train-labels-idx1-ubyte": idx(labels())},
            (6, 5, 1),
            12,
        ),
        ({"mnist.npz": npz(x=pixels(), y=labels())}, (6, 5, 1), 12),
        ({"cifar-10-batches-bin/data_batch_1.bin": cifar()}, (32, 32, 3), 12),
        ({"list.csv": b"a.png,cat\nsub/b.png,dog\n", **pictures(["a.png", "sub/b.png"])}, (6, 5, 3), 2),
        (pictures([f"{one}_{number}.png" for one in ("cat", "dog") for number in range(4)]), (6, 5, 3), 8),
    ],
)
def test_every_kind_of_source_can_be_packed(
    tmp_path: Path, pack: Pack, files: dict[str, bytes], shape: tuple[int, ...], count: int
) -> None:
    dataset = opened(saved(tmp_path, pack(files)))
    assert (dataset.shape, len(dataset.ids)) == (shape, count)
    first = dataset.original(count - 1)
    image: Array = np.asarray(first) if not isinstance(first, bytes) else dataset.images[count - 1]
    assert np.array_equal(image, dataset.images[count - 1])


@pytest.mark.parametrize("name", ["../x.png", "/etc/x.png", "C:\\x.png", "cat/../../x.png", "cat\\..\\..\\x.png"])
def test_names_that_lead_out_are_named_and_not_read(tmp_path: Path, pack: Pack, name: str) -> None:
    found = contents(saved(tmp_path, pack({**pictures(NAMES), name: png(pixels(1)[0])})))
    assert len(found.ids) == 12
    if "\\" in name and found.unreadable == []:  # in a tar file a backslash is part of a name
        return
    assert [one.path for one in found.unreadable] == [name.replace("\\", "/")] or "\\" in name
    assert "outside" in found.unreadable[0].why or "leads out" in found.unreadable[0].why


def test_links_devices_and_pipes_are_named_and_not_followed(tmp_path: Path) -> None:
    stream = io.BytesIO(tarred(pictures(NAMES)))
    kinds = {
        "l": tarfile.SYMTYPE,
        "h": tarfile.LNKTYPE,
        "c": tarfile.CHRTYPE,
        "b": tarfile.BLKTYPE,
        "p": tarfile.FIFOTYPE,
    }
    with tarfile.open(fileobj=stream, mode="a") as archive:
        for name, kind in kinds.items():
            info = tarfile.TarInfo(f"cat/{name}.png")
            info.type, info.linkname = kind, "/etc/passwd"
            archive.addfile(info)
    found = contents(saved(tmp_path, stream.getvalue()))
    assert len(found.ids) == 12
    assert sorted(one.path for one in found.unreadable) == [f"cat/{one}.png" for one in sorted(kinds)]

    zip_stream = io.BytesIO(zipped(pictures(NAMES)))
    with zipfile.ZipFile(zip_stream, "a") as zip_archive:
        link = zipfile.ZipInfo("cat/l.png")
        link.external_attr = 0o120777 << 16
        zip_archive.writestr(link, "/etc/passwd")
    found = contents(saved(tmp_path, zip_stream.getvalue()))
    assert [(one.path, "link" in one.why) for one in found.unreadable] == [("cat/l.png", True)]


def test_names_that_are_no_text_or_hold_code_stay_names(tmp_path: Path, pack: Pack) -> None:
    names = ["<img src=x>/\u202eb.png", "a\nb/c.png", "ü" * 60 + "/" + "d" * 80 + ".png"]
    found = contents(saved(tmp_path, pack(pictures(names))))
    assert sorted(found.ids) == sorted(names)


def test_a_name_that_is_there_twice_counts_once(tmp_path: Path) -> None:
    stream = io.BytesIO(tarred(pictures(NAMES)))
    with tarfile.open(fileobj=stream, mode="a") as archive:
        info = tarfile.TarInfo("cat/0.png")
        archive.addfile(info, io.BytesIO())
    found = contents(saved(tmp_path, stream.getvalue()))
    assert len(found.ids) == 12
    assert found.unreadable[0].why == "its name is there twice"


def test_a_damaged_member_is_named_and_the_rest_read(tmp_path: Path) -> None:
    data = bytearray(zipped(pictures(NAMES), zipfile.ZIP_STORED))
    data[data.index(b"IDAT") + 6] ^= 0xFF
    dataset = opened(saved(tmp_path, bytes(data)))
    assert len(dataset.ids) == 11
    assert "damaged" in dataset.unreadable[0].why


def test_an_encrypted_or_foreign_member_is_named(tmp_path: Path) -> None:
    data = bytearray(zipped(pictures(NAMES)))
    at = data.index(b"PK\1\2")
    data[at + 8] |= 1
    found = contents(saved(tmp_path, bytes(data)))
    assert found.unreadable[0].why == "it is encrypted"
    data[at + 8] &= 0xFE
    data[at + 10] = 12
    assert "not read" in contents(saved(tmp_path, bytes(data))).unreadable[0].why


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "FREE_EXPANSION", 1 << 20)
    assert "more than 100 times" in refusal(saved(tmp_path, zipped({"a/b.png": bytes(2 << 20)}))).what


def test_members_over_one_another_are_refused(tmp_path: Path) -> None:
    data = zipped({f"a/{number}.png": bytes(range(256)) * 40 for number in range(2)}, zipfile.ZIP_STORED)
    first = data.index(b"PK\1\2")
    end = data.index(b"PK\5\6")
    record = data[first : data.index(b"PK\1\2", first + 4)]
    many = record * 9
    tail = struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, 9, 9, len(many), first, 0)
    assert end > first
    assert "damaged" in refusal(saved(tmp_path, data[:first] + many + tail)).what


def test_more_entries_than_the_limit_are_refused(tmp_path: Path, pack: Pack, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_ARCHIVE_ENTRIES", 5)
    assert "holds more than 5 files" in refusal(saved(tmp_path, pack(pictures(NAMES)))).what


def test_sizes_that_lie_are_refused(tmp_path: Path) -> None:
    data = bytearray(tarred(pictures(NAMES)))
    for field in (b"77777777777\0", b"\x80" + b"\xff" * 11, b"\xff" * 12, b"-0000000001\0"):
        data[124:136] = field
        data[148:156] = b" " * 8
        data[148:156] = b"%06o\0 " % sum(data[:512])
        assert refusal(saved(tmp_path, bytes(data))).what


def test_cut_anywhere_it_is_refused_or_its_rest_read(tmp_path: Path, pack: Pack) -> None:
    whole = pack(pictures(NAMES[:2] + NAMES[6:8]))
    for length in range(0, len(whole), max(1, len(whole) // 25)):
        path = saved(tmp_path, whole[:length])
        with contextlib.suppress(EngineError):
            dataset = opened(path)
            assert len(dataset.ids) + len(dataset.unreadable) <= 4


def test_what_is_no_archive_of_images_says_what_it_holds(tmp_path: Path, pack: Pack) -> None:
    assert "in a class folder: a.doc" in refusal(saved(tmp_path, pack({"a.doc": b"\0x"}))).what
    assert refusal(saved(tmp_path, pack({}))).what

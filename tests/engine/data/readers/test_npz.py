from __future__ import annotations

import io
import struct
import zipfile
from pathlib import Path

import numpy as np
import pytest

from engine import limits
from tests.engine.data.readers.making import Array, contents, labels, npz, opened, parts, pixels, refusal, zipped


def saved(folder: Path, **arrays: object) -> Path:
    path = folder / "data.npz"
    path.write_bytes(npz(**{name: np.asarray(one) for name, one in arrays.items()}))
    return path


@pytest.mark.parametrize(
    ("images", "names"),
    [
        ("x", "y"),
        ("images", "labels"),
        ("X", "Y"),
        ("data", "target"),
        ("arr_0", "arr_1"),
        ("image", "image_label"),
    ],
)
def test_a_pair_of_arrays_is_found_by_its_names(tmp_path: Path, images: str, names: str) -> None:
    dataset = opened(saved(tmp_path, **{images: pixels(), names: labels()}))
    assert np.array_equal(dataset.images[..., 0], pixels())
    assert dataset.class_names == ("0", "1", "2")
    assert dataset.ids[0] == f"{images}/0000000"
    assert f"NPZ arrays ({images} with {names}): 12 images of 6 × 5, grayscale." == dataset.notes[0]


@pytest.mark.parametrize(
    "names",
    [
        ("x_train", "y_train", "x_test", "y_test"),
        ("train_images", "train_labels", "test_images", "test_labels"),
        ("trainX", "trainY", "testX", "testY"),
    ],
)
def test_parts_are_found_by_their_names(tmp_path: Path, names: tuple[str, ...]) -> None:
    found = contents(saved(tmp_path, **dict(zip(names, (pixels(), labels(), pixels(6), labels(6)), strict=True))))
    assert parts(found) == ["train"] * 12 + ["test"] * 6


def test_compressed_arrays_are_read_like_stored_ones(tmp_path: Path) -> None:
    np.savez_compressed(tmp_path / "a.npz", x=pixels(600, 28, 28), y=labels(600))
    dataset = opened(tmp_path / "a.npz")
    assert np.array_equal(dataset.images[..., 0], pixels(600, 28, 28))
    assert np.array_equal(np.asarray(dataset.original(599))[..., 0], pixels(600, 28, 28)[599])


@pytest.mark.parametrize(
    ("values", "expected", "words"),
    [
        (pixels() / 255.0, pixels(), "multiplied by 255"),
        (pixels() / 127.5 - 1, pixels(), "from -1 … 1 to 0 … 255"),
        (pixels().astype(np.float32), pixels(), "were kept"),
        (pixels().astype(np.uint16) * 257, pixels(), "divided by 257"),
        (pixels() > 127, (pixels() > 127) * 255, "False became black"),
        (pixels().astype(np.float64) * 1000 - 500, pixels(), "stretched"),
        (np.where(pixels() < 9, np.nan, pixels() / 255.0), np.where(pixels() < 9, 0, pixels()), "no finite number"),
    ],
)
def test_other_numbers_become_bytes_by_a_rule_that_is_said(
    tmp_path: Path, values: object, expected: Array, words: str
) -> None:
    dataset = opened(saved(tmp_path, x=values, y=labels()))
    assert np.abs(dataset.images[..., 0].astype(int) - expected).max() <= 1
    assert any(words in one for one in dataset.notes)


@pytest.mark.parametrize(
    ("given", "shape"),
    [
        (pixels(12, 6, 5, 1), (6, 5, 1)),
        (pixels(12, 6, 5, 3), (6, 5, 3)),
        (pixels(12, 3, 6, 5), (6, 5, 3)),
        (pixels(12, 64), (8, 8, 1)),
        (pixels(12, 3 * 64), (8, 8, 3)),
    ],
)
def test_shapes_are_understood(tmp_path: Path, given: object, shape: tuple[int, ...]) -> None:
    assert opened(saved(tmp_path, x=given, y=labels())).shape == shape


def test_labels_may_be_words_columns_or_ones_among_zeros(tmp_path: Path) -> None:
    words = np.array(["cat", "dög", "emu"])
    for given, expected in (
        (words[labels()], ("cat", "dög", "emu")),
        (np.char.encode(words, "utf-8")[labels()], ("cat", "dög", "emu")),
        (labels()[:, None].astype(np.int64) - 1, ("-1", "0", "1")),
        (np.eye(3)[labels()], ("0", "1", "2")),
        (labels().astype(float), ("0", "1", "2")),
    ):
        assert opened(saved(tmp_path, x=pixels(), y=given)).class_names == expected
    assert opened(saved(tmp_path, x=pixels(), y=labels(), class_names=words)).class_names == ("cat", "dög", "emu")


@pytest.mark.parametrize(
    ("arrays", "what"),
    [
        ({"x": pixels()}, "none are images with labels"),
        ({"x": pixels(), "y": labels(11)}, "x holds 12 images, but y 11 labels"),
        ({"x": pixels(), "y": labels() + 0.5}, "with a fraction"),
        ({"x": pixels(), "y": pixels(12, 4)}, "not a single 1 among zeros"),
        ({"x": pixels(12, 6, 5, 4), "y": labels()}, "have the shape 6 × 5 × 4"),
        ({"x": pixels(12, 7), "y": labels()}, "have the shape 7"),
        ({"x": pixels() * 1j, "y": labels()}, "cannot be images"),
        ({"x": np.asfortranarray(pixels()), "y": labels()}, "column by column"),
        ({"x": pixels(0), "y": labels(0)}, "said to hold 0 images"),
        ({"x": pixels(), "y": np.array(["a" * 500] * 12)}, "longer than 200"),
        ({"x": pixels(), "y": np.full(12, 2**31, np.uint32).view("U1")}, "are not text"),
        ({"x": pixels(), "y": np.full(12, 0xD800, np.uint32).view("U1")}, "is no text"),
    ],
)
def test_what_is_no_dataset_is_refused_with_the_reason(tmp_path: Path, arrays: dict[str, object], what: str) -> None:
    assert what in refusal(saved(tmp_path, **arrays)).what


class Calls:
    """Makes a file when it is unpickled."""

    def __init__(self, marker: Path) -> None:
        self.marker = marker

    def __reduce__(self) -> tuple[object, ...]:
        return (Path.touch, (self.marker,))


def test_pickled_objects_are_never_loaded(tmp_path: Path) -> None:
    marker = tmp_path / "marker"
    objects = np.array([Calls(marker)] * 12, dtype=object)
    assert "holds Python objects" in refusal(saved(tmp_path, x=pixels(), y=objects)).what
    assert "holds Python objects" in refusal(saved(tmp_path, x=objects, y=labels())).what
    assert not marker.exists()


def header(shape: str, descr: str = "'|u1'") -> bytes:
    text = f"{{'descr': {descr}, 'fortran_order': False, 'shape': {shape}}}".encode()
    return b"\x93NUMPY\x01\x00" + struct.pack("<H", len(text)) + text


@pytest.mark.parametrize(
    "shape",
    [
        "(2147483648, 28, 28)",
        "(1000000000000,)",
        "(-1, 28, 28)",
        "(1" + "0" * 5000 + ",)",
        "('a',)",
        "(12, 0, 5)",
        "(12,",
    ],
)
def test_a_header_that_lies_is_refused(tmp_path: Path, shape: str) -> None:
    good = io.BytesIO()
    np.save(good, labels())
    path = tmp_path / "a.npz"
    path.write_bytes(zipped({"x.npy": header(shape) + bytes(360), "y.npy": good.getvalue()}))
    assert refusal(path).what


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "FREE_EXPANSION", 1 << 20)
    np.savez_compressed(tmp_path / "a.npz", x=np.zeros((100, 100, 200), np.uint8), y=labels(100))
    assert "more than 100 times its size" in refusal(tmp_path / "a.npz").what


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_cut_at_every_place_it_is_refused(tmp_path: Path, method: int) -> None:
    whole = npz(x=pixels(4, 3, 3), y=labels(4))
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        whole = zipped({name: archive.read(name) for name in archive.namelist()}, method)
    path = tmp_path / "a.npz"
    for length in range(0, len(whole), 7):
        path.write_bytes(whole[:length])
        assert refusal(path).what


def test_a_changed_pixel_is_noticed(tmp_path: Path) -> None:
    path = saved(tmp_path, x=pixels(), y=labels())
    data = bytearray(path.read_bytes())
    data[300] ^= 1
    path.write_bytes(data)
    assert "damaged" in refusal(path).what

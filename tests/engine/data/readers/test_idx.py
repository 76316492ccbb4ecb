from __future__ import annotations

import gzip
import struct
from pathlib import Path

import numpy as np
import pytest

from engine import limits
from engine.images.preprocessing import Preprocessing
from tests.engine.data.readers.making import contents, idx, labels, opened, parts, pixels, refusal, save_idx


@pytest.mark.parametrize("suffix", ["", ".gz"])
def test_a_pair_of_files_has_its_pixels_and_labels(tmp_path: Path, suffix: str) -> None:
    path = save_idx(tmp_path, suffix=suffix)
    dataset = opened(path)
    assert np.array_equal(dataset.images[..., 0], pixels())
    assert [dataset.class_names[one] for one in dataset.labels] == [str(one) for one in labels()]
    assert dataset.ids[:2] == ("train-images-idx3-ubyte/0000000", "train-images-idx3-ubyte/0000001")
    assert dataset.notes[0] == "MNIST-type IDX: 12 images of 6 × 5, grayscale."
    assert np.array_equal(np.asarray(dataset.original(7)), pixels()[7][..., None])
    assert opened(tmp_path).from_cache is False
    assert opened(path).from_cache


@pytest.mark.parametrize("suffix", ["", ".gz"])
def test_training_and_test_files_in_one_folder_are_the_parts(tmp_path: Path, suffix: str) -> None:
    save_idx(tmp_path, "train", 12, suffix)
    path = save_idx(tmp_path, "t10k", 6, suffix, seed=1)
    found = contents(path)
    assert parts(found) == ["test"] * 6 + ["train"] * 12
    assert found.notes == ["MNIST-type IDX: 12 training and 6 test images of 6 × 5, grayscale."]
    assert contents(tmp_path).ids == found.ids


def test_it_is_told_by_content(tmp_path: Path) -> None:
    (tmp_path / "a.dat").write_bytes(idx(pixels(5)))
    (tmp_path / "b.csv").write_bytes(idx(labels(5)))
    assert len(contents(tmp_path / "a.dat").ids) == 5
    assert len(contents(tmp_path / "b.csv").ids) == 5


def test_another_size_is_resized_and_numbers_become_bytes(tmp_path: Path) -> None:
    (tmp_path / "images").write_bytes(idx((pixels(4) / 255.0).astype(">f4"), 0x0D))
    (tmp_path / "labels").write_bytes(idx(labels(4).astype(">i4"), 0x0C))
    dataset = opened(tmp_path)
    assert np.abs(dataset.images[..., 0].astype(int) - pixels(4)).max() <= 1
    assert any("multiplied by 255" in one for one in dataset.notes)
    assert opened(tmp_path, Preprocessing(9, 7, "rgb")).images.shape == (4, 9, 7, 3)


def test_the_state_follows_the_files(tmp_path: Path) -> None:
    path = save_idx(tmp_path)
    first = contents(path).state
    assert contents(path).state == first
    save_idx(tmp_path, seed=5)
    assert opened(path).images[0, 0, 0, 0] == pixels(seed=5)[0, 0, 0]


def test_several_families_ask_for_a_choice(tmp_path: Path) -> None:
    save_idx(tmp_path, "emnist-letters-train")
    chosen = save_idx(tmp_path, "emnist-digits-train", 6)
    assert "several datasets: emnist digits, emnist letters" in refusal(tmp_path).what
    assert len(contents(chosen).ids) == 6


def test_images_without_labels_and_labels_without_images_are_named(tmp_path: Path) -> None:
    (tmp_path / "train-images-idx3-ubyte").write_bytes(idx(pixels()))
    assert "no labels for the images in train-images-idx3-ubyte" in refusal(tmp_path).what
    (tmp_path / "train-images-idx3-ubyte").unlink()
    (tmp_path / "train-labels-idx1-ubyte").write_bytes(idx(labels()))
    assert "no images for the labels" in refusal(tmp_path / "train-labels-idx1-ubyte").what


def test_different_counts_are_refused(tmp_path: Path) -> None:
    path = save_idx(tmp_path)
    (tmp_path / "train-labels-idx1-ubyte").write_bytes(idx(labels(11)))
    assert "holds 12 images, but train-labels-idx1-ubyte 11 labels" in refusal(path).what


@pytest.mark.parametrize("suffix", ["", ".gz"])
def test_cut_at_every_byte_it_is_refused(tmp_path: Path, suffix: str) -> None:
    path = save_idx(tmp_path, count=3, suffix=suffix)
    whole = path.read_bytes()
    for length in range(0, len(whole), 3):
        path.write_bytes(whole[:length])
        assert refusal(path).what


@pytest.mark.parametrize("many", [2**31, 2**32 - 1])
@pytest.mark.parametrize("suffix", ["", ".gz"])
def test_a_header_that_lies_is_refused(tmp_path: Path, many: int, suffix: str) -> None:
    path = save_idx(tmp_path, suffix=suffix)
    data = bytes([0, 0, 8, 3]) + struct.pack(">3I", many, 28, 28) + bytes(100)
    path.write_bytes(gzip.compress(data) if suffix else data)
    assert refusal(path).what


def test_more_than_the_header_says_is_refused(tmp_path: Path) -> None:
    path = save_idx(tmp_path, suffix=".gz")
    path.write_bytes(gzip.compress(idx(pixels()) + b"x"))
    assert "damaged" in refusal(path).what


def test_a_bomb_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "FREE_EXPANSION", 1 << 20)
    path = save_idx(tmp_path, count=2, suffix=".gz")
    header = bytes([0, 0, 8, 3]) + struct.pack(">3I", 2, 1000, 1000)
    path.write_bytes(gzip.compress(header + bytes(2 * 1000 * 1000)))
    assert "more than 100 times its size" in refusal(path).what

from __future__ import annotations

import pickle
from pathlib import Path

import numpy as np
import pytest

from tests.engine.data.readers.making import (
    Array,
    cifar,
    cifar_batch,
    contents,
    labels,
    opened,
    parts,
    pixels,
    refusal,
    write,
)

NAMES = ["airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"]


def expected(count: int = 12, seed: int = 0) -> Array:
    return pixels(count, 3072, seed=seed).reshape(count, 3, 32, 32).transpose(0, 2, 3, 1)


def test_binary_batches_with_names_are_training_and_test(tmp_path: Path) -> None:
    text = ("\n".join(NAMES) + "\n\n").encode()
    files = {"data_batch_1.bin": cifar(), "data_batch_2.bin": cifar(6, seed=1), "test_batch.bin": cifar(3, seed=2)}
    dataset = opened(write(tmp_path, {**files, "batches.meta.txt": text, "readme.html": b"<html>"}))
    assert np.array_equal(dataset.images, np.concatenate([expected(), expected(6, 1), expected(3, 2)]))
    assert dataset.class_names == ("airplane", "automobile", "bird")
    assert dataset.notes[0] == "CIFAR-10 in 3 files: 18 training and 3 test images of 32 × 32, in colour."
    assert dataset.ids[12] == "data_batch_2/0000000"
    assert np.array_equal(np.asarray(dataset.original(13)), expected(6, 1)[1])


@pytest.mark.parametrize("protocol", [2, 3, 4, 5])
def test_batches_for_python_are_read_without_unpickling(tmp_path: Path, protocol: int) -> None:
    meta = pickle.dumps({"label_names": NAMES, "num_vis": 3072}, protocol)
    files = {
        "data_batch_1": cifar_batch(40, protocol=protocol),
        "test_batch": cifar_batch(6, protocol=protocol, seed=1),
    }
    dataset = opened(write(tmp_path, {**files, "batches.meta": meta}) / "data_batch_1")
    assert np.array_equal(dataset.images, np.concatenate([expected(40), expected(6, 1)]))
    assert dataset.class_names == ("airplane", "automobile", "bird")
    assert "The names of the classes come from batches.meta." in dataset.notes


@pytest.mark.parametrize("name", ["train.bin", "train"])
def test_cifar_100_has_fine_and_coarse_labels(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(cifar(classes=100) if name.endswith("bin") else cifar_batch(classes=100))
    fine, coarse = contents(path), contents(f"{path}?labels=coarse")
    assert list(fine.classes) == [str(one) for one in labels()]
    assert list(coarse.classes) == [str(one) for one in labels(12, 2)]
    assert fine.state != coarse.state
    assert parts(fine) == ["None"] * 12
    assert "The 100 fine labels are used." in fine.notes
    assert opened(path).shape == (32, 32, 3)


def test_a_batch_that_calls_something_is_refused_and_calls_nothing(tmp_path: Path) -> None:
    class Calls:
        def __reduce__(self) -> tuple[object, ...]:
            return (Path.touch, (tmp_path / "marker",))

    (tmp_path / "data_batch_1").write_bytes(pickle.dumps({"data": Calls(), "labels": [1]}, 2))
    assert "could run a program" in refusal(tmp_path / "data_batch_1").what
    assert not (tmp_path / "marker").exists()


@pytest.mark.parametrize(
    ("batch", "what"),
    [
        ({"data": pixels(12, 3072), "labels": [1] * 11}, "one label for each of its 12 images"),
        ({"data": pixels(12, 3072), "labels": [10] * 12}, "one label for each"),
        ({"data": pixels(12, 3072), "labels": ["a"] * 12}, "one label for each"),
        ({"data": pixels(12, 3072)}, "one label for each"),
        ({"data": pixels(12, 3071), "labels": [1] * 12}, "the shape 12 × 3,071"),
        ({"data": pixels(12, 3072).astype(float), "labels": [1] * 12}, "damaged"),
        ({"data": "text", "labels": [1]}, "damaged"),
        ({"names": [1]}, "no CIFAR batch"),
        ([1, 2], "damaged"),
    ],
)
def test_batches_of_another_content_are_refused(tmp_path: Path, batch: object, what: str) -> None:
    (tmp_path / "data_batch_1").write_bytes(pickle.dumps(batch, 2))
    assert what in refusal(tmp_path / "data_batch_1").what


def test_a_label_that_is_none_is_refused(tmp_path: Path) -> None:
    data = bytearray(cifar(20))
    data[3073 * 15] = 77
    (tmp_path / "data_batch_1.bin").write_bytes(data)
    assert "image 15 is said to be of class 77" in refusal(tmp_path).what


def test_both_sets_in_one_folder_are_refused(tmp_path: Path) -> None:
    write(tmp_path, {"a.bin": cifar(), "b.bin": cifar(classes=100)})
    assert "both CIFAR-10 and CIFAR-100" in refusal(tmp_path).what


@pytest.mark.parametrize("length", [0, 1, 2, 1000, 3072, 3074, 3073 * 12 - 1])
def test_a_cut_file_is_refused(tmp_path: Path, length: int) -> None:
    for name, whole in (("data_batch_1.bin", cifar()), ("data_batch_1", cifar_batch())):
        (tmp_path / name).write_bytes(whole[:length])
        assert refusal(tmp_path / name).what

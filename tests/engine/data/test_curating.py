"""From what was read of a source to a dataset with the user's labels, exclusions and split."""

from __future__ import annotations

import dataclasses
import hashlib

import numpy as np
import pytest

from engine.data.curating import Material, relabelled
from engine.data.dataset import DatasetSpec, same_images
from engine.data.source import Source
from engine.data.split import Curation, Part, Split
from engine.data.splitting import LEFT_OUT, divide
from engine.errors import EngineError
from engine.images.preprocessing import Preprocessing

IDS = tuple(f"{name}/{number}" for name in ("cat", "dog") for number in range(10))
LABELS = np.repeat(np.arange(2, dtype=np.int32), 10)
MATERIAL = Material(IDS, ("cat", "dog"), LABELS, [None] * 20, np.zeros((20, 2, 2, 1), np.uint8), "c0ffee")
SPEC = DatasetSpec(Source("/pets"), Preprocessing(2, 2, "grayscale"))


def curated(curation: Curation, split: Split = Split()) -> DatasetSpec:  # noqa: B008
    return dataclasses.replace(SPEC, curation=curation, split=split)


def test_labels_move_and_new_classes_take_their_place_among_the_sorted() -> None:
    names, labels = relabelled(("cat", "dog"), LABELS[:12], {0: "bird", 11: "cat"})
    assert names == ("bird", "cat", "dog")
    assert labels.tolist() == [0, *[1] * 9, 2, 1]
    assert labels.dtype == np.int32


def test_a_class_that_no_image_has_any_more_is_gone() -> None:
    names, labels = relabelled(("cat", "dog"), LABELS[8:12], {2: "cat", 3: "cat"})
    assert (names, labels.tolist()) == (("cat",), [0, 0, 0, 0])


def test_no_images_have_no_classes() -> None:
    names, labels = relabelled((), LABELS[:0], {})
    assert (names, labels.tolist()) == ((), [])


def test_the_split_is_drawn_among_the_images_that_are_left_of_each_class() -> None:
    curation = Curation().exclude(IDS[:3]).label(IDS[3:5], "dog").move(IDS[19:], Part.TEST)
    for split in (Split(), Split(seed=7, test=0.3)):
        dataset = MATERIAL.curated(curated(curation, split))
        expected = divide(IDS, dataset.labels, [None] * 20, split, curation)
        np.testing.assert_array_equal(dataset.parts, expected)
        assert (dataset.parts[:3] == LEFT_OUT).all()
        assert dataset.parts[19] == 2


def test_the_fingerprint_says_all_that_a_run_learns_from() -> None:
    plain = MATERIAL.curated(SPEC)
    digest = hashlib.sha256(b"c0ffee")
    for id in IDS:
        digest.update(id.encode() + b"\0")
    digest.update(plain.labels.tobytes() + plain.parts.tobytes())
    assert plain.fingerprint == digest.hexdigest()
    others = [Curation().exclude(IDS[:1]), Curation().label(IDS[:1], "dog"), Curation().move(IDS[:1], Part.TEST)]
    assert len({plain.fingerprint, *(MATERIAL.curated(curated(one)).fingerprint for one in others)}) == 4
    assert MATERIAL.curated(curated(Curation().exclude(["no/such"]))).fingerprint == plain.fingerprint


def test_the_identity_is_that_of_the_images_alone() -> None:
    assert dataclasses.replace(MATERIAL, labels=1 - LABELS).identity == MATERIAL.identity
    assert dataclasses.replace(MATERIAL, checksum="tea").identity != MATERIAL.identity
    assert dataclasses.replace(MATERIAL, ids=IDS[::-1]).identity != MATERIAL.identity


def test_one_class_is_not_enough() -> None:
    with pytest.raises(EngineError, match="only one class with readable images: cat"):
        MATERIAL.curated(curated(Curation().label(IDS, "cat")))


def test_a_class_that_is_left_out_is_said_to_be_not_learned() -> None:
    notes = MATERIAL.curated(curated(Curation().exclude(IDS[:10]))).notes
    assert notes == ("No image for training in cat: the network cannot learn it.",)
    assert "Fewer than three images in cat" in MATERIAL.curated(curated(Curation().exclude(IDS[:8]))).notes[0]


def test_two_specs_may_speak_of_the_same_images() -> None:
    assert same_images(SPEC, curated(Curation().exclude(IDS), Split(seed=3)))
    assert not same_images(SPEC, dataclasses.replace(SPEC, preprocessing=Preprocessing(3, 2, "grayscale")))
    assert not same_images(SPEC, dataclasses.replace(SPEC, source=Source("/other")))

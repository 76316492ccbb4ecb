"""Which images a filter lets through, and the curation as it is seen before the engine has answered."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from engine.data.curating import Material
from engine.data.dataset import DatasetSpec
from engine.data.source import Source
from engine.data.split import Curation, Part
from engine.images.preprocessing import Preprocessing
from engine.service.datasets import DatasetSummary
from gui.models.image_filter import UNREADABLE, CuratedImages, ImageFilter
from tests.gui.pages.fakes import dataset

IMAGES = CuratedImages(dataset(12, unreadable=2))
CURATED = IMAGES.with_curation(
    Curation()
    .exclude(["cat/00000.png"])
    .label(["dog/00001.png", "dog/00004.png"], "wolf")
    .move(["frog/00002.png"], Part.VALIDATION)
)


def shown(images: CuratedImages, **wanted: object) -> list[int]:
    return np.flatnonzero(images.matching(ImageFilter(**wanted))).tolist()  # type: ignore[arg-type]


def test_nothing_asked_shows_all() -> None:
    assert shown(IMAGES) == list(range(12))
    assert ImageFilter(words="  ").shows_all
    assert not ImageFilter(part=0).shows_all


@pytest.mark.parametrize(
    ("wanted", "numbers"),
    [
        ({"class_name": "wolf"}, [1, 4]),
        ({"class_name": "dog"}, [7, 10]),
        ({"class_name": "gone"}, []),
        ({"part": 2}, [6, 7, 8]),
        ({"part": 1}, [2, 3, 4, 5]),
        ({"state": "left out"}, [0]),
        ({"state": "relabelled"}, [1, 4]),
        ({"state": "moved"}, [2]),
        ({"state": UNREADABLE}, []),
        ({"words": "CAT 3"}, [3]),
        ({"words": "0000"}, list(range(10))),
        ({"words": "nothing like it"}, []),
        ({"words": "dog", "part": 1}, [4]),
    ],
)
def test_every_part_of_a_filter_counts(wanted: dict[str, object], numbers: list[int]) -> None:
    assert shown(CURATED, **wanted) == numbers


def test_states_are_counted() -> None:
    assert [CURATED.count(state) for state in ("left out", "relabelled", "moved", "unreadable")] == [1, 2, 1, 2]


def test_labels_and_exclusions_are_those_the_engine_will_give() -> None:
    source = dataset(40)
    spec = DatasetSpec(Source("/x"), Preprocessing(8, 8, "grayscale"))
    pixels = np.zeros((40, 8, 8, 1), np.uint8)
    material = Material(source.ids, source.class_names, source.source_labels, [None] * 40, pixels, "c")
    opened = material.curated(spec)
    summary = dataclasses.replace(source, spec=spec, labels=opened.labels, parts=opened.parts)
    curation = Curation().exclude(source.ids[:5]).label(source.ids[4:9], "ape").move(source.ids[9:11], Part.TEST)
    seen: DatasetSummary = CuratedImages(summary).with_curation(curation).dataset
    found = material.curated(dataclasses.replace(spec, curation=curation))
    assert (seen.spec, seen.class_names) == (found.spec, found.class_names)
    np.testing.assert_array_equal(seen.labels, found.labels)
    np.testing.assert_array_equal(seen.parts == 255, found.parts == 255)
    np.testing.assert_array_equal(seen.parts[9:11], found.parts[9:11])


def test_an_image_taken_in_again_is_not_left_out_any_more() -> None:
    assert not CURATED.with_curation(Curation()).left_out.any()
    assert not CURATED.with_curation(Curation()).relabelled.any()
    assert not CURATED.with_curation(Curation()).moved.any()


def test_ids_that_are_not_there_change_nothing() -> None:
    curation = Curation().exclude(["x"]).label(["y"], "dog").move(["z"], Part.TEST)
    seen = IMAGES.with_curation(curation)
    assert not (seen.left_out | seen.relabelled | seen.moved).any()

"""Which operations there are."""

from __future__ import annotations

import pytest

from engine.augmentation import Family, augmentation_type, augmentation_types
from engine.errors import EngineError

TYPES = augmentation_types()


def test_they_are_found_by_the_folder_family_by_family() -> None:
    assert {"RandomFlip", "RandomResizedCrop", "RandomHue", "RandomNoise", "RandAugment", "CutMix", "MixUp"} <= set(
        TYPES
    )
    families = [list(Family).index(one.family) for one in TYPES.values()]
    assert families == sorted(families)


@pytest.mark.parametrize("kind", TYPES)
def test_each_says_what_it_is_for_and_ends_its_form_with_the_probability(kind: str) -> None:
    assert TYPES[kind].kind == kind
    assert TYPES[kind].summary.endswith(".")
    assert TYPES[kind].parameters()[-1].name == "probability"


def test_an_unknown_operation_is_refused_by_name() -> None:
    with pytest.raises(EngineError, match="Sparkle"):
        augmentation_type("Sparkle")

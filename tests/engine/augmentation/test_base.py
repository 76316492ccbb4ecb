from __future__ import annotations

import keras
import pytest

from engine.augmentation import augmentation_types
from engine.augmentation.base import written
from engine.augmentation.random_flip import RandomFlip
from engine.parameters import Real

TYPES = augmentation_types()


@pytest.mark.parametrize("kind", TYPES)
def test_the_layer_of_keras_that_is_named_is_there(kind: str) -> None:
    likeness = TYPES[kind]().likeness()
    assert likeness is not None
    assert issubclass(getattr(keras.layers, likeness.layer), keras.layers.Layer)


def test_a_flip_without_a_way_has_no_likeness() -> None:
    assert RandomFlip(horizontal=False).likeness() is None


def test_numbers_are_written_short() -> None:
    assert [written(one) for one in (0.1, 1.0, -0.2, 4 / 3)] == ["0.1", "1", "-0.2", "1.33333"]


def test_the_form_slides_between_two_finite_ends() -> None:
    for one in (parameter for type in TYPES.values() for parameter in type.parameters()):
        if isinstance(one, Real):
            assert one.sliding
            assert one.minimum < one.maximum < 1000

from __future__ import annotations

import inspect

import keras
import pytest

from engine.code.keras_signatures import ALIASES, signatures
from engine.layers import layer_types
from engine.layers.block import Block


@pytest.mark.parametrize("kind", signatures())
def test_the_arguments_are_those_of_keras(kind: str) -> None:
    found = [
        one
        for one in inspect.signature(getattr(keras.layers, kind).__init__).parameters.values()
        if one.name not in ("self", "kwargs", "name", "dtype")
    ]
    assert signatures()[kind].names == tuple(one.name for one in found)
    assert signatures()[kind].defaults == {one.name: one.default for one in found if one.default is not one.empty}


def test_other_names_are_those_of_keras() -> None:
    for other, name in ALIASES.items():
        assert getattr(keras.layers, other) is getattr(keras.layers, name)


def test_every_layer_type_is_one_of_keras_with_arguments_of_its_names() -> None:
    for kind, type in layer_types().items():
        if kind != "Input" and not issubclass(type, Block):
            assert {one.name for one in type.parameters()} <= set(signatures()[kind].names), kind

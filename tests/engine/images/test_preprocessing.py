from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import EngineError
from engine.images.preprocessing import Preprocessing
from tests.engine.layers.strategies import values_of

settings = st.builds(Preprocessing, **{one.name: values_of(one) for one in Preprocessing.parameters()})


@given(settings)
def test_json_gives_the_same_settings_back(one: Preprocessing) -> None:
    assert Preprocessing.from_json(json.loads(json.dumps(one.to_json()))) == one


def test_its_shape_is_that_of_the_networks_input() -> None:
    assert Preprocessing(4, 6, "rgb").shape == (4, 6, 3)
    assert Preprocessing(4, 6, "grayscale").shape == (4, 6, 1)


@pytest.mark.parametrize(
    "values", [{"height": 0}, {"width": 5000}, {"height": 1.5}, {"channels": "cmyk"}, {"resize": "squash"}]
)
def test_what_no_image_could_become_is_refused(values: dict[str, object]) -> None:
    with pytest.raises(EngineError, match="cannot be"):
        Preprocessing.from_json(values)

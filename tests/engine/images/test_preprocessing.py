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


def test_colours_are_words_or_three_numbers() -> None:
    assert Preprocessing().padding_colour == (0, 0, 0)
    assert Preprocessing().background_colour == (255, 255, 255)
    assert Preprocessing(padding="grey").padding_colour == (128, 128, 128)
    assert Preprocessing(padding="colour(255, 0, 12.6)").padding_colour == (255, 0, 13)
    assert Preprocessing(padding="edge").padding_colour is None
    assert Preprocessing(background="black").background_colour == (0, 0, 0)


@pytest.mark.parametrize(
    "values", [{"padding": "pink"}, {"padding": "colour(256)"}, {"background": "edge"}, {"range": "between(2, 1)"}]
)
def test_a_colour_or_range_that_is_none_is_refused(values: dict[str, object]) -> None:
    with pytest.raises(EngineError, match="cannot be"):
        Preprocessing.from_json(values)


def test_the_colour_of_the_bars_counts_where_there_are_bars() -> None:
    assert Preprocessing(resize="pad").counts("padding")
    assert not Preprocessing(resize="crop").counts("padding")
    assert Preprocessing().counts("background")

"""Sheets of maps and of answered images."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

from engine.report.answer_sheet import Answer, answer_sheet
from engine.report.colourmaps import VIRIDIS
from engine.report.map_sheet import map_sheet, maps_of
from engine.report.paper import DARK, LIGHT, Ink
from tests.engine.report.test_chart import near


def has(picture: Image.Image, colour: tuple[int, ...]) -> bool:
    return bool((np.asarray(picture) == np.array(colour, np.uint8)).all(axis=-1).any())


@pytest.mark.parametrize(
    "shape", [(8, 8, 32), (1, 1, 3), (4, 40, 2), (40, 4, 7), (3, 3, 300), (600, 600, 1), (4, 9), (10,), (1,)]
)
@pytest.mark.parametrize("ink", [LIGHT, DARK])
def test_maps_of_any_shape_fit_a_sheet(shape: tuple[int, ...], ink: Ink) -> None:
    values = np.arange(np.prod(shape), dtype=np.float32).reshape(shape)
    picture = map_sheet("layer_002", values, ink)
    assert 1000 <= picture.width <= 1920
    assert picture.height < 4000
    assert has(picture, tuple(VIRIDIS[0]))


def test_all_maps_share_one_scale() -> None:
    values = np.zeros((2, 2, 2), np.float32)
    values[..., 1] = 1.0
    picture = np.asarray(map_sheet("layer", values))
    assert picture[150, 60].tolist() == VIRIDIS[0].tolist()
    assert picture[150, 60 + 340].tolist() == VIRIDIS[255].tolist()


def test_channels_and_plain_values_become_maps() -> None:
    assert [one.shape for one in maps_of(np.zeros((3, 5, 2)))] == [(3, 5), (3, 5)]
    assert [one.shape for one in maps_of(np.zeros(30))] == [(3, 10)]
    assert [one.shape for one in maps_of(np.zeros((4, 9)))] == [(4, 9)]


def test_wrong_answers_are_framed() -> None:
    grey = np.full((8, 8, 1), 90, np.uint8)
    right, wrong = Answer(grey, "cat", "cat", 0.9), Answer(grey, "cat", "dog", 0.6)
    unknown = Answer(grey, "", "dog", 0.6)
    assert [one.wrong for one in (right, wrong, unknown)] == [False, True, False]
    framed = near(np.asarray(answer_sheet("t", "n", [right, wrong])), LIGHT.validation)
    assert framed.sum() > 1000
    assert not near(np.asarray(answer_sheet("t", "n", [right, unknown])), LIGHT.validation).any()


def test_images_of_any_shape_and_names_of_any_length_fit() -> None:
    tall = Answer(np.zeros((300, 20, 3), np.uint8), "日本" * 50, "a very long name of a class " * 9, 1.0)
    assert answer_sheet("t", "n", [tall] * 9).width == 1920
    assert answer_sheet("t", "n", []).width == 1920

from typing import Any

import numpy as np
import pytest

from engine.report.colourmaps import DIVERGING, VIRIDIS


def lightness(table: np.ndarray) -> np.ndarray:
    return table.astype(float) @ [0.2126, 0.7152, 0.0722]


@pytest.mark.parametrize("table", [VIRIDIS, DIVERGING])
def test_a_map_is_256_colours_hardly_two_of_them_alike(table: np.ndarray[Any, Any]) -> None:
    assert table.shape == (256, 3)
    assert table.dtype == np.uint8
    assert len({tuple(colour) for colour in table.tolist()}) > 240


def test_viridis_gets_lighter_all_the_way() -> None:
    assert np.all(np.diff(lightness(VIRIDIS)) > -0.5)
    assert tuple(VIRIDIS[0]) == (68, 1, 84)
    assert tuple(VIRIDIS[255]) == (253, 231, 37)


def test_the_diverging_map_is_lightest_in_the_middle_and_blue_below() -> None:
    light = lightness(DIVERGING)
    assert light.argmax() in (127, 128)
    assert np.all(np.diff(light[:127]) > 0)
    assert np.all(np.diff(light[128:]) < 0)
    assert DIVERGING[40][2] > DIVERGING[40][0]
    assert DIVERGING[215][0] > DIVERGING[215][2]

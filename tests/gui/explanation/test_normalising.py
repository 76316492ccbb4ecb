from __future__ import annotations

from typing import Any

import pytest

from engine.layers.base import LayerType
from engine.layers.batch_normalization import BatchNormalization
from engine.layers.group_normalization import GroupNormalization
from engine.layers.layer_normalization import LayerNormalization
from engine.layers.normalization import Normalization
from tests.gui.explanation.frames import film, painted


@pytest.mark.parametrize(
    ("type", "groups", "shared"),
    [
        (BatchNormalization(), 4, "rows and columns of all images of the batch"),
        (LayerNormalization(), 9, "channels of one image"),
        (GroupNormalization(groups=2), 2, "rows and columns and channels of one image, in 2 parts"),
    ],
)
def test_the_groups_are_those_that_share_a_mean(qapp: Any, type: LayerType, groups: int, shared: str) -> None:
    picture = film(type, (3, 3, 4))
    assert picture.frames == groups
    assert shared in picture.words()


def test_groups_that_need_more_channels_get_them(qapp: Any) -> None:
    picture = film(GroupNormalization(groups=32), (16, 16, 64))
    assert picture.frames == 32
    assert "3 × 3 × 32 of 16 × 16 × 64" in picture.note()


def test_numbers_measured_beforehand_are_those_of_the_settings(qapp: Any) -> None:
    usual = film(Normalization(), (4, 4, 3))
    other = film(Normalization(mean=(3.0,), variance=(4.0,)), (4, 4, 3))
    assert painted(usual) != painted(other)

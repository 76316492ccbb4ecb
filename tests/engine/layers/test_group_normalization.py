"""GroupNormalization: between LayerNormalization and every channel by itself."""

from __future__ import annotations

import numpy as np
import pytest

from engine.geometry import Normalisation
from engine.layers.group_normalization import GroupNormalization
from engine.layers.rms_normalization import RMSNormalization
from engine.layers.unit_normalization import UnitNormalization

PLAIN = GroupNormalization(groups=2, center=False, scale=False)


def test_groups_that_do_not_divide_the_channels_are_refused_with_a_number_that_does() -> None:
    (fault,) = GroupNormalization(groups=32).faults(((8, 8, 48),))
    assert "48 channels cannot be split into 32 equal groups" in fault.what
    assert "Set groups to 16" in fault.fix
    assert not GroupNormalization(groups=16).faults(((8, 8, 48),))


def test_a_value_is_measured_against_its_own_group_alone() -> None:
    image = np.random.default_rng(0).normal(size=(3, 3, 4))
    before = PLAIN.arithmetic(image, {}, (1, 1, 0)).output
    image[..., 2:] += 100
    assert PLAIN.arithmetic(image, {}, (1, 1, 0)).output == before
    image[..., 1] += 1
    assert PLAIN.arithmetic(image, {}, (1, 1, 0)).output != before
    assert PLAIN.geometry(((3, 3, 4),)) == Normalisation((0, 1, 2), parts=2)


def test_one_strength_everywhere_with_rms_and_length_one_with_unit_normalization() -> None:
    image = np.random.default_rng(0).normal(size=(2, 2, 8)) * 50
    ones = {"scale": np.ones(8)}
    strong = [RMSNormalization().arithmetic(image, ones, (0, 1, channel)).output for channel in range(8)]
    assert np.square(strong).mean() == pytest.approx(1.0, rel=1e-6)
    short = [UnitNormalization().arithmetic(image, {}, (0, 1, channel)).output for channel in range(8)]
    assert np.square(short).sum() == pytest.approx(1.0)
    nothing = UnitNormalization().arithmetic(np.zeros((1, 1, 3)), {}, (0, 0, 0))
    assert nothing.output == 0.0

"""Normalization: numbers of each channel, given beforehand."""

from __future__ import annotations

import numpy as np
import pytest

from engine.layers.normalization import Normalization

IMAGE = np.arange(24, dtype=np.float32).reshape(2, 3, 4)


def test_numbers_of_each_channel_are_used_for_it_and_no_deviation_divides_by_zero() -> None:
    layer = Normalization((0.0, 1.0, 2.0, 3.0), (1.0, 4.0, 0.0, 1.0))
    assert layer.arithmetic(IMAGE, {}, (0, 0, 1)).output == 0.0
    assert layer.arithmetic(IMAGE, {}, (1, 0, 1)).output == 6.0
    assert layer.arithmetic(IMAGE, {}, (0, 1, 2)).output == pytest.approx(4e7)
    assert layer.changed(invert=True).arithmetic(IMAGE, {}, (1, 0, 1)).output == 13.0 * 2.0 + 1.0


def test_keras_gives_the_same_for_each_channel() -> None:
    layer = Normalization((0.5, 1.0, 2.0, 3.0), (1.0, 4.0, 0.25, 9.0))
    theirs = np.asarray(layer.build("layer")(IMAGE[None]))[0]
    ours = [layer.arithmetic(IMAGE, {}, at).output for at in np.ndindex(*IMAGE.shape)]
    np.testing.assert_allclose(ours, theirs.ravel(), rtol=1e-5)


@pytest.mark.parametrize("numbers", [((1.0, 2.0), (1.0, 2.0)), ((1.0,) * 4, (1.0,))])
def test_as_many_numbers_as_channels_or_one(numbers: tuple[tuple[float, ...], tuple[float, ...]]) -> None:
    (fault,) = Normalization(*numbers).faults((IMAGE.shape,))
    assert "for 4 channels" in fault.what


def test_many_channels_do_not_fill_the_card_or_the_text() -> None:
    layer = Normalization((1 / 3,) * 500, (1.0,) * 500)
    assert layer.caption() == "500 means and variances"
    assert len(layer.explain(((4, 4, 500),))) < 500


def test_it_says_when_it_does_nothing_yet() -> None:
    assert "nothing changes" in Normalization().explain((IMAGE.shape,))
    assert "nothing changes" not in Normalization((0.5,)).explain((IMAGE.shape,))

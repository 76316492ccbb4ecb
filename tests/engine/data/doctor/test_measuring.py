"""What is measured of each image, against plain arithmetic."""

from __future__ import annotations

import numpy as np
import pytest

from engine.data.doctor.measuring import fields, measure
from engine.errors import Cancelled
from engine.jobs import Quiet


def images(count: int = 5, height: int = 20, width: int = 33, channels: int = 3) -> np.ndarray:
    return np.random.default_rng(0).integers(0, 256, (count, height, width, channels)).astype(np.uint8)


@pytest.mark.parametrize("channels", [1, 3])
def test_figures_are_what_they_say(channels: int) -> None:
    pixels = images(channels=channels)
    found = measure(pixels, np.array([3, 0]), Quiet())
    for row, index in enumerate((3, 0)):
        one = np.repeat(pixels[index], 4 - channels, axis=-1)[..., :3].astype(np.float64)
        grey = one @ np.array([0.299, 0.587, 0.114])
        assert found.colour[row] == pytest.approx(one.mean(axis=(0, 1)), rel=1e-4)
        assert found.border[row][:3] == pytest.approx(one[:1].mean(axis=(0, 1)), rel=1e-4)
        assert found.border[row][9:] == pytest.approx(one[:, -2:].mean(axis=(0, 1)), rel=1e-4)
        assert found.contrast[row] == pytest.approx(grey.std(), rel=1e-3)
        laplacian = grey[:-2, 1:-1] + grey[2:, 1:-1] + grey[1:-1, :-2] + grey[1:-1, 2:] - 4 * grey[1:-1, 1:-1]
        assert found.sharpness[row] == pytest.approx(laplacian.var() / grey.var(), rel=1e-3)
        assert found.sketch[row].mean() == pytest.approx(grey.mean(), rel=1e-4)
        assert found.darkest[row] < found.brightest[row]


def test_equal_pixels_have_equal_digests() -> None:
    pixels = images()
    pixels[4] = pixels[1]
    digests = measure(pixels, np.arange(5), Quiet()).digest.tolist()
    assert digests[1] == digests[4]
    assert len(set(digests)) == 4


def test_fields_of_sides_that_do_not_divide() -> None:
    grey = np.arange(15, dtype=np.float32).reshape(1, 3, 5)
    assert fields(grey, 3, 5)[0] == pytest.approx(grey[0])
    assert fields(grey, 1, 1)[0, 0, 0] == pytest.approx(7.0)
    # The first field holds 2.5 columns of the first row and half of the second.
    first = (0 + 1 + 0.5 * 2 + 0.5 * (5 + 6 + 0.5 * 7)) / 3.75
    assert fields(grey, 2, 2)[0, 0, 0] == pytest.approx(first)
    assert fields(grey, 6, 10).mean() == pytest.approx(7.0)


def test_many_small_blocks_keep_their_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("engine.data.doctor.measuring._VALUES_AT_ONCE", 1)
    pixels = images(30)
    assert measure(pixels, np.arange(30), Quiet()).colour == pytest.approx(pixels.mean(axis=(1, 2)), rel=1e-4)


def test_it_can_be_cancelled(monkeypatch: pytest.MonkeyPatch) -> None:
    class Ends(Quiet):
        def progress(self, done: float, total: float | None, text: str = "") -> None:
            raise Cancelled("enough")

    with pytest.raises(Cancelled):
        measure(images(), np.arange(5), Ends())

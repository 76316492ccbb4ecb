from __future__ import annotations

from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from engine.geometry import Shape, window
from engine.layers.average_pooling2d import AveragePooling2D
from engine.layers.conv2d import Conv2D
from engine.layers.max_pooling2d import MaxPooling2D
from gui.explanation.window import reduced
from tests.gui.explanation.frames import film, painted

PAIRS = st.tuples(st.integers(1, 4), st.integers(1, 4))


@given(st.tuples(st.integers(1, 400), st.integers(1, 400)), PAIRS, PAIRS, PAIRS, st.sampled_from(("valid", "same")))
def test_the_sketch_of_a_large_image_is_the_same_at_both_edges(
    sides: tuple[int, int], size: tuple[int, int], strides: tuple[int, int], dilation: tuple[int, int], padding: str
) -> None:
    shape: Shape = (*sides, 3)
    whole = window(shape, size, strides, padding, dilation)
    assume(min(whole.places(shape)) > 0)
    small = reduced(shape, whole)
    assert whole.unused(small) == whole.unused(shape)
    # "same" would pad the sketch exactly as it pads the whole image.
    assert window(small, size, strides, padding, dilation) == whole
    assert min(whole.places(small)) > 0
    assert all(one <= other for one, other in zip(small, shape, strict=True))


def test_only_what_is_shortened_has_a_note(qapp: Any) -> None:
    assert film(Conv2D(), (7, 7, 3)).note() == ""
    assert film(Conv2D(), (100, 100, 3)).note() == "Drawn with 9 × 9 of 100 × 100 pixels; the edges are as they are."


def test_the_window_visits_every_place(qapp: Any) -> None:
    assert film(Conv2D(), (7, 6, 3)).frames == 5 * 4
    assert film(MaxPooling2D(), (7, 6, 3)).frames == 3 * 3


def test_pools_show_what_they_make_of_the_numbers(qapp: Any) -> None:
    largest, mean = (painted(film(type, (6, 6, 1)), 5) for type in (MaxPooling2D(), AveragePooling2D()))
    assert largest != mean


@pytest.mark.parametrize("side", [(1, 1), (64, 64), (1024, 3)])
def test_huge_windows_are_drawn_too(qapp: Any, side: tuple[int, int]) -> None:
    picture = film(Conv2D(kernel_size=side), (1100, 1100, 1))
    assert painted(picture, 0) != painted(picture, picture.frames - 1)


def test_the_words_say_steps_gaps_padding_and_channels(qapp: Any) -> None:
    words = film(Conv2D(dilation_rate=(2, 2), padding="same"), (20, 20, 3)).words()
    for part in ("window of 3 × 3", "2 × 2 apart", "2 above, 2 below", "all channels at once", "20 × 20 × 32"):
        assert part in words
    assert "one channel at a time" in film(MaxPooling2D(), (8, 8, 3)).words()

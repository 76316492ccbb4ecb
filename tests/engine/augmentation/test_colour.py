from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

from engine.augmentation import augmentation_types
from engine.augmentation.colour import ColourChange, greys
from engine.augmentation.rand_augment import RandAugment
from tests.engine.augmentation.given import GREY, IMAGES, changed

COLOURS = [kind for kind, one in augmentation_types().items() if issubclass(one, ColourChange)]


def test_grey_is_pillows_grey() -> None:
    theirs = np.stack([np.asarray(Image.fromarray(one.astype(np.uint8)).convert("L")) for one in IMAGES])
    np.testing.assert_allclose(np.asarray(greys(IMAGES))[..., 0], theirs, atol=1)


@pytest.mark.parametrize("kind", COLOURS)
def test_images_without_colours_stay_and_it_is_said_why(kind: str) -> None:
    one = augmentation_types()[kind]()
    assert isinstance(one, ColourChange)
    np.testing.assert_array_equal(changed(one, GREY), GREY)
    assert "grey" in one.problem((9, 7, 1))
    assert one.problem((9, 7, 3)) == ""


def test_which_need_colours() -> None:
    assert set(COLOURS) == {"RandomSaturation", "RandomHue", "RandomGrayscale"}
    assert RandAugment().problem((9, 7, 1)) == ""

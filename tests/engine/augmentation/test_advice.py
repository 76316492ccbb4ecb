from __future__ import annotations

import pytest

from engine.augmentation import Augmentation, Operation, augmentation_types
from engine.augmentation.advice import Advice, advise
from engine.augmentation.mix_up import MixUp
from engine.augmentation.random_erasing import RandomErasing
from engine.augmentation.random_flip import RandomFlip
from engine.augmentation.random_gaussian_blur import RandomGaussianBlur
from engine.augmentation.random_grayscale import RandomGrayscale
from engine.augmentation.random_hue import RandomHue
from engine.augmentation.random_resized_crop import RandomResizedCrop
from engine.augmentation.random_rotation import RandomRotation
from engine.augmentation.random_saturation import RandomSaturation
from engine.augmentation.random_zoom import RandomZoom

DIGITS = tuple("0123456789")
PETS = ("cat", "dog")
LARGE, SMALL, GREY = (224, 224, 3), (8, 8, 3), (224, 224, 1)
BOTH = RandomFlip(horizontal=True, vertical=True)


def advice(operation: Operation, names: tuple[str, ...] = PETS, shape: tuple[int, int, int] = LARGE) -> list[Advice]:
    return list(advise(Augmentation((MixUp(), operation)), names, shape))


@pytest.mark.parametrize(
    ("operation", "names", "word", "mended"),
    [
        (RandomFlip(), DIGITS, "Digits and letters mirrored", None),
        (RandomFlip(), ("digit one", "digit two", "digit three"), "Digits and letters mirrored", None),
        (RandomFlip(), ("arrow left", "arrow right"), "“arrow left” mirrored left to right may look like", None),
        (RandomFlip(), ("turn_left", "turn_right", "stop"), "“turn_left”", None),
        (RandomFlip(), ("b", "d", "x"), "“b” mirrored left to right may look like “d”", None),
        (RandomFlip(False, True), ("up", "down", "still"), "“up” mirrored upside down may look like “down”", None),
        (BOTH, ("up", "down", "still"), "upside down", RandomFlip()),
        (BOTH, ("left", "right", "ahead"), "left to right", RandomFlip(False, True)),
        (RandomRotation(180.0), DIGITS, "“6” turned by up to 180° may look like “9”", RandomRotation(15.0)),
        (RandomRotation(90.0), ("up", "left", "cat"), "“up” turned", RandomRotation(15.0)),
        (RandomRotation(90.0), ("A", "E", "X"), "Digits and letters turned", RandomRotation(15.0)),
        (RandomHue(), ("red", "green", "blue"), "“red”, “green” and “blue” are told by", None),
        (RandomGrayscale(), ("red", "green"), "told by", None),
        (RandomErasing(0.8), PETS, "Up to 80% of an image is covered", RandomErasing(0.3)),
        (RandomResizedCrop(0.2), PETS, "As little as 20%", RandomResizedCrop(0.5)),
        (RandomZoom(probability=0.0), PETS, "RandomZoom never happens", None),
    ],
)
def test_what_harms_is_said_with_what_mends_it(
    operation: Operation, names: tuple[str, ...], word: str, mended: Operation | None
) -> None:
    found = next(one for one in advice(operation, names) if word in one.what)
    assert found.place == 1
    assert found.mended == Augmentation((MixUp(), *([] if mended is None else [mended])))
    assert not any(word in one.what for one in advise(found.mended, names, LARGE))
    assert found.fix == f"{found.action}."


def test_a_blur_is_measured_by_the_image() -> None:
    assert advice(RandomGaussianBlur(1.0), shape=LARGE) == []
    (found,) = advice(RandomGaussianBlur(1.0), shape=SMALL)
    assert "8 × 8 pixels" in found.what
    assert found.action == "Set strongest blur to 0.5 px"
    assert found.mended == Augmentation((MixUp(), RandomGaussianBlur(0.5)))


@pytest.mark.parametrize("operation", [RandomSaturation(), RandomHue(), RandomGrayscale()])
def test_changes_of_colour_do_nothing_for_grey_images(operation: Operation) -> None:
    (found,) = advice(operation, shape=GREY)
    assert found.what == f"{operation.kind} does nothing."
    assert found.action == f"Remove {operation.kind}"


@pytest.mark.parametrize("kind", augmentation_types())
def test_what_is_added_harms_no_ordinary_photographs(kind: str) -> None:
    assert advice(augmentation_types()[kind]()) == []


@pytest.mark.parametrize("names", [(), ("left shoe",), ("6",), ("red",), ("it's", "<b>"), ("", " "), ("left", "left")])
def test_names_that_need_no_telling_apart(names: tuple[str, ...]) -> None:
    for operation in (BOTH, RandomRotation(180.0), RandomHue()):
        assert advice(operation, names) == []

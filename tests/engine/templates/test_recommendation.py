"""The recommended template: one that fits, with the reason."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.analysis import analyse
from engine.layers.input import Input
from engine.templates import template, templates
from engine.templates.recommendation import recommend

SIDES = st.one_of(st.integers(1, 40), st.integers(41, 300))


@settings(max_examples=60, deadline=None)
@given(
    SIDES,
    SIDES,
    st.sampled_from(["grayscale", "rgb"]),
    st.integers(2, 200),
    st.one_of(st.none(), st.integers(0, 100_000)),
)
def test_what_is_recommended_can_be_trained(
    height: int, width: int, channels: str, classes: int, images: int | None
) -> None:
    input = Input(height, width, channels)
    found = recommend(input, classes, images)
    assert analyse(template(found.name, input, classes), classes).problems == ()
    assert found.reason.endswith(".")


@pytest.mark.parametrize(
    ("input", "classes", "images", "name", "reason"),
    [
        (Input(28, 28, "grayscale"), 10, 60_000, "keras_mnist_convnet", "grey"),
        (Input(28, 28, "grayscale"), 10, 1_500, "lenet5", "1,500 images"),
        (Input(32, 32), 10, 50_000, "resnet20", "deep"),
        (Input(32, 32), 100, 5_000, "resnet20", "100 classes"),
        (Input(32, 32), 10, 5_000, "vgg_small", "32 × 32"),
        (Input(64, 64), 3, 300, "tiny_vgg", "few"),
        (Input(32, 32), 3, 300, "resnet8", "by heart"),
        (Input(224, 224), 5, 600, "mobilenet_small", "do not grow"),
        (Input(224, 224), 100, 100_000, "mobilenet_v2", "photographs"),
        (Input(32, 32), 10, None, "starter", "No images are open"),
    ],
)
def test_the_reason_is_said_in_words(input: Input, classes: int, images: int | None, name: str, reason: str) -> None:
    found = recommend(input, classes, images)
    assert found.name == name
    assert reason in found.reason
    assert name in templates()


def test_tiny_images_get_a_network_that_takes_them() -> None:
    found = recommend(Input(1, 40), 4, 30_000)
    assert "1 × 40" in found.reason

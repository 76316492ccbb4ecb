"""Which template suits a dataset best, and why, in words."""

from __future__ import annotations

from dataclasses import dataclass

from engine.analysis import analyse
from engine.errors import EngineError
from engine.layers.input import Input
from engine.templates import template, templates

_TINY_SIDE, _SMALL_SIDE, _LARGE_SIDE = 8, 64, 160
"""In pixels: below the first there is nothing to shrink, up to the second images are small, from the third on they need
a network that shrinks them early."""
_FEW, _MANY = 1_000, 20_000
"""Training images: below the first every weight too many is learned by heart; from the second on depth pays."""
_MANY_CLASSES = 50
_SAFE = "starter"


@dataclass(frozen=True)
class Recommendation:
    """A template and the reason for it."""

    name: str
    reason: str


def recommend(input: Input, classes: int, images: int | None) -> Recommendation:
    """The template to begin with.

    The rules go by what is common knowledge of the field: few images want few weights, grey digits are what LeNet-5
    was made for, small colour images suit VGG-small and, where there are many of them, a residual network; large ones
    want blocks that shrink them early and pool over the whole map, so that the weights do not grow with the image.

    Args:
        input: The image that enters.
        classes: How many classes there are.
        images: How many images to learn from, or None where that is not known.

    Returns:
        A template that takes these images.
    """
    wished = _wished(input, classes, images)
    if min(input.height, input.width) >= _TINY_SIDE and _fits(wished.name, input, classes):
        return wished
    return Recommendation(
        _SAFE,
        f"It takes images of any size, also of {input.height} × {input.width} pixels, and trains in minutes.",
    )


def _wished(input: Input, classes: int, images: int | None) -> Recommendation:
    side = min(input.height, input.width)
    size = f"{input.height} × {input.width} pixels"
    grey = input.channels == "grayscale"
    if images is None:
        return Recommendation(_SAFE, "No images are open yet; this one takes images of any size and trains in minutes.")
    count = f"{images:,} images to learn from"
    if side >= _LARGE_SIDE:
        return _for_large(size, count, images)
    if images < _FEW:
        if side <= _SMALL_SIDE // 2:
            return Recommendation(
                "lenet5" if grey else "resnet8",
                f"{count} are few and {size} is small: a network with few weights does not learn them by heart.",
            )
        return Recommendation(
            "tiny_vgg",
            f"{count} are few: ten filters a layer are enough to begin with, and every map can be looked at.",
        )
    if grey and side <= 32:
        return Recommendation(
            "keras_mnist_convnet" if images >= _MANY else "lenet5",
            f"Your images are grey and of {size}, as the digits are that it was made for; with {count} its few weights "
            "suffice.",
        )
    if side > _SMALL_SIDE:
        return Recommendation(
            "mobilenet_small",
            f"At {size} its blocks shrink the images early, so that a step costs little; {count} suffice for its few "
            "weights.",
        )
    if images >= _MANY or classes >= _MANY_CLASSES:
        because = count if images >= _MANY else f"{classes:,} classes"
        return Recommendation("resnet20", f"{because} are worth a deep network; shortcuts keep it trainable at {size}.")
    return Recommendation(
        "vgg_small",
        f"With {count} of {size}, pairs of convolutions with normalisation give good results in minutes.",
    )


def _for_large(size: str, count: str, images: int) -> Recommendation:
    if images >= _MANY:
        return Recommendation(
            "mobilenet_v2",
            f"{count} of {size} feed a network made for photographs; its lean blocks keep a step affordable.",
        )
    return Recommendation(
        "mobilenet_small",
        f"At {size} its blocks shrink the images early and its weights do not grow with them; {count} suffice.",
    )


def _fits(name: str, input: Input, classes: int) -> bool:
    """Whether the template takes these images and can be trained on them."""
    assert name in templates(), "only templates that there are are wished for"
    try:
        return not analyse(template(name, input, classes), classes).problems
    except EngineError:
        return False

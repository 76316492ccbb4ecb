"""What holds for every template: it fits, says what it is for, comes back from its file, and learns."""

from __future__ import annotations

import json

import numpy as np
import pytest

from engine.analysis import analyse
from engine.build import build
from engine.ending import with_classes
from engine.errors import EngineError
from engine.layers.input import Input
from engine.network import Network
from engine.schema import checked
from engine.templates import template, template_names, template_recipe, templates

SMALLEST = {"vgg16": 32, "lenet5": 12, "keras_mnist_convnet": 10, "tiny_vgg": 16}
"""The height and width below which a template says no."""

LARGE = ("vgg16", "resnet50", "mobilenet_v2")


def test_all_templates_are_there() -> None:
    assert set(template_names()) >= {
        *("starter", "mlp", "lenet5", "keras_mnist_convnet", "tiny_vgg", "vgg_small", "vgg16", "all_cnn"),
        *("network_in_network", "resnet8", "resnet20", "resnet50", "mobilenet_small", "mobilenet_v2"),
        "squeezenet_small",
    }


@pytest.mark.parametrize("name", template_names())
@pytest.mark.parametrize("side", [1, 2, 5, 10, 12, 16, 17, 28, 32, 64, 224, 512])
def test_a_template_fits_any_image_or_says_no_and_is_advised_of_its_weight_at_most(name: str, side: int) -> None:
    for input in (Input(side, side, "grayscale"), Input(side, 2 * side + 1)):
        if side < SMALLEST.get(name, 1):
            with pytest.raises(EngineError, match=f"does not fit on images of {side} × ") as refusal:
                template(name, input, 7)
            assert f"{SMALLEST[name]} × {SMALLEST[name]}" in refusal.value.expected
            continue
        found = analyse(template(name, input, 7), 7)
        assert found.problems == ()
        # On large images the Dense of the old networks is most of their weights, as in their papers.
        assert {one.topic for one in found.advice} <= {"heavy"}
        assert found.graph is not None
        assert found.graph.gives_probabilities


@pytest.mark.parametrize("name", template_names())
def test_a_template_says_what_it_is_for_and_why_it_is_so(name: str) -> None:
    one = templates()[name]
    assert one.name == name
    assert one.title
    assert one.summary.endswith(".")
    assert len(one.summary) <= 100
    assert one.why.endswith(".")
    assert one.why.count(".") >= 2
    assert "  " not in one.why
    assert template_recipe(name).epochs > 1
    assert analyse(template(name, one.own_input, one.own_classes), one.own_classes).graph is not None


def test_titles_and_summaries_tell_templates_apart() -> None:
    for words in ("title", "summary", "why"):
        assert len({getattr(one, words) for one in templates().values()}) == len(templates())


@pytest.mark.parametrize("name", template_names())
def test_a_template_comes_back_from_its_file_and_takes_other_classes(name: str) -> None:
    one = templates()[name]
    network = template(name, one.own_input, 10)
    data = json.loads(json.dumps(network.to_json()))
    assert Network.from_json(checked("network", data, "network.json")) == network
    assert with_classes(network, 3) == template(name, one.own_input, 3)


def test_an_unknown_template_is_refused_by_name() -> None:
    with pytest.raises(EngineError, match="no template called 'vgg'"):
        template("vgg", Input(8, 8), 10)
    with pytest.raises(EngineError, match="no template called 'vgg'"):
        template_recipe("vgg")


@pytest.mark.parametrize(
    "name", [pytest.param(one, marks=[pytest.mark.slow] * (one in LARGE)) for one in template_names()]
)
def test_the_loss_of_a_template_falls(name: str) -> None:
    """Lying and standing stripes, the template's own optimizer, a few steps over the same 16 images."""
    side = max(16, SMALLEST.get(name, 0))
    random = np.random.default_rng(0)
    labels = np.arange(16) % 2
    lying = np.tile(np.array([0.0, 0.0, 255.0, 255.0] * (side // 4))[:, None, None], (1, side, 3))
    images = np.where(labels[:, None, None, None] == 1, lying, lying.transpose(1, 0, 2))
    images = images + random.normal(0, 10, images.shape)
    graph = analyse(template(name, Input(side, side), 2), 2).graph
    assert graph is not None
    model = build(graph, seed=0)
    model.compile(template_recipe(name).optimizer.build(), "categorical_crossentropy", jit_compile=False)
    losses: list[float] = []
    while len(losses) < 24 and not fallen(losses):
        losses.append(float(model.train_on_batch(images, np.eye(2)[labels])))
    assert np.isfinite(losses).all()
    assert fallen(losses), losses


def fallen(losses: list[float]) -> bool:
    """Whether two losses in a row are well below the first."""
    return len(losses) > 2 and max(losses[-2:]) < 0.8 * losses[0]

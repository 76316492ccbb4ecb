"""The starter fits any image, and learns."""

from __future__ import annotations

import numpy as np
import pytest

from engine.analysis import analyse
from engine.build import build
from engine.layers.input import Input
from engine.network import Network
from engine.templates import template, template_recipe


@pytest.mark.parametrize("side", [1, 2, 3, 5, 8, 17, 28, 32, 64, 128, 224, 512])
def test_it_fits_any_image_and_stays_small(side: int) -> None:
    for input in (Input(side, side, "grayscale"), Input(side, 2 * side + 1)):
        found = analyse(template("starter", input, 7), 7)
        assert found.parameters is not None
        assert found.parameters < 5_000_000


def test_the_same_network_comes_every_time() -> None:
    network = template("starter", Input(8, 8, "grayscale"), 10)
    assert network == template("starter", Input(8, 8, "grayscale"), 10)
    assert Network.from_json(network.to_json()) == network
    assert [one.type.kind for one in network.layers] == [
        *("Rescaling", "Conv2D", "MaxPooling2D", "Conv2D", "MaxPooling2D", "Dropout", "Flatten"),
        *("Dense", "Dropout", "Dense"),
    ]


def test_the_starter_learns_stripes_in_a_few_steps() -> None:
    random = np.random.default_rng(0)
    labels = random.integers(0, 2, 128)
    lying = np.tile(np.array([0.0, 255.0] * 4)[:, None, None], (1, 8, 1))
    images = np.where(labels[:, None, None, None] == 1, lying, lying.transpose(1, 0, 2))
    images = images + random.normal(0, 20, images.shape)
    graph = analyse(template("starter", Input(8, 8, "grayscale"), 2), 2).graph
    assert graph is not None
    model = build(graph, seed=0)
    model.compile(template_recipe("starter").optimizer.build(), "categorical_crossentropy")
    for _ in range(4):
        for start in range(0, 128, 16):
            batch = slice(start, start + 16)
            model.train_on_batch(images[batch], np.eye(2)[labels[batch]])
    answers = np.asarray(model(images, training=False)).argmax(axis=1)
    assert (answers == labels).mean() > 0.95

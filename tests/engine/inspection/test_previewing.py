"""A preview shows the network's own outputs, with a run's weights where they fit and the seed's elsewhere."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from engine import limits
from engine.analysis import analyse
from engine.build import build, weights_of
from engine.errors import Cancelled, EngineError
from engine.graph import Graph
from engine.inspection.previewing import SIDE, graph_to_preview, preview, reduced, strongest
from engine.inspection.results import TrainedRef
from engine.inspection.trained import Trained
from engine.jobs import Quiet
from engine.layers.base import LayerType
from engine.layers.conv2d import Conv2D
from engine.layers.conv_bn_activation import ConvBNActivation
from engine.layers.dense import Dense
from engine.layers.depthwise_conv2d import DepthwiseConv2D
from engine.layers.flatten import Flatten
from engine.layers.input import Input
from engine.layers.max_pooling2d import MaxPooling2D
from engine.layers.rescaling import Rescaling
from engine.network import Network
from engine.training.run import start
from tests.engine.training.small import Listener, dataset, plan

Array = np.ndarray[Any, Any]
STACK: list[LayerType] = [Rescaling(), ConvBNActivation(filters=3), Flatten(), Dense(units=3)]
SEED = 5


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> TrainedRef:
    """A short run of a network with a block."""
    data, listener = dataset(), Listener()
    folder = tmp_path_factory.mktemp("runs")
    made = start(plan(data, stack=STACK, epochs=1), data, folder, listener.on_event, listener.next_control)
    return TrainedRef(made.folder)


@pytest.fixture
def image() -> Array:
    found: Array = dataset().images[7]
    return found


def graph(*types: LayerType, side: int = 8) -> Graph:
    return graph_to_preview(Network.of(Input(side, side, "grayscale"), types))


def test_an_untrained_network_shows_the_outputs_of_the_model_that_its_seed_draws(image: Array) -> None:
    import keras

    made = graph(*STACK)
    found = preview(made, SEED, image)
    model = build(made, SEED)
    conv = keras.Model(model.input, [model.get_layer("layer_002.conv").output, model.output])
    maps, answer = (np.asarray(one[0]) for one in conv(image[None].astype("float32"), training=False))
    channel = int(maps.reshape(-1, 3).std(axis=0).argmax())
    np.testing.assert_allclose(found.maps["layer_002/conv"][..., 0], maps[..., channel], atol=1e-5)
    np.testing.assert_allclose(found.maps["layer_004"], answer, atol=1e-5)
    np.testing.assert_array_equal(found.seen, image)
    assert found.weights == "Not trained yet: the weights are freshly drawn."


def test_a_block_shows_what_its_last_layer_gives(image: Array) -> None:
    found = preview(graph(*STACK), SEED, image)
    inside = [path for path in found.maps if path.startswith("layer_002/")]
    assert len(inside) == 3
    np.testing.assert_array_equal(found.maps["layer_002"], found.maps[inside[-1]])


def test_a_trained_network_shows_what_the_run_learned(run: TrainedRef, image: Array) -> None:
    found = preview(graph(*STACK), SEED, image, run)
    _, maps = Trained.load(run).inspect(image)
    assert set(found.maps) == set(maps)
    for path, values in maps.items():
        np.testing.assert_allclose(found.maps[path], strongest(values), atol=1e-5)
    assert found.weights == "With the weights of run-001."


def test_layers_that_no_longer_fit_are_drawn_anew_and_the_others_keep_what_they_learned(
    run: TrainedRef, image: Array
) -> None:
    edited = graph(Rescaling(), ConvBNActivation(filters=3), Flatten(), Dense(units=4))
    found = preview(edited, SEED, image, run)
    _, maps = Trained.load(run).inspect(image)
    np.testing.assert_allclose(found.maps["layer_002"], strongest(maps["layer_002"]), atol=1e-5)
    drawn = weights_of(build(edited, SEED), edited)
    answer = maps["layer_003"] @ drawn["layer_004", "kernel"] + drawn["layer_004", "bias"]
    np.testing.assert_allclose(found.maps["layer_004"], answer, atol=1e-4)
    assert found.weights == "Partly with the weights of run-001; 1 layer is not trained yet."


def test_a_layer_of_another_kind_takes_nothing_though_its_weights_have_the_same_shapes(
    image: Array, tmp_path: Path
) -> None:
    rest = [Flatten(), Dense(units=3)]
    data, listener = dataset(), Listener()
    stack = [Conv2D(filters=1, kernel_size=(3, 3), padding="same"), *rest]
    made = start(plan(data, stack=stack, epochs=1), data, tmp_path, listener.on_event, listener.next_control)
    edited = graph(DepthwiseConv2D(kernel_size=(3, 3), padding="same"), *rest)
    before, after = Trained.load(TrainedRef(made.folder)).plan.network, weights_of(build(edited, SEED), edited)
    trained_graph = graph_to_preview(before)
    shapes = {key: value.shape for key, value in weights_of(build(trained_graph, SEED), trained_graph).items()}
    assert shapes == {key: value.shape for key, value in after.items()}
    found = preview(edited, SEED, image, TrainedRef(made.folder))
    assert found.weights == "Partly with the weights of run-001; 1 layer is not trained yet."
    np.testing.assert_allclose(found.maps["layer_001"], preview(edited, SEED, image).maps["layer_001"], atol=1e-5)


def test_a_run_that_is_gone_leaves_the_network_untrained(image: Array, tmp_path: Path) -> None:
    found = preview(graph(*STACK), SEED, image, TrainedRef(tmp_path / "run-009"))
    assert found.weights == "Not trained yet: the weights are freshly drawn."


def test_a_network_without_weights_says_so(image: Array) -> None:
    found = preview(graph(MaxPooling2D(), Flatten()), SEED, image)
    assert found.weights == "No layer here has weights."


@pytest.mark.parametrize("shape", [(100, 130, 1), (48, 47, 3), (49, 1, 1), (10_000,), (2_304,), (60, 70), (3,)])
def test_what_is_large_becomes_small_by_means(shape: tuple[int, ...]) -> None:
    found = reduced(np.full(shape, 7, np.uint8))
    assert found.ndim == len(shape)
    assert found.dtype == np.float32
    assert (found == 7).all()
    sides = found.shape[:2]
    assert max(sides) <= (SIDE * SIDE if len(shape) == 1 else SIDE)


def test_small_pictures_keep_where_things_are() -> None:
    values = np.zeros((96, 96, 1), np.float32)
    values[10, 20] = 4.0
    found = reduced(values)
    assert found.shape == (48, 48, 1)
    assert found[5, 10, 0] == 1.0
    assert found.sum() == 1.0


def test_the_channel_that_varies_most_is_shown() -> None:
    values = np.ones((4, 4, 3), np.float32)
    values[1, 2, 1] = 9.0
    assert (strongest(values)[..., 0] == values[..., 1]).all()


@pytest.mark.parametrize(
    ("cap", "what"),
    [
        ("MAX_PREVIEW_LAYERS", "layers"),
        ("MAX_PREVIEW_PARAMETERS", "parameters"),
        ("MAX_PREVIEW_VALUES", "values between its layers"),
        ("MAX_PREVIEW_MACS", "multiply-accumulates"),
    ],
)
def test_what_would_take_long_is_refused(monkeypatch: pytest.MonkeyPatch, cap: str, what: str) -> None:
    monkeypatch.setattr(limits, cap, 3)
    with pytest.raises(EngineError, match=f"{what}, too many to be previewed") as caught:
        graph(*STACK)
    assert caught.value.expected == "At most 3 are previewed."


def test_a_network_with_problems_says_the_first_of_them() -> None:
    network = Network.of(Input(8, 8, "grayscale"), [Conv2D(filters=4, kernel_size=(9, 9), padding="valid")])
    problem = analyse(network).problems[0]
    with pytest.raises(EngineError) as caught:
        graph_to_preview(network)
    assert caught.value.what == problem.what


def test_an_image_of_another_size_is_refused(image: Array) -> None:
    with pytest.raises(EngineError, match="8 × 8 × 1 does not fit"):
        preview(graph(*STACK, side=12), SEED, image)


def test_it_ends_between_two_steps_when_it_is_cancelled(image: Array) -> None:
    class Impatient(Quiet):
        def check(self) -> None:
            raise Cancelled("enough")

    with pytest.raises(Cancelled):
        preview(graph(*STACK), SEED, image, context=Impatient())


def test_a_preview_that_is_cancelled_ends_at_the_next_layer(image: Array) -> None:
    class Impatient(Quiet):
        left = 0
        asked = 0

        def check(self) -> None:
            self.asked += 1
            if self.asked > self.left:
                raise Cancelled("enough")

    whole = graph(Rescaling(), *(Conv2D(2, padding="same") for _ in range(6)), Flatten(), Dense(3))
    patient = Impatient()
    patient.left = 10**6
    preview(whole, SEED, image, context=patient)
    assert patient.asked >= 2 * len(whole.nodes), "each layer can be the last that is built, and looked through"
    for left in (3, patient.asked - 2):
        impatient = Impatient()
        impatient.left = left
        with pytest.raises(Cancelled):
            preview(whole, SEED, image, context=impatient)
        assert impatient.asked == left + 1

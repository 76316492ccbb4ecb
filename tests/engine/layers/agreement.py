"""Whether what we say of a layer or a stack without Keras is what Keras says."""

from __future__ import annotations

import keras
import numpy as np
import pytest
import tensorflow as tf
from hypothesis import HealthCheck
from hypothesis import strategies as st

from engine.analysis import analyse
from engine.build import build
from engine.geometry import Shape
from engine.layers import LayerType, layer_types
from engine.layers.adaptive_pooling import AdaptivePooling2D
from engine.layers.block import Block
from engine.layers.center_crop import CenterCrop
from engine.layers.dense import Dense
from engine.layers.flatten import Flatten
from engine.layers.input import Input
from engine.layers.resizing import Resizing
from engine.network import Network
from tests.engine.layers.strategies import STACKABLE, settings_of

SINGLE = tuple(kind for kind in STACKABLE if not issubclass(layer_types()[kind], Block))
CALM = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large]


def run_keras(type: LayerType, shape: Shape) -> keras.layers.Layer:
    """Build Keras's layer into a model, as `engine/build.py` does, and send one image through it."""
    layer = type.build("layer", seed=1)
    layer(keras.Input(shape))
    layer(np.ones((1, *shape), np.float32), training=True)
    return layer


def agree(type: LayerType, shape: Shape) -> bool:
    """Check everything said about `type` on `shape`; whether it is accepted."""
    faults = type.faults((shape,))
    if isinstance(type, Resizing | CenterCrop | AdaptivePooling2D) and len(shape) == 2 and faults:
        # Keras takes a batch of tables for one image, or for rows without columns.
        return False
    if faults:
        with pytest.raises((ValueError, UserWarning, ZeroDivisionError, IndexError, tf.errors.InvalidArgumentError)):
            run_keras(type, shape)
        assert all(one.what and one.expected and one.fix for one in faults)
        return False
    layer = run_keras(type, shape)
    assert type.output_shape((shape,)) == tuple(layer.compute_output_shape((None, *shape)))[1:]
    ours = [(one.name, one.shape, one.trainable) for one in type.weights((shape,))]
    assert ours == [(one.name, tuple(one.shape), one.trainable) for one in layer.weights]
    assert sum(int(np.prod(shape)) for _, shape, _ in ours) == layer.count_params()
    return True


@st.composite
def networks(draw: st.DrawFn) -> Network:
    """A random stack of layers, blocks among them; the convolutions are of one group, which Keras compiles quickly."""
    image = Input(draw(st.integers(4, 12)), draw(st.integers(4, 12)), draw(st.sampled_from(["rgb", "grayscale"])))
    kinds = draw(st.lists(st.sampled_from(STACKABLE), min_size=0, max_size=4))
    types = [draw(settings_of(layer_types()[kind])) for kind in kinds]
    types = [one.changed(groups=1) if hasattr(one, "groups") else one for one in types]
    return Network.of(image, [*types, Flatten(), Dense(3)])


def stacks_agree(network: Network) -> bool:
    """Check everything said about `network`; whether it is accepted."""
    analysis = analyse(network, 3)
    if analysis.graph is None:
        assert analysis.problems
        for one in analysis.problems:
            inputs = analysis.facts[one.layer].inputs
            if one.fault is not None and inputs and one.layer in {layer.id for layer in network.layers}:
                refused = network.layer(one.layer).type
                assert isinstance(refused, Block) or not agree(refused, inputs[0])
        return False
    model = build(analysis.graph, seed=0)
    for node in analysis.graph:
        layer = model.get_layer(node.keras_name)
        facts = analysis.facts[node.path]
        assert facts.output_shape == layer.output.shape[1:]
        assert facts.parameters == layer.count_params()
        assert facts.trainable == sum(int(np.prod(one.shape)) for one in layer.trainable_weights)
    assert analysis.parameters == model.count_params()
    assert model.output_shape == (None, 3)
    return True

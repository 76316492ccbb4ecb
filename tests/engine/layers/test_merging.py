"""The layers that join several inputs: what we say of them is what Keras says, and they stand inside blocks only."""

from __future__ import annotations

import keras
import numpy as np
import pytest
import tensorflow as tf
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from engine.analysis import analyse
from engine.geometry import Shape
from engine.layers import LayerType, layer_types, stackable_types
from engine.layers.add import Add
from engine.layers.concatenate import Concatenate
from engine.layers.flatten import Flatten
from engine.layers.input import Input
from engine.layers.multiply import Multiply
from engine.network import Network

MERGING = {"Add": Add(), "Concatenate": Concatenate(), "Multiply": Multiply()}
SIDES = st.sampled_from([1, 1, 2, 3])
MAPS: st.SearchStrategy[Shape] = st.tuples(SIDES, SIDES, SIDES)
SHAPES = st.one_of(
    st.lists(MAPS, min_size=2, max_size=3),
    st.tuples(MAPS, st.integers(2, 3)).map(lambda drawn: [drawn[0]] * drawn[1]),
    st.lists(st.tuples(SIDES), min_size=2, max_size=3),
)


def test_they_are_all_that_join_several_inputs_and_no_stack_offers_them() -> None:
    assert {kind for kind, one in layer_types().items() if one.several_inputs} == set(MERGING)
    assert not set(stackable_types()) & {"Input", *MERGING}


@pytest.mark.parametrize("type", MERGING.values(), ids=MERGING)
def test_shapes_refusals_and_values_equal_keras(type: LayerType) -> None:
    @settings(deadline=None, max_examples=80)
    @given(SHAPES, st.integers(0, 1000))
    def check(shapes: list[Shape], seed: int) -> None:
        inputs = tuple(shapes)
        random = np.random.default_rng(seed)
        images = [random.normal(size=shape).astype(np.float32) for shape in inputs]
        # Two images: with a single one Keras 3.15 takes (1, 2, 1) beside (1, 1, 2) for a bias and adds it wrongly.
        pairs = [np.stack([image, image]) for image in images]
        layer = type.build("layer")
        if type.faults(inputs):
            with pytest.raises((ValueError, tf.errors.InvalidArgumentError)):
                layer(pairs)
            return
        theirs = np.asarray(layer(pairs))[0]
        assert theirs.shape == type.output_shape(inputs)
        at = tuple(int(random.integers(side)) for side in theirs.shape)
        ours = type.arithmetic_of(images, {}, at)
        assert ours.output == pytest.approx(float(theirs[at]), rel=1e-5, abs=1e-6)
        for term in ours.terms:
            place = (term.row, term.column, term.channel) if len(inputs[0]) == 3 else (term.channel,)
            assert term.input == float(images[term.source][place])

    check()


@pytest.mark.parametrize("type", MERGING.values(), ids=MERGING)
def test_in_a_plain_stack_each_says_that_it_wants_a_block(type: LayerType) -> None:
    (problem,) = analyse(Network.of(Input(8, 8), [type, Flatten()])).problems
    assert problem.layer == "layer_001"
    assert "Branches" in problem.fix
    with pytest.raises(ValueError, match="list of"):
        type.build("layer")(keras.Input((4, 4, 2)))


@pytest.mark.parametrize("type", MERGING.values(), ids=MERGING)
def test_each_says_what_it_does_with_its_own_numbers(type: LayerType) -> None:
    two, three = type.explain(((4, 4, 5), (4, 4, 5))), type.explain(((4, 4, 5),) * 3)
    assert two.endswith(".")
    assert "2 inputs" in two
    assert "3 inputs" in three


@settings(deadline=None, max_examples=50)
@given(SHAPES)
def test_the_order_of_inputs_does_not_matter_to_a_sum(shapes: list[Shape]) -> None:
    inputs = tuple(shapes)
    assume(not Add().faults(inputs))
    assert Add().output_shape(inputs) == Add().output_shape(inputs[::-1]) == Multiply().output_shape(inputs)

"""How a network ends: in one number for each class."""

from __future__ import annotations

import math
from collections.abc import Mapping

from engine.edits import Edit, Insert, SetValues
from engine.expansion import expand
from engine.facts import Facts, Problem
from engine.geometry import Shape
from engine.graph import INPUT_PATH
from engine.layers import Family
from engine.layers.base import LayerType, Settings
from engine.layers.dense import Dense
from engine.layers.flatten import Flatten
from engine.layers.global_average_pooling2d import GlobalAveragePooling2D
from engine.network import Layer, Network

EMPTY, MAPS, CLASSES = "end: no layers", "end: maps", "end: classes"
"""Topics of the problems here. Each is about the network as a whole, whatever layer it stands on."""

_LONG_LIST = 4096
"""From so many numbers on, global pooling is the better way to a list than Flatten."""


def deciding_layer(network: Network, facts: Mapping[str, Facts]) -> Layer | None:
    """The layer whose units or filters are the numbers that leave the network, or None where there is none."""
    for layer in reversed(network.stack):
        if layer.type.outputs_by:
            return layer
        known = facts[layer.id]
        if known.inputs is None or known.output_shape is None:
            if layer.type.family is Family.SHAPE:
                return None
        elif known.inputs[0][-1] != known.output_shape[-1]:
            return None
    return None


def with_classes(network: Network, classes: int) -> Network:
    """The network made to give `classes` numbers; unchanged where it has no layer that decides how many leave."""
    layer = deciding_layer(network, expand(network).facts)
    if layer is None:
        return network
    return network.set_type(layer.id, layer.type.changed(**{layer.type.outputs_by: classes}))


def ending_problems(network: Network, facts: Mapping[str, Facts], classes: int | None) -> tuple[Problem, ...]:
    """What is wrong with the values that leave a network whose layers are in order.

    Args:
        network: The stack.
        facts: What is known of its layers.
        classes: How many classes the dataset has, or None where no dataset is chosen yet.
    """
    if not network.stack:
        return (
            Problem(
                INPUT_PATH,
                "The network has no layers yet.",
                "A network ends in one number for each class.",
                "Add layers; the last one is usually Dense with a softmax activation.",
                EMPTY,
                (Insert((Flatten(), _last(classes))),),
            ),
        )
    last = network.stack[-1]
    shape = facts[last.id].output_shape
    assert shape is not None, "the layers are in order"
    layer = deciding_layer(network, facts)
    if len(shape) != 1:
        return (_ends_in_maps(last, layer, shape, facts, classes),)
    if classes is None or shape[0] == classes:
        return ()
    return (
        Problem(
            (layer or last).id,
            f"The network ends in {_numbers(shape[0])}, and the dataset has {classes:,} classes.",
            "The network gives one number for each class, for two classes too.",
            f"Set {layer.type.outputs_by} of {layer.full_title} to {classes}."
            if layer
            else f"Add Dense with {classes} units at the end.",
            CLASSES,
            _fitting(layer, classes),
        ),
    )


def _fitting(layer: Layer | None, classes: int) -> tuple[Edit, ...]:
    if layer is None:
        return (Insert((_last(classes),)),)
    fits: Settings = ((layer.type.outputs_by, classes),)
    if layer.type.last_activation() == "sigmoid" and getattr(layer.type, "activation", "") == "sigmoid":
        # One number through sigmoid is how two classes are told apart elsewhere; here each has a number of its own.
        fits = (*fits, ("activation", "softmax"))
    return (SetValues(layer.id, fits), Insert((_last(classes),)))


def _last(classes: int | None) -> Dense:
    """The usual last layer."""
    return Dense(classes or 10, activation="linear" if classes == 1 else "softmax")


def _to_list(shape: Shape) -> tuple[LayerType, ...]:
    """The layer types that make a list of `shape`, the better one first."""
    both = (Flatten(), GlobalAveragePooling2D())
    return both[::-1] if len(shape) == 3 and math.prod(shape) >= _LONG_LIST else both


def _ends_in_maps(
    last: Layer, layer: Layer | None, shape: Shape, facts: Mapping[str, Facts], classes: int | None
) -> Problem:
    size = " × ".join(map(str, shape))
    at_the_end = tuple(Insert(types) for types in _endings(layer, shape, classes))
    expected = "The network ends in a list of numbers, one for each class."
    if layer is not None and layer.type.family is Family.DENSE:
        entering = facts[layer.id].inputs or ()
        places = " × ".join(map(str, entering[0][:-1]))
        before = (Insert((one,), layer.id) for one in _to_list(entering[0]))
        return Problem(
            layer.id,
            f"{layer.full_title} looks at each of {places} places by itself: the network ends in maps of {size}.",
            expected,
            f"Add Flatten or GlobalAveragePooling2D before {layer.full_title}.",
            MAPS,
            (*before, *at_the_end),
        )
    units = f"{classes} units" if classes else "one unit for each class"
    return Problem(
        last.id,
        f"The network ends in maps of {size}, not in one number for each class.",
        expected,
        f"Add Flatten or GlobalAveragePooling2D, and then Dense with {units}.",
        MAPS,
        at_the_end,
    )


def _endings(layer: Layer | None, shape: Shape, classes: int | None) -> list[tuple[LayerType, ...]]:
    """What can stand at the end: a list and Dense; or global pooling alone, where one map leaves for each class."""
    found: list[tuple[LayerType, ...]] = [(one, _last(classes)) for one in _to_list(shape)]
    return [(GlobalAveragePooling2D(),), *found] if layer is not None and shape[-1] == classes else found


def _numbers(count: int) -> str:
    return "one number" if count == 1 else f"{count:,} numbers"

"""How a network ends: in one number for each class."""

from __future__ import annotations

from collections.abc import Mapping

from engine.expansion import expand
from engine.facts import Facts, Problem
from engine.graph import INPUT_PATH
from engine.layers import Family
from engine.network import Layer, Network


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
            ),
        )
    last = network.stack[-1]
    shape = facts[last.id].output_shape
    assert shape is not None, "the layers are in order"
    layer = deciding_layer(network, facts)
    if len(shape) != 1:
        return (_ends_in_maps(last, layer, " × ".join(map(str, shape)), facts, classes),)
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
        ),
    )


def _ends_in_maps(
    last: Layer, layer: Layer | None, size: str, facts: Mapping[str, Facts], classes: int | None
) -> Problem:
    expected = "The network ends in a list of numbers, one for each class."
    if layer is not None and layer.type.family is Family.DENSE:
        entering = facts[layer.id].inputs or ()
        places = " × ".join(map(str, entering[0][:-1]))
        return Problem(
            layer.id,
            f"{layer.full_title} looks at each of {places} places by itself: the network ends in maps of {size}.",
            expected,
            f"Add Flatten or GlobalAveragePooling2D before {layer.full_title}.",
        )
    units = f"{classes} units" if classes else "one unit for each class"
    return Problem(
        last.id,
        f"The network ends in maps of {size}, not in one number for each class.",
        expected,
        f"Add Flatten or GlobalAveragePooling2D, and then Dense with {units}.",
    )


def _numbers(count: int) -> str:
    return "one number" if count == 1 else f"{count:,} numbers"

"""Advice: what would make a network better, although it can be trained as it is."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Mapping

from engine.edits import Edit, Insert, Move, Remove, Replace, SetValues
from engine.ending import deciding_layer
from engine.facts import Facts, Problem
from engine.layers import Family
from engine.layers.activations import ACTIVATIONS
from engine.layers.base import LayerType
from engine.layers.global_average_pooling2d import GlobalAveragePooling2D
from engine.layers.relu import ReLU
from engine.layers.rescaling import Rescaling
from engine.network import Layer, Network

_MOST_PARAMETERS = 0.9
"""The share of all parameters from which on one layer is too heavy."""

_MANY_PARAMETERS = 100_000
"""Below so many parameters a layer is never too heavy."""


def advice(network: Network, facts: Mapping[str, Facts], parameters: int | None) -> tuple[Problem, ...]:
    """What a teacher would say about this stack.

    Args:
        network: The stack.
        facts: What is known of its layers.
        parameters: All of them, or None where a fault leaves that unknown.
    """
    stack = network.stack
    layer = deciding_layer(network, facts)
    place = stack.index(layer) if layer else len(stack)
    return (
        *_unscaled(network),
        *_straight(stack[: place + 1]),
        *_early_softmax(stack[:place]),
        *_heavy(stack, facts, parameters),
        *_tail(stack[place:]),
    )


def _unscaled(network: Network) -> Iterator[Problem]:
    """Weights that meet raw pixels."""
    for layer in network.stack:
        if layer.type.family is Family.NORMALISATION:
            return
        if layer.type.outputs_by:
            yield Problem(
                layer.id,
                f"Pixel values from 0 to 255 enter {layer.full_title} as they are.",
                "Networks learn best from small values, such as 0 to 1.",
                "Add Rescaling as the first layer.",
                "unscaled",
                (Insert((Rescaling(),), network.layers[0].id),),
            )
            return


def _straight(stack: tuple[Layer, ...]) -> Iterator[Problem]:
    """Two layers of weights with nothing bent between them: together they can do no more than one."""
    before: Layer | None = None
    after: Layer | None = None
    for layer in stack:
        if before is not None and after is None:
            after = layer
        if layer.type.outputs_by and before is not None and after is not None:
            yield Problem(
                before.id,
                f"Nothing bends the values between {before.full_title} and {layer.full_title}.",
                "Two layers that only add up products can do no more than one.",
                f"Give {before.full_title} an activation such as relu.",
                "straight",
                (*_bent(before), Insert((ReLU(),), after.id)),
            )
        if layer.type.bends():
            before = None
        elif layer.type.outputs_by:
            before, after = layer, None


def _bent(layer: Layer, activation: str = "relu") -> tuple[Edit, ...]:
    """Another activation, where the layer has one of its own."""
    return (SetValues(layer.id, (("activation", activation),)),) if _has_activation(layer.type) else ()


def _has_activation(type: LayerType) -> bool:
    return any(one.name == "activation" for one in type.parameters())


def _early_softmax(stack: tuple[Layer, ...]) -> Iterator[Problem]:
    for layer in stack:
        if layer.type.gives_probabilities():
            yield Problem(
                layer.id,
                f"{layer.full_title} ends in softmax in the middle of the network.",
                "Softmax belongs at the end: it makes all values small and lets one of them win.",
                "Choose relu here.",
                "early softmax",
                _bent(layer) or (Replace(layer.id, ReLU()), Remove(layer.id)),
            )


def _heavy(stack: tuple[Layer, ...], facts: Mapping[str, Facts], parameters: int | None) -> Iterator[Problem]:
    """A layer that holds nearly all weights, because it looks at all places of the maps at once."""
    if parameters is None:
        return
    searched = False
    for before, layer in itertools.pairwise(stack):
        searched = searched or bool(before.type.outputs_by)
        own = facts[layer.id].parameters or 0
        large = own >= max(_MANY_PARAMETERS, _MOST_PARAMETERS * parameters)
        # Without a convolution above there are no patterns yet whose mean over the places would say anything.
        if large and searched and _flattens(before, facts[before.id]):
            share = int(100 * own / parameters)
            yield Problem(
                layer.id,
                f"{share} % of the parameters are in {layer.full_title}: {own:,} of {parameters:,}.",
                "So many weights in one layer learn the training images by heart.",
                f"Put global pooling in the place of {before.full_title}, or shrink the maps above it.",
                "heavy",
                (Replace(before.id, GlobalAveragePooling2D()),),
            )


def _flattens(layer: Layer, facts: Facts) -> bool:
    """Whether it makes one list of all values of several maps."""
    entering = facts.inputs[0] if facts.inputs else ()
    return layer.type.family is Family.SHAPE and len(entering) == 3 and facts.output_shape == (math.prod(entering),)


def _tail(stack: tuple[Layer, ...]) -> Iterator[Problem]:
    """From the layer that gives the classes' numbers to the end."""
    bent, first = "", None
    for place, layer in enumerate(stack):
        elsewhere = (Move(layer.id, stack[0].id), Remove(layer.id)) if place else ()
        if layer.type.family is Family.REGULARISATION:
            yield Problem(
                layer.id,
                f"{layer.full_title} holds back or silences the numbers of whole classes.",
                "The numbers of the classes leave the network as they are.",
                "Move it before the layer that gives these numbers.",
                "regularised classes",
                elsewhere,
            )
        elif layer.type.family is Family.NORMALISATION:
            yield Problem(
                layer.id,
                f"{layer.full_title} brings the numbers of the classes to one size.",
                "How sure the network is shows in the size of these numbers.",
                "Move it before the layer that gives these numbers.",
                "normalised classes",
                elsewhere,
            )
        name = layer.type.last_activation()
        if name == "linear":
            continue
        if bent == name == "softmax" and first is not None:
            yield Problem(
                layer.id,
                f"{layer.full_title} applies softmax to probabilities.",
                "Softmax is applied once; twice, the network can hardly become certain.",
                "Remove one of the two.",
                "two softmaxes",
                (*_unbent(layer), *_unbent(first, elsewhere=True)),
            )
        elif name != "softmax":
            yield Problem(
                layer.id,
                f"The numbers of the classes go through {ACTIVATIONS[name].title}, which {ACTIVATIONS[name].words}.",
                "They go through softmax, or through nothing: the loss then applies softmax itself.",
                f"Set the activation of {layer.full_title} to softmax, or remove it.",
                "bent classes",
                (*_bent(layer, "softmax"), *_unbent(layer)),
            )
        bent, first = name, layer


def _unbent(layer: Layer, *, elsewhere: bool = False) -> tuple[Edit, ...]:
    """No activation there: a layer that learns loses its own, and one that only bends goes."""
    if not layer.type.outputs_by:
        return (Remove(layer.id, elsewhere),)
    linear = SetValues(layer.id, (("activation", "linear"),), elsewhere)
    return (linear,) if _has_activation(layer.type) else ()

"""Advice: what would make a network better, although it can be trained as it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from engine.ending import deciding_layer
from engine.facts import Facts, Problem
from engine.layers import Family
from engine.layers.activations import ACTIVATIONS
from engine.network import Layer, Network


def advice(network: Network, facts: Mapping[str, Facts]) -> tuple[Problem, ...]:
    """What a teacher would say about this stack."""
    layer = deciding_layer(network, facts)
    place = network.stack.index(layer) if layer else len(network.stack)
    return (
        *_unscaled(network),
        *_straight(network.stack[: place + 1]),
        *_early_softmax(network.stack[:place]),
        *_tail(network.stack[place:]),
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
            )
            return


def _straight(stack: tuple[Layer, ...]) -> Iterator[Problem]:
    """Two layers of weights with nothing bent between them: together they can do no more than one."""
    before: Layer | None = None
    for layer in stack:
        if layer.type.outputs_by and before is not None:
            yield Problem(
                before.id,
                f"Nothing bends the values between {before.full_title} and {layer.full_title}.",
                "Two layers that only add up products can do no more than one.",
                f"Give {before.full_title} an activation such as relu.",
            )
        if layer.type.bends():
            before = None
        elif layer.type.outputs_by:
            before = layer


def _early_softmax(stack: tuple[Layer, ...]) -> Iterator[Problem]:
    for layer in stack:
        if layer.type.gives_probabilities():
            yield Problem(
                layer.id,
                f"{layer.full_title} ends in softmax in the middle of the network.",
                "Softmax belongs at the end: it makes all values small and lets one of them win.",
                "Choose relu here.",
            )


def _tail(stack: tuple[Layer, ...]) -> Iterator[Problem]:
    """From the layer that gives the classes' numbers to the end."""
    bent = ""
    for layer in stack:
        if layer.type.family is Family.REGULARISATION:
            yield Problem(
                layer.id,
                f"{layer.full_title} holds back or silences the numbers of whole classes.",
                "The numbers of the classes leave the network as they are.",
                "Move it before the layer that gives these numbers.",
            )
        name = layer.type.last_activation()
        if name == "linear":
            continue
        if bent == name == "softmax":
            yield Problem(
                layer.id,
                f"{layer.full_title} applies softmax to probabilities.",
                "Softmax is applied once; twice, the network can hardly become certain.",
                "Remove one of the two.",
            )
        elif name != "softmax":
            yield Problem(
                layer.id,
                f"The numbers of the classes go through {ACTIVATIONS[name].title}, which {ACTIVATIONS[name].words}.",
                "They go through softmax, or through nothing.",
                f"Set the activation of {layer.full_title} to softmax, or remove it.",
            )
        bent = name

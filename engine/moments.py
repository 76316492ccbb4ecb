"""Moments: mean and variance of each channel on their way from the pixels into the stack."""

from __future__ import annotations

from engine.edits import Edit, SetValues
from engine.errors import EngineError
from engine.layers.base import Moments
from engine.layers.normalization import Normalization
from engine.network import Layer, Network


def obstacle(network: Network, id: str) -> Layer | None:
    """The first layer above the one called `id` after which moments no longer follow from those of the pixels."""
    channels = network.input.shape[-1]
    pixel = Moments((0.0,) * channels, (1.0,) * channels)
    above = network.layers[: network.index(id)]
    return next((one for one in above if one.enabled and one.type.moments(pixel) is None), None)


def filled(network: Network, id: str, pixels: Moments) -> Edit:
    """The edit that sets a layer to the mean and variance of what enters it in training.

    Args:
        network: The stack.
        id: A layer whose type `measures`.
        pixels: Mean and variance of each channel of the training images.

    Raises:
        EngineError: where a layer above makes them unknown.
    """
    layer = network.layer(id)
    entering = pixels
    for one in network.layers[: network.index(id)]:
        left = one.type.moments(entering) if one.enabled else entering
        if left is None:
            raise EngineError(
                f"What enters {layer.full_title} is not known beforehand: {one.full_title} stands above it.",
                "Only layers that rescale the pixels stand above a layer that is set by the training images.",
                f"Move {layer.full_title} above {one.full_title}.",
            )
        entering = left
    return SetValues(id, layer.type.measured(entering))


def normalized(network: Network, pixels: Moments) -> Network:
    """The network with each layer that `measures` set by the training images; without one, with a Normalization.

    The new layer comes after the layers at the top that only rescale.

    Args:
        network: The stack.
        pixels: Mean and variance of each channel of the training images.

    Raises:
        EngineError: as `filled`.
    """
    if not any(one.type.measures and one.enabled for one in network.layers):
        place = next(
            (at for at, one in enumerate(network.layers) if one.enabled and one.type.moments(pixels) is None),
            len(network.layers),
        )
        network = network.added(Normalization(), place)
    for one in network.layers:
        if one.type.measures and one.enabled:
            network = filled(network, one.id, pixels).on_network(network)
    return network

"""Which picture explains a layer: its geometry decides, so that a new layer type needs no new drawing code."""

from __future__ import annotations

import numpy as np

from engine.geometry import Full, Lookup, Normalisation, Permutation, Shapes, Window
from engine.layers.base import LayerType
from engine.layers.block import Block
from gui.explanation.chance import ChancePicture
from gui.explanation.elementwise import CurvePicture
from gui.explanation.full import full_picture
from gui.explanation.joining import JoiningPicture
from gui.explanation.lookup import LookupPicture
from gui.explanation.normalising import NormalisingPicture
from gui.explanation.picture import ExplainingPicture
from gui.explanation.rearranging import RearrangingPicture
from gui.explanation.volume import VolumePicture
from gui.explanation.window import WindowPicture


def picture_of(type: LayerType, inputs: Shapes) -> ExplainingPicture:
    """The picture of a layer that takes these inputs; `faults` must have found none."""
    if not inputs:
        return VolumePicture(type)
    if isinstance(type, Block):
        # The first paint of the window need not wait for what draws blocks.
        from gui.explanation.block import BlockPicture

        return BlockPicture(type, inputs)
    if len(inputs) > 1:
        return JoiningPicture(type, inputs)
    geometry = type.geometry(inputs)
    if isinstance(geometry, Window):
        return WindowPicture(type, inputs, geometry)
    if isinstance(geometry, Lookup):
        return LookupPicture(type, inputs, geometry)
    if isinstance(geometry, Full):
        return full_picture(type, inputs, geometry)
    if isinstance(geometry, Permutation):
        return RearrangingPicture(type, inputs)
    if isinstance(geometry, Normalisation):
        return NormalisingPicture(type, inputs, geometry)
    if type.in_training(np.ones((1,) * len(inputs[0])), np.random.default_rng(0)) is not None:
        return ChancePicture(type, inputs)
    return CurvePicture(type, inputs)

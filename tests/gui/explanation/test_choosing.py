from __future__ import annotations

import itertools
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from PySide6.QtGui import QColor, QImage

from engine.analysis import analyse
from engine.geometry import Shape, Shapes
from engine.layers import layer_types
from engine.layers.base import LayerType
from engine.layers.block import Block
from engine.layers.conv2d import Conv2D
from engine.layers.dense import Dense
from engine.layers.input import Input
from engine.layers.max_pooling2d import MaxPooling2D
from engine.network import Network
from tests.engine.layers.strategies import SHAPES, layers
from tests.gui.explanation.frames import film, painted


def entering(type: LayerType, shape: Shape) -> Shapes:
    """Inputs of this shape, as many as the layer takes."""
    return () if isinstance(type, Input) else (shape, shape) if type.several_inputs else (shape,)


def blank() -> QImage:
    image = QImage(256, 186, QImage.Format.Format_RGB32)
    image.fill(QColor("#ffffff"))
    return image


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(layers(), SHAPES, st.integers(0, 500))
def test_every_layer_with_any_settings_on_any_shape_has_a_picture(
    qapp: Any, type: LayerType, shape: Shape, frame: int
) -> None:
    assume(not type.faults((shape,)))
    picture = film(type, shape)
    assert picture.frames >= 1
    assert painted(picture, frame) != blank()
    assert picture.words()
    assert picture.words()[0].isupper() or picture.words()[0].isdigit()


LARGE: tuple[Shape, ...] = ((224, 224, 3), (1, 500, 64), (513, 7, 1), (25_088,), (300, 200))


@pytest.mark.parametrize("kind", layer_types())
def test_large_inputs_are_sketched_and_it_is_said(qapp: Any, kind: str) -> None:
    type = layer_types()[kind]()
    for shape in LARGE:
        inputs = entering(type, shape)
        if type.faults(inputs) or (isinstance(type, Block) and len(shape) != 3):
            continue
        picture = film(type, *inputs)
        for frame in (0, picture.frames // 2, picture.frames - 1):
            assert painted(picture, frame) != blank()


@pytest.mark.parametrize("kind", layer_types())
def test_a_picture_of_several_frames_moves(qapp: Any, kind: str) -> None:
    type = layer_types()[kind]()
    for shape in ((8, 8, 4), (12,)):
        inputs = entering(type, shape)
        if not type.faults(inputs) and not (isinstance(type, Block) and len(shape) == 1):
            picture = film(type, *inputs)
            frames = [painted(picture, one) for one in range(min(picture.frames, 4))]
            assert all(one != other for one, other in itertools.pairwise(frames))


SETTINGS: tuple[tuple[str, Shape, dict[str, Any]], ...] = (
    ("Conv2D", (9, 9, 3), {"kernel_size": (5, 5)}),
    ("Conv2D", (9, 9, 3), {"strides": (2, 2)}),
    ("Conv2D", (9, 9, 3), {"padding": "same"}),
    ("Conv2D", (9, 9, 3), {"dilation_rate": (2, 2)}),
    ("Conv2D", (9, 9, 3), {"filters": 1}),
    ("Conv2D", (9, 9, 3), {"activation": "relu"}),
    ("MaxPooling2D", (9, 9, 3), {"pool_size": (3, 3)}),
    ("MaxPooling2D", (9, 9, 3), {"padding": "same"}),
    ("Conv2DTranspose", (5, 5, 2), {"strides": (2, 2)}),
    ("Dense", (6,), {"units": 3}),
    ("Dense", (6,), {"activation": "tanh"}),
    ("Dropout", (40,), {"rate": 0.1}),
    ("SpatialDropout2D", (8, 8, 4), {"rate": 0.1}),
    ("GaussianNoise", (8, 8, 4), {"stddev": 0.9}),
    ("GaussianDropout", (8, 8, 4), {"rate": 0.1}),
    ("Activation", (8, 8, 4), {"activation": "tanh"}),
    ("ReLU", (8,), {"negative_slope": 0.3}),
    ("ReLU", (8,), {"max_value": 6.0}),
    ("LeakyReLU", (8,), {"negative_slope": 0.1}),
    ("Rescaling", (8, 8, 3), {"offset": -1.0}),
    ("ActivityRegularization", (8,), {"l2": 0.5}),
    ("GroupNormalization", (8, 8, 64), {"groups": 2}),
    ("ZeroPadding2D", (6, 6, 1), {"padding": (2, 0, 1, 0)}),
    ("Cropping2D", (9, 9, 1), {"cropping": (2, 0, 1, 0)}),
    ("UpSampling2D", (4, 4, 1), {"size": (3, 3)}),
    ("Resizing", (9, 9, 1), {"height": 20}),
    ("Permute", (4, 5, 2), {"dims": (3, 1, 2)}),
    ("RepeatVector", (5,), {"n": 7}),
    ("Residual", (9, 9, 8), {"variant": "bottleneck"}),
)


@pytest.mark.parametrize(("kind", "shape", "changes"), SETTINGS)
def test_two_settings_give_two_pictures_and_two_texts(
    qapp: Any, kind: str, shape: Shape, changes: dict[str, Any]
) -> None:
    usual = layer_types()[kind]()
    other = usual.changed(**changes)
    assert painted(film(usual, shape), 1) != painted(film(other, shape), 1)
    assert usual.explain((shape,)) != other.explain((shape,))


def test_an_input_of_another_size_is_another_picture(qapp: Any) -> None:
    pool = MaxPooling2D()
    assert painted(film(pool, (8, 8, 1)), 1) != painted(film(pool, (9, 9, 1)), 1)
    assert "1 row at the bottom" in film(pool, (9, 9, 1)).words()
    assert "left out" not in film(pool, (8, 8, 1)).words()


def test_the_input_of_a_network_has_a_picture_too(qapp: Any) -> None:
    network = Network.of(Input(20, 30), (Conv2D(), Dense()))
    facts = analyse(network, None).facts["input"]
    picture = film(network.input, *(facts.inputs or ()))
    assert "3 sheets of 20 rows by 30 columns" in picture.words()

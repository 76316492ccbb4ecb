"""What holds for every layer type that a file in engine/layers declares."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.errors import EngineError
from engine.layers import Family, LayerType, layer_type, layer_types
from engine.layers.edges import Sides
from engine.parameters import Choice, Flag
from engine.variants import Alternative, Variant
from tests.engine.layers.strategies import layers

KINDS = tuple(layer_types())
CHOSEN = {"maps": ((28, 24, 4),), "list": ((64,),)}
CHANGES: dict[str, dict[str, object]] = {
    "filters": {"filters": 8},
    "kernel_size": {"kernel_size": (5, 3)},
    "strides": {"strides": (3, 3)},
    "dilation_rate": {"dilation_rate": (2, 1)},
    "groups": {"groups": 2},
    "output_padding": {"output_padding": (0, 0)},
    "size": {"size": (3, 2)},
    "output_size": {"output_size": (2, 3)},
    "target_shape": {"target_shape": (-1, 2)},
    "dims": {"dims": (3, 1, 2)},
    "n": {"n": 5},
    "mean": {"mean": (0.5,)},
    "variance": {"variance": (4.0,)},
    "depth_multiplier": {"depth_multiplier": 2},
    "pool_size": {"pool_size": (3, 2)},
    "units": {"units": 7},
    "rate": {"rate": 0.25},
    "momentum": {"momentum": 0.9},
    "epsilon": {"epsilon": 0.01},
    "scale": {"scale": 1 / 127.5},
    "offset": {"offset": -1.0},
    "max_value": {"max_value": 6.0},
    "negative_slope": {"negative_slope": 0.1},
    "threshold": {"threshold": 0.5},
    "alpha": {"alpha": 0.5},
    "stddev": {"stddev": 0.3},
    "expansion": {"expansion": 1},
    "ratio": {"ratio": 2},
    "squeeze": {"squeeze": 7},
    "expand": {"expand": 7},
    "layers": {"layers": 3},
    "growth_rate": {"growth_rate": 5},
    **{name: {name: 7} for name in ("filters_1x1", "reduce_3x3", "filters_3x3", "reduce_5x5", "filters_5x5")},
    "filters_pool": {"filters_pool": 7},
    "l1": {"l1": 0.01},
    "l2": {"l2": 0.01},
    "height": {"height": 8},
    "width": {"width": 8},
}


def changed(type: LayerType, name: str) -> LayerType:
    """The type with one parameter set to another value."""
    value = getattr(type, name)
    parameter = type.parameter(name)
    if isinstance(parameter, Flag):
        return type.changed(**{name: not value})
    if isinstance(parameter, Choice):
        return type.changed(**{name: next(one for one in parameter.choices if one != value)})
    if isinstance(parameter, Variant):
        return type.changed(**{name: next(one.name for one in parameter.alternatives if one.name != value)})
    if isinstance(parameter, Sides):
        return type.changed(**{name: (value[0], value[1] + 1, *value[2:])})
    return type.changed(**CHANGES[name])


def several(alternative: Alternative) -> list[str]:
    """The alternative with its usual numbers, and with each of them changed."""
    usual = {one.name: float(str(one.default)) for one in alternative.numbers}
    changes = [usual | {name: value + 0.02 if value < 1 else value / 2} for name, value in usual.items()]
    return [alternative.written(one) for one in [usual, *changes]]


def test_all_layer_types_are_there() -> None:
    assert set(KINDS) >= {
        *("Input", "Conv2D", "DepthwiseConv2D", "SeparableConv2D", "Conv2DTranspose", "ConvBNActivation"),
        *("MaxPooling2D", "AveragePooling2D", "GlobalAveragePooling2D", "GlobalMaxPooling2D"),
        *("AdaptiveAveragePooling2D", "AdaptiveMaxPooling2D", "Dense", "Dropout", "Activation", "ReLU"),
        *("BatchNormalization", "LayerNormalization", "Normalization", "Rescaling", "Resizing", "CenterCrop"),
        *("ZeroPadding2D", "Cropping2D", "UpSampling2D", "Flatten", "Reshape", "Permute", "RepeatVector"),
        *("GroupNormalization", "RMSNormalization", "UnitNormalization", "LeakyReLU", "PReLU", "ELU", "Softmax"),
        *("SpatialDropout2D", "GaussianNoise", "GaussianDropout", "ActivityRegularization"),
        *("Add", "Concatenate", "Multiply", "Branches", "Residual", "Inception", "SqueezeAndExcitation"),
        *("InvertedResidual", "DenseBlock", "Fire"),
    }


def test_the_palette_is_in_the_order_of_the_families() -> None:
    places = [list(Family).index(type.family) for type in layer_types().values()]
    assert places == sorted(places)


def test_an_unknown_kind_is_refused_by_name() -> None:
    with pytest.raises(EngineError, match="no layer type called 'Conv9D'"):
        layer_type("Conv9D")


@pytest.mark.parametrize("kind", KINDS)
def test_every_type_and_parameter_says_what_it_is_for(kind: str) -> None:
    type = layer_types()[kind]
    assert type.kind == kind == type.__name__
    assert type.summary.endswith(".")
    assert 20 < len(type.summary) <= 100
    for parameter in type.parameters():
        assert parameter.help.endswith("."), parameter.name
        assert parameter.check(parameter.default) == parameter.default
    if type.outputs_by:
        assert type.parameter(type.outputs_by).check(10) == 10


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("shape", CHOSEN)
def test_two_settings_give_two_explanations(kind: str, shape: str) -> None:
    inputs = () if kind == "Input" else CHOSEN[shape]
    usual = layer_types()[kind]()
    if usual.faults(inputs):
        pytest.skip("the layer works on maps only")
    assert re.search(r"\d", usual.explain(inputs) + usual.caption())
    for parameter in usual.parameters():
        other = changed(usual, parameter.name)
        assert other.explain(inputs) != usual.explain(inputs), parameter.name
        if isinstance(parameter, Choice):
            texts = {usual.changed(**{parameter.name: one}).explain(inputs) for one in parameter.choices}
            assert len(texts) == len(parameter.choices), parameter.name
        if isinstance(parameter, Variant):
            values = [one for name in parameter.alternatives for one in several(name)]
            texts = {usual.changed(**{parameter.name: one}).explain(inputs) for one in values}
            assert len(texts) == len(values), parameter.name


@settings(deadline=None)
@given(layers(), st.sampled_from([(28, 24, 4), (36,), (1, 1, 2)]))
def test_words_are_whole_sentences_with_whatever_settings(type: LayerType, shape: tuple[int, ...]) -> None:
    if type.faults((shape,)):
        return
    text = type.explain((shape,))
    assert text.endswith(".")
    assert text[0].isupper() or text[0].isdigit()
    assert "  " not in text
    assert " 1 pixels" not in text
    assert "None" not in text + type.caption()


@settings(deadline=None)
@given(layers())
def test_json_gives_the_same_layer_back(type: LayerType) -> None:
    text = json.dumps(type.to_json())
    assert layer_type(type.kind).from_json(json.loads(text)) == type


@settings(deadline=None)
@given(layers())
def test_what_a_form_shows_reads_back_as_the_same_value(type: LayerType) -> None:
    for parameter in type.parameters():
        value = getattr(type, parameter.name)
        assert parameter.parse(parameter.text(value)) == value


@pytest.mark.parametrize("kind", KINDS)
def test_an_unknown_setting_is_refused_by_name(kind: str) -> None:
    with pytest.raises(EngineError, match="no setting called 'colour'"):
        layer_types()[kind].from_json({"colour": "blue"})

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings

from engine.code.arguments import Made, layer_arguments, setting
from engine.code.keras_signatures import signatures
from engine.errors import EngineError
from engine.layers import LayerType, layer_types
from engine.layers.average_pooling2d import AveragePooling2D
from engine.layers.conv2d import Conv2D
from engine.layers.dense import Dense
from engine.layers.max_pooling2d import MaxPooling2D
from engine.layers.prelu import PReLU
from engine.layers.rescaling import Rescaling
from engine.layers.zero_padding2d import ZeroPadding2D
from tests.engine.layers.strategies import settings_of


@pytest.mark.parametrize(
    ("type", "arguments"),
    [
        (Conv2D(), ["32", "(3, 3)"]),
        (Conv2D(8, groups=2, activation="relu"), ["8", "(3, 3)", "groups=2", 'activation="relu"']),
        (MaxPooling2D(), []),
        (AveragePooling2D(), ["(2, 2)"]),
        (Rescaling(1 / 127.5, -1.0), ["0.00784313725490196", "offset=-1.0"]),
        (Rescaling(), ["1 / 255"]),
        (PReLU(shared_axes="1, 2"), ["shared_axes=(1, 2)"]),
        (ZeroPadding2D((1, 2, 3, 4)), ["padding=((1, 2), (3, 4))"]),
        (Dense(5, kernel_regularizer="l2(0.5)"), ["5", "kernel_regularizer=keras.regularizers.L2(0.5)"]),
        (Dense(5, kernel_initializer="he_normal"), ["5", 'kernel_initializer="he_normal"']),
        (Dense(5, kernel_constraint="max_norm(3)"), ["5", "kernel_constraint=keras.constraints.MaxNorm(3.0)"]),
        (
            Conv2D(5, kernel_constraint="max_norm(3)"),
            ["5", "(3, 3)", "kernel_constraint=keras.constraints.MaxNorm(3.0, axis=[0, 1, 2])"],
        ),
        (
            Dense(5, bias_initializer="random_normal(0, 0.1)"),
            ["5", "bias_initializer=keras.initializers.RandomNormal(mean=0.0, stddev=0.1)"],
        ),
    ],
)
def test_only_what_is_not_as_usual_is_written(type: LayerType, arguments: list[str]) -> None:
    assert list(layer_arguments(type)) == arguments


@pytest.mark.parametrize(
    ("name", "value", "found"),
    [
        ("activation", None, "linear"),
        ("kernel_initializer", "HeNormal", "he_normal"),
        ("kernel_initializer", Made("HeNormal", (), {"seed": 3}), "he_normal"),
        ("kernel_initializer", Made("RandomNormal", (), {"stddev": 0.5}), "random_normal(0, 0.5)"),
        ("kernel_regularizer", Made("L1L2", (0.1,), {"l2": 1}), "l1_l2(0.1, 1)"),
        ("kernel_regularizer", Made("l2"), "l2(0.01)"),
        ("kernel_regularizer", "l1", "l1(0.01)"),
        ("kernel_constraint", Made("MaxNorm", (3,), {"axis": [0, 1, 2]}), "max_norm(3)"),
        ("kernel_size", 3, (3, 3)),
        ("kernel_size", [3, 5], (3, 5)),
    ],
)
def test_what_keras_takes_becomes_a_setting(name: str, value: object, found: object) -> None:
    assert setting(Conv2D.parameter(name), value) == found


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("kernel_regularizer", Made("L2", ("much",))),
        ("kernel_regularizer", Made("L2", (0.1, 0.2))),
        ("kernel_regularizer", Made("L2", (), {"l3": 1.0})),
        ("kernel_regularizer", Made("OrthogonalRegularizer")),
        ("kernel_constraint", Made("MaxNorm", (3,))),  # along axis 0 alone, which is not ours
        ("kernel_initializer", Made("HeNormal", (True,))),
        ("kernel_initializer", 3),
        ("activation", Made("Softmax", (1,))),
        ("kernel_size", "3"),
    ],
)
def test_what_no_setting_stands_for_is_refused(name: str, value: object) -> None:
    with pytest.raises(EngineError):
        setting(Conv2D.parameter(name), value)


def one_axis(config: Any) -> Any:
    """The configuration with a list of one axis as that axis, which Keras takes to be the same."""
    if isinstance(config, dict):
        return {name: 0 if (name, one) == ("axis", [0]) else one_axis(one) for name, one in config.items()}
    return config


@pytest.mark.parametrize("kind", [kind for kind in layer_types() if kind in signatures()])
def test_what_is_written_makes_the_same_layer_in_keras(kind: str, tmp_path: Path) -> None:
    @settings(deadline=None, max_examples=5, suppress_health_check=list(HealthCheck))
    @given(settings_of(layer_types()[kind]))
    def check(type: LayerType) -> None:
        shapes = [((12, 12, 4),) * 2] if type.several_inputs else [((12, 12, 4),), ((8,),)]
        assume(any(not type.faults(one) for one in shapes))
        arguments = ", ".join([*layer_arguments(type), 'name="x"'])
        code = f"import keras\nfrom keras import layers\n\nmade = layers.{kind}({arguments})\n"
        (tmp_path / "made.py").write_text(code)
        made = runpy.run_path(str(tmp_path / "made.py"))["made"]
        assert one_axis(made.get_config()) == one_axis(type.build("x").get_config())

    check()

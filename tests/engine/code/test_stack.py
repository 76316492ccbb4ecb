from __future__ import annotations

import ast

import pytest
from hypothesis import HealthCheck, given, settings

from engine.code.reading import read_network
from engine.code.stack import layers_code, network_code
from engine.expansion import expand
from engine.layers import stackable_types
from engine.layers.conv2d import Conv2D
from engine.layers.conv_bn_activation import ConvBNActivation
from engine.layers.dense import Dense
from engine.layers.flatten import Flatten
from engine.layers.input import Input
from engine.layers.max_pooling2d import MaxPooling2D
from engine.layers.residual import Residual
from engine.network import Network
from engine.templates import template, template_names
from tests.engine.code.stacks import stacks, without_comments
from tests.engine.layers.strategies import settings_of

CALM = [HealthCheck.too_slow, HealthCheck.data_too_large]
IMAGE = Input(28, 28, "rgb")


@settings(deadline=None, max_examples=100, suppress_health_check=CALM)
@given(stacks())
def test_a_stack_comes_back_from_its_code(network: Network) -> None:
    assert read_network(network_code(network).text, network).network == network


@settings(deadline=None, max_examples=30, suppress_health_check=CALM)
@given(stacks())
def test_comments_carry_nothing(network: Network) -> None:
    code = network_code(network).text
    stripped = without_comments(code)
    assert read_network(stripped, network).network == network
    assert ast.dump(ast.parse(stripped)) == ast.dump(ast.parse(code))


@pytest.mark.parametrize("kind", stackable_types())
def test_every_layer_type_comes_back_from_code_alone(kind: str) -> None:
    @settings(deadline=None, max_examples=12, suppress_health_check=CALM)
    @given(settings_of(stackable_types()[kind]))
    def check(type: object) -> None:
        network = Network.of(IMAGE, [type])  # type: ignore[list-item]
        if expand(network).problems:
            return
        found = read_network(network_code(network).text, Network(Input(1, 1))).network
        assert (found.input, found.layers) == (network.input, network.layers)

    check()


@pytest.mark.parametrize("name", template_names())
def test_every_template_comes_back_from_code_alone(name: str) -> None:
    network = template(name, Input(64, 64, "rgb"), 10)
    code = network_code(network)
    assert read_network(code.text, Network(Input(1, 1))).network == network
    assert max(map(len, code.text.split("\n"))) <= 79


def test_a_plain_stack_reads_as_a_teacher_would_write_it() -> None:
    network = Network.of(
        Input(28, 28, "grayscale"), [Conv2D(32, activation="relu"), MaxPooling2D(), Flatten(), Dense(10)]
    )
    network = network.renamed("layer_001", "edges &\nlines").set_enabled("layer_002", False)
    assert network_code(network).text == (
        "def build_network():\n"
        '    """The layers one after the other, from the image down."""\n'
        "    return keras.Sequential(\n"
        "        [\n"
        '            keras.Input(shape=(28, 28, 1), name="input"),\n'
        "            # edges & lines\n"
        '            layers.Conv2D(32, (3, 3), activation="relu", name="layer_001"),\n'
        "            # Switched off: MaxPooling2D()\n"
        '            layers.Flatten(name="layer_003"),\n'
        '            layers.Dense(10, name="layer_004"),\n'
        "        ],\n"
        '        name="network",\n'
        "    )\n"
    )


def test_blocks_that_are_made_alike_share_a_function_and_others_have_their_own() -> None:
    network = Network.of(IMAGE, [ConvBNActivation(8), ConvBNActivation(16, strides=(2, 2)), Residual(16), Residual(32)])
    code = network_code(network).text
    made = [one.name for one in ast.parse(code).body if isinstance(one, ast.FunctionDef)]
    assert made == ["conv_bn_activation", "residual", "residual_2", "build_network"]
    assert "x = conv_bn_activation(x, strides=(2, 2), " not in code
    assert 'x = conv_bn_activation(x, filters=16, strides=(2, 2), name="layer_002")' in code
    assert 'x = residual_2(x, filters=32, name="layer_004")' in code


def test_settings_inside_a_block_are_written_as_they_follow_from_its_own() -> None:
    code = network_code(template("mobilenet_v2", Input(64, 64, "rgb"), 10)).text
    assert "channels = inputs.shape[-1]" in code
    assert "expansion * channels," in code
    narrow = network_code(template("resnet50", Input(64, 64, "rgb"), 10)).text
    assert "4 * filters," in narrow
    assert '# These are the layers where variant is "bottleneck".' in narrow


def test_a_layer_stands_on_its_lines_and_a_line_for_its_layer() -> None:
    network = Network.of(IMAGE, [Flatten(), Dense(10, kernel_initializer="he_normal", activation="softmax")])
    code = network_code(network)
    lines = code.text.split("\n")
    assert [lines[one - 1].strip() for one in code.lines.lines_of("layer_001")] == ['layers.Flatten(name="layer_001"),']
    made = " ".join(lines[one - 1].strip() for one in code.lines.lines_of("layer_002"))
    assert made.startswith("layers.Dense( 10, activation=")
    assert made.endswith('name="layer_002", ),')
    for path in ("input", "layer_001", "layer_002"):
        assert all(code.lines.path_at(one) == path for one in code.lines.lines_of(path))
    assert code.lines.path_at(1) == ""
    assert code.lines.lines_of("layer_009") == ()


def test_what_is_inside_a_block_stands_in_its_function() -> None:
    code = network_code(Network.of(IMAGE, [ConvBNActivation(8), ConvBNActivation(9)]))
    lines = code.text.split("\n")
    (bn,) = code.lines.lines_of("layer_002/bn")
    assert "layers.BatchNormalization" in lines[bn - 1]
    assert code.lines.path_at(bn) == "layer_001/bn"
    assert lines[code.lines.lines_of("layer_002")[-1] - 1].endswith('name="layer_002")')


def test_a_block_with_faults_is_written_so_that_running_it_says_so() -> None:
    network = Network.of(IMAGE, [Flatten(), Residual(8)])
    code = network_code(network).text
    assert "def residual(" in code
    assert read_network(code, network).network == network


def test_some_layers_are_written_as_a_list() -> None:
    network = Network.of(IMAGE, [Flatten(), Dense(10)])
    assert layers_code(network.layers, None) == (
        "keras.Sequential(\n"
        "    [\n"
        '        layers.Flatten(name="layer_001"),\n'
        '        layers.Dense(10, name="layer_002"),\n'
        "    ]\n"
        ")\n"
    )

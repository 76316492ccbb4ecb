from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.analysis import analyse
from engine.layers.base import LayerType
from engine.layers.batch_normalization import BatchNormalization
from engine.layers.conv2d import Conv2D
from engine.layers.conv_bn_activation import ConvBNActivation
from engine.layers.dense import Dense
from engine.layers.flatten import Flatten
from engine.layers.input import Input
from engine.layers.max_pooling2d import MaxPooling2D
from engine.layers.relu import ReLU
from engine.layers.residual import Residual
from engine.network import Network
from engine.picture import Scene, draw, to_svg
from engine.picture.shapes import Frame, Line, Polygon, Text
from engine.templates import templates
from tests.engine.layers.strategies import layers
from tests.engine.picture.looks import PLAIN


def picture(*types: LayerType, input: Input | None = None, inside: bool = True) -> Scene:
    network = Network.of(input or Input(32, 32), types)
    return draw(network, analyse(network, 10), PLAIN, inside=inside)


def texts(scene: Scene) -> list[str]:
    return [one.text for one in scene.shapes if isinstance(one, Text)]


@pytest.mark.parametrize("name", templates())
def test_every_layer_of_every_template_has_its_place_within_the_picture(name: str) -> None:
    made = templates()[name]
    network = Network.of(made.own_input, made.layers(made.own_input, made.own_classes))
    analysis = analyse(network, made.own_classes)
    scene = draw(network, analysis, PLAIN)
    assert analysis.graph is not None
    assert {path for one in scene.places for path in one.paths} >= {node.path for node in analysis.graph}
    for one in scene.places:
        assert one.x >= 0
        assert one.y >= 0
        assert one.x + one.width <= scene.width
        assert one.y + one.height <= scene.height


@settings(max_examples=60, deadline=None)
@given(st.lists(layers(), max_size=8), st.booleans())
def test_any_stack_can_be_drawn_also_with_faults(types: list[LayerType], inside: bool) -> None:
    network = Network.of(Input(16, 12), types)
    scene = draw(network, analyse(network, 3), PLAIN, inside=inside)
    paths = {path for one in scene.places for path in one.paths}
    assert {one.id.split("/")[0] for one in network.layers} <= {path.split("/")[0] for path in paths}


def test_layers_that_are_switched_off_are_left_out() -> None:
    network = Network.of(Input(8, 8), (Conv2D(), Flatten()))
    network = network.set_enabled(network.layers[0].id, False)
    scene = draw(network, analyse(network, None), PLAIN)
    assert "Conv2D" not in texts(scene)
    assert "Flatten" in texts(scene)


def test_sizes_settings_and_families_are_written() -> None:
    found = texts(picture(Conv2D(filters=8, padding="same"), MaxPooling2D(), Flatten(), Dense(units=10)))
    for text in ("32×32×8", "16×16×8", "2,048", "10", "Conv2D", "8 filters, 3 × 3, same", "convolution", "pooling"):
        assert text in found


def test_a_larger_kernel_is_drawn_larger() -> None:
    def patch(side: int) -> float:
        shapes = picture(Conv2D(kernel_size=(side, side), padding="same")).shapes
        window = next(one for one in shapes if isinstance(one, Polygon) and one.stroke == PLAIN.window)
        return window.points[2][1] - window.points[0][1]

    assert patch(1) < patch(3) < patch(5)


def test_layers_that_keep_the_shape_join_the_volume_before_them() -> None:
    scene = picture(Conv2D(), BatchNormalization(), ReLU(), MaxPooling2D())
    assert [one.paths for one in scene.places] == [
        ("input",),
        ("layer_001", "layer_002", "layer_003"),
        ("layer_004",),
    ]


def test_a_block_is_framed_with_its_inside_or_is_one_volume() -> None:
    inside, closed = picture(Residual(filters=8)), picture(Residual(filters=8), inside=False)
    assert any(isinstance(one, Frame) and one.radius > 5 for one in inside.shapes)
    assert not any(isinstance(one, Frame) and one.radius > 5 for one in closed.shapes)
    assert "Add" in texts(inside)
    assert "Add" not in texts(closed)
    assert "Residual" in texts(inside)
    assert "Residual" in texts(closed)


def test_what_a_fault_hides_is_dashed_and_said_to_be_unknown() -> None:
    scene = picture(Conv2D(kernel_size=(64, 64)), ConvBNActivation(), Flatten())
    assert texts(scene).count("unknown") == 3
    assert any(isinstance(one, Polygon) and one.dashed for one in scene.shapes)


def test_a_long_network_is_broken_into_rows_of_a_page() -> None:
    scene = picture(*[Conv2D(padding="same") for _ in range(200)])
    assert 1.0 < scene.width / scene.height < 3.0
    assert len({round(one.y) for one in scene.places}) > 8


def test_a_window_is_drawn_on_each_volume_that_one_slides_over_also_at_the_end_of_a_row() -> None:
    scene = picture(*[Conv2D(padding="same") for _ in range(40)])
    assert len({round(one.y) for one in scene.places}) > 1
    windows = [one for one in scene.shapes if isinstance(one, Polygon) and one.stroke == PLAIN.window]
    assert len(windows) == 40


def test_the_work_grows_with_the_layers_and_not_with_their_square() -> None:
    def shapes(count: int) -> int:
        return len(picture(*[Conv2D(padding="same") for _ in range(count)]).shapes)

    assert shapes(200) < 2.2 * shapes(100)


def test_the_description_names_every_part() -> None:
    scene = picture(Conv2D(filters=4), Residual(filters=4), Flatten())
    for name in ("Input", "Conv2D (30 × 30 × 4)", "Residual (30 × 30 × 4)", "Flatten (3,600)"):
        assert name in scene.description


def test_names_with_line_breaks_stay_on_one_line() -> None:
    network = Network.of(Input(8, 8), (Flatten(),)).renamed("layer_001", "a\nb\u202ec")
    scene = draw(network, analyse(network, None), PLAIN)
    assert "a b c" in texts(scene)


def test_the_colours_are_those_that_were_asked_for() -> None:
    other = replace(PLAIN, paper="#202020", text="#fafafa")
    network = Network.of(Input(8, 8), (Conv2D(),))
    light, dark = (draw(network, analyse(network, None), look) for look in (PLAIN, other))
    assert dark.paper == "#202020"
    assert to_svg(light) != to_svg(dark)
    assert "#101010" not in to_svg(dark)


def test_lines_link_every_part_to_the_one_before() -> None:
    scene = picture(Conv2D(), MaxPooling2D(), Flatten(), Dense())
    assert sum(isinstance(one, Line) and one.stroke == PLAIN.window for one in scene.shapes) == 8
    assert sum(isinstance(one, Line) and one.dashed for one in scene.shapes) == 2

"""What a card says: sizes by name, pixels that no window reaches, problems with remedies, advice."""

from __future__ import annotations

from engine.analysis import analyse
from engine.edits import Remove
from engine.facts import Problem
from engine.layers import LayerType
from engine.layers.conv2d import Conv2D
from engine.layers.dense import Dense
from engine.layers.flatten import Flatten
from engine.layers.input import Input
from engine.layers.max_pooling2d import MaxPooling2D
from engine.network import Network
from engine.remedies import Remedy
from gui.models.layer_cards import MOST_ON_CARD, CardView, card_views

MANY = tuple(Remedy(f"Remedy {number}", Remove(f"layer_{number:03d}")) for number in range(9))


def cards(*types: LayerType, enabled: bool = True) -> tuple[CardView, ...]:
    network = Network.of(Input(9, 9), types)
    network = network.set_enabled("layer_001", enabled)
    analysis = analyse(network, 2)
    return card_views(network, analysis, analysis.advice, many)


def many(problem: Problem) -> tuple[Remedy, ...]:
    return MANY


def test_the_sides_of_what_leaves_have_names() -> None:
    conv, flat = cards(Conv2D(4), Flatten(), Dense(2))[1:3]
    assert (conv.shape, conv.dimensions) == ("7 × 7 × 4", "height 7 × width 7 × 4 channels")
    assert flat.dimensions == "a list of 196"
    assert "height 7 × width 7 × 4 channels" in conv.description
    assert conv.tool_tip.startswith("What leaves: height 7 × width 7 × 4 channels")


def test_pixels_that_no_window_reaches_are_said() -> None:
    pool = cards(MaxPooling2D((2, 2)), Flatten(), Dense(2))[1]
    assert pool.edge == "1 row and 1 column at the edge not used"
    assert pool.edge in pool.description
    assert cards(MaxPooling2D((3, 2)), Flatten(), Dense(2))[1].edge == "1 column at the edge not used"
    assert cards(MaxPooling2D((3, 3)), Flatten(), Dense(2))[1].edge == ""


def test_a_problem_brings_as_many_remedies_as_a_card_has_room_for() -> None:
    conv = cards(Conv2D(4, (12, 12)), Flatten(), Dense(2))[1]
    assert len(conv.problems) == 1
    assert conv.remedies == (MANY[:MOST_ON_CARD],)
    assert "Problem: " in conv.description
    assert (conv.dimensions, conv.edge, conv.tool_tip.count("Pixel values")) == ("", "", 1)


def test_advice_stands_in_the_tool_tip_and_is_read_aloud() -> None:
    conv = cards(Conv2D(4, activation="relu"), Flatten(), Dense(2))[1]
    assert [one.topic for one in conv.advice] == ["unscaled"]
    assert "Advice: Pixel values" in conv.description
    assert "Add Rescaling as the first layer." in conv.tool_tip


def test_a_layer_that_is_off_says_nothing_of_what_leaves() -> None:
    pool = cards(MaxPooling2D((2, 2)), Flatten(), Dense(2), enabled=False)[1]
    assert (pool.shape, pool.dimensions, pool.edge) == ("off", "", "")

"""From problem to problem, over a real document."""

from __future__ import annotations

from engine.layers.branches import Branches
from engine.layers.conv2d import Conv2D
from engine.layers.dense import Dense
from engine.layers.dropout import Dropout
from engine.layers.flatten import Flatten
from engine.layers.input import Input
from engine.network import Network
from gui.document import Document
from gui.stack.controller import StackController


def test_the_keyboard_goes_from_problem_to_problem(stack: StackController, open_document: Document) -> None:
    open_document.apply_network(
        Network.of(Input(8, 8), [Conv2D(4), Branches().set_type("far", Conv2D(4, kernel_size=(9, 9))), Flatten()]),
        "break",
    )
    (problem,) = open_document.analysis.problems
    open_document.select("input")
    stack.problems.next()
    assert open_document.selected == problem.layer == "layer_002/far"
    assert stack.view.cards.card("layer_002/far").selected, "its block was opened"
    stack.problems.next()
    assert open_document.selected == problem.layer, "from the last on to the first"
    stack.view.totals.problems.click()
    assert open_document.selected == problem.layer


def test_where_all_is_right_the_way_goes_through_the_advice(stack: StackController, open_document: Document) -> None:
    types = [Conv2D(4, activation="relu"), Flatten(), Dense(3, activation="relu"), Dropout()]
    open_document.apply_network(Network.of(Input(8, 8), types), "neglect")
    assert not open_document.analysis.problems
    places = [one.layer for one in open_document.advice]
    open_document.select("layer_002")
    stack.problems.previous()
    assert open_document.selected == places[-1]
    stack.view.totals.advice.click()
    assert open_document.selected == places[0]

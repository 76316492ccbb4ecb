"""The layer stack over a real document."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt

from gui.document import Document
from gui.stack.card import LayerCard
from gui.stack.card_list import CardList
from gui.stack.controller import StackController
from gui.stack.view import StackView
from tests.gui.conftest import by_name


@pytest.fixture
def stack(qtbot: Any, open_document: Document) -> StackController:
    view = StackView()
    qtbot.addWidget(view)
    controller = StackController(view, open_document)
    view.resize(300, 640)
    with qtbot.waitExposed(view):
        view.show()
    return controller


def kinds(document: Document) -> list[str]:
    return [one.type.kind for one in document.network.layers]


def card(stack: StackController, name: str) -> LayerCard:
    found = by_name(stack.view, name, LayerCard)
    assert isinstance(found, LayerCard)
    return found


def drag(qtbot: Any, cards: CardList, source: LayerCard, to_y: int) -> None:
    """Press on a card, move in steps as a hand does, and let go at a height of the list."""
    start = QPoint(60, 10)
    qtbot.mousePress(source, Qt.MouseButton.LeftButton, pos=start)
    begin = source.mapTo(cards, start).y()
    for step in range(1, 9):
        y = begin + (to_y - begin) * step // 8
        qtbot.mouseMove(source, source.mapFrom(cards, QPoint(60, y)))
    qtbot.mouseRelease(source, Qt.MouseButton.LeftButton, pos=source.mapFrom(cards, QPoint(60, to_y)))

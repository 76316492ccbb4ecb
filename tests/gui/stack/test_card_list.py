import itertools
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QScrollArea

from engine.analysis import analyse
from engine.layers.conv2d import Conv2D
from engine.layers.input import Input
from engine.network import Network
from gui.models.layer_cards import CardView, card_views
from gui.stack.card_list import CardList

MANY = Network.of(Input(32, 32, "rgb"), [Conv2D(filters=4, padding="same") for _ in range(30)])


def views(network: Network) -> list[CardView]:
    return list(card_views(network, analyse(network, None)))


@pytest.fixture
def area(qtbot: Any) -> QScrollArea:
    made = QScrollArea()
    qtbot.addWidget(made)
    made.setWidgetResizable(True)
    made.setWidget(CardList())
    made.resize(300, 400)
    with qtbot.waitExposed(made):
        made.show()
    return made


@pytest.fixture
def cards(qtbot: Any, area: QScrollArea) -> CardList:
    made = area.widget()
    assert isinstance(made, CardList)
    made.show_cards(views(MANY))
    qtbot.waitUntil(lambda: area.verticalScrollBar().maximum() > 0)
    return made


def in_sight(area: QScrollArea, cards: CardList, id: str) -> bool:
    card = cards.card(id)
    top = card.mapTo(area.viewport(), QPoint(0, 0)).y()
    return top >= 0 and top + card.height() <= area.viewport().height()


def test_cards_stand_one_below_the_other_without_touching(cards: CardList) -> None:
    places = [cards.card(id).geometry() for id in cards.order]
    assert all(upper.bottom() < lower.top() for upper, lower in itertools.pairwise(places))
    assert len(places) == 31


@pytest.mark.parametrize("id", ["layer_030", "layer_015"])
def test_a_chosen_card_comes_into_sight(area: QScrollArea, cards: CardList, id: str) -> None:
    assert not in_sight(area, cards, id)
    cards.select(id)
    assert in_sight(area, cards, id)


def test_a_card_that_was_only_just_added_comes_into_sight_too(area: QScrollArea, cards: CardList) -> None:
    cards.select("layer_030")
    longer = MANY.added(Conv2D(filters=4, padding="same"))
    cards.show_cards(views(longer))
    cards.select(longer.layers[-1].id)
    assert in_sight(area, cards, longer.layers[-1].id)


def test_cards_of_layers_that_stay_are_kept(cards: CardList) -> None:
    kept = cards.card("layer_002")
    cards.show_cards(views(MANY.removed(["layer_001"]).moved("layer_002", 3)))
    assert cards.card("layer_002") is kept
    assert cards.order.index("layer_002") == 4
    assert "layer_001" not in cards.order


def test_a_wider_pane_has_wider_cards(qtbot: Any, area: QScrollArea, cards: CardList) -> None:
    before = cards.card("layer_001").width()
    area.resize(420, 400)
    qtbot.waitUntil(lambda: cards.card("layer_001").width() == before + 120)


def test_the_view_only_asks(qtbot: Any, cards: CardList) -> None:
    heard: list[str] = []
    cards.chosen.connect(lambda path, _ids: heard.append(path))
    qtbot.mouseClick(cards.card("layer_003"), Qt.MouseButton.LeftButton)
    assert heard == ["layer_003"]
    assert not cards.card("layer_003").selected


def test_a_click_that_shakes_is_no_drag(qtbot: Any, cards: CardList) -> None:
    moved: list[tuple[str, int]] = []
    cards.moved.connect(lambda layer, place: moved.append((layer, place)))
    card = cards.card("layer_002")
    qtbot.mousePress(card, Qt.MouseButton.LeftButton, pos=QPoint(60, 10))
    qtbot.mouseMove(card, QPoint(61, 12))
    qtbot.mouseRelease(card, Qt.MouseButton.LeftButton, pos=QPoint(61, 12))
    assert moved == []

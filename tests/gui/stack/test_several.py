"""Several cards at once, by mouse and keyboard, each edit one undo step."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QApplication

from engine.layers.conv2d import Conv2D
from engine.network import Network
from gui.document import Document
from gui.models.layer_cards import card_views
from gui.stack.card_drag import KIND_MIME, Span, gap_at, landing
from gui.stack.controller import StackController
from gui.stack.palette import LayerPalette
from tests.gui.stack.conftest import card, drag, kinds

# What the platform without a screen says of every popup.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

LEFT = Qt.MouseButton.LeftButton
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALL = ["Conv2D", "MaxPooling2D", "Flatten", "Dense"]


def chosen(document: Document) -> tuple[str, ...]:
    return document.chosen


def test_ctrl_adds_and_takes_away(qtbot: Any, stack: StackController, open_document: Document) -> None:
    qtbot.mouseClick(card(stack, "4. Dense"), LEFT, CTRL)
    assert chosen(open_document) == ("layer_001", "layer_004")
    assert open_document.selected == "layer_004"
    qtbot.mouseClick(card(stack, "1. Conv2D"), LEFT, CTRL)
    assert chosen(open_document) == ("layer_004",)
    qtbot.mouseClick(card(stack, "4. Dense"), LEFT, CTRL)
    assert chosen(open_document) == ("layer_004",), "one card stays chosen"


def test_shift_chooses_a_range(qtbot: Any, stack: StackController, open_document: Document) -> None:
    qtbot.mouseClick(card(stack, "3. Flatten"), LEFT, SHIFT)
    assert chosen(open_document) == ("layer_001", "layer_002", "layer_003")
    assert [one.accessibleName() for one in map(stack.view.cards.card, stack.view.cards.order) if one.selected] == [
        "1. Conv2D",
        "2. MaxPooling2D",
        "3. Flatten",
    ]
    qtbot.mouseClick(card(stack, "2. MaxPooling2D"), LEFT, SHIFT)
    assert chosen(open_document) == ("layer_001", "layer_002"), "from the first one on"


def test_shift_and_arrows_choose_a_range(qtbot: Any, stack: StackController, open_document: Document) -> None:
    stack.view.cards.focus_selected()
    for _ in range(2):
        qtbot.keyClick(stack.view.cards.card(open_document.selected), Qt.Key.Key_Down, SHIFT)
    assert chosen(open_document) == ("layer_001", "layer_002", "layer_003")
    qtbot.keyClick(stack.view.cards.card(open_document.selected), Qt.Key.Key_Up, SHIFT)
    assert chosen(open_document) == ("layer_001", "layer_002")
    qtbot.keyClick(stack.view.cards.card(open_document.selected), Qt.Key.Key_End, SHIFT)
    assert len(open_document.chosen) == 4
    qtbot.keyClick(stack.view.cards.card(open_document.selected), Qt.Key.Key_Escape)
    assert chosen(open_document) == ("layer_004",)
    qtbot.keyClick(stack.view.cards.card(open_document.selected), Qt.Key.Key_Home, SHIFT)
    assert open_document.chosen[0] == "layer_001", "the input is not among them"


def test_all_are_chosen_at_once(stack: StackController, open_document: Document) -> None:
    stack.choose_all()
    assert len(open_document.chosen) == 4
    assert open_document.selected == "layer_001"


def test_a_click_on_one_of_several_chooses_it_alone(
    qtbot: Any, stack: StackController, open_document: Document
) -> None:
    stack.choose_all()
    qtbot.mouseClick(card(stack, "2. MaxPooling2D"), LEFT)
    assert chosen(open_document) == ("layer_002",)


def test_several_are_removed_in_one_step(stack: StackController, open_document: Document) -> None:
    open_document.select("layer_002", ["layer_001", "layer_002"])
    stack.remove_layer()
    assert kinds(open_document) == ["Flatten", "Dense"]
    assert open_document.undo_stack.undoText() == "remove 2 layers"
    assert open_document.selected == "layer_003"
    open_document.undo_stack.undo()
    assert kinds(open_document) == ALL
    assert open_document.undo_stack.index() == 0


def test_several_are_duplicated_and_switched_in_one_step(stack: StackController, open_document: Document) -> None:
    open_document.select("layer_001", ["layer_001", "layer_002"])
    stack.duplicate_layer()
    assert kinds(open_document) == ["Conv2D", "MaxPooling2D", "Conv2D", "MaxPooling2D", "Flatten", "Dense"]
    assert chosen(open_document) == ("layer_005", "layer_006")
    stack.toggle_enabled()
    assert [one.enabled for one in open_document.network.layers] == [True, True, False, False, True, True]
    assert open_document.undo_stack.undoText() == "switch off 2 layers"
    assert open_document.undo_stack.count() == 2
    stack.toggle_enabled()
    assert all(one.enabled for one in open_document.network.layers)


def test_several_move_by_keys_and_stop_at_the_ends(stack: StackController, open_document: Document) -> None:
    open_document.select("layer_001", ["layer_001", "layer_003"])
    stack.move_up()
    assert open_document.undo_stack.count() == 0
    stack.move_down()
    assert kinds(open_document) == ["MaxPooling2D", "Dense", "Conv2D", "Flatten"]
    assert open_document.undo_stack.undoText() == "move 2 layers"
    stack.move_down()
    assert open_document.undo_stack.count() == 1
    stack.move_up()
    assert kinds(open_document) == ["MaxPooling2D", "Conv2D", "Flatten", "Dense"]


def test_several_are_dragged_together(qtbot: Any, stack: StackController, open_document: Document) -> None:
    open_document.select("layer_001", ["layer_001", "layer_003"])
    cards = stack.view.cards
    drag(qtbot, cards, card(stack, "1. Conv2D"), card(stack, "4. Dense").geometry().bottom() - 2)
    assert kinds(open_document) == ["MaxPooling2D", "Dense", "Conv2D", "Flatten"]
    assert open_document.undo_stack.count() == 1
    assert chosen(open_document) == ("layer_001", "layer_003")


def test_a_line_shows_where_cards_land(qtbot: Any, stack: StackController) -> None:
    cards = stack.view.cards
    plain = cards.grab().toImage()
    source = card(stack, "1. Conv2D")
    qtbot.mousePress(source, LEFT, pos=QPoint(60, 10))
    for y in (40, 100, 150):
        qtbot.mouseMove(source, QPoint(60, y))
    assert cards._line.isVisible()
    assert cards.grab().toImage() != plain
    qtbot.mouseRelease(source, LEFT, pos=QPoint(60, 200))
    assert not cards._line.isVisible()


SPANS = [Span(name, 100 * place, 100 * place + 80) for place, name in enumerate("abcd")]


@pytest.mark.parametrize(
    ("moving", "y", "place"),
    [
        ("a", 10, None),
        ("a", 130, None),
        ("a", 150, 1),
        ("a", 390, 3),
        ("d", 0, 0),
        ("bc", 60, None),
        ("bc", 10, 0),
        ("bc", 390, 2),
        ("ac", 150, 1),
        ("ac", 10, 0),
        ("ad", 390, 2),
    ],
)
def test_landing_counts_in_what_stays(moving: str, y: int, place: int | None) -> None:
    assert landing(SPANS, moving, y) == place
    assert 0 <= gap_at(SPANS, y) <= 4


def test_a_drag_near_the_edge_scrolls(qtbot: Any, stack: StackController, open_document: Document) -> None:
    many = Network.of(open_document.network.input, [Conv2D(4, padding="same") for _ in range(40)])
    open_document.apply_network(many, "many")
    area, cards = stack.view.area, stack.view.cards
    source = cards.card("layer_001")
    area.verticalScrollBar().setValue(0)
    qtbot.mousePress(source, LEFT, pos=QPoint(60, 10))
    edge = source.mapFromGlobal(area.viewport().mapToGlobal(QPoint(60, area.viewport().height() - 5)))
    qtbot.mouseMove(source, QPoint(60, 60))
    qtbot.mouseMove(source, edge)
    qtbot.waitUntil(lambda: area.verticalScrollBar().value() > 300)
    qtbot.keyClick(source, Qt.Key.Key_Escape)
    here = area.verticalScrollBar().value()
    qtbot.wait(60)
    assert area.verticalScrollBar().value() == here
    assert open_document.undo_stack.count() == 1


def bring(stack: StackController, kind: bytes, y: int, *, mime: str = KIND_MIME, drop: bool = True) -> bool:
    """Drag something from elsewhere over the cards; return whether it was taken."""
    cards = stack.view.cards
    data = QMimeData()
    data.setData(mime, kind)
    copy, none = Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
    entering = QDragEnterEvent(QPoint(50, y), copy, data, LEFT, none)
    entering.ignore()
    QApplication.sendEvent(cards, entering)
    QApplication.sendEvent(cards, QDragMoveEvent(QPoint(50, y), copy, data, LEFT, none))
    if drop and entering.isAccepted():
        QApplication.sendEvent(cards, QDropEvent(QPointF(50, y), copy, data, LEFT, none))
    return entering.isAccepted()


def test_a_layer_type_is_dragged_to_its_place(stack: StackController, open_document: Document) -> None:
    assert bring(stack, b"Dropout", card(stack, "2. MaxPooling2D").geometry().bottom())
    assert kinds(open_document) == ["Conv2D", "MaxPooling2D", "Dropout", "Flatten", "Dense"]
    assert open_document.undo_stack.undoText() == "add Dropout"


def test_what_is_no_layer_type_changes_nothing(stack: StackController, open_document: Document) -> None:
    assert not bring(stack, b"Dropout", 20, mime="text/plain")
    assert bring(stack, b"\xff<b>Nothing", 20)
    assert open_document.undo_stack.count() == 0
    assert "There is no layer type" in stack.view.error_panel.what.text()
    assert bring(stack, b"Dropout", 20, drop=False)
    QApplication.sendEvent(stack.view.cards, QDragLeaveEvent())
    assert not stack.view.cards._line.isVisible()


def test_a_row_of_the_palette_carries_its_kind(qtbot: Any, stack: StackController) -> None:
    stack.view.open_palette()
    palette = stack.view.findChild(LayerPalette)
    assert palette is not None
    row = next(one for one in palette._items() if one.text() == "Dropout")
    assert bytes(palette.rows.mimeData([row]).data(KIND_MIME).data()) == b"Dropout"
    assert palette.rows.dragEnabled()
    palette.rows.drag_begun.emit()
    assert not palette.isVisible()


def test_cards_take_one_line_each(stack: StackController) -> None:
    before = card(stack, "1. Conv2D").height()
    stack.view.show_compact(True)
    assert card(stack, "1. Conv2D").height() < before * 2 // 3
    assert stack.view.compact_button.isChecked()
    stack.view.show_compact(False)
    assert card(stack, "1. Conv2D").height() == before


def test_a_double_click_renames(qtbot: Any, stack: StackController) -> None:
    qtbot.mouseDClick(card(stack, "1. Conv2D"), LEFT)
    assert stack.view.cards.card("layer_001").cancel_edit()


@pytest.mark.parametrize(
    "label", ["ä ö ü ß", "<b>bold</b>&amp;", 'it\'s "quoted"', "two\nlines", "x" * 300, "\u202eback", "  "]
)
def test_any_text_is_a_name(stack: StackController, open_document: Document, label: str) -> None:
    stack.rename_layer("layer_001", label)
    view = card_views(open_document.network, open_document.analysis)[1]
    assert "\n" not in view.title
    assert "\u202e" not in view.title
    assert stack.view.cards.card("layer_001").accessibleName() == view.name
    assert len(open_document.network.layers[0].label) <= 200
    assert not stack.view.cards.card("layer_001").grab().isNull()


def test_a_thousand_layers_are_edited(stack: StackController, open_document: Document) -> None:
    many = Network.of(open_document.network.input, [Conv2D(4, padding="same") for _ in range(1000)])
    open_document.apply_network(many, "many")
    stack.choose_all()
    assert len(open_document.chosen) == 1000
    stack.duplicate_layer()
    assert "at most 1,000" in stack.view.error_panel.expected.text()
    assert len(open_document.network.layers) == 1000
    stack.toggle_enabled()
    assert not any(one.enabled for one in open_document.network.layers)
    assert stack.view.error_panel.isHidden()

"""The layer stack, driven by mouse and keyboard, over a real document."""

from typing import Any

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QPushButton

from engine.layers import stackable_types
from engine.layers.conv2d import Conv2D
from engine.layers.dense import Dense
from engine.network import Network
from gui.document import Document
from gui.models.layer_cards import card_views
from gui.stack.card import LayerCard
from gui.stack.card_list import CardList
from gui.stack.controller import StackController
from gui.stack.palette import LayerPalette
from gui.stack.view import StackView
from tests.gui.conftest import by_name
from tests.gui.pages.fakes import dataset

# What the platform without a screen says of every popup.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


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


def test_there_is_a_card_for_the_input_and_every_layer(stack: StackController) -> None:
    names = [stack.view.cards.card(id).accessibleName() for id in stack.view.cards.order]
    assert names == ["Input", "1. Conv2D", "2. MaxPooling2D", "3. Flatten", "4. Dense"]


def test_a_card_says_what_leaves_the_layer(stack: StackController) -> None:
    assert "output 6 × 6 × 4" in card(stack, "1. Conv2D").accessibleDescription()
    assert "40 params" in card(stack, "1. Conv2D").accessibleDescription()


def test_the_totals_are_the_sums(stack: StackController, open_document: Document) -> None:
    assert stack.view.totals.figure("Parameters") == f"{open_document.analysis.parameters:,}"


def test_the_totals_are_unknown_below_a_problem(stack: StackController, open_document: Document) -> None:
    too_large = Conv2D(filters=4, kernel_size=(9, 9), padding="valid")
    open_document.apply_network(open_document.network.set_type("layer_001", too_large), "break")
    assert stack.view.totals.figure("Parameters") == "unknown"
    assert stack.view.totals.problems.text().startswith("1 problem")


def test_a_click_chooses_a_card(qtbot: Any, stack: StackController, open_document: Document) -> None:
    qtbot.mouseClick(card(stack, "3. Flatten"), Qt.MouseButton.LeftButton)
    assert open_document.selected == "layer_003"
    assert card(stack, "3. Flatten").selected
    assert not card(stack, "1. Conv2D").selected


@pytest.mark.parametrize(
    ("key", "selected"),
    [
        (Qt.Key.Key_Down, "layer_002"),
        (Qt.Key.Key_Up, "input"),
        (Qt.Key.Key_End, "layer_004"),
        (Qt.Key.Key_Home, "input"),
    ],
)
def test_the_keyboard_chooses_a_card(
    qtbot: Any, stack: StackController, open_document: Document, key: Qt.Key, selected: str
) -> None:
    stack.view.cards.focus_selected()
    qtbot.keyClick(card(stack, "1. Conv2D"), key)
    assert open_document.selected == selected


def test_only_the_chosen_card_is_reached_by_tab(stack: StackController) -> None:
    policies = {one.accessibleName(): one.focusPolicy() for one in stack.view.findChildren(LayerCard)}
    assert [name for name, policy in policies.items() if policy is Qt.FocusPolicy.StrongFocus] == ["1. Conv2D"]


def drag(qtbot: Any, cards: CardList, source: LayerCard, to_y: int) -> None:
    """Press on a card, move in steps as a hand does, and let go at a height of the list."""
    start = QPoint(60, 10)
    qtbot.mousePress(source, Qt.MouseButton.LeftButton, pos=start)
    begin = source.mapTo(cards, start).y()
    for step in range(1, 9):
        y = begin + (to_y - begin) * step // 8
        qtbot.mouseMove(source, source.mapFrom(cards, QPoint(60, y)))
    qtbot.mouseRelease(source, Qt.MouseButton.LeftButton, pos=source.mapFrom(cards, QPoint(60, to_y)))


@pytest.mark.parametrize(
    ("name", "below", "order"),
    [
        ("1. Conv2D", "3. Flatten", ["MaxPooling2D", "Flatten", "Conv2D", "Dense"]),
        ("4. Dense", "Input", ["Dense", "Conv2D", "MaxPooling2D", "Flatten"]),
        ("2. MaxPooling2D", "4. Dense", ["Conv2D", "Flatten", "Dense", "MaxPooling2D"]),
    ],
)
def test_a_card_is_dragged_to_another_place(
    qtbot: Any, stack: StackController, open_document: Document, name: str, below: str, order: list[str]
) -> None:
    cards = stack.view.cards
    drag(qtbot, cards, card(stack, name), card(stack, below).geometry().bottom() - 2)
    assert kinds(open_document) == order
    assert open_document.undo_stack.count() == 1
    open_document.undo_stack.undo()
    assert kinds(open_document) == ["Conv2D", "MaxPooling2D", "Flatten", "Dense"]


def test_a_drag_that_ends_where_it_began_changes_nothing(
    qtbot: Any, stack: StackController, open_document: Document
) -> None:
    source = card(stack, "2. MaxPooling2D")
    drag(qtbot, stack.view.cards, source, source.geometry().top() + 14)
    assert open_document.undo_stack.count() == 0


def test_escape_ends_a_drag(qtbot: Any, stack: StackController, open_document: Document) -> None:
    cards, source = stack.view.cards, card(stack, "1. Conv2D")
    qtbot.mousePress(source, Qt.MouseButton.LeftButton, pos=QPoint(60, 10))
    qtbot.mouseMove(source, QPoint(60, 200))
    qtbot.keyClick(source, Qt.Key.Key_Escape)
    qtbot.mouseRelease(source, Qt.MouseButton.LeftButton, pos=QPoint(60, 200))
    assert open_document.undo_stack.count() == 0
    assert cards._drag is None


def test_the_input_stays_where_it_is(qtbot: Any, stack: StackController, open_document: Document) -> None:
    drag(qtbot, stack.view.cards, card(stack, "Input"), 250)
    assert open_document.undo_stack.count() == 0


def test_a_layer_is_removed_and_comes_back(stack: StackController, open_document: Document) -> None:
    open_document.select("layer_002")
    stack.remove_layer()
    assert kinds(open_document) == ["Conv2D", "Flatten", "Dense"]
    assert open_document.selected == "layer_003"
    open_document.undo_stack.undo()
    assert kinds(open_document) == ["Conv2D", "MaxPooling2D", "Flatten", "Dense"]


def test_the_last_layer_can_go_too(stack: StackController, open_document: Document) -> None:
    for id in ("layer_004", "layer_003", "layer_002", "layer_001"):
        open_document.select(id)
        stack.remove_layer()
    assert kinds(open_document) == []
    assert open_document.selected == "input"
    stack.remove_layer()
    assert open_document.undo_stack.count() == 4


def test_a_layer_is_duplicated_below_itself(stack: StackController, open_document: Document) -> None:
    stack.duplicate_layer()
    assert kinds(open_document)[:2] == ["Conv2D", "Conv2D"]
    assert open_document.selected == open_document.network.layers[1].id != "layer_001"


def test_a_layer_moves_by_one_place_and_stops_at_the_ends(stack: StackController, open_document: Document) -> None:
    stack.move_up()
    assert open_document.undo_stack.count() == 0
    for _ in range(5):
        stack.move_down()
    assert kinds(open_document) == ["MaxPooling2D", "Flatten", "Dense", "Conv2D"]
    assert open_document.undo_stack.count() == 3


def test_a_layer_is_switched_off_and_on(stack: StackController, open_document: Document) -> None:
    stack.toggle_enabled()
    assert not open_document.network.layers[0].enabled
    assert "switched off" in card(stack, "1. Conv2D").accessibleDescription()
    stack.toggle_enabled()
    assert open_document.network.layers[0].enabled


def test_a_layer_is_renamed_on_its_card(qtbot: Any, stack: StackController, open_document: Document) -> None:
    stack.edit_label()
    editor = by_name(stack.view, "Name of the layer", QLineEdit)
    qtbot.keyClicks(editor, "Edges & <b>corners</b>")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert open_document.network.layers[0].label == "Edges & <b>corners</b>"
    assert card(stack, "1. Edges & <b>corners</b>").isVisible()


def test_escape_leaves_the_name(qtbot: Any, stack: StackController, open_document: Document) -> None:
    stack.edit_label()
    editor = by_name(stack.view, "Name of the layer", QLineEdit)
    qtbot.keyClicks(editor, "Edges")
    qtbot.keyClick(editor, Qt.Key.Key_Escape)
    assert open_document.undo_stack.count() == 0
    assert not editor.isVisible()


class Painted(QObject):
    """Remembers which cards were painted."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: set[str] = set()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Paint and isinstance(watched, LayerCard):
            self.ids.add(watched.id)
        return False


def open_palette(qtbot: Any, stack: StackController) -> LayerPalette:
    qtbot.mouseClick(by_name(stack.view, "Add a layer", QAbstractButton), Qt.MouseButton.LeftButton)
    palette = by_name(stack.view, "Add a layer", LayerPalette)
    assert isinstance(palette, LayerPalette)
    return palette


def test_a_layer_is_found_by_typing_and_added_below_the_chosen_one(
    qtbot: Any, stack: StackController, open_document: Document
) -> None:
    palette = open_palette(qtbot, stack)
    qtbot.keyClicks(palette.search, "batch")
    qtbot.keyClick(palette.search, Qt.Key.Key_Return)
    assert kinds(open_document) == ["Conv2D", "BatchNormalization", "MaxPooling2D", "Flatten", "Dense"]
    assert open_document.selected == open_document.network.layers[1].id
    assert open_document.undo_stack.undoText() == "add BatchNormalization"
    assert not palette.isVisible()


def test_the_palette_offers_every_layer_type_but_the_input(qtbot: Any, stack: StackController) -> None:
    palette = open_palette(qtbot, stack)
    offered = [one.text() for one in palette._items() if one.flags() & Qt.ItemFlag.ItemIsSelectable]
    assert offered == list(stackable_types())
    palette.hide()


def test_the_palette_finds_by_family_and_by_what_a_layer_is_for(qtbot: Any, stack: StackController) -> None:
    palette = open_palette(qtbot, stack)
    qtbot.keyClicks(palette.search, "pooling")
    shown = {one.text() for one in palette._items() if not one.isHidden()}
    assert {"Pooling", "MaxPooling2D", "GlobalAveragePooling2D"} <= shown
    assert "Dense" not in shown
    palette.search.setText("zzz")
    assert palette.nothing.isVisible()
    qtbot.keyClick(palette.search, Qt.Key.Key_Return)
    assert palette.isVisible()
    palette.hide()


def test_arrows_walk_through_the_palette(qtbot: Any, stack: StackController) -> None:
    palette = open_palette(qtbot, stack)
    first = palette.rows.currentItem().text()
    qtbot.keyClick(palette.search, Qt.Key.Key_Down)
    assert palette.rows.currentItem().text() != first
    qtbot.keyClick(palette.search, Qt.Key.Key_Up)
    assert palette.rows.currentItem().text() == first
    palette.hide()


def test_units_that_do_not_match_the_classes_are_mended_with_one_click(
    qtbot: Any, stack: StackController, open_document: Document
) -> None:
    wrong = open_document.network.set_type("layer_004", Dense(units=7, activation="softmax"))
    open_document.apply_network(wrong, "set units to 7")
    open_document.set_dataset(dataset())
    assert "Problem: " in card(stack, "4. Dense").accessibleDescription()
    by_name(stack.view, "Set units to 3", QPushButton).click()
    assert open_document.network.layer("layer_004").type.values()["units"] == 3
    assert open_document.analysis.problems == ()
    open_document.undo_stack.undo()
    assert open_document.network.layer("layer_004").type.values()["units"] == 7


def test_a_problem_stands_on_its_card_and_makes_it_taller(
    qtbot: Any, stack: StackController, open_document: Document
) -> None:
    before = card(stack, "1. Conv2D").height()
    too_large = Conv2D(filters=4, kernel_size=(9, 9), padding="valid")
    open_document.apply_network(open_document.network.set_type("layer_001", too_large), "set kernel")
    assert open_document.analysis.problems[0].layer == "layer_001"
    assert card(stack, "1. Conv2D").height() > before
    open_document.undo_stack.undo()
    assert card(stack, "1. Conv2D").height() == before


def test_a_picture_of_what_leaves_a_layer_is_painted(stack: StackController, open_document: Document) -> None:
    picture = QImage(8, 8, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.red)
    plain = card(stack, "1. Conv2D").grab().toImage()
    open_document.set_pictures({"layer_001": picture}, "Not trained yet.")
    assert card(stack, "1. Conv2D").grab().toImage() != plain


def test_the_tool_tip_of_a_card_with_a_picture_says_whose_weights_made_it(
    stack: StackController, open_document: Document
) -> None:
    plain = card(stack, "1. Conv2D").toolTip()
    picture = QImage(8, 8, QImage.Format.Format_RGB32)
    open_document.set_pictures({"layer_001": picture}, "Not trained yet.")
    assert "Not trained yet." in card(stack, "1. Conv2D").toolTip()
    assert "Not trained yet." not in card(stack, "3. Flatten").toolTip()
    open_document.set_pictures({})
    assert card(stack, "1. Conv2D").toolTip() == plain


def test_names_from_files_are_one_harmless_line(open_document: Document) -> None:
    network = open_document.network.renamed("layer_001", "a\u202eb\nc")
    view = card_views(network, open_document.analysis)[1]
    assert view.title == "a\\u202eb\\u000ac"


def test_an_edit_among_two_hundred_layers_makes_no_card_anew_and_paints_one(
    qtbot: Any, stack: StackController, open_document: Document
) -> None:
    many = Network.of(open_document.network.input, [Conv2D(filters=4, padding="same") for _ in range(200)])
    open_document.apply_network(many, "many")
    cards = stack.view.cards
    before = [cards.card(id) for id in cards.order]
    assert len(before) == 201
    qtbot.wait(50)
    open_document.select("layer_100")
    qtbot.wait(50)
    painted = Painted()
    for card in before:
        card.installEventFilter(painted)
    edited = open_document.network.set_type("layer_100", Conv2D(filters=4, padding="same", activation="relu"))
    open_document.apply_network(edited, "set activation")
    qtbot.waitUntil(lambda: bool(painted.ids))
    assert [cards.card(id) for id in cards.order] == before
    assert painted.ids == {"layer_100"}

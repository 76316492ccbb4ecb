"""Blocks that open in place, and edits of a block of one's own."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QCheckBox, QLineEdit

from engine.layers.block import Child
from engine.layers.branches import Branches
from engine.layers.conv2d import Conv2D
from engine.layers.dense import Dense
from engine.layers.dropout import Dropout
from engine.layers.flatten import Flatten
from engine.layers.input import Input
from engine.layers.residual import Residual
from engine.network import Network
from gui.document import Document
from gui.settings_pane import SettingsPane
from gui.stack.controller import StackController
from gui.stack.inside_editor import is_off, why_fixed
from gui.stack.palette import LayerPalette
from tests.gui.conftest import by_name
from tests.gui.stack.conftest import card, drag, kinds

# What the platform without a screen says of every popup.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

BLOCK = "layer_001"


@pytest.fixture
def blocks(stack: StackController, open_document: Document) -> StackController:
    types = [Branches(), Residual(4), Flatten(), Dense(3, activation="softmax")]
    open_document.apply_network(Network.of(Input(8, 8, "grayscale"), types), "blocks")
    open_document.select(BLOCK)
    open_document.undo_stack.clear()
    return stack


@pytest.fixture
def pane(qtbot: Any, blocks: StackController, open_document: Document) -> SettingsPane:
    made = SettingsPane(open_document)
    qtbot.addWidget(made)
    made.resize(300, 700)
    with qtbot.waitExposed(made):
        made.show()
    return made


def branches(document: Document) -> Branches:
    block = document.network.layers[0].type
    assert isinstance(block, Branches)
    return block


def press(qtbot: Any, stack: StackController, key: Qt.Key) -> None:
    qtbot.keyClick(stack.view.cards.card(stack.document.selected), key)


def test_a_press_on_the_arrow_opens_and_closes(qtbot: Any, blocks: StackController) -> None:
    place = QPoint(16, 14)
    qtbot.mouseClick(card(blocks, "1. Branches"), Qt.MouseButton.LeftButton, pos=place)
    assert blocks.view.cards.order[:5] == (
        "input",
        BLOCK,
        f"{BLOCK}/near",
        f"{BLOCK}/far",
        f"{BLOCK}/concatenate",
    )
    inner = card(blocks, "near in 1. Branches")
    assert inner.x() > card(blocks, "1. Branches").x()
    assert "output 8 × 8 × 16" in inner.accessibleDescription()
    assert "32 params" in inner.accessibleDescription()
    qtbot.mouseClick(card(blocks, "1. Branches"), Qt.MouseButton.LeftButton, pos=place)
    assert len(blocks.view.cards.order) == 5


def test_keys_go_in_and_out(qtbot: Any, blocks: StackController, open_document: Document) -> None:
    blocks.view.cards.focus_selected()
    press(qtbot, blocks, Qt.Key.Key_Right)
    assert open_document.selected == BLOCK
    press(qtbot, blocks, Qt.Key.Key_Right)
    assert open_document.selected == f"{BLOCK}/near"
    press(qtbot, blocks, Qt.Key.Key_Down)
    assert open_document.selected == f"{BLOCK}/far"
    press(qtbot, blocks, Qt.Key.Key_Left)
    assert open_document.selected == BLOCK
    press(qtbot, blocks, Qt.Key.Key_Left)
    assert not blocks.is_open(BLOCK)


def test_closing_a_block_chooses_it(blocks: StackController, open_document: Document) -> None:
    open_document.select(f"{BLOCK}/near")
    assert blocks.is_open(BLOCK), "what is chosen can be seen"
    blocks.show_inside(BLOCK, False)
    assert open_document.selected == BLOCK


def test_a_layer_inside_has_settings_facts_and_words(pane: SettingsPane, open_document: Document) -> None:
    open_document.select(f"{BLOCK}/far")
    assert pane.heading.accessibleName() == "Conv2D"
    assert pane.name.text() == "far"
    assert pane.form.isEnabled()
    shown = [one.text() for one in pane.facts.findChildren(type(pane.note)) if one.isVisible()]
    assert "8 × 8 × 16" in shown
    assert "16" in pane.explanation.text()
    pane.form.field("filters").box.setValue(5)  # type: ignore[attr-defined]
    assert branches(open_document).child("far").type == Conv2D(5, padding="same", activation="relu")
    assert open_document.undo_stack.undoText() == "set filters to 5"
    pane.form.field("filters").box.setValue(6)  # type: ignore[attr-defined]
    assert open_document.undo_stack.count() == 1


def test_what_a_fixed_block_holds_is_only_shown(
    pane: SettingsPane, blocks: StackController, open_document: Document
) -> None:
    path = "layer_002/conv1"
    open_document.select(path)
    assert not pane.form.isEnabled()
    assert "follows from its settings" in pane.note.text()
    assert not pane.wiring.isVisible()
    assert why_fixed(open_document.network, path)
    before = open_document.network
    for verb in (blocks.remove_layer, blocks.duplicate_layer, blocks.toggle_enabled, blocks.move_up, blocks.cut):
        verb()
    assert open_document.network is before
    blocks.add_layer("Dropout")
    assert kinds(open_document) == ["Branches", "Residual", "Dropout", "Flatten", "Dense"], "below the block"


def test_a_layer_is_added_inside(blocks: StackController, open_document: Document) -> None:
    open_document.select(f"{BLOCK}/near")
    blocks.add_layer("Dropout")
    block = branches(open_document)
    assert block.child("dropout").inputs == ("near",)
    assert block.child("concatenate").inputs == ("dropout", "far")
    assert open_document.selected == f"{BLOCK}/dropout"
    assert card(blocks, "dropout in 1. Branches").selected
    open_document.undo_stack.undo()
    assert len(branches(open_document).inside) == 3
    assert open_document.selected == BLOCK


def test_a_branch_is_added_beside(blocks: StackController, open_document: Document) -> None:
    open_document.select(f"{BLOCK}/near")
    blocks.add_beside("MaxPooling2D")
    assert branches(open_document).child("concatenate").inputs == ("near", "maxpooling2d", "far")


def test_inside_there_are_layers_that_join(qtbot: Any, blocks: StackController) -> None:
    blocks.view.show_inside(True)
    blocks.view.open_palette_beside()
    palette = blocks.view.findChild(LayerPalette)
    assert palette is not None
    assert {"Add", "Multiply"} <= {one.text() for one in palette._items()}
    palette.hide()
    blocks.view.show_inside(False)
    blocks.view.open_palette()
    assert "Multiply" not in {one.text() for one in palette._items()}
    palette.hide()


def test_a_layer_inside_is_copied_removed_and_renamed(
    qtbot: Any, blocks: StackController, open_document: Document
) -> None:
    open_document.select(f"{BLOCK}/far")
    blocks.duplicate_layer()
    assert open_document.selected == f"{BLOCK}/far_2"
    blocks.edit_label()
    editor = by_name(blocks.view, "Name of the layer", QLineEdit)
    editor.setText("wide")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert branches(open_document).child("concatenate").inputs == ("near", "far", "wide")
    blocks.remove_layer()
    assert branches(open_document).child("concatenate").inputs == ("near", "far")
    assert open_document.undo_stack.count() == 3


@pytest.mark.parametrize("name", ["Kante 1", "far", "<b>", "x" * 300, "ü"])
def test_a_name_that_cannot_be_is_refused(blocks: StackController, open_document: Document, name: str) -> None:
    open_document.select(f"{BLOCK}/near")
    blocks.rename_layer(f"{BLOCK}/near", name)
    assert blocks.view.error_panel.isVisible()
    assert open_document.undo_stack.count() == 0


def test_the_last_layer_of_a_block_stays(blocks: StackController, open_document: Document) -> None:
    for name in ("concatenate", "far"):
        open_document.select(f"{BLOCK}/{name}")
        blocks.remove_layer()
    open_document.select(f"{BLOCK}/near")
    before = open_document.network
    blocks.remove_layer()
    assert open_document.network is before
    assert "would be empty" in blocks.view.error_panel.what.text()


def test_what_a_layer_reads_is_ticked(qtbot: Any, pane: SettingsPane, open_document: Document) -> None:
    open_document.select(f"{BLOCK}/concatenate")
    box = by_name(pane, "Reads what enters the block", QCheckBox)
    qtbot.keyClick(box, Qt.Key.Key_Space)
    assert branches(open_document).child("concatenate").inputs == ("near", "far", "")
    by_name(pane, "Reads near", QCheckBox).click()
    assert branches(open_document).child("concatenate").inputs == ("far", "")
    assert "No layer reads" in " ".join(one.what for one in open_document.analysis.problems)
    open_document.undo_stack.undo()
    assert by_name(pane, "Reads near", QCheckBox).isChecked()


def test_a_layer_with_one_input_changes_it(pane: SettingsPane, open_document: Document) -> None:
    open_document.select(f"{BLOCK}/far")
    by_name(pane, "Reads near", QCheckBox).click()
    assert branches(open_document).child("far").inputs == ("near",)
    names = [one.accessibleName() for one in pane.wiring.findChildren(QCheckBox) if one.isVisible()]
    assert names == ["Reads what enters the block", "Reads near"], "no circle is offered"


def test_the_only_input_cannot_be_taken_away(pane: SettingsPane, open_document: Document) -> None:
    open_document.select(f"{BLOCK}/far")
    box = by_name(pane, "Reads what enters the block", QCheckBox)
    box.click()
    assert box.isChecked()
    assert open_document.undo_stack.count() == 0


def test_a_problem_inside_stands_on_its_card_where_that_is_shown(
    blocks: StackController, open_document: Document
) -> None:
    block = branches(open_document).set_type("far", Conv2D(4, kernel_size=(9, 9)))
    open_document.apply_network(open_document.network.set_type(BLOCK, block), "break")
    assert "Problem: " in card(blocks, "1. Branches").accessibleDescription()
    blocks.show_inside(BLOCK, True)
    assert "Problem: " in card(blocks, "far in 1. Branches").accessibleDescription()
    assert "Problem: " not in card(blocks, "1. Branches").accessibleDescription()


def test_a_setting_is_changed_in_all_chosen_layers_of_a_kind(pane: SettingsPane, open_document: Document) -> None:
    network = Network.of(Input(8, 8), [Conv2D(4), Conv2D(6, padding="same"), Flatten()])
    open_document.apply_network(network, "three")
    open_document.select("layer_001", ["layer_001", "layer_002"])
    assert "all 2 chosen layers" in pane.note.text()
    pane.form.field("filters").box.setValue(9)  # type: ignore[attr-defined]
    assert [one.type for one in open_document.network.layers[:2]] == [Conv2D(9), Conv2D(9, padding="same")]
    assert open_document.undo_stack.undoText() == "set filters to 9 in 2 layers"
    open_document.select("layer_001", ["layer_001", "layer_003"])
    assert "one of them" in pane.note.text()
    pane.form.field("filters").box.setValue(3)  # type: ignore[attr-defined]
    assert open_document.network.layers[1].type == Conv2D(9, padding="same")


def order(document: Document) -> list[str]:
    return [one.name for one in branches(document).inside]


def test_a_layer_inside_is_moved_by_keys(blocks: StackController, open_document: Document) -> None:
    open_document.select(f"{BLOCK}/far")
    blocks.move_up()
    assert order(open_document) == ["far", "near", "concatenate"]
    assert open_document.undo_stack.undoText() == "move far"
    assert open_document.selected == f"{BLOCK}/far"
    blocks.move_up()
    assert open_document.undo_stack.count() == 1, "it is the first"
    blocks.move_down()
    assert branches(open_document) == Branches()


def test_a_layer_inside_is_switched_off_and_on(
    pane: SettingsPane, blocks: StackController, open_document: Document
) -> None:
    path = f"{BLOCK}/far"
    open_document.select(path)
    blocks.toggle_enabled()
    assert open_document.undo_stack.undoText() == "switch off far"
    assert is_off(open_document.network, path)
    assert "switched off" in card(blocks, "far in 1. Branches").accessibleDescription()
    assert "switched off" in pane.note.text()
    assert open_document.analysis.facts[BLOCK].output_shape == (8, 8, 16 + 1), "what enters passes it by"
    blocks.toggle_enabled()
    assert branches(open_document) == Branches()


def test_the_last_layer_that_is_on_stays_on(blocks: StackController, open_document: Document) -> None:
    block = Branches((Child("only", Conv2D(4), ("",)),))
    open_document.apply_network(open_document.network.set_type(BLOCK, block), "one")
    open_document.select(f"{BLOCK}/only")
    before = open_document.network
    blocks.toggle_enabled()
    assert open_document.network is before
    assert "switched off" in blocks.view.error_panel.what.text()


def test_a_layer_inside_is_cut_and_pasted(blocks: StackController, open_document: Document) -> None:
    open_document.select(f"{BLOCK}/far")
    blocks.cut()
    assert open_document.undo_stack.undoText() == "cut far"
    assert order(open_document) == ["near", "concatenate"]
    open_document.select(f"{BLOCK}/near")
    blocks.paste()
    assert open_document.undo_stack.undoText() == "paste far"
    assert branches(open_document).child("far").inputs == ("near",)
    assert open_document.selected == f"{BLOCK}/far"
    open_document.select("layer_002")
    blocks.paste()
    assert kinds(open_document) == ["Branches", "Residual", "Conv2D", "Flatten", "Dense"]
    assert open_document.network.layers[2].label == "far"


def test_layers_of_the_stack_are_pasted_inside_as_a_chain(blocks: StackController, open_document: Document) -> None:
    open_document.select("layer_003", ["layer_003", "layer_004"])
    blocks.copy()
    open_document.select(f"{BLOCK}/near")
    blocks.paste()
    block = branches(open_document)
    assert block.child("flatten").inputs == ("near",)
    assert block.child("dense").inputs == ("flatten",)
    assert block.child("concatenate").inputs == ("dense", "far")
    assert open_document.undo_stack.undoText() == "paste 2 layers"


def test_keras_code_is_pasted_inside(blocks: StackController, open_document: Document) -> None:
    QGuiApplication.clipboard().setText("layers.Dropout(0.25)")
    open_document.select(f"{BLOCK}/near")
    blocks.paste()
    assert branches(open_document).child("dropout").type == Dropout(0.25)
    QGuiApplication.clipboard().setText("no layers at all")
    before = open_document.network
    blocks.paste()
    assert open_document.network is before
    assert blocks.view.error_panel.isVisible()


def test_a_layer_is_dragged_within_its_block(qtbot: Any, blocks: StackController, open_document: Document) -> None:
    blocks.show_inside(BLOCK, True)
    cards = blocks.view.cards
    near = card(blocks, "near in 1. Branches")
    drag(qtbot, cards, card(blocks, "far in 1. Branches"), near.geometry().bottom() - 4)
    block = branches(open_document)
    assert block.child("far").inputs == ("near",)
    assert block.child("concatenate").inputs == ("far",)
    assert open_document.undo_stack.count() == 1


def test_a_layer_is_dragged_out_of_its_block(qtbot: Any, blocks: StackController, open_document: Document) -> None:
    blocks.show_inside(BLOCK, True)
    target = card(blocks, "2. Residual")
    drag(qtbot, blocks.view.cards, card(blocks, "far in 1. Branches"), target.geometry().top() + 4)
    assert kinds(open_document) == ["Branches", "Conv2D", "Residual", "Flatten", "Dense"]
    assert order(open_document) == ["near", "concatenate"]
    assert open_document.undo_stack.undoText() == "move far out of the block"
    open_document.undo_stack.undo()
    drag(qtbot, blocks.view.cards, card(blocks, "concatenate in 1. Branches"), target.geometry().top() + 4)
    assert "joins several" in blocks.view.error_panel.what.text()


def test_a_layer_is_dragged_into_a_block(qtbot: Any, blocks: StackController, open_document: Document) -> None:
    blocks.show_inside(BLOCK, True)
    far = card(blocks, "far in 1. Branches")
    drag(qtbot, blocks.view.cards, card(blocks, "3. Flatten"), far.geometry().top() + 4)
    assert kinds(open_document) == ["Branches", "Residual", "Dense"]
    assert branches(open_document).child("far").inputs == ("flatten",)
    assert open_document.selected == f"{BLOCK}/flatten"
    open_document.undo_stack.undo()
    assert branches(open_document) == Branches()


def test_a_block_is_not_dragged_into_itself(qtbot: Any, blocks: StackController, open_document: Document) -> None:
    blocks.show_inside(BLOCK, True)
    before = open_document.network
    drag(qtbot, blocks.view.cards, card(blocks, "1. Branches"), card(blocks, "far in 1. Branches").y() + 4)
    assert open_document.network is before


def test_what_a_fixed_block_holds_cannot_be_dragged(
    qtbot: Any, blocks: StackController, open_document: Document
) -> None:
    blocks.show_inside("layer_002", True)
    before = open_document.network
    drag(qtbot, blocks.view.cards, card(blocks, "conv1 in 2. Residual"), 4)
    assert open_document.network is before

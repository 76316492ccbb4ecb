"""The code follows the stack, and the stack follows what is typed; over a real document and the engine's own jobs."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from engine.code.class_names import made_up_names
from engine.code.script import keras_script
from engine.errors import EngineError
from engine.images.preprocessing import Preprocessing
from engine.layers.conv2d import Conv2D
from engine.layers.dropout import Dropout
from engine.layers.residual import Residual
from engine.network import Network
from engine.project import OpenedProject
from engine.service.code import ReadScript, WriteScript
from tests.gui.code.conftest import Code
from tests.gui.pages.fakes import dataset


def filters(code: Code) -> object:
    return code.document.network.layer("layer_001").type.values()["filters"]


def script_of(code: Code) -> str:
    return keras_script(code.document.draft, made_up_names(code.document.network)).text


def test_the_whole_script_is_shown(code: Code) -> None:
    assert code.text == script_of(code)
    assert code.pane.state.text().startswith("Change build_network()")
    assert not code.pane.back_button.isVisible()


def test_every_edit_of_the_stack_shows_and_many_at_once_are_written_once(code: Code) -> None:
    asked = len(code.bridge.jobs(WriteScript))
    for number in range(5, 10):
        edited = code.document.network.set_type("layer_001", Conv2D(filters=number))
        code.document.apply_network(edited, "set filters")
    code.settle()
    assert "layers.Conv2D(9, " in code.text
    assert code.text == script_of(code)
    assert len(code.bridge.jobs(WriteScript)) == asked + 1
    code.document.undo_stack.undo()
    code.settle()
    assert code.text == script_of(code)


def test_nothing_is_written_while_it_is_hidden(code: Code) -> None:
    code.pane.hide()
    asked = len(code.bridge.jobs(WriteScript))
    code.document.apply_network(code.document.network.added(Dropout()), "add")
    code.qtbot.wait(100)
    assert len(code.bridge.jobs(WriteScript)) == asked


def test_the_names_of_the_classes_are_those_of_the_images(code: Code) -> None:
    code.document.set_dataset(dataset())
    code.settle()
    assert 'CLASS_NAMES = ["cat", "dog", "frog"]' in code.text


def test_a_number_that_is_typed_is_one_undoable_edit_of_the_stack(code: Code) -> None:
    code.replace("4, (3, 3)", "16, (3, 3)")
    code.settle()
    assert filters(code) == 16
    assert code.document.undo_stack.undoText() == "edit the code"
    assert code.document.undo_stack.count() == 1
    assert code.pane.state.text().startswith("Change build_network()")
    code.undo()
    code.settle()
    assert filters(code) == 4
    assert "layers.Conv2D(4, (3, 3)" in code.text
    code.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    code.settle()
    assert filters(code) == 16


def test_typing_on_and_on_is_one_step(code: Code) -> None:
    code.put_cursor("4, (3, 3)", into=1)
    for digit in "82":
        code.type(digit)
        code.settle()
    assert filters(code) == 482
    assert code.document.undo_stack.count() == 1
    code.document.undo_stack.undo()
    assert filters(code) == 4


def test_a_new_layer_keeps_its_id_while_it_is_written_and_the_text_is_put_in_order_afterwards(code: Code) -> None:
    code.put_cursor("            layers.Flatten")
    code.type("            layers.Dropout(0.5),\n")
    code.settle()
    ids = [one.id for one in code.document.network.layers]
    assert ids == ["layer_001", "layer_002", "layer_005", "layer_003", "layer_004"]
    assert "layers.Dropout(0.5),\n" in code.text
    assert code.pane.state.text().startswith("The stack has followed")
    code.put_cursor("Dropout(0.5", into=len("Dropout(0."))
    code.press(Qt.Key.Key_Delete)
    code.type("25")
    code.settle()
    assert [one.id for one in code.document.network.layers] == ids
    assert code.document.network.layer("layer_005").type == Dropout(0.25)
    code.leave()
    assert 'layers.Dropout(0.25, name="layer_005"),' in code.text
    assert code.text == script_of(code)


def test_a_fault_is_said_at_its_line_and_nothing_is_lost(code: Code) -> None:
    before = code.document.draft
    code.replace("layers.Flatten", "layers.Flatter")
    typed = code.text
    code.settle()
    line = typed[: typed.index("layers.Flatter")].count("\n") + 1
    assert code.pane.fault.isVisible()
    assert code.pane.fault.what.text().startswith(f"Line {line}, column ")
    assert "Flatter" in code.pane.fault.what.text()
    assert "The layer types are:" in code.pane.fault.more.text()
    assert code.pane.editor.wrong_line == line
    assert "Flatter" in code.pane.editor.accessibleDescription()
    assert code.document.draft == before
    code.leave()
    assert code.text == typed

    code.pane.fault.go.click()
    assert code.pane.editor.textCursor().blockNumber() + 1 == line
    assert code.pane.editor.hasFocus()
    code.replace("layers.Flatter", "layers.Flatten")
    code.settle()
    assert not code.pane.fault.isVisible()
    assert code.pane.editor.wrong_line == 0
    assert code.document.undo_stack.count() == 0


def test_what_was_typed_can_be_given_up(code: Code) -> None:
    whole = code.text
    code.replace("layers.Flatten", "layers.Flatter")
    code.settle()
    code.pane.back_button.click()
    code.settle()
    assert code.text == whole
    assert not code.pane.fault.isVisible()
    assert not code.pane.back_button.isVisible()


def test_what_is_wrong_stays_while_the_stack_is_changed_and_that_is_said(code: Code) -> None:
    code.replace("layers.Flatten", "layers.Flatter")
    code.settle()
    typed = code.text
    code.document.apply_network(code.document.network.set_type("layer_001", Conv2D(filters=7)), "set filters")
    code.settle()
    assert code.text == typed
    assert "changed meanwhile" in code.pane.remark.text.text()
    code.pane.back_button.click()
    code.settle()
    assert code.text == script_of(code)
    assert "layers.Conv2D(7, " in code.text


def test_typing_back_to_where_one_began_leaves_no_step(code: Code) -> None:
    code.put_cursor("            layers.Flatten")
    code.type("            layers.Dropout(0.5),\n")
    code.settle()
    assert len(code.document.network.layers) == 5
    while len(code.document.network.layers) == 5:
        code.undo()
        code.settle()
    assert not code.document.undo_stack.canUndo()
    assert code.text == script_of(code)


def test_an_edit_elsewhere_takes_the_place_of_what_was_understood(code: Code) -> None:
    code.put_cursor("            layers.Flatten")
    code.type("            layers.Dropout(0.5),\n")
    code.settle()
    code.document.undo_stack.undo()
    code.settle()
    assert len(code.document.network.layers) == 4
    assert code.text == script_of(code)


def test_lines_outside_the_network_are_said_to_be_written_anew(code: Code) -> None:
    code.replace("EPOCHS = 10", "EPOCHS = 99")
    code.settle()
    line = code.text[: code.text.index("EPOCHS")].count("\n") + 1
    assert code.pane.remark.text.text().startswith(f"Line {line} is outside build_network()")
    assert code.pane.state.text().startswith("What stands outside is not taken over")
    assert code.document.undo_stack.count() == 0
    code.leave()
    assert "EPOCHS = 99" in code.text
    with code.qtbot.waitSignal(code.controller.notice) as said:
        code.document.apply_network(code.document.network.added(Dropout()), "add")
        code.settle()
    assert f"line {line}" in said.args[0]
    assert "EPOCHS = 99" not in code.text


def test_another_input_is_another_preprocessing(code: Code) -> None:
    settled = dataclasses.replace(code.document.draft, preprocessing=Preprocessing(8, 8, "grayscale"))
    code.document.apply(settled, "settle")
    code.settle()
    code.replace("shape=(8, 8, 1)", "shape=(16, 12, 3)")
    code.settle()
    assert code.document.draft.preprocessing == Preprocessing(16, 12, "rgb")
    assert code.document.network.input.shape == (16, 12, 3)


def test_the_lines_of_the_chosen_layer_are_marked_and_a_line_chooses_its_layer(code: Code) -> None:
    code.document.select("layer_003")
    marked = code.pane.editor.chosen_lines
    assert [code.text.split("\n")[line - 1].strip() for line in marked] == ['layers.Flatten(name="layer_003"),']
    code.put_cursor("layers.MaxPooling2D")
    assert code.document.selected == "layer_002"
    code.put_cursor("EPOCHS")
    assert code.document.selected == "layer_002"
    assert set(code.pane.editor.families.values()) == {"input", "convolution", "pooling", "shape", "dense"}


def test_the_call_of_a_block_is_brought_into_sight_and_its_function_is_marked_too(code: Code) -> None:
    blocks = [Residual(filters=4) for _ in range(12)]
    code.document.apply_network(Network.of(code.document.network.input, blocks), "many blocks")
    code.settle()
    code.document.select("layer_009")
    editor = code.pane.editor
    lines = [one.strip() for one in code.text.split("\n")]
    called = lines.index(next(one for one in lines if 'name="layer_009"' in one)) + 1
    assert called in {number + 1 for number, _ in editor.lines_in_sight()}
    assert called in editor.chosen_lines
    assert lines[min(editor.chosen_lines) - 1].startswith("def residual")
    editor.setFocus()
    editor.go_to(min(editor.chosen_lines) + 1)
    assert code.document.selected == "layer_009"


def test_what_was_typed_belongs_to_the_project_it_was_typed_in(code: Code, tmp_path: Path) -> None:
    code.replace("layers.Flatten", "layers.Flatter")
    code.settle()
    draft = dataclasses.replace(code.document.draft, seed=7)
    with code.qtbot.waitSignal(code.controller.notice) as said:
        code.document.set_project(OpenedProject(tmp_path, "Other", draft, saved=True))
    code.settle()
    assert "Another project is open" in said.args[0]
    assert "SEED = 7" in code.text
    assert not code.pane.fault.isVisible()


def test_a_whole_other_network_is_pasted(code: Code) -> None:
    QGuiApplication.clipboard().setText("keras.Sequential([layers.Flatten(), layers.Dense(3)])")
    code.pane.editor.setFocus()
    code.pane.editor.selectAll()
    code.pane.editor.paste()
    code.settle()
    assert [one.type.kind for one in code.document.network.layers] == ["Flatten", "Dense"]
    assert "is outside build_network()" not in code.text
    code.pane.back_button.click()
    code.settle()
    assert code.text == script_of(code)


@pytest.mark.parametrize("text", ["[" * 10_000 + "]" * 10_000, "import os\nos.remove('x')", "while True: pass", "\0"])
def test_odd_code_is_refused_in_words(code: Code, text: str) -> None:
    before = code.document.draft
    QGuiApplication.clipboard().setText(text)
    code.pane.editor.selectAll()
    code.pane.editor.paste()
    code.settle()
    assert code.pane.fault.isVisible()
    assert code.document.draft == before


def test_far_too_much_is_not_pasted(code: Code) -> None:
    whole = code.text
    QGuiApplication.clipboard().setText("x" * 300_000)
    with code.qtbot.waitSignal(code.controller.failed) as said:
        code.pane.editor.paste()
    assert "300,000 characters" in said.args[0].what
    assert code.text == whole


def test_the_fault_of_a_network_is_said_beside_its_code(code: Code) -> None:
    too_large = Conv2D(filters=4, kernel_size=(9, 9), padding="valid")
    code.document.apply_network(code.document.network.set_type("layer_001", too_large), "break")
    code.settle()
    assert code.text == script_of(code)
    assert "does not fit" in code.pane.remark.text.text()


def test_an_empty_stack_has_code_too(code: Code) -> None:
    code.document.apply_network(Network(code.document.network.input), "remove everything")
    code.settle()
    assert code.text == script_of(code)
    assert "def build_network():" in code.text


def test_what_an_engine_that_stopped_left_unanswered_is_asked_again(code: Code) -> None:
    code.replace("4, (3, 3)", "16, (3, 3)")
    code.qtbot.waitUntil(lambda: bool(code.bridge.open_jobs(ReadScript)), timeout=5_000)
    code.bridge.last(ReadScript).say("failed", EngineError("The engine stopped.", "It runs.", "It is started again."))
    assert code.pane.fault.what.text() == "The engine stopped."
    code.bridge.engine_started.emit()
    code.settle()
    assert filters(code) == 16
    assert not code.pane.fault.isVisible()


def test_everything_is_copied(code: Code) -> None:
    code.controller.copy_all()
    assert QGuiApplication.clipboard().text() == code.text

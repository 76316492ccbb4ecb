import dataclasses
from typing import Any

from PySide6.QtCore import Qt

from engine.data.splitting import LEFT_OUT
from gui.app import Convoscope
from gui.main_window import MainWindow
from tests.fakes import FakeEngine


def enabled(program: Convoscope, *ids: str) -> dict[str, bool]:
    return {id: program.desk.actions[id].isEnabled() for id in ids}


def test_undo_and_redo_say_what_they_would_do(qtbot: Any, opened: Convoscope, window: MainWindow) -> None:
    actions = opened.desk.actions
    assert enabled(opened, "undo", "redo") == {"undo": False, "redo": False}
    assert "nothing to undo" in actions["undo"].toolTip()
    qtbot.keySequence(window, "Ctrl+D")
    assert actions["undo"].text() == "Undo: duplicate Conv2D"
    qtbot.keySequence(window, "Ctrl+Z")
    assert actions["redo"].text() == "Redo: duplicate Conv2D"
    qtbot.keySequence(window, "Ctrl+Shift+Z")
    assert opened.document.undo_stack.index() == 1


def test_an_edit_shows_in_the_title_until_it_is_undone(qtbot: Any, opened: Convoscope, window: MainWindow) -> None:
    qtbot.keySequence(window, "Ctrl+D")
    assert window.top.project.text() == "Sample project — edited"
    assert window.windowTitle() == "Sample project (edited) – Convoscope"
    qtbot.keySequence(window, "Ctrl+Z")
    assert window.top.project.text() == "Sample project"


def test_a_train_button_that_cannot_says_what_is_missing(opened: Convoscope, window: MainWindow) -> None:
    assert not window.top.train_button.isEnabled()
    assert "images" in window.top.train_button.toolTip()
    assert window.dataset_label.text() == "No images are open"


def test_images_left_out_are_counted_apart(ready: Convoscope, window: MainWindow) -> None:
    found = ready.document.dataset
    assert found is not None
    parts = found.parts.copy()
    parts[:4] = LEFT_OUT
    ready.document.set_dataset(dataclasses.replace(found, parts=parts))
    assert window.dataset_label.text().endswith("for training, validation, test · 4 left out")


def test_a_network_with_a_problem_cannot_be_trained(ready: Convoscope, window: MainWindow) -> None:
    assert window.top.train_button.isEnabled()
    document = ready.document
    last = document.network.layers[-1]
    document.apply_network(document.network.set_type(last.id, last.type.changed(units=7)), "break")
    assert not window.top.train_button.isEnabled()
    assert ready.desk.actions["fit_classes"].isEnabled()
    ready.desk.actions["fit_classes"].trigger()
    assert window.top.train_button.isEnabled()
    assert not ready.desk.actions["fit_classes"].isEnabled()


def test_pause_and_stop_are_offered_only_while_a_run_is_under_way(ready: Convoscope) -> None:
    assert enabled(ready, "train", "pause", "stop") == {"train": True, "pause": False, "stop": False}


def test_another_run_is_not_offered_while_one_is_under_way(training: Convoscope) -> None:
    assert enabled(training, "train", "pause", "stop") == {"train": False, "pause": True, "stop": True}
    assert "under way" in training.desk.actions["train"].toolTip()


def test_only_what_can_be_done_with_the_chosen_layer_is_offered(opened: Convoscope, engine: FakeEngine) -> None:
    moves = ("move_up", "move_down", "remove", "duplicate")
    layers = opened.document.network.layers
    for chosen, possible in (
        ("input", (False, False, False, False)),
        (layers[0].id, (False, True, True, True)),
        (layers[-1].id, (True, False, True, True)),
    ):
        opened.document.select(chosen)
        assert enabled(opened, *moves) == dict(zip(moves, possible, strict=True))
    assert "last layer" in opened.desk.actions["move_down"].toolTip()


def test_a_layer_that_is_off_can_be_switched_on(qtbot: Any, opened: Convoscope, window: MainWindow) -> None:
    window.stack.cards.focus_selected()
    qtbot.keyClick(window, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    assert opened.desk.actions["toggle"].text() == "Switch on"

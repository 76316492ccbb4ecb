from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from engine.errors import EngineError
from engine.layers.conv2d import Conv2D
from engine.service.saving import SaveFile
from gui.picture.controller import PictureController
from gui.picture.exporting import Format
from gui.picture.window import Paper
from gui.settings import PICTURE_FOLDER, PICTURE_FORMAT, PICTURE_INSIDE, PICTURE_PAPER
from gui.theme import DARK, LIGHT
from tests.fakes import FakeEngine


@pytest.fixture
def controller(program: Any, qtbot: Any) -> PictureController:
    """The picture of the whole program, opened by its action."""
    program.desk.actions["picture"].trigger()
    found: PictureController = program.desk._picture
    assert found.window.isVisible()
    return found


def has_paper(controller: PictureController, colour: str) -> bool:
    return controller.scene is not None and controller.scene.paper == colour


def test_it_follows_every_edit(controller: PictureController, program: Any, qtbot: Any) -> None:
    before = controller.scene
    program.document.apply_network(program.document.network.added(Conv2D(), 1), "add a layer")
    qtbot.waitUntil(lambda: controller.scene is not before)
    program.document.undo_stack.undo()
    qtbot.waitUntil(lambda: controller.scene == before)


def test_a_hidden_window_draws_nothing(controller: PictureController, program: Any, qtbot: Any) -> None:
    controller.window.close()
    before = controller.scene
    program.document.apply_network(program.document.network.added(Conv2D(), 1), "add a layer")
    qtbot.wait(60)
    assert controller.scene is before
    program.desk.show_picture()
    assert controller.scene is not before


def test_a_click_on_a_volume_chooses_the_card(controller: PictureController, program: Any) -> None:
    controller.window.view.layer_chosen.emit(program.document.network.layers[2].id + "/inside")
    assert program.document.selected == program.document.network.layers[2].id


def test_the_paper_is_chosen_and_remembered(controller: PictureController, program: Any, qtbot: Any) -> None:
    for paper, colours in ((Paper.DARK, DARK), (Paper.LIGHT, LIGHT)):
        box = controller.window.paper_box
        box.setCurrentIndex(box.findData(paper.value))
        qtbot.waitUntil(partial(has_paper, controller, colours.surface))
    controller.window.inside_box.setChecked(False)
    assert program.settings.get(PICTURE_PAPER) == Paper.LIGHT
    assert program.settings.get(PICTURE_INSIDE) == 0


@pytest.mark.parametrize("format", Format)
def test_it_is_saved_by_a_job_and_the_folder_is_remembered(
    controller: PictureController, program: Any, engines: list[FakeEngine], qtbot: Any, tmp_path: Path, format: Format
) -> None:
    controller.ask_for_file()
    dialog = controller.window.findChild(QFileDialog, "Picture file")
    assert dialog is not None
    assert not dialog.testOption(QFileDialog.Option.DontConfirmOverwrite)
    assert dialog.acceptMode() is QFileDialog.AcceptMode.AcceptSave
    path = tmp_path / f"net.{format.value}"
    dialog.fileSelected.emit(str(path))
    dialog.reject()
    _, job = engines[-1].newest(SaveFile)
    assert job.path == path
    assert job.data[:5] in (b"%PDF-", b"<?xml", b"\x89PNG\r")
    engines[-1].finish(SaveFile, path)
    qtbot.waitUntil(lambda: str(path) in controller.window.said.text())
    assert program.settings.get(PICTURE_FOLDER) == str(tmp_path)
    assert program.settings.get(PICTURE_FORMAT) == format.value


def test_the_suffix_of_the_dialog_follows_the_format(controller: PictureController) -> None:
    controller.ask_for_file()
    dialog = controller.window.findChild(QFileDialog, "Picture file")
    assert dialog is not None
    dialog.filterSelected.emit(Format.PNG.words)
    assert dialog.defaultSuffix() == "png"
    dialog.reject()


def test_what_cannot_be_saved_is_said_in_its_window(
    controller: PictureController, engines: list[FakeEngine], qtbot: Any, tmp_path: Path
) -> None:
    controller.save(tmp_path / "a.svg", Format.SVG)
    engines[-1].fail(SaveFile, EngineError("The disk is full.", "There is room.", "Make room."))
    qtbot.waitUntil(controller.window.trouble.isVisible)
    assert controller.window.trouble.what.text() == "The disk is full."
    controller.save(tmp_path / "a.svg", Format.SVG)
    assert not controller.window.trouble.isVisible()


def test_the_keyboard_reaches_everything(controller: PictureController, qtbot: Any) -> None:
    window = controller.window
    window.activateWindow()
    window.view.setFocus()
    qtbot.waitUntil(window.view.hasFocus)
    reached = set()
    for _ in range(12):
        widget = window.focusWidget()
        reached.add(widget.accessibleName() or str(widget.property("text")))
        QTest.keyClick(widget, Qt.Key.Key_Tab)
    assert reached >= {"Picture of the network", "Colours", "Inside of blocks", "PNG size", "Transparent"}
    assert reached >= {"Save as file…", "Fit"}
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert not window.isVisible()


def test_it_goes_with_the_main_window(controller: PictureController, program: Any) -> None:
    program.window.hide()
    assert not controller.window.isVisible()

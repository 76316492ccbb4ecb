"""The whole window over a fake engine: what its keys, menus, drops and buttons do."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QPushButton

from engine.errors import EngineError
from engine.events import Reason, RunEnded, RunStarted
from engine.jobs import EngineLost, EngineStarted
from engine.project.sample import sample_draft
from engine.service.datasets import OpenDataset
from engine.service.inspection import Classify, Inspect
from engine.service.projects import Autosave, ListRuns, NewProject, OpenedProject, OpenProject, SaveProject
from engine.service.training import ResumeRun, Train, WarmUp
from gui.actions import ACTIONS
from gui.settings import LAST, RECENT, TEXT_SCALE, THEME
from gui.stack.card import LayerCard
from gui.theme import theme
from tests.gui.conftest import by_name
from tests.gui.pages.fakes import dataset, summary

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


@pytest.fixture
def window(qtbot, program):
    with qtbot.waitExposed(program.window):
        pass
    with qtbot.waitActive(program.window):
        program.window.activateWindow()
    qtbot.waitUntil(lambda: all(program.desk.pages.has(name) for name in ("data", "train", "inspect", "runs")))
    return program.window


@pytest.fixture
def engine(window, engines):
    return engines[-1]


def project(home, *, saved=False, name="Sample project", draft=None):
    folder = home / "Pond.convoscope" if saved else home / "unsaved" / "Sample project-1.convoscope"
    return OpenedProject(folder, name, draft or sample_draft(), saved=saved)


@pytest.fixture
def opened(qtbot, window, engine, program, home):
    """The window with the sample project and its images open."""
    engine.finish(OpenProject, project(home))
    qtbot.waitUntil(lambda: program.document.project.folder != Path())
    qtbot.waitUntil(lambda: any(isinstance(job, OpenDataset) for job in engine.jobs.values()))
    return program


def digits(document):
    """A dataset that fits the sample project."""
    import dataclasses

    made = dataset()
    names = tuple("0123456789")
    return dataclasses.replace(made, spec=document.draft.data, class_names=names)


@pytest.fixture
def ready(qtbot, opened, engine):
    """The window, ready to train."""
    engine.finish(OpenDataset, digits(opened.document))
    qtbot.waitUntil(lambda: opened.document.dataset is not None)
    return opened


def press(qtbot, window, keys):
    qtbot.keySequence(window, keys)


def test_the_first_paint_waits_for_no_engine(qtbot, qapp, home):
    from gui.app import Convoscope, make_application

    make_application()
    made = []

    def make(on_event):
        raise AssertionError("no engine before the first paint")

    program = Convoscope(engine=make)
    program.window.show()
    made.append(program.window.grab())
    assert not program.desk.pages.has("train")
    assert by_name(program.window, "1. Rescaling", LayerCard).isVisible()
    program.close()


def test_a_first_start_opens_the_sample_project_and_warms_up(window, engine):
    assert engine.newest(OpenProject)[1] == OpenProject(None)
    assert engine.newest(WarmUp)[1] == WarmUp()
    assert window.top.project.text() == "Sample project"
    assert window.top.tabs.current == "train"


def test_the_status_bar_says_how_far_the_engine_is(qtbot, window, engine):
    assert "starting" in window.engine_label.text()
    engine.finish(WarmUp, "TensorFlow 2.21 ready · 2 CPU threads")
    qtbot.waitUntil(lambda: "ready" in window.engine_label.text())


def test_the_sample_project_is_ready_to_train_with_one_click(qtbot, ready, window, engine):
    assert "30 images · 10 classes" in window.dataset_label.text()
    button = window.top.train_button
    assert button.isEnabled()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert engine.newest(Train)[1].draft == ready.document.draft
    assert button.text() == "Training…"


def test_a_train_button_that_cannot_says_what_is_missing(opened, window):
    assert not window.top.train_button.isEnabled()
    assert "images" in window.top.train_button.toolTip()


@pytest.mark.parametrize(("keys", "page"), [("Ctrl+1", "data"), ("Ctrl+3", "inspect"), ("Ctrl+4", "runs")])
def test_keys_bring_up_the_pages(qtbot, window, keys, page):
    press(qtbot, window, keys)
    assert window.top.tabs.current == page
    press(qtbot, window, "Ctrl+2")
    assert window.top.tabs.current == "train"


def test_every_action_has_words_an_id_of_its_own_and_a_key_of_its_own():
    assert len({one.id for one in ACTIONS}) == len(ACTIONS)
    keys = [one.shortcut for one in ACTIONS if one.shortcut]
    assert len(set(keys)) == len(keys)
    assert all(one.text for one in ACTIONS)


def test_every_action_does_something(program):
    verbs = program.desk._verbs()
    assert {one.id for one in ACTIONS} - set(verbs) == {"recent"}


def test_undo_and_redo_say_what_they_would_do(qtbot, opened, window):
    actions = opened.desk.actions
    assert not actions["undo"].isEnabled()
    press(qtbot, window, "Ctrl+D")
    assert actions["undo"].text() == "Undo: duplicate Conv2D"
    assert window.top.project.text() == "Sample project — edited"
    press(qtbot, window, "Ctrl+Z")
    assert actions["redo"].text() == "Redo: duplicate Conv2D"
    press(qtbot, window, "Ctrl+Shift+Z")
    assert opened.document.undo_stack.index() == 1


def press_delete(qtbot):
    focused = QApplication.focusWidget()
    assert focused is not None
    qtbot.keyClick(focused, Qt.Key.Key_Delete)


def test_delete_removes_a_layer_only_while_the_stack_has_the_keyboard(qtbot, opened, window):
    layers = len(opened.document.network.layers)
    window.settings_pane.form.field("filters").setFocus()
    press_delete(qtbot)
    assert len(opened.document.network.layers) == layers
    window.stack.cards.focus_selected()
    press_delete(qtbot)
    assert len(opened.document.network.layers) == layers - 1


def test_the_slash_key_offers_the_layer_types(qtbot, window):
    press(qtbot, window, "/")
    palette = window.stack._palette
    assert palette.isVisible()
    palette.hide()


def test_a_setting_is_edited_and_comes_back(qtbot, opened, window):
    box = by_name(window.settings_pane, "Filters")
    box.setValue(48)
    assert opened.document.undo_stack.undoText() == "set filters to 48"
    press(qtbot, window, "Ctrl+Z")
    assert box.value() == 32


def test_the_explanation_goes_with_the_chosen_layer(opened, window):
    pane = window.settings_pane
    before = pane.explanation.text()
    opened.document.select("input")
    assert pane.explanation.text() != before
    assert pane.heading.text() == "INPUT"


def test_the_form_of_the_input_edits_how_images_are_prepared(ready, window):
    ready.document.select("input")
    by_name(window.settings_pane, "Height").setValue(12)
    assert ready.document.draft.preprocessing.height == 12
    assert ready.document.network.input.shape == (12, 8, 1)


# Keeping and saving


def test_edits_are_kept_soon_after(qtbot, opened, window, engine):
    press(qtbot, window, "Ctrl+D")
    assert window.saved_label.text() == "Edited"
    qtbot.waitUntil(lambda: any(isinstance(job, Autosave) for job in engine.jobs.values()), timeout=4000)
    assert engine.newest(Autosave)[1].draft == opened.document.draft
    engine.finish(Autosave)
    qtbot.waitUntil(lambda: window.saved_label.text().startswith("Every edit is kept"))


def test_saving_asks_for_a_place_only_the_first_time(qtbot, opened, engine, home):
    target = home / "Pond.convoscope"
    opened.desk.projects._on_target_chosen(str(target))
    assert engine.newest(SaveProject)[1].target == target
    engine.finish(SaveProject, project(home, saved=True, name="Pond", draft=opened.document.draft))
    qtbot.waitUntil(lambda: opened.window.top.project.text() == "Pond")
    assert opened.settings.recent() == (target,)
    press(qtbot, opened.window, "Ctrl+S")
    assert engine.newest(SaveProject)[1].target is None


def test_the_menu_of_recent_projects_opens_one(qtbot, opened, engine, home):
    opened.settings.set(RECENT, str(home / "Old & new.convoscope"))
    menu = opened.desk._recent
    menu.aboutToShow.emit()
    assert menu.actions()[0].text().startswith("Old && new")
    menu.actions()[0].trigger()
    assert engine.newest(OpenProject)[1].path == home / "Old & new.convoscope"


def test_a_project_that_cannot_be_opened_is_said_and_changes_nothing(qtbot, opened, window, engine, home):
    before = opened.document.draft
    opened.desk.projects.open(home / "Broken.convoscope")
    engine.fail(OpenProject, EngineError("The file is cut off.", "It is whole.", "Use a copy."))
    qtbot.waitUntil(lambda: window.banner.isVisible())
    assert window.banner.text.text() == "The file is cut off. It is whole. Use a copy."
    assert opened.document.draft == before


def test_a_last_project_that_is_gone_gives_way_to_the_sample(qtbot, qapp, home, engines):
    from gui.app import Convoscope, make_application
    from tests.fakes import FakeEngine

    make_application()

    def make(on_event):
        engines.append(FakeEngine(on_event))
        return engines[-1]

    program = Convoscope(engine=make)
    program.settings.set(LAST, str(home / "Gone.convoscope"))
    program.show()
    qtbot.waitUntil(lambda: bool(engines and engines[-1].jobs))
    assert not program.window.stack.cards.isVisible()
    engines[-1].fail(OpenProject, EngineError("It is gone.", "It is there.", "Locate it."))
    qtbot.waitUntil(lambda: engines[-1].newest(OpenProject)[1] == OpenProject(None))
    engines[-1].finish(OpenProject, project(home))
    qtbot.waitUntil(lambda: program.window.stack.cards.isVisible())
    assert program.window.banner.isVisible()
    program.close()


def test_new_starts_from_the_sample(qtbot, opened, window, engine):
    press(qtbot, window, "Ctrl+N")
    assert engine.newest(NewProject)[1].draft == sample_draft()


# Drops


def drop(window, *urls):
    mime = QMimeData()
    mime.setUrls([QUrl(url) for url in urls])
    event = QDropEvent(
        QPointF(300, 300), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    window.dropEvent(event)
    return event


def test_a_dropped_folder_becomes_the_dataset(qtbot, opened, window, engine):
    drop(window, "file:///photos/pond")
    assert window.top.tabs.current == "data"
    assert engine.newest(OpenDataset)[1].data.source.location == "/photos/pond"


def test_a_dropped_project_opens(opened, window, engine):
    drop(window, "file:///home/Pond.convoscope")
    assert engine.newest(OpenProject)[1].path == Path("/home/Pond.convoscope")


def test_dropped_images_are_looked_at(qtbot, ready, window, engine, home):
    engine.finish(ListRuns, (summary(1),))
    qtbot.wait(5)
    drop(window, "file:///frog.png")
    assert window.top.tabs.current == "inspect"
    assert any(isinstance(job, Inspect | Classify) for job in engine.jobs.values())


# Training


@pytest.fixture
def training(qtbot, ready, engine):
    ready.window.top.train_button.click()
    started = RunStarted(
        run="run-001", sequence=1, folder="/project/runs/run-001", epochs=3, steps_per_epoch=4, images=30,
        validation_images=6, parameters=1234,
    )  # fmt: skip
    engine.part(Train, started)
    qtbot.waitUntil(lambda: ready.desk.pages.train.state == "running")
    return ready


def test_pause_is_an_action_only_while_a_run_is_under_way(qtbot, training, engine):
    actions = training.desk.actions
    assert actions["pause"].isEnabled()
    assert not actions["train"].isEnabled()
    press(qtbot, training.window, "Ctrl+P")
    assert engine.controls


def test_closing_without_a_run_keeps_the_edits_and_ends(qtbot, opened, window, engine):
    press(qtbot, window, "Ctrl+D")
    window.close()
    assert not window.isVisible()
    assert engine.newest(Autosave)[1].draft == opened.document.draft
    with qtbot.waitSignal(opened.desk.closing.ending, raising=False, timeout=10):
        pass
    engine.finish(Autosave)
    qtbot.waitUntil(lambda: window._may_close)


def closing_dialog(window):
    return next(one for one in QApplication.topLevelWidgets() if one.accessibleName() == "A run is still training")


def test_closing_while_training_asks(qtbot, training, window):
    window.close()
    assert window.isVisible()
    dialog = closing_dialog(window)
    by_name(dialog, "Cancel", QPushButton).click()
    assert window.isVisible()
    assert training.desk.pages.train.state == "running"


def test_a_run_goes_on_in_the_background_and_the_program_ends_with_it(qtbot, training, window, engine):
    window.close()
    by_name(closing_dialog(window), "Keep training in the background", QPushButton).click()
    assert not window.isVisible()
    assert not window._may_close
    ended = RunEnded(
        run="run-001", sequence=2, reason=Reason.COMPLETED, epochs=3, train_accuracy=0.9, validation_accuracy=0.8,
        images_per_second=100.0, seconds=3.0,
    )  # fmt: skip
    engine.part(Train, ended)
    engine.finish(Train, summary(1))
    qtbot.waitUntil(lambda: training.desk.pages.train.state == "idle")
    qtbot.waitUntil(lambda: window._may_close)


def test_stop_and_keep_stops_the_run_before_the_program_ends(qtbot, training, window, engine):
    window.close()
    by_name(closing_dialog(window), "Stop and keep", QPushButton).click()
    assert engine.controls or engine.cancelled
    engine.finish(Train, summary(1))
    qtbot.waitUntil(lambda: window._may_close)


def test_a_lost_engine_is_named_and_its_run_can_be_resumed(qtbot, training, window, engine):
    engine.fail(Train, EngineError("The engine stopped.", "It runs.", "Resume."))
    engine.say(EngineLost("killed by signal 9"))
    engine.say(EngineStarted(4711))
    qtbot.waitUntil(lambda: window.banner.isVisible())
    assert "killed by signal 9" in window.banner.text.text()
    assert "run-001" in window.banner.text.text()
    if window.banner.button.isVisible():
        window.banner.button.click()
    qtbot.waitUntil(lambda: any(isinstance(job, ResumeRun) for job in engine.jobs.values()))
    assert engine.newest(ResumeRun)[1].run_folder == Path("/project/runs/run-001")


# Look


def test_the_theme_changes_live_and_is_remembered(qtbot, program, window):
    theme().apply()
    press(qtbot, window, "Ctrl+Shift+D")
    assert theme().dark
    assert program.settings.get(THEME) == "dark"
    press(qtbot, window, "Ctrl+Shift+D")
    assert not theme().dark


def test_the_text_grows_and_shrinks(qtbot, program, window):
    before = window.stack.cards.card("input").height()
    program.desk.dialogs.larger_text()
    assert window.stack.cards.card("input").height() > before
    program.desk.dialogs.smaller_text()
    assert program.settings.get(TEXT_SCALE) == 1.0
    assert window.stack.cards.card("input").height() == before


@pytest.mark.parametrize("size", [(1024, 700), (1440, 900)])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_is_cut_off(qtbot, program, window, size, scheme):
    program.settings.set(THEME, scheme)
    window.resize(*size)
    qtbot.wait(10)
    assert (window.width(), window.height()) == size
    for bar in (window.top, window.stack.totals, window.statusBar()):
        for label in bar.findChildren(QLabel):
            if label.isVisible() and not label.wordWrap() and label.accessibleName() != "Project":
                assert label.width() >= label.minimumSizeHint().width(), label.text()
        for button in bar.findChildren(QAbstractButton):
            if button.isVisible():
                assert button.width() >= button.minimumSizeHint().width(), button.text()
    program.settings.set(THEME, "light")


def test_the_window_comes_back_where_it_was(qtbot, program, window):
    from gui import window_state

    window.resize(1100, 720)
    program.desk.show_page("runs")
    window_state.remember(window, program.settings)
    window.resize(1300, 800)
    assert window_state.restore(window, program.settings) == "runs"
    assert (window.width(), window.height()) == (1100, 720)


def test_a_context_menu_offers_what_can_be_done_with_a_layer(qtbot, program, window):
    window.stack.cards.menu_requested.emit("layer_002", window.mapToGlobal(QPoint(50, 200)))
    menu = QApplication.activePopupWidget()
    words = [action.text() for action in menu.actions() if action.text()]
    assert words == ["Duplicate", "Rename", "Switch off", "Move up", "Move down", "Remove"]
    menu.close()

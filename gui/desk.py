"""The desk: what the window's menus, keys, drops and buttons do, and how its parts hear of one another."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QTimer
from PySide6.QtWidgets import QMenu

from engine.errors import EngineError
from engine.project.sample import sample_draft
from gui import window_state
from gui.actions import ActionSet
from gui.bridge import EngineBridge
from gui.closing import Closing
from gui.code.place import CodePlace
from gui.controller import PageController
from gui.dialog_desk import DialogDesk
from gui.document import Document
from gui.drops import Drop, Dropped
from gui.engine_state import EngineState
from gui.indicators import Indicators
from gui.main_window import MainWindow
from gui.network_desk import NetworkDesk
from gui.pace import Pace
from gui.page_code import PageCode
from gui.page_host import PageHost
from gui.projects import ProjectController
from gui.settings import COMPACT, Settings
from gui.stack.controller import StackController
from gui.top_bar import PAGES
from gui.words import no_mnemonic

if TYPE_CHECKING:
    from gui.picture.controller import PictureController

_STACK_MENU = (
    *("cut", "copy", "paste", "duplicate", "", "rename", "toggle", "toggle_inside", "add_beside", ""),
    *("move_up", "move_down", "", "remove"),
)


class Desk(QObject):
    """Joins the parts of the window.

    Args:
        drop: What to open at the start, or None for the project of last time.
    """

    def __init__(
        self,
        window: MainWindow,
        document: Document,
        bridge: EngineBridge,
        settings: Settings,
        drop: Drop | None = None,
    ) -> None:
        super().__init__(window)
        self.window = window
        self.document = document
        self._bridge = bridge
        self._settings = settings
        self._first_drop = drop
        self.stack = StackController(window.stack, document)
        self.pace = Pace(bridge, document, settings, self)
        self.stack.set_pace(self.pace.value)
        self.projects = ProjectController(window, document, bridge, settings)
        self.pages = PageHost(window, document, bridge, settings, self._on_page_made)
        self.engine = EngineState(bridge, settings, self)
        self.dialogs = DialogDesk(window, bridge, settings)
        self.networks = NetworkDesk(window, document, bridge)
        self.code = CodePlace(window, document, bridge, settings)
        self.closing = Closing(window, self.pages, self.projects)
        self.actions = ActionSet(window, window.stack, self._verbs())
        self._menus = self.actions.fill(window.menuBar())
        self.indicators = Indicators(window, document, self.actions, self.stack, self.pages)
        self._page_code = PageCode(self)
        self._page_code.ready.connect(self._on_page_code_ready)
        self._unmade: list[str] = []
        self._first_page = ""
        self._bridge = bridge
        self._picture: PictureController | None = None
        self._lost_run = Path()
        self._recent = QMenu(window)
        self.actions["recent"].setMenu(self._recent)
        self._recent.aboutToShow.connect(self._fill_recent)
        self._recent.triggered.connect(self._on_recent_triggered)
        window.top.add_actions(self.actions["undo"], self.actions["redo"])
        self._connect()

    def _verbs(self) -> dict[str, Callable[[], None]]:
        undo_stack, stack, projects, dialogs = self.document.undo_stack, self.stack, self.projects, self.dialogs
        return {
            "new": self.new_project,
            "open": projects.choose,
            "save": projects.save,
            "save_as": projects.save_as,
            "open_images": self.choose_images,
            "open_folder": self.choose_dataset_folder,
            "preferences": dialogs.show_preferences,
            "quit": self.closing.request,
            "undo": undo_stack.undo,
            "redo": undo_stack.redo,
            "cut": stack.cut,
            "copy": stack.copy,
            "paste": stack.paste,
            "choose_all": stack.choose_all,
            "template": self.networks.show_templates,
            "compare": self.networks.show_comparison,
            "add_layer": self.window.stack.open_palette,
            "add_beside": self.window.stack.open_palette_beside,
            "edit_settings": self.edit_settings,
            "toggle_inside": stack.toggle_inside,
            "duplicate": stack.duplicate_layer,
            "rename": stack.edit_label,
            "toggle": stack.toggle_enabled,
            "remove": stack.remove_layer,
            "move_up": stack.move_up,
            "move_down": stack.move_down,
            "next_problem": stack.problems.next,
            "previous_problem": stack.problems.previous,
            "fit_classes": stack.fit_classes,
            "train": self.train,
            "pause": self.pause_or_continue,
            "stop": self.stop_training,
            "page_data": partial(self.show_page, "data"),
            "page_train": partial(self.show_page, "train"),
            "page_inspect": partial(self.show_page, "inspect"),
            "page_runs": partial(self.show_page, "runs"),
            "picture": self.show_picture,
            "toggle_stack": self.toggle_stack,
            "toggle_settings": self.toggle_settings,
            "compact": self.toggle_compact,
            "toggle_code": self.code.toggle,
            "toggle_theme": dialogs.toggle_theme,
            "larger_text": dialogs.larger_text,
            "smaller_text": dialogs.smaller_text,
            "shortcuts": dialogs.show_shortcuts,
            "log_folder": dialogs.open_log_folder,
            "about": dialogs.show_about,
        }

    def _connect(self) -> None:
        window = self.window
        window.top.tabs.chosen.connect(self.show_page)
        window.top.train_button.clicked.connect(self._on_train_button_clicked)
        window.dropped.connect(self.open_drop)
        window.stack.cards.menu_requested.connect(self._show_stack_menu)
        self.pace.changed.connect(self.stack.set_pace)
        window.stack.template_requested.connect(self.networks.show_templates)
        window.stack.compact_requested.connect(self.toggle_compact)
        window.stack.cards.settings_wanted.connect(self.edit_settings)
        window.settings_pane.left.connect(window.stack.cards.focus_selected)
        window.stack.show_compact(bool(self._settings.get(COMPACT)))
        self.projects.saved_changed.connect(window.saved_label.setText)
        self.projects.opening_changed.connect(self._on_opening_changed)
        self.projects.notice.connect(window.notice)
        self.projects.noted.connect(window.banner.say)
        self.projects.saved.connect(window.banner.withdraw)
        self.projects.failed.connect(self.show_error)
        self.engine.said.connect(window.engine_label.setText)
        self.engine.lost.connect(self._on_engine_lost)
        self.closing.ending.connect(self._on_ending)
        self.dialogs.failed.connect(self.show_error)
        self.code.notice.connect(window.notice)
        self.code.failed.connect(self.show_error)

    # Start

    def show(self) -> None:
        """Show the window with the page that was open last time."""
        page = window_state.restore(self.window, self._settings)
        self.window.engine_label.setText("TensorFlow starts in a moment")
        self.window.stack.show_opening(self.projects.returning or self._opens_project())
        self.window.top.tabs.choose(page)
        self.window.top.tabs.button(page).setFocus()
        self.indicators.show_training()
        self.window.show()

    def begin(self) -> None:
        """What can wait for the first paint: the engine, the project, the page in sight, and then the others.

        Plots take longer to import than all the rest of the window; the engine's process starts meanwhile.
        """
        drop = self._first_drop
        if drop is not None and drop.what is Dropped.PROJECT:
            self.projects.open(drop.paths[0])
        else:
            self.projects.open_last()
        self.engine.warm_up()
        # After the engine's threads have begun: each waits for its start, and an import holds Python's lock for long.
        QTimer.singleShot(0, self, self._page_code.fetch)

    def _on_page_code_ready(self) -> None:
        from gui.preview import PreviewController

        PreviewController(self.document, self._bridge, self.engine, self)
        current = self.window.top.tabs.current
        self._unmade = sorted(PAGES, key=lambda name: name != current)
        self._first_page = current
        self._make_next_part()

    def _opens_project(self) -> bool:
        return self._first_drop is not None and self._first_drop.what is Dropped.PROJECT

    def _make_next_part(self) -> None:
        """One part of a page at a time, so that the window answers in between."""
        if self._unmade:
            if self.pages.has(self._unmade[0]):
                self._on_page_there(self._unmade.pop(0))
            else:
                self.pages.make_part(self._unmade[0])
            QTimer.singleShot(0, self, self._make_next_part)
        elif self._first_drop is not None and not self._opens_project():
            drop, self._first_drop = self._first_drop, None
            self.open_drop(drop)

    def _on_page_there(self, name: str) -> None:
        """Show the page of last time, where no other was called up meanwhile."""
        if name == self.window.top.tabs.current:
            self.show_page(name)
        if name == self._first_page:
            self.code.restore()

    def _on_page_made(self, name: str, controller: PageController) -> None:
        controller.page_wanted.connect(self.show_page)
        controller.notice.connect(self.window.notice)
        controller.failed.connect(self.show_error)
        if name == "train":
            self.pages.train.state_changed.connect(self.indicators.show_training)
            self.pages.train.state_changed.connect(self._on_training_state_changed)
            self.indicators.show_training()
        if name == "data":
            self.pages.data.inspect_wanted.connect(self._on_inspect_wanted)
        if name == "runs":
            runs = self.pages.runs
            runs.inspect_wanted.connect(self._on_run_inspect_wanted)
            runs.resume_wanted.connect(self._on_resume_wanted)
            runs.train_wanted.connect(self.train)
            runs.compare_wanted.connect(self.networks.compare_with)

    # Pages

    def show_page(self, name: str) -> None:
        """Bring up a page."""
        self.pages.get(name)
        self.window.show_page(name)
        self.code.make_way()

    def show_picture(self) -> None:
        """Show the picture of the network in a window of its own."""
        if self._picture is None:
            from gui.picture.controller import PictureController

            self._picture = PictureController(self.window, self.document, self._bridge, self._settings)
        self._picture.show()

    def toggle_stack(self) -> None:
        """Show or hide the left pane."""
        self.window.stack.setVisible(self.window.stack.isHidden())

    def toggle_settings(self) -> None:
        """Show or hide the right pane."""
        self.window.settings_pane.setVisible(self.window.settings_pane.isHidden())

    def toggle_compact(self) -> None:
        """Show each card of the stack in one line, or in two."""
        compact = not self._settings.get(COMPACT)
        self._settings.set(COMPACT, int(compact))
        self.window.stack.show_compact(compact)

    def edit_settings(self) -> None:
        """Go on to the settings of the current layer, and to the first of them."""
        self.window.settings_pane.show()
        self.window.settings_pane.take_keyboard()

    # Train

    def train(self) -> None:
        """Start a run and show it."""
        self.show_page("train")
        self.pages.train.start()

    def pause_or_continue(self) -> None:
        """Pause the run, or let it go on."""
        training = self.pages.train
        if training.state == "paused":
            training.resume_paused()
        else:
            training.pause()

    def stop_training(self) -> None:
        """Stop the run and keep what it learned."""
        self.pages.train.stop()

    def _on_train_button_clicked(self) -> None:
        if self.pages.train.state == "idle":
            self.train()
        else:
            self.show_page("train")

    def _on_engine_lost(self, why: str, run_folder: Path | None) -> None:
        text = f"The engine stopped: {why.rstrip('.')}. It has been started again; your edits are safe."
        if run_folder is None:
            self.window.banner.say(text)
            return
        self._lost_run = run_folder
        self.window.banner.say(text, offer=f"Resume {run_folder.name}", act=self._resume_lost_run)

    def _on_training_state_changed(self) -> None:
        if self.pages.train.state != "idle":
            self.window.banner.withdraw_offer()

    def _resume_lost_run(self) -> None:
        self._on_resume_wanted(self._lost_run, 0)

    def _on_resume_wanted(self, run_folder: Path, more_epochs: int) -> None:
        self.show_page("train")
        self.pages.train.resume_run(run_folder, more_epochs)

    # Files

    def new_project(self) -> None:
        """Start over with the sample; the project that is open stays on disk."""
        self.projects.new(sample_draft())

    def choose_images(self) -> None:
        """Ask for images and classify them."""
        self.pages.inspect.choose_images()

    def choose_dataset_folder(self) -> None:
        """Ask for a folder of images and make it the dataset."""
        self.show_page("data")
        self.pages.data.choose_folder()

    def open_drop(self, drop: Drop) -> None:
        """Open what was dropped, chosen, or named on the command line."""
        if drop.what is Dropped.PROJECT:
            self.projects.open(drop.paths[0])
        elif drop.what is Dropped.IMAGES:
            self.show_page("inspect")
            self.pages.inspect.open_images(drop.paths)
        else:
            self.show_page("data")
            self.pages.data.open_source(drop.source)

    def _on_run_inspect_wanted(self, run: str) -> None:
        self.show_page("inspect")
        self.pages.inspect.choose_run(run)

    def _on_inspect_wanted(self, index: int) -> None:
        self.show_page("inspect")
        self.pages.inspect.open_dataset_image(index)

    def _on_opening_changed(self, opening: bool) -> None:
        self.window.stack.show_opening(opening and self.projects.returning)

    def _fill_recent(self) -> None:
        self._recent.clear()
        for folder in self._settings.recent():
            action = self._recent.addAction(no_mnemonic(f"{folder.stem}   {folder.parent}"))
            action.setData(str(folder))
        if self._recent.isEmpty():
            self._recent.addAction("Nothing has been saved yet").setEnabled(False)

    def _on_recent_triggered(self, action: object) -> None:
        self.projects.open(Path(action.data()))  # type: ignore[attr-defined]

    # What is said

    def show_error(self, error: EngineError) -> None:
        """Say what went wrong, across the window."""
        self.window.banner.say(f"{error.what} {error.expected} {error.fix}")

    def show_defect(self, details: str) -> None:
        """Say that the program made a mistake."""
        self.dialogs.show_defect(details)

    def _show_stack_menu(self, _id: str, place: QPoint) -> None:
        menu = QMenu(self.window)
        for id in _STACK_MENU:
            if id:
                menu.addAction(self.actions[id])
            else:
                menu.addSeparator()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(place)

    def _on_ending(self) -> None:
        window_state.remember(self.window, self._settings)
        self._settings.flush()

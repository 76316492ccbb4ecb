"""Every action of the window as data: its words, its shortcut, its icon and where it stands in the menus."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from gui.icons import icon
from gui.words import tip

STACK: Final = "stack"
"""Where a shortcut works: only while the layer stack has the keyboard. The others work in the whole window."""


@dataclass(frozen=True)
class ActionSpec:
    """One action.

    Attributes:
        id: The name by which the program refers to it.
        menu: The menu it stands in.
        text: Its words; "…" at the end where it asks something first.
        shortcut: Its keys, or "".
        icon: The name of its icon, or "".
        scope: "" for the whole window, or STACK.
        help: What it does, where the words do not say it.
        gap: Whether a line stands before it in the menu.
    """

    id: str
    menu: str
    text: str
    shortcut: str = ""
    icon: str = ""
    scope: str = ""
    help: str = ""
    gap: bool = False


ACTIONS: Final = (
    ActionSpec("new", "File", "New project", "Ctrl+N", "new"),
    ActionSpec("open", "File", "Open project…", "Ctrl+O", "folder"),
    ActionSpec("recent", "File", "Open recent"),
    ActionSpec("save", "File", "Save", "Ctrl+S", "save", gap=True),
    ActionSpec("save_as", "File", "Save as…", "Ctrl+Shift+S"),
    ActionSpec("open_images", "File", "Open images…", "Ctrl+I", "image", help="Classify images", gap=True),
    ActionSpec("open_folder", "File", "Open dataset folder…", "Ctrl+Shift+O", "data"),
    ActionSpec("preferences", "File", "Preferences…", "Ctrl+,", "settings", gap=True),
    ActionSpec("quit", "File", "Quit", "Ctrl+Q", "quit", gap=True),
    ActionSpec("undo", "Edit", "Undo", "Ctrl+Z", "undo"),
    ActionSpec("redo", "Edit", "Redo", "Ctrl+Shift+Z", "redo"),
    ActionSpec("cut", "Edit", "Cut", "Ctrl+X", "cut", STACK, gap=True),
    ActionSpec("copy", "Edit", "Copy", "Ctrl+C", "duplicate", STACK, help="Copy layers, also as Keras code"),
    ActionSpec("paste", "Edit", "Paste", "Ctrl+V", "paste", STACK, help="Paste layers, or Keras code as layers"),
    ActionSpec("choose_all", "Edit", "Choose all layers", "Ctrl+A", "", STACK),
    ActionSpec("template", "Network", "Start from a template…", "Ctrl+T", "layers"),
    ActionSpec("compare", "Network", "Compare with…", "Ctrl+Shift+C", "compare"),
    ActionSpec("add_layer", "Network", "Add a layer…", "/", "add", gap=True),
    ActionSpec("add_beside", "Network", "Add a branch…", "Ctrl+/", "branch", help="Beside the chosen layer of a block"),
    ActionSpec("edit_settings", "Network", "Change its settings", "", "settings"),
    ActionSpec("toggle_inside", "Network", "Open block", "Ctrl+Space", "", STACK, help="Show what is inside a block"),
    ActionSpec("duplicate", "Network", "Duplicate", "Ctrl+D", "duplicate", gap=True),
    ActionSpec("rename", "Network", "Rename", "F2", "rename", STACK),
    ActionSpec("toggle", "Network", "Switch off", "Ctrl+E", "hide", help="A layer that is off is kept but skipped"),
    ActionSpec("remove", "Network", "Remove", "Del", "remove", STACK),
    ActionSpec("move_up", "Network", "Move up", "Alt+Up", "up", gap=True),
    ActionSpec("move_down", "Network", "Move down", "Alt+Down", "down"),
    ActionSpec(
        "next_problem", "Network", "Next problem", "F8", "warning", help="Or the next piece of advice", gap=True
    ),
    ActionSpec("previous_problem", "Network", "Previous problem", "Shift+F8"),
    ActionSpec("fit_classes", "Network", "Set units to the number of classes", "", "check"),
    ActionSpec("train", "Train", "Train", "Ctrl+Return", "play"),
    ActionSpec("pause", "Train", "Pause", "Ctrl+P", "pause"),
    ActionSpec("stop", "Train", "Stop and keep", "Ctrl+.", "stop"),
    ActionSpec("page_data", "View", "Data", "Ctrl+1", "data"),
    ActionSpec("page_train", "View", "Train", "Ctrl+2", "train"),
    ActionSpec("page_inspect", "View", "Inspect", "Ctrl+3", "inspect"),
    ActionSpec("page_runs", "View", "Runs", "Ctrl+4", "runs"),
    ActionSpec(
        "picture", "View", "Picture of the network…", "Ctrl+Shift+P", "picture", help="For a paper or a slide", gap=True
    ),
    ActionSpec("toggle_stack", "View", "Layer stack", "Ctrl+B", gap=True),
    ActionSpec("toggle_settings", "View", "Settings", "Ctrl+Shift+B"),
    ActionSpec("compact", "View", "One line a layer", "Ctrl+L", "compact"),
    ActionSpec("toggle_code", "View", "Code", "Ctrl+5", "code", help="The network as Keras code, to read and edit"),
    ActionSpec("toggle_theme", "View", "Light or dark", "Ctrl+Shift+D", help="Change between light and dark", gap=True),
    ActionSpec("larger_text", "View", "Larger text", "Ctrl++"),
    ActionSpec("smaller_text", "View", "Smaller text", "Ctrl+-"),
    ActionSpec("shortcuts", "Help", "Keyboard shortcuts", "F1", "keyboard"),
    ActionSpec("log_folder", "Help", "Open log folder", "", "folder"),
    ActionSpec("about", "Help", "About Convoscope", "", "info", gap=True),
)

MENUS: Final = ("File", "Edit", "Network", "Train", "View", "Help")


class ActionSet:
    """The actions as Qt objects, all owned by the window.

    Args:
        owner: The window; its shortcuts work anywhere in it.
        stack: The widget in which the shortcuts of scope STACK work.
        verbs: What each action does, by its id.
    """

    def __init__(self, owner: QWidget, stack: QWidget, verbs: Mapping[str, Callable[[], None]]) -> None:
        self._actions: dict[str, QAction] = {}
        for spec in ACTIONS:
            action = QAction(spec.text, owner)
            action.setObjectName(spec.id)
            if spec.icon:
                action.setIcon(icon(spec.icon))
            if spec.shortcut:
                action.setShortcut(QKeySequence(spec.shortcut))
            if spec.scope == STACK:
                action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            action.setToolTip(_tool_tip(spec))
            if spec.id in verbs:
                action.triggered.connect(_Call(verbs[spec.id]))
            (stack if spec.scope == STACK else owner).addAction(action)
            self._actions[spec.id] = action

    def __getitem__(self, id: str) -> QAction:
        return self._actions[id]

    def enable(self, id: str, missing: str = "") -> None:
        """Enable an action, or disable it and say in its tool tip what is missing."""
        spec = next(one for one in ACTIONS if one.id == id)
        self._actions[id].setEnabled(not missing)
        self._actions[id].setToolTip(tip(missing) if missing else _tool_tip(spec))

    def tool_tip(self, id: str, words: str) -> str:
        """A tool tip of these words and the action's keys."""
        keys = self._actions[id].shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        return tip(f"{words}  ( {keys} )" if keys else words)

    def fill(self, bar: QMenuBar) -> dict[str, QMenu]:
        """Put the actions into the menu bar; return the menus by name."""
        menus = {name: bar.addMenu(f"&{name}") for name in MENUS}
        for spec in ACTIONS:
            if spec.gap:
                menus[spec.menu].addSeparator()
            menus[spec.menu].addAction(self._actions[spec.id])
        return menus


class _Call:
    """Calls a verb without the "checked" that QAction hands over."""

    def __init__(self, verb: Callable[[], None]) -> None:
        self._verb = verb

    def __call__(self, checked: bool = False) -> None:
        self._verb()


def _tool_tip(spec: ActionSpec) -> str:
    words = spec.help or spec.text.rstrip("…")
    keys = QKeySequence(spec.shortcut).toString(QKeySequence.SequenceFormat.NativeText)
    return tip(f"{words}  ( {keys} )" if keys else words)

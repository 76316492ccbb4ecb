"""What can be done with chosen images: the same actions as keys, in menus and as buttons, small and large."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from engine.data.split import PARTS, Part
from gui.icons import icon
from gui.words import display_name, no_mnemonic, tip

CLASSES_IN_MENU = 20
"""More are chosen in a dialog, in which one can type."""
PART_TEXTS = ("Training", "Validation", "Test")


class ImageActions(QObject):
    """The actions on the images that are chosen in `owner`; their keys work while `owner` has the keyboard.

    Signals: `open_wanted`, `look_wanted`; `label_wanted` with a class name, or None for that of the source;
    `class_wanted` where a class is to be chosen or added in a dialog; `leave_out_wanted` with whether to leave out
    or take in again; `move_wanted` with a Part, or None to leave it to the rule.
    """

    open_wanted = Signal()
    look_wanted = Signal()
    label_wanted = Signal(object)
    class_wanted = Signal()
    leave_out_wanted = Signal(bool)
    move_wanted = Signal(object)

    def __init__(self, owner: QWidget, *, opens: bool = True) -> None:
        super().__init__(owner)
        self._owner = owner
        self.open = self._action("Show large", "Return", "search")
        self.look = self._action("Look inside with the network", "I", "inspect")
        self.label = self._action("Choose or add a class…", "L", "rename")
        self.leave_out = self._action("Leave out", "Del", "hide")
        self.take_in = self._action("Take in again", "Ins", "show")
        self.own_label = self._action("As in the source", "", "reset")
        self.by_rule = self._action("Leave it to the split's rule", "Ctrl+Alt+0", "reset")
        self.moves = [self._action(text, f"Ctrl+Alt+{place}") for place, text in enumerate(PART_TEXTS, 1)]
        self.label_menu = QMenu("Class", owner)
        self.move_menu = QMenu("Move to", owner)
        self.move_menu.addActions(self.moves)
        self.move_menu.addSeparator()
        self.move_menu.addAction(self.by_rule)
        if not opens:
            owner.removeAction(self.open)
        self._opens = opens
        self._class_actions: list[QAction] = []
        self.open.triggered.connect(self._on_open)
        self.look.triggered.connect(self._on_look)
        self.label.triggered.connect(self._on_class)
        self.own_label.triggered.connect(self._on_own_label)
        self.leave_out.triggered.connect(self._on_leave_out)
        self.take_in.triggered.connect(self._on_take_in)
        self.by_rule.triggered.connect(self._on_by_rule)
        for action in self.moves:
            action.triggered.connect(self._on_move)

    def _action(self, text: str, keys: str, icon_name: str = "") -> QAction:
        action = QAction(text, self._owner)
        if icon_name:
            action.setIcon(icon(icon_name))
        if keys:
            action.setShortcut(QKeySequence(keys))
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            native = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            action.setToolTip(tip(f"{text.rstrip('…')}  ( {native} )"))
        self._owner.addAction(action)
        return action

    def show_classes(self, names: Sequence[str]) -> None:
        """The classes that there are now."""
        self.label_menu.clear()  # which deletes those of its own
        self._class_actions = []
        for name in names[:CLASSES_IN_MENU]:
            action = QAction(no_mnemonic(display_name(name)), self.label_menu)
            action.setData(name)
            action.triggered.connect(self._on_label)
            self.label_menu.addAction(action)
            self._class_actions.append(action)
        self.label_menu.addSeparator()
        self.label_menu.addAction(self.label)
        self.label_menu.addAction(self.own_label)

    def show_possible(self, chosen: int, out: int, relabelled: int, moved: int) -> None:
        """Enable what can be done with so many images, of which some are out, relabelled and moved already."""
        missing = "" if chosen else "Choose images first: click one, or several with Ctrl or Shift."
        single = missing or ("" if chosen == 1 else "Choose one image alone.")
        self._enable(self.open, missing)
        self._enable(self.look, single)
        self._enable(self.label, missing)
        self._enable(self.own_label, missing or ("" if relabelled else "They have the class of their source."))
        self._enable(self.leave_out, missing or ("" if out < chosen else "They are left out already."))
        self._enable(self.take_in, missing or ("" if out else "None of them is left out."))
        self._enable(self.by_rule, missing or ("" if moved else "The rule decides on them already."))
        for action in [*self.moves, *self._class_actions]:
            self._enable(action, missing)

    def _enable(self, action: QAction, missing: str) -> None:
        action.setEnabled(not missing)
        keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        words = action.text().rstrip("…")
        action.setToolTip(tip(missing or (f"{words}  ( {keys} )" if keys else words)))

    def popup(self, place: QPoint) -> None:
        """Open the menu of all at a place of the screen."""
        menu = QMenu(self._owner)
        if self._opens:
            menu.addAction(self.open)
        menu.addAction(self.look)
        menu.addSeparator()
        menu.addMenu(self.label_menu)
        menu.addMenu(self.move_menu)
        menu.addSeparator()
        menu.addAction(self.leave_out)
        menu.addAction(self.take_in)
        if self._opens:
            menu.setDefaultAction(self.open)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(place)

    def _on_open(self) -> None:
        self.open_wanted.emit()

    def _on_look(self) -> None:
        self.look_wanted.emit()

    def _on_class(self) -> None:
        self.class_wanted.emit()

    def _on_label(self) -> None:
        action = self.sender()
        assert isinstance(action, QAction), "only actions are connected"
        self.label_wanted.emit(action.data())

    def _on_own_label(self) -> None:
        self.label_wanted.emit(None)

    def _on_leave_out(self) -> None:
        self.leave_out_wanted.emit(True)

    def _on_take_in(self) -> None:
        self.leave_out_wanted.emit(False)

    def _on_by_rule(self) -> None:
        self.move_wanted.emit(None)

    def _on_move(self) -> None:
        action = self.sender()
        assert isinstance(action, QAction), "only actions are connected"
        part: Part = PARTS[self.moves.index(action)]
        self.move_wanted.emit(part)

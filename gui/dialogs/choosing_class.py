"""The choice of a class: one that there is, found by typing, or a new one."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListView, QWidget

from engine import limits
from gui.dialogs.frame import Dialog
from gui.widgets.buttons import push_button
from gui.widgets.labels import PlainLabel
from gui.words import display_name, no_mnemonic


class _Field(QLineEdit):
    """Type here; Up and Down move in the list below."""

    stepped = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
        if step:
            self.stepped.emit(step)
        else:
            super().keyPressEvent(event)


class ClassDialog(Dialog):
    """Asks for a class. `chosen` is emitted with its name, once, where the user says so.

    Args:
        title: What is done: "Label 3 images".
        text: What it means, in a sentence.
        names: The classes to choose from.
        verb: What the button says for a name, and whether that class is there already.
        may_add: Whether a class may be typed that is not there yet.
        start: What stands in the field at first.
    """

    chosen = Signal(str)

    def __init__(
        self,
        title: str,
        text: str,
        names: Sequence[str],
        verb: Callable[[str, bool], str],
        parent: QWidget,
        *,
        may_add: bool = True,
        start: str = "",
    ) -> None:
        super().__init__(title, parent)
        self._names = list(names)
        self._found = list(names)
        self._verb = verb
        self._may_add = may_add
        self.setMinimumWidth(400)
        self.body.addWidget(PlainLabel(text, role="quiet", wrap=True))
        self.field = _Field()
        self.field.setAccessibleName("Class")
        self.field.setPlaceholderText("Type a name")
        self.field.setMaxLength(limits.MAX_LABEL_LENGTH)
        self.list = QListView()
        self.list.setAccessibleName("Classes that there are")
        self.list.setMinimumHeight(140)
        self.list.setUniformItemSizes(True)
        self.list.setSpacing(3)
        self.list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self._model = QStringListModel(self)
        self.list.setModel(self._model)
        self.body.addWidget(self.field)
        self.body.addWidget(self.list, 1)
        cancel = self.add_button(push_button("Cancel"))
        self.button = self.add_button(push_button("Choose", primary=True))
        self.button.setDefault(True)
        cancel.clicked.connect(self.reject)
        self.button.clicked.connect(self._on_button)
        self.field.textChanged.connect(self._on_typed)
        self.field.stepped.connect(self._on_stepped)
        self.list.clicked.connect(self._on_clicked)
        self.list.doubleClicked.connect(self._on_button)
        self.field.setText(start)
        self.field.selectAll()
        self._on_typed(start, narrow=False)
        self.field.setFocus()

    @property
    def name(self) -> str:
        """The class that would be chosen now; "" where none is."""
        return self._name(self.field.text())

    def _name(self, text: str) -> str:
        typed = " ".join(text.split())
        exact = [one for one in self._names if display_name(one) == typed]
        folded = [one for one in self._names if display_name(one).casefold() == typed.casefold()]
        if exact or (folded and not self._may_add):
            return (exact or folded)[0]
        return typed if self._may_add else ""

    def _on_typed(self, text: str, *, narrow: bool = True) -> None:
        words = text.casefold().split()
        self._found = [
            one for one in self._names if not narrow or all(word in display_name(one).casefold() for word in words)
        ]
        self._model.setStringList([display_name(one) for one in self._found])
        self._show()

    def _show(self) -> None:
        name = self.name
        self.button.setEnabled(bool(name))
        words = self._verb(display_name(name), name in self._names) if name else "Choose"
        self.button.setText(no_mnemonic(words))
        self.button.setAccessibleName(words)
        self.button.setToolTip("" if name else "Type a name, or choose one of the list.")

    def _on_stepped(self, step: int) -> None:
        count = self._model.rowCount()
        if count:
            row = min(max(self.list.currentIndex().row() + step, 0), count - 1)
            self._take(row)

    def _on_clicked(self) -> None:
        self._take(self.list.currentIndex().row())

    def _take(self, row: int) -> None:
        self.list.setCurrentIndex(self._model.index(row))
        self.field.blockSignals(True)
        self.field.setText(display_name(self._found[row]))
        self.field.blockSignals(False)
        self._show()

    def _on_button(self) -> None:
        name = self.name
        if name:
            self.accept()
            self.chosen.emit(name)

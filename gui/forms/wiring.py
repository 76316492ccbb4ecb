"""What a layer inside a block of one's own reads: a box to tick for each layer that it may read."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from engine.layers.branches import ENTRANCE, Branches
from gui import theme as looks
from gui.widgets.labels import PlainLabel
from gui.words import no_mnemonic


class WiringForm(QWidget):
    """Shows and changes what a layer reads. `rewired` is emitted with the names of what it reads now."""

    rewired = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._boxes: dict[str, QCheckBox] = {}
        self._reads: tuple[str, ...] = ()
        self._several = False
        self.hint = PlainLabel(role="secondary", wrap=True)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(looks.SPACE_1)
        self._column.addWidget(PlainLabel("Reads", role="strong"))
        self._column.addWidget(self.hint)

    def show_child(self, block: Branches, name: str, *, editable: bool = True) -> None:
        """Show what the layer called `name` reads, and what it could read."""
        child = block.child(name)
        self._reads, self._several = child.inputs, child.type.several_inputs
        self.hint.setText("In the order in which they were ticked." if self._several else "One layer.")
        names = [ENTRANCE, *(one.name for one in block.inside if one.name not in _readers(block, name))]
        if names != list(self._boxes):
            self._rebuild(names)
        for one, box in self._boxes.items():
            box.setChecked(one in self._reads)
            box.setEnabled(editable)

    def _rebuild(self, names: list[str]) -> None:
        for box in self._boxes.values():
            self._column.removeWidget(box)
            box.hide()
            box.deleteLater()
        self._boxes = {}
        for name in names:
            box = QCheckBox(no_mnemonic(name or "what enters the block"), self)
            box.setAccessibleName(f"Reads {name or 'what enters the block'}")
            box.clicked.connect(self._on_clicked)
            box.setProperty("source", name)
            box.show()
            self._column.insertWidget(self._column.count() - 1, box)
            self._boxes[name] = box

    def _on_clicked(self, checked: bool) -> None:
        box = self.sender()
        assert isinstance(box, QCheckBox), "only boxes are connected"
        name = str(box.property("source"))
        if not self._several:
            reads: tuple[str, ...] = (name,)
        elif checked:
            reads = (*self._reads, name)
        else:
            reads = tuple(one for one in self._reads if one != name) or self._reads
        for one, shown in self._boxes.items():
            shown.setChecked(one in reads)
        if reads != self._reads:
            self.rewired.emit(reads)


def _readers(block: Branches, name: str) -> set[str]:
    """The layer itself and all that wait for it: reading one of these would make a circle."""
    found = {name}
    for one in block.inside:
        if found.intersection(one.inputs):
            found.add(one.name)
    return found

"""The form of anything that has declared parameters: layers, recipes, optimizers, preprocessing, augmentation."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from engine.errors import EngineError
from engine.parameters import Configured, Parameter, Value
from gui import theme as looks
from gui.forms.fields import Field, make_field
from gui.icons import icon
from gui.widgets.buttons import icon_button, link_button
from gui.widgets.labels import PlainLabel
from gui.widgets.panels import ErrorPanel, Trouble
from gui.words import no_mnemonic, tip

_LABEL, _RESET, _FIELD = range(3)


class ParameterForm(QWidget):
    """Shows the settings of a `Configured` and lets the user change them.

    `edited` is emitted with the new Configured and what was changed in words ("set filters to 64"); the last changed
    setting's name stands in `last_changed`, for merging undo steps.
    """

    edited = Signal(object, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.last_changed = ""
        self._configured: Configured | None = None
        self._fields: dict[str, Field] = {}
        self._labels: dict[str, QWidget] = {}
        self._resets: dict[str, QWidget] = {}
        self._refused: dict[str, EngineError] = {}
        self._rows: QWidget | None = None
        self._more: QWidget | None = None
        self._more_button: QPushButton | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(looks.SPACE_2)
        self._panels: list[ErrorPanel] = []
        self._refusal = ErrorPanel()
        self._column.addWidget(self._refusal)

    @property
    def configured(self) -> Configured | None:
        """What the form shows."""
        return self._configured

    def field(self, name: str) -> Field:
        """The field of a parameter."""
        return self._fields[name]

    def show_configured(self, configured: Configured | None, *, errors: Sequence[Trouble] = ()) -> None:
        """Show the settings of `configured`, and under them what is wrong with it."""
        if type(configured) is not type(self._configured):
            self._rebuild(configured)
        self._configured = configured
        if configured is not None:
            for name, value in configured.values().items():
                self._show_value(name, value)
            self._show_rows()
        self._show_errors(errors)

    def reset(self, name: str) -> None:
        """Give a setting its default back."""
        if self._configured is not None:
            self._fields[name].show_value(self._configured.parameter(name).default)
            self._on_refused(name, None)
            self._on_changed(name, self._configured.parameter(name).default)

    def _rebuild(self, configured: Configured | None) -> None:
        opened = self._more is not None and self._more.isVisibleTo(self)
        if self._rows is not None:
            self._column.removeWidget(self._rows)
            self._rows.hide()
            self._rows.deleteLater()
        self._fields, self._labels, self._resets, self._refused, self._rows = {}, {}, {}, {}, None
        self._more = self._more_button = None
        self._refusal.clear()
        if configured is None:
            return
        self._rows = QWidget()
        column = QVBoxLayout(self._rows)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(looks.SPACE_2)
        parameters = configured.parameters()
        column.addWidget(self._grid([one for one in parameters if not one.advanced]))
        advanced = [one for one in parameters if one.advanced]
        if advanced:
            self._more_button = link_button("")
            self._more_button.setIcon(icon("chevron-right", "secondary"))
            self._more_button.setCheckable(True)
            self._more_button.setAccessibleName("More settings")
            self._fold_text(advanced)
            self._more = self._grid(advanced)
            self._more.setVisible(opened)
            self._more_button.setChecked(opened)
            self._more_button.toggled.connect(self._on_more_toggled)
            column.addWidget(self._more_button, alignment=Qt.AlignmentFlag.AlignLeft)
            column.addWidget(self._more)
        self._column.insertWidget(0, self._rows)
        self._rows.show()

    def _fold_text(self, advanced: Sequence[Parameter]) -> None:
        assert self._more_button is not None, "made just before"
        names = [one.label.lower() for one in advanced]
        # One name only: a button does not wrap, and this one would set the width of the pane.
        self._more_button.setText(no_mnemonic(f"More: {names[0]}" + (" …" if len(names) > 1 else "")))
        self._more_button.setToolTip(tip(", ".join(names)))

    def _grid(self, parameters: Sequence[Parameter]) -> QWidget:
        body = QWidget()
        grid = QGridLayout(body)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(looks.SPACE_1)
        grid.setVerticalSpacing(looks.SPACE_2)
        grid.setColumnStretch(_LABEL, 5)
        grid.setColumnStretch(_FIELD, 6)
        for row, parameter in enumerate(parameters):
            field = make_field(parameter)
            field.changed.connect(partial(self._on_changed, parameter.name))
            field.refused.connect(partial(self._on_refused, parameter.name))
            reset = icon_button("reset", f"Reset {parameter.label} to {parameter.text(parameter.default)}")
            reset.clicked.connect(partial(self._on_reset_clicked, parameter.name))
            label = _row_label(parameter, field)
            grid.addWidget(label, row, _LABEL)
            grid.addWidget(reset, row, _RESET)
            grid.addWidget(field, row, _FIELD)
            self._fields[parameter.name] = field
            self._labels[parameter.name] = label
            self._resets[parameter.name] = reset
        return body

    def _show_value(self, name: str, value: Value) -> None:
        if name in self._refused:
            self._on_refused(name, None)
        self._fields[name].show_value(value)

    def _show_rows(self) -> None:
        """Leave out what has no meaning with the other settings as they are."""
        assert self._configured is not None, "shown before its rows"
        for name, field in self._fields.items():
            counts = self._configured.counts(name)
            field.setVisible(counts)
            self._labels[name].setVisible(counts)
            reset = self._resets[name]
            keep = reset.sizePolicy()
            keep.setRetainSizeWhenHidden(counts)  # a row that is left out takes no room
            reset.setSizePolicy(keep)
            reset.setVisible(counts and not self._is_default(name))

    def _is_default(self, name: str) -> bool:
        assert self._configured is not None, "shown before its values"
        return self._configured.values()[name] == self._configured.parameter(name).default

    def _show_errors(self, errors: Sequence[Trouble]) -> None:
        while len(self._panels) > len(errors):
            gone = self._panels.pop()
            gone.hide()
            gone.deleteLater()
        while len(self._panels) < len(errors):
            panel = ErrorPanel()
            self._panels.append(panel)
            self._column.insertWidget(self._column.indexOf(self._refusal), panel)
        for panel, error in zip(self._panels, errors, strict=True):
            panel.show_error(error)

    def _on_changed(self, name: str, value: Value) -> None:
        if self._configured is None:
            return
        parameter = self._configured.parameter(name)
        try:
            changed = self._configured.changed(**{name: value})
        except EngineError as error:
            self._on_refused(name, error)
            return
        if changed == self._configured:
            return
        self._configured = changed
        self.last_changed = name
        self._show_rows()
        self.edited.emit(changed, f"set {parameter.label.lower()} to {parameter.text(value)}")

    def _on_refused(self, name: str, error: EngineError | None) -> None:
        self._refused.pop(name, None)
        if error is not None:
            self._refused[name] = error
        self._refusal.show_error(next(iter(self._refused.values()), None))

    def _on_reset_clicked(self, name: str, _checked: bool = False) -> None:
        self.reset(name)

    def _on_more_toggled(self, opened: bool) -> None:
        if self._more is not None and self._more_button is not None:
            self._more.setVisible(opened)
            self._more_button.setIcon(icon("chevron-down" if opened else "chevron-right", "secondary"))


def _row_label(parameter: Parameter, field: Field) -> QLabel:
    label = PlainLabel(parameter.label, wrap=True)
    label.setToolTip(tip(parameter.help))
    label.setBuddy(field)
    return label

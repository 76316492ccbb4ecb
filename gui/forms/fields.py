"""Fields: one widget for each kind of parameter. A field shows a value and says when the user has changed it."""

from __future__ import annotations

import math
from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from engine.errors import EngineError
from engine.parameters import Choice, Flag, Integer, Numbers, Pair, Parameter, Real, Value
from engine.variants import Variant
from gui import theme as looks
from gui.forms.inputs import ComboBox, NumberEdit, Slider, SpinBox
from gui.widgets.labels import PlainLabel
from gui.words import tip

_PLACES = 100
"""Steps of a slider."""


class Field(QWidget):
    """One value. `changed` is emitted with the new value, `refused` with the EngineError of one that cannot be."""

    changed = Signal(object)
    refused = Signal(object)

    def __init__(self, parameter: Parameter) -> None:
        super().__init__()
        self.parameter = parameter
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(0, 0, 0, 0)
        self.row.setSpacing(looks.SPACE_1)

    def show_value(self, value: Value) -> None:
        """Show a value without saying so."""
        raise NotImplementedError

    def name_for_reader(self, widget: QWidget, name: str = "") -> None:
        """Give the part that takes the keyboard its name and its help."""
        widget.setAccessibleName(name or self.parameter.label)
        widget.setAccessibleDescription(self.parameter.help)
        widget.setToolTip(tip(self.parameter.help))
        self.setFocusProxy(widget)


class IntegerField(Field):
    """A whole number."""

    def __init__(self, parameter: Integer) -> None:
        super().__init__(parameter)
        self.box = SpinBox(parameter.minimum, parameter.maximum)
        if parameter.unit:
            self.box.setSuffix(f" {parameter.unit}")
        self.box.valueChanged.connect(self.changed.emit)
        self.name_for_reader(self.box)
        self.row.addWidget(self.box)

    def show_value(self, value: Value) -> None:
        if isinstance(value, int) and value != self.box.value():
            self.box.blockSignals(True)
            self.box.setValue(value)
            self.box.blockSignals(False)


class LineField(Field):
    """A value that is typed as text, such as a list of numbers; the parameter says what it means."""

    def __init__(self, parameter: Parameter) -> None:
        super().__init__(parameter)
        self.value: Value = parameter.default
        self.edit = NumberEdit()
        self.edit.setMinimumWidth(60)
        self.edit.returnPressed.connect(self.take)
        self.edit.left.connect(self.take)
        self.name_for_reader(self.edit)
        self.row.addWidget(self.edit, 1)
        if parameter.unit:
            self.row.addWidget(PlainLabel(parameter.unit, role="quiet"))

    def show_value(self, value: Value) -> None:
        if value is not None:
            self.value = value
            self.edit.setText(self.parameter.text(value))
            self._mark(wrong=False)

    def typed(self) -> str:
        """The text as the parameter reads it."""
        return self.edit.text()

    def take(self) -> None:
        """Say what was typed, where it is another value."""
        try:
            value = self.parameter.parse(self.typed())
        except EngineError as error:
            self._mark(wrong=True)
            self.refused.emit(error)
            return
        self._mark(wrong=False)
        self.refused.emit(None)
        if value != self.value:
            self.value = self.value if value is None else value
            self.changed.emit(value)

    def _mark(self, *, wrong: bool) -> None:
        if self.edit.property("wrong") != str(wrong).lower():
            self.edit.setProperty("wrong", str(wrong).lower())
            self.edit.style().unpolish(self.edit)
            self.edit.style().polish(self.edit)


class RealField(LineField):
    """A number, written as one likes: 0.001, 1e-3 or 1/255."""

    def __init__(self, parameter: Real) -> None:
        super().__init__(parameter)
        self._limits = parameter
        self.edit.stepped.connect(self._step)
        self.slider: Slider | None = None
        if parameter.sliding:
            self.slider = self._make_slider()
            self.row.insertWidget(0, self.slider, 2)

    def _make_slider(self) -> Slider:
        slider = Slider()
        slider.setRange(0, _PLACES)
        slider.setPageStep(_PLACES // 10)
        slider.setMinimumWidth(60)
        slider.valueChanged.connect(self._on_slid)
        slider.setAccessibleName(f"{self.parameter.label}, slider")
        slider.setAccessibleDescription(self.parameter.help)
        slider.setToolTip(tip(self.parameter.help))
        return slider

    def show_value(self, value: Value) -> None:
        super().show_value(value)
        if self.slider is not None and isinstance(value, int | float):
            span = self._limits.maximum - self._limits.minimum
            self.slider.blockSignals(True)
            self.slider.setValue(round((value - self._limits.minimum) / span * _PLACES))
            self.slider.blockSignals(False)

    def _on_slid(self, place: int) -> None:
        span = self._limits.maximum - self._limits.minimum
        # Two figures behind the step, so that a slide gives numbers that one would type.
        digits = max(0, 2 - math.floor(math.log10(span)))
        value = round(self._limits.minimum + span * place / _PLACES, digits)
        value = min(max(value, self._limits.minimum), self._limits.maximum)
        self.edit.setText(f"{value:g}")
        self.take()

    def typed(self) -> str:
        return self.edit.text().replace(",", ".")

    def _step(self, direction: int) -> None:
        start = float(self.value) if isinstance(self.value, int | float) else 0.0
        span = self._limits.maximum - self._limits.minimum
        value = start + direction * 0.05 if span <= 2 else start * 2.0**direction
        value = min(max(value, self._limits.minimum), self._limits.maximum)
        self.edit.setText(f"{value:.6g}")
        self.take()


class ChoiceField(Field):
    """One of a few words."""

    def __init__(self, parameter: Choice) -> None:
        super().__init__(parameter)
        self.box = ComboBox()
        if parameter.optional:
            self.box.addItem(parameter.none_text, None)
        for word in parameter.choices:
            self.box.addItem(word, word)
        self.box.activated.connect(self._on_activated)
        self.name_for_reader(self.box)
        self.row.addWidget(self.box)

    def show_value(self, value: Value) -> None:
        self.box.setCurrentIndex(self.box.findData(value))

    def _on_activated(self, place: int) -> None:
        self.changed.emit(self.box.itemData(place))


class FlagField(Field):
    """Yes or no."""

    def __init__(self, parameter: Flag) -> None:
        super().__init__(parameter)
        self.box = QCheckBox()
        self.box.toggled.connect(self.changed.emit)
        self.name_for_reader(self.box)
        self.row.addWidget(self.box)
        self.row.addStretch()

    def show_value(self, value: Value) -> None:
        self.box.blockSignals(True)
        self.box.setChecked(value is True)
        self.box.blockSignals(False)


class PairField(Field):
    """A height and a width."""

    def __init__(self, parameter: Pair) -> None:
        super().__init__(parameter)
        self.boxes = tuple(SpinBox(parameter.minimum, parameter.maximum, arrows=False) for _ in range(2))
        for box, side in zip(self.boxes, ("height", "width"), strict=True):
            box.setAlignment(Qt.AlignmentFlag.AlignCenter)
            box.valueChanged.connect(self._on_value_changed)
            self.name_for_reader(box, f"{parameter.label}, {side}")
        self.setFocusProxy(self.boxes[0])
        self.row.addWidget(self.boxes[0])
        self.row.addWidget(PlainLabel("×", role="quiet"))
        self.row.addWidget(self.boxes[1])

    def show_value(self, value: Value) -> None:
        if not isinstance(value, tuple):
            return
        for box, side in zip(self.boxes, value, strict=True):
            box.blockSignals(True)
            box.setValue(int(side))
            box.blockSignals(False)

    def _on_value_changed(self) -> None:
        self.changed.emit((self.boxes[0].value(), self.boxes[1].value()))


class VariantField(Field):
    """One of a few words, and under it a line for each of the numbers that belong to it."""

    def __init__(self, parameter: Variant) -> None:
        super().__init__(parameter)
        self._variant = parameter
        self.box = ComboBox()
        if parameter.optional:
            self.box.addItem(parameter.none_text, None)
        for one in parameter.alternatives:
            self.box.addItem(one.name, one.name)
        self.box.activated.connect(self._on_activated)
        self.name_for_reader(self.box)
        self._lines: dict[tuple[str, str], tuple[RealField, QWidget]] = {}
        column = QVBoxLayout()
        column.setSpacing(looks.SPACE_1)
        column.addWidget(self.box)
        self.row.addLayout(column)
        for one in parameter.alternatives:
            for number in one.numbers:
                column.addWidget(self._line(one.name, number))

    def _line(self, word: str, number: Real) -> QWidget:
        field, line = RealField(number), QWidget()
        field.changed.connect(self._on_number_changed)
        field.refused.connect(self.refused.emit)
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(looks.SPACE_1)
        row.addWidget(PlainLabel(number.label, role="quiet"), 1)
        row.addWidget(field, 1)
        line.hide()
        self._lines[word, number.name] = (field, line)
        return line

    def number(self, name: str) -> RealField:
        """The field of a number of the chosen word."""
        return self._lines[self.box.currentData(), name][0]

    def show_value(self, value: Value) -> None:
        word, numbers = None, dict[str, float]()
        if value is not None:
            chosen, numbers = self._variant.chosen(value)
            word = chosen.name
        self.box.setCurrentIndex(self.box.findData(word))
        for (owner, name), (field, line) in self._lines.items():
            line.setVisible(owner == word)
            if owner == word:
                field.show_value(numbers[name])

    def _on_activated(self, place: int) -> None:
        word = self.box.itemData(place)
        value = None if word is None else self._variant.check(word)
        self.show_value(value)
        self.refused.emit(None)
        self.changed.emit(value)

    def _on_number_changed(self) -> None:
        word = self.box.currentData()
        numbers = [field.parameter.text(field.value) for (owner, _), (field, _) in self._lines.items() if owner == word]
        self.changed.emit(f"{word}({', '.join(numbers)})")


class OptionalField(Field):
    """A field that can also hold nothing: a check box before it."""

    def __init__(self, parameter: Parameter, inner: Field) -> None:
        super().__init__(parameter)
        self.inner = inner
        self.box = QCheckBox()
        self.none_label = PlainLabel(parameter.none_text, role="quiet")
        self.name_for_reader(self.box, f"Use {parameter.label}")
        self.box.toggled.connect(self._on_toggled)
        inner.changed.connect(self.changed.emit)
        inner.refused.connect(self.refused.emit)
        self.row.addWidget(self.box)
        self.row.addWidget(inner, 1)
        self.row.addWidget(self.none_label, 1)

    def show_value(self, value: Value) -> None:
        self.box.blockSignals(True)
        self.box.setChecked(value is not None)
        self.box.blockSignals(False)
        self.inner.setVisible(value is not None)
        self.none_label.setVisible(value is None)
        if value is not None:
            self.inner.show_value(value)

    def _on_toggled(self, used: bool) -> None:
        self.changed.emit(_first_value(self.parameter) if used else None)


_STARTS: dict[type[Parameter], Callable[[Parameter], Value]] = {
    Integer: lambda one: max(one.minimum, min(5, one.maximum)) if isinstance(one, Integer) else None,
    Real: lambda one: _middle(one) if isinstance(one, Real) else None,
    Pair: lambda one: (one.minimum, one.minimum) if isinstance(one, Pair) else None,
}


def _middle(parameter: Real) -> float:
    """A number that a limit does not exclude."""
    for value in (0.5, 1.0, 0.0, parameter.minimum, parameter.maximum):
        try:
            return float(str(parameter.check(value)))
        except EngineError:
            continue
    return 0.0


def _first_value(parameter: Parameter) -> Value:
    """What an optional value starts with when it is switched on and has no default."""
    return parameter.default if parameter.default is not None else _STARTS[type(parameter)](parameter)


FACTORIES: dict[type[Parameter], Callable[..., Field]] = {
    Integer: IntegerField,
    Real: RealField,
    Choice: ChoiceField,
    Flag: FlagField,
    Pair: PairField,
    Numbers: LineField,
    Variant: VariantField,
}
"""The widget of each kind of parameter: the one place that knows."""


def make_field(parameter: Parameter) -> Field:
    """A field for a parameter."""
    field = next(FACTORIES[one] for one in type(parameter).__mro__ if one in FACTORIES)(parameter)
    # A combo box has its own entry for nothing.
    if parameter.optional and not isinstance(field, ChoiceField | VariantField):
        return OptionalField(parameter, field)
    return field

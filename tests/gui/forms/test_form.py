from dataclasses import dataclass
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QAbstractSpinBox, QCheckBox, QComboBox, QLineEdit, QPushButton, QToolButton

from engine.data.split import Split
from engine.errors import EngineError
from engine.parameters import Configured, choice, declared, flag, integer, numbers, pair, real
from engine.variants import Alternative, Variant, number
from gui.forms.fields import RealField, VariantField
from gui.forms.form import ParameterForm
from gui.forms.inputs import Slider
from tests.gui.conftest import by_name

Edits = list[tuple[Any, str]]

STARTS = (
    Alternative("zeros", "zeros"),
    Alternative(
        "spread", "{low} to {high}", (number("low", 0.0, -9, 9, "Low."), number("high", 1.0, -9, 9, "High.")), True
    ),
)


@dataclass(frozen=True)
class Everything(Configured):
    kind = "Everything"

    count: int = integer(3, minimum=1, maximum=9, unit="px", help="How <b>many</b>.")
    rate: float = real(0.5, minimum=0.0, above=True, maximum=10.0, help="How fast.")
    mode: str = choice("same", choices=("same", "valid"), help="Which.")
    use: bool = flag(True, help="Whether.")
    size: tuple[int, int] = pair((3, 3), minimum=1, maximum=64, help="How large.")
    patience: int | None = integer(None, minimum=1, maximum=99, optional=True, none_text="off", help="How long.")
    limit: float | None = real(None, minimum=0.0, above=True, optional=True, none_text="none", help="How far.")
    padding: str | None = choice(None, choices=("zero", "edge"), optional=True, none_text="no padding", help="What.")
    sides: tuple[int, ...] = numbers((1, 2), minimum=0, maximum=9, shortest=1, longest=4, whole=True, help="Sides.")
    start: str | None = declared(Variant(default="zeros", alternatives=STARTS, optional=True, help="How it begins."))
    secret: int = integer(0, minimum=0, maximum=5, advanced=True, help="Rarely needed.")


@pytest.fixture
def form(qtbot: Any) -> ParameterForm:
    made = ParameterForm()
    qtbot.addWidget(made)
    made.resize(320, 600)
    made.show_configured(Everything())
    with qtbot.waitExposed(made):
        made.show()
    return made


@pytest.fixture
def edits(form: ParameterForm) -> Edits:
    heard = []
    form.edited.connect(lambda configured, text: heard.append((configured, text)))
    return heard


CHANGES: dict[str, Any] = {
    "count": 7,
    "rate": 0.25,
    "mode": "valid",
    "use": False,
    "size": (5, 7),
    "patience": 4,
    "limit": 2.5,
    "padding": "edge",
    "sides": (3, 4, 5),
    "start": "spread(0.5, 2)",
    "secret": 5,
}


def shown(form: ParameterForm, name: str) -> Any:
    """What the field of a setting shows, read from its widgets."""
    field: Any = form.field(name)
    if name in ("patience", "limit") and not field.box.isChecked():
        return None
    field = getattr(field, "inner", field)
    if hasattr(field, "boxes"):
        return tuple(box.value() for box in field.boxes)
    if name == "sides":
        return tuple(map(int, field.edit.text().split(", ")))
    if name == "start":
        word = field.box.currentData()
        shown = [] if word == "zeros" else [field.number(one).edit.text() for one in ("low", "high")]
        return f"{word}({', '.join(shown)})" if shown else word
    if hasattr(field, "edit"):
        return float(field.edit.text())
    box = field.box
    if isinstance(box, QComboBox):
        return box.currentData()
    return box.isChecked() if isinstance(box, QCheckBox) else box.value()


@pytest.mark.parametrize("name", CHANGES)
def test_every_kind_of_setting_is_shown_without_an_edit(form: ParameterForm, edits: Edits, name: str) -> None:
    form.show_configured(Everything(**{name: CHANGES[name]}))
    assert shown(form, name) == CHANGES[name]
    form.show_configured(Everything())
    assert shown(form, name) == Everything().values()[name]
    assert edits == []


def type_into(qtbot: Any, widget: QLineEdit | QAbstractSpinBox, text: str) -> None:
    widget.setFocus()
    line = widget if isinstance(widget, QLineEdit) else widget.lineEdit()
    line.selectAll()
    qtbot.keyClick(line, Qt.Key.Key_Delete)
    qtbot.keyClicks(line, text)
    qtbot.keyClick(line, Qt.Key.Key_Return)


def test_a_whole_number_is_typed(qtbot: Any, form: ParameterForm, edits: Edits) -> None:
    type_into(qtbot, by_name(form, "Count", QAbstractSpinBox), "7")
    assert edits == [(Everything(count=7), "set count to 7")]
    assert form.last_changed == "count"


@pytest.mark.parametrize("text", ["0.25", "2.5e-1", "0,25", " 0.25 ", "1/4"])
def test_a_number_is_typed_as_one_likes(qtbot: Any, form: ParameterForm, edits: Edits, text: str) -> None:
    type_into(qtbot, by_name(form, "Rate", QLineEdit), text)
    assert edits == [(Everything(rate=0.25), "set rate to 0.25")]


@pytest.mark.parametrize("text", ["0", "-1", "11", "fast", "", "nan", "inf"])
def test_a_number_that_cannot_be_is_refused_in_words(qtbot: Any, form: ParameterForm, edits: Edits, text: str) -> None:
    type_into(qtbot, by_name(form, "Rate", QLineEdit), text)
    assert edits == []
    assert form._refusal.isVisible()
    assert "Rate must be" in form._refusal.expected.text()
    type_into(qtbot, by_name(form, "Rate", QLineEdit), "1")
    assert not form._refusal.isVisible()
    assert edits == [(Everything(rate=1.0), "set rate to 1")]


def test_arrow_keys_step_a_number(qtbot: Any, form: ParameterForm, edits: Edits) -> None:
    line = by_name(form, "Rate", QLineEdit)
    qtbot.keyClick(line, Qt.Key.Key_Up)
    qtbot.keyClick(line, Qt.Key.Key_Down)
    assert [configured.rate for configured, _ in edits] == [1.0, 0.5]


def test_a_word_is_chosen(qtbot: Any, form: ParameterForm, edits: Edits) -> None:
    box = by_name(form, "Mode", QComboBox)
    qtbot.keyClick(box, Qt.Key.Key_Down)
    assert edits == [(Everything(mode="valid"), "set mode to valid")]


def test_a_list_is_typed_with_commas_and_refused_where_too_long(qtbot: Any, form: ParameterForm, edits: Edits) -> None:
    line = by_name(form, "Sides", QLineEdit)
    type_into(qtbot, line, "7, 8 9")
    assert edits == [(Everything(sides=(7, 8, 9)), "set sides to 7, 8, 9")]
    type_into(qtbot, line, "1, 2, 3, 4, 5")
    assert "1 to 4 whole numbers from 0 to 9" in form._refusal.expected.text()
    assert len(edits) == 1


def test_a_word_with_numbers_shows_a_line_for_each_of_them(qtbot: Any, form: ParameterForm, edits: Edits) -> None:
    field = form.field("start")
    assert isinstance(field, VariantField)
    assert not any(line.isVisible() for line in field.findChildren(QLineEdit))
    qtbot.keyClick(field.box, Qt.Key.Key_Down)
    assert [configured.start for configured, _ in edits] == ["spread(0, 1)"]
    assert field.number("high").isVisible()
    type_into(qtbot, field.number("high").edit, "1/2")
    assert edits[-1] == (Everything(start="spread(0, 0.5)"), "set start to spread(0, 0.5)")
    type_into(qtbot, field.number("low").edit, "4")
    assert "ascending" in form._refusal.expected.text()
    assert len(edits) == 2
    type_into(qtbot, field.number("low").edit, "x")
    assert "Low must be" in form._refusal.expected.text()


def test_a_word_with_numbers_can_be_none(qtbot: Any, form: ParameterForm, edits: Edits) -> None:
    field = form.field("start")
    assert isinstance(field, VariantField)
    qtbot.keyClick(field.box, Qt.Key.Key_Up)
    assert edits == [(Everything(start=None), "set start to none")]
    form.show_configured(Everything(start="spread(2, 3)"))
    assert field.number("low").edit.text() == "2"


def test_a_flag_is_clicked(qtbot: Any, form: ParameterForm, edits: Edits) -> None:
    by_name(form, "Use", QCheckBox).click()
    assert edits == [(Everything(use=False), "set use to no")]


def test_both_sides_of_a_pair_are_typed(qtbot: Any, form: ParameterForm, edits: Edits) -> None:
    type_into(qtbot, by_name(form, "Size, height", QAbstractSpinBox), "5")
    type_into(qtbot, by_name(form, "Size, width", QAbstractSpinBox), "7")
    assert edits[-1] == (Everything(size=(5, 7)), "set size to 5 × 7")


def test_an_optional_number_is_switched_on_and_off(qtbot: Any, form: ParameterForm, edits: Edits) -> None:
    by_name(form, "Use Patience", QCheckBox).click()
    assert edits[-1][0].patience is not None
    form.show_configured(edits[-1][0])
    type_into(qtbot, by_name(form, "Patience", QAbstractSpinBox), "42")
    assert edits[-1] == (Everything(patience=42), "set patience to 42")
    by_name(form, "Use Patience", QCheckBox).click()
    assert edits[-1] == (Everything(), "set patience to off")


def test_an_optional_number_starts_with_one_that_is_allowed(form: ParameterForm, edits: Edits) -> None:
    by_name(form, "Use Limit", QCheckBox).click()
    assert edits[-1][0].limit == 0.5


def test_an_optional_word_has_nothing_as_a_choice(qtbot: Any, form: ParameterForm, edits: Edits) -> None:
    box = by_name(form, "Padding", QComboBox)
    assert [box.itemText(place) for place in range(box.count())] == ["no padding", "zero", "edge"]
    qtbot.keyClick(box, Qt.Key.Key_Down)
    assert edits[-1][0].padding == "zero"


def test_advanced_settings_wait_under_more(form: ParameterForm) -> None:
    assert not form.field("secret").isVisible()
    by_name(form, "More settings", QPushButton).click()
    assert form.field("secret").isVisible()


def test_a_changed_setting_can_be_reset(form: ParameterForm, edits: Edits) -> None:
    form.show_configured(Everything(count=7))
    by_name(form, "Reset Count to 3", QToolButton).click()
    assert edits == [(Everything(), "set count to 3")]
    assert shown(form, "count") == 3
    assert not [one for one in form.findChildren(QToolButton) if one.isVisible()]


def test_help_is_text_and_never_markup(form: ParameterForm) -> None:
    tip = by_name(form, "Count", QAbstractSpinBox).toolTip()
    assert "&lt;b&gt;many&lt;/b&gt;" in tip


def test_scrolling_past_a_field_changes_nothing(qtbot: Any, form: ParameterForm, edits: Edits) -> None:
    from PySide6.QtCore import QPoint, QPointF
    from PySide6.QtGui import QWheelEvent
    from PySide6.QtWidgets import QApplication

    form.setFocus()
    for name in ("Count", "Mode"):
        widget = by_name(form, name)
        widget.clearFocus()
        event = QWheelEvent(
            QPointF(3, 3), QPointF(3, 3), QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(widget, event)
    assert edits == []


def test_errors_of_the_whole_are_shown_under_the_fields(form: ParameterForm) -> None:
    trouble = EngineError("It does not fit.", "It fits.", "Make it smaller.")
    form.show_configured(Everything(), errors=[trouble, trouble])
    assert [panel.fix.text() for panel in form._panels] == ["Make it smaller."] * 2
    form.show_configured(Everything())
    assert form._panels == []


def test_another_kind_gets_another_form(qtbot: Any, form: ParameterForm) -> None:
    @dataclass(frozen=True)
    class Other(Configured):
        depth: int = integer(1, minimum=1, maximum=2, help="How deep.")

    form.show_configured(Other())
    assert by_name(form, "Depth", QAbstractSpinBox).value() == 1
    form.show_configured(None)
    assert form.configured is None


def test_what_has_no_meaning_with_the_other_settings_is_left_out(qtbot: Any) -> None:
    form = ParameterForm()
    qtbot.addWidget(form)
    form.show_configured(Split())
    with qtbot.waitExposed(form):
        form.show()
    assert form.field("validation").isVisible()
    assert not form.field("folds").isVisible()
    low = form.sizeHint().height()
    form.field("rule").changed.emit("k-fold")
    assert form.field("folds").isVisible()
    assert form.field("fold").isVisible()
    assert not form.field("validation").isVisible()
    assert form.sizeHint().height() > low
    form.show_configured(Split(groups="name"))
    assert form.field("separator").isVisible()
    assert not form.field("fold").isVisible()


def test_a_fold_beyond_the_folds_is_refused_with_its_reason(qtbot: Any) -> None:
    form = ParameterForm()
    qtbot.addWidget(form)
    form.show_configured(Split(rule="k-fold", fold=5))
    with qtbot.waitExposed(form):
        form.show()
    form.field("folds").changed.emit(3)
    assert form.configured == Split(rule="k-fold", fold=5)
    assert form._refusal.isVisible()


@dataclass(frozen=True)
class Slid(Configured):
    kind = "Slid"

    share: float = real(0.5, minimum=0.05, maximum=1.0, sliding=True, help="How much.")
    degrees: float = real(10.0, minimum=0.0, maximum=180.0, sliding=True, unit="°", help="How far.")


@pytest.fixture
def slid(qtbot: Any) -> ParameterForm:
    form = ParameterForm()
    qtbot.addWidget(form)
    form.show_configured(Slid())
    return form


def slider_of(form: ParameterForm, name: str) -> Slider:
    field = form.field(name)
    assert isinstance(field, RealField)
    assert field.slider is not None
    return field.slider


def test_a_slider_stands_where_its_value_does_and_gives_numbers_that_one_would_type(slid: ParameterForm) -> None:
    said: list[Any] = []
    slid.edited.connect(lambda configured, text: said.append((configured, text)))
    share, degrees = slider_of(slid, "share"), slider_of(slid, "degrees")
    assert share.value() == round(0.45 / 0.95 * 100)
    assert said == []
    degrees.setValue(50)
    assert said == [(Slid(degrees=90.0), "set degrees to 90")]
    share.setValue(0)
    assert said[-1][0].share == 0.05
    share.setValue(100)
    assert said[-1][0].share == 1.0
    slid.show_configured(Slid(share=0.05))
    assert share.value() == 0
    assert len(said) == 3


def test_a_slider_does_not_move_while_one_scrolls_past_and_is_named(slid: ParameterForm) -> None:
    slider = slider_of(slid, "share")
    assert slider.accessibleName() == "Share, slider"
    event = QWheelEvent(
        QPointF(5, 5),
        QPointF(5, 5),
        QPoint(),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    before = slider.value()
    slider.wheelEvent(event)
    assert slider.value() == before
    assert not event.isAccepted()


def test_a_number_that_is_typed_has_no_slider(qtbot: Any) -> None:
    form = ParameterForm()
    qtbot.addWidget(form)
    form.show_configured(Everything())
    field = form.field("rate")
    assert isinstance(field, RealField)
    assert field.slider is None

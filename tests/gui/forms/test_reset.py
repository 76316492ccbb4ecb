from __future__ import annotations

from typing import Any

import pytest

from engine.layers import layer_types
from engine.parameters import Choice, Flag, Integer, Numbers, Pair, Parameter, Real, Value
from engine.variants import Variant
from gui.forms.form import ParameterForm
from tests.gui.conftest import by_name


def another(parameter: Parameter) -> Value:
    """An allowed value that is not the usual one."""
    candidates: tuple[Value, ...]
    if isinstance(parameter, Choice):
        candidates = parameter.choices
    elif isinstance(parameter, Flag):
        candidates = (True, False)
    elif isinstance(parameter, Integer):
        candidates = (parameter.minimum, parameter.maximum)
    elif isinstance(parameter, Real):
        candidates = (0.25, 0.125)
    elif isinstance(parameter, Pair):
        candidates = ((parameter.minimum, parameter.maximum),)
    elif isinstance(parameter, Numbers):
        lengths = range(parameter.shortest, parameter.longest + 1)
        candidates = tuple(
            (number,) * length for length in lengths for number in ((1, 2) if parameter.whole else (0.5,))
        )
    else:
        assert isinstance(parameter, Variant)
        candidates = tuple(one.name for one in parameter.alternatives)
    return next(one for one in candidates if one != parameter.default)


@pytest.mark.parametrize("kind", layer_types())
def test_every_setting_of_every_layer_type_can_be_given_its_default_back(qtbot: Any, kind: str) -> None:
    form = ParameterForm()
    qtbot.addWidget(form)
    form.show()
    usual = layer_types()[kind]()
    for parameter in usual.parameters():
        changed = usual.changed(**{parameter.name: another(parameter)})
        form.show_configured(changed)
        if parameter.advanced and form._more_button is not None and not form._more_button.isChecked():
            form._more_button.click()
        with qtbot.waitSignal(form.edited):
            by_name(form, f"Reset {parameter.label} to {parameter.text(parameter.default)}").click()
        assert form.configured == usual

"""The bare widgets of forms."""

from __future__ import annotations

from typing import Any

import pytest

from gui.forms.inputs import ComboBox

# What the platform without a screen says of every popup.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


def test_a_choice_that_is_too_long_is_elided_and_its_list_has_room(qtbot: Any) -> None:
    box = ComboBox()
    qtbot.addWidget(box)
    box.addItems(["glorot_uniform", "zeros"])
    box.resize(90, box.sizeHint().height())
    assert box.minimumSizeHint().width() <= 90
    with qtbot.waitExposed(box):
        box.show()
    narrow = box.grab().toImage()
    box.setItemText(0, "glorot_uniform_of_another_name")
    assert box.grab().toImage() == narrow, "both end in an ellipsis after the same letters"
    box.showPopup()
    assert box.view().minimumWidth() > box.view().fontMetrics().horizontalAdvance(box.itemText(0))
    box.hidePopup()

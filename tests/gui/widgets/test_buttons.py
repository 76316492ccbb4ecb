from typing import Any

import pytest

from gui.widgets.buttons import icon_button, link_button, push_button


@pytest.mark.parametrize("make", [push_button, link_button])
def test_an_ampersand_in_a_name_is_shown_and_underlines_nothing(qtbot: Any, make: Any) -> None:
    button = make("Cats & dogs")
    qtbot.addWidget(button)
    assert button.text() == "Cats && dogs"
    assert button.accessibleName() == "Cats & dogs"
    assert button.shortcut().isEmpty()


def test_a_button_with_an_icon_alone_has_a_name_and_a_harmless_tool_tip(qtbot: Any) -> None:
    button = icon_button("close", "Hide <this>")
    qtbot.addWidget(button)
    assert button.accessibleName() == "Hide <this>"
    assert button.toolTip() == "<p>Hide &lt;this&gt;</p>"


def test_an_icon_that_does_not_exist_fails_at_once(qtbot: Any) -> None:
    with pytest.raises(FileNotFoundError):
        icon_button("no-such-icon", "Nothing")

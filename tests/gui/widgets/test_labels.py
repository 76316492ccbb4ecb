from typing import Any

import pytest
from PySide6.QtCore import Qt

from gui.widgets.labels import ElidedLabel, Heading, PlainLabel


@pytest.mark.parametrize("kind", [PlainLabel, Heading, ElidedLabel])
def test_text_from_a_file_is_never_markup(qtbot: Any, kind: type[PlainLabel]) -> None:
    label = kind("<a href='x'>y</a><br><img src='z'>")
    qtbot.addWidget(label)
    assert label.textFormat() is Qt.TextFormat.PlainText
    plain = PlainLabel("one line")
    qtbot.addWidget(plain)
    assert label.sizeHint().height() <= plain.sizeHint().height() + 8


def test_a_heading_is_in_capitals_and_is_read_as_written(qtbot: Any) -> None:
    heading = Heading("Layer stack")
    qtbot.addWidget(heading)
    assert heading.text() == "LAYER STACK"
    assert heading.accessibleName() == "Layer stack"


def test_a_long_line_ends_in_dots_and_asks_for_little_room(qtbot: Any) -> None:
    label, short = ElidedLabel("n" * 500), ElidedLabel("nn…")
    for one in (label, short):
        qtbot.addWidget(one)
        one.resize(60, 20)
    assert label.minimumSizeHint().width() < 80
    assert label.text() == "n" * 500
    full = ElidedLabel("n" * 500)
    qtbot.addWidget(full)
    full.resize(6000, 20)
    # The right edge of the narrow one is free of a letter cut in half: its last letters are the dots.
    assert label.grab().toImage() != full.grab().toImage().copy(0, 0, 60, 20)


def test_long_text_breaks_into_lines_where_it_may(qtbot: Any) -> None:
    text = "many words " * 40
    wrapped, single = PlainLabel(text, wrap=True), PlainLabel(text)
    for one in (wrapped, single):
        qtbot.addWidget(one)
    assert wrapped.heightForWidth(200) > 4 * single.sizeHint().height()

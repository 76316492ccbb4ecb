from typing import Any

import pytest
from PySide6.QtGui import QTextDocument

from gui.code.highlighter import LONGEST_LINE, PythonHighlighter, spans
from gui.theme import Scheme, colour, theme


def roles(text: str, state: int = -1) -> list[tuple[str, str]]:
    return [(text[at : at + length], role) for at, length, role, _ in spans(text, state) if role]


def after(text: str, state: int = -1) -> int:
    return [last for *_, last in spans(text, state)][-1]


def test_words_have_the_role_that_they_have_in_python() -> None:
    assert roles("def build(x):  # why") == [("def", "keyword"), ("build", "name"), ("# why", "comment")]
    assert roles("x = layers.Conv2D(0.25, None)") == [("Conv2D", "name"), ("0.25", "number"), ("None", "number")]
    assert roles("layer_001 = a1") == []


@pytest.mark.parametrize("text", ["'# no'", '"a \\" # b"', 'f"{x}"', "b'1'"])
def test_nothing_inside_a_text_counts(text: str) -> None:
    assert roles(text) == [(text, "string")]


def test_a_text_of_several_lines_goes_on_to_its_end() -> None:
    assert after('x = """First') == 0
    assert after("second", 0) == 0
    assert roles('third""" + 1', 0) == [('third"""', "string"), ("1", "number")]
    assert after('third""" + 1', 0) == -1
    assert after("'''") == 1
    assert after("") == -1


def test_colours_are_those_of_the_theme_and_long_lines_have_none(qtbot: Any) -> None:
    document = QTextDocument("import keras\n" + "1," * LONGEST_LINE)
    highlighter = PythonHighlighter(document)
    try:
        for scheme in (Scheme.LIGHT, Scheme.DARK):
            theme().apply(scheme)
            highlighter.rehighlight()
            formats = document.firstBlock().layout().formats()
            assert [one.format.foreground().color() for one in formats] == [colour("code_keyword")]
        assert document.firstBlock().next().layout().formats() == []
    finally:
        theme().apply()

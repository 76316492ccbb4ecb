"""What is printed: names as text, one object of JSON, tables."""

from __future__ import annotations

import json
import math

import pytest

from engine.cli import screen
from engine.data.words import counted
from engine.errors import EngineError


def test_what_would_move_the_cursor_is_shown_as_an_escape() -> None:
    assert screen.plain("a\x1b[31mb\nc\udcff") == "a\\x1b[31mb\\nc\\udcff"
    assert screen.plain("Äpfel 日本 – [red]") == "Äpfel 日本 – [red]"


def test_a_fault_is_three_lines_whatever_a_name_holds(capsys: pytest.CaptureFixture[str]) -> None:
    screen.fault(EngineError("what\nis it", "expected", "fix"))
    assert capsys.readouterr().err == "what\\nis it\nexpected\nfix\n"


def test_json_is_one_line_and_knows_no_nan(capsys: pytest.CaptureFixture[str]) -> None:
    screen.print_json({"loss": math.nan, "all": (1.0, [math.inf]), "name": "\udcff"})
    out = capsys.readouterr().out
    assert out.count("\n") == 1
    assert json.loads(out) == {"loss": None, "all": [1.0, [None]], "name": "\udcff"}


def test_a_table_takes_names_as_they_are(capsys: pytest.CaptureFixture[str]) -> None:
    screen.print_table(("[b]Name[/b]", "Number"), [("[red]x<b>", "1"), (":smile:" * 12, "2")], right=("Number",))
    out = capsys.readouterr().out
    assert "[b]Name[/b]" in out
    assert "[red]x<b>" in out
    assert ":smile:" * 12 in out


def test_figures_in_words() -> None:
    assert (screen.percent(0.98765), screen.percent(None)) == ("98.8 %", "–")
    assert (counted(1, "image"), counted(2000, "image")) == ("1 image", "2,000 images")

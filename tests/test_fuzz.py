"""The command that damages files of every format, at a small size."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.fuzz import __main__ as fuzz
from tests.fuzz.formats import FORMATS, Format
from tests.fuzz.trying import tried

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the child's limits are those of Linux")


@pytest.mark.parametrize("format", FORMATS, ids=[one.name for one in FORMATS])
def test_damaged_files_are_refused_or_read(format: Format) -> None:
    outcome = tried(format, 25, 7)
    assert outcome.faults == []
    assert outcome.markers == 0
    assert outcome.tried == 25
    assert outcome.counts["past"] > 0
    assert outcome.counts["refused"] > 0
    assert outcome.lines


def test_a_crash_a_hang_and_a_death_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    import os
    import time

    from tests.fuzz import trying

    def bad(path: object, *, image: bool) -> tuple[str, str]:
        place = len(list(Path().glob("tried-*")))
        Path(f"tried-{place}").touch()
        if place == 1:
            os._exit(139)
        if place == 2:
            time.sleep(60)
        return ("crashed", "a fault") if place == 3 else ("refused", "")

    monkeypatch.setattr(trying, "_try", bad)
    monkeypatch.setattr(trying, "SECONDS", 1.0)
    outcome = tried(FORMATS[0], 5, 1)
    assert {one: outcome.counts[one] for one in ("refused", "crashed", "hung")} == {
        "refused": 2,
        "crashed": 2,
        "hung": 1,
    }
    assert [one.split(": ")[-1] for one in outcome.faults] == ["the process died", "hung", "a fault"]


@pytest.mark.parametrize("arguments", [["many"], ["0"], ["-5"], ["1", "2", "3"]])
def test_what_is_no_count_is_told_how_to_ask(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert fuzz.main(arguments) == 2
    assert "python -m tests.fuzz" in capsys.readouterr().err


def test_a_table_is_printed(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(fuzz, "FORMATS", FORMATS[:1])
    assert fuzz.main(["4", "1"]) == 0
    head, row, total = capsys.readouterr().out.splitlines()
    assert head.split()[:2] == ["format", "tried"]
    assert row.split()[:2] == ["JPEG", "4"]
    assert total == "4 files of 1 formats tried; 0 crashed or hung."

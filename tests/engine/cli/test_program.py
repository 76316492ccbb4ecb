"""How a command ends: its exit status, and what the user hears of each fault."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path
from typing import NoReturn

import pytest

from engine.cli import VERBS, VERSION, program, runs
from engine.service.doctor import Scan
from tests.engine.cli.conftest import Command

ROOT = Path(__file__).parents[3]


def raising(error: BaseException) -> object:
    def fail(*_: object, **__: object) -> NoReturn:
        raise error

    return fail


def test_the_verbs_are_those_of_the_program() -> None:
    named = [name for name in program.make_app() if not name.startswith("-")]
    assert sorted(named) == sorted(VERBS)


def test_the_version_is_the_projects(command: Command) -> None:
    assert tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"] == VERSION
    assert command("--version").out == VERSION + "\n"


def test_a_defect_is_one_sentence_and_its_traceback_is_in_the_log(
    command: Command, monkeypatch: pytest.MonkeyPatch, work: Path
) -> None:
    monkeypatch.setattr(runs, "list_runs", raising(ZeroDivisionError("nothing to divide")))
    said = command("runs", "p")
    assert (said.status, said.out, said.err.count("\n")) == (1, "", 1)
    log = Path(said.err.split("in ")[-1].strip())
    assert "ZeroDivisionError: nothing to divide" in log.read_text("utf-8")
    assert "Traceback" not in said.err


def test_a_defect_of_a_job_is_one_sentence_too(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Scan, "run", raising(ZeroDivisionError()))
    said = command("scan", "sample:digits")
    assert (said.status, said.out, said.err.count("\n")) == (1, "", 1)
    assert "“Looking through the images” stopped because of a fault in the program." in said.err


def test_a_file_that_the_system_refuses_is_three_lines(
    command: Command, monkeypatch: pytest.MonkeyPatch, work: Path
) -> None:
    monkeypatch.setattr(runs, "list_runs", raising(PermissionError(13, "Permission denied", "/shut/door")))
    assert command("runs", "p").refused()[0] == "/shut/door cannot be used: Permission denied."


def test_a_reader_that_has_gone_is_no_fault(command: Command, monkeypatch: pytest.MonkeyPatch, work: Path) -> None:
    monkeypatch.setattr(runs, "list_runs", raising(BrokenPipeError()))
    monkeypatch.setattr(os, "dup2", lambda *_: None)
    said = command("runs", "p")
    assert (said.status, said.out, said.err) == (141, "", "")


def test_ctrl_c_ends_quietly(command: Command, monkeypatch: pytest.MonkeyPatch, work: Path) -> None:
    monkeypatch.setattr(runs, "list_runs", raising(KeyboardInterrupt()))
    said = command("runs", "p")
    assert (said.status, said.out, said.err) == (130, "", "")

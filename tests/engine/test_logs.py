from __future__ import annotations

import faulthandler
import logging
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine import logs

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("CONVOSCOPE_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(faulthandler, "enable", lambda file: None)  # pytest's own stays
    monkeypatch.setattr(faulthandler, "disable", lambda: None)
    level = logging.getLogger().level
    yield tmp_path / "home"
    logs.tear_down()
    logging.getLogger().setLevel(level)


def test_what_is_logged_stands_in_the_file_of_its_process(own_home: Path) -> None:
    path = logs.set_up("command")
    try:
        raise ZeroDivisionError("a defect")
    except ZeroDivisionError:
        logging.getLogger("engine.x").exception("it failed: %s", "caf\udce9")
    logs.tear_down()

    assert path == own_home / "logs" / "command.log"
    text = path.read_text("utf-8")
    assert "ERROR engine.x [MainThread] it failed: caf\\udce9" in text
    assert "Traceback" in text


def test_setting_up_twice_writes_every_line_once() -> None:
    logs.set_up("window")
    path = logs.set_up("window")
    logging.getLogger("engine.x").warning("once")
    logs.tear_down()

    assert path is not None
    assert path.read_text().count("once") == 1


def test_the_log_rotates(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logs, "_LARGEST", 2_000)
    path = logs.set_up("window")
    for number in range(200):
        logging.getLogger("engine.x").info("line %s", number)
    logs.tear_down()

    assert path is not None
    assert len(list(path.parent.glob("window.log*"))) == 4
    assert path.stat().st_size <= 2_000


def test_a_folder_that_cannot_be_written_does_not_stop_the_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("CONVOSCOPE_HOME", str(tmp_path / "file"))

    assert logs.set_up("window") is None
    logging.getLogger("engine.x").warning("heard")
    assert "heard" in capsys.readouterr().err


def test_a_hard_crash_leaves_its_stacks(own_home: Path) -> None:
    program = "from engine import logs; logs.set_up('engine'); import faulthandler; faulthandler._sigsegv()"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True)

    assert done.returncode != 0
    assert "Segmentation fault" in (own_home / "logs" / "engine-crash.log").read_text()

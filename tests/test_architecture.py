"""The rules that a machine can keep: style, types, the direction of imports, and the size of files."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LONGEST_FILE = 400


def run(*command: str) -> None:
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    if done.returncode:
        pytest.fail(done.stdout + done.stderr, pytrace=False)


def test_ruff_finds_nothing() -> None:
    run(sys.executable, "-m", "ruff", "check", ".")


def test_everything_is_formatted() -> None:
    run(sys.executable, "-m", "ruff", "format", "--check", ".")


@pytest.mark.timeout(900)
def test_mypy_strict_finds_nothing() -> None:
    run(sys.executable, "-m", "mypy")


def test_imports_go_one_way() -> None:
    run(str(Path(sys.executable).with_name("lint-imports")), "--no-cache")


def sources() -> list[Path]:
    return [ROOT / "main.py", *(ROOT / "engine").rglob("*.py"), *(ROOT / "gui").rglob("*.py")]


def test_no_file_is_too_long_to_read() -> None:
    long = {
        str(one.relative_to(ROOT)): n
        for one in sources()
        if (n := len(one.read_text("utf-8").splitlines())) > LONGEST_FILE
    }
    assert not long


def test_no_vague_names() -> None:
    vague = [one.name for one in sources() if one.stem in {"utils", "util", "helpers", "misc", "common"}]
    managers = [one.name for one in sources() if re.search(r"^class \w+Manager\b", one.read_text("utf-8"), re.M)]
    assert vague + managers == []


def test_nothing_is_unpickled_or_evaluated_but_our_own_pipe() -> None:
    allowed = {"engine/service/pipe.py"}
    risky = re.compile(
        r"\bpickle\.loads?\(|\bUnpickler\(|\bload_model\(|(?<![\w.])eval\(|(?<![\w.])exec\(|allow_pickle=True"
    )
    found = [
        path
        for one in sources()
        if risky.search(one.read_text("utf-8")) and (path := one.relative_to(ROOT).as_posix()) not in allowed
    ]
    assert found == []


def test_no_address_of_a_registry_or_machine_is_tracked() -> None:
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True).stdout.split()
    assert "uv.lock" not in tracked

"""The command that kills training runs, with few kills."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from tests import kills


def test_killed_runs_end_with_the_bytes_of_unbroken_ones() -> None:
    # In a process of its own: what forks its processes stays until it ends.
    done = subprocess.run(
        [sys.executable, "-m", "tests.kills", "5", "2"], capture_output=True, text=True, timeout=600, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr[-2000:]
    counts = [int(one) for one in re.findall(r"\d+", done.stdout)]
    assert counts[0] >= 5
    assert "ended with the same bytes" in done.stdout


def test_the_plans_cover_networks_optimizers_and_augmentation() -> None:
    assert len(kills.CASES) == 12
    assert len({repr(one.plan()) for one in kills.CASES}) == 12


@pytest.mark.parametrize("arguments", [["kills"], ["0"], ["-5"], ["1", "2", "3"]])
def test_what_is_no_count_is_told_how_to_ask(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert kills.main(arguments) == 2
    assert "python -m tests.kills" in capsys.readouterr().err

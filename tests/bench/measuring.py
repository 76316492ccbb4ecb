"""Measuring one thing against another on a machine that does other things too: in turns, and all of it shown."""

from __future__ import annotations

import json
import os
import platform
import statistics
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
REPEATS = 9
LIMIT_SECONDS = 1800.0
ORDINARY = {"PYTHONPATH": str(ROOT), "TF_CPP_MIN_LOG_LEVEL": "2", "PYTHONDONTWRITEBYTECODE": ""}
"""The environment of both sides. A machine of a developer may forbid byte code: each start would compile again."""

Figures = dict[str, Any]


def interleave(
    ours: Callable[[], Figures], theirs: Callable[[], Figures], repeats: int = REPEATS
) -> list[dict[str, Figures]]:
    """Both sides in turns, each beginning as often as the other; every repeat goes to standard error as it comes.

    Args:
        ours: Measures our side once.
        theirs: Measures the other side once.
        repeats: How often; at least nine for a figure that is told to anyone.
    """
    found: list[dict[str, Figures]] = []
    for repeat in range(repeats):
        sides = [("ours", ours), ("theirs", theirs)]
        one = {name: measure() for name, measure in (sides if repeat % 2 == 0 else sides[::-1])}
        print(f"{repeat + 1}/{repeats} {json.dumps(one)}", file=sys.stderr, flush=True)
        found.append(one)
    return found


def result(name: str, quantity: str, repeats: list[dict[str, Figures]], **more: Any) -> Figures:
    """The figures of a benchmark: medians of both sides, their ratio, every repeat, and the machine.

    Args:
        name: Of the benchmark.
        quantity: The figure that counts, as it stands in the repeats.
        repeats: What `interleave` gave.
        more: Other fields.
    """
    ours = statistics.median(one["ours"][quantity] for one in repeats)
    theirs = statistics.median(one["theirs"][quantity] for one in repeats)
    pairs = sorted(one["ours"][quantity] / one["theirs"][quantity] for one in repeats)
    return {
        "name": name,
        "quantity": quantity,
        "ratio": ours / theirs,
        "ours": ours,
        "theirs": theirs,
        "median_of_ratios": statistics.median(pairs),
        **more,
        "repeats": repeats,
        "machine": machine(),
    }


def in_process(*arguments: str, env: Mapping[str, str] | None = None, timeout: float = LIMIT_SECONDS) -> Figures:
    """Run Python with these arguments in a process of its own; its last line of output is a JSON object.

    Raises:
        RuntimeError: where it fails; with the end of what it said.
    """
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env={**os.environ, **ORDINARY, **(env or {})},
        capture_output=True,
        text=True,
        timeout=timeout,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"{' '.join(arguments)} ended with {done.returncode}:\n{done.stderr[-3000:]}")
    figures: Figures = json.loads(done.stdout.strip().splitlines()[-1])
    return figures


def baseline(
    name: str, *arguments: str, env: Mapping[str, str] | None = None, timeout: float = LIMIT_SECONDS
) -> Figures:
    """Run `baselines/NAME.py`, the other side, in a process of its own."""
    return in_process(str(HERE / "baselines" / f"{name}.py"), *arguments, env=env, timeout=timeout)


def machine() -> Figures:
    """What it was measured on, and how busy that was."""
    cpu = Path("/proc/cpuinfo")
    names = [one.partition(":")[2].strip() for one in cpu.read_text().splitlines() if one.startswith("model name")]
    return {
        "processor": names[0] if names else platform.processor(),
        "cores": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count(),
        "system": platform.platform(),
        "python": platform.python_version(),
        "load": os.getloadavg() if hasattr(os, "getloadavg") else None,
    }

"""How long the window stalls: gaps between ticks of its event loop while TensorFlow warms up and while a run plots.

The real window with the real engine process, under an X server of its own (1440 x 900) where there is none. A timer
of 5 ms notes when it is called; the gap between two calls is what a click would have waited for.
"""

from __future__ import annotations

import dataclasses
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
TICK_MS = 5
TRAIN_SECONDS = 20.0
LIMIT_SECONDS = 240.0
SOURCE = "sample:shapes?images=4000"
TO_REACH = {"p99": 20.0, "max": 100.0}


def run() -> dict[str, Any]:
    """Measure in a process of its own; the figures are in milliseconds."""
    from tests.bench.measuring import machine

    with tempfile.TemporaryDirectory() as home, display() as name:
        environment = {**os.environ, "CONVOSCOPE_HOME": home, "DISPLAY": name, "QT_QPA_PLATFORM": "xcb"}
        environment.pop("CONVOSCOPE_ENGINE", None)
        done = subprocess.run(
            [sys.executable, "-m", "tests.bench.stall"],
            cwd=ROOT,
            env=environment,
            stdout=subprocess.PIPE,
            timeout=LIMIT_SECONDS + 60,
            check=True,
        )
    phases = json.loads(done.stdout.splitlines()[-1])
    worst = {figure: max(phase[figure] for phase in phases.values()) for figure in TO_REACH}
    return {
        "name": "stall",
        "unit": "ms",
        "to_reach": TO_REACH,
        "reached": all(worst[figure] <= TO_REACH[figure] for figure in TO_REACH),
        **worst,
        **phases,
        "machine": machine(),
    }


@contextmanager
def display() -> Iterator[str]:
    """The name of an X display: the one there is, or one of 1440 x 900 that ends with the block."""
    if os.environ.get("DISPLAY"):
        yield os.environ["DISPLAY"]
        return
    read, write = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", "1440x900x24", "-nolisten", "tcp"],
        pass_fds=[write],
        stderr=subprocess.DEVNULL,
    )
    os.close(write)
    try:
        with os.fdopen(read) as number:
            yield f":{number.readline().strip()}"
    finally:
        server.terminate()
        server.wait(10)


def figures(gaps: Sequence[float]) -> dict[str, float]:
    """Median, 99th percentile and longest of some gaps."""
    import numpy as np

    values = np.asarray(gaps)
    p50, p99 = np.percentile(values, [50, 99])
    longest = values.max()
    return {
        "p50": round(float(p50), 1),
        "p99": round(float(p99), 1),
        "max": round(float(longest), 1),
        "ticks": len(values),
    }


class Ticks:
    """Notes the gaps between the calls of a timer, phase by phase."""

    def __init__(self) -> None:
        from PySide6.QtCore import Qt, QTimer

        self.gaps: list[float] = []
        self._last = 0.0
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self._tick)

    def begin(self) -> None:
        """Start a phase."""
        self.gaps = []
        self._last = time.perf_counter()
        self._timer.start()

    def end(self) -> dict[str, float]:
        """End the phase; its figures."""
        self._timer.stop()
        return figures(self.gaps)

    def _tick(self) -> None:
        now = time.perf_counter()
        self.gaps.append((now - self._last) * 1000)
        self._last = now


def measure() -> dict[str, dict[str, float]]:
    """Both phases, in this process."""
    from engine.data.source import Source
    from gui.app import Convoscope, make_application

    app = make_application()
    program = Convoscope()
    ready: list[bool] = []
    program.desk.engine.ready.connect(lambda: ready.append(True))
    ticks = Ticks()
    program.show()
    wait_until(lambda: program.desk.pages.has("runs"), "the pages")
    ticks.begin()
    wait_until(lambda: bool(ready), "TensorFlow")
    phases = {"warm_up": ticks.end()}
    program.desk.pages.data.open_source(Source(SOURCE))
    wait_until(lambda: program.document.draft.source.location == SOURCE, "the images")
    fit(program.document)
    train = program.desk.pages.train
    program.desk.show_page("train")
    train.start()
    wait_until(lambda: train.state == "running", "the start of the run")
    ticks.begin()
    end = time.monotonic() + TRAIN_SECONDS
    wait_until(lambda: time.monotonic() > end or train.state == "idle", "the run")
    phases["training"] = ticks.end()
    train.stop()
    wait_until(lambda: train.state == "idle", "the end of the run")
    program.close()
    app.processEvents()
    return phases


def fit(document: Any) -> None:
    """As many units as classes, and epochs enough for the time that is measured."""
    from engine.ending import with_classes

    draft = document.draft
    network = with_classes(draft.network, document.classes) or draft.network
    recipe = draft.recipe.with_value("epochs", 500)
    document.apply(dataclasses.replace(draft, network=network, recipe=recipe), "set up the benchmark")


def wait_until(true: Any, what: str) -> None:
    """Let Qt run its own loop until something is so; SystemExit where it does not become so in time."""
    from PySide6.QtCore import QEventLoop, QTimer

    loop = QEventLoop()
    look = QTimer()
    look.setInterval(20)
    look.timeout.connect(lambda: loop.quit() if true() else None)
    limit = QTimer()
    limit.setSingleShot(True)
    limit.setInterval(int(LIMIT_SECONDS * 1000))
    limit.timeout.connect(lambda: loop.exit(1))
    look.start()
    limit.start()
    if loop.exec():
        raise SystemExit(f"stall: {what} did not come in {LIMIT_SECONDS:.0f} s")


if __name__ == "__main__":
    print(json.dumps(measure()))

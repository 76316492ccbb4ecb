"""How the window bears scrolling through 100,000 thumbnails: gaps between ticks of its event loop, and its memory.

The real window with the real engine process against a bare `QListView` in icon mode, whose pictures lie in memory
already. Both are scrolled the same way: slowly, by pages, and by pulling the bar far. A timer of 5 ms notes when it is
called; the gap between two calls is what a click would have waited for. `growth_mb` is by how much the anonymous
memory of the window and its engine grew from the middle of the scrolling to its end.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile

from tests.bench.display import screen
from tests.bench.measuring import REPEATS, Figures, baseline, in_process, interleave, result

IMAGES = 100_000
SOURCE = f"sample:shapes?images={IMAGES}"
SECONDS = 30.0
STEP_MS = 16
GAITS = 3
"""Slow, by pages, far: one after the other, so many steps each."""
STEPS_OF_GAIT = 120


def run(repeats: int = REPEATS) -> Figures:
    """Both sides in turns, each in a process and on a screen of its own; the figures are in milliseconds."""
    with tempfile.TemporaryDirectory() as home:

        def ours() -> Figures:
            with screen() as place:
                environment = {**place, "CONVOSCOPE_HOME": home, "CONVOSCOPE_ENGINE": ""}
                return in_process("-m", "tests.bench.browse", str(SECONDS), env=environment)

        def theirs() -> Figures:
            with screen() as place:
                return baseline("browse", str(SECONDS), str(IMAGES), env=place)

        found = interleave(ours, theirs, repeats)
    return result(
        "browse",
        "p99",
        found,
        to_reach="p99 at most 20 ms, growth at most 5 MB",
        max=max(one["ours"]["max"] for one in found),
        growth_mb=max(one["ours"]["growth_mb"] for one in found),
    )


def place_of(step: int, highest: int, page: int) -> int:
    """Where the scroll bar stands at a step: the three gaits follow one another, further down each time."""
    gait = step // STEPS_OF_GAIT % GAITS
    within = step % STEPS_OF_GAIT
    start = highest * (step // (STEPS_OF_GAIT * GAITS) % 7) // 7
    by = (page // 40 * within, page * within, highest // 150 * within)[gait]
    return (start + by) % max(1, highest)


def measure(seconds: float) -> Figures:
    """Our side, once, in this process."""
    from PySide6.QtCore import QTimer

    from gui.pages.data_page import DataPage
    from tests.bench.memory import anonymous_bytes, family
    from tests.bench.program import Program, pause, wait_until
    from tests.bench.ticks import Ticks

    program = Program()
    program.open(SOURCE, epochs=1)
    wait_until(lambda: program.warm, "TensorFlow")
    page = program.page("data")
    assert isinstance(page, DataPage), "the page of that name"
    bar, pictures = page.grid.verticalScrollBar(), page.thumbnails
    wait_until(lambda: pictures.picture(int(pictures.shown[0])) is not None, "the first pictures")
    steps = [0]

    def scroll() -> None:
        bar.setValue(place_of(steps[0], bar.maximum(), bar.pageStep()))
        steps[0] += 1

    def memory() -> float:
        return sum(anonymous_bytes(one) for one in family(os.getpid())) / 1e6

    timer = QTimer()
    timer.setInterval(STEP_MS)
    timer.timeout.connect(scroll)
    ticks = Ticks()
    ticks.begin()
    timer.start()
    pause(seconds / 2, unless=lambda: False)
    before = memory()
    pause(seconds / 2, unless=lambda: False)
    after = memory()
    timer.stop()
    figures = ticks.end()
    seen = [int(pictures.shown[row]) for row in page.grid.rows_in_sight()]
    wait_until(lambda: all(pictures.picture(one) is not None for one in seen), "the last pictures")
    rows = pictures.rowCount()
    program.close()
    return {**figures, "steps": steps[0], "images": rows, "memory_mb": after, "growth_mb": round(after - before, 1)}


if __name__ == "__main__":
    print(json.dumps(measure(float(sys.argv[1]))))

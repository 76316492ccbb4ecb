"""Start: seconds from the start of a process to its first painted main window.

Ours is `main.py` in a home that has never been used; the other side only shows a QMainWindow with one pyqtgraph plot.
Both say when their window had been painted, and are timed from before their process was made.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable

from tests.bench.display import screen
from tests.bench.measuring import HERE, REPEATS, Figures, baseline, in_process, interleave, result

LIMIT_SECONDS = 60


def run(repeats: int = REPEATS) -> Figures:
    """Both sides in turns, under the same platform."""
    with screen() as place:

        def ours() -> Figures:
            with tempfile.TemporaryDirectory() as home:
                environment = {**place, "CONVOSCOPE_HOME": home}
                script = str(HERE / "first_paint.py")
                return timed(lambda: in_process(script, env=environment, timeout=LIMIT_SECONDS))

        def theirs() -> Figures:
            return timed(lambda: baseline("window", env=place, timeout=LIMIT_SECONDS))

        for side in (ours, theirs):
            side()  # the first start writes byte code, and is not counted
        found = interleave(ours, theirs, repeats)
    return result("window", "seconds", found, to_reach="at most 1.3", platform=place["QT_QPA_PLATFORM"])


def timed(start: Callable[[], Figures]) -> Figures:
    """The figures of a process, and the seconds from now to its `painted_at`."""
    started = time.time()
    figures = start()
    return {"seconds": figures.pop("painted_at") - started, **figures}

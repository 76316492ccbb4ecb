"""How long the window stalls: gaps between ticks of its event loop while TensorFlow warms up and while a run plots.

The real window with the real engine process, from its first paint on, against a window with one plot whose process
imports TensorFlow and trains on a thread, as programs do. A timer of 5 ms notes when it is called; the gap between
two calls is what a click would have waited for. The figures of a repeat are the worse ones of both phases.
"""

from __future__ import annotations

import json
import sys
import tempfile

from tests.bench.display import screen
from tests.bench.measuring import REPEATS, Figures, baseline, in_process, interleave, result

SECONDS = 15.0
SOURCE = "sample:shapes?images=4000"


def run(repeats: int = REPEATS) -> Figures:
    """Both sides in turns, each in a process and on a screen of its own; the figures are in milliseconds."""

    def ours() -> Figures:
        with tempfile.TemporaryDirectory() as home, screen() as place:
            environment = {**place, "CONVOSCOPE_HOME": home, "CONVOSCOPE_ENGINE": ""}
            return worst(in_process("-m", "tests.bench.stall", str(SECONDS), env=environment))

    def theirs() -> Figures:
        with screen() as place:
            return worst(baseline("stall", str(SECONDS), env=place))

    found = interleave(ours, theirs, repeats)
    longest = max(one["ours"]["max"] for one in found)
    return result(
        "stall",
        "p99",
        found,
        to_reach="p99 at most 20 ms, max at most 100 ms",
        max=longest,
        phases={phase: result("stall", "p99", [_phase(one, phase) for one in found])["ours"] for phase in PHASES},
    )


PHASES = ("warm_up", "training")


def worst(figures: Figures) -> Figures:
    """The figures of a process, with the worst p50, p99 and max of its phases."""
    return {**{one: max(figures[phase][one] for phase in PHASES) for one in ("p50", "p99", "max")}, **figures}


def _phase(repeat: dict[str, Figures], phase: str) -> dict[str, Figures]:
    return {side: figures[phase] for side, figures in repeat.items()}


def measure(seconds: float) -> Figures:
    """Our side, once: both phases, in this process."""
    from tests.bench.program import Program, pause, wait_until
    from tests.bench.ticks import Ticks

    ticks = Ticks()
    program = Program(painted=ticks.begin)
    wait_until(lambda: program.warm, "TensorFlow")
    phases = {"warm_up": ticks.end()}
    program.open(SOURCE, epochs=500)
    program.train()
    ticks.begin()
    pause(seconds, unless=lambda: program.training == "idle")
    phases["training"] = ticks.end()
    figures = program.figures()
    program.close()
    return {**phases, **figures}


if __name__ == "__main__":
    print(json.dumps(measure(float(sys.argv[1]))))

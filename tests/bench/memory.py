"""Memory: the peak of anonymous memory, over all our processes, of training on 200,000 images against on 10,000.

Ours is the larger and theirs the smaller of the two: the ratio says by how much memory grows with the images. The
real window opens `sample:shapes`, decodes it, and trains one epoch in its engine process; the pixels of both lie in a
memory map, which is not anonymous. The processes are looked at from outside.
"""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil

from tests.bench.display import screen
from tests.bench.measuring import REPEATS, ROOT, Figures, interleave, result

MANY, FEW = 200_000, 10_000
LOOK_SECONDS = 0.02


def run(repeats: int = REPEATS) -> Figures:
    """Both numbers in turns, each in a window and a home of its own."""
    with screen() as place:
        found = interleave(lambda: watched(MANY, place), lambda: watched(FEW, place), repeats)
    return result("memory", "peak_mb", found, to_reach="at most 1.1")


def watched(images: int, place: dict[str, str]) -> Figures:
    """Train on so many images, and say what all processes together took at most.

    Raises:
        RuntimeError: where the training fails.
    """
    with tempfile.TemporaryDirectory() as home, tempfile.TemporaryFile("w+") as output:
        environment = {**os.environ, **place, "CONVOSCOPE_HOME": home, "CONVOSCOPE_ENGINE": "", "PYTHONPATH": str(ROOT)}
        command = [sys.executable, "-m", "tests.bench.memory", str(images)]
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=output)
        peak, processes = 0, 0
        while process.poll() is None:
            anonymous = [anonymous_bytes(one) for one in family(process.pid)]
            peak, processes = max(peak, sum(anonymous)), max(processes, len(anonymous))
            time.sleep(LOOK_SECONDS)
        if process.returncode:
            raise RuntimeError(f"training on {images:,} images ended with {process.returncode}")
        output.seek(0)
        figures: Figures = json.loads(output.read().splitlines()[-1])
    return {"peak_mb": peak / 1e6, "processes": processes, **figures}


def family(process: int) -> list[int]:
    """A process and all that it started, directly or not."""
    with contextlib.suppress(psutil.NoSuchProcess):
        return [process, *(one.pid for one in psutil.Process(process).children(recursive=True))]
    return []


def anonymous_bytes(process: int) -> int:
    """RssAnon of one process; 0 where it is gone."""
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{process}/status").read_text().splitlines():
            if line.startswith("RssAnon:"):
                return int(line.split()[1]) * 1024
    return 0


def measure(images: int) -> Figures:
    """Open so many images in the window and train one epoch on them."""
    from tests.bench.program import Program, wait_until

    program = Program()
    program.open(f"sample:shapes?images={images}", epochs=1)
    program.train()
    wait_until(lambda: program.training == "idle", "the end of the run")
    figures = program.figures()
    program.close()
    return figures


if __name__ == "__main__":
    print(json.dumps(measure(int(sys.argv[1]))))

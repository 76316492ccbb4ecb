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
from collections import Counter
from pathlib import Path

import psutil

from tests.bench.display import screen
from tests.bench.measuring import ORDINARY, REPEATS, ROOT, Figures, interleave, result

MANY, FEW = 200_000, 10_000
LOOK_SECONDS = 0.02
SETTLED_LOOKS = 5


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
        environment = {**os.environ, **ORDINARY, **place, "CONVOSCOPE_HOME": home, "CONVOSCOPE_ENGINE": ""}
        command = [sys.executable, "-m", "tests.bench.memory", str(images)]
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=output)
        peak, looks = 0, Counter[int]()
        while process.poll() is None:
            looks.update(family(process.pid))
            # One that has just been forked shows its parent's memory until it runs its own program.
            peak = max(peak, sum(anonymous_bytes(one) for one, times in looks.items() if times >= SETTLED_LOOKS))
            time.sleep(LOOK_SECONDS)
        if process.returncode:
            raise RuntimeError(f"training on {images:,} images ended with {process.returncode}")
        output.seek(0)
        figures: Figures = json.loads(output.read().splitlines()[-1])
    return {"peak_mb": peak / 1e6, **figures}


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
    from engine.layers.conv2d import Conv2D
    from engine.layers.dense import Dense
    from engine.layers.global_average_pooling2d import GlobalAveragePooling2D
    from engine.layers.rescaling import Rescaling
    from tests.bench.program import Program, wait_until

    # A small network: what it takes is the same for any number of images, and would hide what is not.
    convolution = Conv2D(filters=16, kernel_size=(3, 3), strides=(2, 2), activation="relu")
    layers = (Rescaling(), convolution, GlobalAveragePooling2D(), Dense(units=6, activation="softmax"))
    program = Program()
    program.open(f"sample:shapes?images={images}", epochs=1, layers=layers, batch=128)
    program.train()
    wait_until(lambda: program.training == "idle", "the end of the run")
    figures = program.figures()
    program.close()
    return figures


if __name__ == "__main__":
    print(json.dumps(measure(int(sys.argv[1]))))

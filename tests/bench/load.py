"""Loading: a folder of 5,000 small JPEGs from first sight to ready to train, against Keras over one epoch.

Ours lists, decodes, labels and splits the images and writes the cache that training reads; Keras's
`image_dataset_from_directory` lists them and decodes each once. Every repeat of ours has a home of its own, so that
its first opening is the first; a second opening, in another process, has its own field. Both sides give the mean of
all the pixels that they decoded.
"""

from __future__ import annotations

import json
import statistics
import sys
import tempfile
import time
from pathlib import Path

from tests.bench.measuring import REPEATS, Figures, baseline, in_process, interleave, result

IMAGES, SIDE, QUALITY = 5000, 32, 90


def run(repeats: int = REPEATS) -> Figures:
    """Both sides in turns, each in a process of its own, on one folder of JPEGs."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "images"
        draw(folder, IMAGES)

        def ours() -> Figures:
            with tempfile.TemporaryDirectory() as home:
                command = ("-m", "tests.bench.load", str(folder))
                first, second = (in_process(*command, env={"CONVOSCOPE_HOME": home}) for _ in range(2))
            return {**first, "second_seconds": second["seconds"], "second_from_cache": second["from_cache"]}

        found = interleave(ours, lambda: baseline("load", str(folder), str(SIDE)), repeats)
    return result(
        "load",
        "images_per_second",
        found,
        to_reach="at least 1.0; second opening under 1 s",
        second_seconds=statistics.median(one["ours"]["second_seconds"] for one in found),
    )


def draw(folder: Path, images: int) -> None:
    """Write so many shapes as JPEGs, in a folder for each class."""
    import numpy as np
    from PIL import Image

    from engine.data.samples import shapes

    for name in shapes.CLASS_NAMES:
        (folder / name).mkdir(parents=True)
    labels = shapes.labels(images)
    for start in range(0, images, shapes.CHUNK):
        for number, pixels in enumerate(shapes.draw(0, start // shapes.CHUNK)[: images - start], start):
            file = folder / shapes.CLASS_NAMES[labels[number]] / f"{number:06d}.jpg"
            Image.fromarray(np.asarray(pixels)).save(file, quality=QUALITY)


def measure(folder: Path) -> Figures:
    """Our side, once: the engine's own opening, and the first batch of a run."""
    from engine.data.dataset import DatasetSpec
    from engine.data.opening import open_dataset
    from engine.data.source import Source
    from engine.training.batches import Batches

    started = time.perf_counter()
    dataset = open_dataset(DatasetSpec(Source(str(folder))))
    next(Batches(dataset, 32, 0).of_epoch(1))
    seconds = time.perf_counter() - started
    images = len(dataset.ids)
    return {
        "images_per_second": images / seconds,
        "images": images,
        "seconds": seconds,
        "mean": float(dataset.images.mean()),
        "from_cache": dataset.from_cache,
    }


if __name__ == "__main__":
    print(json.dumps(measure(Path(sys.argv[1]))))

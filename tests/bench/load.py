"""Loading: folders of JPEGs from first sight to ready to train, against Keras over one epoch.

Two folders: 50,000 small images and 500 photos of 12 megapixels. Ours lists, decodes, labels and splits the images and
writes the cache that training reads; Keras's `image_dataset_from_directory` lists them and decodes each once. Every
repeat of ours has a home of its own, so that its first opening is the first; a second opening, in another process, has
its own field, as has the time until the first pictures can be shown. Both sides give the mean of all the pixels that
they decoded.
"""

from __future__ import annotations

import json
import statistics
import sys
import tempfile
import time
from pathlib import Path

from tests.bench.measuring import REPEATS, Figures, baseline, in_process, interleave, result

IMAGES, SIDE, QUALITY = 50_000, 32, 90
PHOTOS, PHOTO_SHAPE, PHOTO_SIDE = 500, (3000, 4000), 128
NOISE = 6.0
"""Of a telephone's camera; a file has about 3 MB then."""
KINDS_OF_PHOTO = 20
"""Photos that are drawn; the others are these with another comment in the file."""


def run(repeats: int = REPEATS) -> Figures:
    """Both sides in turns, each in a process of its own, on one folder after the other."""
    with tempfile.TemporaryDirectory() as name:
        small, photos = Path(name) / "small", Path(name) / "photos"
        draw(small, IMAGES)
        draw_photos(photos, PHOTOS)
        found = compared(small, SIDE, repeats)
        of_photos = compared(photos, PHOTO_SIDE, repeats)
    return result(
        "load",
        "images_per_second",
        found,
        to_reach="at least 1.5, with photos 3; second openings under 1 s, first pictures under 0.5 s",
        **fields(found),
        photos=result("load photos", "images_per_second", of_photos, to_reach="at least 3", **fields(of_photos)),
    )


def compared(folder: Path, side: int, repeats: int) -> list[dict[str, Figures]]:
    """Both sides on one folder."""

    def ours() -> Figures:
        with tempfile.TemporaryDirectory() as home:
            command = ("-m", "tests.bench.load", str(folder))
            first, second = (in_process(*command, env={"CONVOSCOPE_HOME": home}) for _ in range(2))
        return {**first, "second_seconds": second["seconds"], "second_from_cache": second["from_cache"]}

    return interleave(ours, lambda: baseline("load", str(folder), str(side)), repeats)


def fields(found: list[dict[str, Figures]]) -> Figures:
    """Medians of what only our side has."""
    return {
        name: statistics.median(one["ours"][name] for one in found)
        for name in ("second_seconds", "first_pictures_seconds")
    }


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


def draw_photos(folder: Path, images: int, shape: tuple[int, int] = PHOTO_SHAPE) -> None:
    """Write so many large shapes with the noise of a camera, no two files alike."""
    import io

    import numpy as np
    from PIL import Image

    from engine.data.samples import shapes

    for name in shapes.CLASS_NAMES:
        (folder / name).mkdir(parents=True)
    random = np.random.default_rng(0)
    labels = shapes.labels(KINDS_OF_PHOTO)
    for kind, pixels in enumerate(shapes.draw(0, 0)[:KINDS_OF_PHOTO]):
        large = np.asarray(Image.fromarray(pixels).resize(shape[::-1], Image.Resampling.BICUBIC), np.int16)
        noisy = (large + random.normal(0, NOISE, shape)[..., None].astype(np.int16)).clip(0, 255).astype(np.uint8)
        stream = io.BytesIO()
        Image.fromarray(noisy).save(stream, "JPEG", quality=QUALITY)
        data = stream.getvalue()
        for number in range(kind, images, KINDS_OF_PHOTO):
            comment = f"{number:06d}".encode()
            segment = b"\xff\xfe" + (len(comment) + 2).to_bytes(2, "big") + comment
            file = folder / shapes.CLASS_NAMES[labels[kind]] / f"{number:06d}.jpg"
            file.write_bytes(data[:2] + segment + data[2:])


def measure(folder: Path) -> Figures:
    """Our side, once: the job that the window asks for, and the first batch of a run."""
    from engine.data.dataset import DatasetSpec
    from engine.data.source import Source
    from engine.jobs import Quiet
    from engine.service.datasets import OpenDataset
    from engine.service.session import DATASETS
    from engine.training.batches import Batches

    class Clock(Quiet):
        """Says when the first pictures came."""

        first: float | None = None

        def partial(self, value: object) -> None:
            self.first = self.first or time.perf_counter()

    clock, spec = Clock(), DatasetSpec(Source(str(folder)))
    started = time.perf_counter()
    OpenDataset(spec).run(clock)
    dataset = DATASETS.get(spec, clock)
    next(Batches(dataset, 32, 0).of_epoch(1))
    seconds = time.perf_counter() - started
    images = len(dataset.ids)
    return {
        "images_per_second": images / seconds,
        "images": images,
        "seconds": seconds,
        "first_pictures_seconds": (clock.first or time.perf_counter()) - started,
        "mean": float(dataset.images.mean()),
        "from_cache": dataset.from_cache,
    }


if __name__ == "__main__":
    print(json.dumps(measure(Path(sys.argv[1]))))

"""The dataset doctor: how fast it looks through 50,000 images, what it finds of planted copies, and its false alarms.

Speed counts over what decoding costs: the images are opened first, and the time is that of the examination alone.
"Theirs" is the reach, 2,000 images a second. The images are the program's own shapes as JPEGs in class folders; recall
and false alarms are measured on scenes (see `tests/engine/data/doctor/scenes.py`), 5,000 of them that have nothing to
do with each other and, for each kind, 200 planted copies.
"""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.bench.load import draw
from tests.bench.measuring import REPEATS, Figures, in_process, interleave, result

IMAGES = 50_000
SCENES = 5_000
PLANTED = 200
REACH = 2_000.0


def run(repeats: int = REPEATS) -> Figures:
    """Speed so many times, each in a process of its own; recall once."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "images"
        draw(folder, IMAGES)
        environment = {"CONVOSCOPE_HOME": str(Path(name) / "home")}

        def ours() -> Figures:
            return in_process("-m", "tests.bench.scan", "speed", str(folder), env=environment)

        found = interleave(ours, lambda: {"images_per_second": REACH}, repeats)
    with tempfile.TemporaryDirectory() as name:
        plant(Path(name) / "scenes", SCENES, PLANTED)
        environment = {"CONVOSCOPE_HOME": str(Path(name) / "home")}
        recall = in_process("-m", "tests.bench.scan", "recall", str(Path(name) / "scenes"), env=environment)
    return result(
        "scan",
        "images_per_second",
        found,
        to_reach="at least 2,000 images/s; recall 1.0 exact, 0.95 rescaled, recompressed, reencoded, 0.8 cropped; "
        "false alarms at most 0.01",
        **recall,
    )


def plant(folder: Path, scenes: int, planted: int) -> None:
    """Write scenes that have nothing to do with each other, and so many copies of each kind."""
    import numpy as np

    from tests.engine.data.doctor.scenes import COPIES, encoded, scene

    rng = np.random.default_rng(0)
    for name in ("a", "b"):
        (folder / name).mkdir(parents=True)
    for number in range(scenes):
        (folder / "ab"[number % 2] / f"{number:06d}.jpg").write_bytes(encoded(scene(number), quality=92))
    for kind_number, kind in enumerate(("exact", *COPIES)):
        for number in range(kind_number * planted, (kind_number + 1) * planted):
            place = folder / "ab"[number % 2]
            original = place / f"{number:06d}.jpg"
            if kind == "exact":
                shutil.copy(original, place / f"{number:06d}-exact.jpg")
            else:
                data, suffix = COPIES[kind](scene(number), rng)
                (place / f"{number:06d}-{kind}.{suffix}").write_bytes(data)


def measure_speed(folder: Path) -> Figures:
    """One examination of images that are decoded already."""
    from engine.data.dataset import DatasetSpec
    from engine.data.doctor.examining import examine
    from engine.data.opening import open_dataset
    from engine.data.source import Source

    dataset = open_dataset(DatasetSpec(Source(str(folder))))
    found = examine(dataset)
    return {
        "images_per_second": found.images / found.seconds,
        "images": found.images,
        "seconds": found.seconds,
        "findings": len(found.findings),
    }


def measure_recall(folder: Path) -> Figures:
    """The share of planted copies of each kind that is found with its original, and of scenes that are accused."""
    from engine.data.dataset import DatasetSpec
    from engine.data.doctor.examining import examine
    from engine.data.opening import open_dataset
    from engine.data.source import Source

    dataset = open_dataset(DatasetSpec(Source(str(folder))))
    groups = [one.paths for one in examine(dataset).duplicates]
    planted = [id for id in dataset.ids if "-" in id]
    scenes = len(dataset.ids) - len(planted)
    return {"recall": _recall(planted, groups), "false_alarms": _accused(groups) / scenes, "scenes": scenes}


def _number(id: str) -> str:
    return Path(id).stem.partition("-")[0]


def _recall(planted: Sequence[str], groups: Sequence[Sequence[str]]) -> dict[str, float]:
    found = {id for group in groups for id in group if sum(_number(id) == _number(one) for one in group) > 1}
    kinds = sorted({Path(id).stem.partition("-")[2] for id in planted})
    of_kind = {kind: [id for id in planted if Path(id).stem.endswith(f"-{kind}")] for kind in kinds}
    return {kind: sum(id in found for id in ids) / len(ids) for kind, ids in of_kind.items()}


def _accused(groups: Sequence[Sequence[str]]) -> int:
    """Images that stand in a group with an image of another scene."""
    return sum(len(group) for group in groups if len({_number(id) for id in group}) > 1)


if __name__ == "__main__":
    measure = {"speed": measure_speed, "recall": measure_recall}[sys.argv[1]]
    print(json.dumps(measure(Path(sys.argv[2]))))

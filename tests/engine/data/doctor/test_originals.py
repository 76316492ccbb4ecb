"""What files say before decoding."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PIL import Image

from engine.data.dataset import DatasetSpec
from engine.data.doctor.originals import read_facts
from engine.data.opening import open_dataset
from engine.data.source import Source
from engine.jobs import Quiet
from tests.engine.data.doctor.scenes import encoded, scene


def test_size_mode_format_and_bytes_of_each_file(scenes: Path) -> None:
    turned = Image.Exif()
    turned[0x0112] = 6
    data = encoded(scene(1).resize((96, 48)), exif=turned)
    (scenes / "a" / "turned.jpg").write_bytes(data)
    dataset = open_dataset(DatasetSpec(Source(str(scenes))))
    place = dataset.ids.index("a/turned.jpg")
    facts = read_facts(dataset, np.array([place, 0]), Quiet())
    assert facts.rows.tolist() == [0, 1]
    assert (facts.heights.tolist(), facts.widths.tolist()) == ([96, 96], [48, 96])
    assert facts.sizes[0] == len(data)
    assert (facts.modes, facts.formats) == (("colour", "colour"), ("JPEG", "JPEG"))


def test_a_file_that_is_gone_is_passed_over(scenes: Path) -> None:
    dataset = open_dataset(DatasetSpec(Source(str(scenes))))
    (scenes / dataset.ids[1]).unlink()
    assert read_facts(dataset, np.arange(3), Quiet()).rows.tolist() == [0, 2]


def test_a_sample_has_no_files() -> None:
    dataset = open_dataset(DatasetSpec(Source("sample:shapes?images=20")))
    facts = read_facts(dataset, np.arange(20), Quiet())
    assert (set(facts.heights.tolist()), set(facts.sizes.tolist()), facts.formats[0]) == ({32}, {0}, "array")

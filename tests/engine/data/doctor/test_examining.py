"""All checks together."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PIL import Image

from engine.data.dataset import DatasetSpec
from engine.data.doctor.examining import examine
from engine.data.doctor.finding import Finding, Severity
from engine.data.opening import open_dataset
from engine.data.source import Source
from engine.errors import Cancelled
from engine.jobs import Quiet


class Heard(Quiet):
    def __init__(self, cancel_at: str = "never") -> None:
        self.parts: list[object] = []
        self.cancel_at = cancel_at

    def partial(self, value: object) -> None:
        self.parts.append(value)

    def progress(self, done: float, total: float | None, text: str = "") -> None:
        if text == self.cancel_at:
            raise Cancelled("enough")


def test_findings_come_one_by_one_and_end_worst_first(scenes: Path) -> None:
    Image.new("RGB", (96, 96)).save(scenes / "a" / "blank.png")
    shutil.copy(scenes / "a" / "00.jpg", scenes / "b" / "copy.jpg")
    dataset = open_dataset(DatasetSpec(Source(str(scenes))))
    heard = Heard()
    extra = Finding("wrong_labels", Severity.NOTE, "t", "w")
    found = examine(dataset, heard, [extra])
    assert [one.kind for one in found.findings] == [
        "exact_duplicates_in_classes",
        "few_images",
        "blank",
        "wrong_labels",
    ]
    assert heard.parts == [found.findings[place] for place in (3, 1, 2, 0)]
    assert (found.fingerprint, found.images, len(found.duplicates)) == (dataset.fingerprint, 26, 1)


@pytest.mark.parametrize("phase", ["images measured", "files looked into", "groups of images compared"])
def test_it_can_be_cancelled_in_every_phase(phase: str, scenes: Path) -> None:
    dataset = open_dataset(DatasetSpec(Source(str(scenes))))
    with pytest.raises(Cancelled):
        examine(dataset, Heard(phase))

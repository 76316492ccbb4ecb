"""A folder of scenes in two classes, and what the doctor gathers of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from engine.data.dataset import DatasetSpec
from engine.data.doctor.material import Material, gather
from engine.data.opening import open_dataset
from engine.data.source import Source
from engine.data.split import Curation, Split
from engine.jobs import Quiet
from tests.engine.data.doctor.scenes import encoded, scene

Look = Callable[..., Material]


@pytest.fixture
def scenes(tmp_path: Path) -> Path:
    """Twelve scenes for each of two classes."""
    root = tmp_path / "scenes"
    for number in range(24):
        file = root / "ab"[number % 2] / f"{number:02d}.jpg"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(encoded(scene(number), quality=92))
    return root


@pytest.fixture
def look() -> Look:
    """Open a folder and gather what the checks look at."""

    def gathered(root: Path, curation: Curation | None = None) -> Material:
        spec = DatasetSpec(Source(str(root)), split=Split(), curation=curation or Curation())
        return gather(open_dataset(spec), Quiet())

    return gathered

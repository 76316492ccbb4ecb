"""The real window with the real engine in its process, for walks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import psutil
import pytest
from PIL import Image
from PySide6.QtWidgets import QApplication

from engine.data.samples import shapes
from tests.walks.own_process import (
    pytest_itemcollected,
    pytest_runtest_makereport,
    pytest_runtest_protocol,
    pytest_unconfigure,
)
from tests.walks.sitting import sitting
from tests.walks.walker import Walker

__all__ = ["pytest_itemcollected", "pytest_runtest_makereport", "pytest_runtest_protocol", "pytest_unconfigure"]


@pytest.fixture(autouse=True)
def no_process_left(qapp: QApplication) -> Iterator[None]:
    """A walk fails where a process of the program outlives it."""
    yield
    left = [one.name() for one in psutil.Process().children(recursive=True)]
    assert left == [], f"these processes are left: {left}"


@pytest.fixture
def walker(qapp: QApplication) -> Iterator[Walker]:
    """Someone at the window of a first start, the sample project open."""
    with sitting() as walker:
        walker.wait_to_read("1,797 images")
        yield walker


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    """A folder for each of three classes, twenty photos of shapes in each."""
    drawn = shapes.draw(11, 0)
    counts = dict.fromkeys(("circle", "cross", "triangle"), 0)
    for index, pixels in enumerate(np.asarray(drawn)):
        name = shapes.CLASS_NAMES[index % len(shapes.CLASS_NAMES)]
        if counts.get(name, 20) < 20:
            folder = tmp_path / "pictures" / name
            folder.mkdir(parents=True, exist_ok=True)
            Image.fromarray(pixels).save(folder / f"{index:03d}.png")
            counts[name] += 1
    return tmp_path / "pictures"

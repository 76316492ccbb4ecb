"""The real window with the real engine in its process, for walks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from engine.data.samples import shapes
from gui.app import Convoscope, make_application
from tests.conftest import settle
from tests.walks.walker import Walker


@pytest.fixture
def program(qapp: QApplication, home: Path) -> Iterator[Convoscope]:
    """Convoscope as `main.py` starts it, in a home of its own."""
    make_application()
    program = Convoscope()
    program.window.resize(1440, 900)
    program.show()
    assert QTest.qWaitForWindowExposed(program.window)
    yield program
    program.close()
    settle()


@pytest.fixture
def walker(program: Convoscope, monkeypatch: pytest.MonkeyPatch) -> Walker:
    """Someone at that window. File dialogs are Qt's own, since a walk cannot press the system's."""
    real = QFileDialog.setOption
    monkeypatch.setattr(QFileDialog, "setOption", real)
    walker = Walker(program.window)
    walker.find("Train", seconds=20)
    return walker


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    """A folder for each of three classes, thirty photos of shapes in each."""
    drawn = shapes.draw(11, 0)
    for index in range(180):
        name = shapes.CLASS_NAMES[index % 6]
        if name in {"circle", "cross", "triangle"}:
            folder = tmp_path / "pictures" / name
            folder.mkdir(parents=True, exist_ok=True)
            Image.fromarray(np.asarray(drawn[index])).save(folder / f"{index:03d}.png")
    return tmp_path / "pictures"

"""A small project that has been trained once, and a way to run a command and read what it says."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from engine.cli import program


@dataclass(frozen=True)
class Said:
    """What a command left: its exit status and both streams."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one JSON object on stdout."""
        lines = self.out.splitlines()
        assert len(lines) == 1, self.out
        return json.loads(lines[0])

    def refused(self) -> list[str]:
        """The three lines of a refusal."""
        lines = self.err.splitlines()
        assert (self.status, len(lines), self.out) == (2, 3, ""), self
        return lines


Command = Callable[..., Said]


@pytest.fixture
def command(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Command:
    monkeypatch.setenv("TF_CPP_MIN_LOG_LEVEL", "3")

    def run(*arguments: object) -> Said:
        capsys.readouterr()
        status = program.main([str(one) for one in arguments])
        return Said(status, *capsys.readouterr())

    return run


def draw_images(folder: Path, classes: tuple[str, ...] = ("bright", "dark"), images: int = 20) -> Path:
    """A folder per class of 8 x 8 pictures: each class has a brightness of its own."""
    random = np.random.default_rng(0)
    for place, name in enumerate(classes):
        (folder / name).mkdir(parents=True)
        for number in range(images):
            pixels = random.integers(0, 60, (8, 8, 3)) + 180 * place // max(1, len(classes) - 1)
            Image.fromarray(pixels.astype(np.uint8)).save(folder / name / f"{number:02d}.png")
    return folder


@pytest.fixture
def images(tmp_path: Path) -> Path:
    return draw_images(tmp_path / "images")


@pytest.fixture(scope="session")
def trained_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with `images` and a project `p.convoscope` whose only run has two epochs."""
    folder = tmp_path_factory.mktemp("trained")
    draw_images(folder / "images")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CONVOSCOPE_HOME", str(folder / "home"))
        patch.setenv("TF_CPP_MIN_LOG_LEVEL", "3")
        assert program.main(["new", str(folder / "p"), "--data", str(folder / "images")]) == 0
        assert program.main(["train", str(folder / "p"), "--epochs", "2"]) == 0
    return folder


@pytest.fixture
def work(trained_once: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of it, which is also the working folder."""
    folder = tmp_path / "work"
    shutil.copytree(trained_once, folder)
    monkeypatch.chdir(folder)
    return folder

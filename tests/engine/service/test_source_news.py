"""What has changed on the disk is noticed without decoding anything."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from engine.data.dataset import DatasetSpec
from engine.data.source import Source
from engine.images.preprocessing import Preprocessing
from engine.jobs import Quiet
from engine.service.datasets import OpenDataset
from engine.service.session import DATASETS
from engine.service.source_news import CheckSource, SourceNews, SourceState
from tests.engine.data.folders import folder, save


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return folder(tmp_path / "data", {"a": 3, "b": 3})


@pytest.fixture
def check(root: Path, monkeypatch: pytest.MonkeyPatch) -> CheckSource:
    """The job that compares the folder with what was opened."""
    DATASETS.forget()
    summary = OpenDataset(DatasetSpec(Source(str(root)), Preprocessing(6, 8, "rgb"))).run(Quiet())
    monkeypatch.setattr("engine.data.decoders.decode_bytes", None)
    return CheckSource(summary.spec, summary.state)


def test_nothing_new(check: CheckSource) -> None:
    assert check.run(Quiet()) == SourceNews(SourceState.SAME)


def test_each_kind_of_change_is_counted(root: Path, check: CheckSource) -> None:
    save(root / "a" / "new.png", 50)
    save(root / "b" / "new.png", 51)
    (root / "b" / "000.png").unlink()
    os.utime(root / "a" / "001.png", (1, 1))
    assert check.run(Quiet()) == SourceNews(SourceState.CHANGED, added=2, removed=1, edited=1)
    DATASETS.forget()  # an engine that was started again remembers nothing
    assert check.run(Quiet()) == SourceNews(SourceState.CHANGED)


def test_a_folder_that_was_emptied_or_moved(root: Path, check: CheckSource) -> None:
    for one in root.rglob("*.png"):
        one.unlink()
    assert check.run(Quiet()) == SourceNews(SourceState.CHANGED)
    root.rename(root.with_name("elsewhere"))
    assert check.run(Quiet()) == SourceNews(SourceState.GONE)


def test_a_sample_never_changes() -> None:
    job = CheckSource(DatasetSpec(Source("sample:digits")), "")
    assert job.run(Quiet()) == SourceNews(SourceState.SAME)

from __future__ import annotations

from pathlib import Path

import pytest

from engine.data.dataset import DatasetSpec
from engine.data.entry import datasets_folder
from engine.data.source import Source
from engine.home import cache_folder
from engine.jobs import Quiet
from engine.service.cache import CheckCache, ClearCache, LimitCache, MeasureCache
from engine.service.session import DATASETS
from tests.engine.data.folders import folder


@pytest.fixture(autouse=True)
def nothing_open() -> None:
    DATASETS.forget()


def spec(root: Path) -> DatasetSpec:
    return DatasetSpec(Source(str(root)))


def test_the_cache_is_measured_and_emptied(home: Path) -> None:
    (cache_folder() / "images").mkdir()
    (cache_folder() / "images" / "pixels").write_bytes(bytes(1000))
    (cache_folder() / "list").write_bytes(bytes(24))
    (home / "settings.ini").write_text("kept")

    assert MeasureCache().run(Quiet()).size == 1024
    assert ClearCache().run(Quiet()) == 1024
    assert MeasureCache().run(Quiet()).size == 0
    assert (home / "settings.ini").read_text() == "kept"


def test_emptying_leaves_what_a_run_uses(tmp_path: Path) -> None:
    used = DATASETS.get(spec(folder(tmp_path / "used", {"a": 2, "b": 2})), Quiet())
    DATASETS.get(spec(folder(tmp_path / "other", {"a": 3, "b": 3})), Quiet())
    assert ClearCache().run(Quiet()) > 0
    assert len(list(datasets_folder().iterdir())) == 1
    assert int(used.images.max()) > 0
    del used
    ClearCache().run(Quiet())
    assert MeasureCache().run(Quiet()).size == 0


def test_a_limit_holds_at_once(tmp_path: Path) -> None:
    DATASETS.open(spec(folder(tmp_path / "data", {"a": 2, "b": 2})), Quiet())
    DATASETS.forget()
    before = MeasureCache().run(Quiet())
    assert 0 < before.size < before.limit
    facts = LimitCache(1000).run(Quiet())
    assert (facts.size, facts.limit) == (0, 1000)


def test_damage_is_looked_for(tmp_path: Path) -> None:
    DATASETS.open(spec(folder(tmp_path / "data", {"a": 2, "b": 2})), Quiet())
    assert CheckCache().run(Quiet()) == 0
    (entry,) = datasets_folder().iterdir()
    with (entry / "images.npy").open("r+b") as file:
        file.seek(-1, 2)
        file.write(b"?")
    assert CheckCache().run(Quiet()) == 1
    assert CheckCache().run(Quiet()) == 0

"""Jobs on the cache of decoded images."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from engine.home import cache_folder
from engine.jobs import Context, Job, Lane


@dataclass(frozen=True)
class MeasureCache(Job):
    """How many bytes the cache takes."""

    title: ClassVar[str] = "Measuring the cache"
    lane: ClassVar[Lane] = Lane.FILES

    def run(self, context: Context) -> int:
        return _size(cache_folder())


@dataclass(frozen=True)
class ClearCache(Job):
    """Empty the cache; gives the bytes freed. What is lost is only the time to decode the images again."""

    title: ClassVar[str] = "Emptying the cache"
    lane: ClassVar[Lane] = Lane.DATA

    def run(self, context: Context) -> int:
        from engine.service.session import DATASETS

        DATASETS.forget()
        folder = cache_folder()
        before = _size(folder)
        for one in folder.iterdir():
            if one.is_dir() and not one.is_symlink():
                shutil.rmtree(one, ignore_errors=True)
            else:
                one.unlink(missing_ok=True)
        return before - _size(folder)


def _size(folder: Path) -> int:
    return sum(one.lstat().st_size for one in folder.rglob("*") if one.is_file())

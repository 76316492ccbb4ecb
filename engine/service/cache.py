"""Jobs on the cache of decoded images."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from typing import ClassVar

from engine.home import cache_folder
from engine.jobs import Context, Job, Lane


@dataclass(frozen=True)
class CacheFacts:
    """How many bytes the cache takes, and how many it may."""

    size: int
    limit: int


@dataclass(frozen=True)
class MeasureCache(Job):
    """How large the cache is; gives `CacheFacts`."""

    title: ClassVar[str] = "Measuring the cache"
    lane: ClassVar[Lane] = Lane.FILES

    def run(self, context: Context) -> CacheFacts:
        return _facts()


@dataclass(frozen=True)
class LimitCache(Job):
    """Let the cache take so many bytes at most, from now on and for the command line too; gives `CacheFacts`."""

    title: ClassVar[str] = "Limiting the cache"
    lane: ClassVar[Lane] = Lane.FILES

    limit: int

    def run(self, context: Context) -> CacheFacts:
        from engine.data import room

        room.set_cache_limit(self.limit)
        return _facts()


@dataclass(frozen=True)
class CheckCache(Job):
    """Compare all decoded images with their checksums and delete what is damaged; gives the number of datasets."""

    title: ClassVar[str] = "Checking the decoded images"
    lane: ClassVar[Lane] = Lane.DATA

    def run(self, context: Context) -> int:
        from engine.data.cache import remove_damaged
        from engine.service.session import DATASETS

        damaged = remove_damaged(context)
        if damaged:
            DATASETS.forget()
        return damaged


@dataclass(frozen=True)
class ClearCache(Job):
    """Empty the cache, but for what a run uses now; gives the bytes freed.

    What is lost is only the time to decode the images again.
    """

    title: ClassVar[str] = "Emptying the cache"
    lane: ClassVar[Lane] = Lane.DATA

    def run(self, context: Context) -> int:
        from engine.data import room
        from engine.data.entry import datasets_folder
        from engine.service.session import DATASETS

        DATASETS.forget()
        before = room.size_of(cache_folder())
        room.clear()
        room.remove_leftovers()
        for one in cache_folder().iterdir():
            if one == datasets_folder():
                continue
            if one.is_dir() and not one.is_symlink():
                shutil.rmtree(one, ignore_errors=True)
            else:
                one.unlink(missing_ok=True)
        return before - room.size_of(cache_folder())


def _facts() -> CacheFacts:
    from engine.data import room

    return CacheFacts(room.size_of(cache_folder()), room.cache_limit())

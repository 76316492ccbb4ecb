"""The job that looks whether a source is still what it was when it was opened."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from engine.data.dataset import Dataset, DatasetSpec
from engine.errors import Cancelled, EngineError
from engine.jobs import Context, Job, Lane
from engine.service.session import DATASETS

if TYPE_CHECKING:
    from engine.data.pixels import Pixels


class SourceState(enum.StrEnum):
    """What became of a source."""

    SAME = "same"
    CHANGED = "changed"
    GONE = "gone"


@dataclass(frozen=True)
class SourceNews:
    """What became of a source since it was opened.

    Attributes:
        added: Files that were not there; all three are 0 where it is not known how many.
        removed: Files that are not there any more.
        edited: Files with another size or time.
    """

    state: SourceState
    added: int = 0
    removed: int = 0
    edited: int = 0


@dataclass(frozen=True)
class CheckSource(Job):
    """Look at the names, sizes and times of a source's files, and decode nothing; gives `SourceNews`.

    Attributes:
        state: Of the source when it was opened.
    """

    title: ClassVar[str] = "Looking for changes"
    lane: ClassVar[Lane] = Lane.DATA

    data: DatasetSpec
    state: str

    def run(self, context: Context) -> SourceNews:
        from engine.data.opening import contents_of

        source = self.data.source
        if source.is_sample:
            return SourceNews(SourceState.SAME)
        if not source.path.exists():
            return SourceNews(SourceState.GONE)
        try:
            contents = contents_of(source, self.data.preprocessing, context)
        except Cancelled:
            raise
        except EngineError:  # opening it again will say what is wrong
            return SourceNews(SourceState.CHANGED)
        if contents.state == self.state:
            return SourceNews(SourceState.SAME)
        return _compared(DATASETS.peek(self.data), contents.pixels)


def _compared(dataset: Dataset | None, now: Pixels) -> SourceNews:
    from engine.data.pixels import FilePixels

    before = None if dataset is None else dataset.originals
    if not isinstance(before, FilePixels) or not isinstance(now, FilePixels):
        return SourceNews(SourceState.CHANGED)
    old = dict(zip(before.ids, before.stamps.tolist(), strict=True))
    new = dict(zip(now.ids, now.stamps.tolist(), strict=True))
    edited = sum(new[id] != stamp for id, stamp in old.items() if id in new)
    return SourceNews(SourceState.CHANGED, len(new.keys() - old), len(old.keys() - new), edited)

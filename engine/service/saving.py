"""The job that saves one file somebody else has made: a picture, a table, a script."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar

from engine.jobs import Context, Job, Lane
from engine.storage import save_bytes


@dataclass(frozen=True)
class SaveFile(Job):
    """Write `data` to `path`; what stood there before is replaced only when all of it is safe.

    Whoever submits it has asked before a file is replaced.
    """

    title: ClassVar[str] = "Saving"
    lane: ClassVar[Lane] = Lane.FILES

    path: Path
    data: bytes = field(repr=False)

    def run(self, context: Context) -> Path:
        context.check()
        save_bytes(self.path, self.data)
        return self.path

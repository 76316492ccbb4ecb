"""Jobs on the code of a network: write it, read it back, save it. Code is looked at, never run."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from engine.data.dataset import DatasetSpec
from engine.jobs import Context, Job, Lane, Quiet
from engine.network import Network
from engine.plan import Draft
from engine.service.session import DATASETS

if TYPE_CHECKING:
    from engine.code.reading import ReadNetwork
    from engine.code.script import Script


@dataclass(frozen=True)
class WriteScript(Job):
    """The complete Keras script of a draft; gives a `Script`.

    Attributes:
        draft: Its network may have faults.
        class_names: The dataset's, or () where none is open; they are made up then.
        data: The dataset that is open, or None.
    """

    title: ClassVar[str] = "Writing the code"
    lane: ClassVar[Lane] = Lane.CODE

    draft: Draft
    class_names: tuple[str, ...] = ()
    data: DatasetSpec | None = None

    def run(self, context: Context) -> Script:
        from engine.code.class_names import made_up_names
        from engine.code.script import keras_script

        names = self.class_names or made_up_names(self.draft.network)
        folders, in_folders = ((), True) if self.data is None else _layout(self.data)
        return keras_script(self.draft, names, folders, in_folders=in_folders)


@dataclass(frozen=True)
class ReadScript(Job):
    """The network that an edited script makes; gives a `ReadNetwork`, or fails with a `CodeFault`.

    Attributes:
        text: The script.
        base: The network as it was; see `engine.code.reading.read_network`.
    """

    title: ClassVar[str] = "Reading the code"
    lane: ClassVar[Lane] = Lane.CODE

    text: str
    base: Network

    def run(self, context: Context) -> ReadNetwork:
        from engine.code.reading import read_network

        return read_network(self.text, self.base)


@dataclass(frozen=True)
class SaveScript(Job):
    """Save a script as the user, who was asked before a file is replaced, wants it; gives the path."""

    title: ClassVar[str] = "Saving the code"
    lane: ClassVar[Lane] = Lane.FILES

    path: Path
    script: Script

    def run(self, context: Context) -> Path:
        from engine.code.saving import save_script

        save_script(self.path, self.script, replace=True)
        return self.path


@functools.lru_cache(maxsize=4)
def _layout(data: DatasetSpec) -> tuple[tuple[str, ...], bool]:
    """The dataset's folders for training, validation and test, and whether its images lie in class folders; looked for
    once, as there can be a million images.
    """
    from engine.code.data import in_class_folders, part_folders

    dataset = DATASETS.get(data, Quiet())
    return part_folders(dataset.ids), in_class_folders(dataset.ids, dataset.class_names)

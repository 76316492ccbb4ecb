"""The job that shows one image of a dataset before and after a preprocessing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from engine.data.dataset import DatasetSpec
from engine.images.preprocessing import Preprocessing
from engine.jobs import Context, Job, Lane
from engine.service.session import DATASETS

if TYPE_CHECKING:
    from engine.images.preparing import Prepared


@dataclass(frozen=True)
class PrepareImage(Job):
    """One image of an opened dataset, prepared by other settings than the dataset's own; gives a `Prepared`.

    Only this image is decoded; the dataset stays as it is. An index that it has not takes the last image.
    """

    title: ClassVar[str] = "Preparing an image"
    lane: ClassVar[Lane] = Lane.FILES

    data: DatasetSpec
    index: int
    preprocessing: Preprocessing

    def run(self, context: Context) -> Prepared:
        from engine.images.preparing import prepared

        dataset = DATASETS.get(self.data, context)
        index = min(self.index, len(dataset.ids) - 1)
        return prepared(dataset.original(index), self.preprocessing, dataset.ids[index])

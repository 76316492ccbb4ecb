"""The job that measures the channels of the training images."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from engine.data.dataset import DatasetSpec
from engine.jobs import Context, Job, Lane
from engine.layers.base import Moments
from engine.service.session import DATASETS


@dataclass(frozen=True)
class MeasureChannels(Job):
    """Mean and variance of each channel over the training images of an opened dataset; gives `Moments`."""

    title: ClassVar[str] = "Measuring the training images"
    lane: ClassVar[Lane] = Lane.DATA

    data: DatasetSpec

    def run(self, context: Context) -> Moments:
        from engine.data.measuring import measure

        return measure(DATASETS.get(self.data, context), context)

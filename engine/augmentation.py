"""Augmentation: random changes to training images, so that the network sees each picture in many forms."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from engine.parameters import Configured


@dataclass(frozen=True)
class Operation(Configured):
    """One random change; a function of (seed, epoch, image) and nothing else."""

    summary: ClassVar[str] = ""


@dataclass(frozen=True)
class Augmentation:
    """An ordered list of operations, for training only; never part of the network that predicts."""

    operations: tuple[Operation, ...] = ()

"""Augmentation: random changes to training images, so that the network sees each picture in many forms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from engine.errors import EngineError
from engine.parameters import Configured


@dataclass(frozen=True)
class Operation(Configured):
    """One random change; a function of (seed, epoch, image) and nothing else."""

    summary: ClassVar[str] = ""


@dataclass(frozen=True)
class Augmentation:
    """An ordered list of operations, for training only; never part of the network that predicts."""

    operations: tuple[Operation, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The operations as JSON types; `from_json` reads it back."""
        return {"operations": [{"kind": one.kind, "values": one.to_json()} for one in self.operations]}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Augmentation:
        """The inverse of `to_json`, for data whose outline a schema has checked; EngineError for what is unknown."""
        return cls(tuple(augmentation_type(one["kind"]).from_json(one["values"]) for one in data["operations"]))


def augmentation_types() -> dict[str, type[Operation]]:
    """Every operation by kind."""
    return {one.kind: one for one in Operation.__subclasses__()}


def augmentation_type(kind: str) -> type[Operation]:
    """The operation called `kind`; raises EngineError where there is none."""
    try:
        return augmentation_types()[kind]
    except KeyError:
        raise EngineError(
            f"There is no augmentation called {kind!r}.",
            "The augmentations are: " + (", ".join(augmentation_types()) or "none") + ".",
            "Use one of these, or open the file with the version of the program that wrote it.",
        ) from None

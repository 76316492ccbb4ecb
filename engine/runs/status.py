"""What `run.json` holds: where a run stands, who trains it, and the figures of its row in the table."""

from __future__ import annotations

import dataclasses
import typing
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, TypeVar

from engine.errors import EngineError
from engine.runs.owner import Owner
from engine.runs.records import RunSummary, State

_VERSION: Final = 1
Known = TypeVar("Known")


@dataclass(frozen=True)
class RunStatus:
    """The state of a run, as its process last wrote it.

    Attributes:
        owner: The process that trains it, or trained it last.
        environment: What besides the plan decided its bits.
        notes: What the user should know about it.

    The other fields are those of `RunSummary`.
    """

    run: str
    state: State
    started: str
    planned_epochs: int
    parameters: int
    owner: Owner | None
    environment: Mapping[str, Any] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    reason: str = ""
    epochs: int = 0
    steps: int = 0
    train_accuracy: float | None = None
    validation_accuracy: float | None = None
    validation_loss: float | None = None
    best_epoch: int = 0
    best_step: int = 0
    best_validation_accuracy: float | None = None
    images_per_second: float = 0.0
    seconds: float = 0.0
    error: str = ""

    @classmethod
    def damaged(cls, run: str, error: str) -> RunStatus:
        """A stand-in for a `run.json` that cannot be read."""
        return cls(run, State.FAILED, "", 0, 0, None, error=error)

    def summary(self, folder: Path, *, has_weights: bool) -> RunSummary:
        """The row in the table of runs."""
        values = {
            one.name: getattr(self, one.name) for one in dataclasses.fields(RunSummary) if hasattr(self, one.name)
        }
        if self.state in (State.RUNNING, State.PAUSED) and not (self.owner and self.owner.alive()):
            values["state"] = State.INTERRUPTED
        return RunSummary(**values | {"folder": folder, "has_weights": has_weights})

    def to_json(self) -> dict[str, Any]:
        """All of it as JSON types."""
        return {"schema_version": _VERSION, **dataclasses.asdict(self), "notes": list(self.notes)}

    @classmethod
    def from_json(cls, data: object, where: str) -> RunStatus:
        """The inverse of `to_json`; raises EngineError, `where` naming the file."""
        try:
            if not isinstance(data, dict) or data["schema_version"] != _VERSION:
                raise ValueError("it is of another version")
            known = {one.name for one in dataclasses.fields(cls)}
            values = {name: value for name, value in data.items() if name in known}
            values["state"] = State(values["state"])
            values["owner"] = _typed(Owner(**values["owner"])) if values["owner"] else None
            values["notes"] = tuple(str(one) for one in values["notes"])
            return _typed(cls(**values))
        except (KeyError, TypeError, ValueError) as error:
            raise EngineError(
                f"{where} cannot be read: {error}.",
                "It must be exactly what the program wrote.",
                "Delete the run, or use a copy of its folder.",
            ) from error


def _typed(one: Known) -> Known:
    """The same, once every field is of its type; ValueError that names the first that is not."""
    hints: dict[str, Any] = typing.get_type_hints(type(one))
    for name, hint in hints.items():
        value = getattr(one, name)
        origin = typing.get_origin(hint)
        allowed = origin if origin in (tuple, Mapping) else hint
        whole = type(value) is int and float in (hint, *typing.get_args(hint))
        if isinstance(value, bool) or not (whole or isinstance(value, allowed)):
            raise ValueError(f"{name} is {str(value)[:80]!r}")
    return one

"""What a training run says while it runs, and what can be said to it.

Every event carries its run's id and a sequence number that grows by one, so that a reader of `events.jsonl` can tell
what it has seen. The JSON has these fields and `event`, the snake_case name of the class.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass


class Reason(enum.StrEnum):
    """Why a run ended."""

    COMPLETED = "completed"
    STOPPED = "stopped"
    EARLY_STOPPED = "early_stopped"
    DIVERGED = "diverged"


@dataclass(frozen=True, slots=True, kw_only=True)
class RunEvent:
    """The common part."""

    run: str
    sequence: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RunStarted(RunEvent):
    """The network is built and the first step is next.

    Attributes:
        folder: The run's folder, as text.
        epochs: Epochs planned.
        steps_per_epoch: Training steps in each.
        images: Training images in each.
        validation_images: Images of the validation split.
        parameters: Weights of the network.
        note: What the user should know, or "".
    """

    folder: str
    epochs: int
    steps_per_epoch: int
    images: int
    validation_images: int
    parameters: int
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunResumed(RunEvent):
    """The run goes on from a checkpoint; what was said of later steps is void."""

    folder: str
    from_step: int
    epochs: int
    steps_per_epoch: int
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StepsEnded(RunEvent):
    """Some steps have ended since the last such event; at most twenty a second.

    Attributes:
        epoch: The epoch they belong to, from 1.
        first_step: The first of them, counted from 0 over the whole run.
        last_step: The last of them.
        loss: (first, last, mean, minimum, maximum) of the training loss over them.
        accuracy: The same of the training accuracy.
        images_per_second: Training images a second since the last event, pauses left out.
        seconds_left: The expected rest of the run.
    """

    epoch: int
    first_step: int
    last_step: int
    loss: tuple[float, float, float, float, float]
    accuracy: tuple[float, float, float, float, float]
    images_per_second: float
    seconds_left: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class EpochEnded(RunEvent):
    """An epoch and its validation have ended; validation figures are None where there are no such images."""

    epoch: int
    step: int
    train_loss: float
    train_accuracy: float
    validation_loss: float | None
    validation_accuracy: float | None
    seconds: float
    images_per_second: float
    best: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueChanged(RunEvent):
    """A value was set while the run was under way, from this step on."""

    step: int
    name: str
    value: float


@dataclass(frozen=True, slots=True, kw_only=True)
class RunPaused(RunEvent):
    """The run waits between two steps."""

    step: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RunContinued(RunEvent):
    """The run goes on after a pause."""

    step: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RunEnded(RunEvent):
    """The last event of a run that ended in order."""

    reason: Reason
    epochs: int
    train_accuracy: float | None
    validation_accuracy: float | None
    images_per_second: float
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class RunFailed(RunEvent):
    """The last event of a run that could not go on; its last checkpoint stays."""

    what: str
    expected: str
    fix: str


@dataclass(frozen=True, slots=True)
class Pause:
    """Wait before the next step."""


@dataclass(frozen=True, slots=True)
class Continue:
    """Go on after a pause."""


@dataclass(frozen=True, slots=True)
class Stop:
    """End before the next step and keep what was learned."""


@dataclass(frozen=True, slots=True)
class SetValue:
    """Set a value from the next step on; today `epochs` and `learning_rate`."""

    name: str
    value: float


Control = Pause | Continue | Stop | SetValue

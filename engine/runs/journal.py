"""The journal of a run, `events.jsonl`: one event a line, written as it happens and read by whoever follows the run."""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Iterable
from typing import Any, Final

from engine import events
from engine.events import EpochEnded, Reason, RunEnded, RunEvent, RunFailed, RunResumed, StepsEnded, ValueChanged


def _snake(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()


_EVENTS: Final[dict[str, type[RunEvent]]] = {
    _snake(one.__name__): one
    for one in vars(events).values()
    if isinstance(one, type) and issubclass(one, RunEvent) and one is not RunEvent
}


def event_to_json(event: RunEvent) -> dict[str, Any]:
    """The event's fields as JSON types, with `event`, the snake_case name of its class, first."""
    return {"event": _snake(type(event).__name__), **dataclasses.asdict(event)}


def event_from_json(data: dict[str, Any]) -> RunEvent:
    """The inverse of `event_to_json`.

    Raises:
        ValueError: for anything that is no event of this version.
    """
    try:
        fields = dict(data)
        kind = _EVENTS[fields.pop("event")]
        if "reason" in fields:
            fields["reason"] = Reason(fields["reason"])
        for name in ("loss", "accuracy"):
            if name in fields:
                fields[name] = tuple(fields[name])
        return kind(**fields)
    except (KeyError, TypeError) as error:
        raise ValueError(f"no event of a run: {error}") from error


def events_of(lines: Iterable[str]) -> tuple[RunEvent, ...]:
    """The events of a journal that still count, in order.

    A torn line is skipped, a sequence number counts once, and what was said of steps after the one that a run was
    resumed from is left out.
    """
    found: dict[int, RunEvent] = {}
    for line in lines:
        try:
            event = event_from_json(json.loads(line))
        except ValueError:  # torn by a crash, or of a later version
            continue
        if isinstance(event, RunResumed):
            found = {number: one for number, one in found.items() if not _void(one, event.from_step)}
        found.setdefault(event.sequence, event)
    return tuple(found[number] for number in sorted(found))


def _void(event: RunEvent, from_step: int) -> bool:
    match event:
        case StepsEnded(last_step=step):
            return step >= from_step
        case EpochEnded(step=step) | ValueChanged(step=step):
            return step > from_step
        case RunEnded() | RunFailed():
            return True
    return False

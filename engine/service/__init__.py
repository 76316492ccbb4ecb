"""The service: runs jobs on threads, in this process or in a child, and says what happens."""

from __future__ import annotations

import os

from engine.jobs import Engine, OnEvent

VARIABLE = "CONVOSCOPE_ENGINE"


def make_engine(on_event: OnEvent) -> Engine:
    """The window's engine: a child process, or threads of this one where `CONVOSCOPE_ENGINE` is "thread"."""
    if os.environ.get(VARIABLE) == "thread":
        from engine.service.engine_service import EngineService

        return EngineService(on_event)
    from engine.service.host import EngineHost

    return EngineHost(on_event)

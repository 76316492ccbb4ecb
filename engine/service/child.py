"""The engine's own process: `python -m engine.service.child`, started by `EngineHost` and by nothing else.

It takes messages from standard input and sends events to standard output, ends when the input ends (so it never
outlives the window), and yields to the window: it is niced, and the first that the system kills when memory runs out.
"""

from __future__ import annotations

import contextlib
import logging
import os
import signal
import threading
from pathlib import Path
from typing import Final

from engine import logs
from engine.errors import EngineError
from engine.home import log_folder
from engine.jobs import EngineStarted, JobEnded, JobEvent, Lane, Outcome
from engine.service.engine_service import EngineService
from engine.service.faults import unsendable
from engine.service.pipe import Cancel, Control, Pipe, Submit

_log = logging.getLogger(__name__)

_NICE: Final = 10
_FIRST_TO_GO: Final = "700"
_PATIENCE: Final = {
    Lane.TRAINING: 60.0,
    Lane.FILES: 20.0,
    Lane.DATA: 2.0,
    Lane.BROWSING: 2.0,
    Lane.INSPECTION: 2.0,
    Lane.CODE: 0.5,
}
"""Seconds that a job of each lane gets to end in order when the window has gone."""
_LARGEST_OUTPUT: Final = 1_000_000


def main() -> None:
    """Serve until the pipe ends, then leave at once, whatever a library's thread may still be doing."""
    pipe = _own_pipe()
    logs.set_up("engine")
    _step_back()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C in the terminal is for the window
    _serve(pipe)
    logs.tear_down()
    os._exit(0)


def _own_pipe() -> Pipe:
    """Take standard input and output for the pipe, and give their numbers to others, so that no print corrupts it."""
    pipe = Pipe(os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb", buffering=0))
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    with contextlib.suppress(OSError, EngineError):
        path = log_folder() / "engine-output.log"
        fresh = os.O_TRUNC if path.exists() and path.stat().st_size > _LARGEST_OUTPUT else 0
        output = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | fresh, 0o666)
        os.dup2(output, 2)  # TensorFlow's messages
        os.close(output)
    os.dup2(2, 1)
    return pipe


def _step_back() -> None:
    """Let the window go first: less of the processor, and the first to go when memory runs out."""
    with contextlib.suppress(OSError, AttributeError):
        os.nice(_NICE)
    with contextlib.suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text(_FIRST_TO_GO)


def _serve(pipe: Pipe) -> None:
    window_gone = threading.Event()

    def say(event: JobEvent) -> None:
        if window_gone.is_set():
            return
        try:
            pipe.send(event)
        except OSError:
            window_gone.set()
        except Exception:
            if not isinstance(event, JobEnded):
                raise
            _log.exception("a result cannot be sent: %.200r", event.result)
            pipe.send(JobEnded(event.job, Outcome.FAILED, error=unsendable(), defect=True))

    service = EngineService(say)
    say(EngineStarted(os.getpid()))
    with contextlib.suppress(EOFError, OSError):
        while True:
            _obey(service, pipe.receive())
    service.close(_PATIENCE)


def _obey(service: EngineService, message: object) -> None:
    match message:
        case Submit(number, job):
            service.queue(number, job)
        case Cancel(number):
            service.cancel(number)
        case Control(number, control):
            service.control(number, control)
        case _:
            _log.error("an unknown message: %.200r", message)


if __name__ == "__main__":
    main()

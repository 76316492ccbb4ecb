"""What the user is told when the engine itself fails: its process dies, memory runs out, or a job has a defect."""

from __future__ import annotations

import signal
from typing import Final

from engine.errors import EngineError

_CAUSES: Final = {
    "SIGKILL": "it was ended from outside (signal 9), by hand or by the system because memory ran out",
    "SIGTERM": "it was told to end from outside (signal 15)",
    "SIGSEGV": "a library crashed (signal 11, a wrong memory access)",
    "SIGABRT": "a library gave up (signal 6)",
    "SIGBUS": "a file or memory vanished while it was read (signal 7)",
    "SIGILL": "a library uses instructions that this processor does not have (signal 4)",
    "SIGFPE": "a library crashed in a calculation (signal 8)",
}


def words_for(code: int) -> str:
    """What an exit code means: a signal where it is negative."""
    if code >= 0:
        return f"it ended by itself with exit code {code}"
    try:
        name = signal.Signals(-code).name
    except ValueError:
        name = ""
    return _CAUSES.get(name, f"it was ended by signal {-code}")


def lost(why: str) -> EngineError:
    """For a job whose process died."""
    return EngineError(
        f"The engine's process was lost: {why}.",
        "It is started again by itself; what was saved, checkpoints too, is untouched.",
        "Start the job again; a run can be resumed at its last checkpoint. "
        "If memory ran out, take a smaller batch size, smaller images or fewer layers.",
    )


def gave_up(why: str) -> EngineError:
    """For a job that waits for a process that dies again and again."""
    return EngineError(
        f"The engine's process died three times within a minute: {why}.",
        "It starts and stays until the window closes.",
        "Look into the log folder for the reason. The engine is started again with the next thing you do.",
    )


def unsendable() -> EngineError:
    """For a job or a result that cannot cross between the processes."""
    return EngineError(
        "The work could not be handed over because of a fault in the program.",
        "This should not have happened; what was saved is untouched.",
        "Try again. If it comes back, report it with the details from the log.",
    )


def defect(title: str) -> EngineError:
    """For a job that raised what no job may raise."""
    return EngineError(
        f"“{title}” stopped because of a fault in the program.",
        "This should not have happened; what was saved is untouched.",
        "Try again. If it comes back, report it with the details from the log.",
    )


def out_of_memory(title: str) -> EngineError:
    """For a job that the memory did not suffice for."""
    return EngineError(
        f"“{title}” needs more memory than the computer has.",
        "Images, network and batch must fit into the memory together.",
        "Take a smaller batch size, smaller images or fewer layers, or close other programs.",
    )

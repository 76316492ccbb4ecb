"""Runs one command: the verbs, and how every fault ends."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Sequence
from typing import Final

from cyclopts import App, CycloptsError, Parameter

from engine import logs
from engine.cli import VERSION, screen
from engine.cli.code import code
from engine.cli.demo import demo
from engine.cli.evaluate import evaluate
from engine.cli.info import info
from engine.cli.maps import maps
from engine.cli.new import new
from engine.cli.predict import predict
from engine.cli.runs import runs
from engine.cli.scan import scan
from engine.cli.session import Defect
from engine.cli.train import train
from engine.cli.usage import as_engine_error
from engine.errors import EngineError

DONE: Final = 0
DEFECT: Final = 1
BAD_INPUT: Final = 2
INTERRUPTED: Final = 130
NOBODY_READS: Final = 141
"""As a shell says of a program that a closed pipe has ended."""

_log = logging.getLogger(__name__)

_ABOUT: Final = """Build a convolutional network layer by layer, train it on your own images, and see inside it.

Without a verb, main.py [PATH ...] opens the window; PATH is a project, a folder of images, or images."""


def main(arguments: Sequence[str]) -> int:
    """Run a command and return its exit status.

    Args:
        arguments: What stands behind `main.py`.
    """
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")  # a computer without a GPU is no error
    log = logs.set_up("command")
    screen.prepare()
    if log is not None:
        screen.quieten_libraries(log.with_name("command-libraries.log"))
    try:
        return _run(arguments)
    except EngineError as error:
        screen.fault(error)
        return BAD_INPUT
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        screen.abandon_stdout()
        return NOBODY_READS
    except Exception as error:  # noqa: BLE001 - the user sees a sentence, the log the rest
        _log.exception("the command failed: %r", list(arguments))
        return _fault(error, "" if log is None else f" The details are in {log}")
    finally:
        logs.tear_down()


def make_app() -> App:
    """The verbs and their options."""
    app = App(
        name="main.py",
        help=_ABOUT,
        usage="Usage: main.py VERB [OPTIONS] ... or main.py [PATH ...]",
        version=VERSION,
        help_format="plaintext",
        default_parameter=Parameter(negative=()),
        suppress_keyboard_interrupt=False,
    )
    verbs: tuple[Callable[..., None], ...] = (demo, new, info, scan, train, runs, evaluate, predict, maps, code)
    for place, verb in enumerate(verbs):
        app.command(verb, sort_key=place)
    return app


def _run(arguments: Sequence[str]) -> int:
    app = make_app()
    try:
        app(list(arguments), exit_on_error=False, print_error=False, result_action="return_value")
    except CycloptsError as error:
        raise as_engine_error(app, error) from error
    print(end="", flush=True)
    return DONE


def _fault(error: Exception, details: str) -> int:
    if isinstance(error, OSError) and error.filename is not None:
        screen.fault(
            EngineError(
                f"{error.filename} cannot be used: {error.strerror or error}.",
                "Files and folders that are named must be there, and this user must be allowed to use them.",
                "Check the place and its permissions, and try again.",
            )
        )
        return BAD_INPUT
    if isinstance(error, Defect):
        screen.note(f"{error}{details}")
    else:
        screen.note(f"The command stopped because of a fault in the program.{details}")
    return DEFECT

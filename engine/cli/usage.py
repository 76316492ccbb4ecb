"""Faults in what was typed, in the words of an EngineError."""

from __future__ import annotations

import difflib

from cyclopts import App, CycloptsError
from cyclopts.exceptions import (
    CoercionError,
    MissingArgumentError,
    RepeatArgumentError,
    UnknownCommandError,
    UnknownOptionError,
    UnusedCliTokensError,
)

from engine.cli import VERBS, screen
from engine.errors import EngineError


def unknown_word(word: str) -> EngineError:
    """For a first word that is neither a verb nor anything on the disk."""
    near = difflib.get_close_matches(word, VERBS, 1)
    return EngineError(
        f"There is no file, folder or verb called {screen.plain(word)!r}.",
        f"main.py takes a path to open in the window, or one of the verbs {', '.join(VERBS)}.",
        f"Did you mean main.py {near[0]}?" if near else "See main.py --help",
    )


def as_engine_error(app: App, error: CycloptsError) -> EngineError:
    """What cyclopts refused, in three sentences."""
    verb = error.command_chain[0] if error.command_chain else ""
    command = f"main.py {verb}".rstrip()
    options = _options(app, verb)
    what, expected = " ".join(screen.plain(error).split()), f"The options of {command} are: {', '.join(options)}."
    fix = f"See {command} --help"
    match error:
        case UnknownCommandError():
            word = error.unused_tokens[0] if error.unused_tokens else ""
            if not word.startswith("-"):
                return unknown_word(word)
            what, fix = f"main.py has no option {screen.plain(word)}.", "See main.py --help"
        case UnknownOptionError():
            word = error.token.keyword or error.token.value
            what = f"{command} has no option {screen.plain(word)}."
            near = difflib.get_close_matches(word, options, 1, 0.7)
            fix = f"Did you mean {near[0]}? {fix}" if near else fix
        case MissingArgumentError():
            name = _name(error)
            if name in options and error.tokens_so_far == [] and getattr(error, "keyword", None):
                what = f"{name} was given without a value."
            else:
                what = f"{command} was not given {name}."
            expected = f"It is used like this: {_usage(app, verb)}"
        case CoercionError():
            given = f" {screen.plain(error.token.value)!r}" if error.token is not None else " that"
            what = f"{_name(error)} cannot be{given}."
            expected = f"{_name(error)} must be {_kind(error)}."
        case RepeatArgumentError():
            word = error.token.keyword or _name(error)
            what, expected = f"{word} is given twice.", f"{word} is given once at most."
        case UnusedCliTokensError():
            words = " ".join(screen.plain(one) for one in error.unused_tokens or ())
            what = f"{command} has no use for {words!r}."
            expected = f"It is used like this: {_usage(app, verb)}"
    return EngineError(what, expected, fix)


def _options(app: App, verb: str) -> list[str]:
    if not verb:
        return ["--help", "--version"]
    arguments = app[verb].assemble_argument_collection(default_parameter=app.default_parameter)
    return [name for one in arguments for name in one.names if name.startswith("--")] + ["--help"]


def _name(error: CycloptsError) -> str:
    return error.argument.name if error.argument is not None else "it"


def _usage(app: App, verb: str) -> str:
    arguments = app[verb].assemble_argument_collection(default_parameter=app.default_parameter)
    needed = [one for one in arguments if one.required]
    words = [one.name if not one.name.startswith("--") else f"{one.name} {one.name[2:].upper()}" for one in needed]
    return " ".join(["main.py", verb, *words])


def _kind(error: CoercionError) -> str:
    if error.target_type is int:
        return "a whole number"
    choices = getattr(error.target_type, "__args__", ())
    if choices and all(isinstance(one, str) for one in choices):
        return " or ".join(choices)
    return "of another kind" if error.target_type is not bool else "given without a value"

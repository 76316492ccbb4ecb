"""How values and calls are written: plain Python, wrapped at 79 characters as PEP 8 asks."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Sequence
from typing import Final

from engine.layers.edges import Sides, pairs
from engine.parameters import Choice, Parameter

WIDTH: Final = 79
INDENT: Final = "    "
CHANNELS: Final = "channels"
"""The name of the number of channels that enter, in a function of the script."""

_TAKEN: Final = {CHANNELS, "inputs", "keras", "layers", "max", "name", "x"}


def literal(value: object) -> str:
    """A number, word, truth value, None or a tuple of these, as Python code that gives it back exactly."""
    if isinstance(value, tuple | list):
        inner = ", ".join(literal(one) for one in value)
        return f"({inner},)" if len(value) == 1 else f"({inner})"
    if isinstance(value, str):
        return quoted(value)
    if isinstance(value, float):
        return _real(value)
    return repr(value)


def quoted(text: str) -> str:
    """The text in double quotes where that is no worse than single ones; what cannot be printed is escaped."""
    found = repr(text)
    if found.startswith("'") and '"' not in text:
        return f'"{found[1:-1]}"'
    return found


def _real(number: float) -> str:
    short = repr(number)
    part = round(1 / number) if 1e-6 < abs(number) < 1 else 0
    return f"1 / {part}" if len(short) > 8 and part > 0 and 1 / part == number else short


def call(start: str, arguments: Sequence[str], end: str, indent: str = INDENT) -> list[str]:
    """The lines of `start(arguments)end`, on one line where they fit; `end` begins with the closing bracket."""
    whole = f"{indent}{start}{', '.join(arguments)}{end}"
    if len(whole) <= WIDTH or not arguments:
        return [whole]
    inner = f"{indent}{INDENT}{', '.join(arguments)}"
    if len(inner) <= WIDTH:
        return [f"{indent}{start}", inner, f"{indent}{end}"]
    return [f"{indent}{start}", *(f"{indent}{INDENT}{one}," for one in arguments), f"{indent}{end}"]


def comment(text: str, indent: str = INDENT) -> list[str]:
    """The text as comment lines; whatever it holds, it stays a comment."""
    plain = " ".join("".join(one if one.isprintable() else " " for one in text).split())
    room = WIDTH - len(indent) - 2
    return [f"{indent}# {line}" for line in textwrap.wrap(plain, room)]


def docstring(text: str, indent: str = INDENT) -> list[str]:
    """The text, which has no quotes, as a docstring."""
    lines = textwrap.wrap(text, WIDTH - len(indent) - 6)
    if len(lines) == 1:
        return [f'{indent}"""{lines[0]}"""']
    return [f'{indent}"""{lines[0]}', *(f"{indent}{line}" for line in lines[1:]), f'{indent}"""']


def snake(name: str) -> str:
    """`ConvBNActivation` as `conv_bn_activation`."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", name).lower()


def camel(name: str) -> str:
    """`categorical_crossentropy` as `CategoricalCrossentropy`."""
    return "".join(part[:1].upper() + part[1:] for part in name.split("_"))


def as_keras(parameter: Parameter, value: object) -> object:
    """The value as Keras takes it: "1, 2" is a tuple there, and the four sides of a map are two pairs."""
    if isinstance(parameter, Sides) and isinstance(value, tuple):
        return pairs(value)
    if isinstance(parameter, Choice) and isinstance(value, str) and re.fullmatch(r"\d+(, \d+)*", value):
        return tuple(int(one) for one in value.split(", "))
    return value


def identifier(name: str) -> str:
    """The name of a setting inside a function of the script, where some names have a meaning already."""
    return f"{name}_" if name in _TAKEN else name

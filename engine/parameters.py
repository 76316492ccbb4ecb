"""Parameters: whatever a person can set, declared once.

A class of settings is a frozen dataclass derived from `Configured`; each field is made by `integer`, `real`,
`choice`, `flag`, `pair` or `numbers`, which carry the default, the limits, the unit and the help. The form in the
window, the JSON on disk, the check of what was typed and the documentation all read that one declaration.
"""

from __future__ import annotations

import dataclasses
import math
import re
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar, Self

from engine.errors import EngineError

Pair2 = tuple[int, int]
Value = int | float | bool | str | tuple[int, ...] | tuple[float, ...] | None


@dataclass(frozen=True, kw_only=True)
class Parameter(ABC):
    """One setting: its default, its limits and its help.

    Attributes:
        name: The field's name, Keras's own where Keras has one.
        label: The words on the form.
        help: One or two sentences: what it does and why one would change it.
        unit: The unit of the value ("px", "epochs"), or "".
        advanced: Whether the form shows it only under "More".
        optional: Whether None is a value too.
        none_text: What None means, in words, where it is allowed.
        only_with: The name of another choice and the words of it with which this one has a meaning; () for always.
    """

    default: Value
    help: str
    name: str = ""
    label: str = ""
    unit: str = ""
    advanced: bool = False
    optional: bool = False
    none_text: str = "none"
    only_with: tuple[str, ...] = ()

    def check(self, value: object) -> Value:
        """Return `value` in its canonical type; raise EngineError where it is out of range."""
        if value is None:
            if self.optional:
                return None
            raise self.refusal(value)
        return self._check(value)

    @abstractmethod
    def _check(self, value: object) -> Value: ...

    def parse(self, text: str) -> Value:
        """The value that a person means by `text`; raises EngineError where it is none, or out of range."""
        word = text.strip()
        if self.optional and word.lower() in {"", "none", self.none_text.lower()}:
            return None
        try:
            value = self._parse(word)
        except (ValueError, LookupError, ZeroDivisionError):
            raise self.refusal(text) from None
        return self.check(value)

    @abstractmethod
    def _parse(self, text: str) -> Value: ...

    @abstractmethod
    def expectation(self) -> str:
        """What is allowed, as the end of the sentence "... must be"."""

    def text(self, value: Value) -> str:
        """The value as the user reads it; `parse` reads it back."""
        return self.none_text if value is None else str(value)

    def refusal(self, value: object) -> EngineError:
        shown = repr(value) if len(repr(value)) <= 60 else repr(value)[:57] + "..."
        return EngineError(
            f"{self.label} cannot be {shown}.",
            f"{self.label} must be {self.expectation()}.",
            f"Set it to {self.text(self.default)}, the default, or to another allowed value.",
        )


@dataclass(frozen=True, kw_only=True)
class Integer(Parameter):
    """A whole number between two limits, both allowed."""

    minimum: int
    maximum: int

    def _check(self, value: object) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not self.minimum <= value <= self.maximum:
            raise self.refusal(value)
        return value

    def _parse(self, text: str) -> int:
        return int(text)

    def expectation(self) -> str:
        return f"a whole number from {self.minimum:,} to {self.maximum:,}"


@dataclass(frozen=True, kw_only=True)
class Real(Parameter):
    """A finite number between two limits; `above` and `below` exclude the limit itself.

    Attributes:
        sliding: Whether one finds it by sliding and looking rather than by typing; both limits are finite then.
    """

    minimum: float = -math.inf
    maximum: float = math.inf
    above: bool = False
    below: bool = False
    sliding: bool = False

    def _check(self, value: object) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise self.refusal(value)
        try:
            number = float(value)
        except OverflowError:
            raise self.refusal(value) from None
        low = number > self.minimum if self.above else number >= self.minimum
        high = number < self.maximum if self.below else number <= self.maximum
        if not (math.isfinite(number) and low and high):
            raise self.refusal(value)
        return number

    def _parse(self, text: str) -> float:
        return _number(text)

    def expectation(self) -> str:
        parts = ["a number"]
        if math.isfinite(self.minimum):
            parts.append(f"{'above' if self.above else 'of at least'} {self.minimum:g}")
        if math.isfinite(self.maximum):
            joint = "and " if len(parts) > 1 else ""
            parts.append(f"{joint}{'below' if self.below else 'at most'} {self.maximum:g}")
        return " ".join(parts)

    def text(self, value: Value) -> str:
        return _number_text(value) if isinstance(value, int | float) else self.none_text


def _number(text: str) -> float:
    over, slash, under = text.partition("/")
    return float(over) / float(under) if slash else float(text)


def _number_text(number: float) -> str:
    """The shortest text that reads back as the same number: 0.001, 1e-07, 1/255, 1/127.5."""
    short = f"{number:g}"
    if float(short) == number:
        return short
    part = round(2 / number) / 2 if 1e-4 < abs(number) < 1 else 0
    return f"1/{part:.10g}" if part and 1 / part == number else repr(float(number))


@dataclass(frozen=True, kw_only=True)
class Choice(Parameter):
    """One of a few words; the values are the words Keras uses."""

    choices: tuple[str, ...]

    def _check(self, value: object) -> str:
        if not isinstance(value, str) or value not in self.choices:
            raise self.refusal(value)
        return value

    def _parse(self, text: str) -> str:
        return next((one for one in self.choices if one.lower() == text.lower()), text)

    def expectation(self) -> str:
        return "one of " + ", ".join(self.choices)


@dataclass(frozen=True, kw_only=True)
class Flag(Parameter):
    """Yes or no."""

    def _check(self, value: object) -> bool:
        if not isinstance(value, bool):
            raise self.refusal(value)
        return value

    def _parse(self, text: str) -> bool:
        return {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}[text.lower()]

    def expectation(self) -> str:
        return "true or false"

    def text(self, value: Value) -> str:
        return "yes" if value else "no"


@dataclass(frozen=True, kw_only=True)
class Pair(Parameter):
    """Two whole numbers, height and width; one number stands for both."""

    minimum: int
    maximum: int

    def _check(self, value: object) -> Pair2:
        sides = (value, value) if isinstance(value, int) else value
        if not isinstance(sides, Sequence) or isinstance(sides, str) or len(sides) != 2:
            raise self.refusal(value)
        if any(isinstance(side, bool) or not isinstance(side, int) for side in sides):
            raise self.refusal(value)
        height, width = sides
        if not all(self.minimum <= side <= self.maximum for side in (height, width)):
            raise self.refusal(value)
        return (height, width)

    def _parse(self, text: str) -> Pair2:
        sides = [int(side) for side in re.split(r"[x×,]", text.strip("()[]"))]
        height, width = sides * 2 if len(sides) == 1 else sides
        return (height, width)

    def expectation(self) -> str:
        return f"a height and a width, each a whole number from {self.minimum:,} to {self.maximum:,}"

    def text(self, value: Value) -> str:
        return f"{value[0]} × {value[1]}" if isinstance(value, tuple) else self.none_text


@dataclass(frozen=True, kw_only=True)
class Numbers(Parameter):
    """A list of finite numbers between two limits; one number stands for a list of one.

    Attributes:
        shortest: How many numbers there are at least.
        longest: How many there are at most.
        whole: Whether they are whole numbers.
    """

    minimum: float
    maximum: float
    shortest: int
    longest: int
    whole: bool = False

    def _check(self, value: object) -> tuple[int, ...] | tuple[float, ...]:
        given = (value,) if isinstance(value, int | float) else value
        if not isinstance(given, Sequence) or isinstance(given, str):
            raise self.refusal(value)
        if not self.shortest <= len(given) <= self.longest or not all(map(self._allowed, given)):
            raise self.refusal(value)
        return tuple(given) if self.whole else tuple(float(one) for one in given)

    def _allowed(self, number: object) -> bool:
        if isinstance(number, bool) or not isinstance(number, int if self.whole else int | float):
            return False
        return self.minimum <= number <= self.maximum

    def _parse(self, text: str) -> tuple[int, ...] | tuple[float, ...]:
        words = [one for one in re.split(r"[\s,;×]+", text.strip("()[] ")) if one]
        return tuple(map(int, words)) if self.whole else tuple(map(_number, words))

    def expectation(self) -> str:
        count = f"{self.shortest:,}" if self.shortest == self.longest else f"{self.shortest:,} to {self.longest:,}"
        kind = "whole numbers" if self.whole else "numbers"
        return f"{count} {kind} from {self.minimum:,g} to {self.maximum:,g}"

    def text(self, value: Value) -> str:
        return ", ".join(map(_number_text, value)) if isinstance(value, tuple) else self.none_text


def declared(parameter: Parameter) -> Any:
    """Declare a field of a `Configured` class that holds the value of `parameter`."""
    return field(default=parameter.default, metadata={"parameter": parameter})


def integer(default: int | None, *, minimum: int, maximum: int, help: str, **words: Any) -> Any:
    """Declare a whole-number field of a `Configured` class."""
    return declared(Integer(default=default, minimum=minimum, maximum=maximum, help=help, **words))


def real(default: float | None, *, help: str, **words: Any) -> Any:
    """Declare a number field of a `Configured` class."""
    return declared(Real(default=default, help=help, **words))


def choice(default: str | None, *, choices: tuple[str, ...], help: str, **words: Any) -> Any:
    """Declare a field of a `Configured` class that holds one of `choices`."""
    return declared(Choice(default=default, choices=choices, help=help, **words))


def flag(default: bool, *, help: str, **words: Any) -> Any:
    """Declare a yes-or-no field of a `Configured` class."""
    return declared(Flag(default=default, help=help, **words))


def pair(default: Pair2 | None, *, minimum: int, maximum: int, help: str, **words: Any) -> Any:
    """Declare a height-and-width field of a `Configured` class."""
    return declared(Pair(default=default, minimum=minimum, maximum=maximum, help=help, **words))


def numbers(
    default: tuple[float, ...], *, minimum: float, maximum: float, shortest: int, longest: int, help: str, **words: Any
) -> Any:
    """Declare a field of a `Configured` class that holds a list of numbers."""
    return declared(
        Numbers(
            default=default, minimum=minimum, maximum=maximum, shortest=shortest, longest=longest, help=help, **words
        )
    )


_declarations: dict[type, tuple[Parameter, ...]] = {}


def _parameters_of(cls: type[Configured]) -> tuple[Parameter, ...]:
    found = []
    for one in dataclasses.fields(cls):
        parameter = one.metadata.get("parameter")
        if parameter is not None:
            label = parameter.label or one.name.replace("_", " ").capitalize()
            found.append(dataclasses.replace(parameter, name=one.name, label=label))
    return tuple(found)


@dataclass(frozen=True)
class Configured:
    """A frozen set of parameters that is valid from the moment it exists.

    Raises:
        EngineError: from the constructor, where a value is out of range.
    """

    kind: ClassVar[str] = ""

    def __post_init__(self) -> None:
        for parameter in self.parameters():
            object.__setattr__(self, parameter.name, parameter.check(getattr(self, parameter.name)))

    @classmethod
    def parameters(cls) -> tuple[Parameter, ...]:
        """The declared parameters, in the order of the form."""
        if cls not in _declarations:
            _declarations[cls] = _parameters_of(cls)
        return _declarations[cls]

    @classmethod
    def parameter(cls, name: str) -> Parameter:
        """The parameter called `name`; raises EngineError where there is none."""
        for parameter in cls.parameters():
            if parameter.name == name:
                return parameter
        names = ", ".join(parameter.name for parameter in cls.parameters()) or "none"
        raise EngineError(
            f"{cls.kind or cls.__name__} has no setting called {name!r}.",
            f"Its settings are: {names}.",
            "Use one of these names.",
        )

    def values(self) -> dict[str, Value]:
        """Every parameter's value by name."""
        return {parameter.name: getattr(self, parameter.name) for parameter in self.parameters()}

    def counts(self, name: str) -> bool:
        """Whether the parameter called `name` has a meaning with the other values as they are."""
        other, *words = self.parameter(name).only_with or ("",)
        return not other or getattr(self, other) in words

    def changed(self, **changes: object) -> Self:
        """A copy with some values changed; raises EngineError for unknown names and bad values."""
        for name in changes:
            self.parameter(name)
        return dataclasses.replace(self, **changes)

    def to_json(self) -> dict[str, Any]:
        """The values as JSON types; pairs become lists."""
        return {name: list(value) if isinstance(value, tuple) else value for name, value in self.values().items()}

    @classmethod
    def from_json(cls, values: Mapping[str, object]) -> Self:
        """The inverse of `to_json`; missing values take their default, unknown names raise EngineError."""
        for name in values:
            cls.parameter(name)
        return cls(**values)

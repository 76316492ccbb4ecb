"""Variants: settings that are one of a few words, each with numbers of its own, written as "l2(0.01)"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from engine.errors import EngineError
from engine.parameters import Parameter, Real, Value


@dataclass(frozen=True)
class Alternative:
    """One word of a variant.

    Attributes:
        name: Keras's name for it.
        words: What it does, for an explanation; {name} stands where one of its numbers is said.
        numbers: The numbers that belong to it, named as Keras names them.
        ascending: Whether the second number is not below the first.
    """

    name: str
    words: str
    numbers: tuple[Real, ...] = ()
    ascending: bool = False

    @property
    def keras_class(self) -> str:
        """The name of Keras's class: "GlorotUniform", "L1L2"."""
        return self.name.title().replace("_", "")

    def written(self, numbers: dict[str, float]) -> str:
        """The word with these numbers: "l2(0.01)"."""
        if not self.numbers:
            return self.name
        return f"{self.name}({', '.join(one.text(numbers[one.name]) for one in self.numbers)})"

    def said(self, numbers: dict[str, float]) -> str:
        """What it does with these numbers."""
        return self.words.format(**{one.name: one.text(numbers[one.name]) for one in self.numbers})


@dataclass(frozen=True, kw_only=True)
class Variant(Parameter):
    """One of a few words with the numbers that belong to it. The value is the text, numbers left out are filled in."""

    alternatives: tuple[Alternative, ...]

    def chosen(self, value: Value) -> tuple[Alternative, dict[str, float]]:
        """The alternative that an allowed `value`, not None, stands for, and its numbers by name."""
        return self._read(value)

    def said(self, value: Value) -> str:
        """What an allowed `value`, not None, does, in words."""
        alternative, numbers = self.chosen(value)
        return alternative.said(numbers)

    def _check(self, value: object) -> str:
        alternative, numbers = self._read(value)
        return alternative.written(numbers)

    def _parse(self, text: str) -> str:
        return text

    def _read(self, value: object) -> tuple[Alternative, dict[str, float]]:
        match = re.fullmatch(r"\s*(\w{1,40})\s*(?:\((.{0,200})\))?\s*", value) if isinstance(value, str) else None
        found = [one for one in self.alternatives if match and one.name == match[1].lower()]
        if not match or not found:
            raise self.refusal(value)
        (alternative,) = found
        given = match[2].split(",") if match[2] and match[2].strip() else []
        if len(given) > len(alternative.numbers):
            raise self.refusal(value)
        numbers = {one.name: float(str(one.default)) for one in alternative.numbers}
        for one, text in zip(alternative.numbers, given, strict=False):
            try:
                numbers[one.name] = float(str(one.parse(text)))
            except EngineError:
                raise self.refusal(value) from None
        first_two = list(numbers.values())[:2]
        if alternative.ascending and first_two != sorted(first_two):
            raise self.refusal(value)
        return alternative, numbers

    def expectation(self) -> str:
        return "one of " + ", ".join(self._pattern(one) for one in self.alternatives)

    @staticmethod
    def _pattern(alternative: Alternative) -> str:
        names = ", ".join(f"{one.name} {one.expectation().removeprefix('a number ')}" for one in alternative.numbers)
        rest = ", ascending" if alternative.ascending else ""
        return f"{alternative.name}({names}{rest})" if names else alternative.name


def number(name: str, default: float, minimum: float, maximum: float, help: str) -> Real:
    """A number of an alternative."""
    label = name.replace("_", " ").capitalize()
    return Real(name=name, label=label, default=default, minimum=minimum, maximum=maximum, help=help)

"""Advice: where a change of the images may take from them what the classes are told by. Rules in plain Python."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from engine.augmentation.base import Operation
from engine.augmentation.chain import Augmentation
from engine.augmentation.random_erasing import RandomErasing
from engine.augmentation.random_flip import RandomFlip
from engine.augmentation.random_gaussian_blur import RandomGaussianBlur
from engine.augmentation.random_grayscale import RandomGrayscale
from engine.augmentation.random_hue import RandomHue
from engine.augmentation.random_resized_crop import RandomResizedCrop
from engine.augmentation.random_rotation import RandomRotation
from engine.geometry import Shape
from engine.parameters import Parameter, Value

LARGE_TURN: Final = 45.0
SMALL_TURN: Final = 15.0
MOST_ERASED: Final = 0.5
SMALLEST_PART: Final = 0.5
PIXELS_OF_BLUR: Final = 16
"""An image is to have so many pixels a side for each pixel of blur."""

_DIGITS: Final = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_COLOURS: Final = frozenset(
    ("red", "orange", "yellow", "green", "blue", "violet", "purple", "pink", "brown", "black", "white", "grey", "gray")
)
_MIRRORED: Final = (("left", "right"), ("b", "d"), ("p", "q"), ("east", "west"), ("clockwise", "counterclockwise"))
_UPSIDE_DOWN: Final = (
    *(("up", "down"), ("top", "bottom"), ("upper", "lower"), ("north", "south")),
    *(("b", "p"), ("d", "q"), ("n", "u"), ("m", "w"), ("upright", "inverted")),
)
_TURNED: Final = (
    *(("6", "9"), ("n", "z"), ("b", "q"), ("d", "p"), ("m", "w"), ("n", "u")),
    *(("up", "down"), ("left", "right"), ("top", "bottom"), ("north", "south"), ("east", "west")),
    *(("up", "left"), ("up", "right"), ("down", "left"), ("down", "right"), ("horizontal", "vertical")),
)


@dataclass(frozen=True)
class Advice:
    """Something to think about, in three sentences, and what would mend it with one click.

    Attributes:
        place: The operation's place in the list.
        action: What mends it, as the words of a button.
        mended: The augmentation after that.
    """

    place: int
    what: str
    expected: str
    fix: str
    action: str
    mended: Augmentation


@dataclass(frozen=True)
class _Finding:
    what: str
    expected: str
    better: Operation | None
    """What would mend it; None where the operation is to go."""


def advise(augmentation: Augmentation, class_names: Sequence[str], shape: Shape) -> tuple[Advice, ...]:
    """What may harm the task, in the order of the operations.

    Args:
        class_names: The dataset's; () where none is open.
        shape: Of the images: height, width, channels.
    """
    names = _Names(class_names)
    found = []
    for place, operation in enumerate(augmentation.operations):
        for one in _findings(operation, names, shape):
            action = f"Remove {operation.kind}" if one.better is None else _change(operation, one.better)
            found.append(
                Advice(place, one.what, one.expected, f"{action}.", action, _with(augmentation, place, one.better))
            )
    return tuple(found)


def _with(augmentation: Augmentation, place: int, better: Operation | None) -> Augmentation:
    operations = augmentation.operations
    return Augmentation((*operations[:place], *(() if better is None else (better,)), *operations[place + 1 :]))


def _change(before: Operation, after: Operation) -> str:
    """The settings that differ, in words."""
    values = after.values()
    changed = [one for one in before.parameters() if before.values()[one.name] != values[one.name]]
    return " and ".join(f"Set {one.label.lower()} to {_with_unit(one, values[one.name])}" for one in changed)


def _with_unit(parameter: Parameter, value: Value) -> str:
    gap = "" if parameter.unit in ("", "°") else " "
    return f"{parameter.text(value)}{gap}{parameter.unit}"


def _findings(operation: Operation, names: _Names, shape: Shape) -> Iterator[_Finding]:
    if problem := operation.problem(shape):
        yield _Finding(f"{operation.kind} does nothing.", problem, None)
        return
    if not operation.probability:
        yield _Finding(f"{operation.kind} never happens.", "Its probability is above 0.", None)
        return
    match operation:
        case RandomFlip():
            yield from _of_flip(operation, names)
        case RandomRotation(degrees=degrees) if degrees > LARGE_TURN:
            yield from _of_rotation(operation, names)
        case RandomErasing(area=area) if area > MOST_ERASED:
            yield _Finding(
                f"Up to {area:.0%} of an image is covered.",
                "What is left should still show what it is.",
                operation.changed(area=0.3),
            )
        case RandomResizedCrop(area=area) if area < SMALLEST_PART:
            yield _Finding(
                f"As little as {area:.0%} of an image is shown.",
                "The part that is shown should still hold the thing itself.",
                operation.changed(area=SMALLEST_PART),
            )
        case RandomGaussianBlur(sigma=sigma) if sigma > (most := min(shape[:2]) / PIXELS_OF_BLUR):
            yield _Finding(
                f"A blur of {sigma:g} px leaves little of an image of {shape[0]} × {shape[1]} pixels.",
                f"At this size, up to {most:g} px can still be made out.",
                operation.changed(sigma=most),
            )
        case RandomHue() | RandomGrayscale() if colours := names.among(_COLOURS):
            yield _Finding(
                f"{operation.kind} changes the very thing that {_listed(colours)} are told by.",
                "Classes that are colours keep their colours.",
                None,
            )


def _of_flip(flip: RandomFlip, names: _Names) -> Iterator[_Finding]:
    if flip.horizontal and (why := names.confused(_MIRRORED, "mirrored left to right") or names.written("mirrored")):
        yield _Finding(why, "A changed image should still show its class.", _flip_without(flip, "horizontal"))
    upside_down = flip.vertical and (
        names.confused(_UPSIDE_DOWN, "mirrored upside down")
        or (flip.horizontal and names.confused(_TURNED, "mirrored both ways"))
        or names.written("turned upside down")
    )
    if upside_down:
        yield _Finding(upside_down, "A changed image should still show its class.", _flip_without(flip, "vertical"))


def _flip_without(flip: RandomFlip, way: str) -> RandomFlip | None:
    left = flip.changed(**{way: False})
    return left if left.horizontal or left.vertical else None


def _of_rotation(rotation: RandomRotation, names: _Names) -> Iterator[_Finding]:
    if why := names.confused(_TURNED, f"turned by up to {rotation.degrees:g}°") or names.written("turned so far"):
        yield _Finding(why, "A changed image should still show its class.", rotation.changed(degrees=SMALL_TURN))


class _Names:
    """The names of the classes, as far as rules can read them."""

    def __init__(self, class_names: Sequence[str]) -> None:
        self._words = [_words(one) for one in class_names]
        self._shown = dict(zip((" ".join(one) for one in self._words), class_names, strict=True))

    def among(self, words: frozenset[str]) -> list[str]:
        """The classes called by one of these words; [] where it is only one, which needs no telling apart."""
        found = [shown for name, shown in self._shown.items() if name in words]
        return found if len(found) > 1 else []

    def confused(self, pairs: Sequence[tuple[str, str]], changed: str) -> str:
        """A sentence about the first two classes of which one would look like the other; "" where there are none.

        Two classes are a pair where the words of the pair are all that their names differ in.
        """
        for one, other in pairs:
            for words in self._words:
                if one in words:
                    twin = " ".join(other if word == one else word for word in words)
                    if twin in self._shown:
                        first = self._shown[" ".join(words)]
                        return f"{_quoted(first)} {changed} may look like {_quoted(self._shown[twin])}."
        return ""

    def written(self, changed: str) -> str:
        """A sentence where most classes are digits or letters."""
        signs = sum(len(words) == 1 and len(words[0]) == 1 for words in self._words)
        if signs < 2 or signs < len(self._words) / 2:
            return ""
        return f"Digits and letters {changed} are no longer what one reads."


def _words(name: str) -> list[str]:
    words = re.findall(r"[a-z]+|\d+", name.lower()) or [name.lower()]
    found = [str(_DIGITS.index(one)) if one in _DIGITS else one for one in words]
    if len(found) == 2 and found[0] in ("digit", "letter", "number"):
        return found[1:]
    return found


def _quoted(name: str) -> str:
    return f"“{name}”"


def _listed(names: Sequence[str]) -> str:
    return ", ".join(map(_quoted, names[:-1])) + f" and {_quoted(names[-1])}"

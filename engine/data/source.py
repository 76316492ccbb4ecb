"""A source: where images come from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qsl, quote

from engine import limits
from engine.errors import EngineError

SAMPLE = "sample:"
DIGITS = "sample:digits"
SHAPES = "sample:shapes"
_SHAPES_DEFAULTS = {"images": 3000, "seed": 0}
_OPTIONS = ("pattern", "labels", "path", "label", "split", "only")
_FILE_ENDINGS = (".zip", ".tar", ".gz", ".tgz", ".npz", ".csv", ".tsv", ".txt", ".bin", "-ubyte", ".ubyte")
_FILE_STARTS = ("data_batch", "test_batch")
_EXPECTED = "Images come from a folder or a file on this computer, sample:digits or sample:shapes."


@dataclass(frozen=True)
class Source:
    """Where images come from, as the command line writes it.

    Attributes:
        location: The path of a folder or a file, or `sample:digits`, `sample:shapes`,
            `sample:shapes?images=2000&seed=7`. Behind a path too there may be options: `photos?pattern={class}_*` (file
            names), `cifar-100?labels=coarse`, `list.csv?path=1&label=breed&split=3`, `photos?only=cats/dogs` (some of
            its folders).
    """

    location: str = DIGITS

    @classmethod
    def parse(cls, text: str) -> Source:
        """The source that a person named; a path becomes absolute.

        Raises:
            EngineError: for an unknown sample and for addresses on a network.
        """
        named = text.strip()
        if named.startswith(SAMPLE):
            source = cls(named)
            source.sample_options()
            return source
        if "://" in named or "\0" in named or not named:
            raise EngineError(
                f"{text!r} is not a place on this computer.",
                _EXPECTED,
                "Name a folder with a folder for each class.",
            )
        place, options = _divided(named)
        _check(options)
        try:
            return cls(f"{Path(place).expanduser().absolute()}{_written(options)}")
        except (OSError, RuntimeError) as error:  # no such user, or a working folder that is gone
            raise EngineError(
                f"{named!r} is not a place on this computer: {error}",
                "Images come from a folder or a file on this computer.",
                "Write its whole path.",
            ) from error

    @property
    def is_sample(self) -> bool:
        """Whether the images come with the program."""
        return self.location.startswith(SAMPLE)

    @property
    def path(self) -> Path:
        """The folder or file, where the source is no sample."""
        return Path(_divided(self.location)[0])

    @classmethod
    def of_path(cls, path: Path, only: Sequence[str] = ()) -> Source:
        """The source at a path; `only` some of the folders in it, or files that belong together."""
        location = str(path.absolute())
        if only:
            return cls(f"{location}?only={quote('/'.join(only), safe='')}")
        return cls(location)

    @property
    def called_a_file(self) -> bool:
        """Whether its name is that of a file that holds images, and not of a folder; only the disk knows."""
        name = self.path.name.lower()
        return not self.is_sample and (name.endswith(_FILE_ENDINGS) or name.startswith(_FILE_STARTS))

    @property
    def options(self) -> dict[str, str]:
        """How a reader should understand the folder or file, where that was said; raises EngineError."""
        found = _divided(self.location)[1]
        _check(found)
        return found

    @property
    def name(self) -> str:
        """A short name for titles: the folder's or file's, or the sample's."""
        return self.location.removeprefix(SAMPLE).partition("?")[0] if self.is_sample else self.path.name

    def sample_options(self) -> tuple[str, dict[str, int]]:
        """The sample's name and its options; raises EngineError where there is no such sample or option."""
        name, _, query = self.location.partition("?")
        if name not in {DIGITS, SHAPES}:
            raise EngineError(
                f"There is no sample called {name.removeprefix(SAMPLE)!r}.",
                "The samples are sample:digits and sample:shapes.",
                "Use one of these, or name a folder.",
            )
        options = dict(_SHAPES_DEFAULTS) if name == SHAPES else {}
        for key, value in parse_qsl(query, keep_blank_values=True):
            if key not in options or not value.isdecimal() or len(value) > 9:
                raise EngineError(
                    f"{key}={value} is not an option of {name}.",
                    "sample:shapes takes images=NUMBER and seed=NUMBER; sample:digits takes none.",
                    "Write it like sample:shapes?images=2000&seed=7.",
                )
            options[key] = int(value)
        if not 0 < options.get("images", 1) <= limits.MAX_IMAGES:
            raise EngineError(
                f"{name} cannot make {options['images']:,} images.",
                f"It makes 1 to {limits.MAX_IMAGES:,}.",
                "Ask for another number.",
            )
        return name, options


def _divided(location: str) -> tuple[str, dict[str, str]]:
    """A path and the options behind it; a name that only holds a question mark stays whole."""
    place, mark, query = location.rpartition("?")
    pairs = parse_qsl(query, keep_blank_values=True) if mark and place else []
    if not pairs or any(key not in _OPTIONS for key, _ in pairs):
        return location, {}
    return place, dict(pairs)


def _written(options: dict[str, str]) -> str:
    text = "&".join(f"{key}={quote(value, safe='{}*#')}" for key, value in options.items())
    return f"?{text}" if text else ""


def _check(options: dict[str, str]) -> None:
    pattern, labels = options.get("pattern"), options.get("labels", "fine")
    if pattern is not None and (pattern.count("{class}") != 1 or len(pattern) > 100 or pattern.count("*") > 3):
        raise EngineError(
            f"{pattern!r} is no pattern of file names.",
            "It holds {class} once, and may hold # for a number and * for anything.",
            "Write it like photos?pattern={class}_# or photos?pattern=*-{class}",
        )
    if labels not in ("fine", "coarse"):
        raise EngineError(
            f"CIFAR-100 has no {labels!r} labels.",
            "It has 100 fine and 20 coarse ones.",
            "Write it like cifar-100?labels=coarse",
        )

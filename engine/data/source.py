"""A source: where images come from."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qsl

from engine import limits
from engine.errors import EngineError

SAMPLE = "sample:"
DIGITS = "sample:digits"
SHAPES = "sample:shapes"
_SHAPES_DEFAULTS = {"images": 3000, "seed": 0}


@dataclass(frozen=True)
class Source:
    """Where images come from, as the command line writes it.

    Attributes:
        location: A folder's path, or `sample:digits`, `sample:shapes`, `sample:shapes?images=2000&seed=7`.
    """

    location: str = DIGITS

    @classmethod
    def parse(cls, text: str) -> Source:
        """The source that a person named; a folder's path becomes absolute.

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
                "Images come from a folder on this computer, sample:digits or sample:shapes.",
                "Name a folder with a folder for each class.",
            )
        try:
            return cls(str(Path(named).expanduser().absolute()))
        except (OSError, RuntimeError) as error:  # no such user, or a working folder that is gone
            raise EngineError(
                f"{named!r} is not a place on this computer: {error}",
                "Images come from a folder on this computer.",
                "Write the whole path of the folder.",
            ) from error

    @property
    def is_sample(self) -> bool:
        """Whether the images come with the program."""
        return self.location.startswith(SAMPLE)

    @property
    def path(self) -> Path:
        """The folder, where the source is one."""
        return Path(self.location)

    @property
    def name(self) -> str:
        """A short name for titles: the folder's, or the sample's."""
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

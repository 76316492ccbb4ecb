"""A source: where images come from."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Source:
    """Where images come from, as the command line writes it.

    Attributes:
        location: A folder's path, or `sample:digits`, `sample:shapes`, `sample:shapes?images=2000&seed=7`.
    """

    location: str = "sample:digits"

"""The colours of a picture; whoever asks for it gives them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Look:
    """Colours as `#rrggbb`.

    Attributes:
        paper: What the picture is drawn on.
        text: Titles and sizes.
        secondary: Settings and notes.
        line: Lines from layer to layer.
        window: Kernels and pooling windows.
        bad: What is marked as wrong.
        families: One for each family of layers.
    """

    paper: str
    text: str
    secondary: str
    line: str
    window: str
    bad: str
    families: Mapping[str, str]

    def faded(self, colour: str, share: float) -> str:
        """`share` of a colour, the rest paper: what a pale glaze of it looks like."""
        return mixed(colour, self.paper, share)


def mixed(one: str, other: str, share: float) -> str:
    """`share` of one colour and the rest of another."""
    parts = (round(int(one[at : at + 2], 16) * share + int(other[at : at + 2], 16) * (1.0 - share)) for at in (1, 3, 5))
    return "#" + "".join(f"{part:02x}" for part in parts)

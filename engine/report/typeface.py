"""The typeface of pictures: the one that comes with Pillow, and one of the system's for letters that it lacks."""

from __future__ import annotations

import functools
from typing import Final

from PIL import ImageFont

Font = ImageFont.FreeTypeFont | ImageFont.ImageFont

_SYSTEM: Final = (
    *("NotoSans-Regular.ttf", "DejaVuSans.ttf", "LiberationSans-Regular.ttf"),
    *("segoeui.ttf", "arial.ttf", "Arial Unicode.ttf", "Helvetica.ttc"),
)
_NO_LETTER: Final = "\uffff"


def font_for(text: str, size: float) -> Font:
    """What `text` is written in, `size` pixels high."""
    if all(_known(one) for one in set(text)):
        return own(size)
    return _of_system(size) or own(size)


@functools.cache
def own(size: float) -> Font:
    """The typeface that comes with Pillow."""
    return ImageFont.load_default(size)


@functools.cache
def _of_system(size: float) -> Font | None:
    for name in _SYSTEM:
        try:
            return ImageFont.truetype(name, size)
        except OSError:
            continue
    return None


@functools.cache
def _known(letter: str) -> bool:
    """Whether our own typeface has the letter; it draws the same box for all that it lacks."""
    font = own(24.0)
    return letter.isspace() or bytes(font.getmask(letter)) != bytes(font.getmask(_NO_LETTER))

"""File names: a folder of images whose classes stand in their names, such as cat_001.jpg and 12-dog.png.

A pattern says where: `{class}` is the class, `#` a number, `*` anything. It is proposed from the names, and can be
chosen as the option `pattern` of a source: photos?pattern={class}_*
"""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

from engine import limits
from engine.data.contents import Contents, state_of
from engine.data.dataset import Unreadable
from engine.data.pixels import FilePixels, MemberPixels
from engine.data.readers.files import DiskFiles, Entry, Files, by_place
from engine.data.readers.labels import why_no_name
from engine.data.words import few
from engine.errors import EngineError
from engine.images.preprocessing import Preprocessing
from engine.images.proposing import Proposal, propose_for

PATTERNS: Final = tuple(
    tuple(pattern for between in betweens for pattern in (f"{{class}}{between}{rest}", f"{rest}{between}{{class}}"))
    for rest, betweens in (("#", ("_", "-", ".", " ", "")), ("*", tuple("_-. ")))
)
"""Those that are tried: a number says more than anything, and of each group the one of the fewest classes is taken."""
_SHARE: Final = 0.9
"""Of the names that a pattern must fit to be proposed."""


def proposed(names: Sequence[str]) -> str:
    """The pattern that suits these names of files (with endings), or "" where none does.

    It fits nearly all of them, and gives at least two classes with at least two images each, on the whole.
    """
    stems = [_stem(one) for one in names[:: max(1, len(names) // 2000)]]
    for group in PATTERNS:
        classes = {pattern: count for pattern in group if (count := _classes(pattern, stems))}
        if classes:
            return min(classes, key=lambda one: classes[one])
    return ""


def _classes(pattern: str, stems: Sequence[str]) -> int:
    """How many classes a pattern finds in these names; 0 where it does not suit them."""
    form = _compiled(pattern)
    found = [match["name"] for one in stems if (match := form.fullmatch(one))]
    counts = Counter(found)
    often = sum(count for count in counts.values() if count > 1)
    fits = len(found) >= _SHARE * len(stems) and often >= _SHARE * len(found)
    return len(counts) if fits and 2 <= len(counts) <= len(found) / 2 else 0


def read_file_names(
    files: Files, entries: Sequence[Entry], options: dict[str, str], preprocessing: Preprocessing | None
) -> Contents:
    """The images among `entries`, with their classes from their names.

    Raises:
        EngineError: where no pattern suits them.
    """
    names = [one.name for one in entries]
    pattern = options.get("pattern") or proposed(names)
    if not pattern:
        raise EngineError(
            f"The images in {files.title} lie in no class folders, and their names say no classes: {few(names)}.",
            "Names say classes where they are like cat_001.jpg and dog_001.jpg, or 001-cat.png.",
            "Make a folder for each class, or name the pattern (as in photos?pattern={class}_*).",
        )
    form = _compiled(pattern)
    found: list[tuple[Entry, str]] = []
    bad: list[Unreadable] = []
    for one in entries:
        match = form.fullmatch(_stem(one.name))
        why = why_no_name(match["name"]) if match else f"does not fit the pattern {pattern}"
        if match and not why:
            found.append((one, match["name"]))
        else:
            bad.append(Unreadable(one.name, f"its name {why}" if not match else f"the class in its name {why}"))
    if not found:
        raise EngineError(
            f"No name of an image in {files.title} fits the pattern {pattern}: {few(names)}.",
            "In a pattern, {class} is the class, # a number and * anything.",
            "Choose another pattern, or leave it out.",
        )
    if len(found) > limits.MAX_IMAGES:
        raise EngineError(
            f"{files.title} has more than {limits.MAX_IMAGES:,} files.",
            f"A dataset has at most {limits.MAX_IMAGES:,} images.",
            "Choose a smaller folder.",
        )
    ids = [one.name for one, _ in found]
    proposal = (
        Proposal(preprocessing) if preprocessing else propose_for(files.read, by_place([one for one, _ in found]))
    )
    chosen = "as chosen" if options.get("pattern") else "as proposed"
    note = (
        f"{len(ids):,} images with their classes in their names, by the pattern {pattern} ({chosen}): "
        f"{os.path.basename(ids[0])} is of the class {found[0][1]}."  # noqa: PTH119
    )
    return Contents(
        ids,
        [name for _, name in found],
        [None] * len(ids),
        state_of([(files.state,), *((one.name, one.size, one.changed) for one, _ in found)]),
        pixels_of(files, [one for one, _ in found]),
        proposal,
        [*files.unreadable, *bad],
        [note, *([proposal.note] if proposal.note else [])],
    )


def pixels_of(files: Files, entries: Sequence[Entry]) -> FilePixels | MemberPixels:
    """What decodes these image files."""
    ids = [one.name for one in entries]
    if isinstance(files, DiskFiles):
        return FilePixels(files.root, ids, [(one.size, one.changed) for one in entries])
    return MemberPixels(files.read, ids, [one.place for one in entries], [one.size for one in entries])


def _compiled(pattern: str) -> re.Pattern[str]:
    """Lazy before, greedy behind: at cat_black_001, {class}_* is cat and {class}_# is cat_black."""
    parts = re.split(r"(\{class\}|#|\*)", pattern)
    forms = {"{class}": "(?P<name>.*?[^\\d\\W_].*?|.+?)" if "#" in pattern else "(?P<name>.+?)", "#": r"\d+", "*": ".*"}
    return re.compile("".join(forms.get(one, re.escape(one)) for one in parts), re.DOTALL)


def _stem(name: str) -> str:
    return os.path.splitext(name.rpartition("/")[2])[0]  # noqa: PTH122 - for every image

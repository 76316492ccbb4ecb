"""Lists: a CSV or text file with the path and the label of each image.

Encoding, delimiter, header and columns are told by content, and said in a note; the options `path`, `label` and `split`
of a source name the columns (by their header, or counted from 1). Paths are meant from the folder of the list.
"""

from __future__ import annotations

import codecs
import csv
import io
import os
import re
import stat
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from engine import limits
from engine.data.contents import Contents, state_of
from engine.data.dataset import Unreadable
from engine.data.listing import PART_FOLDERS
from engine.data.pixels import FilePixels, MemberPixels
from engine.data.readers.files import DiskFiles, Files, by_place, damaged, read_exactly, why_unsafe
from engine.data.readers.labels import why_no_name
from engine.data.readers.words import counted_images
from engine.data.split import Part
from engine.data.words import few
from engine.errors import EngineError
from engine.images.decoding import SUFFIXES
from engine.images.preprocessing import Preprocessing
from engine.images.proposing import Proposal, propose_for
from engine.jobs import Context

EXPECTED: Final = (
    "A list is a text with a line for each image: its path and its label, between them a comma, semicolon or tab."
)
_DELIMITERS: Final = {",": "commas", ";": "semicolons", "\t": "tabs", " ": "spaces"}
_LABEL_WORDS: Final = {
    *("label", "labels", "class", "classes", "class_name", "classname", "category", "target", "y"),
    *("breed", "species", "diagnosis", "tag"),
}
_PATH_WORDS: Final = {
    "path",
    "file",
    "filename",
    "file_name",
    "file_path",
    "image",
    "image_id",
    "image_path",
    "img",
    "id",
}
_SPLIT_WORDS: Final = {"split", "part", "set", "subset", "usage", "fold_name", "phase"}
_PARTS: Final = {**PART_FOLDERS, "dev": Part.VALIDATION}
_LOOKED_AT: Final = 200
"""Rows that decide about columns."""

Row = tuple[int, list[str]]
"""The line where a row begins, counted from 1, and its cells."""


@dataclass
class Table:
    """The rows of a list, and what was understood of its form.

    Attributes:
        header: Names of the columns, or none.
        words: The form in words: "commas, UTF-8".
        ragged: Rows of another length than most.
    """

    rows: list[Row]
    header: list[str]
    width: int
    words: str
    ragged: list[Unreadable] = field(default_factory=list)


@dataclass(frozen=True)
class _Columns:
    path: int
    label: int
    split: int | None
    ending: str


def looks_like_a_list(start: bytes) -> bool:
    """Whether these first bytes may be text."""
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF8)):
        return True
    odd = sum(one < 32 and one not in b"\t\n\r\f" for one in start)
    return bool(start.strip()) and odd <= len(start) / 100 + 1  # a few are told with their line


def read_list(
    files: Files, name: str, options: dict[str, str], preprocessing: Preprocessing | None, context: Context
) -> Contents:
    """The images that a list names.

    Raises:
        EngineError: where it cannot be read as one; it names the line.
    """
    entry = next(one for one in files.entries if one.name == name)
    if entry.size > limits.MAX_LIST_BYTES:
        raise EngineError(
            f"{name} has {entry.size // 1024**2:,} MB.",
            f"A list of images has at most {limits.MAX_LIST_BYTES // 1024**2} MB.",
            "Check that it is a list, or divide it.",
        )
    with damaged(name, EXPECTED), files.open(name) as stream:
        data = read_exactly(stream, entry.size)
    table = parsed(data, name)
    find = _finder(files)
    columns = _columns(table, options, find, name)
    contents = _contents(files, table, columns, find, name, context)
    contents.state = state_of([(files.state, entry.name, entry.size, entry.changed), (contents.state,)])
    named = set(contents.ids)
    order = (
        contents.ids if isinstance(files, DiskFiles) else by_place([one for one in files.entries if one.name in named])
    )
    contents.proposal = Proposal(preprocessing) if preprocessing else propose_for(files.read, order)
    contents.notes += [contents.proposal.note] if contents.proposal.note else []
    return contents


def parsed(data: bytes, name: str) -> Table:
    """The rows of a list; raises EngineError that names the line where it is no table."""
    text, encoding = _decoded(data, name)
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise EngineError(
            f"{name} holds a zero byte in line {line:,}.", EXPECTED, "It is damaged, or no text: save it again as CSV."
        )
    delimiter = _delimiter(text)
    rows = _rows(text, delimiter, name)
    if len(rows) < 2:
        raise EngineError(f"{name} has {'one row' if rows else 'no rows'}.", EXPECTED, "Fill in the list.")
    widths = [len(cells) for _, cells in rows]
    width = max(set(widths[: 10 * _LOOKED_AT]), key=widths[: 10 * _LOOKED_AT].count)
    if not 2 <= width <= limits.MAX_LIST_COLUMNS:
        raise EngineError(
            f"{name} has {'one column' if width < 2 else f'{width:,} columns'}.",
            EXPECTED,
            "Write the path of an image and its label into each line.",
        )
    ragged = [
        Unreadable(f"{name}, line {line:,}", f"it has {len(cells)} columns, and most lines have {width}")
        for line, cells in rows
        if len(cells) != width
    ]
    good = [(line, [one.strip() for one in cells]) for line, cells in rows if len(cells) == width]
    header = good[0][1] if _is_header(good) else []
    words = f"{_DELIMITERS[delimiter]} between its columns, {'a' if header else 'no'} header, {encoding}"
    return Table(good[1:] if header else good, header, width, words, ragged)


def _decoded(data: bytes, name: str) -> tuple[str, str]:
    try:
        if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return data.decode("utf-16"), "UTF-16"
        return data.decode("utf-8-sig"), "UTF-8"
    except UnicodeDecodeError as error:
        if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            raise EngineError(f"{name} is damaged or cut short.", EXPECTED, "Save it again as UTF-8.") from error
        return data.decode("latin-1"), "not UTF-8, so read as Latin-1"


def _delimiter(text: str) -> str:
    """What most consistently divides the first lines."""
    lines = [one for one in text[:100_000].splitlines()[:_LOOKED_AT] if one.strip()]
    best, most = ",", 0.0
    for one in _DELIMITERS:
        counts = [line.count(one) for line in lines]
        usual = max(set(counts), key=counts.count) if counts else 0
        if usual:
            share = counts.count(usual) / len(counts) * (0.6 if one == " " else 1.0)
            if share > most:
                best, most = one, share
    return best


def _rows(text: str, delimiter: str, name: str) -> list[Row]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True, skipinitialspace=True)
    rows: list[Row] = []
    line = 1
    try:
        while True:
            line = reader.line_num + 1
            cells = next(reader, None)
            if cells is None:
                return rows
            if any(map(str.strip, cells)):
                rows.append((line, cells))
            if len(rows) > limits.MAX_IMAGES + 1:
                raise EngineError(
                    f"{name} has more than {limits.MAX_IMAGES:,} rows.",
                    f"A dataset has at most {limits.MAX_IMAGES:,} images.",
                    "Use a shorter list.",
                )
    except csv.Error as error:
        never = "unexpected end" in str(error) or "larger than" in str(error)
        why = "a quote that never closes, or a field of more than 131,072 characters" if never else "a misplaced quote"
        raise EngineError(
            f"{name} cannot be read from line {line:,} on: there is {why}.",
            EXPECTED,
            "Mend the quotes in this line.",
        ) from error


def _is_header(rows: Sequence[Row]) -> bool:
    """The first row names columns where it is unlike those below: no path among paths, or known words."""
    first, others = rows[0][1], [cells for _, cells in rows[1 : _LOOKED_AT + 1]]
    if any(_is_path(one) for one in first):
        return False
    if any(_key(one) in _LABEL_WORDS | _PATH_WORDS | _SPLIT_WORDS for one in first):
        return True
    return any(_is_path(cells[place]) for cells in others for place in range(len(first)))


def _is_path(cell: str) -> bool:
    return os.path.splitext(cell)[1].lower() in SUFFIXES  # noqa: PTH122 - a cell need not be a path


def _key(name: str) -> str:
    return re.sub(r"\W+", "_", name.lower()).strip("_")


def _finder(files: Files) -> Callable[[str], tuple[int, int] | None]:
    """A function from a path to (size, time of change) of the file, or None where there is none."""
    if isinstance(files, DiskFiles):
        root = str(files.root)

        def on_disk(path: str) -> tuple[int, int] | None:
            try:
                facts = os.stat(os.path.join(root, path))  # noqa: PTH116, PTH118 - for every image
            except (OSError, ValueError):
                return None
            return (facts.st_size, facts.st_mtime_ns) if stat.S_ISREG(facts.st_mode) else None

        return on_disk
    there = {one.name: (one.size, one.changed) for one in files.entries}
    return there.get


def _columns(
    table: Table, options: dict[str, str], find: Callable[[str], tuple[int, int] | None], name: str
) -> _Columns:
    looked = [cells for _, cells in table.rows[:_LOOKED_AT]]
    named = {one: _asked(table, options[one], name) for one in ("path", "label", "split") if one in options}
    free = [one for one in range(table.width) if one not in named.values()]
    path, ending = named.get("path"), ""
    if path is None:
        shares = {one: sum(_is_path(cells[one]) for cells in looked) / len(looked) for one in free} if looked else {}
        path = max(shares, key=lambda one: shares[one], default=None)
        if path is None or shares[path] < 0.5:
            path, ending = _by_files(looked, free, find)
    elif not any(_is_path(cells[path]) for cells in looked):
        ending = _by_files(looked, [path], find)[1]
    if path is None:
        raise EngineError(
            f"{name}: no column holds the paths of images.",
            EXPECTED,
            "Write the paths as they are from the folder of the list, with their endings such as .png.",
        )
    free = [one for one in free if one != path]
    split = named.get("split")
    if split is None:
        split = next((one for one in free if _says_parts(table, looked, one)), None)
        free = [one for one in free if one != split]
    label = named.get("label")
    if label is None:
        label = next((one for one in free if table.header and _key(table.header[one]) in _LABEL_WORDS), None)
    if label is None and free:
        kinds = {one: len({cells[one] for cells in looked}) for one in free}
        label = min(free, key=lambda one: (kinds[one] < 2, kinds[one]))
    if label is None:
        raise EngineError(f"{name}: no column holds labels.", EXPECTED, "Add a column with the class of each image.")
    return _Columns(path, label, split, ending)


def _asked(table: Table, wanted: str, name: str) -> int:
    """The column that an option names."""
    if wanted in table.header:
        return table.header.index(wanted)
    if wanted.isdecimal() and len(wanted) < 5 and 1 <= int(wanted) <= table.width:
        return int(wanted) - 1
    raise EngineError(
        f"{name} has no column {wanted!r}.",
        f"Its columns are {few(table.header) or f'counted from 1 to {table.width}'}.",
        "Name one of these.",
    )


def _by_files(
    looked: Sequence[list[str]], free: Sequence[int], find: Callable[[str], tuple[int, int] | None]
) -> tuple[int | None, str]:
    """The column whose cells are names of files, perhaps without their ending, and that ending."""
    for column in free:
        for ending in ("", *sorted(SUFFIXES)):
            if any(find(cells[column] + ending) for cells in looked[:20]):
                return column, ending
    return None, ""


def _says_parts(table: Table, looked: Sequence[list[str]], column: int) -> bool:
    values = {cells[column].lower() for cells in looked}
    known = bool(table.header) and _key(table.header[column]) in _SPLIT_WORDS
    return (known or len(values) > 1) and values <= {*_PARTS, ""} and bool(values - {""})


def _contents(
    files: Files,
    table: Table,
    columns: _Columns,
    find: Callable[[str], tuple[int, int] | None],
    name: str,
    context: Context,
) -> Contents:
    found: dict[str, tuple[str, Part | None, tuple[int, int]]] = {}
    bad = list(table.ragged)
    again = 0
    for number, (line, cells) in enumerate(table.rows):
        if number % 1000 == 0:
            context.progress(number, len(table.rows), "lines")
        id = _normal(cells[columns.path] + columns.ending)
        label, part = cells[columns.label], _part(cells, columns.split)
        facts = None
        why = _why_not(files, id, label)
        if not why and (facts := find(id)) is None:
            why = "there is no such file"
        if why or facts is None:
            bad.append(Unreadable(id[:300] or "a line without a path", f"{why} (line {line:,} of {name})"))
        elif id not in found:
            found[id] = (label, part, facts)
        elif found[id][:2] != (label, part):
            bad.append(Unreadable(id, f"it stands in the list before with another label or part (line {line:,})"))
        else:
            again += 1
    if not found:
        first = f"; {bad[0].path}: {bad[0].why}" if bad else ""
        raise EngineError(
            f"None of the {len(table.rows):,} images in {name} is there{first}.",
            EXPECTED,
            "Put the list into the folder from which its paths lead to the images.",
        )
    ids = sorted(found)
    parts = [found[id][1] for id in ids]
    notes = [_understood(table, columns, name, parts)]
    notes += [f"Lines that stand there twice were taken once: {again:,}."] if again else []
    return Contents(
        ids,
        [found[id][0] for id in ids],
        parts,
        state_of((id, *found[id][2]) for id in ids),
        _pixels(files, {id: found[id][2] for id in ids}),
        Proposal(Preprocessing()),
        [*files.unreadable, *bad],
        notes,
    )


def _pixels(files: Files, stamps: Mapping[str, tuple[int, int]]) -> FilePixels | MemberPixels:
    ids = list(stamps)
    if isinstance(files, DiskFiles):
        return FilePixels(files.root, ids, list(stamps.values()))
    entries = {one.name: one for one in files.entries}
    return MemberPixels(files.read, ids, [entries[id].place for id in ids], [entries[id].size for id in ids])


def _understood(table: Table, columns: _Columns, name: str, parts: Sequence[Part | None]) -> str:
    def called(place: int) -> str:
        return f"“{table.header[place]}”" if table.header else f"column {place + 1}"

    split = f", {called(columns.split)} the part" if columns.split is not None else ""
    ending = f" ({columns.ending} added)" if columns.ending else ""
    return (
        f"A list, {name}: {counted_images(parts)}; {called(columns.path)} is the path{ending}, "
        f"{called(columns.label)} the label{split}. It has {table.words}."
    )


def _part(cells: Sequence[str], column: int | None) -> Part | None:
    return None if column is None else _PARTS.get(cells[column].lower())


def _normal(path: str) -> str:
    """The path with "/" and without what does nothing, so that one file has one id."""
    plain = path.replace("\\", "/") if os.sep == "\\" or ("\\" in path and "/" not in path) else path
    return os.path.normpath(plain).replace(os.sep, "/") if plain else ""


def _why_not(files: Files, id: str, label: str) -> str:
    if not id or id == "." or len(id) > limits.MAX_NAME_LENGTH:
        return "the path is empty or too long"
    if not isinstance(files, DiskFiles) and (why := why_unsafe(id)):
        return why
    why = why_no_name(label)
    return f"its label {why}" if why else ""

"""Class folders: the images of a folder, or of an archive, with a folder for each class."""

from __future__ import annotations

from collections.abc import Collection

from engine import limits
from engine.data.contents import Contents, state_of
from engine.data.listing import Item, Listing, list_folder, part_folders
from engine.data.readers.file_names import pixels_of
from engine.data.readers.files import DiskFiles, Entry, Files, by_place
from engine.data.words import few
from engine.errors import EngineError
from engine.images.preprocessing import Preprocessing
from engine.images.proposing import Proposal, propose_for
from engine.jobs import Context


def listing_of(files: Files, context: Context, only: Collection[str] = ()) -> Listing:
    """Which images lie in which class and part; raises EngineError where none lies in a class folder."""
    return list_folder(files.root, context, only) if isinstance(files, DiskFiles) else _members(files)


def read_class_folders(files: Files, listing: Listing, preprocessing: Preprocessing | None) -> Contents:
    """The images of such a listing."""
    ids = [one.id for one in listing.items]
    if isinstance(files, DiskFiles):
        entries = [Entry(one.id, one.size, one.changed) for one in listing.items]
    else:
        known = {one.name: one for one in files.entries}
        entries = [known[id] for id in ids]
    proposal = Proposal(preprocessing) if preprocessing else propose_for(files.read, by_place(entries))
    return Contents(
        ids,
        [one.class_name for one in listing.items],
        [one.part for one in listing.items],
        state_of([(files.state,), *((one.id, one.size, one.changed) for one in listing.items)]),
        pixels_of(files, entries),
        proposal,
        [*listing.unreadable, *files.unreadable],
        [*listing.notes, *([proposal.note] if proposal.note else [])],
    )


def _members(files: Files) -> Listing:
    """As `list_folder` does, for the members of an archive."""
    tops = sorted({one.name.partition("/")[0] for one in files.entries if "/" in one.name})
    parts = part_folders(tops)
    beside: list[str] = []
    listing = Listing()
    for one in files.entries:
        above = one.name.split("/")[:-1]
        part = parts.get(above[0]) if above else None
        if not above or (parts and (part is None or len(above) < 2)) or len(above) > limits.MAX_FOLDER_DEPTH:
            beside.append(one.name)
        else:
            listing.items.append(Item(one.name, above[1] if parts else above[0], part, one.size, one.changed))
    if not listing.items:
        raise EngineError(
            f"No image in {files.title} lies in a class folder{': ' + few(beside) if beside else ''}.",
            "A dataset has a folder for each class, and the images of the class in it.",
            "Make a folder for each class, named like it, and pack them again.",
        )
    if beside:
        count = "1 file" if len(beside) == 1 else f"{len(beside):,} files"
        listing.notes.append(f"{count} beside the class folders left out: {few(beside)}.")
    classes = len({one.class_name for one in listing.items})
    listing.notes.insert(0, f"{files.title}: {len(listing.items):,} files in {classes:,} class folders, not unpacked.")
    return listing

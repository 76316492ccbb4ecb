"""Grouping: which images belong to one patient, animal or scene, told from the names of their files."""

from __future__ import annotations

from collections.abc import Sequence

from engine.data.split import Part, Split


def group_names(ids: Sequence[str], folders: Sequence[Part | None], split: Split) -> list[str]:
    """The group of every image; images of the same group are to stand in one part of the split.

    Args:
        ids: Image ids: paths with "/" between folders.
        folders: The part that each image's folder says, or None; where it says one, that folder is above the class's.
        split: Says how images are grouped.
    """
    if split.groups == "folder":
        return [_folder(id, 1 if part is None else 2) for id, part in zip(ids, folders, strict=True)]
    if split.groups == "name":
        sign = {"_ or -": "_", "space": " "}.get(split.separator, split.separator)
        names = [id[id.rfind("/") + 1 :] for id in ids]
        stems = [one.rpartition(".")[0] or one for one in names]
        alike = [one.replace("-", "_") for one in stems] if split.separator == "_ or -" else stems
        found = [sign.join(one.split(sign, split.pieces)[: split.pieces]) for one in alike]
        return [one if one.strip(sign) else stem for one, stem in zip(found, stems, strict=True)]
    return list(ids)


def _folder(id: str, above: int) -> str:
    """The folder right below the class folder, or the id of an image that is in none."""
    names = id.split("/", above + 1)
    return names[above] if len(names) > above + 1 else id

"""Which files a folder holds, in which class and part; what is left out is said."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from engine import limits
from engine.data import listing
from engine.data.listing import Listing, list_folder
from engine.data.split import Part
from engine.errors import Cancelled, EngineError
from engine.jobs import Quiet
from tests.engine.data.folders import folder, save


def listed(root: Path) -> Listing:
    return list_folder(root, Quiet())


def ids(root: Path) -> list[str]:
    return [one.id for one in listed(root).items]


def refusal(root: Path) -> EngineError:
    with pytest.raises(EngineError) as caught:
        listed(root)
    assert caught.value.expected
    assert caught.value.fix
    return caught.value


def test_each_folder_is_a_class_at_any_depth(tmp_path: Path) -> None:
    folder(tmp_path, {"cats": 1, "dogs/spring/2019": 1, "dogs": 1})
    found = listed(tmp_path)
    assert [(one.id, one.class_name, one.part) for one in found.items] == [
        ("cats/000.png", "cats", None),
        ("dogs/000.png", "dogs", None),
        ("dogs/spring/2019/000.png", "dogs", None),
    ]
    assert found.items[0].size == (tmp_path / "cats" / "000.png").stat().st_size
    assert (found.unreadable, found.notes) == ([], [])


@pytest.mark.parametrize(
    ("names", "parts"),
    [
        (("train", "val", "test"), (Part.TRAIN, Part.VALIDATION, Part.TEST)),
        (("Training", "VALID", "Testing"), (Part.TRAIN, Part.VALIDATION, Part.TEST)),
        (("train", "validation"), (Part.TRAIN, Part.VALIDATION)),
        (("train",), (Part.TRAIN,)),
    ],
)
def test_folders_can_say_the_part(tmp_path: Path, names: tuple[str, ...], parts: tuple[Part, ...]) -> None:
    folder(tmp_path, {f"{name}/{one}": 1 for name in names for one in ("a", "b")})
    found = {(one.id.split("/")[0], one.part, one.class_name) for one in listed(tmp_path).items}
    assert found == {(name, part, one) for name, part in zip(names, parts, strict=True) for one in ("a", "b")}


def test_a_class_that_is_called_test_is_a_class_where_there_is_no_folder_for_training(tmp_path: Path) -> None:
    folder(tmp_path, {"test": 1, "exam": 1})
    assert {(one.class_name, one.part) for one in listed(tmp_path).items} == {("test", None), ("exam", None)}


def test_a_class_that_is_called_train_is_a_class_beside_planes(tmp_path: Path) -> None:
    folder(tmp_path, {"train": 1, "plane": 1})
    assert {(one.class_name, one.part) for one in listed(tmp_path).items} == {("train", None), ("plane", None)}


def test_what_lies_beside_the_folders_is_named(tmp_path: Path) -> None:
    folder(tmp_path, {"train/a": 1, "test/a": 1, "extra": 1})
    (tmp_path / "readme.txt").write_text("hi")
    save(tmp_path / "test" / "loose.png")
    notes = listed(tmp_path).notes
    assert notes == [
        "Beside the train, validation and test folders, these were left out: extra.",
        "2 files beside the class folders left out: readme.txt, test/loose.png.",
    ]


def test_hidden_files_and_those_that_systems_leave_are_passed_over(tmp_path: Path) -> None:
    folder(tmp_path, {"a": 1, "b": 1, ".trash": 1, "a/.thumbnails": 1})
    for name in (".DS_Store", "Thumbs.db", "desktop.ini", "._000.png"):
        (tmp_path / "a" / name).write_bytes(b"x")
    (tmp_path / ".DS_Store").write_bytes(b"x")
    found = listed(tmp_path)
    assert [one.id for one in found.items] == ["a/000.png", "b/000.png"]
    assert (found.unreadable, found.notes) == ([], [])


NAMES = ["<b>bold</b>", "two\nlines", "Übung ß", "図書館", "100% {x}", "-rf", "a" * 250, "’; DROP TABLE", "😀", " x "]


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_text_whatever_it_is(tmp_path: Path, name: str) -> None:
    try:
        save(tmp_path / name / f"{name[:200]}.png")
    except OSError:
        pytest.skip("this file system has no such names")
    assert ids(tmp_path) == [f"{name}/{name[:200]}.png"]


def test_a_name_that_is_no_text_survives(tmp_path: Path) -> None:
    try:
        os.mkdir(os.fsencode(tmp_path) + b"/caf\xe9")  # noqa: PTH102 - pathlib takes no bytes
    except OSError:
        pytest.skip("this file system has no such names")
    save(tmp_path / os.fsdecode(b"caf\xe9") / "x.png")
    assert ids(tmp_path) == ["caf\udce9/x.png"]


def linked(link: Path, target: str) -> None:
    try:
        link.symlink_to(target)
    except OSError:
        pytest.skip("this user may not make links")


def test_links_are_followed(tmp_path: Path) -> None:
    elsewhere = folder(tmp_path / "elsewhere", {"more": 1})
    root = folder(tmp_path / "data", {"a": 1, "b": 1})
    linked(root / "a" / "linked", str(elsewhere / "more"))
    linked(root / "c", str(elsewhere / "more"))
    linked(root / "b" / "one.png", str(elsewhere / "more" / "000.png"))
    assert ids(root) == ["a/000.png", "a/linked/000.png", "b/000.png", "b/one.png", "c/000.png"]


def test_a_folder_that_two_links_lead_to_is_read_once(tmp_path: Path) -> None:
    root = folder(tmp_path, {"a/deep": 1, "b": 1})
    linked(root / "a" / "again", "deep")
    assert len([one for one in ids(root) if one.startswith("a/")]) == 1


@pytest.mark.parametrize("parts", [False, True])
@pytest.mark.parametrize("target", ["..", "../.."])
def test_a_link_to_a_folder_above_brings_no_other_class_in(tmp_path: Path, target: str, parts: bool) -> None:
    names = {"train/a": 1, "train/b": 1, "test/b": 1} if parts else {"a": 1, "b": 1}
    root = folder(tmp_path / "data", names)
    link = root / next(iter(names)) / "up"
    linked(link, target)
    found = listed(root)
    assert len(found.items) == len(names)
    (left_out,) = found.unreadable
    assert (left_out.path, left_out.why) == (
        link.relative_to(root).as_posix(),
        "it is a link back to a folder above it",
    )


def test_a_link_to_itself_costs_nothing_else(tmp_path: Path) -> None:
    root = folder(tmp_path, {"a": 2, "b": 2})
    linked(root / "a" / "0", "0")
    linked(root / "loop", "loop")
    found = listed(root)
    assert len(found.items) == 4
    assert [one.path for one in found.unreadable] == ["a/0"]
    assert found.notes == ["1 file beside the class folders left out: loop."]


def test_links_to_nothing_and_pipes_are_named(tmp_path: Path) -> None:
    root = folder(tmp_path, {"a": 1})
    linked(root / "a" / "gone.png", "nowhere.png")
    if hasattr(os, "mkfifo"):
        os.mkfifo(root / "a" / "pipe.png")
    found = {one.path: one.why for one in listed(root).unreadable}
    assert found.pop("a/gone.png") == "it is a link to something that is not there"
    assert found in ({}, {"a/pipe.png": "it is a pipe or device, not a file"})


def test_what_lies_too_deep_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_FOLDER_DEPTH", 2)
    folder(tmp_path, {"a/1/2": 1, "a/1/2/3": 1})
    found = listed(tmp_path)
    assert [one.id for one in found.items] == ["a/1/2/000.png"]
    assert [(one.path, one.why) for one in found.unreadable] == [
        ("a/1/2/3", "the folder lies more than 2 deep in its class")
    ]


def test_too_many_files_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_IMAGES", 3)
    folder(tmp_path, {"a": 2, "b": 2})
    assert "more than 3 files" in refusal(tmp_path).what


def test_an_empty_folder_says_so(tmp_path: Path) -> None:
    assert refusal(tmp_path).what == f"{tmp_path} is empty."


def test_class_folders_without_files_say_so(tmp_path: Path) -> None:
    folder(tmp_path, {"a": 0, "b": 0})
    assert refusal(tmp_path).what == f"The folders in {tmp_path} hold no files."


def test_images_without_class_folders_say_so(tmp_path: Path) -> None:
    save(tmp_path / "x.png")
    assert "files but no folders, so no image has a class" in refusal(tmp_path).what


def test_images_in_part_folders_without_class_folders_are_named(tmp_path: Path) -> None:
    save(tmp_path / "train" / "x.png")
    save(tmp_path / "test" / "y.png")
    assert refusal(tmp_path).what.endswith("lies in a class folder: test/y.png, train/x.png.")


def test_a_missing_folder_and_a_file_are_told_apart(tmp_path: Path) -> None:
    assert "is not there" in refusal(tmp_path / "gone").what
    assert "is a file, not a folder" in refusal(save(tmp_path / "x.png")).what


@pytest.fixture
def closed(monkeypatch: pytest.MonkeyPatch) -> set[Path]:
    """Folders that may not be opened, also by the superuser."""
    folders: set[Path] = set()
    scandir = os.scandir

    def guarded(path: Path) -> object:
        if path in folders:
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", guarded)
    return folders


def test_a_folder_without_permission_is_refused(tmp_path: Path, closed: set[Path]) -> None:
    closed.add(tmp_path)
    error = refusal(tmp_path)
    assert error.what == f"This user may not open the folder {tmp_path}."
    assert error.fix == "Change its permissions, or choose another folder."


def test_a_class_folder_without_permission_is_named_and_the_rest_read(tmp_path: Path, closed: set[Path]) -> None:
    folder(tmp_path, {"a": 1, "b": 1})
    closed.add(tmp_path / "a")
    found = listed(tmp_path)
    assert [one.id for one in found.items] == ["b/000.png"]
    assert [(one.path, one.why) for one in found.unreadable] == [
        ("a", "the folder could not be read: this user may not open it")
    ]


def test_where_every_class_folder_is_closed_the_first_is_named(tmp_path: Path, closed: set[Path]) -> None:
    folder(tmp_path, {"a": 1, "b": 1})
    closed.update({tmp_path / "a", tmp_path / "b"})
    assert refusal(tmp_path).what.endswith(
        "could be reached; a: the folder could not be read: this user may not open it."
    )


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the superuser may open everything")
def test_a_folder_that_is_really_closed_is_refused(tmp_path: Path) -> None:
    tmp_path.chmod(0)
    try:
        assert "may not open" in refusal(tmp_path).what
    finally:
        tmp_path.chmod(0o700)


def test_a_folder_that_vanishes_on_the_way_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder(tmp_path, {"a": 1, "b": 1})
    top = listing._top

    def vanishing(root: Path) -> tuple[list[str], list[str]]:
        found = top(root)
        (tmp_path / "a" / "000.png").unlink()
        (tmp_path / "a").rmdir()
        return found

    monkeypatch.setattr(listing, "_top", vanishing)
    found = listed(tmp_path)
    assert [one.id for one in found.items] == ["b/000.png"]
    assert [one.path for one in found.unreadable] == ["a"]


def test_listing_can_be_cancelled(tmp_path: Path) -> None:
    class Cancel(Quiet):
        def check(self) -> None:
            raise Cancelled

    folder(tmp_path, {"a": 1})
    with pytest.raises(Cancelled):
        list_folder(tmp_path, Cancel())

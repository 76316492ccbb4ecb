from __future__ import annotations

import dataclasses
import errno
import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from engine.data.source import Source
from engine.errors import EngineError
from engine.plan import Draft
from engine.project import (
    autosave,
    create,
    new_project,
    open_project,
    project_folder,
    runs_folder,
    sample_draft,
    save_project,
)
from engine.storage import disk
from tests.engine.storage.faulty_disk import FAULT_NAMES, FAULTS, sweep


def seeded(draft: Draft, seed: int) -> Draft:
    return dataclasses.replace(draft, seed=seed)


def edit(path: Path, **changes: Any) -> None:
    data = json.loads((path / "project.json").read_text())
    (path / "project.json").write_text(json.dumps({**data, **changes}))


@pytest.mark.parametrize("name", ["d", "d.convoscope", "./d", "d.convoscope/", "d.convoscope/project.json"])
def test_a_project_is_found_with_and_without_its_suffix(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, draft: Draft, name: str
) -> None:
    monkeypatch.chdir(tmp_path)
    create(Path("d"), draft)

    opened = open_project(Path(name))

    assert opened.folder == tmp_path / "d.convoscope"
    assert (opened.name, opened.draft, opened.saved, opened.recovered) == ("d", draft, True, False)


def test_a_project_folder_that_was_renamed_opens(tmp_path: Path, draft: Draft) -> None:
    create(tmp_path / "d", draft)
    (tmp_path / "d.convoscope").rename(tmp_path / "backup of d")

    assert open_project(tmp_path / "backup of d").draft == draft


def test_a_project_needs_a_name() -> None:
    with pytest.raises(EngineError, match="cannot be a project"):
        project_folder(Path("/"))


@pytest.mark.parametrize("occupied", ["file", "folder"])
def test_nothing_is_made_where_something_stands(tmp_path: Path, draft: Draft, occupied: str) -> None:
    place = tmp_path / "d.convoscope"
    place.write_text("mine") if occupied == "file" else place.mkdir()

    with pytest.raises(EngineError, match="exists already"):
        create(tmp_path / "d", draft)

    assert place.read_text() == "mine" if occupied == "file" else list(place.iterdir()) == []


@pytest.mark.parametrize("fault", FAULTS, ids=FAULT_NAMES)
def test_a_project_is_made_whole_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, draft: Draft, fault: BaseException
) -> None:
    def after() -> None:
        if (tmp_path / "d.convoscope").exists():
            assert open_project(tmp_path / "d").draft == draft
            shutil.rmtree(tmp_path / "d.convoscope")

    sweep(monkeypatch, fault, lambda: create(tmp_path / "d", draft), after)

    assert [one.name for one in tmp_path.iterdir() if one.name != "home"] == []


@pytest.mark.parametrize("fault", FAULTS, ids=FAULT_NAMES)
def test_a_save_cut_short_anywhere_leaves_the_old_draft_or_the_new_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, draft: Draft, fault: BaseException
) -> None:
    place = create(tmp_path / "d", draft).folder

    def after() -> None:
        assert open_project(place).draft.seed in (0, 1)
        save_project(place, draft)

    assert sweep(monkeypatch, fault, lambda: save_project(place, seeded(draft, 1)), after) >= 10


def test_five_earlier_versions_are_kept(tmp_path: Path, draft: Draft) -> None:
    place = create(tmp_path / "d", draft).folder
    for seed in range(1, 9):
        save_project(place, seeded(draft, seed))

    kept = sorted((place / "earlier").iterdir())

    assert [json.loads(one.read_text())["draft"]["seed"] for one in kept] == [3, 4, 5, 6, 7]


def test_saving_nothing_new_makes_no_version(tmp_path: Path, draft: Draft) -> None:
    place = create(tmp_path / "d", draft).folder

    save_project(place, draft)

    assert not (place / "earlier").exists()


def test_unknown_fields_at_the_top_survive_a_save_and_a_copy(tmp_path: Path, draft: Draft) -> None:
    place = create(tmp_path / "d", draft).folder
    edit(place, window={"splitter": [1, 2]})

    save_project(place, seeded(draft, 5))
    copy = save_project(place, seeded(draft, 6), tmp_path / "e")

    for one in (place, copy.folder):
        assert json.loads((one / "project.json").read_text())["window"] == {"splitter": [1, 2]}


def test_unknown_fields_below_the_top_are_refused_by_name(tmp_path: Path, draft: Draft) -> None:
    place = create(tmp_path / "d", draft).folder
    data = json.loads((place / "project.json").read_text())
    data["draft"]["network"]["layers"][1]["colour"] = "red"
    (place / "project.json").write_text(json.dumps(data))

    with pytest.raises(EngineError, match="network, layers, entry 2, colour is not right: there is no such field"):
        open_project(place)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"schema_version": 99}, "newer version"),
        ({"schema_version": "1"}, "not a project"),
        ({"schema_version": True}, "not a project"),
        ({"draft": None}, "draft is not right"),
        ({"draft": {}}, "draft, network is not right: field required"),
        ({"saves": -1}, "saves is not right"),
    ],
    ids=str,
)
def test_a_file_that_does_not_fit_is_refused(
    tmp_path: Path, draft: Draft, changes: dict[str, Any], message: str
) -> None:
    place = create(tmp_path / "d", draft).folder
    edit(place, **changes)
    before = (place / "project.json").read_bytes()

    with pytest.raises(EngineError, match=message) as caught:
        open_project(place)

    assert "project.json" in caught.value.what
    assert (place / "project.json").read_bytes() == before


def test_a_setting_out_of_range_is_refused_with_the_file_named(tmp_path: Path, draft: Draft) -> None:
    place = create(tmp_path / "d", draft).folder
    data = json.loads((place / "project.json").read_text())
    data["draft"]["network"]["layers"][1]["values"]["units"] = 10**9
    (place / "project.json").write_text(json.dumps(data))

    with pytest.raises(EngineError, match=r"project\.json.*1000000000"):
        open_project(place)


def test_a_file_cut_in_half_is_refused_and_the_version_before_it_named(tmp_path: Path, draft: Draft) -> None:
    place = create(tmp_path / "d", draft).folder
    save_project(place, seeded(draft, 1))
    whole = (place / "project.json").read_bytes()
    (place / "project.json").write_bytes(whole[: len(whole) // 2])

    with pytest.raises(EngineError, match="damaged or was cut short") as caught:
        open_project(place)

    assert str(place / "earlier" / "project-0001.json") in caught.value.fix


def test_a_save_over_a_damaged_file_keeps_its_bytes(tmp_path: Path, draft: Draft) -> None:
    place = create(tmp_path / "d", draft).folder
    (place / "project.json").write_bytes(b"{half")

    save_project(place, seeded(draft, 1))

    assert open_project(place).draft.seed == 1
    assert (place / "earlier" / "project-0001.json").read_bytes() == b"{half"


@pytest.mark.parametrize("what", ["missing", "file", "folder of images"])
def test_what_is_no_project_is_said_to_be_none(tmp_path: Path, what: str) -> None:
    place = tmp_path / "x.convoscope"
    if what == "file":
        place.write_text("hello")
    elif what == "folder of images":
        place.mkdir()

    with pytest.raises(EngineError, match="is not a project"):
        open_project(place)


def test_images_near_the_project_move_with_it(tmp_path: Path, draft: Draft) -> None:
    there = tmp_path / "work"
    (there / "photos").mkdir(parents=True)
    place = create(there / "d", dataclasses.replace(draft, source=Source(str(there / "photos")))).folder
    assert json.loads((place / "project.json").read_text())["draft"]["source"]["location"] == "./../photos"

    there.rename(tmp_path / "moved")

    assert open_project(tmp_path / "moved" / "d").draft.source == Source(str(tmp_path / "moved" / "photos"))


def test_a_file_of_images_near_the_project_moves_with_it_and_keeps_its_options(tmp_path: Path, draft: Draft) -> None:
    there = tmp_path / "work"
    there.mkdir()
    source = Source.parse(f"{there}/photos?pattern={{class}}_%23&label=a/b c")
    create(there / "d", dataclasses.replace(draft, source=source))
    there.rename(tmp_path / "moved")
    found = open_project(tmp_path / "moved" / "d").draft.source
    assert found.path == tmp_path / "moved" / "photos"
    assert found.options == source.options == {"pattern": "{class}_#", "label": "a/b c"}


def test_images_far_away_keep_their_place(tmp_path: Path, draft: Draft) -> None:
    far = dataclasses.replace(draft, source=Source("/somewhere/else/photos"))

    assert open_project(create(tmp_path / "a/b/c/d", far).folder).draft == far


def test_the_first_start_opens_the_sample_and_the_second_finds_it_as_it_was_left(draft: Draft) -> None:
    first = open_project()
    assert (first.saved, first.name, first.draft) == (False, "Sample project", sample_draft())

    autosave(first.folder, draft)
    second = open_project()

    assert (second.folder, second.draft, second.saved, second.name) == (first.folder, draft, False, "Sample project")


def test_a_new_project_is_what_the_next_start_opens(draft: Draft) -> None:
    open_project()
    new = new_project(draft)
    newer = new_project(seeded(draft, 3))

    assert new.name == newer.name == "Untitled"
    assert new.folder != newer.folder
    assert open_project().folder == newer.folder


def test_a_damaged_unsaved_project_is_kept_and_the_sample_opened_with_a_note(draft: Draft) -> None:
    new = new_project(draft)
    (new.folder / "project.json").write_text("{")

    opened = open_project()

    assert opened.draft == sample_draft()
    assert "kept as it is" in opened.note
    assert (new.folder / "project.json").read_text() == "{"


def test_a_damaged_pointer_opens_the_sample(own_home: Path) -> None:
    open_project()
    (own_home / "unsaved" / "current.json").write_text("[1]")

    assert open_project().draft == sample_draft()


def with_run(place: Path) -> None:
    (runs_folder(place) / "run-001").mkdir(parents=True)
    (runs_folder(place) / "run-001" / "notes.md").write_text("mine")


def test_an_unsaved_project_moves_with_its_runs_to_where_it_is_saved(tmp_path: Path, draft: Draft) -> None:
    near = dataclasses.replace(draft, source=Source(str(tmp_path / "photos")))
    new = new_project(near)
    with_run(new.folder)

    saved = save_project(new.folder, seeded(near, 7), tmp_path / "deep" / "mine")

    assert (saved.folder, saved.name, saved.saved) == (tmp_path / "deep" / "mine.convoscope", "mine", True)
    assert not new.folder.exists()
    assert open_project(saved.folder).draft == seeded(near, 7)
    assert (runs_folder(saved.folder) / "run-001" / "notes.md").read_text() == "mine"
    assert open_project().draft == sample_draft()


def test_an_unsaved_project_moves_to_another_disk(
    tmp_path: Path, draft: Draft, monkeypatch: pytest.MonkeyPatch
) -> None:
    new = new_project(draft)
    with_run(new.folder)

    class TwoDisks(disk.Disk):
        def rename(self, source: Path, target: Path) -> None:
            if source.parent != target.parent:
                raise OSError(errno.EXDEV, "Invalid cross-device link")
            super().rename(source, target)

    monkeypatch.setattr(disk, "DISK", TwoDisks())
    saved = save_project(new.folder, draft, tmp_path / "mine")

    assert not new.folder.exists()
    assert open_project(saved.folder).draft == draft
    assert (runs_folder(saved.folder) / "run-001" / "notes.md").read_text() == "mine"


def test_a_saved_project_is_copied_and_the_first_stays_as_it_was_saved(tmp_path: Path, draft: Draft) -> None:
    first = create(tmp_path / "a", draft)
    with_run(first.folder)
    autosave(first.folder, seeded(draft, 9))

    second = save_project(first.folder, seeded(draft, 9), tmp_path / "b")

    assert open_project(first.folder).draft == draft
    assert open_project(second.folder).draft == seeded(draft, 9)
    for one in (first, second):
        assert (runs_folder(one.folder) / "run-001" / "notes.md").read_text() == "mine"


def test_saving_in_another_place_overwrites_nothing(tmp_path: Path, draft: Draft) -> None:
    first = create(tmp_path / "a", draft)
    create(tmp_path / "b", seeded(draft, 2))

    with pytest.raises(EngineError, match="exists already"):
        save_project(first.folder, seeded(draft, 1), tmp_path / "b.convoscope")

    assert open_project(tmp_path / "b").draft.seed == 2


@pytest.mark.parametrize("fault", FAULTS, ids=FAULT_NAMES)
def test_moving_an_unsaved_project_loses_nothing_wherever_it_fails(
    tmp_path: Path, draft: Draft, monkeypatch: pytest.MonkeyPatch, fault: BaseException
) -> None:
    near = dataclasses.replace(draft, source=Source(str(tmp_path / "photos")))
    places: list[Path] = []

    def begin() -> None:
        places.append(new_project(near).folder)
        with_run(places[-1])

    def after() -> None:
        there = [one for one in (places[-1], tmp_path / "mine.convoscope") if one.exists()]
        assert any((runs_folder(one) / "run-001" / "notes.md").exists() for one in there)
        assert all(open_project(one).draft.source == near.source for one in there)
        assert open_project(there[-1]).draft.seed in (0, 4)
        for one in there:
            shutil.rmtree(one)
        begin()

    begin()
    sweep(monkeypatch, fault, lambda: save_project(places[-1], seeded(near, 4), tmp_path / "mine"), after)


def test_a_copy_onto_a_full_disk_leaves_nothing_behind(
    tmp_path: Path, draft: Draft, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = create(tmp_path / "a", draft)
    with_run(first.folder)

    def full(source: str, target: str) -> str:
        Path(target).write_text("half")
        raise OSError(errno.ENOSPC, "No space left on device", target)

    real = shutil.copytree
    monkeypatch.setattr(shutil, "copytree", lambda a, b, *_, **__: real(a, b, copy_function=full))
    with pytest.raises(EngineError, match="the disk is full"):
        save_project(first.folder, draft, tmp_path / "b")

    assert sorted(one.name for one in tmp_path.iterdir()) == ["a.convoscope", "home"]


def test_half_files_of_a_killed_program_are_cleared_on_opening(tmp_path: Path, draft: Draft) -> None:
    place = create(tmp_path / "d", draft).folder
    (place / ".saving-999999999-1.tmp").write_text("half")

    open_project(place)

    assert [one.name for one in place.iterdir()] == ["project.json"]

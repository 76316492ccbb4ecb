from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from engine.plan import Draft
from engine.project import autosave, create, discard_autosave, open_project, save_project
from tests.engine.storage.faulty_disk import FAULT_NAMES, FAULTS, sweep


def seeded(draft: Draft, seed: int) -> Draft:
    return dataclasses.replace(draft, seed=seed)


def test_edits_since_the_last_save_come_back_and_the_users_file_is_untouched(tmp_path: Path, draft: Draft) -> None:
    place = create(tmp_path / "d", draft).folder
    before = (place / "project.json").read_bytes()

    autosave(place, seeded(draft, 1))
    opened = open_project(place)

    assert (opened.draft.seed, opened.recovered, opened.saved) == (1, True, True)
    assert opened.note
    assert (place / "project.json").read_bytes() == before
    assert list(place.iterdir()) == [place / "project.json"]


def test_a_save_makes_the_autosave_needless(tmp_path: Path, draft: Draft, own_home: Path) -> None:
    place = create(tmp_path / "d", draft).folder
    autosave(place, seeded(draft, 1))

    save_project(place, seeded(draft, 2))

    assert list((own_home / "autosave").iterdir()) == []
    assert (open_project(place).draft.seed, open_project(place).recovered) == (2, False)


def test_an_autosave_from_before_the_last_save_is_not_used(tmp_path: Path, draft: Draft, own_home: Path) -> None:
    place = create(tmp_path / "d", draft).folder
    autosave(place, seeded(draft, 1))
    (kept,) = (own_home / "autosave").iterdir()
    old = kept.read_bytes()
    save_project(place, seeded(draft, 2))
    kept.write_bytes(old)

    assert open_project(place).draft.seed == 2


def test_edits_that_were_undone_leave_no_autosave(tmp_path: Path, draft: Draft) -> None:
    place = create(tmp_path / "d", draft).folder
    autosave(place, seeded(draft, 1))
    autosave(place, draft)

    assert not open_project(place).recovered


def test_discarded_edits_are_gone(tmp_path: Path, draft: Draft) -> None:
    place = create(tmp_path / "d", draft).folder
    autosave(place, seeded(draft, 1))

    discard_autosave(place)

    assert open_project(place).draft == draft


@pytest.mark.parametrize("rubbish", [b"", b"[]", b'{"saves": 1}', b'{"saves": 1, "draft": {}}', b"\xff"])
def test_a_damaged_autosave_does_not_keep_a_project_from_opening(
    tmp_path: Path, draft: Draft, own_home: Path, rubbish: bytes
) -> None:
    place = create(tmp_path / "d", draft).folder
    autosave(place, seeded(draft, 1))
    (kept,) = (own_home / "autosave").iterdir()
    kept.write_bytes(rubbish)

    assert open_project(place).draft == draft


def test_projects_of_the_same_name_have_their_own_autosaves(tmp_path: Path, draft: Draft) -> None:
    first = create(tmp_path / "a" / "d", draft).folder
    second = create(tmp_path / "b" / "d", draft).folder
    autosave(first, seeded(draft, 1))
    autosave(second, seeded(draft, 2))

    assert (open_project(first).draft.seed, open_project(second).draft.seed) == (1, 2)


@pytest.mark.parametrize("fault", FAULTS, ids=FAULT_NAMES)
def test_an_autosave_cut_short_anywhere_leaves_the_older_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, draft: Draft, fault: BaseException
) -> None:
    place = create(tmp_path / "d", draft).folder
    autosave(place, seeded(draft, 1))

    def after() -> None:
        assert open_project(place).draft.seed in (1, 2)
        autosave(place, seeded(draft, 1))

    assert sweep(monkeypatch, fault, lambda: autosave(place, seeded(draft, 2)), after) >= 5

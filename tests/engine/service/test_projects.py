from __future__ import annotations

import dataclasses
import pickle
from pathlib import Path

import pytest

from engine.jobs import Job, Lane, Quiet
from engine.project import sample_draft
from engine.service.projects import (
    Autosave,
    DiscardAutosave,
    ListRuns,
    NewProject,
    OpenProject,
    ReadProject,
    SaveProject,
)


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONVOSCOPE_HOME", str(tmp_path / "home"))


def test_a_project_lives_through_the_jobs(tmp_path: Path) -> None:
    draft = sample_draft()
    edited = dataclasses.replace(draft, seed=5)
    assert OpenProject().run(Quiet()).draft == draft
    unsaved = NewProject(draft).run(Quiet())
    saved = SaveProject(unsaved.folder, draft, tmp_path / "mine").run(Quiet())
    Autosave(saved.folder, edited).run(Quiet())

    again = OpenProject(tmp_path / "mine").run(Quiet())
    assert (again.draft, again.recovered) == (edited, True)
    assert ReadProject(tmp_path / "mine").run(Quiet()).draft == draft, "as it was saved"
    DiscardAutosave(saved.folder).run(Quiet())
    assert OpenProject(tmp_path / "mine").run(Quiet()).draft == draft
    assert ListRuns(saved.folder).run(Quiet()) == ()


def test_jobs_on_files_share_a_lane_so_that_saves_keep_their_order_and_can_be_sent() -> None:
    place = Path("x")
    draft = sample_draft()
    jobs: list[Job] = [
        OpenProject(),
        NewProject(draft),
        SaveProject(place, draft),
        Autosave(place, draft),
        ListRuns(place),
    ]

    for job in jobs:
        assert job.lane is Lane.FILES
        assert pickle.loads(pickle.dumps(job)) == job  # noqa: S301 - our own

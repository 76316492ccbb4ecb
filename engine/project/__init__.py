"""Projects: what the user saves, a folder `Name.convoscope` that holds a draft and its runs."""

from engine.project.autosave import autosave, discard_autosave
from engine.project.folder import (
    OpenedProject,
    create,
    new_project,
    open_project,
    project_folder,
    read_project,
    refuse_existing,
    runs_folder,
    save_project,
)
from engine.project.sample import sample_draft

__all__ = [
    "OpenedProject",
    "autosave",
    "create",
    "discard_autosave",
    "new_project",
    "open_project",
    "project_folder",
    "read_project",
    "refuse_existing",
    "runs_folder",
    "sample_draft",
    "save_project",
]

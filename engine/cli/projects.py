"""Finding what a verb is about: the project, one of its runs, and the run's own images."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from engine.cli import screen
from engine.cli.options import WeightsName
from engine.data.dataset import DatasetSpec
from engine.errors import EngineError
from engine.inspection.results import TrainedRef
from engine.plan import Draft
from engine.project import file, project_folder, runs_folder
from engine.project.autosave import is_unsaved, recovered
from engine.runs.folder import RunFolder, list_runs
from engine.runs.records import RunSummary


@dataclass(frozen=True)
class Project:
    """A project as its file says.

    Attributes:
        folder: `Name.convoscope`.
        draft: What was saved; edits that only the window keeps are not in it.
    """

    folder: Path
    draft: Draft

    @classmethod
    def open(cls, path: Path) -> Project:
        """The project called `path`, with or without `.convoscope`; raises EngineError where there is none."""
        folder = project_folder(path)
        current = file.read(folder)
        if not is_unsaved(folder) and recovered(folder, current) is not None:
            screen.note(f"The window keeps edits of {folder.name} that were never saved; here its saved state counts.")
        return cls(folder, current.draft)

    @property
    def runs(self) -> Path:
        """The folder of its runs."""
        return runs_folder(self.folder)

    @property
    def name(self) -> str:
        """As the user would type it again."""
        return self.folder.stem

    def run(self, name: str) -> RunSummary:
        """The run called `name`; "" for the newest that has weights.

        Raises:
            EngineError: where there is no such run.
        """
        found = list_runs(self.runs)
        if name:
            for one in found:
                if one.run == name:
                    return one
            names = ", ".join(one.run for one in found) or "none yet"
            raise EngineError(
                f"{self.folder.name} has no run called {name!r}.",
                f"Its runs are: {names}.",
                "Use one of these names, or leave --run out for the newest.",
            )
        for one in reversed(found):
            if one.has_weights:
                return one
        raise EngineError(
            f"{self.folder.name} has no run with weights.",
            "What a network has learned is kept in a run.",
            f"Train first: main.py train {self.name}",
        )

    def trained(self, name: str, weights: WeightsName) -> TrainedRef:
        """The weights of a run, see `run`."""
        return TrainedRef(self.run(name).folder, weights)

    def data_of(self, run: Path) -> DatasetSpec:
        """A run's own images: where the project has them now, split and labelled as the run had them."""
        plan = RunFolder.open(run).plan()
        return DatasetSpec(self.draft.source, plan.preprocessing, plan.split, plan.curation)

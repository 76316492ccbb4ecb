"""The folder of a run: what is written in it, and how it is read while, after, and in spite of everything."""

from __future__ import annotations

import csv
import dataclasses
import io
import re
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

import numpy as np

from engine.data.dataset import Dataset
from engine.errors import EngineError
from engine.events import RunEvent
from engine.plan import Plan
from engine.runs import checkpoints
from engine.runs.journal import events_of
from engine.runs.records import EpochRow, RunRecord, RunSummary, State
from engine.runs.status import RunStatus
from engine.storage import append_line, explained, load_json, make_folder, save_arrays, save_bytes, save_json, save_text

BEST, LAST = "best", "last"
_COLUMNS: Final = tuple(field.name for field in dataclasses.fields(EpochRow))
_id = re.compile(r"run-(\d{3,})")


@dataclasses.dataclass(frozen=True)
class RunFolder:
    """A run on disk.

    Attributes:
        path: The folder; its name is the run's id.
    """

    path: Path

    @classmethod
    def create(cls, runs_folder: Path, plan: Plan, dataset: Dataset) -> RunFolder:
        """A new folder with the plan and the list of images in it.

        Ids count up ("run-007"), never from the time; two processes that create at once get two folders.
        """
        make_folder(runs_folder)
        number = max((_number(one) for one in runs_folder.iterdir()), default=0)
        while True:
            number += 1
            folder = cls(runs_folder / f"run-{number:03d}")
            with explained(folder.path):
                try:
                    folder.path.mkdir()
                except FileExistsError:
                    continue
            break
        make_folder(folder.checkpoints)
        save_json(folder.path / "plan.json", plan.to_json())
        ids = np.frombuffer("\0".join(dataset.ids).encode("utf-8", "surrogateescape"), np.uint8)
        save_arrays(folder.path / "images.npz", {"ids": ids, "labels": dataset.labels, "parts": dataset.parts}, {})
        save_text(folder.history_file, ",".join(_COLUMNS) + "\n")
        return folder

    @classmethod
    def open(cls, path: Path) -> RunFolder:
        """The run in `path`; raises EngineError where there is none."""
        folder = cls(path)
        if not (path / "run.json").is_file():
            raise EngineError(
                f"There is no run in {path}.",
                "The folder of a run holds run.json.",
                "Choose a run of the project's list.",
            )
        return folder

    @property
    def id(self) -> str:
        """The run's id."""
        return self.path.name

    @property
    def checkpoints(self) -> Path:
        """The folder of its checkpoints."""
        return self.path / "checkpoints"

    @property
    def events_file(self) -> Path:
        """One JSON event a line."""
        return self.path / "events.jsonl"

    @property
    def controls_file(self) -> Path:
        """One JSON object a line: what the user told the run, and after which step."""
        return self.path / "controls.jsonl"

    @property
    def history_file(self) -> Path:
        """A CSV row per epoch; no clocks, so that the same plan gives the same bytes."""
        return self.path / "history.csv"

    @property
    def steps_file(self) -> Path:
        """float32 loss and accuracy of every step, one after the other."""
        return self.path / "steps.bin"

    def plan(self) -> Plan:
        """What the run was asked to do."""
        path = self.path / "plan.json"
        return Plan.from_json(load_json(path), str(path))

    def status(self) -> RunStatus:
        """What `run.json` says; raises EngineError where it is damaged."""
        path = self.path / "run.json"
        return RunStatus.from_json(load_json(path), str(path))

    def save_status(self, status: RunStatus) -> None:
        """Replace `run.json`."""
        save_json(self.path / "run.json", status.to_json())

    def summary(self) -> RunSummary:
        """The run's row in the table; a run whose process is gone reads as interrupted."""
        return self.status().summary(self.path, has_weights=bool(checkpoints.steps_in(self.checkpoints)))

    def read(self) -> RunRecord:
        """The run with its curves, however far it has come."""
        steps = self.steps()
        return RunRecord(self.summary(), self.plan(), self.history(), steps[:, 0], steps[:, 1])

    def history(self) -> tuple[EpochRow, ...]:
        """The epochs that have ended; a torn last row is left out, of an epoch trained twice the later row counts."""
        text = self.history_file.read_text("utf-8") if self.history_file.is_file() else ""
        whole = text[: text.rfind("\n") + 1]
        rows = {}
        for values in csv.DictReader(io.StringIO(whole)):
            row = _row(values)
            if row is not None:
                rows[row.epoch] = row
        return tuple(rows[epoch] for epoch in sorted(rows))

    def append_history(self, row: EpochRow) -> None:
        """Add an epoch, for good."""
        append_line(self.history_file, _line(row), durable=True)

    def steps(self) -> np.ndarray[Any, Any]:
        """float32, (steps, 2): loss and accuracy of every step that has ended."""
        data = self.steps_file.read_bytes() if self.steps_file.is_file() else b""
        return np.frombuffer(data[: len(data) // 8 * 8], "<f4").reshape(-1, 2)

    def events(self) -> tuple[RunEvent, ...]:
        """The events that still count, see `engine.runs.journal`."""
        return events_of(self._lines(self.events_file))

    def rewind(self, step: int) -> None:
        """Forget the steps and epochs after `step`, from which the run is about to go on."""
        steps = self.steps()[:step]
        lost = np.full((step - len(steps), 2), np.nan, np.float32)
        save_bytes(self.steps_file, steps.tobytes() + lost.tobytes())
        rows = [_line(row) for row in self.history() if row.step <= step]
        save_text(self.history_file, "\n".join([",".join(_COLUMNS), *rows]) + "\n")

    def sequence(self) -> int:
        """The last sequence number that was used."""
        return max((one.sequence for one in self.events()), default=0)

    def _lines(self, file: Path) -> Iterable[str]:
        return file.read_text("utf-8", errors="replace").splitlines() if file.is_file() else ()


def list_runs(runs_folder: Path) -> tuple[RunSummary, ...]:
    """The runs in a project's `runs` folder, oldest first; a damaged one is listed with what is wrong with it."""
    if not runs_folder.is_dir():
        return ()
    found = []
    for path in sorted((one for one in runs_folder.iterdir() if _number(one)), key=_number):
        folder = RunFolder(path)
        if not (path / "run.json").is_file():  # being created at this moment, or never finished being created
            continue
        try:
            found.append(folder.summary())
        except EngineError as error:
            found.append(RunStatus.damaged(path.name, error.what).summary(path, has_weights=False))
    return tuple(found)


def delete_run(path: Path) -> None:
    """Delete a run's folder for good.

    Raises:
        EngineError: where it is no run, or one that is being trained.
    """
    folder = RunFolder.open(path)
    if path.is_symlink() or not _number(path):
        raise EngineError(
            f"{path} is not a run of this program.", "A run is a folder called run-001 or so.", "Choose a run."
        )
    try:
        live = folder.summary().state in (State.RUNNING, State.PAUSED)
    except EngineError:  # its run.json is damaged: nobody trains it
        live = False
    if live:
        raise EngineError(
            f"{folder.id} is being trained.", "Only a run that has ended can be deleted.", "Stop it first."
        )
    with explained(path):
        gone = path.with_name(f".deleted-{path.name}")
        shutil.rmtree(gone, ignore_errors=True)
        path.rename(gone)  # in one step it is no longer a run; clearing it away may take a while
        shutil.rmtree(gone)


def _number(path: Path) -> int:
    match = _id.fullmatch(path.name)
    return int(match[1]) if match else 0


def _line(row: EpochRow) -> str:
    return ",".join("" if value is None else repr(value) for value in dataclasses.astuple(row))


def _row(values: dict[str, str]) -> EpochRow | None:
    try:
        losses = [float(values[name]) for name in ("train_loss", "train_accuracy")]
        validation = [float(text) if (text := values[name]) else None for name in _COLUMNS[4:]]
        return EpochRow(int(values["epoch"]), int(values["step"]), losses[0], losses[1], validation[0], validation[1])
    except (KeyError, TypeError, ValueError):
        return None

"""Runs started and resumed from the command line."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from engine.storage import load_arrays
from tests.engine.cli.conftest import Command

ROOT = Path(__file__).parents[3]


def test_every_event_is_a_line_of_json_and_the_last_is_the_end(command: Command, work: Path) -> None:
    said = command("train", "p", "--epochs", "1", "--seed", "5", "--json")
    events = [json.loads(line) for line in said.out.splitlines()]
    assert said.status == 0
    assert [events[0]["event"], events[-1]["event"]] == ["run_started", "run_ended"]
    assert {"steps_ended", "epoch_ended"} < {one["event"] for one in events}
    assert {one["run"] for one in events} == {"run-002"}
    assert [one["sequence"] for one in events] == sorted({one["sequence"] for one in events})
    fields = {"event", "run", "reason", "epochs", "train_accuracy", "validation_accuracy", "images_per_second"}
    assert fields <= set(events[-1])
    assert (events[-1]["reason"], events[-1]["epochs"]) == ("completed", 1)
    assert "Epoch 1/1" in said.err
    plan = json.loads(Path("p.convoscope/runs/run-002/plan.json").read_text("utf-8"))
    assert plan["seed"] == 5


def test_settings_are_the_runs_and_not_the_projects(command: Command, work: Path) -> None:
    before = Path("p.convoscope/project.json").read_bytes()
    typed = ("--set", "recipe.learning_rate=0.01", "--set", "augmentation.RandomZoom.share=0.2")
    assert command("train", "p.convoscope", "--epochs", "1", *typed).status == 0
    plan = json.loads(Path("p.convoscope/runs/run-002/plan.json").read_text("utf-8"))
    assert plan["recipe"]["optimizer"]["values"]["learning_rate"] == 0.01
    assert plan["augmentation"]["operations"][0]["values"] == {"share": 0.2, "probability": 1.0}
    assert Path("p.convoscope/project.json").read_bytes() == before


def test_a_run_is_resumed_up_to_the_epochs_asked_for(command: Command, work: Path) -> None:
    said = command("train", "p", "--resume", "run-001", "--epochs", "3", "--json")
    events = [json.loads(line) for line in said.out.splitlines()]
    assert events[0]["event"] == "run_resumed"
    assert events[0]["from_step"] > 0
    assert (events[-1]["event"], events[-1]["epochs"]) == ("run_ended", 3)
    assert "has ended 3 epochs already" in command("train", "p", "--resume", "run-001", "--epochs", "3").refused()[0]
    command("train", "p", "--resume", "run-001").refused()
    assert "together with --resume" in command("train", "p", "--resume", "run-001", "--seed", "1").refused()[0]
    assert "no run called 'run-9'" in command("train", "p", "--resume", "run-9").refused()[0]


def test_a_loss_that_explodes_ends_the_run_as_diverged_and_is_an_error(command: Command, work: Path) -> None:
    said = command("train", "p", "--set", "recipe.learning_rate=1e30", "--set", "recipe.batch_size=4", "--json")
    last = json.loads(said.out.splitlines()[-1])
    assert (said.status, last["event"], last["reason"]) == (2, "run_ended", "diverged")
    assert "smaller learning rate" in said.err.splitlines()[-1]
    found = command("runs", "p", "--json").json["runs"]
    assert [(one["run"], one["reason"]) for one in found] == [("run-001", "completed"), ("run-002", "diverged")]


@pytest.mark.parametrize("rate", ["0", "-0.1", "nan", "inf"])
def test_a_learning_rate_that_is_none_starts_no_run(command: Command, work: Path, rate: str) -> None:
    command("train", "p", "--set", f"recipe.learning_rate={rate}").refused()
    assert [one.name for one in Path("p.convoscope/runs").iterdir()] == ["run-001"]


def test_images_that_have_gone_are_missed_and_nothing_is_lost(command: Command, work: Path) -> None:
    Path("images").rename("moved")
    assert "is not there" in command("train", "p").refused()[0]
    Path("moved").rename("images")
    assert len(command("runs", "p", "--json").json["runs"]) == 1


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="a signal of Unix")
def test_ctrl_c_stops_in_order_and_keeps_what_was_learned(command: Command, work: Path) -> None:
    typed = [sys.executable, str(ROOT / "main.py"), "train", "p", "--epochs", "100000", "--json"]
    with subprocess.Popen(typed, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        for line in process.stdout:
            if json.loads(line)["event"] == "epoch_ended":
                process.send_signal(signal.SIGINT)
                break
        out, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert json.loads(out.splitlines()[-1])["reason"] == "stopped"
    assert "Traceback" not in err
    run = command("runs", "p", "--json").json["runs"][-1]
    assert (run["state"], run["reason"], run["has_weights"]) == ("ended", "stopped", True)


def test_a_fold_and_another_size_are_the_runs_own(command: Command, work: Path) -> None:
    validated = []
    for fold in (1, 2):
        typed = ("split.rule=k-fold", f"split.fold={fold}", "split.folds=4", "preprocessing.height=6")
        said = command("train", "p", "--epochs", "1", *(word for one in typed for word in ("--set", one)))
        assert said.status == 0, said.err
        folder = Path("p.convoscope/runs") / f"run-00{fold + 1}"
        plan = json.loads((folder / "plan.json").read_text("utf-8"))
        assert (plan["split"]["rule"], plan["split"]["fold"]) == ("k-fold", fold)
        assert (plan["preprocessing"]["height"], plan["network"]["input"]["height"]) == (6, 6)
        arrays, _ = load_arrays(folder / "images.npz")
        validated.append(np.flatnonzero(arrays["parts"] == 1))
        tested = np.flatnonzero(arrays["parts"] == 2)
    assert not set(validated[0]) & set(validated[1])
    assert len(tested) == 6
    assert command("evaluate", "p", "--json").json["split"] == "test"

"""The network with its figures."""

from __future__ import annotations

import dataclasses
import shutil
from pathlib import Path

from engine.augmentation import Augmentation
from engine.augmentation.random_erasing import RandomErasing
from engine.cli.projects import Project
from engine.layers.conv_bn_activation import ConvBNActivation
from engine.layers.dense import Dense
from engine.project import save_project
from tests.engine.cli.conftest import Command


def test_the_figures_are_those_of_the_layers(command: Command, work: Path) -> None:
    found = command("info", "p", "--json").json
    layers = {one["name"]: one for one in found["layers"]}
    assert layers["input"]["output_shape"] == [8, 8, 3]
    assert layers["layer_002"] == {
        "name": "layer_002",
        "kind": "Conv2D",
        "output_shape": [8, 8, 32],
        "parameters": 3 * 3 * 3 * 32 + 32,
        "trainable": 3 * 3 * 3 * 32 + 32,
        "macs": 8 * 8 * 32 * 27,
        "receptive_field": [3, 3],
    }
    assert found["parameters"] == sum(one["parameters"] for one in layers.values())
    assert found["macs"] == sum(one["macs"] for one in layers.values())
    assert (found["problems"], found["advice"]) == ([], [])
    table = command("info", "p").out
    assert f"Parameters: {found['parameters']:,}" in table
    assert "8 × 8 × 32" in table


def test_the_children_of_a_block_stand_under_their_path(command: Command, work: Path) -> None:
    project = Project.open(Path("p"))
    network = project.draft.network.added(ConvBNActivation(), 1)
    save_project(project.folder, type(project.draft)(network, source=project.draft.source))
    names = [one["name"] for one in command("info", "p", "--json").json["layers"]]
    block = network.layers[1].id
    assert block in names
    assert len([one for one in names if one.startswith(block + "/")]) == 3


def test_a_last_layer_that_does_not_fit_the_classes_is_a_problem(command: Command, work: Path) -> None:
    project = Project.open(Path("p"))
    last = project.draft.network.layers[-1].id
    network = project.draft.network.set_type(last, Dense(7, activation="softmax"))
    save_project(project.folder, type(project.draft)(network, source=project.draft.source))
    (problem,) = command("info", "p", "--json").json["problems"]
    assert problem["layer"] == last
    assert sorted(problem) == ["expected", "fix", "layer", "what"]
    assert "Problems:" in command("info", "p").out


def test_without_its_images_the_network_is_still_shown(command: Command, work: Path) -> None:
    shutil.rmtree("images")
    said = command("info", "p", "--json")
    assert said.status == 0
    assert said.json["problems"] == []
    assert "is not there" in said.err


def test_a_damaged_or_newer_project_is_refused_and_stays(command: Command, work: Path) -> None:
    file = Path("p.convoscope/project.json")
    whole = file.read_text("utf-8")
    for text in (whole[: len(whole) // 2], whole.replace('"schema_version": 1', '"schema_version": 99')):
        assert text != whole
        file.write_text(text, "utf-8")
        for verb in ("info", "train", "runs", "evaluate"):
            command(verb, "p").refused()
        assert file.read_text("utf-8") == text


def test_changes_of_the_images_that_harm_are_advised_against(command: Command, work: Path) -> None:
    project = Project.open(Path("p"))
    draft = dataclasses.replace(project.draft, augmentation=Augmentation((RandomErasing(0.9),)))
    save_project(project.folder, draft)
    (advice,) = command("info", "p", "--json").json["advice"]
    assert advice["layer"] == "augmentation"
    assert advice["what"] == "Up to 90% of an image is covered."
    assert "Set largest part to 0.3." in command("info", "p").out

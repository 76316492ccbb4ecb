"""Projects from images and a template or a network's file."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from engine.cli.projects import Project
from engine.data.opening import open_dataset
from engine.data.split import Split
from engine.layers.dense import Dense
from engine.layers.flatten import Flatten
from engine.layers.input import Input
from engine.network import Network
from tests.engine.cli.conftest import Command


def test_the_name_gets_its_suffix_and_the_network_fits_the_images(
    command: Command, images: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    said = command("new", "pets", "--data", "images")
    assert said.status == 0
    assert "40 images in 2 classes" in said.out
    project = Project.open(Path("pets"))
    assert project == Project.open(Path("pets.convoscope"))
    assert project.draft.network.input.shape == (8, 8, 3)
    assert project.draft.network.layers[-1].type == Dense(2, activation="softmax")
    assert project.draft.source.path == images


def test_images_and_project_can_move_together(command: Command, images: Path, tmp_path: Path) -> None:
    inside = tmp_path / "here"
    inside.mkdir()
    shutil.move(images, inside / "images")
    assert command("new", inside / "p", "--data", inside / "images").status == 0
    inside.rename(tmp_path / "there")
    assert command("info", tmp_path / "there" / "p", "--json").json["problems"] == []
    assert Project.open(tmp_path / "there" / "p").draft.source.path == tmp_path / "there" / "images"


def test_the_input_may_be_chosen(command: Command, images: Path, tmp_path: Path) -> None:
    assert command("new", tmp_path / "p", "--data", images, "--input", "16x12x1").status == 0
    assert Project.open(tmp_path / "p").draft.network.input.shape == (16, 12, 1)


def test_a_networks_file_takes_the_place_of_a_template(command: Command, images: Path, tmp_path: Path) -> None:
    network = Network.of(Input.of((16, 16, 1)), [Flatten(), Dense(3, activation="softmax")])
    file = tmp_path / "net.json"
    file.write_text(json.dumps(network.to_json()), "utf-8")
    said = command("new", tmp_path / "p", "--data", images, "--network", file)
    assert said.status == 0
    assert "3" in said.err  # it does not fit two classes, and the user hears of it
    assert Project.open(tmp_path / "p").draft.network == network


def test_nothing_is_overwritten_and_nothing_is_read_first(command: Command, tmp_path: Path) -> None:
    (tmp_path / "p.convoscope").mkdir()
    assert "exists already" in command("new", tmp_path / "p", "--data", tmp_path / "nowhere").refused()[0]


@pytest.mark.parametrize("size", ["3x", "8x8x2", "axbxc", "8x8", ""])
def test_an_input_that_is_none_is_refused(command: Command, images: Path, tmp_path: Path, size: str) -> None:
    command("new", tmp_path / "p", "--data", images, "--input", size).refused()
    assert not (tmp_path / "p.convoscope").exists()


def test_a_template_and_a_file_together_are_refused(command: Command, images: Path, tmp_path: Path) -> None:
    typed = ("new", tmp_path / "p", "--data", images, "--template", "starter", "--network", "x.json")
    assert "both given" in command(*typed).refused()[0]
    assert (
        "no template called 'vgg'" in command("new", tmp_path / "p", "--data", images, "--template", "vgg").refused()[0]
    )


def test_split_preprocessing_and_recipe_can_be_set_at_once(command: Command, images: Path, tmp_path: Path) -> None:
    values = ("split.rule=k-fold", "split.folds=4", "split.fold=3", "split.groups=name", "split.test=0.2")
    more = ("preprocessing.height=6", "preprocessing.resize=pad", "preprocessing.padding=edge", "recipe.epochs=3")
    settings = [word for one in (*values, *more) for word in ("--set", one)]
    assert command("new", tmp_path / "p", "--data", images, *settings).status == 0
    draft = Project.open(tmp_path / "p").draft
    assert draft.split == Split("k-fold", 4, 3, test=0.2, groups="name")
    assert draft.preprocessing is not None
    assert (draft.preprocessing.resize, draft.preprocessing.padding) == ("pad", "edge")
    assert draft.network.input.shape == (6, 8, 3)
    assert draft.recipe.epochs == 3


def test_a_setting_that_cannot_be_leaves_no_project(command: Command, images: Path, tmp_path: Path) -> None:
    said = command("new", tmp_path / "p", "--data", images, "--set", "split.fold=9").refused()
    assert said[0] == "There is no fold 9 of 5."
    assert not (tmp_path / "p.convoscope").exists()


def test_normalize_sets_a_layer_by_the_training_images(command: Command, images: Path, tmp_path: Path) -> None:
    assert command("new", tmp_path / "p", "--data", images, "--normalize").status == 0
    draft = Project.open(tmp_path / "p").draft
    dataset = open_dataset(draft.data)
    (place,) = [at for at, one in enumerate(draft.network.layers) if one.type.kind == "Normalization"]
    values = dataset.images[dataset.parts == 0].astype(np.float32)
    for one in draft.network.layers[: place + 1]:
        values = np.asarray(one.type.build(one.id)(values))
    np.testing.assert_allclose(values.mean(axis=(0, 1, 2)), 0.0, atol=1e-3)
    np.testing.assert_allclose(values.std(axis=(0, 1, 2)), 1.0, atol=1e-3)

from __future__ import annotations

import ast
import dataclasses
import json
import runpy
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from engine.analysis import analyse
from engine.augmentation import Augmentation, augmentation_types
from engine.augmentation.cut_mix import CutMix
from engine.augmentation.random_flip import RandomFlip
from engine.augmentation.random_noise import RandomNoise
from engine.augmentation.random_saturation import RandomSaturation
from engine.augmentation.random_zoom import RandomZoom
from engine.code.data import has_part, in_class_folders, part_folders
from engine.code.notebook import notebook
from engine.code.reading import read_network
from engine.code.script import Script, keras_script
from engine.data.opening import contents_of, open_dataset
from engine.data.samples import digits, shapes
from engine.data.source import Source
from engine.data.split import PARTS, Curation, Part, Split
from engine.images.preprocessing import Preprocessing
from engine.jobs import Quiet
from engine.layers import LayerType
from engine.layers.branches import Branches
from engine.layers.conv2d import Conv2D
from engine.layers.dense import Dense
from engine.layers.flatten import Flatten
from engine.layers.input import Input
from engine.layers.rescaling import Rescaling
from engine.layers.residual import Residual
from engine.layers.squeeze_and_excitation import SqueezeAndExcitation
from engine.network import Network
from engine.optimizers import SGD
from engine.plan import Draft
from engine.project import sample_draft
from engine.recipe import Recipe
from tests.engine.code.stacks import without_comments

EVERY_CHANGE = Augmentation(tuple(one() for one in augmentation_types().values()))
SOMETIMES = Augmentation(tuple(one(probability=0.25) for one in augmentation_types().values()))
ONCE = Recipe(epochs=1, batch_size=64, label_smoothing=0.1, patience=2, optimizer=SGD(learning_rate=0.05, momentum=0.9))


BLOCKS = (
    Conv2D(4, strides=(2, 2), kernel_regularizer="l2(0.001)", kernel_constraint="max_norm(3)"),
    Residual(8),
    SqueezeAndExcitation(4),
    Branches(),
)


def small(input: Input, classes: int, *types: LayerType, **fields: Any) -> Draft:
    whole = [Rescaling(), *types, Flatten(), Dense(classes, activation="softmax")]
    return Draft(Network.of(input, whole), recipe=ONCE, **fields)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two classes in folders for training and validation, of images of several sizes."""
    root = tmp_path_factory.mktemp("images")
    random = np.random.default_rng(0)
    for part, count in (("train", 8), ("val", 4)):
        for name in ("Äpfel", "it's"):
            (root / part / name).mkdir(parents=True)
            for number in range(count):
                pixels = random.integers(0, 255, (20 + number, 24, 3), dtype=np.uint8)
                ending = "png" if number % 2 else "jpg"
                Image.fromarray(pixels).save(root / part / name / f"{number}.{ending}")
    return root


_RUN = """
import io, json, runpy, sys, contextlib
import numpy as np
found = []
for path in sys.argv[1:]:
    with contextlib.redirect_stdout(io.StringIO()):
        names = runpy.run_path(path)
    model, history = names["model"], names["model"].history.history
    found.append({
        "parameters": model.count_params(),
        "shapes": {one.name: list(one.output.shape[1:]) for one in model.layers},
        "loss": history["loss"], "accuracy": names.get("accuracy"),
        "parts": [sorted(name for name, _ in names[part]) for part in ("train", "validation", "test")],
    })
assert "engine" not in sys.modules
print(json.dumps(found))
"""


def run(folder: Path, scripts: list[Script]) -> list[dict[str, Any]]:
    """What the scripts do in a fresh process that knows nothing of this program; without their comments, too."""
    paths = []
    for number, script in enumerate(scripts):
        path = folder / f"script_{number}.py"
        path.write_text(without_comments(script.text), "utf-8")
        paths.append(str(path))
    done = subprocess.run([sys.executable, "-c", _RUN, *paths], cwd=folder, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    found: list[dict[str, Any]] = json.loads(done.stdout.splitlines()[-1])
    return found


@pytest.mark.timeout(200)
def test_scripts_run_with_plain_keras_build_the_same_network_and_train(tmp_path: Path, folder: Path) -> None:
    drafts = [
        small(Input(8, 8, "grayscale"), 10, *BLOCKS, augmentation=EVERY_CHANGE),
        small(
            Input(20, 16, "grayscale"),
            6,
            source=Source("sample:shapes?images=130&seed=7"),
            preprocessing=Preprocessing(20, 16, "grayscale", "pad", "lanczos"),
            split=Split(validation=0.0),
        ),
        small(
            Input(16, 16, "rgb"),
            2,
            source=Source(str(folder)),
            split=Split(rule="stratified", seed=3),
            augmentation=SOMETIMES,
        ),
    ]
    datasets = [open_dataset(dataclasses.replace(one.data)) for one in drafts[:2]]
    names = [digits.CLASS_NAMES, shapes.CLASS_NAMES, ("it's", "Äpfel")]
    folders = [(), (), ("train", "val")]
    scripts = [keras_script(*one) for one in zip(drafts, names, folders, strict=True)]
    found = run(tmp_path, scripts)
    for draft, one in zip(drafts, found, strict=True):
        analysis = analyse(draft.network)
        assert analysis.graph is not None
        assert one["parameters"] == analysis.parameters
        expected = {node.keras_name: list(analysis.facts[node.path].output_shape or ()) for node in analysis.graph}
        assert {name: shape for name, shape in one["shapes"].items() if name != "input"} == {
            name: shape for name, shape in expected.items() if name != "input"
        }
        assert len(one["loss"]) == 1
        assert np.isfinite(one["loss"][0])
        assert 0.0 <= one["accuracy"] <= 1.0
    for dataset, one in zip(datasets, found, strict=False):
        for number, part in enumerate(one["parts"]):
            assert part == sorted(id for id, place in zip(dataset.ids, dataset.parts, strict=True) if place == number)
    pooled = contents_of(drafts[2].source, Preprocessing(16, 16), Quiet())
    assert sorted(one for part in found[2]["parts"] for one in part) == sorted(pooled.ids)
    assert all(found[2]["parts"])


def test_the_script_draws_the_very_shapes_of_the_sample(tmp_path: Path) -> None:
    draft = dataclasses.replace(sample_draft(), source=Source("sample:shapes?images=600&seed=5"))
    (section,) = [one for one in keras_script(draft, shapes.CLASS_NAMES).sections if one.title == "The images"]
    (tmp_path / "images.py").write_text(section.text)
    names = runpy.run_path(str(tmp_path / "images.py"), {"np": np, "CLASS_NAMES": shapes.CLASS_NAMES})
    images = names["find_images"]()
    assert [number for _, number in images] == shapes.labels(600).tolist()
    pixels = np.stack([names["PIXELS"][name] for name, _ in images])
    assert np.array_equal(pixels, np.concatenate([shapes.draw(5, 0), shapes.draw(5, 1)])[:600])


@pytest.mark.parametrize(
    ("folders", "split", "lines"),
    [
        ((), Split(), ["train, validation, test = split(find_images(), validation=0.15, test=0.15)"]),
        (
            ("train", "val", "test"),
            Split(),
            ['train = find_images("train")', 'validation = find_images("val")', 'test = find_images("test")'],
        ),
        (("train", "val"), Split(), ['validation = find_images("val")', "test = []"]),
        (("Train", "test"), Split(validation=0.2), ["test=0", "validation=0.2", 'test = find_images("test")']),
        (("train", "val"), Split(rule="stratified"), ['find_images("train") + find_images("val")', "test=0.15"]),
        (
            (),
            Split(rule="k-fold", fold=2),
            ["train, validation, test = split(find_images(), folds=5, fold=2, test=0.15)"],
        ),
        (
            ("train", "val", "test"),
            Split(rule="k-fold"),
            ['find_images("train") + find_images("val")', "test=0", 'test = find_images("test")'],
        ),
        ((), Split(groups="name"), ["train, validation, test = deal(find_images(), [0.7, 0.15, 0.15])"]),
        (("train", "test"), Split(groups="folder"), ['deal(find_images("train"), [0.85, 0.15, 0])', "names[2]"]),
    ],
)
def test_images_are_divided_as_the_split_says(folders: tuple[str, ...], split: Split, lines: list[str]) -> None:
    draft = small(Input(8, 8, "rgb"), 2, source=Source("/data"), split=split)
    text = keras_script(draft, ("a", "b"), folders).text
    assert ("DATA / part / class_name" in text) is bool(folders)
    for line in lines:
        assert line in text


@pytest.mark.parametrize(
    "location", ["/data/photos.zip", "/data/mnist.npz", "/data/list.csv", "/data/x?pattern={class}_*"]
)
def test_images_in_a_file_are_said_to_be_needed_in_folders(location: str) -> None:
    text = keras_script(small(Input(8, 8, "rgb"), 2, source=Source(location)), ("a", "b")).text
    assert f"# {location}" in text
    assert "save them as image files with a folder for each class" in " ".join(text.split())
    compile(text, "script", "exec")


@pytest.mark.parametrize(
    ("ids", "found"),
    [
        (["a/1.png", "b/x/2.png"], True),
        (["train/a/1.png", "test/b/2.png"], True),
        (["x_train/0000000", "x_train/0000001"], False),
        (["a_1.png", "b_1.png"], False),
        (["img/1.png", "img/2.png"], False),
        ([], False),
    ],
)
def test_images_in_class_folders_are_told_by_their_ids(ids: list[str], found: bool) -> None:
    assert in_class_folders(ids, ("a", "b")) is found
    text = keras_script(small(Input(8, 8, "rgb"), 2, source=Source("/data")), ("a", "b"), in_folders=found).text
    assert ("The folder of the images must lie here" in text) is found
    assert ("This script reads images from folders" in text) is not found


def test_the_whole_script_is_read_back() -> None:
    draft = small(Input(8, 8, "grayscale"), 10, *BLOCKS)
    script = keras_script(draft, digits.CLASS_NAMES)
    assert read_network(script.text, draft.network).network == draft.network
    lines = script.text.split("\n")
    for layer in draft.network.layers:
        assert f'name="{layer.id}"' in " ".join(lines[one - 1] for one in script.lines.lines_of(layer.id))
    assert script.lines.path_at(lines.index("model = build_network()") + 1) == ""


def test_the_recipe_is_written_with_what_is_not_as_usual() -> None:
    text = keras_script(small(Input(8, 8, "grayscale"), 10), digits.CLASS_NAMES).text
    assert "optimizer=keras.optimizers.SGD(learning_rate=0.05, momentum=0.9)," in text
    assert "loss=keras.losses.CategoricalCrossentropy(label_smoothing=0.1)," in text
    assert "keras.callbacks.EarlyStopping(patience=2, restore_best_weights=True)" in text
    assert "optimizer=keras.optimizers.Adam()," in keras_script(sample_draft(), digits.CLASS_NAMES).text


def test_a_network_that_ends_in_no_probabilities_is_measured_with_them() -> None:
    network = Network.of(Input(8, 8, "grayscale"), [Flatten(), Dense(10)])
    assert "CategoricalCrossentropy(from_logits=True)" in keras_script(Draft(network), digits.CLASS_NAMES).text


@pytest.mark.parametrize("changes", [(), (RandomFlip(horizontal=False), RandomFlip(vertical=True), RandomZoom(0.2))])
def test_lines_are_short_and_names_are_quoted(changes: tuple[Any, ...]) -> None:
    odd = ("a", 'b"', "c'", "d\n", "ä" * 60, "\udc80")
    draft = small(Input(8, 8, "rgb"), 6, source=Source("/data/it's"), augmentation=Augmentation(changes))
    text = keras_script(dataclasses.replace(draft, curation=Curation(excluded=("a/1.png",))), odd).text
    found = [one for one in ast.parse(text).body if isinstance(one, ast.Assign)]
    values = {ast.unparse(one.targets[0]): one.value for one in found}
    assert ast.literal_eval(values["CLASS_NAMES"]) == list(odd)
    assert max(len(line) for line in text.split("\n")) <= 79
    assert "by hand is not in this script" in text
    if changes:
        assert text.count("layers.RandomFlip(") == 1
        assert 'layers.RandomFlip("horizontal_and_vertical", seed=SEED)' in text
        assert "layers.RandomZoom((-0.2, 0.2), seed=SEED + 1)" in text


@pytest.mark.parametrize(
    ("ids", "folders"),
    [
        (("train/cat/1.png", "val/cat/1.png", "train/dog/2.png"), ("train", "val")),
        (("cat/1.png", "dog/1.png"), ()),
        (("cat/more/1.png", "train/more/1.png"), ()),
        (("circle/0000001",), ()),
    ],
)
def test_folders_for_the_parts_are_told_from_the_images(ids: tuple[str, ...], folders: tuple[str, ...]) -> None:
    assert part_folders(ids) == folders


@pytest.mark.parametrize(
    ("folders", "split", "parts"),
    [
        ((), Split(), "train validation test"),
        ((), Split(test=0.0), "train validation"),
        (("train", "test"), Split(), "train validation test"),
        (("train", "val"), Split(), "train validation"),
        (("train", "val"), Split(rule="stratified", validation=0.0), "train test"),
        (("train",), Split(validation=0.0), "train test"),
        ((), Split(rule="k-fold", validation=0.0), "train validation test"),
        (("train", "val"), Split(rule="k-fold", test=0.0), "train validation"),
        (("train", "test"), Split(rule="k-fold", test=0.0), "train validation test"),
    ],
)
def test_which_parts_there_are(folders: tuple[str, ...], split: Split, parts: str) -> None:
    assert [one for one in PARTS if has_part(split, folders, one)] == [Part(one) for one in parts.split()]


def test_a_notebook_holds_the_same_code() -> None:
    script = keras_script(sample_draft(), digits.CLASS_NAMES)
    found = json.loads(notebook(script))
    assert (found["nbformat"], found["nbformat_minor"]) == (4, 5)
    code = ["".join(one["source"]) for one in found["cells"] if one["cell_type"] == "code"]
    assert code == [one.text for one in script.sections]
    assert len({one["id"] for one in found["cells"]}) == len(found["cells"])
    whole = ast.parse(script.text)
    assert ast.dump(ast.Module(whole.body[1:], [])) == ast.dump(ast.parse("\n".join(code)))


def test_what_changes_nothing_is_left_out_of_the_script() -> None:
    idle = (RandomFlip(horizontal=False), RandomZoom(probability=0.0), RandomSaturation())
    text = keras_script(small(Input(8, 8, "grayscale"), 10, augmentation=Augmentation(idle)), digits.CLASS_NAMES).text
    assert "augment(" not in text
    assert "Sometimes" not in text
    assert "if training:\n        dataset = dataset.map(" not in text


def test_what_keras_does_otherwise_is_said_and_how_often_is_kept() -> None:
    changes = (RandomZoom(probability=0.3), RandomNoise(), RandomNoise(probability=0.2), CutMix())
    draft = small(Input(8, 8, "rgb"), 10, augmentation=Augmentation(changes))
    text = keras_script(draft, digits.CLASS_NAMES).text
    sometimes = "layers.RandomZoom((-0.1, 0.1), seed=SEED),\n            0.3,\n            seed=SEED + 1,"
    assert f"Sometimes(\n            {sometimes}" in text
    assert "layers.Rescaling(1 / 255),\n        layers.GaussianNoise(0.025, seed=SEED + 2),\n" in text
    assert "# Unlike our RandomNoise: its noise always has the mean strength of\n" in text
    assert "It mixes all images,\n    # not 50% of them." in text
    assert "dataset.map(mix, " in text
    assert max(len(line) for line in text.split("\n")) <= 79


def test_a_script_with_changes_is_read_back() -> None:
    draft = small(Input(8, 8, "grayscale"), 10, *BLOCKS, augmentation=SOMETIMES)
    assert read_network(keras_script(draft, digits.CLASS_NAMES).text, draft.network).network == draft.network

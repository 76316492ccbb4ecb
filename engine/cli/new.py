"""`new`: a project from images and a template or a network's file."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from engine.analysis import analyse
from engine.cli import screen
from engine.cli.session import Session
from engine.cli.settings import with_settings
from engine.data.dataset import DatasetSpec
from engine.data.source import Source
from engine.data.words import counted
from engine.errors import EngineError
from engine.geometry import Shape
from engine.images.preprocessing import Preprocessing
from engine.layers.base import Moments
from engine.layers.input import Input
from engine.moments import normalized
from engine.network import Network
from engine.plan import Draft, network_from_json
from engine.project import create, project_folder, refuse_existing
from engine.recipe import Recipe
from engine.service.datasets import DatasetSummary, OpenDataset
from engine.service.measuring import MeasureChannels
from engine.storage import load_json
from engine.templates import template, template_recipe

DEFAULT_TEMPLATE = "starter"


def new(
    project: Path,
    /,
    *,
    data: Annotated[str, Parameter(name="--data")],
    template: Annotated[str | None, Parameter(name="--template")] = None,
    network: Annotated[Path | None, Parameter(name="--network")] = None,
    input: Annotated[str | None, Parameter(name="--input")] = None,
    settings: Annotated[tuple[str, ...], Parameter(name="--set", show_default=False)] = (),
    normalize: Annotated[bool, Parameter(name="--normalize", negative="")] = False,
) -> None:
    """Make a project: its images, a network that fits them, and a recipe.

    Args:
        project: Name or place; NAME becomes the folder NAME.convoscope.
        data: Where the images are: a folder with a folder for each class; a list of paths and labels (CSV); an NPZ, IDX
            or CIFAR file; a zip or tar file of any of these; sample:digits or sample:shapes.
        template: The network to begin with; "starter" where nothing is said.
        network: A JSON file with a network, instead of a template.
        input: Size of the network's input as HEIGHTxWIDTHxCHANNELS, such as 64x64x3; proposed from the images
            where nothing is said.
        settings: Give a value of the project, as NAME=VALUE, such as split.rule=k-fold, split.groups=name,
            preprocessing.resize=pad or recipe.epochs=30; may be given again.
        normalize: Set every Normalization layer by the mean and deviation of the training images, and add one where
            the network has none.
    """
    refuse_existing(project_folder(project))
    if template is not None and network is not None:
        raise EngineError(
            "A template and a network's file were both given.",
            "A project begins with one network.",
            "Leave out --template or --network.",
        )
    source = Source.parse(data)
    wanted = None if input is None else _shape(input)
    stack = None if network is None else network_from_json(load_json(network), str(network))
    if stack is not None and wanted is None:
        wanted = stack.input.shape
    preprocessing = (
        None if wanted is None else Preprocessing(wanted[0], wanted[1], "rgb" if wanted[2] == 3 else "grayscale")
    )
    with Session() as session:
        opened: DatasetSummary = session.run(OpenDataset(DatasetSpec(source, preprocessing)))
        draft = with_settings(_draft(opened, stack, template or DEFAULT_TEMPLATE), settings)
        if draft.data != opened.spec:
            opened = session.run(OpenDataset(draft.data))
        if normalize:
            pixels: Moments = session.run(MeasureChannels(draft.data))
            draft = dataclasses.replace(draft, network=normalized(draft.network, pixels))
    made = create(project, draft)
    _report(made.folder, draft, opened)


def _draft(opened: DatasetSummary, stack: Network | None, name: str) -> Draft:
    input = Input.of(opened.shape)
    if stack is None:
        network, recipe = template(name, input, len(opened.class_names)), template_recipe(name)
    else:
        network, recipe = dataclasses.replace(stack, input=input), Recipe()
    return Draft(network=network, recipe=recipe, preprocessing=opened.spec.preprocessing, source=opened.spec.source)


def _shape(text: str) -> Shape:
    match = re.fullmatch(r"(\d{1,6})[x×,](\d{1,6})[x×,](\d{1,6})", text.strip().lower())
    if match is None or int(match[3]) not in (1, 3):
        raise EngineError(
            f"The input cannot be {text!r}.",
            "The input is HEIGHTxWIDTHxCHANNELS; channels are 1 for grey and 3 for colour.",
            "Write it like --input 64x64x3",
        )
    return (int(match[1]), int(match[2]), int(match[3]))


def _report(folder: Path, draft: Draft, opened: DatasetSummary) -> None:
    analysis = analyse(draft.network, len(opened.class_names))
    size = " × ".join(map(str, opened.shape))
    screen.say(f"Made {folder}")
    screen.say(f"  {len(opened.ids):,} images in {len(opened.class_names)} classes, read as {size}")
    parameters = "" if analysis.parameters is None else f", {analysis.parameters:,} parameters"
    screen.say(f"  {len(draft.network.layers)} layers{parameters}")
    for line in opened.notes:
        screen.note(line)
    if opened.unreadable:
        first = opened.unreadable[0]
        screen.note(
            f"Left out: {counted(len(opened.unreadable), 'file')} that cannot be read, such as {first.path}: "
            f"{first.why}. main.py scan lists all."
        )
    for problem in analysis.problems:
        screen.note(f"{problem.what} {problem.expected} {problem.fix}")
    screen.say(f"Train it: main.py train {folder.stem if folder.parent == Path.cwd() else folder}")

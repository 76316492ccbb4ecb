"""`code`: the project as the Keras script that a person would write."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from engine.analysis import analyse
from engine.cli import screen
from engine.cli.projects import Project
from engine.code.class_names import made_up_names
from engine.code.data import in_class_folders, part_folders
from engine.code.saving import save_script
from engine.code.script import keras_script
from engine.data.opening import contents_of
from engine.errors import EngineError
from engine.jobs import Quiet
from engine.plan import Draft


def code(project: Path, /, *, out: Annotated[Path | None, Parameter(name="--out")] = None) -> None:
    """Write the Keras script that trains this network on these images, without this program.

    Args:
        project: The project.
        out: A file whose name ends in .py or .ipynb (a Jupyter notebook); printed where nothing is said.
    """
    opened = Project.open(project)
    class_names, folders, in_folders = _classes(opened.draft)
    script = keras_script(opened.draft, class_names, folders, in_folders=in_folders)
    for problem in analyse(opened.draft.network, len(class_names)).problems:
        screen.note(f"{problem.what} {problem.expected} {problem.fix}")
    if out is None:
        for line in script.text.rstrip("\n").split("\n"):
            screen.say(line)
        return
    save_script(out, script)
    screen.say(f"Wrote {out}")


def _classes(draft: Draft) -> tuple[tuple[str, ...], tuple[str, ...], bool]:
    """The names of the classes, the folders for the parts, and whether the images lie in class folders; the names are
    made up where the images cannot be reached.
    """
    try:
        contents = contents_of(draft.source, draft.preprocessing, Quiet())
    except EngineError as error:
        screen.note(f"{error.what} The names of the classes are made up in this script.")
        return made_up_names(draft.network), (), True
    labels = dict(draft.curation.labels)
    names = {labels.get(id, name) for id, name in zip(contents.ids, contents.classes, strict=True)}
    return tuple(sorted(names)), part_folders(contents.ids), in_class_folders(contents.ids, contents.classes)

"""`info`: the network with its figures, problems and advice."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from engine.analysis import Analysis, Facts, Problem, analyse
from engine.augmentation.advice import Advice, advise
from engine.cli import screen
from engine.cli.options import Json
from engine.cli.projects import Project
from engine.data.opening import contents_of
from engine.errors import EngineError
from engine.jobs import Quiet


def info(project: Path, /, *, json: Json = False) -> None:
    """Show the network: every layer's output and cost, and what is wrong with it.

    Args:
        project: The project.
        json: Print one JSON object instead of a table.
    """
    opened = Project.open(project)
    names = _class_names(opened)
    draft = opened.draft
    analysis = analyse(draft.network, len(names) or None)
    changes = advise(draft.augmentation, names, draft.network.input.shape)
    if json:
        screen.print_json(_as_json(opened, analysis, changes))
    else:
        _print(opened, analysis, changes)


def _class_names(project: Project) -> tuple[str, ...]:
    """The classes of the images; () where they cannot be reached, which is no fault of the network."""
    draft = project.draft
    try:
        return tuple(sorted(set(contents_of(draft.source, draft.preprocessing, Quiet()).classes)))
    except EngineError as error:
        screen.note(f"{error.what} Whether the network fits the classes is not known.")
        return ()


def _as_json(project: Project, analysis: Analysis, changes: tuple[Advice, ...]) -> dict[str, Any]:
    return {
        "project": str(project.folder),
        "layers": [_layer_json(one) for one in analysis.facts.values()],
        "parameters": analysis.parameters,
        "trainable": analysis.trainable,
        "macs": analysis.macs,
        "problems": [_problem_json(one) for one in analysis.problems],
        "advice": [*map(_problem_json, analysis.advice), *map(_change_json, changes)],
    }


def _problem_json(problem: Problem) -> dict[str, str]:
    return {"layer": problem.layer, "what": problem.what, "expected": problem.expected, "fix": problem.fix}


def _change_json(advice: Advice) -> dict[str, str]:
    """Advice on a change of the training images, which stands on no layer."""
    return {"layer": "augmentation", "what": advice.what, "expected": advice.expected, "fix": advice.fix}


def _layer_json(facts: Facts) -> dict[str, Any]:
    return {
        "name": facts.path,
        "kind": facts.kind,
        "output_shape": facts.output_shape,
        "parameters": facts.parameters,
        "trainable": facts.trainable,
        "macs": facts.macs,
        "receptive_field": facts.receptive_field,
    }


def _print(project: Project, analysis: Analysis, changes: tuple[Advice, ...]) -> None:
    screen.say(project.folder.name)
    columns = ("Layer", "Kind", "Output", "Parameters", "MACs", "Receptive field")
    rows = [_row(one) for one in analysis.facts.values()]
    screen.print_table(columns, rows, right=("Parameters", "MACs", "Receptive field"))
    screen.say(f"Parameters: {_number(analysis.parameters)}   MACs for one image: {_number(analysis.macs)}")
    _print_list("Problems", analysis.problems)
    _print_list("Advice", (*analysis.advice, *changes))


def _row(facts: Facts) -> tuple[str, ...]:
    depth = facts.path.count("/")
    return (
        "  " * depth + facts.path,
        facts.kind,
        _size(facts.output_shape),
        _number(facts.parameters),
        _number(facts.macs),
        _size(facts.receptive_field),
    )


def _size(sides: tuple[int, ...] | None) -> str:
    return "?" if sides is None else " × ".join(map(str, sides))


def _number(number: int | None) -> str:
    return "?" if number is None else f"{number:,}"


def _print_list(title: str, found: tuple[Problem | Advice, ...]) -> None:
    if found:
        screen.say(f"{title}:")
    for one in found:
        screen.say(f"  {one.what} {one.expected} {one.fix}")

"""A new layer type is one new file: nothing outside engine/layers asks what kind a layer is."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from engine.layers import layer_types

ROOT = Path(__file__).parents[2]
ALLOWED = {
    # A network's input is of one kind and stays it.
    ("engine/network.py", "Input"),
    # A graph has no blocks: one place expands them.
    ("engine/expansion.py", "Block"),
    # A block is a function of a script.
    ("engine/code/blocks.py", "Block"),
    # Whether there is an inside to open, draw or explain: asked of all blocks alike, whichever they are.
    ("engine/inside.py", "Block"),
    ("engine/picture/stations.py", "Block"),
    ("gui/explanation/choosing.py", "Block"),
    ("gui/indicators.py", "Block"),
    ("gui/models/layer_cards.py", "Block"),
    ("gui/stack/controller.py", "Block"),
    # Edits and differences of an inside of one's own: one block has one, and its methods are the edits.
    ("engine/inside.py", "Branches"),
    ("engine/comparison.py", "Branches"),
}


def _switches(tree: ast.AST) -> Iterator[str]:
    """Layer kinds that the code compares with, matches on or asks `isinstance` about."""
    kinds = {*layer_types(), "Block"}
    for node in ast.walk(tree):
        asked: list[ast.AST] = []
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id in ("isinstance", "issubclass")
        ):
            asked = [node.args[1]]
        elif isinstance(node, ast.Compare):
            asked = [node.left, *node.comparators]
        elif isinstance(node, ast.match_case):
            asked = [node.pattern]
        for part in asked:
            for leaf in ast.walk(part):
                name = getattr(leaf, "id", None) or getattr(leaf, "value", None) or getattr(leaf, "attr", None)
                if isinstance(name, str) and name in kinds:
                    yield name


def test_no_code_outside_the_layers_switches_on_a_layer_kind() -> None:
    found = {
        (file.relative_to(ROOT).as_posix(), name)
        for folder in ("engine", "gui")
        for file in (ROOT / folder).rglob("*.py")
        if "engine/layers" not in file.as_posix()
        for name in _switches(ast.parse(file.read_text(encoding="utf-8")))
    }
    assert found == ALLOWED


def test_a_switch_would_be_noticed() -> None:
    code = 'isinstance(one, (Dense, str))\nif kind == "Conv2D": ...\nmatch one:\n    case Flatten(): ...'
    assert sorted(_switches(ast.parse(code))) == ["Conv2D", "Dense", "Flatten"]

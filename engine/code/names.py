"""What names in code mean: Keras's, in every way that people import them."""

from __future__ import annotations

import ast

from engine.code.keras_signatures import ALIASES, signatures
from engine.layers import layer_types

LAYERS = "keras.layers."
_MODULES = ("layers", "models", "initializers", "regularizers", "constraints", "activations")
KEEPERS = ("keras.initializers.", "keras.regularizers.", "keras.constraints.")
"""Modules of what settings may be made of."""

_USUAL = {"keras": "keras", "tf": "tensorflow", "tensorflow": "tensorflow"} | {one: f"keras.{one}" for one in _MODULES}
_ELSEWHERE = {"keras.layers.Input": "keras.Input", "keras.layers.InputLayer": "keras.Input"}
_BARE = {"Sequential": "keras.Sequential", "Model": "keras.Model", "Input": "keras.Input", "max": "max", "min": "min"}


class Names:
    """The meaning of dotted names, by the usual habits and by the imports that the code itself has."""

    def __init__(self) -> None:
        self._imported: dict[str, str] = {}

    def add_import(self, statement: ast.Import | ast.ImportFrom) -> bool:
        """Take note of an import from Keras or TensorFlow; False for any other. Nothing is imported."""
        if isinstance(statement, ast.ImportFrom):
            module = statement.module or ""
            if statement.level or module.split(".")[0] not in {"keras", "tensorflow"}:
                return False
            for one in statement.names:
                self._imported[one.asname or one.name] = f"{module}.{one.name}"
            return True
        if any(one.name.split(".")[0] not in {"keras", "tensorflow"} for one in statement.names):
            return False
        for one in statement.names:
            if one.asname:
                self._imported[one.asname] = one.name
        return True

    def meaning(self, node: ast.expr) -> str:
        """The full name of what a name or dotted name stands for, such as "keras.layers.Conv2D"; "" for none."""
        parts: list[str] = []
        while isinstance(node, ast.Attribute):
            parts.append(node.attr)
            node = node.value
        if not isinstance(node, ast.Name) or len(parts) > 8:
            return ""
        root = self._imported.get(node.id) or _USUAL.get(node.id)
        if root is None and not parts:
            root = _BARE.get(node.id) or (LAYERS + node.id if is_layer(node.id) else None)
        return "" if root is None else _plain(".".join([root, *reversed(parts)]))


def is_layer(name: str) -> bool:
    """Whether it is the name of a layer, Keras's or our own."""
    return name in signatures() or name in ALIASES or name in layer_types()


def _plain(name: str) -> str:
    for start in ("tensorflow.python.keras.", "tensorflow.keras.", "tensorflow.compat.v1.keras."):
        if name.startswith(start):
            name = "keras." + name.removeprefix(start)
    for old, new in (
        ("keras.layers.experimental.preprocessing.", LAYERS),
        ("keras.api.", "keras."),
        ("keras.models.", "keras."),
        ("keras.src.layers.", LAYERS),
    ):
        if name.startswith(old):
            name = new + name.removeprefix(old)
    return _ELSEWHERE.get(name, name)

"""What is wrong with code, and where."""

from __future__ import annotations

import ast
from typing import Any

from engine.errors import EngineError


class CodeFault(EngineError):
    """A place in code that cannot become layers.

    Attributes:
        line: From 1.
        column: From 1, in characters.
    """

    def __init__(self, line: int, column: int, what: str, expected: str, fix: str) -> None:
        super().__init__(f"Line {line}, column {column}: {what}", expected, fix)
        self.line = line
        self.column = column
        self._parts = (line, column, what, expected, fix)

    def __reduce__(self) -> tuple[type[CodeFault], tuple[Any, ...]]:
        return CodeFault, self._parts


def fault(node: ast.AST, what: str, expected: str, fix: str) -> CodeFault:
    """The fault at a node of a tree that `engine.code.text.tree` gave."""
    return CodeFault(getattr(node, "lineno", 1), getattr(node, "col_offset", 0) + 1, what, expected, fix)

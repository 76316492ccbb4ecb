"""From text to a syntax tree, whatever the text is. A tree is looked at, never compiled or run."""

from __future__ import annotations

import ast
import textwrap
import warnings

from engine import limits
from engine.code.faults import CodeFault

_EXPECTED = "Code is Python as Keras's own examples write it."


def tree(text: str) -> ast.Module:
    """The syntax tree of `text`, indented as a whole or not; columns count characters.

    Raises:
        CodeFault: where it is too long, or no Python.
    """
    if len(text) > limits.MAX_CODE_CHARACTERS:
        raise CodeFault(
            1,
            1,
            f"The code has {len(text):,} characters.",
            f"Code of at most {limits.MAX_CODE_CHARACTERS:,} characters is read.",
            "Paste only the part that makes the layers.",
        )
    plain = _dedented(text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", " "))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of strings with odd backslashes
            found = ast.parse(plain)
    except SyntaxError as error:
        message = (error.msg or "this is no Python")[:200]
        line, column = error.lineno or 1, error.offset or 1
        raise CodeFault(
            max(1, line), max(1, column), f"this is no Python ({message}).", _EXPECTED, "Mend this line."
        ) from None
    except (ValueError, UnicodeError):
        raise CodeFault(1, 1, "the text holds characters that no code has.", _EXPECTED, "Copy it again.") from None
    except (RecursionError, MemoryError):
        raise CodeFault(1, 1, "something in it is nested too deeply.", _EXPECTED, "Write it more plainly.") from None
    _check_depth(found)
    _count_characters(found, plain.split("\n"))
    return found


def _check_depth(module: ast.Module) -> None:
    """Refuse trees on which a function that calls itself would run out of stack."""
    level: list[ast.AST] = [module]
    for _ in range(3 * limits.MAX_CODE_DEPTH):
        level = [inner for one in level for inner in ast.iter_child_nodes(one)]
        if not level:
            return
    raise CodeFault(
        getattr(level[0], "lineno", 1),
        getattr(level[0], "col_offset", 0) + 1,
        "something is nested too deeply here.",
        f"Brackets and calls stand at most {limits.MAX_CODE_DEPTH} deep in each other.",
        "Write it more plainly.",
    )


def _dedented(text: str) -> str:
    """The text moved to the left as far as its first line is indented, for a part copied out of a function."""
    first = next((line for line in text.split("\n") if line.strip()), "")
    return textwrap.dedent(text) if first[:1].isspace() else text


def _count_characters(module: ast.Module, lines: list[str]) -> None:
    """Let columns count characters: Python counts bytes, which differ after an umlaut."""
    plain = [line.isascii() for line in lines]
    if all(plain):
        return
    for node in ast.walk(module):
        number = getattr(node, "lineno", 0)
        if number and not plain[number - 1]:
            start = lines[number - 1].encode()[: node.col_offset]  # type: ignore[attr-defined]
            node.col_offset = len(start.decode(errors="replace"))  # type: ignore[attr-defined]

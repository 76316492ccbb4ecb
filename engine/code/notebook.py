"""A script as a Jupyter notebook: nbformat 4.5, a heading and a code cell for each section."""

from __future__ import annotations

import json
from typing import Any

from engine.code.script import Script


def notebook(script: Script, mark: str = "") -> str:
    """The text of an `.ipynb` file, without outputs; `mark` stands in its metadata."""
    cells = [_cell("title", "markdown", f"# {script.title}")]
    for number, section in enumerate(script.sections):
        cells.append(_cell(f"heading-{number}", "markdown", f"## {section.title}"))
        cells.append(_cell(f"code-{number}", "code", section.text))
    python = {"display_name": "Python 3", "language": "python", "name": "python3"}
    data = {
        "cells": cells,
        "metadata": {"kernelspec": python, "language_info": {"name": "python"}}
        | ({"convoscope": mark} if mark else {}),
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return json.dumps(data, indent=1) + "\n"


def _cell(id: str, kind: str, text: str) -> dict[str, Any]:
    cell: dict[str, Any] = {"cell_type": kind, "id": id, "metadata": {}, "source": text.splitlines(keepends=True)}
    return cell | {"execution_count": None, "outputs": []} if kind == "code" else cell

"""A section of a script: one thing that it does, with a title and the modules that it needs."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from engine.code.line_map import LineMap

KERAS: Final = "import keras"
LAYERS: Final = "from keras import layers"
NUMPY: Final = "import numpy as np"
TENSORFLOW: Final = "import tensorflow as tf"
HASHLIB: Final = "import hashlib"
PATHLIB: Final = "from pathlib import Path"


@dataclass(frozen=True)
class Section:
    """Some lines of a script that belong together; a cell of a notebook.

    Attributes:
        title: What it does, as a heading.
        text: The code, without a line break at its end.
        imports: Lines that import what it needs.
        lines: Which of its lines stand for which layer.
    """

    title: str
    text: str
    imports: frozenset[str] = frozenset()
    lines: LineMap = field(default_factory=LineMap)

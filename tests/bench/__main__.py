"""`python -m tests.bench NAME [REPEATS]`: run one benchmark and print its figures as one JSON object.

Every repeat goes to standard error as it comes. Nine repeats, where no number is given; fewer are for trying.
"""

from __future__ import annotations

import importlib
import json
import sys
from collections.abc import Sequence

from tests.bench.measuring import REPEATS

NAMES = ("augment", "browse", "edit", "evicted", "load", "memory", "predict", "scan", "stall", "train", "window")


def main(arguments: Sequence[str]) -> int:
    """Run the benchmark that `arguments` name; exit status 2 where there is none of that name."""
    name, repeats = (*arguments, "", str(REPEATS))[0], (*arguments[1:2], str(REPEATS))[0]
    if not 1 <= len(arguments) <= 2 or name not in NAMES or not repeats.isdecimal() or not int(repeats):
        print(f"Usage: python -m tests.bench NAME [REPEATS], with NAME one of {', '.join(NAMES)}", file=sys.stderr)
        return 2
    figures = importlib.import_module(f"tests.bench.{name}").run(int(repeats))
    print(json.dumps(figures))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

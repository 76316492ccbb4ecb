"""`python -m tests.bench NAME`: run one benchmark and print its figures as one JSON object on standard output."""

from __future__ import annotations

import importlib
import json
import sys
from pathlib import Path


def names() -> list[str]:
    """The benchmarks there are: every module of this folder that has a `run`."""
    here = Path(__file__).parent
    return sorted(one.stem for one in here.glob("*.py") if "\ndef run(" in one.read_text(encoding="utf-8"))


def main(arguments: list[str]) -> int:
    """Run the benchmark that `arguments` names; exit status 2 where there is none of that name."""
    if len(arguments) != 1 or arguments[0] not in names():
        print(f"Usage: python -m tests.bench NAME, with NAME one of {', '.join(names())}", file=sys.stderr)
        return 2
    figures = importlib.import_module(f"tests.bench.{arguments[0]}").run()
    print(json.dumps(figures, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

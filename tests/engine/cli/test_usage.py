"""Faults in what was typed: three lines, exit status 2, and the right words."""

from __future__ import annotations

import pytest

from engine.cli import VERBS
from tests.engine.cli.conftest import Command


@pytest.mark.parametrize(
    ("typed", "what", "expected", "fix"),
    [
        ("trian p", "no file, folder or verb called 'trian'", "train", "Did you mean main.py train?"),
        ("--foo", "main.py has no option --foo", "--version", "main.py --help"),
        ("train p --epoch 3", "main.py train has no option --epoch.", "--epochs", "Did you mean --epochs?"),
        ("train p --no-json", "has no option --no-json", "--json", "main.py train --help"),
        ("train p --epochs x", "--epochs cannot be 'x'", "a whole number", "main.py train --help"),
        ("train p --epochs 1 --epochs 2", "--epochs is given twice", "once", "main.py train --help"),
        ("train", "main.py train was not given PROJECT", "main.py train PROJECT", "main.py train --help"),
        ("train p q", "has no use for 'q'", "main.py train PROJECT", "main.py train --help"),
        ("maps p x.png --layer layer_002", "not given --out", "--layer LAYER --out OUT", "main.py maps --help"),
        ("evaluate p --weights middle", "--weights cannot be 'middle'", "best or last", "main.py evaluate --help"),
        ("predict p x.png --top 0", "--top cannot be 0", "at least 1", "5"),
        ("new p --data sample:digits --model m.keras", "has no option --model", "--network", "main.py new --help"),
    ],
)
def test_what_was_typed_wrong_is_told_in_three_lines(
    command: Command, typed: str, what: str, expected: str, fix: str
) -> None:
    lines = command(*typed.split()).refused()
    assert what in lines[0]
    assert expected in lines[1]
    assert fix in lines[2]


@pytest.mark.parametrize("verb", ["", *VERBS])
def test_help_names_what_there_is(command: Command, verb: str) -> None:
    said = command(*([verb] if verb else []), "--help")
    assert (said.status, said.err) == (0, "")
    assert said.out.startswith("Usage: main.py")
    if not verb:
        assert all(f" {one} " in said.out for one in VERBS)

"""`python -m tests.many [COUNT [SEED]]`: compare so many random settings and stacks with Keras, and print how many.

The suite does the same at a smaller size. Half are settings of single layers on random shapes, every kind alike, half
are whole stacks; only different ones count. 20,000, where no number is given: some minutes. What Keras sees otherwise
ends the run with the smallest example of it.
"""

from __future__ import annotations

import os
import sys
import warnings
from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from typing import Any

from hypothesis import given, seed, settings
from hypothesis import strategies as st

COUNT, SEED = 20_000, 1
_AT_ONCE = 100
"""Stacks between two looks at how many there are, and at what Keras still holds."""


def main(arguments: Sequence[str]) -> int:
    """Compare as many as `arguments` ask for; exit status 2 where they are no numbers."""
    if len(arguments) > 2 or not all(one.isdecimal() and int(one) for one in arguments):
        print("Usage: python -m tests.many [COUNT [SEED]]", file=sys.stderr)
        return 2
    count, number = (*map(int, arguments), *(COUNT, SEED)[len(arguments) :])
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
    found = compared(count, number)
    print(f"{sum(found.values()):,} compared, all as Keras has them:")
    for what in ("settings", "stacks"):
        accepted, refused = found[what, True], found[what, False]
        print(f"{accepted + refused:,} {what}: {accepted:,} accepted, {refused:,} refused")
    return 0


def compared(count: int, number: int = SEED) -> Counter[tuple[str, bool]]:
    """How many different settings and stacks, at least `count` together, were accepted (True) and refused (False)."""
    import keras

    from engine.layers import layer_types
    from tests.engine.layers.agreement import SINGLE, agree, networks, stacks_agree
    from tests.engine.layers.strategies import SHAPES, settings_of

    seen: set[Hashable] = set()
    found: Counter[tuple[str, bool]] = Counter()

    def singly(case: tuple[Any, Any]) -> None:
        type, shape = case
        _count("settings", (type, shape), agree(type, shape), seen, found)

    def stacked(network: Any) -> None:
        types = (network.input, *(one.type for one in network.layers))
        _count("stacks", types, stacks_agree(network), seen, found)

    for kind in SINGLE:
        cases = st.tuples(settings_of(layer_types()[kind]), SHAPES)
        _try(singly, cases, -(-count // 2 // len(SINGLE)), number)
        keras.backend.clear_session()
        print(f"{len(seen):,} after {kind}", file=sys.stderr, flush=True)
    while len(seen) < count:
        number += 1
        _try(stacked, networks(), _AT_ONCE, number)
        keras.backend.clear_session()
        print(f"{len(seen):,} after stacks", file=sys.stderr, flush=True)
    return found


def _try(check: Callable[[Any], None], cases: st.SearchStrategy[Any], examples: int, number: int) -> None:
    from tests.engine.layers.agreement import CALM

    with warnings.catch_warnings():
        warnings.simplefilter("error")  # as in the suite: a warning of Keras is a refusal
        quiet = settings(deadline=None, max_examples=examples, suppress_health_check=CALM, database=None)
        seed(number)(quiet(given(cases)(check)))()


def _count(what: str, case: Hashable, accepted: bool, seen: set[Hashable], found: Counter[tuple[str, bool]]) -> None:
    if case not in seen:
        seen.add(case)
        found[what, accepted] += 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

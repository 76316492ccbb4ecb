"""`python -m tests.fuzz [COUNT_PER_FORMAT [SEED]]`: damage so many files of every format, read each, print a table.

Every file goes to the reader that a person's file would meet, in a child process with limits of memory and time. None
may crash it, hang, or run what stands in the file; a damaged file is refused in words, or its good part is read.
2,000 a format, where no number is given: some minutes. The exit status is 1 where a file crashed or hung.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

from tests.fuzz.formats import FORMATS
from tests.fuzz.trying import Outcome, tried

COUNT, SEED = 2_000, 1
_COLUMNS = ("format", "tried", "past header", "refused", "accepted", "crashed", "hung", "markers", "lines")


def main(arguments: Sequence[str]) -> int:
    """Try as many as `arguments` ask for; exit status 2 where they are no numbers."""
    if len(arguments) > 2 or not all(one.isdecimal() and int(one) for one in arguments):
        print("Usage: python -m tests.fuzz [COUNT_PER_FORMAT [SEED]]", file=sys.stderr)
        return 2
    count, seed = (*map(int, arguments), *(COUNT, SEED)[len(arguments) :])
    print("".join(f"{one:>13}" for one in _COLUMNS), flush=True)
    outcomes = []
    for format in FORMATS:
        outcomes.append(tried(format, count, seed))
        print("".join(f"{one:>13}" for one in _cells(outcomes[-1])), flush=True)
    faults = [one for outcome in outcomes for one in outcome.faults]
    for fault in faults[:20]:
        print(fault, file=sys.stderr)
    total = sum(one.tried for one in outcomes)
    print(f"{total:,} files of {len(FORMATS)} formats tried; {len(faults):,} crashed or hung.")
    return 1 if faults or any(one.markers for one in outcomes) else 0


def _cells(one: Outcome) -> tuple[str, ...]:
    counts = one.counts
    return (
        one.name,
        f"{one.tried:,}",
        f"{counts['past'] / max(1, one.tried):.0%}",
        *(f"{counts[what]:,}" for what in ("refused", "accepted", "crashed", "hung")),
        str(one.markers),
        f"{len(one.lines & one.all_lines) / len(one.all_lines):.0%}",
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

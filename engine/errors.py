"""What the user is told when something cannot be done.

EngineError
    Bad input: a file, a setting or a request that cannot be used. Exit status 2 on the command line.
    └── Cancelled
        The user asked for the job to end. Nothing went wrong.
"""

from __future__ import annotations


class EngineError(Exception):
    """A fault in what the program was given, in three sentences a person understands.

    Attributes:
        what: What happened, in what context.
        expected: What the program expected instead.
        fix: What the user can do about it.
    """

    def __init__(self, what: str, expected: str, fix: str) -> None:
        super().__init__(what, expected, fix)
        self.what = what
        self.expected = expected
        self.fix = fix

    def __str__(self) -> str:
        return f"{self.what}\n{self.expected}\n{self.fix}"


class Cancelled(EngineError):
    """A job that ended because the user asked for it."""

    def __init__(self, what: str = "The job was cancelled.") -> None:
        super().__init__(what, "The job runs to its end unless it is cancelled.", "Start it again.")

    def __reduce__(self) -> tuple[type[Cancelled], tuple[str]]:
        return Cancelled, (self.what,)

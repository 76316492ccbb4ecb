"""Options that several verbs share."""

from __future__ import annotations

from typing import Annotated, Literal

from cyclopts import Parameter

Json = Annotated[bool, Parameter(name="--json", show_default=False)]
"""Whether the result is JSON on stdout instead of a table."""

RunName = Annotated[str, Parameter(name="--run", show_default=False)]
"""A run's id, or "" for the newest one with weights."""

WeightsName = Annotated[Literal["best", "last"], Parameter(name="--weights")]
"""Which weights of a run."""

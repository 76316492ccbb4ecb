"""Names for the classes of a script whose images are not known."""

from __future__ import annotations

from engine.analysis import analyse
from engine.network import Network

_FEWEST = 2
_MOST = 1_000


def made_up_names(network: Network) -> tuple[str, ...]:
    """As many names as values leave the network, from "class 1"; two where that is not known."""
    facts = list(analyse(network).facts.values())
    shape = facts[-1].output_shape if facts else None
    count = shape[-1] if shape else _FEWEST
    return tuple(f"class {number}" for number in range(1, min(count, _MOST) + 1))

"""Which layers are chosen after a click or a key that chooses several."""

from __future__ import annotations

from collections.abc import Sequence


def range_to(layers: Sequence[str], anchor: str, id: str) -> tuple[str, ...]:
    """All layers from the one that was chosen first to `id`.

    Args:
        layers: The ids of the stack, in order.
        anchor: Path of the card that was chosen first; where that is none of the layers, the first of them counts.
        id: One of the layers.
    """
    first_id = anchor.partition("/")[0]
    first = layers.index(first_id) if first_id in layers else 0
    last = layers.index(id)
    return tuple(layers[min(first, last) : max(first, last) + 1])


def toggled(chosen: Sequence[str], id: str) -> tuple[str, tuple[str, ...]]:
    """The current layer and all that are chosen when `id` is chosen as well, or no more; the last one stays."""
    if id not in chosen:
        return id, (*chosen, id)
    rest = tuple(one for one in chosen if one != id) or (id,)
    return rest[-1], rest

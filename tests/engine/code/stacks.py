"""Random stacks of whatever layer types there are, with labels and layers that are switched off."""

from __future__ import annotations

import io
import tokenize

from hypothesis import strategies as st

from engine.layers.input import Input
from engine.network import Network
from tests.engine.layers.strategies import layers

INPUTS = st.builds(Input, st.integers(1, 40), st.integers(1, 40), st.sampled_from(["rgb", "grayscale"]))
LABELS = st.text(max_size=40) | st.sampled_from(['"""', "x\n#", "größe", "'"])


@st.composite
def stacks(draw: st.DrawFn) -> Network:
    """A stack in whatever order, so that most have faults."""
    network = Network.of(draw(INPUTS), draw(st.lists(layers(), max_size=6)))
    for one in network.layers:
        if draw(st.booleans()):
            network = network.renamed(one.id, draw(LABELS))
        if draw(st.integers(0, 4)) == 0:
            network = network.set_enabled(one.id, False)
    return network


def without_comments(code: str) -> str:
    """The code with every comment taken away."""
    tokens = tokenize.generate_tokens(io.StringIO(code).readline)
    kept = [one for one in tokens if one.type != tokenize.COMMENT]
    return tokenize.untokenize(kept)

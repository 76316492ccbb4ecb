"""The project of the first start: handwritten digits and a small network, ready to train."""

from __future__ import annotations

from engine.data.source import Source
from engine.images.preprocessing import Preprocessing
from engine.layers.input import Input
from engine.network import Network
from engine.plan import Draft
from engine.templates.starter import Starter


def sample_draft() -> Draft:
    """The draft that a first start shows; plain Python, quick."""
    preprocessing = Preprocessing(height=8, width=8, channels="grayscale")
    input, template = Input.of(preprocessing.shape), Starter()
    return Draft(
        network=Network.of(input, template.layers(input, 10)),
        recipe=template.recipe(),
        preprocessing=preprocessing,
        source=Source("sample:digits"),
    )

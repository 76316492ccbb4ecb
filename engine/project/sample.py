"""The project of the first start: handwritten digits and a small network, ready to train."""

from __future__ import annotations

from engine.data.source import Source
from engine.images.preprocessing import Preprocessing
from engine.layers.input import Input
from engine.plan import Draft
from engine.templates import template, template_recipe


def sample_draft() -> Draft:
    """The draft that a first start shows; plain Python, quick."""
    preprocessing = Preprocessing(height=8, width=8, channels="grayscale")
    return Draft(
        network=template("starter", Input.of(preprocessing.shape), 10),
        recipe=template_recipe("starter"),
        preprocessing=preprocessing,
        source=Source("sample:digits"),
    )

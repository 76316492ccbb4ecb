"""Random layer types with random settings, and random shapes for them, drawn from what the types declare."""

from __future__ import annotations

import math
from typing import Any

from hypothesis import strategies as st

from engine.geometry import Shape
from engine.layers import LayerType, layer_types, stackable_types
from engine.parameters import Choice, Flag, Integer, Numbers, Pair, Parameter, Real
from engine.variants import Variant

MAPS: st.SearchStrategy[Shape] = st.tuples(st.integers(1, 9), st.integers(1, 9), st.integers(1, 6))
VECTORS: st.SearchStrategy[Shape] = st.tuples(st.integers(1, 12))
TABLES: st.SearchStrategy[Shape] = st.tuples(st.integers(1, 5), st.integers(1, 5))
SHAPES: st.SearchStrategy[Shape] = st.one_of(MAPS, MAPS, MAPS, VECTORS, TABLES)
STACKABLE = list(stackable_types())


def values_of(parameter: Parameter) -> st.SearchStrategy[Any]:
    """Allowed values, small ones, the default among them."""
    found: st.SearchStrategy[Any]
    if isinstance(parameter, Integer):
        found = st.integers(parameter.minimum, min(parameter.maximum, 6))
    elif isinstance(parameter, Real):
        # Numbers that float32 holds well: Keras computes in it.
        low, high = max(parameter.minimum, -4.0), min(parameter.maximum, 4.0)
        tenths = st.integers(math.ceil(low * 10), math.floor(high * 10)).map(lambda tenth: tenth / 10)
        found = tenths.filter(lambda value: value != low or not parameter.above)
        found = found.filter(lambda value: value != high or not parameter.below)
    elif isinstance(parameter, Choice):
        found = st.sampled_from(parameter.choices)
    elif isinstance(parameter, Pair):
        found = st.tuples(*[st.integers(parameter.minimum, 5)] * 2)
    elif isinstance(parameter, Numbers):
        found = st.lists(_listed(parameter), min_size=parameter.shortest, max_size=min(parameter.longest, 6)).map(tuple)
    elif isinstance(parameter, Variant):
        found = st.sampled_from(parameter.alternatives).map(lambda one: one.name)
    else:
        assert isinstance(parameter, Flag)
        found = st.booleans()
    usual: st.SearchStrategy[Any] = st.just(parameter.default)
    return st.one_of(usual, found, st.none()) if parameter.optional else st.one_of(usual, found)


def _listed(parameter: Numbers) -> st.SearchStrategy[Any]:
    low, high = max(parameter.minimum, -4), min(parameter.maximum, 6)
    whole = st.integers(math.ceil(low), math.floor(high))
    return whole if parameter.whole else whole.map(lambda one: one / 2).filter(lambda one: low <= one <= high)


def settings_of(type: type[LayerType]) -> st.SearchStrategy[LayerType]:
    """Random settings of one layer type."""
    return st.builds(type, **{one.name: values_of(one) for one in type.parameters()})


@st.composite
def layers(draw: st.DrawFn, kinds: tuple[str, ...] = tuple(STACKABLE)) -> LayerType:
    """A random layer type with random settings."""
    return draw(settings_of(layer_types()[draw(st.sampled_from(kinds))]))

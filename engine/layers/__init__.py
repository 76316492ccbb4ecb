"""The layer types: a module of this folder that defines one adds it to the palette, the form and the file format."""

from __future__ import annotations

import functools
import importlib
import inspect
import pkgutil

from engine.errors import EngineError
from engine.layers.base import Family, LayerType

__all__ = ["Family", "LayerType", "layer_type", "layer_types", "stackable_types"]


@functools.cache
def layer_types() -> dict[str, type[LayerType]]:
    """Every layer type by kind, ordered by family, then by kind."""
    modules = [importlib.import_module(f"{__name__}.{module.name}") for module in pkgutil.iter_modules(__path__)]
    found = [
        member
        for module in modules
        for member in vars(module).values()
        if inspect.isclass(member)
        and issubclass(member, LayerType)
        and member.__module__ == module.__name__
        and not inspect.isabstract(member)
    ]
    families = list(Family)
    found.sort(key=lambda one: (families.index(one.family), one.kind))
    return {one.kind: one for one in found}


def stackable_types() -> dict[str, type[LayerType]]:
    """The layer types that a stack may hold: all but the input, and those that join several inputs."""
    return {
        kind: one for kind, one in layer_types().items() if one.family is not Family.INPUT and not one.several_inputs
    }


def layer_type(kind: str) -> type[LayerType]:
    """The layer type called `kind`; raises EngineError where there is none."""
    try:
        return layer_types()[kind]
    except KeyError:
        raise EngineError(
            f"There is no layer type called {kind!r}.",
            "The layer types are: " + ", ".join(layer_types()) + ".",
            "Use one of these, or open the file with the version of the program that wrote it.",
        ) from None

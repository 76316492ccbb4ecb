"""Which operations there are: a module of this folder that defines one adds it to the window and the file format."""

from __future__ import annotations

import functools
import importlib
import inspect
import pkgutil
from pathlib import Path

from engine.augmentation.base import Family, Operation
from engine.errors import EngineError


@functools.cache
def augmentation_types() -> dict[str, type[Operation]]:
    """Every operation by kind, ordered by family, then by kind."""
    package = __name__.rpartition(".")[0]
    names = [one.name for one in pkgutil.iter_modules([str(Path(__file__).parent)])]
    found = [
        member
        for module in (importlib.import_module(f"{package}.{name}") for name in names)
        for member in vars(module).values()
        if inspect.isclass(member)
        and issubclass(member, Operation)
        and member.__module__ == module.__name__
        and not inspect.isabstract(member)
    ]
    families = list(Family)
    found.sort(key=lambda one: (families.index(one.family), one.kind))
    return {one.kind: one for one in found}


def augmentation_type(kind: str) -> type[Operation]:
    """The operation called `kind`; raises EngineError where there is none."""
    try:
        return augmentation_types()[kind]
    except KeyError:
        raise EngineError(
            f"There is no augmentation called {kind!r}.",
            "The augmentations are: " + ", ".join(augmentation_types()) + ".",
            "Use one of these, or open the file with the version of the program that wrote it.",
        ) from None

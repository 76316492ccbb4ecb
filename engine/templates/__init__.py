"""The templates: every module of this folder that defines one adds it to the choice."""

from __future__ import annotations

import functools
import importlib
import inspect
import pkgutil

from engine.errors import EngineError
from engine.layers.input import Input
from engine.network import Network
from engine.recipe import Recipe
from engine.templates.base import Template

__all__ = ["Template", "template", "template_names", "template_recipe", "templates"]


@functools.cache
def templates() -> dict[str, Template]:
    """Every template by name."""
    modules = [importlib.import_module(f"{__name__}.{module.name}") for module in pkgutil.iter_modules(__path__)]
    found = [
        member()
        for module in modules
        for member in vars(module).values()
        if inspect.isclass(member) and issubclass(member, Template) and not inspect.isabstract(member)
    ]
    return {one.name: one for one in found}


def template_names() -> tuple[str, ...]:
    """The names that `template` takes."""
    return tuple(templates())


def template(name: str, input: Input, classes: int) -> Network:
    """The network of the template called `name`, for these images and classes; EngineError where there is none."""
    return Network.of(input, _template(name).layers(input, classes))


def template_recipe(name: str) -> Recipe:
    """How to train the template called `name`; raises EngineError where there is none."""
    return _template(name).recipe()


def _template(name: str) -> Template:
    try:
        return templates()[name]
    except KeyError:
        raise EngineError(
            f"There is no template called {name!r}.",
            "The templates are: " + ", ".join(templates()) + ".",
            "Use one of these names.",
        ) from None

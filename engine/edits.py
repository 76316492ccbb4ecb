"""Edits as values: what a remedy does to a network or a recipe, said in words and done when it is asked for."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass

from engine.errors import EngineError
from engine.layers.base import LayerType, Settings
from engine.network import Network
from engine.parameters import Parameter, Value
from engine.recipe import Recipe


@dataclass(frozen=True)
class Edit(ABC):
    """One change that a person could have made; raises EngineError where it is not possible."""

    @abstractmethod
    def title(self, network: Network) -> str:
        """What it does to `network`, as the words of a button: "Set padding to same"."""

    def on_network(self, network: Network) -> Network:
        """The network with the change."""
        return network

    def on_recipe(self, recipe: Recipe) -> Recipe:
        """The recipe with the change."""
        return recipe


@dataclass(frozen=True)
class SetValues(Edit):
    """Other settings for a layer, which may stand inside a block.

    Attributes:
        path: The layer's path.
        settings: The settings that change.
        elsewhere: Whether it is another layer than the one with the problem, which is then named.
    """

    path: str
    settings: Settings
    elsewhere: bool = False

    def title(self, network: Network) -> str:
        type = self._type(network)
        said = [f"{_words(one)} to {_value(one, value)}" for one, value in _declared(type, self.settings)]
        return f"Set {' and '.join(said)}" + (f" in {type.kind}" if self.elsewhere else "")

    def on_network(self, network: Network) -> Network:
        id, *names = self.path.split("/")
        return network.set_type(id, _set(network.layer(id).type, names, self.settings))

    def _type(self, network: Network) -> LayerType:
        id, *names = self.path.split("/")
        return _inside(network.layer(id).type, names)


@dataclass(frozen=True)
class Insert(Edit):
    """New layers in the stack.

    Attributes:
        types: The layers, first one first.
        before: Id of the layer that they come before; "" puts them at the end.
    """

    types: tuple[LayerType, ...]
    before: str = ""

    def title(self, network: Network) -> str:
        said = [f"{one.kind} with {_outputs(one)}" if one.outputs_by else one.kind for one in self.types]
        return f"{'Insert' if self.before else 'Add'} {' and '.join(said)}"

    def on_network(self, network: Network) -> Network:
        place = network.index(self.before) if self.before else len(network.layers)
        for step, one in enumerate(self.types):
            network = network.added(one, place + step)
        return network


@dataclass(frozen=True)
class Remove(Edit):
    """A layer less; `elsewhere` as for SetValues."""

    id: str
    elsewhere: bool = False

    def title(self, network: Network) -> str:
        return f"Remove {network.layer(self.id).type.kind}" + (" above" if self.elsewhere else "")

    def on_network(self, network: Network) -> Network:
        return network.removed([self.id])


@dataclass(frozen=True)
class SwitchOff(Edit):
    """A layer that is kept but skipped."""

    id: str

    def title(self, network: Network) -> str:
        return f"Switch {network.layer(self.id).type.kind} off"

    def on_network(self, network: Network) -> Network:
        return network.set_enabled(self.id, False)


@dataclass(frozen=True)
class Move(Edit):
    """A layer that stands further up: before the layer called `before`."""

    id: str
    before: str

    def title(self, network: Network) -> str:
        return f"Move it above {network.layer(self.before).type.kind}"

    def on_network(self, network: Network) -> Network:
        return network.moved(self.id, network.index(self.before))


@dataclass(frozen=True)
class Replace(Edit):
    """Another kind of layer in the place of one."""

    id: str
    type: LayerType

    def title(self, network: Network) -> str:
        return f"Replace {network.layer(self.id).type.kind} by {self.type.kind}"

    def on_network(self, network: Network) -> Network:
        return network.set_type(self.id, self.type)


@dataclass(frozen=True)
class SetRecipe(Edit):
    """Another value of the recipe or its optimizer."""

    name: str
    value: Value

    def title(self, network: Network) -> str:
        parameter = Recipe.parameter(self.name)
        return f"Set {_words(parameter)} to {_value(parameter, self.value)}"

    def on_recipe(self, recipe: Recipe) -> Recipe:
        return recipe.with_value(self.name, self.value)


def _declared(type: LayerType, settings: Settings) -> list[tuple[Parameter, Value]]:
    return [(type.parameter(name), value) for name, value in settings]


def _words(parameter: Parameter) -> str:
    return parameter.label[:1].lower() + parameter.label[1:]


def _value(parameter: Parameter, value: Value) -> str:
    return f"{value:,}" if type(value) is int else parameter.text(value)


def _outputs(type: LayerType) -> str:
    number = getattr(type, type.outputs_by)
    return f"{number:,} {type.outputs_by if number != 1 else type.outputs_by.removesuffix('s')}"


def _inside(type: LayerType, names: list[str]) -> LayerType:
    """The layer inside a block of one's own, by the names on the way to it."""
    for name in names:
        child = type.drawn(name)
        if child is None:
            raise EngineError(
                f"The inside of {type.kind} follows from its settings.",
                "Only a block of your own has layers that can be set one by one.",
                f"Change the settings of {type.kind}.",
            )
        type = child
    return type


def _set(type: LayerType, names: list[str], settings: Settings) -> LayerType:
    if not names:
        return type.changed(**dict(settings))
    return type.with_child(names[0], _set(_inside(type, names[:1]), names[1:], settings))

"""The network as the user edits it: an immutable stack of layers."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from engine import limits
from engine.errors import EngineError
from engine.graph import INPUT_PATH
from engine.layers import LayerType, layer_type
from engine.layers.input import Input


@dataclass(frozen=True)
class Layer:
    """One card of the stack.

    Attributes:
        id: ASCII, given once and kept through renames, moves and saves ("layer_007").
        type: The layer type with its settings.
        label: The user's own name for it, or "".
        enabled: Whether it takes part; a disabled layer is kept but skipped.
    """

    id: str
    type: LayerType
    label: str = ""
    enabled: bool = True

    @property
    def title(self) -> str:
        """The label, or the kind where the user gave none."""
        return self.label or self.type.kind

    @property
    def full_title(self) -> str:
        """The title with the id, which tells layers of one title apart."""
        return f"{self.title} ({self.id})"


@dataclass(frozen=True)
class Network:
    """An immutable stack. Every edit gives a new Network.

    Attributes:
        input: The image that enters.
        layers: The stack, first layer first.
        next_number: The number of the next id, so that an id is never given twice.
    """

    input: Input
    layers: tuple[Layer, ...] = ()
    next_number: int = 1

    @classmethod
    def of(cls, input: Input, types: Iterable[LayerType]) -> Network:
        """A stack of these layer types, with fresh ids."""
        network = cls(input)
        for one in types:
            network = network.added(one)
        return network

    @property
    def stack(self) -> tuple[Layer, ...]:
        """The layers that take part."""
        return tuple(one for one in self.layers if one.enabled)

    def layer(self, id: str) -> Layer:
        """The layer called `id`, the input among them; raises EngineError where there is none."""
        if id == INPUT_PATH:
            return Layer(INPUT_PATH, self.input)
        for one in self.layers:
            if one.id == id:
                return one
        raise EngineError(
            f"There is no layer {id!r} in this network.",
            "The layers are: " + ", ".join([INPUT_PATH, *(one.id for one in self.layers)]) + ".",
            "Use one of these ids.",
        )

    def index(self, id: str) -> int:
        """The layer's place in the stack, from 0; raises EngineError for the input, which has none."""
        return self.layers.index(self._stacked(id))

    def _stacked(self, id: str) -> Layer:
        if id == INPUT_PATH:
            raise EngineError(
                "The input cannot be moved, copied, renamed, switched off or removed.",
                "Every network begins with its input.",
                "Change its height, width or channels instead.",
            )
        return self.layer(id)

    def added(self, type: LayerType, index: int | None = None) -> Network:
        """With a new layer before place `index`, or at the end."""
        if len(self.layers) >= limits.MAX_LAYERS:
            raise EngineError(
                f"The network already has {len(self.layers):,} layers.",
                f"A network has at most {limits.MAX_LAYERS:,} layers.",
                "Remove layers that are not needed.",
            )
        place = len(self.layers) if index is None else max(0, min(index, len(self.layers)))
        new = Layer(f"layer_{self.next_number:03d}", type)
        layers = (*self.layers[:place], new, *self.layers[place:])
        return dataclasses.replace(self, layers=layers, next_number=self.next_number + 1)

    def removed(self, ids: Iterable[str]) -> Network:
        """Without the layers called `ids`."""
        gone = {self._stacked(id).id for id in ids}
        return dataclasses.replace(self, layers=tuple(one for one in self.layers if one.id not in gone))

    def duplicated(self, *ids: str) -> Network:
        """With copies of the layers, in the order of the stack, right after the last of them."""
        sources = self._in_order(ids)
        network, place = self, self.index(sources[-1].id) + 1
        for more, source in enumerate(sources):
            network = network.added(source.type, place + more)
            copy = dataclasses.replace(network.layers[place + more], label=source.label, enabled=source.enabled)
            network = network._with(copy)
        return network

    def moved(self, ids: str | Iterable[str], index: int) -> Network:
        """With the layers taken out and put back, side by side, before place `index` of what remains."""
        moving = self._in_order([ids] if isinstance(ids, str) else ids)
        names = {one.id for one in moving}
        rest = [one for one in self.layers if one.id not in names]
        place = max(0, min(index, len(rest)))
        return dataclasses.replace(self, layers=(*rest[:place], *moving, *rest[place:]))

    def _in_order(self, ids: Iterable[str]) -> tuple[Layer, ...]:
        """The layers called `ids` in the order of the stack; raises EngineError where one of them is none."""
        wanted = {self._stacked(id).id for id in ids}
        return tuple(one for one in self.layers if one.id in wanted)

    def set_type(self, id: str, type: LayerType) -> Network:
        """With the layer's settings, or its kind, replaced; `id` may be the input's."""
        if id == INPUT_PATH:
            if not isinstance(type, Input):
                raise EngineError("The input cannot become another kind of layer.", "It stays Input.", "Add a layer.")
            return dataclasses.replace(self, input=type)
        return self._with(dataclasses.replace(self._stacked(id), type=type))

    def renamed(self, id: str, label: str) -> Network:
        """With the user's own name for a layer; "" gives its kind back."""
        return self._with(dataclasses.replace(self._stacked(id), label=label.strip()[: limits.MAX_LABEL_LENGTH]))

    def set_enabled(self, id: str, enabled: bool) -> Network:
        """With a layer switched on or off without removing it."""
        return self._with(dataclasses.replace(self._stacked(id), enabled=enabled))

    def _with(self, layer: Layer) -> Network:
        return dataclasses.replace(self, layers=tuple(layer if one.id == layer.id else one for one in self.layers))

    def to_json(self) -> dict[str, Any]:
        """The stack as JSON types; `from_json` reads it back."""
        return {
            "input": self.input.to_json(),
            "layers": [
                {
                    "id": one.id,
                    "kind": one.type.kind,
                    "values": one.type.to_json(),
                    "label": one.label,
                    "enabled": one.enabled,
                }
                for one in self.layers
            ],
            "next_number": self.next_number,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Network:
        """The inverse of `to_json`, for data whose outline a schema has checked.

        Raises:
            EngineError: for unknown kinds or settings, values out of range, ids that are unusable or given twice, too
                many layers.
        """
        layers = tuple(
            Layer(
                one["id"],
                layer_type(one["kind"]).from_json(one["values"]),
                one["label"][: limits.MAX_LABEL_LENGTH],
                one["enabled"],
            )
            for one in data["layers"]
        )
        _check_ids([one.id for one in layers])
        # An edited file may name a number that an id has taken already.
        taken = [int(one.id.removeprefix("layer_")) for one in layers if re.fullmatch(r"layer_\d{1,9}", one.id)]
        return cls(Input.from_json(data["input"]), layers, max(data["next_number"], *(one + 1 for one in taken), 1))


def _check_ids(ids: list[str]) -> None:
    if len(ids) > limits.MAX_LAYERS:
        raise EngineError(
            f"The file's network has {len(ids):,} layers.",
            f"A network has at most {limits.MAX_LAYERS:,} layers.",
            "Use a smaller network.",
        )
    for id in ids:
        if not re.fullmatch(r"[A-Za-z][A-Za-z0-9_]{0,63}", id) or id == INPUT_PATH:
            raise EngineError(
                f"A layer of the network has the id {id[:80]!r}.",
                "An id begins with a letter and has letters, digits and underscores only.",
                "Use an unchanged copy of the file.",
            )
    if len(set(ids)) != len(ids):
        raise EngineError(
            "Two layers of the network have the same id.",
            "Every layer has an id of its own.",
            "Use an unchanged copy of the file.",
        )

"""One pass over a network from the input down: expands blocks, and finds shapes, costs and faults on the way."""

from __future__ import annotations

import functools
import math
from dataclasses import dataclass, field
from fractions import Fraction

from engine import limits
from engine.facts import Facts, Problem
from engine.geometry import Elementwise, Full, Geometry, Lookup, Normalisation, Shape, Shapes, Window
from engine.graph import INPUT_PATH, Node
from engine.layers.base import Fault, LayerType, Settings
from engine.layers.block import Block, Child
from engine.network import Network
from engine.parameters import Pair2

Side = int | Fraction
"""Pixels of the image. Parts of a pixel occur below layers that enlarge maps; elsewhere int, which is far quicker."""

Sides = tuple[Side, Side]
"""Height and width."""


@dataclass(frozen=True)
class View:
    """How far one value of a tensor sees back onto the image: its field, and the step from one value to the next."""

    field: Sides = (1, 1)
    step: Sides = (1, 1)

    def through(self, geometry: Geometry, image: Shape) -> View:
        """The view of the values that a layer of this geometry makes.

        Source: Araujo and others, "Computing receptive fields of convolutional neural networks", Distill, 2019.
        """
        if isinstance(geometry, Window | Lookup):
            height, width = (self.field[axis] + (geometry.extent[axis] - 1) * self.step[axis] for axis in (0, 1))
            down, right = (self.step[axis] * geometry.strides[axis] for axis in (0, 1))
            return View((height, width), (down, right))
        over_places = isinstance(geometry, Normalisation) and not geometry.remembered and {0, 1} & set(geometry.axes)
        if isinstance(geometry, Full) or over_places:
            return View((image[0], image[1]), self.step)
        return self

    @property
    def pixels(self) -> Pair2:
        """The field in whole pixels: where values stand between pixels, the largest that one of them sees."""
        return (math.ceil(self.field[0]), math.ceil(self.field[1]))


@dataclass(frozen=True)
class Judgement:
    """What a layer type says about its inputs, gathered once; `shape` is None at a fault."""

    faults: tuple[Fault, ...]
    shape: Shape | None = None
    geometry: Geometry = field(default_factory=Elementwise)
    parameters: int = 0
    trainable: int = 0
    macs: int = 0
    unused: Pair2 = (0, 0)
    keeps_probabilities: bool = False
    remarks: tuple[Fault, ...] = ()


@functools.lru_cache(maxsize=4096)
def judge(type: LayerType, inputs: Shapes) -> Judgement:
    """What `type`, no block, says about `inputs`. Remembered, so that an edit costs little more than its own layer."""
    faults = _too_many_inputs(type, inputs) or type.faults(inputs)
    if faults:
        return Judgement(faults)
    shape = type.output_shape(inputs)
    faults = _too_large(type, shape)
    if faults:
        return Judgement(faults)
    weights = type.weights(inputs)
    geometry = type.geometry(inputs)
    return Judgement(
        (),
        shape,
        geometry,
        sum(math.prod(one.shape) for one in weights),
        sum(math.prod(one.shape) for one in weights if one.trainable),
        type.macs(inputs),
        geometry.unused(inputs[0]) if isinstance(geometry, Window) else (0, 0),
        type.keeps_probabilities(inputs),
        type.remarks(inputs),
    )


@functools.lru_cache(maxsize=1024)
def _children(block: Block, inputs: Shapes) -> tuple[Child, ...]:
    return block.children(inputs)


@dataclass
class Expansion:
    """What one pass over a network found.

    Attributes:
        image: Shape of the network's input.
        facts: By path, in the order of the stack; a block is followed by its children.
        problems: Of the layers by themselves; how the network ends is not looked at.
        remarks: What layers say is unwise about themselves, though nothing is wrong.
        nodes: The layers that are in order, blocks expanded.
        output: Path of the node whose values leave the network, or None at a fault.
        probable: Paths of the nodes whose values are probabilities.
    """

    image: Shape
    facts: dict[str, Facts] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    remarks: list[Problem] = field(default_factory=list)
    nodes: list[Node] = field(default_factory=list)
    output: str | None = None
    probable: set[str] = field(default_factory=set)
    _views: dict[str, View] = field(default_factory=dict)
    _shapes: dict[str, Shape] = field(default_factory=dict)

    def enter(self, path: str, title: str, type: LayerType, sources: tuple[str, ...]) -> str | None:
        """Add the layer that reads `sources`; return the path that gives its values, or None at a fault."""
        inputs = tuple(self._shapes[one] for one in sources)
        if isinstance(type, Block):
            return self._enter_block(path, title, type, sources, inputs)
        found = judge(type, inputs)
        if found.shape is None:
            self._report(path, title, found.faults)
            self.facts[path] = Facts(path, type.kind, inputs)
            return None
        view = _widest([self._views[one] for one in sources]).through(found.geometry, self.image)
        self.facts[path] = Facts(
            path,
            type.kind,
            inputs,
            found.shape,
            found.parameters,
            found.trainable,
            found.macs,
            view.pixels,
            found.unused,
            math.prod(found.shape),
        )
        if "/" not in path:  # what stands inside a block is the block's own choice
            self.remarks.extend(_said(path, title, found.remarks))
        self.nodes.append(Node(path, type, sources))
        self._views[path], self._shapes[path] = view, found.shape
        if type.gives_probabilities() or (found.keeps_probabilities and self.probable.issuperset(sources)):
            self.probable.add(path)
        return path

    def _report(self, path: str, title: str, faults: tuple[Fault, ...]) -> None:
        self.problems.extend(_said(path, title, faults))

    def _enter_block(self, path: str, title: str, block: Block, sources: tuple[str, ...], inputs: Shapes) -> str | None:
        self.facts[path] = Facts(path, block.kind, inputs)
        faults = _too_many_inputs(block, inputs) or block.faults(inputs)
        if faults:
            self._report(path, title, faults)
            return None
        places: dict[str, tuple[str, ...]] = {"": sources}
        last: str | None = None
        inside: list[Facts] = []
        children = _children(block, inputs)
        read = {name for child in children for name in child.inputs} | {children[-1].name}
        for child in children:
            child_path = f"{path}/{child.name}"
            reads = tuple(one for name in child.inputs for one in places[name])
            last = self.enter(child_path, f"{title}, {child.name}", child.type, reads)
            if last is None:
                return None
            if child.name not in read:
                self._report(child_path, f"{title}, {child.name}", _UNREAD)
                return None
            places[child.name] = (last,)
            inside.append(self.facts[child_path])
        assert last is not None, "a block has at least one child"
        self.facts[path] = Facts(
            path,
            block.kind,
            inputs,
            self._shapes[last],
            sum(one.parameters or 0 for one in inside),
            sum(one.trainable or 0 for one in inside),
            sum(one.macs or 0 for one in inside),
            self._views[last].pixels,
            inside[0].unused,
            sum(one.kept or 0 for one in inside),
        )
        return last


def expand(network: Network) -> Expansion:
    """The pass over `network`; after the first fault the layers below it stay unknown."""
    found = Expansion(network.input.shape)
    last = found.enter(INPUT_PATH, "Input", network.input, ())
    for layer in network.layers:
        if not layer.enabled:
            continue
        if last is None:
            found.facts[layer.id] = Facts(layer.id, layer.type.kind)
        else:
            last = found.enter(layer.id, layer.full_title, layer.type, (last,))
    found.output = last
    return found


def _widest(views: list[View]) -> View:
    """The view of a layer that reads several others: as far as the furthest of them."""
    if len(views) == 1:
        return views[0]
    fields, steps = [one.field for one in views], [one.step for one in views]
    return View(_largest(fields), _largest(steps))


def _largest(pairs: list[Sides]) -> Sides:
    return (max((one[0] for one in pairs), default=1), max((one[1] for one in pairs), default=1))


_UNREAD = (
    Fault(
        "No layer reads what leaves it, and it does not leave the block.",
        "Every layer of a block is read by another one; only the last is not.",
        "Let another layer read it (Add or Concatenate read several), or remove it.",
    ),
)


def _too_many_inputs(type: LayerType, inputs: Shapes) -> tuple[Fault, ...]:
    if len(inputs) < 2 or type.several_inputs:
        return ()
    return (
        Fault(
            f"It reads {len(inputs)} layers at once.",
            f"{type.kind} reads one; Add, Multiply and Concatenate read several.",
            "Let it read one layer, or put Add or Concatenate before it.",
        ),
    )


def _said(path: str, title: str, faults: tuple[Fault, ...]) -> list[Problem]:
    return [Problem(path, f"{title}: {one.what}", one.expected, one.fix, fault=one) for one in faults]


def _too_large(type: LayerType, shape: Shape) -> tuple[Fault, ...]:
    values = math.prod(shape)
    if values <= limits.MAX_LAYER_VALUES:
        return ()
    mends: tuple[Settings, ...] = ()
    if type.outputs_by:
        fewer = getattr(type, type.outputs_by) * limits.MAX_LAYER_VALUES // values
        mends = (((type.outputs_by, max(1, fewer)),),)
    return (
        Fault(
            f"For one image {values:,} values would leave this layer.",
            f"At most {limits.MAX_LAYER_VALUES:,} are possible.",
            "Lower its filters or units, or shrink what enters it with pooling or a smaller input.",
            mends,
        ),
    )

"""What the program knows about a network before any of it is built: shapes, costs, problems and advice.

Plain Python, fast enough to run after every keystroke; Keras is never asked.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from engine import limits
from engine.geometry import Full, Normalisation, Shape, Shapes, Window
from engine.graph import INPUT_PATH, Graph, Node
from engine.layers.base import Fault, LayerType
from engine.layers.block import Block
from engine.network import Layer, Network
from engine.parameters import Pair2


@dataclass(frozen=True)
class Problem:
    """Something about one layer that stops the network from being trained, or advice that does not.

    Attributes:
        layer: Path of the layer it stands on ("input" for the network as a whole).
    """

    layer: str
    what: str
    expected: str
    fix: str


@dataclass(frozen=True)
class Facts:
    """What is known about one layer; None where an error above it leaves it unknown.

    Attributes:
        path: The layer's id, or `id/child` inside a block.
        inputs: The shapes that enter.
        output_shape: The shape that leaves, without the batch.
        parameters: Weights, trainable or not.
        trainable: Weights that training changes.
        macs: Multiply-accumulate operations for one image.
        receptive_field: Height and width, in pixels of the input image, that one output value can see.
        unused: Rows and columns at the edge that no window reaches.
    """

    path: str
    kind: str
    inputs: Shapes | None = None
    output_shape: Shape | None = None
    parameters: int | None = None
    trainable: int | None = None
    macs: int | None = None
    receptive_field: Pair2 | None = None
    unused: Pair2 = (0, 0)


@dataclass(frozen=True)
class Analysis:
    """All that is known about a network.

    Attributes:
        facts: By path, in the order of the stack; a block is followed by its children.
        problems: What must be mended before training.
        advice: What would be better; never blocks.
        graph: The expanded network, or None where there are problems.
        parameters: Total, or None where it is not known.
    """

    facts: Mapping[str, Facts]
    problems: tuple[Problem, ...]
    advice: tuple[Problem, ...]
    graph: Graph | None
    parameters: int | None
    trainable: int | None
    macs: int | None

    def problems_of(self, id: str) -> tuple[Problem, ...]:
        """The problems on a layer or inside it."""
        return tuple(one for one in self.problems if one.layer == id or one.layer.startswith(id + "/"))


@dataclass(frozen=True)
class _View:
    """How far one value of a tensor sees back onto the image: its field, and the step from one value to the next."""

    field: Pair2 = (1, 1)
    step: Pair2 = (1, 1)


class _Walk:
    """One pass over a network, from the input down."""

    def __init__(self, network: Network) -> None:
        self.image = network.input.shape
        self.facts: dict[str, Facts] = {}
        self.problems: list[Problem] = []
        self.nodes: list[Node] = []
        self.views: dict[str, _View] = {}
        self.outputs: dict[str, Shape] = {}

    def enter(self, path: str, type: LayerType, sources: tuple[str, ...]) -> str | None:
        """Add the layer that reads `sources`; return the path that gives its values, or None at a fault."""
        inputs = tuple(self.outputs[one] for one in sources)
        found = type.faults(inputs)
        if found:
            self.problems.extend(Problem(path, one.what, one.expected, one.fix) for one in found)
            self.facts[path] = Facts(path, type.kind, inputs)
            return None
        if isinstance(type, Block):
            return self._enter_block(path, type, sources, inputs)
        shape = type.output_shape(inputs)
        weights = type.weights(inputs)
        parameters = sum(_size(one.shape) for one in weights)
        trainable = sum(_size(one.shape) for one in weights if one.trainable)
        geometry = type.geometry(inputs)
        view = self._view(geometry, sources)
        unused = geometry.unused(inputs[0]) if isinstance(geometry, Window) else (0, 0)
        self.facts[path] = Facts(
            path, type.kind, inputs, shape, parameters, trainable, type.macs(inputs), view.field, unused
        )
        self.nodes.append(Node(path, type, sources))
        self.views[path], self.outputs[path] = view, shape
        return path

    def _enter_block(self, path: str, block: Block, sources: tuple[str, ...], inputs: Shapes) -> str | None:
        self.facts[path] = Facts(path, block.kind, inputs)
        places: dict[str, tuple[str, ...]] = {"": sources}
        last: str | None = None
        inside: list[Facts] = []
        for child in block.children(inputs):
            child_path = f"{path}/{child.name}"
            reads = tuple(one for name in child.inputs for one in places[name])
            last = self.enter(child_path, child.type, reads)
            if last is None:
                return None
            places[child.name] = (last,)
            inside.append(self.facts[child_path])
        assert last is not None, "a block has at least one child"
        self.facts[path] = Facts(
            path,
            block.kind,
            inputs,
            self.outputs[last],
            sum(one.parameters or 0 for one in inside),
            sum(one.trainable or 0 for one in inside),
            sum(one.macs or 0 for one in inside),
            self.views[last].field,
        )
        return last

    def _view(self, geometry: object, sources: tuple[str, ...]) -> _View:
        before = [self.views[one] for one in sources] or [_View()]
        field = (max(one.field[0] for one in before), max(one.field[1] for one in before))
        step = (max(one.step[0] for one in before), max(one.step[1] for one in before))
        whole = (self.image[0], self.image[1])
        if isinstance(geometry, Full):
            return _View(whole, step)
        if isinstance(geometry, Normalisation):
            return _View(whole, step) if {0, 1} & set(geometry.axes) else _View(field, step)
        if isinstance(geometry, Window):
            wide = tuple(
                field[axis] + (geometry.size[axis] - 1) * geometry.dilation[axis] * step[axis] for axis in (0, 1)
            )
            steps = tuple(step[axis] * geometry.strides[axis] for axis in (0, 1))
            return _View((wide[0], wide[1]), (steps[0], steps[1]))
        return _View(field, step)


def _size(shape: Shape) -> int:
    size = 1
    for side in shape:
        size *= side
    return size


def analyse(network: Network, classes: int | None = None) -> Analysis:
    """Everything that is known about `network`.

    Args:
        network: The stack.
        classes: How many classes the dataset has, or None where no dataset is chosen yet.
    """
    walk = _Walk(network)
    last = walk.enter(INPUT_PATH, network.input, ())
    stack = [one for one in network.layers if one.enabled]
    for layer in stack:
        if last is None:
            walk.facts[layer.id] = Facts(layer.id, layer.type.kind)
            continue
        last = walk.enter(layer.id, layer.type, (last,))
    if last is not None:
        walk.problems.extend(_ending(stack, walk, last, classes))
    known = last is not None
    total = sum(walk.facts[node.path].parameters or 0 for node in walk.nodes)
    if known and total > limits.MAX_PARAMETERS:
        heaviest = max(walk.nodes, key=lambda node: walk.facts[node.path].parameters or 0)
        walk.problems.append(
            Problem(
                heaviest.path.split("/")[0],
                f"The network would have {total:,} parameters.",
                f"At most {limits.MAX_PARAMETERS:,} are possible.",
                "Lower the units of this layer, or shrink what enters it with pooling.",
            )
        )
    return Analysis(
        facts=walk.facts,
        problems=tuple(walk.problems),
        advice=(),
        graph=None if walk.problems or last is None else Graph(walk.image, tuple(walk.nodes), last),
        parameters=total if known else None,
        trainable=sum(walk.facts[node.path].trainable or 0 for node in walk.nodes) if known else None,
        macs=sum(walk.facts[node.path].macs or 0 for node in walk.nodes) if known else None,
    )


def _ending(stack: list[Layer], walk: _Walk, last: str, classes: int | None) -> list[Problem]:
    """What is wrong with the values that leave the network: they must be one number per class."""
    shape = walk.outputs[last]
    place = stack[-1].id if stack else INPUT_PATH
    faults: list[Fault] = []
    if not stack:
        faults.append(
            Fault(
                "The network has no layers yet.",
                "A network ends in one number for each class.",
                "Add layers; the last one is usually Dense with a softmax activation.",
            )
        )
    elif len(shape) != 1:
        size = " × ".join(map(str, shape))
        faults.append(
            Fault(
                f"The network ends in maps of {size}, not in one number for each class.",
                "The last layer gives as many numbers as there are classes.",
                "Add Flatten or GlobalAveragePooling2D and then Dense with one unit for each class.",
            )
        )
    elif classes is not None and shape[0] != classes:
        decisive = next((one for one in reversed(stack) if not one.type.without_classes()), stack[-1])
        place = decisive.id
        faults.append(
            Fault(
                f"The network ends in {shape[0]:,} numbers, and the dataset has {classes:,} classes.",
                "The network gives one number for each class.",
                f"Set units of {decisive.title} to {classes}.",
            )
        )
    return [Problem(place, one.what, one.expected, one.fix) for one in faults]

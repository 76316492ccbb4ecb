"""From code back to layers. Nothing of the code is ever run: its tree is looked at against a list of what is allowed.

Of a whole script only `build_network()` and the functions that it calls are read; the rest is written anew.
"""

from __future__ import annotations

import ast
import dataclasses
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from engine import limits
from engine.code.blocks import block_kind
from engine.code.expressions import Scope, add, as_stack
from engine.code.faults import CodeFault, fault
from engine.code.line_map import LineMap, numbered
from engine.code.names import Names
from engine.code.stack import BUILDER, network_code
from engine.code.statements import Statements
from engine.code.text import tree
from engine.code.values import MadeLayer, Stack, Tensor
from engine.graph import INPUT_PATH
from engine.inside import keeping_off
from engine.layers.input import Input
from engine.network import Layer, Network

_ID = re.compile(r"[a-z][a-z0-9_]{0,63}")


@dataclass(frozen=True)
class ReadNetwork:
    """A network that code makes, and where its layers stand in the code."""

    network: Network
    lines: LineMap


@dataclass(frozen=True)
class ReadLayers:
    """Layers that a piece of code makes.

    Attributes:
        layers: In order; ids are those that the code gives where they can be ids, or new ones.
        input: The image that enters, where the code says so.
    """

    layers: tuple[Layer, ...]
    input: Input | None


def read_network(text: str, base: Network) -> ReadNetwork:
    """The network that an edited script, or any code of a network, makes.

    Args:
        text: The code.
        base: The network as it was. Layers that the code names by their ids keep their labels, layers that are
            switched off keep their places, and where the code does not say what enters it stays the same.

    Raises:
        CodeFault: where the code makes no stack of the program's layers; says at which line and column.
    """
    stack = _stack(text, _own_functions(base))
    return _merged(stack, base)


def read_layers(text: str) -> ReadLayers:
    """The layers that a piece of code makes: a Sequential, lines that apply layers, or a list of layers.

    Raises:
        CodeFault: where it makes none, or others than the program's; says at which line and column.
    """
    stack = _stack(text, frozenset())
    empty = Network(stack.input or Input())
    return ReadLayers(_named(stack.layers, empty)[0], stack.input)


def _own_functions(base: Network) -> frozenset[str]:
    """How the functions look that the program itself writes for this network."""
    written = tree(network_code(base).text).body
    return frozenset(ast.dump(one) for one in written if isinstance(one, ast.FunctionDef))


def _stack(text: str, trusted: frozenset[str]) -> Stack:
    module = tree(text)
    names = Names()
    functions = {one.name: one for one in module.body if isinstance(one, ast.FunctionDef)}
    imports = [one for one in module.body if isinstance(one, ast.Import | ast.ImportFrom)]
    strangers = [one for one in imports if not names.add_import(one)]
    reader = Statements(names, functions, trusted)
    if BUILDER in functions:
        found = _built(reader, functions[BUILDER])
    else:
        if strangers:
            raise fault(
                strangers[0],
                "this imports something else than Keras.",
                "A piece of code needs Keras alone.",
                "Remove the line, and whatever needs it.",
            )
        body = [one for one in module.body if one not in imports and not isinstance(one, ast.FunctionDef)]
        found = _pasted(reader, body, functions)
    if len(found.layers) > limits.MAX_LAYERS:
        raise fault(
            found.layers[limits.MAX_LAYERS].node,
            f"the network has {len(found.layers):,} layers.",
            f"A network has at most {limits.MAX_LAYERS:,} layers.",
            "Remove layers that are not needed.",
        )
    return found


def _built(reader: Statements, function: ast.FunctionDef) -> Stack:
    if function.args.args or function.args.kwonlyargs or function.args.vararg or function.decorator_list:
        raise fault(function, f"{BUILDER} takes something.", f"It is def {BUILDER}():", "Write the values into it.")
    returned = reader.run(function.body, Scope())
    match returned:
        case Stack():
            return returned
        case Tensor():
            return as_stack(returned, function)
    raise fault(
        function,
        f"{BUILDER} returns no network.",
        "It ends with return keras.Model(inputs, x), or returns keras.Sequential([...]).",
        "Add the last line.",
    )


def _pasted(reader: Statements, body: Sequence[ast.stmt], functions: dict[str, ast.FunctionDef]) -> Stack:
    scope = Scope(fragment=True)
    returned = reader.run(body, scope)
    if not body and functions:
        makers = [one for one in functions.values() if not one.args.args and block_kind(one.name) is None]
        if len(makers) == 1:  # a function of another name that makes a network
            return _built(reader, makers[0])
    made = [one for one in (returned, *scope.loose, *scope.variables.values()) if isinstance(one, Stack)]
    loose = [one for one in scope.loose if isinstance(one, MadeLayer | Tensor)]
    stack = made[-1] if made else Stack()
    if not made and scope.frame.applied:
        stack = as_stack(Tensor(scope.frame, len(scope.frame.applied) - 1), body[-1])
    elif not made:
        for one in loose:
            add(stack, one, body[0])
    if not stack.layers:
        raise CodeFault(
            1,
            1,
            "there is no layer in this code.",
            "Code makes layers, such as keras.Sequential([...]) or x = layers.Flatten()(x).",
            "Copy the part that makes the layers.",
        )
    return stack


def _merged(stack: Stack, base: Network) -> ReadNetwork:
    layers, number = _named(stack.layers, base)
    labels = {one.id: one.label for one in base.layers if one.label}
    types = {one.id: one.type for one in base.layers}
    named = [
        dataclasses.replace(
            one, label=labels.get(one.id, one.label), type=keeping_off(one.type, types.get(one.id, one.type))
        )
        for one in layers
    ]
    network = Network(stack.input or base.input, tuple(_with_switched_off(named, base)), number)
    if len(network.layers) > limits.MAX_LAYERS:
        raise CodeFault(
            1,
            1,
            f"with those that are switched off there are {len(network.layers):,} layers.",
            f"A network has at most {limits.MAX_LAYERS:,} layers.",
            "Remove layers that are not needed.",
        )
    pairs = [(one.id, line) for one, made in zip(layers, stack.layers, strict=True) for line in made.lines]
    return ReadNetwork(network, numbered(pairs))


def _named(made: Sequence[MadeLayer], base: Network) -> tuple[tuple[Layer, ...], int]:
    """The layers with their ids, and the number of the next id."""
    wanted = {one.name for one in made}
    numbers = [int(one.removeprefix("layer_")) for one in wanted if re.fullmatch(r"layer_\d{1,9}", one)]
    number = max([base.next_number, *(one + 1 for one in numbers)])
    taken: set[str] = {INPUT_PATH}
    found = []
    for one in made:
        id, label = one.name, ""
        if not _ID.fullmatch(id) or id in taken:
            # Keras's names, such as "Erste Schicht", become labels.
            id, number = f"layer_{number:03d}", number + 1
            label = "" if one.name in taken or "." in one.name else _label(one.name)
        taken.add(id)
        found.append(Layer(id, one.type, label))
    return tuple(found), number


def _label(name: str) -> str:
    return "".join(one if one.isprintable() else " " for one in name).strip()[: limits.MAX_LABEL_LENGTH]


def _with_switched_off(layers: Sequence[Layer], base: Network) -> Iterator[Layer]:
    """The layers and, each after the one that it stood after, those of `base` that are switched off."""
    ids = {one.id for one in layers}
    after: dict[str, list[Layer]] = {}
    last = ""
    for one in base.layers:
        if one.id in ids:
            last = one.id
        elif not one.enabled:
            after.setdefault(last, []).append(one)
    yield from after.get("", [])
    for one in layers:
        yield one
        yield from after.get(one.id, [])

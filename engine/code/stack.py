"""The network as code: the functions of its blocks, and `build_network()`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from engine.code.arguments import as_call, block_arguments, layer_arguments
from engine.code.blocks import as_block, shape_after
from engine.code.functions import Function, Functions
from engine.code.line_map import Line, LineMap, numbered, owners
from engine.code.writing import INDENT, call, comment
from engine.geometry import Shape
from engine.graph import INPUT_PATH
from engine.network import Layer, Network

BUILDER = "build_network"
"""The function of a script that makes the network."""


@dataclass(frozen=True)
class NetworkCode:
    """The functions that make a network.

    Attributes:
        text: Without imports, ending in a line break.
        lines: Which line stands for which layer.
    """

    text: str
    lines: LineMap


def network_code(network: Network) -> NetworkCode:
    """The code of a network, whether it has faults or not; layers that are switched off become comments."""
    functions = Functions()
    if any(as_block(one.type) for one in network.stack):
        lines, called = _functional(network, functions)
    else:
        lines, called = _sequential(network), {}
    return _joined(functions, lines, called)


def layers_code(layers: Sequence[Layer], shape: Shape | None) -> str:
    """Some layers as code to paste elsewhere.

    Args:
        layers: In the order of the stack; those that are switched off become comments.
        shape: What enters the first of them, where that is known.
    """
    functions = Functions()
    if any(as_block(one.type) for one in layers if one.enabled):
        lines, called = _chain(layers, functions, shape, "x", indent="")
        return _joined(functions, lines, called).text
    inner = [line.text for one in layers for line in _entry(one)]
    return "\n".join(["keras.Sequential(", f"{INDENT}[", *inner, f"{INDENT}]", ")", ""])


def _joined(functions: Functions, lines: list[Line], called: dict[str, Function]) -> NetworkCode:
    whole: list[Line] = []
    starts: dict[str, int] = {}
    for function in functions:
        starts[function.name] = len(whole) + 1
        whole += [*(Line(one.text) for one in function.lines), Line(""), Line("")]
    pairs = list(owners(lines, len(whole) + 1))
    for path, function in called.items():
        pairs += _inside(path, function, functions, starts)
    text = "\n".join(one.text for one in (*whole, *lines)) + "\n"
    return NetworkCode(text, numbered(pairs))


def _inside(path: str, function: Function, functions: Functions, starts: dict[str, int]) -> list[tuple[str, int]]:
    found = []
    for owner, number in owners(function.lines, starts[function.name]):
        found.append((path, number))
        if owner:
            found.append((f"{path}/{owner}", number))
    for owner, name in function.calls.items():
        inner = _inside(f"{path}/{owner}", functions[name], functions, starts)
        found += inner
        found += [(path, number) for _, number in inner]
    return found


def _sequential(network: Network) -> list[Line]:
    return [
        Line(f"def {BUILDER}():"),
        Line(f'{INDENT}"""The layers one after the other, from the image down."""'),
        Line(f"{INDENT}return keras.Sequential("),
        Line(f"{INDENT * 2}["),
        Line(f"{INDENT * 3}{_input(network)},", INPUT_PATH),
        *(line for one in network.layers for line in _entry(one, INDENT * 3)),
        Line(f"{INDENT * 2}],"),
        Line(f'{INDENT * 2}name="network",'),
        Line(f"{INDENT})"),
    ]


def _functional(network: Network, functions: Functions) -> tuple[list[Line], dict[str, Function]]:
    lines, called = _chain(network.layers, functions, network.input.shape, "inputs", INDENT)
    whole = [
        Line(f"def {BUILDER}():"),
        Line(f'{INDENT}"""The layers one after the other, from the image down."""'),
        Line(f"{INDENT}inputs = {_input(network)}", INPUT_PATH),
        *lines,
        Line(f'{INDENT}return keras.Model(inputs, x, name="network")'),
    ]
    return whole, called


def _input(network: Network) -> str:
    return f'keras.Input(shape={network.input.shape}, name="{INPUT_PATH}")'


def _chain(
    layers: Sequence[Layer], functions: Functions, shape: Shape | None, read: str, indent: str
) -> tuple[list[Line], dict[str, Function]]:
    """Each layer applied to what left the one before; `read` is what the first one reads."""
    lines: list[Line] = []
    called: dict[str, Function] = {}
    for layer in layers:
        block = as_block(layer.type)
        lines += _remarks(layer, indent)
        if not layer.enabled:
            continue
        name = f'name="{layer.id}"'
        if block is None:
            arguments = [*layer_arguments(layer.type), name]
            texts = call(f"x = layers.{layer.type.kind}(", arguments, f")({read})", indent)
        else:
            function = functions.of(block, None if shape is None else (shape,))
            called[layer.id] = function
            arguments = [read, *block_arguments(block, function.settings), name]
            texts = call(f"x = {function.name}(", arguments, ")", indent)
        lines += [Line(text, layer.id) for text in texts]
        shape, read = shape_after(layer.type, (shape,)), "x"
    return lines, called


def _entry(layer: Layer, indent: str = INDENT * 2) -> list[Line]:
    """A layer as an entry of a list."""
    lines = _remarks(layer, indent)
    if layer.enabled:
        texts = call(f"layers.{layer.type.kind}(", [*layer_arguments(layer.type), f'name="{layer.id}"'], "),", indent)
        lines += [Line(text, layer.id) for text in texts]
    return lines


def _remarks(layer: Layer, indent: str) -> list[Line]:
    """The user's label, and a layer that is switched off, as comments."""
    texts = comment(layer.label, indent) if layer.label else []
    if not layer.enabled:
        texts += comment(f"Switched off: {as_call(layer.type)}", indent)
    return [Line(text, layer.id) for text in texts]

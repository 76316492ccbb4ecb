"""The functions of a script: one for every sort of block in it, shared by all blocks that are made alike."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from engine.code.arguments import block_arguments, layer_arguments, written
from engine.code.blocks import as_block, children, formulas, shape_after
from engine.code.line_map import Line
from engine.code.writing import CHANNELS, call, comment, docstring, identifier, snake
from engine.geometry import Shape, Shapes
from engine.layers.block import Block, Child


@dataclass(frozen=True)
class Function:
    """One function of the script.

    Attributes:
        settings: The block's settings that it takes.
        lines: All of it; an owner is the name of a layer inside.
        calls: By name of a layer inside that is a block itself, its function's name.
    """

    name: str
    settings: tuple[str, ...]
    lines: tuple[Line, ...]
    calls: dict[str, str] = field(default_factory=dict)


class Functions:
    """All functions that a script needs, each after those that it calls."""

    def __init__(self) -> None:
        self._by_name: dict[str, Function] = {}
        self._by_body: dict[tuple[str, tuple[str, ...], tuple[str, ...]], Function] = {}

    def __iter__(self) -> Iterator[Function]:
        return iter(self._by_name.values())

    def __getitem__(self, name: str) -> Function:
        return self._by_name[name]

    def of(self, block: Block, inputs: Shapes | None) -> Function:
        """The function that makes `block` where these shapes enter; written where there is none yet."""
        inside = children(block, inputs)
        if inside is None:
            inside_calls: dict[str, str] = {}
            used, body, calls = tuple(one.name for one in block.parameters()), _refusal(block), inside_calls
        else:
            used, body, calls = self._body(block, inputs, inside)
        given = [one.name for one in block.parameters() if getattr(block, one.name) != one.default]
        settings = tuple(one.name for one in block.parameters() if one.name in (*used, *given))
        key = (block.kind, settings, tuple(line.text for line in body))
        if key not in self._by_body:
            name = self._free_name(snake(block.kind))
            lines = (*_head(name, block, settings, used), *body)
            self._by_body[key] = self._by_name[name] = Function(name, settings, lines, calls)
        return self._by_body[key]

    def _free_name(self, wanted: str) -> str:
        number, name = 1, wanted
        while name in self._by_name:
            number += 1
            name = f"{wanted}_{number}"
        return name

    def _body(
        self, block: Block, inputs: Shapes | None, inside: tuple[Child, ...]
    ) -> tuple[tuple[str, ...], list[Line], dict[str, str]]:
        found = formulas(block, inputs) if inputs is not None else ()
        instead = found or ({},) * len(inside)
        names = _variables(inside, {identifier(one.name) for one in block.parameters()})
        shapes: dict[str, Shape | None] = {"": inputs[0] if inputs else None}
        lines: list[Line] = []
        calls: dict[str, str] = {}
        for child, formula in zip(inside, instead, strict=True):
            entering = tuple(shapes[one] for one in child.inputs)
            read = [names[one] for one in child.inputs]
            label = f'name=f"{{name}}.{child.name}"'
            inner = as_block(child.type)
            if inner is None:
                arguments = [*layer_arguments(child.type, tuple(formula.items())), label]
                end = f")({read[0]})" if len(read) == 1 else f")([{', '.join(read)}])"
                written_lines = call(f"{names[child.name]} = layers.{child.type.kind}(", arguments, end)
            else:
                known = tuple(one for one in entering if one is not None)
                function = self.of(inner, known if len(known) == len(entering) else None)
                calls[child.name] = function.name
                settings = _inner_arguments(inner, function.settings, formula)
                start = f"{names[child.name]} = {function.name}("
                written_lines = call(start, [*read, *settings, label], ")")
            lines += [Line(text, child.name) for text in written_lines]
            shapes[child.name] = shape_after(child.type, entering)
        lines.append(Line(f"    return {names[inside[-1].name]}"))
        told = {text for formula in instead for text in formula.values()}
        words = {word for text in told for word in re.findall(r"\w+", text)}
        if CHANNELS in words:
            lines.insert(0, Line(f"    {CHANNELS} = inputs.shape[-1]"))
        return tuple(one.name for one in block.parameters() if identifier(one.name) in words), lines, calls


def _inner_arguments(block: Block, names: tuple[str, ...], formula: dict[str, str]) -> list[str]:
    plain = dict(one.split("=", 1) for one in block_arguments(block, names))
    told = {identifier(name): text for name, text in formula.items() if name in names}
    return [f"{name}={text}" for name, text in (plain | told).items()]


def _head(name: str, block: Block, settings: tuple[str, ...], used: tuple[str, ...]) -> list[Line]:
    """The first lines of a function; what decided the layers below, and so is not read there, is said."""
    parameters = [block.parameter(one) for one in settings]
    arguments = [f"{identifier(one.name)}={written(one, one.default)}" for one in parameters]
    texts = [*call(f"def {name}(", ["inputs", *arguments, "*", "name"], "):", indent=""), *docstring(block.summary)]
    decided = [
        f"{identifier(one)} is {written(block.parameter(one), getattr(block, one))}"
        for one in settings
        if one not in used
    ]
    if decided:
        texts += comment(f"These are the layers where {' and '.join(decided)}.")
    return [Line(text) for text in texts]


def _refusal(block: Block) -> list[Line]:
    return [
        *(Line(text) for text in comment("What is inside cannot be told before the block's faults are mended.")),
        Line(f'    raise ValueError("{block.kind} cannot be made with these settings.")'),
    ]


def _variables(inside: tuple[Child, ...], taken: set[str]) -> dict[str, str]:
    """A name for what leaves each layer: `x` where only the next layer reads it, its own where others do."""
    names = {"": "inputs"}
    for number, child in enumerate(inside):
        readers = [one.name for one in inside if child.name in one.inputs]
        following = [one.name for one in inside[number + 1 : number + 2]]
        if readers == following:
            names[child.name] = "x"
            continue
        name = re.sub(r"\W", "_", child.name)
        while name in taken or name in names.values() or identifier(name) != name or name in _WORDS:
            name += "_output"
        names[child.name] = name
    return names


_WORDS = {"def", "return", "for", "if", "in", "is", "not", "or", "and", "as", "max"}

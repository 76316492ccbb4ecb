"""Statements of code, looked at and never run, one after the other; and the functions that blocks are."""

from __future__ import annotations

import ast
import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from engine.code.blocks import SOMEWHERE, block_kind, block_types, children
from engine.code.expressions import Expressions, Scope, add
from engine.code.faults import fault
from engine.code.making import Given, make_block
from engine.code.names import Names
from engine.code.values import Frame, MadeLayer, Stack, Tensor, as_children, chain, first_branching
from engine.code.writing import identifier
from engine.geometry import Shape
from engine.layers import LayerType
from engine.layers.block import Block, Child

_WITHOUT_LAYERS: Final = {"build", "compile", "evaluate", "fit", "predict", "save", "summary"}
"""Methods of a model that say nothing about its layers: they are passed over."""

_WORDS: Final[Mapping[str, str]] = {
    "For": "a loop",
    "AsyncFor": "a loop",
    "While": "a loop",
    "If": "a condition",
    "Match": "a condition",
    "Import": "an import",
    "ImportFrom": "an import",
    "With": "a with statement",
    "Try": "a try statement",
    "FunctionDef": "a function",
    "ClassDef": "a class",
    "Delete": "a deletion",
    "Raise": "an error",
    "AugAssign": "a change of a value",
}


class Statements(Expressions):
    """Reads the functions of a text.

    Args:
        functions: Those of the text, by name.
        trusted: How functions of blocks look that the program wrote itself (`ast.dump`): a call of one is the block.
    """

    def __init__(
        self, names: Names, functions: Mapping[str, ast.FunctionDef], trusted: frozenset[str] = frozenset()
    ) -> None:
        super().__init__(names)
        self._functions = functions
        self._trusted = trusted
        self._running: list[str] = []

    def run(self, body: Sequence[ast.stmt], scope: Scope) -> object | None:
        """What the statements return; None where they return nothing."""
        for statement in body:
            match statement:
                case ast.Return(value=ast.expr() as returned):
                    return self.value(returned, scope)
                case (
                    ast.Assign(targets=[ast.Name(id=name)], value=value)
                    | ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value)
                ):
                    if not self._passed_over(value, scope):
                        scope.variables[name] = self.value(value, scope)
                case ast.Expr(value=value):
                    self._said(value, scope)
                case ast.Pass():
                    pass
                case _:
                    raise _unread(statement)
        return None

    def _said(self, value: ast.expr, scope: Scope) -> None:
        if isinstance(value, ast.Constant) or self._passed_over(value, scope):
            return
        match value:
            case ast.Call(func=ast.Attribute(attr="add", value=ast.Name(id=name)), args=[entry]):
                stack = scope.variables.get(name)
                if isinstance(stack, Stack):
                    add(stack, self.value(entry, Scope(variables=scope.variables)), entry)
                    return
        found = self.value(value, scope)
        scope.loose += found if isinstance(found, tuple | list) else [found]

    def _passed_over(self, value: ast.expr, scope: Scope) -> bool:
        match value:
            case ast.Call(func=ast.Attribute(attr=method, value=ast.Name(id=name))) if method in _WITHOUT_LAYERS:
                return isinstance(scope.variables.get(name), Stack)
            case ast.Call(func=ast.Name(id="print")):
                return scope.fragment
        return False

    def own_function(self, name: str, node: ast.Call, scope: Scope) -> object | None:
        function, kind = self._functions.get(name), block_kind(name)
        if function is None and kind is None:
            return None
        if name in self._running or len(self._running) >= 8:
            raise fault(node, f"{name} calls itself.", "A function calls functions above it.", "Write the layers out.")
        if not node.args or any(one.arg is None for one in node.keywords):
            raise fault(
                node, f"{name} is called with nothing that enters.", f"Write {name}(x, ...).", "Name what enters."
            )
        read = self.entering(node.args[0], scope)
        _, keywords = self.arguments(ast.copy_location(ast.Call(node.func, [], node.keywords), node), scope)
        if len(read) != 1 or (len(node.args) > 1 and function is None):
            raise fault(
                node, f"{name} takes one input, and all else by name.", f"Write {name}(x, ...).", "Name the others."
            )
        positional = [Given(self.value(one, scope), one) for one in node.args[1:]]
        if function is None:
            assert kind is not None, "there is a function or a kind"
            return self._apply_block(kind, keywords, read[0], node)
        bound = self._bound(function, positional, keywords, node)
        if kind is not None and not _holds_any(kind) and ast.dump(function) in self._trusted:
            return self._apply_block(kind, bound, read[0], node)
        self._running.append(name)
        try:
            return self._looked_into(function, kind, bound, read[0], node)
        finally:
            self._running.pop()

    def _apply_block(self, kind: type[Block], given: Mapping[str, Given], read: Tensor, node: ast.Call) -> Tensor:
        return self.applied(MadeLayer(_block(kind, given, node), _name(given), node), (read,), node)

    def _bound(
        self, function: ast.FunctionDef, positional: list[Given], keywords: Mapping[str, Given], node: ast.Call
    ) -> dict[str, Given]:
        """The function's arguments by name, those that are left out with their default, without the first."""
        declared = function.args
        names = [one.arg for one in (*declared.posonlyargs, *declared.args)]
        if not names or declared.vararg or declared.kwarg:
            raise fault(
                function, f"{function.name} takes what is not known.", "It takes inputs first.", "Name them all."
            )
        found = dict(zip(names[1:], positional, strict=False))
        known = {*names[1:], *(one.arg for one in declared.kwonlyargs)}
        for name, one in keywords.items():
            if name not in known or name in found:
                raise fault(
                    one.node,
                    f"{function.name} has no argument {name[:60]}, or it is given twice.",
                    f"Its arguments are: {', '.join(sorted(known)) or 'none'}.",
                    "Leave it out.",
                )
            found[name] = one
        defaults = dict(zip(reversed(names), reversed(declared.defaults), strict=False))
        pairs = zip(declared.kwonlyargs, declared.kw_defaults, strict=True)
        defaults |= {one.arg: value for one, value in pairs if value is not None}
        for name in known - found.keys():
            if name not in defaults:
                raise fault(node, f"{function.name} is not given {name}.", "It needs it.", f"Add {name}=...")
            found[name] = Given(self.value(defaults[name], Scope()), defaults[name])
        return found

    def _looked_into(
        self,
        function: ast.FunctionDef,
        kind: type[Block] | None,
        bound: Mapping[str, Given],
        read: Tensor,
        node: ast.Call,
    ) -> Tensor:
        """A function that a person wrote or changed: a block if its layers are those of one, else its layers."""
        left: Tensor | None = None
        for shape in [read.shape] if read.shape else _likely_shapes(bound.values()):
            left = self._leaving(function, bound, shape)
            block = None if kind is None else _matching(kind, bound, node, shape, left)
            if block is not None:
                return self.applied(MadeLayer(block, _name(bound), node), (read,), node)
        assert left is not None, "there is a shape to try"
        inside = chain(left)
        if inside is not None:
            for layer in inside:
                read = self.applied(MadeLayer(layer.type, "", node), (read,), node)
            return read
        drawn = _drawn(as_children(left))
        if drawn is not None:
            return self.applied(MadeLayer(drawn, _name(bound), node), (read,), node)
        branching = first_branching(left)
        raise fault(
            branching.node if branching else function,
            f"the layers of {function.name} branch here, and are not those of a block with these settings.",
            "A function with branches holds the layers of a block, as the program writes them.",
            "Change the settings where the function is called, and leave the function as it was.",
        )

    def _leaving(self, function: ast.FunctionDef, bound: Mapping[str, Given], shape: Shape | None) -> Tensor:
        frame = Frame(shape)
        first = (*function.args.posonlyargs, *function.args.args)[0].arg
        scope = Scope(frame, {name: one.value for name, one in bound.items()} | {first: Tensor(frame, -1)})
        left = self.run(function.body, scope)
        if not isinstance(left, Tensor) or left.frame is not frame or not frame.applied:
            raise fault(
                function,
                f"{function.name} returns no layer's output.",
                "It ends with return x.",
                "Return what leaves it.",
            )
        return left


def _block(kind: type[Block], given: Mapping[str, Given], node: ast.Call) -> Block:
    own = {identifier(one.name) for one in kind.parameters()}
    for name in given.keys() - own - {"name"}:
        raise fault(
            given[name].node,
            f"{kind.kind} has no setting called {name[:60]!r}.",
            f"Its settings are: {', '.join(sorted(own))}.",
            "Leave it out.",
        )
    return make_block(kind, {name: one for name, one in given.items() if name != "name"}, node)


def _name(given: Mapping[str, Given]) -> str:
    value = given["name"].value if "name" in given else ""
    return value if isinstance(value, str) else ""


def _likely_shapes(given: Iterable[Given]) -> list[Shape]:
    """What may enter a block of a fragment, of which nothing is known but the numbers that it is given."""
    numbers = [one.value for one in given if type(one.value) is int and 0 < one.value < 10_000]
    channels = dict.fromkeys([*numbers, *(4 * one for one in numbers), SOMEWHERE[2], 3, 1])
    return [(SOMEWHERE[0], SOMEWHERE[1], one) for one in list(channels)[:10]]


def _holds_any(kind: type[Block]) -> bool:
    """Whether more than the settings decides what is inside."""
    return len(dataclasses.fields(kind)) > len(kind.parameters())


def _matching(
    kind: type[Block], given: Mapping[str, Given], node: ast.Call, shape: Shape | None, left: Tensor
) -> LayerType | None:
    """The block, if the layers that lead to `left` are its own, whatever they are called."""
    block = _block(kind, given, node)
    if _holds_any(kind):
        return kind.of_children(as_children(left))
    expected = children(block, None if shape is None else (shape,))
    if expected is None or _plain(expected) != _plain(as_children(left)) or left.place != len(expected) - 1:
        return None
    return block


def _plain(inside: tuple[Child, ...]) -> list[tuple[LayerType, tuple[int, ...]]]:
    """Settings and connections, without names."""
    places = {"": -1} | {one.name: place for place, one in enumerate(inside)}
    return [(one.type, tuple(places[name] for name in one.inputs)) for one in inside]


def _drawn(inside: tuple[Child, ...]) -> LayerType | None:
    """A block that can hold any layers, if there is one."""
    return next((found for type in block_types().values() if (found := type.of_children(inside))), None)


def _unread(statement: ast.stmt) -> Exception:
    what = _WORDS.get(type(statement).__name__, "something")
    return fault(
        statement,
        f"{what} stands here that is not read.",
        "Read are lines that make layers and join them, such as x = layers.Flatten()(x).",
        "Write the layers out one by one.",
    )

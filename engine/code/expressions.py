"""Expressions of code, looked at and never run: numbers, words, and the calls that make and join layers."""

from __future__ import annotations

import ast
import math
import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from engine import limits
from engine.code.arguments import Made
from engine.code.blocks import shape_after
from engine.code.faults import CodeFault, fault
from engine.code.making import Given, as_input, make_layer
from engine.code.names import KEEPERS, LAYERS, Names
from engine.code.values import Applied, Frame, MadeLayer, Stack, Tensor, chain, first_branching

_OPERATORS: Final[Mapping[type[ast.operator], Callable[[Any, Any], Any]]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.FloorDiv: operator.floordiv,
    ast.Mod: operator.mod,
}
_LARGEST: Final = 1e15
_READ: Final = (
    "Read are layers, Keras's initializers, regularizers and constraints, numbers, words and tuples of these."
)


@dataclass
class Scope:
    """The names of one function.

    Attributes:
        fragment: Whether a name that was never given a value may be what enters.
        loose: Layers and models that a fragment names without giving them to anything.
    """

    frame: Frame = field(default_factory=Frame)
    variables: dict[str, object] = field(default_factory=dict)
    fragment: bool = False
    loose: list[object] = field(default_factory=list)


class Expressions:
    """Gives the value of an expression in a scope; raises CodeFault at the place of all that it does not read."""

    def __init__(self, names: Names) -> None:
        self._names = names
        self._depth = 0
        self._steps = 0

    def value(self, node: ast.expr, scope: Scope) -> object:
        """What the expression stands for."""
        self._depth += 1
        self._steps += 1
        try:
            if self._depth > limits.MAX_CODE_DEPTH or self._steps > limits.MAX_CODE_STEPS:
                raise fault(
                    node,
                    "the code is nested too deeply or goes on too long here.",
                    f"Brackets and calls stand at most {limits.MAX_CODE_DEPTH} deep in each other.",
                    "Write it more plainly.",
                )
            return self._value(node, scope)
        finally:
            self._depth -= 1

    def _value(self, node: ast.expr, scope: Scope) -> object:
        match node:
            case ast.Constant(value=bool() | int() | float() | str() | None as found):
                return found
            case ast.Tuple(elts=parts):
                return tuple(self.value(one, scope) for one in parts)
            case ast.List(elts=parts):
                return [self.value(one, scope) for one in parts]
            case ast.UnaryOp(op=ast.USub() | ast.UAdd(), operand=inner):
                number = self._number(self.value(inner, scope), node)
                return -number if isinstance(node.op, ast.USub) else number
            case ast.BinOp():
                return self._computed(node, scope)
            case ast.JoinedStr(values=parts):
                return "".join(self._text_part(one, scope) for one in parts)[:500]
            case ast.Name() | ast.Attribute():
                return self._named(node, scope)
            case ast.Subscript():
                return self._side(node, scope)
            case ast.Call():
                return self._called(node, scope)
        raise _unread(node)

    def _computed(self, node: ast.BinOp, scope: Scope) -> object:
        left, right = self.value(node.left, scope), self.value(node.right, scope)
        compute = _OPERATORS.get(type(node.op))
        if isinstance(left, tuple) and isinstance(right, tuple) and compute is operator.add and len(left + right) < 20:
            return left + right
        a, b = self._number(left, node.left), self._number(right, node.right)
        try:
            found = compute(a, b) if compute else math.inf
        except (ZeroDivisionError, OverflowError):
            found = math.inf
        if not abs(found) < _LARGEST:
            raise fault(
                node, "this cannot be computed.", "Numbers are added, multiplied and divided.", "Write a number."
            )
        return found

    @staticmethod
    def _number(value: object, node: ast.expr) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) < _LARGEST:
            raise fault(node, "a number was expected here.", "Only numbers are computed with.", "Write a number.")
        return value

    def _text_part(self, node: ast.expr, scope: Scope) -> str:
        inner = node.value if isinstance(node, ast.FormattedValue) and node.format_spec is None else node
        found = self.value(inner, scope) if isinstance(inner, ast.Constant | ast.Name) else None
        if not isinstance(found, str | int):
            raise _unread(node)
        return str(found)[:500]

    def _named(self, node: ast.Name | ast.Attribute, scope: Scope) -> object:
        if isinstance(node, ast.Name) and node.id in scope.variables:
            return scope.variables[node.id]
        if isinstance(node, ast.Attribute) and node.attr == "shape" and isinstance(node.value, ast.Name):
            tensor = scope.variables.get(node.value.id)
            if isinstance(tensor, Tensor) and tensor.shape is not None:
                return (None, *tensor.shape)
        meaning = self._names.meaning(node)
        for start in ("keras.activations.", "tensorflow.nn."):
            if meaning.startswith(start):
                return meaning.removeprefix(start)
        if meaning.startswith(KEEPERS):
            return Made(meaning.rpartition(".")[2])
        shown = ast.unparse(node)[:60]
        raise fault(
            node, f"{shown} has no value here.", "A name is given a value before it is read.", "Write the value."
        )

    def _side(self, node: ast.Subscript, scope: Scope) -> object:
        sides, place = self.value(node.value, scope), self.value(node.slice, scope)
        if isinstance(sides, tuple) and type(place) is int and -len(sides) <= place < len(sides):
            return sides[place]
        raise _unread(node)

    def _called(self, node: ast.Call, scope: Scope) -> object:
        function = node.func
        if isinstance(function, ast.Name) and function.id not in scope.variables:
            found = self.own_function(function.id, node, scope)
            if found is not None:
                return found
        meaning = self._names.meaning(function) if not self._is_variable(function, scope) else ""
        if meaning.startswith(LAYERS):
            return make_layer(meaning.removeprefix(LAYERS), node, *self.arguments(node, scope))
        if meaning.startswith(KEEPERS):
            positional, keywords = self.arguments(node, scope)
            values = {name: one.value for name, one in keywords.items()}
            return Made(meaning.rpartition(".")[2], tuple(one.value for one in positional), values)
        match meaning:
            case "keras.Input":
                return self._input(node, scope)
            case "keras.Sequential":
                return self._stack(node, scope)
            case "keras.Model":
                return self._model(node, scope)
            case "max" | "min":
                return self._extreme(meaning, node, scope)
        if isinstance(function, ast.Call) or self._is_variable(function, scope):
            made = self.value(function, scope)
            if isinstance(made, MadeLayer) and len(node.args) == 1 and not node.keywords:
                return self.applied(made, self.entering(node.args[0], scope), node)
        shown = ast.unparse(function)[:60] if not isinstance(function, ast.Call) else "this"
        raise fault(node, f"{shown} is not called here.", _READ, "Remove it, or write the layers out.")

    @staticmethod
    def _is_variable(node: ast.expr, scope: Scope) -> bool:
        return isinstance(node, ast.Name) and node.id in scope.variables

    def own_function(self, name: str, node: ast.Call, scope: Scope) -> object | None:
        """What a function of the code itself, or of a block, gives; None where there is none of this name."""
        return None

    def arguments(self, node: ast.Call, scope: Scope) -> tuple[list[Given], dict[str, Given]]:
        """The arguments by place and by name."""
        spread = [one for one in node.args if isinstance(one, ast.Starred)]
        spread += [one.value for one in node.keywords if one.arg is None]  # type: ignore[misc]
        if spread:
            raise _unread(spread[0])
        positional = [Given(self.value(one, scope), one) for one in node.args]
        return positional, {one.arg: Given(self.value(one.value, scope), one.value) for one in node.keywords if one.arg}

    def entering(self, node: ast.expr, scope: Scope) -> tuple[Tensor, ...]:
        """What a layer reads: one tensor or a list of them."""
        parts = node.elts if isinstance(node, ast.List | ast.Tuple) else [node]
        found = []
        for part in parts:
            frame = scope.frame
            if scope.fragment and isinstance(part, ast.Name) and part.id not in scope.variables:
                if frame.entered not in ("", part.id):
                    raise fault(
                        part,
                        f"{part.id[:60]} has no value.",
                        "One thing enters a part of a network.",
                        "Copy more of it.",
                    )
                frame.entered = part.id
                scope.variables[part.id] = Tensor(frame, -1)
            value = self.value(part, scope)
            if not isinstance(value, Tensor) or value.frame is not frame:
                raise fault(
                    part, "a layer cannot read this.", "It reads what leaves another layer.", "Name a layer's output."
                )
            found.append(value)
        return tuple(found)

    def applied(self, layer: MadeLayer, read: tuple[Tensor, ...], node: ast.expr) -> Tensor:
        """What leaves the layer."""
        if not read:
            raise fault(node, "this layer reads nothing.", "A layer reads what leaves another.", "Name what it reads.")
        frame = read[0].frame
        if any(one.layer is layer for one in frame.applied):
            raise fault(
                node,
                "a layer is used twice.",
                "Each place has a layer of its own.",
                "Make a second layer for this place.",
            )
        if len(frame.applied) >= 4 * limits.MAX_LAYERS:
            raise fault(
                node, "the network becomes too large.", f"It has {limits.MAX_LAYERS:,} layers at most.", "Shorten it."
            )
        shape = shape_after(layer.type, tuple(one.shape for one in read))
        frame.applied.append(Applied(layer, tuple(one.place for one in read), shape))
        return Tensor(frame, len(frame.applied) - 1)

    def _input(self, node: ast.Call, scope: Scope) -> Tensor:
        positional, keywords = self.arguments(node, scope)
        shape = positional[0] if positional else keywords.get("shape") or keywords.get("input_shape")
        batch = keywords.get("batch_shape")
        if shape is None and batch is not None and isinstance(batch.value, tuple | list):
            shape = Given(tuple(batch.value[1:]), batch.node)
        if shape is None:
            raise fault(
                node, "this input has no shape.", "An input says the size of its images.", "Write shape=(28, 28, 1)."
            )
        frame = scope.frame
        if frame.input is not None or frame.applied:
            frame = Frame()  # of another model in the same code
            scope.frame = frame
        frame.input = as_input(shape.value, shape.node)
        frame.shape = frame.input.shape
        return Tensor(frame, -1)

    def _stack(self, node: ast.Call, scope: Scope) -> Stack:
        inner = Scope(variables=scope.variables)
        positional, keywords = self.arguments(node, inner)
        given = positional[0] if positional else keywords.get("layers") or Given([], node)
        if not isinstance(given.value, list | tuple):
            raise fault(
                given.node, "this is no list.", "A Sequential takes a list of layers.", "Write [ and ] around them."
            )
        stack = Stack()
        listed = isinstance(given.node, ast.List | ast.Tuple)
        for number, one in enumerate(given.value):
            add(stack, one, given.node.elts[number] if listed else given.node)  # type: ignore[attr-defined]
        return stack

    def _model(self, node: ast.Call, scope: Scope) -> Stack:
        positional, keywords = self.arguments(node, scope)
        given = positional[1] if len(positional) > 1 else keywords.get("outputs")
        if given is None or not isinstance(given.value, Tensor):
            raise fault(
                node, "this model has not one output.", "A model has inputs and one output.", "Name its output."
            )
        return as_stack(given.value, given.node)

    def _extreme(self, name: str, node: ast.Call, scope: Scope) -> float:
        positional, _ = self.arguments(node, scope)
        numbers = [self._number(one.value, node) for one in positional]
        if not numbers or node.keywords:
            raise _unread(node)
        return max(numbers) if name == "max" else min(numbers)


def add(stack: Stack, entry: object, node: ast.AST) -> None:
    """Put a layer, an input or another stack at the end of a stack."""
    match entry:
        case MadeLayer():
            if any(one is entry for one in stack.layers):
                raise fault(
                    node, "a layer is used twice.", "Each place has a layer of its own.", "Make a second layer."
                )
            stack.input = stack.input or entry.input
            stack.layers.append(entry)
        case Tensor(frame=frame, place=-1) if not stack.layers:
            stack.input = frame.input
        case Stack():
            stack.input = stack.input or entry.input
            stack.layers += entry.layers
        case _:
            raise fault(node, "what stands in this list is no layer.", "A Sequential holds layers.", "Remove it.")


def as_stack(tensor: Tensor, node: ast.AST) -> Stack:
    """The layers that lead to `tensor` as a stack; CodeFault where they branch."""
    found = chain(tensor)
    if found is None:
        branching = first_branching(tensor)
        raise fault(
            branching.node if branching else node,
            "here the network branches.",
            "A stack is one line of layers; branches stand inside a block.",
            "Write the part that branches as a function of its own, which takes inputs and a name.",
        )
    return Stack(found, tensor.frame.input or (found[0].input if found else None))


_UNREAD: Final[Mapping[str, str]] = {
    "Lambda": "a function without a name",
    "IfExp": "a choice",
    "ListComp": "a loop inside a list",
    "GeneratorExp": "a loop inside brackets",
    "SetComp": "a loop inside a set",
    "DictComp": "a loop inside a dictionary",
    "Dict": "a dictionary",
    "Set": "a set",
    "Compare": "a comparison",
    "BoolOp": "a condition",
    "Starred": "a list that is spread out",
    "Await": "a wait",
    "NamedExpr": "a value that is named inside an expression",
}


def _unread(node: ast.expr) -> CodeFault:
    what = _UNREAD.get(type(node).__name__, "something")
    return fault(node, f"{what} stands here that is not read.", _READ, "Write the layers out one by one.")

"""Texts of the operator table as functions of numbers.

A rule of gradcli's language is Python but for a few things: `^` is a power, a choice evaluates only what it takes,
whole numbers are floats too, and a function is what the table says. So Python's own parser reads it, and the table
needs none. A text may have steps before its last formula: `p = exp(x); p / (1 + p)`.
"""

import ast
import operator as python
from collections.abc import Callable, Mapping, Sequence
from typing import Any

# The numeric function of a row by its name, or its symbol if it is written between operands; None for a choice.
Spelling = Callable[[str], Callable[..., Any] | None]

_SYMBOLS: Mapping[type[ast.operator], tuple[str, str]] = {ast.Pow: ("^", "_Power"), ast.Div: ("/", "_Quotient")}


def function(
    text: str,
    parameters: Sequence[str],
    spelling: Spelling,
    constants: Mapping[str, Any],
    literal: Callable[[float], Any] = float,
) -> Callable[..., Any]:
    """The text as a function of its parameters; one that gives a tuple for several texts with commas between.

    `literal` makes a number of one that stands in the text.
    """
    *steps, formula = text.replace("^", "**").split(";")
    body = "".join(f"\n    {step.strip()}" for step in steps) + f"\n    return {formula.strip()}"
    tree = ast.parse(f"def rule({', '.join(parameters)}):{body}")
    scope: dict[str, Any] = {}
    translated = _Translation(spelling, constants, literal, scope).visit(tree)
    exec(compile(ast.fix_missing_locations(translated), "rule", "exec"), scope)
    return scope["rule"]  # type: ignore[no-any-return]


class _Translation(ast.NodeTransformer):
    """Python's tree of a rule into one that means what gradcli means; the functions that it calls go to the scope."""

    def __init__(
        self,
        spelling: Spelling,
        constants: Mapping[str, Any],
        literal: Callable[[float], Any],
        scope: dict[str, Any],
    ) -> None:
        self.spelling = spelling
        self.constants = constants
        self.literal = literal
        self.scope = scope

    def visit_Constant(self, node: ast.Constant) -> ast.expr:
        """A number is a float, unless another kind is asked for."""
        assert isinstance(node.value, int | float)
        number = self.literal(node.value)
        if isinstance(number, float):
            return ast.Constant(number)
        name = f"_number_{len(self.scope)}"
        self.scope[name] = number
        return ast.Name(name, ast.Load())

    def visit_Name(self, node: ast.Name) -> ast.expr:
        """A named constant is its value, or what gives it."""
        if node.id not in self.constants:
            return node
        value = self.constants[node.id]
        if isinstance(value, float):
            return ast.Constant(value)
        self.scope[f"_{node.id}"] = value
        return ast.Call(ast.Name(f"_{node.id}", ast.Load()), [], [])

    def visit_BinOp(self, node: ast.BinOp) -> ast.expr:
        """An operation: Python's own, or a function where that is another one."""
        operands: list[ast.expr] = [self.visit(node.left), self.visit(node.right)]
        symbol, own = _SYMBOLS.get(type(node.op), ("", ""))
        if not symbol or self.spelling(symbol) is python.truediv:
            return ast.BinOp(operands[0], node.op, operands[1])
        return self.call(symbol, own, operands)

    def visit_Call(self, node: ast.Call) -> ast.expr:
        """A call of a function of the table, or a choice."""
        arguments: list[ast.expr] = [self.visit(argument) for argument in node.args]
        assert isinstance(node.func, ast.Name)
        return self.call(node.func.id, f"_{node.func.id}", arguments)

    def call(self, name: str, own: str, arguments: list[ast.expr]) -> ast.expr:
        """A call under a name that no variable of a rule has."""
        spelled = self.spelling(name)
        if spelled is None:
            return ast.IfExp(*arguments)
        self.scope[own] = spelled
        return ast.Call(ast.Name(own, ast.Load()), arguments, [])

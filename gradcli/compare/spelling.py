"""How SymPy spells the operator table.

A function that SymPy has not is written as textbooks have it, or by its definition in the operator table; branches
are a `Piecewise`.
"""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from gradcli.operators.table import CONSTANT, OPERATORS, VARIABLE

# Functions that are constant but for jumps, and not made of others, or held at their value: their derivative is 0.
STEPS = [name for name, row in OPERATORS.items() if (row.function or row.held) and row.is_flat]


def _no_slope(*_: Any) -> int:
    """The derivative of a step function."""
    return 0


def spelling_of(sympy: Any) -> dict[str, Callable[..., Any]]:
    """How SymPy writes the operators of the table that are not made of others."""
    piecewise, exp, log = sympy.Piecewise, sympy.exp, sympy.log
    step = {name: type(f"step_{name}", (sympy.Function,), {"fdiff": _no_slope}) for name in STEPS}

    def largest(*arguments: Any) -> Any:
        found = arguments[0]
        for x in arguments[1:]:
            found = piecewise((x, x > found), (found, True))
        return found

    def smallest(*arguments: Any) -> Any:
        found = arguments[0]
        for x in arguments[1:]:
            found = piecewise((x, x < found), (found, True))
        return found

    plain = "exp sqrt sin cos tan asin acos atan atan2 sinh cosh tanh asinh acosh atanh erf erfc log "
    plain += "erfinv gamma digamma polygamma"
    return {
        **{name: getattr(sympy, name) for name in plain.split()},
        **step,
        "lgamma": sympy.loggamma,
        "identity": lambda x: x,
        "add": lambda x, y: x + y, "sub": lambda x, y: x - y, "mul": lambda x, y: x * y, "div": lambda x, y: x / y,
        "pow": lambda x, y: x**y, "neg": lambda x: -x,
        "lt": sympy.Lt, "le": sympy.Le, "gt": sympy.Gt, "ge": sympy.Ge, "eq": sympy.Eq, "ne": sympy.Ne,
        "and": sympy.And, "or": sympy.Or, "not": sympy.Not,
        "cbrt": lambda x: piecewise((sympy.cbrt(x), x >= 0), (-sympy.cbrt(-x), True)),
        "min": smallest, "max": largest,
        "where": lambda condition, a, b: piecewise((a, condition), (b, True)),
        "sum": sympy.Add, "length": lambda *arguments: sympy.sqrt(sympy.Add(*(x**2 for x in arguments))),
        "logsumexp": lambda *arguments: log(sympy.Add(*map(exp, arguments))),
    }  # fmt: skip


def by_formula(sympy: Any, spelling: Mapping[str, Any], formula: Mapping[str, Any], *arguments: Any) -> Any:
    """A function that is made of others."""
    letters = dict(zip(formula["parameters"], arguments, strict=True))
    return value_of(sympy, spelling, formula, lambda _, name, label: letters[label] if name == VARIABLE.name else None)


def value_of(
    sympy: Any, spelling: Mapping[str, Any], graph: Mapping[str, Any], leaf: Callable[[int, str, str], Any]
) -> Any:
    """The output of a graph; `leaf` gives what stands for a node by its index, operator and label, if anything does."""
    nodes: list[Any] = []
    for node, (name, inputs) in enumerate(zip(graph["operators"], graph["inputs"], strict=True)):
        label = graph["names"].get(str(node), "")
        found = leaf(node, name, label)
        if found is None and name == CONSTANT.name:
            found = _constant(sympy, graph["values"][str(node)], label)
        nodes.append(spelling[name](*[nodes[x] for x in inputs]) if found is None else found)
    return nodes[graph["output"]]


def is_known(name: str, spelling: Mapping[str, Any], formulas: Mapping[str, Any]) -> bool:
    """Whether SymPy has a function, or all of which it is made."""
    pending = [name]
    while pending:
        one = pending.pop()
        if one in (VARIABLE.name, CONSTANT.name):
            continue
        if one not in spelling:
            return False
        if isinstance(spelling[one], partial):
            pending += formulas[one]["operators"]
    return True


def _constant(sympy: Any, value: float, label: str) -> Any:
    named = {"pi": sympy.pi, "e": sympy.E}.get(label)
    return (
        named
        if named is not None
        else sympy.Rational(repr(value))
        if "e" not in repr(value)
        else sympy.Float(value, 17)
    )

"""How a page computes in fractions: the language of `fractions.js`, which has the functions that are called here.

A function that is not algebraic is given with the only point at which it is known to have a rational value; what has
none there is computed in doubles, as in `gradcli.export.backends.javascript`.
"""

from dataclasses import replace

from gradcli.draw.forms.program import Spelling
from gradcli.engine.certified.written import literals
from gradcli.export.backends.javascript import PAGE
from gradcli.graph import Graph
from gradcli.text import format_number

_AT = {
    **dict.fromkeys(("expm1", "log1p", "sin", "tan", "asin", "atan", "sinh", "tanh", "asinh", "atanh", "erf"), (0, 0)),
    **dict.fromkeys(("exp", "cos", "cosh", "erfc"), (0, 1)),
    **dict.fromkeys(("log", "acos", "acosh"), (1, 0)),
}
_COMPARED = {"lt": "< 0", "le": "<= 0", "gt": "> 0", "ge": ">= 0", "eq": "=== 0", "ne": "!== 0"}

LANGUAGE = replace(
    PAGE,
    calls={
        **PAGE.calls,
        **{name: f"only({PAGE.calls[name]}, {{0:OR}}, {x}, {value})" for name, (x, value) in _AT.items()},
        **{name: f"compare({{0:OR}}, {{1:OR}}) {sign}" for name, sign in _COMPARED.items()},
        "add": "plus", "sub": "minus", "mul": "times", "div": "over", "neg": "negated", "pow": "power",
        "abs": "size", "sign": "signOf", "floor": "floor", "ceil": "ceil", "round": "rounded", "min": "smallest",
        "max": "largest", "mod": "remainder", "hypot": "hypotenuse", "length": "hypotenuse",
        "sqrt": "rooted({0:OR}, 2n, Math.sqrt)", "cbrt": "rooted({0:OR}, 3n, Math.cbrt)",
        "atan2": "{0:SUM} == 0 && {1:SUM} > 0 ? rational(0) : Math.atan2({0:OR}, {1:OR})",
        "log2": "logarithm(2, Math.log2)({0:OR})", "log10": "logarithm(10, Math.log10)({0:OR})",
    },
    number=lambda value: f"rational({format_number(value)})",
    lists={"sum": "total([{all}])"},
    symbols={symbol: PAGE.symbols[symbol] for symbol in ("and", "or", "not")},
)  # fmt: skip

SPELLING = Spelling(
    LANGUAGE,
    least="function least(a, b) {\n  return a*b <= 0 ? rational(0) : size(a) < size(b) ? a : b;\n}",
    share="over(rational(1), rational({}))",
    zero="rational(0)",
)


def constants(graph: Graph) -> dict[int, float | str]:
    """The numbers of a graph as they are written; named constants, which are no fractions, as doubles."""
    return {node: graph.values[node] if node in graph.names else str(x) for node, x in literals(graph).items()}

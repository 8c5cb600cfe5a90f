"""The export for plain Python: a function on floats with the standard library alone."""

import keyword
from collections.abc import Sequence

from gradcli.derive import derive
from gradcli.export.lowering import Language, lower
from gradcli.export.naming import function_name, names_for, summary
from gradcli.gradient import Result
from gradcli.graph import Graph
from gradcli.operators import VARIABLE

HELPERS = {
    "sign": "def sign(x):\n    return float((x > 0) - (x < 0))",
    "floor": "def floor(x):\n    return float(math.floor(x))",
    "ceil": "def ceil(x):\n    return float(math.ceil(x))",
    "round_half_even": "def round_half_even(x):\n    return float(round(x))",
    "clip": "def clip(x, low, high):\n    return min(max(x, low), high)",
    "sinc": "def sinc(x):\n    return math.sin(x)/x if x else 1.0",
    "relu": "def relu(x):\n    return x if x >= 0 else 0.0",
    "leaky_relu": "def leaky_relu(x, slope):\n    return x if x >= 0 else slope*x",
    "elu": "def elu(x):\n    return x if x >= 0 else math.expm1(x)",
    "sigmoid": """def sigmoid(x):
    power = math.exp(-abs(x))  # never overflows
    return 1.0/(1.0 + power) if x >= 0 else power/(1.0 + power)""",
    "softplus": "def softplus(x):\n    return max(x, 0.0) + math.log1p(math.exp(-abs(x)))",
    "silu": "def silu(x):\n    return x*sigmoid(x)",
    "gelu": "def gelu(x):\n    return x*math.erfc(-x*math.sqrt(0.5))/2.0",
    "logsumexp": """def logsumexp(*arguments):
    largest = max(arguments)
    return largest + math.log(math.fsum(math.exp(x - largest) for x in arguments))""",
}

_MATH = (
    "exp expm1 log log2 log10 log1p sqrt cbrt sin cos tan asin acos atan atan2 sinh cosh tanh asinh acosh atanh "
    "hypot erf erfc"
)

CALLS = {
    **{name: f"math.{name}" for name in _MATH.split()},
    **{name: name for name in HELPERS},
    "pow": "math.pow", "abs": "abs", "min": "min", "max": "max",
    "round": "round_half_even",
    "mod": "{0:6}%{1:7}",
    "where": "{1:1} if {0:1} else {2:1}",
}  # fmt: skip

CONSTANTS = {"pi": "math.pi", "tau": "math.tau", "e": "math.e"}

RESERVED = frozenset([*keyword.kwlist, *HELPERS, "math", "abs", "min", "max", "round", "float"])

LANGUAGE = Language(CALLS, HELPERS, repr, CONSTANTS, RESERVED, "{name} = {text}", lazy=True)


def source(graph: Graph, wrt: list[str] | None, result: Result | None, name: str | None) -> str:
    """A module with a function `value_and_gradient(variables…)` that returns `(value, {name: slope})`.

    It raises what `math` raises where there is no finite value.
    """
    return module(graph, wrt, result, name, LANGUAGE)


def module(
    graph: Graph,
    wrt: list[str] | None,
    result: Result | None,
    name: str | None,
    language: Language,
    decorators: Sequence[str] = (),
    constant: str = "{}",
) -> str:
    """The module in plain Python or NumPy; `constant` is how a constant slope is returned beside the value."""
    own = function_name(name, "value_and_gradient", language.reserved)
    derivatives = derive(graph, wrt)
    whole = derivatives.graph
    names = names_for(whole, language.reserved, own=own)
    code = lower(whole, [whole.output, *derivatives.roots.values()], language, names.of)
    parameters = ", ".join(names.of[node] for node in whole.variables.values())
    value, *slopes = code.roots
    varies = bytearray(len(whole))
    for node, operator in enumerate(whole.operators):
        varies[node] = operator is VARIABLE or any(varies[x] for x in whole.inputs[node])
    entries = []
    for ((name_of, *_), root), text in zip(derivatives.roots.items(), slopes, strict=True):
        shown = text if varies[root] else constant.format(text, value)
        entries.append(f"        {name_of!r}: {shown},")
    gradient = "\n".join(["{", *entries, "    }"]) if entries else "{}"
    body = [*decorators, f"def {own}({parameters}):", *(f"    {line}" for line in code.lines)]
    body.append(f"    return {value}, {gradient}")
    parts = [*code.helpers, "\n".join(body)]
    used = [f"import {what}\n" for what in ("functools", "math") if any(f"{what}." in part for part in parts)]
    if language.constants is not CONSTANTS:
        used += ["\n"] * bool(used) + ["import numpy as np\n"]
    comment = "".join(f"# {line}\n" for line in summary(graph, result, names.remarks))
    head = comment + "".join(["\n", *used] if used else [])
    return "\n\n".join([head, *(part + "\n" for part in parts)])

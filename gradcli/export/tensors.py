"""What the scripts for PyTorch and JAX have in common: the function alone is written out, they differentiate it.

Both run with scalars, so a `where` is Python's own `if`: the branch that is not taken is not evaluated and cannot
make a NaN in their backward pass. Functions with branches are written in such a way that the slope at the kink is
that of the branch taken, as gradcli has it. What holds no variable is put in as a number.
"""

from collections.abc import Container, Mapping, Sequence
from math import isfinite
from typing import NamedTuple

from gradcli.evaluate import forward
from gradcli.export import python
from gradcli.export.lowering import Code, Language, lower
from gradcli.export.naming import names_for, summary
from gradcli.gradient import Result, targets_of
from gradcli.graph import Graph
from gradcli.operators import CONSTANT, VARIABLE

TOLERANCE = 1e-9  # relative, with which the scripts compare

HELPERS = {
    "largest": "def largest(x, *rest):\n    for y in rest:\n        x = y if y > x else x\n    return x",
    "smallest": "def smallest(x, *rest):\n    for y in rest:\n        x = y if y < x else x\n    return x",
    "absolute": "def absolute(x):\n    return x if x >= 0 else -x",
    "clip": """def clip(x, low, high):
    x = low if x < low else x
    return high if x > high else x""",
    "relu": "def relu(x):  # the slope at 0 is 1, that of the branch taken\n    return x if x >= 0 else 0.0*x",
    "leaky_relu": "def leaky_relu(x, slope):\n    return x if x >= 0 else slope*x",
}

CALLS = {
    "abs": "absolute", "clip": "clip", "relu": "relu", "leaky_relu": "leaky_relu",
    "max": "largest", "min": "smallest", "pow": "{0:9}**{1}",
    "where": python.CALLS["where"],
}  # fmt: skip

RESERVED = python.RESERVED | {
    *HELPERS, "torch", "jax", "jnp", "math", "print", "name", "slope", "gradients", "expected", "point", "shift",
}  # fmt: skip


class Function(NamedTuple):
    """The function's graph, its code, and the names and values of its variables (1 where no point is given).

    `targets` are the names whose gradient is wanted; a named step among them that holds no variable has become one.
    """

    graph: Graph
    names: Mapping[int, str]
    code: Code
    at: Mapping[str, float]
    targets: Mapping[str, int]
    comment: list[str]


def function(graph: Graph, wrt: Sequence[str] | None, language: Language, result: Result | None, own: str) -> Function:
    """Lower the graph alone; `own` is the name of what the script itself defines."""
    targets = targets_of(graph, wrt)
    plain = _without_constants(graph, set(targets.values()))
    names = names_for(plain, language.reserved, own=own)
    code = lower(plain, [plain.output], language, names.of)
    at = dict(result.at) if result is not None else dict.fromkeys(graph.variables, 1.0)
    at |= {name: plain.values[node] for name, node in plain.variables.items() if node in plain.values}
    return Function(plain, names.of, code, at, targets, summary(graph, result, names.remarks))


def checks(result: Result | None) -> list[str]:
    """The lines that print the gradients, which the script holds as `gradients`, and assert those of gradcli."""
    lines = ["for name, slope in gradients.items():", "    print(name, slope)"]
    if result is None:
        return lines
    expected = {name: slope for name, slope in result.gradient.items() if isfinite(slope)}
    entries = [f"    {name!r}: {slope!r}," for name, slope in expected.items()]
    lines += ["", "expected = {", *entries, "}"] if entries else ["", "expected = {}"]
    return [
        *lines,
        "for name, slope in expected.items():",
        f"    assert math.isclose(gradients[name], slope, rel_tol={TOLERANCE!r}, abs_tol=1e-12), name",
    ]


def script(function: Function, imports: Sequence[str], parts: Sequence[Sequence[str]]) -> str:
    """The whole script: comment, imports, helper functions, then the parts, separated as Python code is."""
    comment = "".join(f"# {line}\n" for line in function.comment)
    body = "\n\n".join("\n".join(part) for part in parts if part)
    needs_math = "math." in body + "".join(function.code.helpers)
    head = comment + "\n" + ("import math\n\n" if needs_math else "") + "\n".join(imports)
    return "\n\n\n".join([head, *function.code.helpers, body]) + "\n"


def _without_constants(graph: Graph, targets: Container[int]) -> Graph:
    """The graph with each operation on numbers alone replaced by its value, since tensors are for variables.

    Such a step among the targets becomes a variable that has this value.
    """
    varies = bytearray(len(graph))
    for node, operator in enumerate(graph.operators):
        varies[node] = operator is VARIABLE or any(varies[x] for x in graph.inputs[node])
    leaves = dict(graph.values) | dict.fromkeys(graph.variables.values(), 1.0)
    values = forward(graph, leaves, total=True).values
    operators, inputs = list(graph.operators), list(graph.inputs)
    constants, names = dict(graph.values), dict(graph.names)
    for node, operator in enumerate(graph.operators):
        if varies[node] or not graph.inputs[node] or operator.condition or values[node] is None:
            continue
        inputs[node], constants[node] = (), values[node]
        operators[node] = VARIABLE if node in targets else CONSTANT
        if node not in targets:
            names.pop(node, None)
    return Graph(operators, inputs, constants, names, graph.output, graph.text, graph.starts)

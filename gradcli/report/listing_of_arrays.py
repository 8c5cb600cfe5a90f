"""What `gradcli functions` says of the operations on whole arrays: how each is written, what goes back, an example."""

from typing import Any, NamedTuple

from gradcli.arrays.lowering import MAX_SCALARS, lowered
from gradcli.engine.answer import Answer
from gradcli.language.parser import parse
from gradcli.operators.arrays import ARRAY_FUNCTIONS
from gradcli.words.catalogue import say

GROUP = "arrays"


class Listed(NamedTuple):
    """An operation as it is listed. `backward` has what goes back to each input of G, the gradient that comes in: a
    formula of G, the inputs and `out`, with n for the number of elements; empty where only words say it.
    """

    name: str
    form: str
    backward: dict[str, str]
    example: str
    at: dict[str, Any]
    also: tuple[str, ...] = ()
    convention: str = ""


_VECTOR, _OTHER, _MATRIX = [1.0, 2.0], [3.0, 4.0], [[1.0, 2.0], [3.0, 4.0]]
_LOWER = [[1.0, 0.0], [2.0, 1.0]]


def _reduction(name: str, back: str, convention: str = "") -> Listed:
    at = {"x": [3.0, 4.0]}
    return Listed(name, f"{name}(x)", {"x": back}, f"{name}(x)", at, (f"{name}(x, axis=0)",), convention)


ROWS = (
    Listed("matmul", "x @ y", {"x": "G @ y.T", "y": "x.T @ G"}, "sum(x @ y)", {"x": _MATRIX, "y": _LOWER}),
    Listed("transpose", "x.T", {"x": "G.T"}, "sum(x.T @ y)", {"x": _MATRIX, "y": _VECTOR}),
    Listed("index", "x[0,1]", {"x": ""}, "x[0] * x[1]", {"x": _OTHER}, ("x[0]", "x[:,1]", "x[-1]")),
    Listed("literal", "[x, y]", {"x": "G[0]", "y": "G[1]"}, "norm([x, y])", {"x": 3.0, "y": 4.0}, ("[[x], [y]]",)),
    Listed("dot", "dot(x, y)", {"x": "G * y", "y": "G * x"}, "dot(x, y)", {"x": _VECTOR, "y": _OTHER}),
    Listed("outer", "outer(x, y)", {"x": "G @ y", "y": "x @ G"}, "sum(outer(x, y))", {"x": _VECTOR, "y": _OTHER}),
    Listed("softmax", "softmax(x)", {"x": "out * (G - sum(out * G))"}, "softmax(x)[0]", {"x": _VECTOR}),
    Listed("column", "column(x)", {"x": "G[:,0]"}, "sum(column(x) * y)", {"x": _VECTOR, "y": _MATRIX}),
    Listed("row", "row(x)", {"x": "G[0]"}, "sum(row(x) * y)", {"x": _VECTOR, "y": _MATRIX}),
    Listed("trace", "trace(x)", {"x": ""}, "trace(x)", {"x": _MATRIX}),
    _reduction("sum", "G"),
    _reduction("mean", "G / n"),
    _reduction("max", "where(x == out, G, 0)", "convention.tie-of-elements"),
    _reduction("min", "where(x == out, G, 0)", "convention.tie-of-elements"),
    _reduction("logsumexp", "G * exp(x - out)"),
    _reduction("norm", "G * x / out", "convention.cone-of-elements"),
)  # fmt: skip
# What each can be asked for by, besides its name.
SIGNS = {"@": "matmul", ".T": "transpose", "T": "transpose", "[]": "index", "[ ]": "index"}
NAMES = (*ARRAY_FUNCTIONS, "matmul", "transpose", "index", "literal")


def array_facts(name: str = "") -> list[dict[str, Any]]:
    """What is known of the operation of this name or sign, with its example, or of all of them."""
    if not name:
        return [_facts(row) for row in ROWS]
    return [_facts(row) | {"example": _example(row)} for row in ROWS if row.name == SIGNS.get(name, name)]


def _facts(row: Listed) -> dict[str, Any]:
    return {
        "name": row.name,
        "form": row.form,
        "also": list(row.also),
        "group": GROUP,
        "definition": say(f"array-function.{row.name}", "en"),
        "derivatives": {},
        "textbook": {},
        "domain": [],
        "branches": [],
        "convention": say(row.convention, "en") if row.convention else "",
        "backward": {name: text or say(f"back.{row.name}", "en") for name, text in row.backward.items()},
    }


def row_of(name: str) -> Listed:
    """The row of this name."""
    return next(row for row in ROWS if row.name == name)


def _example(row: Listed) -> dict[str, Any]:
    """A call with its point, its value and its gradient there."""
    shapes = {name: shape_of(value) for name, value in row.at.items()}
    graph = lowered(parse(row.example), shapes, MAX_SCALARS)
    assert graph.arrays is not None
    found = Answer.of(graph, graph.arrays.flat(row.at), list(row.at))
    return {"expression": row.example} | {key: found.as_dict()[key] for key in ("at", "value", "gradient")}


def shape_of(value: Any) -> tuple[int, ...]:
    """The shape of nested lists; a number's is ()."""
    return (len(value), *shape_of(value[0])) if isinstance(value, list) else ()

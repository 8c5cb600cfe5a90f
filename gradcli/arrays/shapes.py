"""The shapes of results, by NumPy's rules where these cannot surprise; and what is said where shapes do not fit."""

from collections.abc import Callable, Mapping, Sequence
from itertools import combinations
from typing import Any

from gradcli.errors import GradcliError
from gradcli.graph.arrays import Shape, flattened
from gradcli.operators.arrays import ArrayOperator, Position
from gradcli.operators.records import Operator

MOST_AXES = 2


class MisfitError(Exception):
    """Shapes that do not fit: the code of an error and its facts, without the place."""

    def __init__(self, code: str, **facts: Any) -> None:
        super().__init__(code, facts)
        self.code = code
        self.facts = facts

    def placed(self, text: str, start: int, end: int) -> GradcliError:
        """The error at a place."""
        return GradcliError(self.code, self.facts, text, start, end)


def said(shape: Shape) -> dict[str, Any]:
    """A shape as a fact of messages: "a 2×3 matrix", "a vector of 3", "a number"."""
    kind = ("number", "vector", "matrix")[min(len(shape), MOST_AXES)]
    return {"code": f"shape.{kind}", "facts": {"shape": shape_text(shape), "length": shape[0] if shape else 1}}


def shape_text(shape: Sequence[int]) -> str:
    """`2×3`, `3`."""
    return "×".join(map(str, shape))


def broadcast(operator: Operator, shapes: Sequence[Shape]) -> Shape:
    """The shape of an operation element by element: axes from the last on, a length of 1 stands for any.

    A vector against a column of as many elements is refused: it would make a square matrix of all pairs.
    """
    result: Shape = ()
    for left, right in combinations(dict.fromkeys(shapes), 2):
        _check_pairs(operator, left, right)
    for shape in shapes:
        result = _both(operator, result, shape)
    return result


def _check_pairs(operator: Operator, left: Shape, right: Shape) -> None:
    for vector, column in ((left, right), (right, left)):
        if len(vector) == 1 and column == (vector[0], 1) and vector != (1,):
            raise MisfitError(
                "vector-and-column", operator=operator.word, left=said(left), right=said(right), length=vector[0]
            )


def _both(operator: Operator, left: Shape, right: Shape) -> Shape:
    count = max(len(left), len(right))
    padded = [(1,) * (count - len(shape)) + shape for shape in (left, right)]
    for one, other in zip(*padded, strict=True):
        if one != other and 1 not in (one, other):
            raise MisfitError("elementwise-shapes", operator=operator.word, left=said(left), right=said(right))
    return tuple(other if one == 1 else one for one, other in zip(*padded, strict=True))


def matmul(left: Shape, right: Shape) -> Shape:
    """The shape of a matrix product: a vector is a row on the left, a column on the right."""
    inner, rows = left[-1], right[0]
    if inner != rows:
        side = None
        if len(right) == MOST_AXES and right[1] == inner:
            side = "right"
        elif len(left) == MOST_AXES and left[0] == rows:
            side = "left"
        facts = {"left": said(left), "right": said(right), "columns": inner, "rows": rows, "side": side}
        raise MisfitError("matmul-shapes", **facts)
    return left[:-1] + right[1:]


def along_axis(name: str, shape: Shape, axis: int | None) -> Shape:
    """The shape of a reduction: a number over everything, else without that axis."""
    if axis is None:
        return ()
    if not -len(shape) <= axis < len(shape):
        raise MisfitError("no-axis", function=name, axis=axis, shape=said(shape), axes=[*map(str, range(len(shape)))])
    return tuple(length for place, length in enumerate(shape) if place != axis % len(shape))


def own_axis(axis: int | None, shape: Shape) -> int | None:
    """The axis of a matrix that a reduction goes along, from 0 on; None where it is over everything, as of a vector."""
    return None if axis is None or len(shape) < MOST_AXES else axis % len(shape)


def places(shape: Shape, positions: Sequence[Position]) -> tuple[Shape, list[range]]:
    """The shape of a part, and which places of each axis it takes."""
    if len(positions) > len(shape):
        raise MisfitError("too-many-indices", shape=said(shape), axes=len(shape), given=len(positions))
    result, taken = [], []
    for axis, length in enumerate(shape):
        position = positions[axis] if axis < len(positions) else (None, None)
        if isinstance(position, int):
            if not -length <= position < length:
                raise MisfitError("index-out-of-range", index=position, shape=said(shape), length=length, axis=axis)
            taken.append(range(position % length, position % length + 1))
        else:
            chosen = range(*slice(*position).indices(length))
            if not chosen:
                raise MisfitError("empty-part", shape=said(shape), axis=axis)
            taken.append(chosen)
            result.append(len(chosen))
    return tuple(result), taken


def literal(shapes: Sequence[Shape]) -> Shape:
    """The shape of an array of numbers, or of vectors of one length."""
    first = shapes[0]
    for place, shape in enumerate(shapes):
        if shape != first:
            raise MisfitError("ragged-array", row=place + 1, shape=said(shape), first=said(first))
    if len(first) == MOST_AXES:
        raise MisfitError("deep-array")
    return (len(shapes), *first)


def of_lists(value: Sequence[Any]) -> Shape:
    """The shape of nested lists, as values are given."""
    rows = [(len(row),) if isinstance(row, list) else () for row in value]
    if not value or (0,) in rows:
        raise MisfitError("empty-array")
    if any(isinstance(one, list) for one in flattened(value)):
        raise MisfitError("deep-array")
    return literal(rows)


def of_function(operator: ArrayOperator, shapes: Sequence[Shape]) -> Shape:
    """The shape of what a function of whole arrays gives."""
    name = operator.name
    wanted = _WANTED.get(name)
    for shape in shapes:
        if wanted is not None and len(shape) != wanted:
            kind: dict[str, Any] = {"code": ("shape.vectors", "shape.matrices")[wanted - 1], "facts": {}}
            sign = "@" if name == "dot" and shape else None
            raise MisfitError("array-argument", function=name, wanted=kind, shape=said(shape), sign=sign)
    return _RESULTS[name](shapes)


def _of_dot(shapes: Sequence[Shape]) -> Shape:
    if shapes[0] != shapes[1]:
        raise MisfitError("dot-shapes", left=said(shapes[0]), right=said(shapes[1]))
    return ()


def _of_trace(shapes: Sequence[Shape]) -> Shape:
    if shapes[0][0] != shapes[0][1]:
        raise MisfitError("trace-shape", shape=said(shapes[0]))
    return ()


_WANTED: Mapping[str, int] = {"dot": 1, "outer": 1, "column": 1, "row": 1, "trace": 2}
_RESULTS: Mapping[str, Callable[[Sequence[Shape]], Shape]] = {
    "dot": _of_dot,
    "outer": lambda shapes: shapes[0] + shapes[1],
    "column": lambda shapes: (*shapes[0], 1),
    "row": lambda shapes: (1, *shapes[0]),
    "trace": _of_trace,
    "softmax": lambda shapes: shapes[0],
    "transpose": lambda shapes: shapes[0][::-1],
}


def number_for_array(name: str) -> dict[str, str]:
    """Facts of an error about a number that is given to an array: how that is written."""
    return {"name": name, "write": f"{name}=[1,2]", "element": f"{name}[0]=1"}


def two_shapes(name: str, shape: Shape, other: Shape) -> dict[str, Any]:
    """The facts of an error about a name that is given two shapes."""
    return {"name": name, "shape": said(shape), "other": said(other)}

"""The operations on whole arrays: a matrix product, reductions, views of other arrays.

No pass knows them: `gradcli.arrays` makes operations on numbers of them, as soon as shapes are known. What goes back
through them as whole arrays stands here for all who write it: traces, formulas, code, `gradcli functions`.
"""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Any, NamedTuple

from gradcli.frozen import with_other
from gradcli.operators.exceptional import not_a_number
from gradcli.operators.records import PRODUCT, Operator
from gradcli.operators.table import OPERATORS

# A place in brackets: a whole number, or from where to where as in Python.
Position = int | tuple[int | None, int | None]


class Backward(NamedTuple):
    """What goes back to each input: formulas in the language itself of G, the gradient that comes in, of the parameters
    and of `out`, the result.

    n is the number of elements that one of the result is made of, I the identity matrix. In those of a reduction along
    an axis, G and `out` stand beside the elements that they were made of: as columns where these are rows of a matrix.
    A variadic operation has one formula, with {place} for that of the input.

    The formulas are for inputs with so many axes (`ranks`), along that `axis` of a matrix, or for so many `terms`, as n
    has them, where these are given.
    """

    formulas: tuple[str, ...]
    stable: tuple[str, ...] = ()  # as in `Partial`: where doubles need another form
    ranks: tuple[int, ...] = ()
    axis: int | None = None
    terms: int | None = None


class ArrayOperator(Operator):
    """An operation on whole arrays. `axis` is the one that a reduction goes along (None: over all elements), and
    `positions` are those of a part.

    `view` says that its elements are those of its inputs, in another order: it computes nothing. `backward` has what
    goes back, the most general formulas last; nothing of a part, as no formula of G says where it is. They are those of
    every textbook (for example Giles, An extended collection of matrix derivative results for forward and reverse mode
    algorithmic differentiation, 2008, section 2.2; Petersen and Pedersen, The Matrix Cookbook, 2012, sections 2.4 to
    2.5): a gradient has the shape of what it is by.
    """

    shaped = True
    axis: int | None = None
    positions: tuple[Position, ...] = ()
    view: bool = False
    reduces: Operator | None = None  # of a reduction, which takes an axis: what it is of the numbers
    averages: bool = False  # and that it divides this by how many they are
    backward: tuple[Backward, ...] = ()
    kink: str = ""  # "tie": of equal elements the first one gets the gradient; "cone": it has a kink where all are 0
    rule: str = "array"  # the code of the sentence on what goes back, of arrays with so many axes as `ruled` has
    ruled: tuple[int, ...] = (0, 1, 2)
    suffix: str = ""  # what stands behind its operand, for one that is written so: `.T`, `[0,1]`
    opening: str = ""  # what begins a literal
    forms: tuple[str, ...] = ()  # how it is written, if not as a call
    example: str = ""  # an expression with it
    at: Mapping[str, Any] = MappingProxyType({})  # and a point for that

    @property
    def is_part(self) -> bool:  # type: ignore[override]
        """Whether it takes a part of an array."""
        return bool(self.positions)

    @property
    def sign(self) -> str:
        """How messages speak of it: `@`, `.T`, `[ ]`, `softmax`."""
        return "[ ]" if self.positions else self.suffix or self.word

    @property
    def closing(self) -> str:  # type: ignore[override]
        """What ends a call, or a literal."""
        if self.opening:
            return "]"
        return ")" if self.axis is None else f", axis={self.axis})"


def _written(position: Position) -> str:
    if isinstance(position, int):
        return str(position)
    return ":".join("" if bound is None else str(bound) for bound in position)


def array_row(
    name: str, parameters: str, example: str, at: Mapping[str, Any], *backward: Backward, **facts: Any
) -> ArrayOperator:
    """A row of the table."""
    letters = tuple(parameters.split())
    return ArrayOperator(name, letters, not_a_number, backward=backward, example=example, at=at, **facts)


def _reduction(name: str, of_numbers: str, *backward: Backward, **facts: Any) -> ArrayOperator:
    return array_row(name, "x", f"{name}(x)", {"x": _OTHER}, *backward, reduces=OPERATORS[of_numbers], **facts)


def _back(*formulas: str, **facts: Any) -> Backward:
    return Backward(formulas, **facts)


_VECTOR, _OTHER, _MATRIX, _LOWER = [1.0, 2.0], [3.0, 4.0], [[1.0, 2.0], [3.0, 4.0]], [[1.0, 0.0], [2.0, 1.0]]
_WEIGHTS = ("G * exp(x - out)",)

MATMUL = array_row(
    "matmul", "x y", "sum(x @ y)", {"x": _MATRIX, "y": _LOWER},
    _back("G * y", "G * x", ranks=(1, 1)),
    _back("outer(G, y)", "x.T @ G", ranks=(2, 1)),
    _back("G @ y.T", "outer(x, G)", ranks=(1, 2)),
    _back("G @ y.T", "x.T @ G"),
    symbol="@", precedence=PRODUCT, forms=("x @ y",),
)  # fmt: skip
TRANSPOSE = array_row(
    "transpose", "x", "sum(x.T @ y)", {"x": _MATRIX, "y": _VECTOR}, _back("G", ranks=(1,)), _back("G.T"), view=True,
    rule="array-transpose", ruled=(2,), suffix=".T", forms=("x.T",),
)  # fmt: skip
INDEX = array_row(
    "index", "x", "x[0] * x[1]", {"x": _OTHER}, view=True, rule="array-part",
    forms=("x[0,1]", "x[0]", "x[:,1]", "x[-1]"),
)  # fmt: skip
LITERAL = array_row(
    "literal", "x", "norm([x, y])", {"x": 3.0, "y": 4.0}, _back("G[{place}]"),
    variadic=True, least=1, view=True, rule="array-literal", opening="[", forms=("[x, y]", "[[x], [y]]"),
)  # fmt: skip

_PASSED: dict[str, Any] = {"view": True, "rule": "array-passes"}

# Those that are called, by name. A variable can have each of these names too.
ARRAY_FUNCTIONS: Mapping[str, ArrayOperator] = {
    row.name: row
    for row in (
        array_row("dot", "x y", "dot(x, y)", {"x": _VECTOR, "y": _OTHER}, _back("G * y", "G * x")),
        array_row("outer", "x y", "sum(outer(x, y))", {"x": _VECTOR, "y": _OTHER}, _back("G @ y", "G.T @ x")),
        array_row(
            "softmax", "x", "softmax(x)[0]", {"x": _VECTOR},
            _back("out * (G - column(sum(out * G, axis=1)))", ranks=(2,)),
            _back("out * (G - sum(out * G))"), rule="array-softmax",
        ),
        array_row("column", "x", "sum(column(x) * y)", {"x": _VECTOR, "y": _MATRIX}, _back("G[:,0]"), **_PASSED),
        array_row("row", "x", "sum(row(x) * y)", {"x": _VECTOR, "y": _MATRIX}, _back("G[0]"), **_PASSED),
        array_row("trace", "x", "trace(x)", {"x": _MATRIX}, _back("G * I")),
        _reduction("sum", "sum", _back("G"), rule="array-sum"),
        _reduction("mean", "sum", _back("G / n"), rule="array-mean", averages=True),
        _reduction("max", "max", _back("where(x == out, G, 0)"), kink="tie", rule="array-extreme"),
        _reduction("min", "min", _back("where(x == out, G, 0)"), kink="tie", rule="array-extreme"),
        _reduction(
            "logsumexp", "logsumexp",
            _back("G * softmax(x)", stable=_WEIGHTS, ranks=(1,)),
            _back("G * softmax(x)", stable=_WEIGHTS, axis=1),
            _back("G * softmax(x.T).T", stable=_WEIGHTS, axis=0),
            _back(*_WEIGHTS), rule="array-logsumexp", ruled=(1,),
        ),
        _reduction(
            "norm", "hypot",
            _back(f"G * {OPERATORS['abs'].formulas[0]}", terms=1),
            _back("G * x / out", stable=("G * where(out == 0, 0, x / out)",)),
            kink="cone",
        ),
    )
}  # fmt: skip


def array_operations() -> list[ArrayOperator]:
    """All rows, in the order in which they are listed."""
    return [MATMUL, TRANSPOSE, INDEX, LITERAL, *ARRAY_FUNCTIONS.values()]


@cache
def along(name: str, axis: int) -> ArrayOperator:
    """A reduction along an axis."""
    return _other(ARRAY_FUNCTIONS[name], axis=axis)


@cache
def part(positions: tuple[Position, ...]) -> ArrayOperator:
    """What takes a part of an array."""
    return _other(INDEX, positions=positions, suffix=f"[{','.join(map(_written, positions))}]")


def _other(row: ArrayOperator, **facts: Any) -> ArrayOperator:
    return with_other(row, **facts)

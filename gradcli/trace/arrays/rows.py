"""The rows of a trace over arrays: arrays of the forward pass, and what a row passes back to one of its inputs."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from gradcli.graph.arrays import Shape, shaped
from gradcli.text import Settled, finite_or_none
from gradcli.trace.rows import Factor, TraceRow, Writing
from gradcli.words.catalogue import say

if TYPE_CHECKING:
    from gradcli.trace.sentences import Explanation


class Symbol(NamedTuple):
    """An array in a formula, by its name; `is_transposed`: Xᵀ."""

    name: str
    is_transposed: bool = False


class Derivative(NamedTuple):
    """∂of/∂by in a formula, an array of the shape of `by`."""

    of: str
    by: str
    is_transposed: bool = False


# The signs of products: of arrays as matrices and with a number, of numbers, element by element.
DOT, TIMES, EACH = "·", "×", "⊙"
# `Xᵀ·∂L/∂s`: names and derivatives, with signs and words of the language between them.
Formula = tuple[Symbol | Derivative | str, ...]
TRANSPOSED = "ᵀ"


@dataclass(frozen=True, slots=True)
class ArrayValues:
    """The numbers of an array, row by row; of shape () a number."""

    values: Sequence[Any]
    shape: Shape

    @property
    def nested(self) -> Any:
        """For JSON."""
        return shaped([finite_or_none(value) for value in self.values], self.shape)

    def as_dict(self, key: str) -> dict[str, Any]:
        """For JSON: the numbers, and the digits or the fractions that were asked for."""
        texts = [value.text or None if isinstance(value, Settled) else None for value in self.values]
        kinds = {value.key for value in self.values if isinstance(value, Settled)}
        return {key: self.nested} | {kind: shaped(texts, self.shape) for kind in kinds}


# The numbers of a formula that is a product, with the sign between them; none of another.
Factors = tuple[ArrayValues | str, ...]


@dataclass(frozen=True, slots=True)
class Array:
    """An array of the forward pass, or the gradient of one; without a point `values` is None.

    A literal is named by its value.
    """

    name: str
    shape: Shape
    values: Sequence[Any] | None
    is_literal: bool = False

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        numbers = {} if self.values is None else ArrayValues(self.values, self.shape).as_dict("value")
        return {"name": self.name, "shape": list(self.shape), **numbers}


@dataclass(frozen=True, slots=True)
class Passed:
    """What a row passes back to one of its inputs, `end`: a formula, what it `equals` or with `is_part` is a part of,
    and at a point the numbers.

    `factors` are the numbers of the formula where it is a product that can be multiplied out: numbers with the sign
    between them.
    """

    formula: Formula
    equals: Factor
    end: str
    shape: Shape
    values: Sequence[Any] | None
    is_part: bool = False
    factors: Factors = ()
    explanation: "Explanation | None" = None

    def as_dict(self, side: str, write: Writing | None = None) -> dict[str, Any]:
        """For JSON; `side` is "to" or "from"."""
        equals = "∂{}/∂{}".format(*self.equals)
        numbers = {} if self.values is None else ArrayValues(self.values, self.shape).as_dict("value")
        factors = [one.nested for one in self.factors if isinstance(one, ArrayValues)]
        return {
            side: self.end,
            "chain": text(self.formula),
            "equals": say("part-of", "en", whole=equals) if self.is_part else equals,
            **({"factors": factors} if factors else {}),
            **numbers,
            **({"explanation": write(self.explanation)} if write and self.explanation else {}),
        }


@dataclass(frozen=True, slots=True)
class ArrayRow(TraceRow):
    """A row of a trace over arrays.

    `open` says how many elements of how many let the gradient pass, of a relu and its like. In the backward pass
    `output` is the name of the output, `arriving` the sum of what comes in, with numbers where these stand nowhere else
    (`is_shown`).
    """

    open: tuple[int, int] | None = None
    output: str = ""
    arriving: Array | None = None
    is_shown: bool = False
    is_reached: bool = True

    def _branches(self) -> list[str]:
        if self.open:
            return [say("gate.counted", "en", open=self.open[0], count=self.open[1])]
        return TraceRow._branches(self)

    def _gradient(self) -> dict[str, Any]:
        if self.arriving is None or self.arriving.values is None:
            return {}
        return ArrayValues(self.arriving.values, self.arriving.shape).as_dict("gradient")


def text(formula: Formula) -> str:
    """A formula in signs of Unicode: `Xᵀ·∂L/∂s`."""
    return "".join(map(_piece, formula))


def _piece(piece: Symbol | Derivative | str) -> str:
    match piece:
        case Symbol(name, is_transposed):
            return name + TRANSPOSED * is_transposed
        case Derivative(of, by, is_transposed):
            return f"(∂{of}/∂{by}){TRANSPOSED}" if is_transposed else f"∂{of}/∂{by}"
        case _:
            return str(piece)

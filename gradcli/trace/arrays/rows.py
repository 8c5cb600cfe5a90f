"""The rows of a trace over arrays: arrays of the forward pass, and what a row passes back to one of its inputs."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from gradcli.graph.arrays import Shape, shaped
from gradcli.language.format import operation_text
from gradcli.operators.records import Operator
from gradcli.text import Settled, finite_or_none
from gradcli.trace.rows import Choice, Factor
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


# `Xᵀ·∂L/∂s`: names and derivatives, with signs and words of the language between them.
Formula = tuple[Symbol | Derivative | str, ...]
TRANSPOSED = "ᵀ"


@dataclass(frozen=True, slots=True)
class Matrix:
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
        numbers = {} if self.values is None else Matrix(self.values, self.shape).as_dict("value")
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
    factors: tuple[Matrix | str, ...] = ()
    explanation: "Explanation | None" = None

    def as_dict(self, side: str, write: "Callable[[Explanation], str] | None" = None) -> dict[str, Any]:
        """For JSON; `side` is "to" or "from"."""
        equals = "∂{}/∂{}".format(*self.equals)
        numbers = {} if self.values is None else Matrix(self.values, self.shape).as_dict("value")
        factors = [one.nested for one in self.factors if isinstance(one, Matrix)]
        return {
            side: self.end,
            "chain": text(self.formula),
            "equals": say("part-of", "en", whole=equals) if self.is_part else equals,
            **({"factors": factors} if factors else {}),
            **numbers,
            **({"explanation": write(self.explanation)} if write and self.explanation else {}),
        }


@dataclass(frozen=True, slots=True)
class ArrayRow:
    """One row of a table. `kind` is "start", "node" or "end"; `pass_` is "forward" or "backward".

    `open` says how many elements of how many let the gradient pass, of a relu and its like. In the backward pass
    `output` is the name of the output, `arriving` the sum of what comes in, with numbers where these stand nowhere else
    (`is_shown`). All else is as in `Row`.
    """

    pass_: str
    kind: str
    name: str
    operator: Operator | None = None
    arguments: Sequence[str] = ()
    choices: Sequence[Choice] = ()
    open: tuple[int, int] | None = None
    mark: str = ""
    inputs: Sequence[Any] = ()
    output: str = ""
    arriving: Array | None = None
    is_shown: bool = False
    is_reached: bool = True
    outputs: Sequence[Any] = ()
    taken: bool = True
    on_inputs: Sequence["Explanation"] = ()
    on_outputs: Sequence["Explanation"] = ()

    @property
    def expression(self) -> str:
        """The definition, `s = X@W`."""
        if self.operator is None or not self.arguments:
            return ""
        return f"{self.name} = {operation_text(self.operator, self.arguments)}"

    def as_dict(self, write: "Callable[[Explanation], str] | None" = None) -> dict[str, Any]:
        """The row as JSON has it; `write` writes sentences."""
        facts: dict[str, Any] = {
            "node": self.name,
            "operator": self.operator.name if self.operator else self.kind,
            "expression": self.expression,
        }
        if choices := [choice.text("en") for choice in self.choices]:
            facts |= {"branch": choices[0]} if len(choices) == 1 else {"branches": choices}
        if self.open:
            facts["branch"] = say("gate.counted", "en", open=self.open[0], count=self.open[1])
        if self.mark:
            facts["mark"] = self.mark
        if not self.taken:
            facts["taken"] = False
        if write and (said := [*self.on_inputs, *self.on_outputs]):
            facts["explanations"] = list(map(write, said))
        if self.pass_ == "forward":
            return facts | {
                "inputs": [one.as_dict() for one in self.inputs],
                "outputs": [one.as_dict() for one in self.outputs],
            }
        if self.arriving is not None and self.arriving.values is not None:
            facts |= Matrix(self.arriving.values, self.arriving.shape).as_dict("gradient")
        return facts | {
            "inputs": [one.as_dict("from") for one in self.inputs],
            "outputs": [one.as_dict("to", write) for one in self.outputs],
        }


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

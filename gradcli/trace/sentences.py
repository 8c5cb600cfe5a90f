"""Sentences on a trace: a code of the catalogue by the kind of a rule, and the facts that are said."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from gradcli.operators.records import Operator
from gradcli.trace.printed import Printed
from gradcli.trace.rows import Choice, Factor, Quantity

if TYPE_CHECKING:
    from gradcli.trace.arrays.rows import Formula as ArrayFormula


class Node(NamedTuple):
    """A node as what it is: `Mul node`; without an operator the end point."""

    operator: Operator | None


class NodeName(NamedTuple):
    """A node by its name; a literal by its value."""

    name: str
    is_literal: bool = False


class WrittenFormula(NamedTuple):
    """An expression or a relation."""

    text: str


class KinkRelation(NamedTuple):
    """A relation that holds at a kink, where the branch is a convention."""

    where: str


class Amount(NamedTuple):
    """A number."""

    value: Any


class Outcome(NamedTuple):
    """The result of the operation that the sentence says, and whether all of it is exact as it is printed."""

    number: Printed
    is_exact: bool


class Sum(NamedTuple):
    """Terms as they are printed, and their sum."""

    terms: Sequence[Printed]
    total: Any


class LocalDerivative(NamedTuple):
    """A local derivative: its formula (`h*(1 - h)`, "" where none gives the number), the formula's last operation over
    the numbers, behind a sign if `is_negated`, and the number, None without a point.
    """

    factor: Factor
    text: str = ""
    value: Any = None
    operator: Operator | None = None
    operands: Sequence[Any] = ()
    is_negated: bool = False


class Cases(NamedTuple):
    """A local derivative without a point, where it has a formula for each of several alternatives."""

    factor: Factor
    cases: Sequence[tuple[Choice, str]]


class Pieces(NamedTuple):
    """A formula over arrays."""

    formula: "ArrayFormula"


Fact = (
    Pieces
    | int
    | Node
    | NodeName
    | WrittenFormula
    | KinkRelation
    | Amount
    | Outcome
    | Sum
    | LocalDerivative
    | Cases
    | Quantity
)


class Explanation(NamedTuple):
    """A sentence: the kind of the rule that it says, its facts, and whether these have numbers."""

    kind: str
    facts: Mapping[str, Fact]
    has_numbers: bool = True

    @property
    def code(self) -> str:
        """That of its text in the catalogue."""
        return f"rule.{self.kind}" if self.has_numbers else f"formula.{self.kind}"


class Local(NamedTuple):
    """The formula of a local derivative as a factor of a product, which may stand in parentheses."""

    text: str
    is_fenced: bool = False

    def __str__(self) -> str:
        """As it is typed."""
        return f"({self.text})" if self.is_fenced else self.text

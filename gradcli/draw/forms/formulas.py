"""Formulas of local derivatives, as the page shows and computes them.

Names stand between two ` (they are marked), so that the page can set them in italics.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from gradcli.draw.numbers import with_minus
from gradcli.graph import Graph
from gradcli.operators.records import Operator
from gradcli.operators.table import ADD, DIV, MUL, SUB, WHERE
from gradcli.trace import local_formulas

_NAME = re.compile(r"[^\W\d]\w*(?![\w(])")


class LocalFormula(NamedTuple):
    """A formula of a local derivative: its text, and as a graph, of which `leaves` says what node each variable is.

    `last` is the node of its last operation, behind a sign if `is_negated`.
    """

    text: str
    graph: Graph
    leaves: dict[int, int]
    last: int
    is_negated: bool

    @property
    def operator(self) -> Operator:
        """The last operation; of a formula without one that of a leaf."""
        return self.graph.operators[self.last]

    @property
    def operands(self) -> tuple[int, ...]:
        """What it is applied to."""
        return self.graph.inputs[self.last]

    @property
    def is_arithmetic(self) -> bool:
        """Whether the last operation is a sum, a difference, a product or a quotient."""
        return self.operator in (ADD, SUB, MUL, DIV)


def mark(text: str, names: Collection[str]) -> str:
    """A formula whose names are marked as such, with the signs of pictures."""
    text = _NAME.sub(lambda name: f"`{name[0]}`" if name[0] in names else name[0], text)
    return with_minus(text).replace("*", "·").replace(">=", "≥").replace("<=", "≤")


def forms_of(graph: Graph, names: Sequence[str], node: int, index: int, rule: str) -> Iterator[LocalFormula]:
    """A formula of the table over the node's own arguments; of one with cases those of each case."""
    builder, root, stands = local_formulas.built(graph, names, node, index, rule)
    roots = [root]
    for root in roots:
        if builder.operators[root] is WHERE:
            roots += builder.inputs[root][1:]
            continue
        text = mark(local_formulas.text(builder, root), names)
        yield LocalFormula(text, builder.graph(root), stands, *local_formulas.last_operation(builder, root))


def formula(graph: Graph, names: Sequence[str], node: int, index: int, rule: str) -> str:
    """A formula of the table over the node's own arguments, with its names marked."""
    return next(forms_of(graph, names, node, index, rule)).text

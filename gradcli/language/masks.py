"""Texts in which a condition stands where a number belongs, as libraries of arrays have it: 1 where it holds, else 0.

They are read so for what is offered in their place, and for nothing else: a factor becomes `where(H > 0, G, 0)`, in
which what is left out may be infinite too.
"""

import re
from collections.abc import Callable

from gradcli.errors import GradcliError
from gradcli.graph import Graph
from gradcli.language import programs
from gradcli.language.driver import graph_of
from gradcli.language.format import format_graph
from gradcli.language.meaning import Meaning, Word
from gradcli.language.notation import LONGEST
from gradcli.operators.records import Operator
from gradcli.operators.table import FUNCTIONS, MUL, OPERATORS

_WHERE, _AND = FUNCTIONS["where"], OPERATORS["and"]


def written(line: str, read: Callable[[str], Graph]) -> str:
    """The line with `where` for each condition that is used as a number; "" where it is none then, or is long.

    `read` is the parser of the language, which may know definitions.
    """
    if len(line) > LONGEST:
        return ""
    known = read("0").definitions

    def masked(text: str) -> Graph:
        return graph_of(Masked(text, definitions=known))

    try:
        graph = masked(line)
        statements = [one.strip() for one in re.split(r"[;\r\n]", line.partition("#")[0]) if one.strip()]
        program = programs.written(statements, masked) if graph.definitions else format_graph(graph)
        read(program)
    except GradcliError:
        return ""
    return program if len(program) <= LONGEST else ""


class Masked(Meaning):
    """The meaning of such a text."""

    def infix(self, operator: Operator) -> Callable[[int, int, int], int]:
        """What makes a node of an operator between its operands; of a product with a condition, `where`."""
        node = super().infix(operator)

        def product(x: int, start: int, y: int) -> int:
            masks = [one for one in (x, y) if one in self.conditions]
            if not masks:
                return node(x, start, y)
            if len(masks) > 1:
                return self.infix(_AND)(x, start, y)
            return self.masked(masks[0], y if masks[0] == x else x, start)

        return product if operator is MUL else node

    def masked(self, condition: int, x: int, start: int) -> int:
        """`where(condition, x, 0)`."""
        return self.node(_WHERE, (condition, x, self.constant(0.0, "", start)), start)

    def as_number(self, x: int) -> int:
        """A node as a number."""
        start = self.starts[x]
        return self.masked(x, self.constant(1.0, "", start), start) if x in self.conditions else x

    def check(self, operator: Operator, inputs: tuple[int, ...], start: int, word: str = "") -> tuple[int, ...]:
        """The inputs of an operator, conditions only where it takes some."""
        if not operator.condition:  # a chain of comparisons has a message of its own
            inputs = tuple(x if place in operator.conditions else self.as_number(x) for place, x in enumerate(inputs))
        return super().check(operator, inputs, start, word)

    def plus(self, start: int, x: int) -> int:
        """+x."""
        return super().plus(start, self.as_number(x))

    def step(self, name: Word, sign: int, node: int) -> None:
        """Name = x."""
        super().step(name, sign, self.as_number(node))

    def result(self, node: int) -> None:
        """X, without a name."""
        super().result(self.as_number(node))

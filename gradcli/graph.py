"""The computational graph: frozen, flat, in topological order. It knows no text, no point and no derivative.

Node i is described by `operators[i]` (its row of the operator table) and `inputs[i]` (the nodes it reads, all with
smaller indices). A variable is one node, however often it is used; so is a named step. Constants are leaves of
their own at each place.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from gradcli.operators.records import Operator
from gradcli.operators.table import CONSTANT, VARIABLE


@dataclass(frozen=True, slots=True, eq=False)
class Graph:
    """A function of its variables, as nodes 0 … n−1.

    `values` holds the constants' values, `names` the names of variables, named steps and named constants (pi);
    `starts` holds the column (from 0, in code points of `text`) of each node's operator, function or name.
    """

    operators: Sequence[Operator]
    inputs: Sequence[tuple[int, ...]]
    values: Mapping[int, float]
    names: Mapping[int, str]
    output: int
    text: str = ""
    starts: Sequence[int] = field(default=())

    def __len__(self) -> int:
        """The number of nodes."""
        return len(self.operators)

    def __eq__(self, other: object) -> bool:
        """Whether both are the same function built in the same way; places in the text do not count."""
        if not isinstance(other, Graph):
            return NotImplemented
        return (
            self.output == other.output
            and list(self.inputs) == list(other.inputs)
            and all(a is b for a, b in zip(self.operators, other.operators, strict=True))
            and self.values == other.values
            and self.names == other.names
        )

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        """Short, whatever the size."""
        return f"Graph({len(self)} nodes, variables: {', '.join(self.variables)})"

    @property
    def variables(self) -> dict[str, int]:
        """Each variable's node, in order of first appearance."""
        return {name: node for node, name in self.names.items() if self.operators[node] is VARIABLE}

    @property
    def steps(self) -> dict[str, int]:
        """Each named step's node, in the order of the program."""
        leaves = (VARIABLE, CONSTANT)
        return {name: node for node, name in self.names.items() if self.operators[node] not in leaves}

    def leaves_at(self, at: Mapping[str, float]) -> dict[int, float]:
        """The value of each leaf at the point `at`, which has a number for each variable."""
        return {node: at[name] for name, node in self.variables.items()} | dict(self.values)

    def is_leaf(self, node: int) -> bool:
        """Whether the node is a variable or a constant."""
        return not self.inputs[node]

    def place(self, node: int) -> tuple[int, int]:
        """Line and column of the node in the text, both from 1."""
        before = self.text[: self.starts[node]].replace("\r\n", "\n").replace("\r", "\n")
        return before.count("\n") + 1, len(before) - before.rfind("\n")

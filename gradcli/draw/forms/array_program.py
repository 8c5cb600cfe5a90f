"""The numbers of a page of arrays: each kind of scalar node once as JavaScript, and the nodes as a list.

A kind is an operator with so many inputs, which of them are the same node and which require a gradient; what its
function returns is what `program` says of a function of a whole graph.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

from gradcli.draw.forms.facts import how
from gradcli.draw.forms.program import DOUBLES, Spelling, function
from gradcli.graph import Builder, Graph
from gradcli.operators.records import Operator
from gradcli.operators.table import VARIABLE


class Kind(NamedTuple):
    """What the nodes of a kind have in common: `places` says which of its different inputs each argument is, and
    `required` which of these require a gradient.
    """

    operator: Operator
    places: tuple[int, ...]
    required: tuple[int, ...]


class Numbers(NamedTuple):
    """The scalar nodes of a graph as the page's code has them: the list `K` of functions, and what it knows by name."""

    code: str
    facts: dict[str, Any]


def numbers(graph: Graph, required: Sequence[int], kink: str, spelling: Spelling = DOUBLES) -> Numbers:
    """The functions of all kinds, and the nodes.

    `nodes` has runs: a kind, how many nodes of it stand in a row, and their inputs, each but the first of a run as the
    difference to that of the node before it; a leaf is of kind −1.
    """
    kinds: dict[Kind, int] = {}
    found = [_kind(graph, node, required, kinds) for node in range(len(graph))]
    helpers: dict[str, None] = {}
    functions = []
    for kind in kinds:
        written = function(_alone(kind), [*kind.required, 1], kink, spelling=spelling)
        helpers.update(dict.fromkeys(written.helpers))
        functions.append("\n".join(["x => {", *written.body, "}"]))
    code = "\n".join([*helpers, f"return [{', '.join(functions)}];"])
    operators = [kind.operator for kind in kinds]
    facts = {
        "nodes": list(_runs(graph, found)),
        "required": "".join(str(int(mark)) for mark in required),
        "output": graph.output,
        "back": [_back(kind) for kind in kinds],
        "chooses": {
            place: [row.chooses(False), row.chooses(True)] for place, row in enumerate(operators) if row.chooses
        },
        "flat": {place: [int(b.is_flat) for b in row.branches] for place, row in enumerate(operators) if row.branches},
        "how": "".join(map(how, operators)),
    }
    return Numbers(code, facts)


def _kind(graph: Graph, node: int, required: Sequence[int], kinds: dict[Kind, int]) -> int:
    inputs = graph.inputs[node]
    if not inputs:
        return -1
    different = {x: place for place, x in enumerate(dict.fromkeys(inputs))}
    kind = Kind(
        graph.operators[node], tuple(different[x] for x in inputs), tuple(int(bool(required[x])) for x in different)
    )
    return kinds.setdefault(kind, len(kinds))


def _alone(kind: Kind) -> Graph:
    """One node of a kind, behind its different inputs."""
    builder = Builder()
    inputs = [builder.variable(f"x{place}") for place in range(len(kind.required))]
    output = builder.append(kind.operator, tuple(inputs[place] for place in kind.places))
    assert all(builder.operators[x] is VARIABLE for x in inputs), "leaves stand first"
    return builder.graph(output)


def _back(kind: Kind) -> list[int]:
    """The arguments to which a gradient can go back."""
    operator = kind.operator
    return [
        k
        for k, place in enumerate(kind.places)
        if kind.required[place] and not operator.condition and k not in operator.discrete
    ]


def _runs(graph: Graph, kinds: Sequence[int]) -> list[list[int]]:
    runs: list[list[int]] = []
    before: tuple[int, ...] = ()
    for node, kind in enumerate(kinds):
        inputs = graph.inputs[node]
        if runs and runs[-1][0] == kind:
            runs[-1][1] += 1
            runs[-1] += [x - y for x, y in zip(inputs, before, strict=True)]
        else:
            runs.append([kind, 1, *inputs])
        before = inputs
    return runs

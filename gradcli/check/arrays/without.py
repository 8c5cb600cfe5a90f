"""What is right for another function: for the same without a term or a factor, as a bias or the scale of attention."""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from gradcli.check.arrays.leading import Leads
from gradcli.check.trials.remarks import Mentions, Remark
from gradcli.check.trials.samples import Sample, sample
from gradcli.graph import Builder, Graph
from gradcli.graph.arrays import Arrays
from gradcli.operators.table import ADD, CONSTANT, DIV, MUL, SUB, VARIABLE

LARGEST = 20_000  # nodes of a graph of which others are evaluated
_NEUTRAL = {ADD: 0.0, SUB: 0.0, MUL: 1.0, DIV: 1.0}


def of_others(
    graph: Graph, arrays: Arrays, mentions: Mentions, targets: Sequence[int]
) -> Iterator[tuple[Remark, Leads]]:
    """What is left out is a variable, or a number that depends on none."""
    program = arrays.program
    moved = program.dependents(program.variables.values())
    for node, x in _operands(program) if len(graph) <= LARGEST else ():
        neutral, elements = _NEUTRAL[program.operators[node]], arrays.elements[x]
        remark = Remark("without", {"taken": mentions[x], "at": mentions.place(node)})
        if program.operators[x] is VARIABLE and {*elements}.isdisjoint(targets):
            others = dict.fromkeys((graph.names[one] for one in elements), neutral)
            yield remark, partial(_at, graph, others, targets)
        elif not moved[x] and len(elements) == 1:
            yield remark, partial(_at, _with(graph, elements[0], neutral), {}, targets)


def _operands(program: Graph) -> Iterator[tuple[int, int]]:
    """Nodes and operands of them that there is a number for which changes nothing."""
    for node, operator in enumerate(program.operators):
        for x in program.inputs[node][operator is DIV :] if operator in _NEUTRAL else ():
            yield node, x


def _with(graph: Graph, node: int, number: float) -> Graph:
    """The graph with a number in the place of a node."""
    builder = Builder(graph)
    builder.replace(node, CONSTANT)
    builder.values[node] = number
    return builder.graph(graph.output)


def _at(
    graph: Graph,
    others: Mapping[str, float],
    targets: Sequence[int],
    found: Sample,
    _: Sequence[float],
    places: Sequence[int],
) -> Sequence[float] | None:
    there = sample(graph, {**found.at, **others})
    return None if there is None else [there.adjoints[targets[place]] for place in places]

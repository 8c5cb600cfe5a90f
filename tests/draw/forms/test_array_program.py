"""The numbers of a page of arrays, as its scripts read them."""

from gradcli.api import gradient
from gradcli.draw.forms.array_program import numbers
from tests.helpers.array_programs import NETWORK


def test_runs_of_nodes_stand_for_all_nodes() -> None:
    """Each but the first of a run by the differences of its inputs to those of the one before."""
    graph = gradient(*NETWORK).graph
    facts = numbers(graph, [1] * len(graph), "branch").facts
    inputs, kinds = [], []
    for kind, count, *rest in facts["nodes"]:
        size = len(rest) // count
        found = [0] * size
        for start in range(0, len(rest), size) if size else [0] * count:
            found = [x + y for x, y in zip(found, rest[start : start + size], strict=True)]
            inputs.append(tuple(found))
            kinds.append(kind)
    assert inputs == list(map(tuple, graph.inputs))
    assert [kind < 0 for kind in kinds] == list(map(graph.is_leaf, range(len(graph))))
    assert len(facts["nodes"]) < len(graph) / 2

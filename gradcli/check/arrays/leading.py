"""What a mistake leads to: a gradient, given for some of its elements; and the backward pass that finds it where it is
one at an operation, with other local derivatives or another gradient there.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from gradcli.check.trials.samples import Sample

# What a mistake leads to at a point, where the right gradient is given, in the elements at these places of it.
Leads = Callable[[Sample, Sequence[float], Sequence[int]], Sequence[float] | None]


class Otherwise(NamedTuple):
    """What is taken for local derivatives of scalar nodes, and for gradients that come to them."""

    slopes: Mapping[int, Sequence[float]] = {}
    adjoints: Mapping[int, float] = {}


Changed = Callable[[Sample, Sequence[int]], Otherwise]  # at the nodes that are marked


def carried_on(
    targets: Sequence[int], changed: Changed, found: Sample, _: Sequence[float], places: Sequence[int]
) -> Sequence[float]:
    """The gradient with a mistake at an operation, from there on right: a backward pass over what is on the way."""
    wanted = tuple([targets[place] for place in places])
    marks, nodes, slopes = found.passage(wanted)
    (others, given), inputs = changed(found, marks), found.graph.inputs
    adjoints = [0.0] * len(found.graph)
    adjoints[found.graph.output] = 1.0
    for node in nodes:
        if node in given:
            adjoints[node] = given[node]
        adjoint = adjoints[node]
        if adjoint:
            for x, slope in zip(inputs[node], others.get(node) or slopes[node], strict=True):
                adjoints[x] += adjoint * slope
    return [adjoints[x] for x in wanted]


def evaluated(nodes: Sequence[int], found: Sample, marks: Sequence[int]) -> list[int]:
    """Those that are marked and have a value."""
    return [node for node in nodes if marks[node] and found.is_evaluated(node)]

"""Layers of random numbers, and what gradcli check says of claims about them."""

from collections.abc import Mapping, Sequence
from functools import cache
from random import Random

from gradcli.arrays.lowering import lowered
from gradcli.check.arrays.claims import read_array_claims
from gradcli.check.arrays.verdicts import ArrayVerdict, array_verdicts
from gradcli.check.inspection import Inspection
from gradcli.graph import Graph
from gradcli.language.parser import parse

Shapes = Mapping[str, tuple[int, ...]]


@cache
def _graph(text: str, shapes: tuple[tuple[str, tuple[int, ...]], ...]) -> Graph:
    return lowered(parse(text), dict(shapes))


def layers(text: str, shapes: Shapes) -> Graph:
    """A program over arrays of these shapes."""
    return _graph(text, tuple(shapes.items()))


def point(graph: Graph, seed: int = 1) -> dict[str, float]:
    """Numbers for all elements, with few digits."""
    random = Random(seed)
    return {name: round(random.gauss(0, 1), 3) for name in graph.variables}


def judged_layers(text: str, shapes: Shapes, claim: str, varied: Sequence[str] | None = None) -> ArrayVerdict:
    """The verdict on one claim, with all arrays varied or some."""
    graph = layers(text, shapes)
    names = None if varied is None else [one for one in graph.variables if one.partition("[")[0] in varied]
    claims = read_array_claims(graph, [claim])
    return array_verdicts(Inspection(graph, point(graph)), claims, 0, names)[0][0]

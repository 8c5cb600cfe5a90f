"""What formulas over arrays come to, found as anybody would: the text is read again, and its elements are evaluated."""

import random
import re
from collections.abc import Iterable, Mapping
from typing import Any

from gradcli.arrays.lowering import lowered
from gradcli.engine.evaluation import evaluate
from gradcli.graph import Graph
from gradcli.graph.arrays import Shape, element_names, shape_of, shaped, size_of
from gradcli.language.parser import parse
from gradcli.symbolic.arrays.formulary import ArrayFormulary, formulary_over_arrays

WEIGHT = "weight"


def over_arrays(text: str, shapes: Mapping[str, Shape], wrt: Iterable[str] | None = None) -> ArrayFormulary:
    """The derivatives of a program over arrays."""
    found = formulary_over_arrays(graph_of(text, shapes), wrt, 1, inline=False)
    assert found is not None
    return found


def graph_of(text: str, shapes: Mapping[str, Shape]) -> Graph:
    """The graph of its numbers."""
    return lowered(parse(text), shapes)


def somewhere(shapes: Mapping[str, Shape], seed: int = 0, low: float = 0.2, high: float = 2.0) -> dict[str, Any]:
    """Arrays of random numbers by name."""
    source = random.Random(seed)
    return {
        name: shaped([source.uniform(low, high) for _ in range(size_of(shape))], shape)
        for name, shape in shapes.items()
    }


def slopes(text: str, at: Mapping[str, Any], name: str) -> list[float]:
    """The gradient of a program with respect to a variable, row by row: the numbers of the backward pass alone."""
    graph = graph_of(text, {one: shape_of(value) for one, value in at.items()})
    point = at if graph.arrays is None else graph.arrays.flat({x: at[x] for x in graph.arrays.program.variables})
    names = element_names(name, shape_of(at[name]))
    nodes = [graph.variables[one] for one in names]
    adjoints = evaluate(graph, point, nodes).adjoints
    return [adjoints[node] for node in nodes]


def value_of(text: str, at: Mapping[str, Any], shape: Shape) -> list[float]:
    """What a program over arrays comes to, its elements repeated to a shape, row by row.

    It is the gradient with respect to weights of the elements' sum.
    """
    steps, joint, last = text.rpartition("; ")
    last = re.sub(r"^\w+ = ", "", last)  # the last step of the user may be the derivative
    weights = shaped([1.0] * size_of(shape), shape or (1,))
    return slopes(f"{steps}{joint}sum({WEIGHT}*({last}))", {**at, WEIGHT: weights}, WEIGHT)


def differences(text: str, at: Mapping[str, Any], tolerance: float = 1e-9) -> list[str]:
    """The formulas that are not equal to the gradient at a point: relative to the largest element of an array."""
    found = over_arrays(text, {name: shape_of(value) for name, value in at.items()})
    wrong = []
    for name in found.derivatives.targets:
        formula = found.text((name,))
        given, right = value_of(formula, at, shape_of(at[name])), slopes(text, at, name)
        room = tolerance * max(1e-3, *map(abs, right), 0.0)
        if not all(abs(one - other) <= room for one, other in zip(given, right, strict=True)):
            wrong.append(f"{text}: ∂/∂{name} = {formula} is {given}, not {right} at {at}")
    return wrong

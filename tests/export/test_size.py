"""Large functions export in proportion to their size, and nested branches become code that runs."""

import math
from functools import cache

import pytest

from gradcli.api import gradient
from gradcli.choices import BACKENDS
from gradcli.export.export import export
from gradcli.export.guards import Guards
from gradcli.graph import Graph
from gradcli.language.parser import parse
from tests.helpers.exported import function


def layers(name: str, count: int) -> str:
    """A chain of layers with an activation."""
    steps = [f"h{n} = {name}(w{n % 5}*{f'h{n - 1}' if n else 'x'} + b{n % 5})" for n in range(count)]
    return "\n".join(steps)


def nested(count: int) -> str:
    """A `where` in the branch of another one, with parts that several conditions share."""
    return "".join(f"where(x > {n}, sqrt(x - {n})*sin(sqrt(x - {n})), " for n in range(count)) + "x" + ")" * count


def in_conditions(count: int) -> str:
    """A `where` in the condition of another one."""
    steps = ["h = x"]
    for n in range(count):
        h = f"h{n - 1}" if n else "h"
        steps.append(f"h{n} = where(where({h} > {n % 3}, {h}, sqrt({n} + x^2)) > 1, log(1 + {h}^2), 1/(x + 2))")
    return "\n".join(steps)


SHAPES = {
    "sum": lambda n: " + ".join(f"sin(x{i % 7}*{i % 13 + 1})" for i in range(n)),
    "variables": lambda n: " + ".join(f"x{i}^2" for i in range(n)),
    "chain": lambda n: "sin(" * n + "x" + ")" * n,
    "logsumexp": lambda n: f"logsumexp({', '.join(f'x{i}' for i in range(n))})",
    "max": lambda n: f"max({', '.join(f'x{i}*2' for i in range(n))})",
    "relu": lambda n: layers("relu", n),
    "nested": nested,
}


@cache
def large(shape: str, count: int) -> Graph:
    """The graph of a shape, parsed once for all backends."""
    return parse(SHAPES[shape](count))


@pytest.mark.sampled(4)
@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("backend", BACKENDS)
def test_code_grows_in_proportion(backend: str, shape: str) -> None:
    """Of small ones; of larger ones in tests/sweeps."""
    check_code(backend, shape, 14 if shape == "nested" else 7)


def check_code(backend: str, shape: str, count: int) -> None:
    """Twice the terms, calls, layers or branches: about twice the text."""
    short, long = (len(export(large(shape, n), backend)) for n in (count, 2 * count))
    assert long < 2.6 * short


@pytest.mark.sampled(3)
@pytest.mark.parametrize("text", [layers("relu", 120), nested(100), in_conditions(100)])
def test_many_branches_run(text: str) -> None:
    """More in one another than Python indents; other layers in tests/sweeps."""
    check_branches(text)


def check_branches(text: str) -> None:
    """In plain Python, whose arithmetic raises in a branch that is not taken."""
    graph = parse(text)
    run = function(text)
    for x in (-1.5, 0.3, 3.5):
        at = {name: 0.4 if name.startswith("w") else 0.1 for name in graph.variables} | {"x": x}
        expected = gradient(graph, at)
        value, slopes = run(*at.values())
        assert math.isclose(expected.value, value, rel_tol=1e-10, abs_tol=1e-15)
        assert pytest.approx(dict(expected.gradient), rel=1e-9, abs=1e-12) == slopes


def test_the_order_of_guarded_nodes() -> None:
    """Each node follows its operands and the conditions of its region."""
    graph = parse(in_conditions(20) + "\nwhere(x > 0 and log(x) > 1 or not h3 > 1, log(x)*h3, h19)")
    nodes = list(range(len(graph)))
    guards = Guards(graph, nodes, [graph.output])
    place = {node: index for index, node in enumerate(guards.order())}
    assert sorted(place) == nodes
    for node in nodes:
        before = [*graph.inputs[node]]
        region = guards.regions[node]
        while region:
            before.append(guards.literals[region][0])
            region = guards.parents[region]
        assert all(place[x] < place[node] for x in before)
    assert any(guards.regions.values())
    assert set(nodes) != guards.certain

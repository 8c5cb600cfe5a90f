"""What wrong answers typical mistakes lead to, computed on the real graph at a real point.

A mistake at one edge of the graph changes one local derivative. Since a path passes an edge at most once, the
derivative that follows is exact: D + adjoint·(wrong − right)·tangent, with the adjoint of the edge's upper end and
the tangent of its lower end. So every suspect costs a few operations, and all of them together are linear in the
number of edges; their words are found only for those that fit. A claim that equals a suspect at all points is
consistent with the mistake; whether the mistake was made, nobody can know.
"""

from collections.abc import Callable, Iterator
from functools import partial
from math import isfinite

from gradcli.check.forks import forks
from gradcli.check.mutants import mutants, written_forms
from gradcli.check.samples import sample
from gradcli.check.views import View
from gradcli.check.ways import Suspect, Ways, edge_facts, fixed, named, place_of, ways_of
from gradcli.engine import rules
from gradcli.engine.kinks import branch_slope
from gradcli.graph import Graph
from gradcli.operators.table import IDENTITY

MOST_BRANCHES = 8  # `where` nodes for which the whole graph is evaluated anew


def suspects(graph: Graph, target: int) -> Iterator[Suspect]:
    """The mistakes that can be made on the ways from the output to the target, the most typical ones first."""
    ways = ways_of(graph, target)
    edges = ways.edges
    yield Suspect("sign", _negative)
    yield from (_edge_sign(graph, *edge) for edge in edges if _is_minus(graph, *edge))
    yield from forks(ways)
    for make in (_products, _branches):
        for edge in edges:
            yield from make(graph, *edge)
    yield from _other_branches(graph, target)
    for edge in edges:
        yield Suspect("factor", partial(_without, *edge), edge_facts(graph, *edge))
        yield _edge_sign(graph, *edge)
    for node in ways.nodes:
        yield from _inside(ways, node)
    for edge in edges:
        yield from _other_arguments(graph, *edge)
        yield from _wrong_rules(graph, *edge)
    yield from _other_gradients(ways)
    for edge in edges:
        yield from _wrong_places(graph, *edge, target)
    yield Suspect("value", _value)
    yield Suspect("inverse", _inverse)


# What mistakes lead to.


def _negative(view: View) -> float:
    return -view.derivative


def _adjoint(node: int, view: View) -> float:
    return view.sample.adjoints[node]


def _tangent(node: int, view: View) -> float:
    return view.tangents[node]


def _value(view: View) -> float:
    return float(view.sample.values[view.sample.graph.output])


def _inverse(view: View) -> float | None:
    return 1 / view.derivative if view.derivative else None


def _without(node: int, index: int, view: View) -> float:
    return view.with_slope(node, index, 1.0)


def _turned(node: int, index: int, view: View) -> float:
    return view.with_slope(node, index, -view.slope(node, index))


def _halved(node: int, index: int, view: View) -> float:
    return view.with_slope(node, index, 0.5)


def _to_the_other(node: int, index: int, view: View) -> float:
    return view.with_slope(node, index, 1.0 - view.slope(node, index))


def _with(node: int, index: int, function: Callable[..., float], view: View) -> float | None:
    """With another local derivative, a function of the node's arguments and its value."""
    point = view.point(node)
    if point is None:
        return None
    slope = float(function(*point, view.sample.values[node]))
    return view.with_slope(node, index, slope) if isfinite(slope) else None


def _is_minus(graph: Graph, node: int, index: int) -> bool:
    """Whether the local derivative is −1: a sign that is easily overlooked."""
    return graph.operators[node].partials[index : index + 1] == ("-1",)


def _edge_sign(graph: Graph, node: int, index: int) -> Suspect:
    return Suspect("edge sign", partial(_turned, node, index), edge_facts(graph, node, index))


def _products(graph: Graph, node: int, index: int) -> Iterator[Suspect]:
    """The own input instead of the other one, at an operator whose partial derivatives are each other's argument."""
    operator, inputs = graph.operators[node], graph.inputs[node]
    if operator.partials == operator.parameters[::-1] and len(inputs) == 2 and inputs[0] != inputs[1]:
        facts = edge_facts(graph, node, index, other=inputs[1 - index])
        yield Suspect("own input", partial(_own_input, node, index), facts)


def _own_input(node: int, index: int, view: View) -> float | None:
    point = view.point(node)
    return None if point is None else view.with_slope(node, index, point[index])


def _branches(graph: Graph, node: int, index: int) -> Iterator[Suspect]:
    """Another branch of a function than the one taken: a closed ReLU treated as open, the loser of a max."""
    operator, inputs = graph.operators[node], graph.inputs[node]
    facts = edge_facts(graph, node, index)
    for number, branch in enumerate(operator.branches):
        code = branch.words[0] if branch.words[0] in ("open", "closed") else "branch"
        leads_to = partial(_with, node, index, branch_slope(operator, number, index))
        yield Suspect(code, leads_to, facts, node, {"takes": branch.takes})
    if operator.ties:
        yield Suspect("loser", partial(_to_the_other, node, index), facts)
        if len(inputs) == 2 and inputs[0] != inputs[1]:
            yield Suspect("shared", partial(_halved, node, index), facts)


def _other_branches(graph: Graph, target: int) -> Iterator[Suspect]:
    """The branch of a `where` that is not taken, throughout."""
    choosers = [node for node, operator in enumerate(graph.operators) if operator.chooses and not operator.condition]
    for node in choosers[:MOST_BRANCHES]:
        for index, x in enumerate(graph.inputs[node]):
            if index not in graph.operators[node].conditions:
                yield Suspect("branch", partial(_always, graph, node, x, target), partial(place_of, node, {"takes": x}))


def _always(graph: Graph, node: int, x: int, target: int, view: View) -> float | None:
    operators, inputs = list(graph.operators), list(graph.inputs)
    operators[node], inputs[node] = IDENTITY, (x,)
    found = sample(Graph(operators, inputs, graph.values, graph.names, graph.output), view.sample.at)
    return None if found is None else found.adjoints[target]


def _inside(ways: Ways, node: int) -> Iterator[Suspect]:
    """The derivatives of the arguments put in: cos(x)^2 for sin(x)^2, u'·v' for the product u·v."""
    operator, inputs = ways.graph.operators[node], ways.graph.inputs[node]
    moved = [x == ways.target or x in ways.nodes for x in inputs]
    if not operator.conditions and moved != [x == ways.target for x in inputs]:
        yield Suspect("inside", partial(_put_in, node, moved), partial(place_of, node, {}))


def _put_in(node: int, moved: list[bool], view: View) -> float | None:
    point = view.point(node)
    if point is None:
        return None
    operator, inputs = view.sample.graph.operators[node], view.sample.graph.inputs[node]
    put_in = [view.tangents[x] if moves else value for x, moves, value in zip(inputs, moved, point, strict=True)]
    return view.sample.adjoints[node] * float(rules.ieee(operator)(*put_in))


def _other_arguments(graph: Graph, node: int, index: int) -> Iterator[Suspect]:
    """The rule for the other argument: x·2^(x−1) for 2^x."""
    operator, inputs = graph.operators[node], graph.inputs[node]
    if not operator.variadic and len(inputs) == 2 and not operator.conditions:
        leads_to = partial(_with, node, index, rules.slopes(operator, (1 - index,), True))
        yield Suspect("other argument", leads_to, edge_facts(graph, node, index))


def _wrong_rules(graph: Graph, node: int, index: int) -> Iterator[Suspect]:
    """A rule with one operation changed: x^(y − 1) for y·x^(y − 1), 1/out for 1/(2·out), 1 − out for 1 − out^2."""
    operator = graph.operators[node]
    if operator.variadic or not operator.partials[index]:
        return
    facts = edge_facts(graph, node, index)
    for rule in written_forms(operator.partials[index]):
        out = ("out",) if "out" in rule else ()
        for text in (*out, *mutants(rule)):
            function = rules.expression(text, (*operator.parameters, "out"), total=True)
            yield Suspect("rule", partial(_with, node, index, function), facts, node, {"rule": rule, "taken": text})


def _other_gradients(ways: Ways) -> Iterator[Suspect]:
    """The chain broken off: at a node above the target, or begun only there; and another name's gradient."""
    for node in ways.nodes:
        if node != ways.graph.output:
            yield Suspect("stops early", partial(_adjoint, node), partial(named, node, "node"))
            yield Suspect("starts late", partial(_tangent, node), partial(named, node, "node"))
    for name, other in (ways.graph.variables | ways.graph.steps).items():
        if other != ways.target:
            yield Suspect("other gradient", partial(_adjoint, other), partial(fixed, {"name": name}))


def _wrong_places(graph: Graph, node: int, index: int, target: int) -> Iterator[Suspect]:
    """f'(x) instead of f'(g(x)): the outer derivative taken at the target, or at the inner function's argument."""
    operator, inputs = graph.operators[node], graph.inputs[node]
    if len(inputs) != 1 or operator.variadic or inputs[0] == target:
        return
    inner = [x for x in graph.inputs[inputs[0]] if not graph.operators[x].condition and x not in graph.values]
    for place in dict.fromkeys((target, *inner)):
        yield Suspect("place", partial(_taken_at, node, index, place), edge_facts(graph, node, index, target=place))


def _taken_at(node: int, index: int, place: int, view: View) -> float | None:
    x, operator = view.sample.values[place], view.sample.graph.operators[node]
    if view.point(node) is None or x is None:
        return None
    slope = rules.slopes(operator, (0,), True)(x, rules.ieee(operator)(x))
    return view.with_slope(node, index, float(slope)) if isfinite(slope) else None

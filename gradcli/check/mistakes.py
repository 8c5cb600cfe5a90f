"""What wrong answers typical mistakes lead to, computed on the real graph at a real point.

A mistake at one edge of the graph changes one local derivative. Since a path passes an edge at most once, the
derivative that follows is exact: D + adjoint·(wrong − right)·tangent, with the adjoint of the edge's upper end and
the tangent of its lower end. So every mistake costs a few operations, and all of them together are linear in the
number of edges; their words are found only for those that fit. A claim that equals a mistake at all points is
consistent with the mistake; whether the mistake was made, nobody can know.
"""

from collections.abc import Callable, Iterator
from functools import partial
from math import isfinite

from gradcli.check.mentions import Mentions
from gradcli.check.paths import Flows, Mistake, Paths, edge_facts, fixed, named, paths_to, place_of
from gradcli.check.samples import sample
from gradcli.check.wrong_rules import mutants, written_forms
from gradcli.engine import rules
from gradcli.engine.kinks import branch_slope
from gradcli.graph import Graph
from gradcli.operators.table import IDENTITY

MOST_BRANCHES = 8  # `where` nodes for which the whole graph is evaluated anew


def mistakes(graph: Graph, target: int) -> Iterator[Mistake]:
    """The mistakes that can be made on the paths from the output to the target, the most typical ones first."""
    paths = paths_to(graph, target)
    edges = paths.edges
    yield Mistake("sign", _negative)
    yield from (_edge_sign(graph, *edge) for edge in edges if _is_minus(graph, *edge))
    yield from forks(paths)
    for make in (_products, _branches):
        for edge in edges:
            yield from make(graph, *edge)
    yield from _other_branches(graph, target)
    for edge in edges:
        yield Mistake("factor", partial(_without, *edge), edge_facts(graph, *edge))
        yield _edge_sign(graph, *edge)
    for node in paths.nodes:
        yield from _inside(paths, node)
    for edge in edges:
        yield from _other_arguments(graph, *edge)
        yield from _wrong_rules(graph, *edge)
    yield from _other_gradients(paths)
    for edge in edges:
        yield from _wrong_places(graph, *edge, target)
    yield Mistake("value", _value)
    yield Mistake("inverse", _inverse)


# What mistakes lead to.


def _negative(flows: Flows) -> float:
    return -flows.derivative


def _adjoint(node: int, flows: Flows) -> float:
    return flows.sample.adjoints[node]


def _tangent(node: int, flows: Flows) -> float:
    return flows.tangents[node]


def _value(flows: Flows) -> float:
    return float(flows.sample.values[flows.sample.graph.output])


def _inverse(flows: Flows) -> float | None:
    return 1 / flows.derivative if flows.derivative else None


def _without(node: int, index: int, flows: Flows) -> float:
    return flows.with_slope(node, index, 1.0)


def _turned(node: int, index: int, flows: Flows) -> float:
    return flows.with_slope(node, index, -flows.slope(node, index))


def _halved(node: int, index: int, flows: Flows) -> float:
    return flows.with_slope(node, index, 0.5)


def _to_the_other(node: int, index: int, flows: Flows) -> float:
    return flows.with_slope(node, index, 1.0 - flows.slope(node, index))


def _with(node: int, index: int, function: Callable[..., float], flows: Flows) -> float | None:
    """With another local derivative, a function of the node's arguments and its value."""
    point = flows.point(node)
    if point is None:
        return None
    slope = float(function(*point, flows.sample.values[node]))
    return flows.with_slope(node, index, slope) if isfinite(slope) else None


def _is_minus(graph: Graph, node: int, index: int) -> bool:
    """Whether the local derivative is −1: a sign that is easily overlooked."""
    return graph.operators[node].partials[index : index + 1] == ("-1",)


def _edge_sign(graph: Graph, node: int, index: int) -> Mistake:
    return Mistake("edge sign", partial(_turned, node, index), edge_facts(graph, node, index))


def _products(graph: Graph, node: int, index: int) -> Iterator[Mistake]:
    """The own input instead of the other one, at an operator whose partial derivatives are each other's argument."""
    operator, inputs = graph.operators[node], graph.inputs[node]
    if operator.partials == operator.parameters[::-1] and len(inputs) == 2 and inputs[0] != inputs[1]:
        facts = edge_facts(graph, node, index, other=inputs[1 - index])
        yield Mistake("own input", partial(_own_input, node, index), facts)


def _own_input(node: int, index: int, flows: Flows) -> float | None:
    point = flows.point(node)
    return None if point is None else flows.with_slope(node, index, point[index])


def _branches(graph: Graph, node: int, index: int) -> Iterator[Mistake]:
    """Another branch of a function than the one taken: a closed ReLU treated as open, the loser of a max."""
    operator, inputs = graph.operators[node], graph.inputs[node]
    facts = edge_facts(graph, node, index)
    for number, branch in enumerate(operator.branches):
        code = branch.words[0] if branch.words[0] in ("open", "closed") else "branch"
        leads_to = partial(_with, node, index, branch_slope(operator, number, index))
        yield Mistake(code, leads_to, facts, node, {"takes": branch.takes})
    if operator.ties:
        yield Mistake("loser", partial(_to_the_other, node, index), facts)
        if len(inputs) == 2 and inputs[0] != inputs[1]:
            yield Mistake("shared", partial(_halved, node, index), facts)


def _other_branches(graph: Graph, target: int) -> Iterator[Mistake]:
    """The branch of a `where` that is not taken, throughout."""
    choosers = [node for node, operator in enumerate(graph.operators) if operator.chooses and not operator.condition]
    for node in choosers[:MOST_BRANCHES]:
        for index, x in enumerate(graph.inputs[node]):
            if index not in graph.operators[node].conditions:
                yield Mistake("branch", partial(_always, graph, node, x, target), partial(place_of, node, {"takes": x}))


def _always(graph: Graph, node: int, x: int, target: int, flows: Flows) -> float | None:
    operators, inputs = list(graph.operators), list(graph.inputs)
    operators[node], inputs[node] = IDENTITY, (x,)
    found = sample(Graph(operators, inputs, graph.values, graph.names, graph.output), flows.sample.at)
    return None if found is None else found.adjoints[target]


def _inside(paths: Paths, node: int) -> Iterator[Mistake]:
    """The derivatives of the arguments put in: cos(x)^2 for sin(x)^2, u'·v' for the product u·v."""
    operator, inputs = paths.graph.operators[node], paths.graph.inputs[node]
    moved = [x == paths.target or x in paths.nodes for x in inputs]
    if not operator.conditions and moved != [x == paths.target for x in inputs]:
        yield Mistake("inside", partial(_put_in, node, moved), partial(place_of, node, {}))


def _put_in(node: int, moved: list[bool], flows: Flows) -> float | None:
    point = flows.point(node)
    if point is None:
        return None
    operator, inputs = flows.sample.graph.operators[node], flows.sample.graph.inputs[node]
    put_in = [flows.tangents[x] if moves else value for x, moves, value in zip(inputs, moved, point, strict=True)]
    return flows.sample.adjoints[node] * float(rules.ieee(operator)(*put_in))


def _other_arguments(graph: Graph, node: int, index: int) -> Iterator[Mistake]:
    """The rule for the other argument: x·2^(x−1) for 2^x."""
    operator, inputs = graph.operators[node], graph.inputs[node]
    if not operator.variadic and len(inputs) == 2 and not operator.conditions:
        leads_to = partial(_with, node, index, rules.slopes(operator, (1 - index,), True))
        yield Mistake("other argument", leads_to, edge_facts(graph, node, index))


def _wrong_rules(graph: Graph, node: int, index: int) -> Iterator[Mistake]:
    """A rule with one operation changed: x^(y − 1) for y·x^(y − 1), 1/out for 1/(2·out), 1 − out for 1 − out^2."""
    operator = graph.operators[node]
    if operator.variadic or not operator.partials[index]:
        return
    facts = edge_facts(graph, node, index)
    for rule in written_forms(operator.partials[index]):
        out = ("out",) if "out" in rule else ()
        for text in (*out, *mutants(rule)):
            function = rules.expression(text, (*operator.parameters, "out"), total=True)
            yield Mistake("rule", partial(_with, node, index, function), facts, node, {"rule": rule, "taken": text})


def _other_gradients(paths: Paths) -> Iterator[Mistake]:
    """The chain broken off: at a node above the target, or begun only there; and another name's gradient."""
    for node in paths.nodes:
        if node != paths.graph.output:
            yield Mistake("stops early", partial(_adjoint, node), partial(named, node, "node"))
            yield Mistake("starts late", partial(_tangent, node), partial(named, node, "node"))
    for name, other in (paths.graph.variables | paths.graph.steps).items():
        if other != paths.target:
            yield Mistake("other gradient", partial(_adjoint, other), partial(fixed, {"name": name}))


def _wrong_places(graph: Graph, node: int, index: int, target: int) -> Iterator[Mistake]:
    """f'(x) instead of f'(g(x)): the outer derivative taken at the target, or at the inner function's argument."""
    operator, inputs = graph.operators[node], graph.inputs[node]
    if len(inputs) != 1 or operator.variadic or inputs[0] == target:
        return
    inner = [x for x in graph.inputs[inputs[0]] if not graph.operators[x].condition and x not in graph.values]
    for place in dict.fromkeys((target, *inner)):
        yield Mistake("place", partial(_taken_at, node, index, place), edge_facts(graph, node, index, target=place))


def _taken_at(node: int, index: int, place: int, flows: Flows) -> float | None:
    x, operator = flows.sample.values[place], flows.sample.graph.operators[node]
    if flows.point(node) is None or x is None:
        return None
    slope = rules.slopes(operator, (0,), True)(x, rules.ieee(operator)(x))
    return flows.with_slope(node, index, float(slope)) if isfinite(slope) else None


# At forks, where a node is used more than once and gradients add.


def forks(paths: Paths) -> Iterator[Mistake]:
    """A path left out where a node is used more than once; only one kept; contributions multiplied or subtracted."""
    all_uses: dict[int, list[tuple[int, int]]] = {}
    for node, index in reversed(paths.edges):
        all_uses.setdefault(paths.graph.inputs[node][index], []).append((node, index))
    for fork in (paths.target, *paths.nodes):
        uses = sorted(all_uses.get(fork, []))
        if len(uses) < 2:
            continue
        for use in uses:
            yield Mistake("path", partial(_left_out, use), partial(_fork, fork, use[0]))
        if fork != paths.target:
            continue
        for use in uses if len(uses) > 2 else ():
            yield Mistake("only path", partial(_alone, use), partial(_fork, fork, use[0]))
        if len(uses) == 2:
            one, other = uses
            yield Mistake("multiplied", partial(_multiplied, one, other), partial(named, fork, "fork"))
            yield Mistake("subtracted", partial(_subtracted, one, other), partial(named, fork, "fork"))


def _fork(fork: int, via: int, mentions: Mentions) -> dict[str, str]:
    return {"fork": mentions[fork], "via": mentions[via]}


def _left_out(use: tuple[int, int], flows: Flows) -> float:
    return flows.derivative - flows.through(*use)


def _alone(use: tuple[int, int], flows: Flows) -> float:
    return flows.through(*use)


def _multiplied(one: tuple[int, int], other: tuple[int, int], flows: Flows) -> float:
    return flows.through(*one) * flows.through(*other)


def _subtracted(one: tuple[int, int], other: tuple[int, int], flows: Flows) -> float:
    return flows.through(*one) - flows.through(*other)

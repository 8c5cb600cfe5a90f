"""What wrong answers typical mistakes lead to, computed on the real graph at a real point.

A mistake at one edge of the graph changes one local derivative. Since a path passes an edge at most once, the
derivative that follows is exact: D + adjoint·(wrong − right)·tangent, with the adjoint of the edge's upper end and
the tangent of its lower end. So every mistake costs a few operations, and all of them together are linear in the
number of edges; their words are found only for those that fit. A claim that equals the result of a mistake at all
points is consistent with it; whether it was made, nobody can know.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import isfinite

from gradcli.check.mistakes.wrong_rules import changed_rules, with_input_for_output
from gradcli.check.trials.samples import Flows, sample
from gradcli.engine.doubles import rules
from gradcli.engine.doubles.kinks import branch_slope
from gradcli.graph import Builder, Edge, Graph
from gradcli.graph.paths import Paths, paths_to
from gradcli.operators.records import Operator
from gradcli.operators.table import DIV, IDENTITY, MUL

# A product or quotient is no function that something is put into: its mistake has another name.
_OF_FACTORS = {MUL: "inside-product", DIV: "inside-quotient"}
MOST_BRANCHES = 8  # `where` nodes for which the whole graph is evaluated anew


@dataclass(frozen=True, slots=True)
class Mistake:
    """A mistake: its kind, the derivative it leads to (None: none at this point), and what its sentence speaks of.

    Facts are texts and nodes; `rules` are facts too, written in the table's names for the arguments of the node "at".
    """

    code: str
    leads_to: Callable[[Flows], float | None]
    facts: Mapping[str, int | str] = field(default_factory=dict)
    rules: Mapping[str, str] = field(default_factory=dict)


def mistakes(graph: Graph, target: int) -> Iterator[Mistake]:
    """The mistakes that can be made on the paths from the output to the target, the most typical ones first."""
    paths = paths_to(graph, target)
    edges = paths.edges
    yield Mistake("sign", lambda flows: -flows.derivative)
    yield from (_edge_sign(graph, *edge) for edge in edges if _is_minus(graph, *edge))
    yield from _at_forks(paths)
    yield from _held_constant(paths)
    for make in (_own_input, _branches, _output_and_input):
        for edge in edges:
            yield from make(graph, *edge)
    yield from _other_branches(graph, target)
    for edge in edges:
        yield _at_edge("factor", graph, *edge, lambda _: 1.0)
        yield _edge_sign(graph, *edge)
    for node in paths.nodes:
        yield from _inside(paths, node)
    for edge in edges:
        yield from _other_argument(graph, *edge)
        yield from _wrong_rules(graph, *edge)
    yield from _broken_off(paths)
    yield from _other_gradients(paths)
    for edge in edges:
        yield from _wrong_places(graph, *edge, target)
    yield Mistake("value", lambda flows: flows.value)
    yield Mistake("inverse", lambda flows: 1 / flows.derivative if flows.derivative else None)


# At one edge.


def _at_edge(
    code: str,
    graph: Graph,
    node: int,
    index: int,
    slope: Callable[[Flows], float | None],
    rules: Mapping[str, str] | None = None,
    **others: int,
) -> Mistake:
    """Another local derivative at the edge; `others` are more nodes that the sentence speaks of."""

    def leads_to(flows: Flows) -> float | None:
        wrong = slope(flows)
        return flows.with_slope(node, index, wrong) if wrong is not None and isfinite(wrong) else None

    return Mistake(code, leads_to, {"at": node, "input": graph.inputs[node][index], **others}, rules or {})


def _computed(function: Callable[..., float], node: int) -> Callable[[Flows], float | None]:
    """A local derivative as a function of the node's arguments and its value."""

    def slope(flows: Flows) -> float | None:
        arguments = flows.arguments(node)
        return None if arguments is None else float(function(*arguments, flows.sample.values[node]))

    return slope


def _is_minus(graph: Graph, node: int, index: int) -> bool:
    """Whether the local derivative is −1: a sign that is easily overlooked."""
    return graph.operators[node].formulas[index : index + 1] == ("-1",)


def _edge_sign(graph: Graph, node: int, index: int) -> Mistake:
    return _at_edge("edge-sign", graph, node, index, lambda flows: -flows.slope(node, index))


def _own_input(graph: Graph, node: int, index: int) -> Iterator[Mistake]:
    """The own input instead of the other one, at a product of two."""
    operator, inputs = graph.operators[node], graph.inputs[node]
    if operator.arithmetic == "product" and len(inputs) == 2 and inputs[0] != inputs[1]:
        own = _computed(lambda *point: point[index], node)
        yield _at_edge("own-input", graph, node, index, own, other=inputs[1 - index])


def _branches(graph: Graph, node: int, index: int) -> Iterator[Mistake]:
    """Another branch of a function than the one taken: a closed ReLU treated as open, the loser of a max."""
    operator, inputs = graph.operators[node], graph.inputs[node]
    for number, branch in enumerate(operator.branches):
        code = branch.gate or "branch"
        slope = _computed(branch_slope(operator, number, index), node)
        yield _at_edge(code, graph, node, index, slope, {"takes": branch.takes})
    if operator.ties:
        yield _at_edge("loser", graph, node, index, lambda flows: 1.0 - flows.slope(node, index))
        if len(inputs) == 2 and inputs[0] != inputs[1]:
            yield _at_edge("shared", graph, node, index, lambda _: 0.5)


def _output_and_input(graph: Graph, node: int, index: int) -> Iterator[Mistake]:
    """The derivative of an activation taken at its value, sigmoid(a)*(1 - sigmoid(a)) for a = sigmoid(z); and its
    argument where its rule has its value, z*(1 - z).
    """
    operator = graph.operators[node]
    if len(graph.inputs[node]) != 1 or operator.variadic:
        return
    yield _at_edge("at-output", graph, node, index, _taken_at(operator, node, node))
    for rule, text in with_input_for_output(operator, index):
        yield _with_rule("for-output", graph, node, index, rule, text)


def _other_argument(graph: Graph, node: int, index: int) -> Iterator[Mistake]:
    """The rule for the other argument: x·2^(x−1) for 2^x."""
    operator, inputs = graph.operators[node], graph.inputs[node]
    if not operator.variadic and len(inputs) == 2 and not operator.conditions:
        other = _computed(rules.slopes(operator, (1 - index,), True), node)
        yield _at_edge("other-argument", graph, node, index, other)


def _wrong_rules(graph: Graph, node: int, index: int) -> Iterator[Mistake]:
    """A rule with one operation changed: x^(y − 1) for y·x^(y − 1), 1/out for 1/(2·out), 1 − out for 1 − out^2."""
    for rule, text in changed_rules(graph.operators[node], index):
        yield _with_rule("rule", graph, node, index, rule, text)


def _with_rule(code: str, graph: Graph, node: int, index: int, rule: str, taken: str) -> Mistake:
    """Another rule taken for the derivative at an edge."""
    wrong = _computed(rules.expression(taken, (*graph.operators[node].parameters, "out"), total=True), node)
    return _at_edge(code, graph, node, index, wrong, {"rule": rule, "taken": taken})


def _wrong_places(graph: Graph, node: int, index: int, target: int) -> Iterator[Mistake]:
    """f'(x) instead of f'(g(x)): the outer derivative taken at the target, or at the inner function's argument."""
    operator, inputs = graph.operators[node], graph.inputs[node]
    if len(inputs) != 1 or operator.variadic or inputs[0] == target:
        return
    inner = [x for x in graph.inputs[inputs[0]] if not graph.operators[x].condition and x not in graph.values]
    for place in dict.fromkeys((target, *inner)):
        yield _at_edge("place", graph, node, index, _taken_at(operator, node, place), target=place)


def _taken_at(operator: Operator, node: int, place: int) -> Callable[[Flows], float | None]:
    """The local derivative of a function of one argument, taken at the value of another node."""

    def slope(flows: Flows) -> float | None:
        x = flows.sample.values[place]
        if flows.arguments(node) is None or x is None:
            return None
        return float(rules.slopes(operator, (0,), True)(x, rules.ieee(operator)(x)))

    return slope


# At one node.


def _at_forks(paths: Paths) -> Iterator[Mistake]:
    """A path left out where a node is used more than once; only one kept; contributions multiplied or subtracted."""
    for fork in (paths.target, *paths.nodes):
        uses = sorted(paths.uses.get(fork, []))
        if len(uses) > 1:
            yield from (_left_out(fork, *use) for use in uses)
            if fork == paths.target:
                yield from _not_added(fork, uses)


def _left_out(fork: int, node: int, index: int) -> Mistake:
    return Mistake("path", lambda flows: flows.derivative - flows.through(node, index), {"fork": fork, "via": node})


def _held_constant(paths: Paths) -> Iterator[Mistake]:
    """A named step treated as a constant: all paths through it left out. Where these are one path, from a fork through
    the step itself, it is that one that is named.
    """
    via = {node for uses in paths.uses.values() if len(uses) > 1 for node, _ in uses}
    for node in paths.nodes:
        if node in paths.graph.names and node not in via and node != paths.graph.output:
            yield _without(node)


def _without(node: int) -> Mistake:
    def leads_to(flows: Flows) -> float:
        return flows.derivative - flows.sample.adjoints[node] * flows.tangents[node]

    return Mistake("constant", leads_to, {"node": node})


def _alone(fork: int, node: int, index: int) -> Mistake:
    return Mistake("only-path", lambda flows: flows.through(node, index), {"fork": fork, "via": node})


def _not_added(target: int, uses: Sequence[Edge]) -> Iterator[Mistake]:
    if len(uses) > 2:
        yield from (_alone(target, *use) for use in uses)
        return
    one, other = uses
    fork = {"fork": target}
    yield Mistake("multiplied", lambda flows: flows.through(*one) * flows.through(*other), fork)
    yield Mistake("subtracted", lambda flows: flows.through(*one) - flows.through(*other), fork)


def _other_branches(graph: Graph, target: int) -> Iterator[Mistake]:
    """The branch of a `where` that is not taken, throughout."""
    choosers = [node for node, operator in enumerate(graph.operators) if operator.chooses and not operator.condition]
    for node in choosers[:MOST_BRANCHES]:
        for index, x in enumerate(graph.inputs[node]):
            if index not in graph.operators[node].conditions:
                yield _always(graph, node, x, target)


def _always(graph: Graph, node: int, x: int, target: int) -> Mistake:
    changed = Builder(graph)
    changed.replace(node, IDENTITY, (x,))

    def leads_to(flows: Flows) -> float | None:
        found = sample(changed.graph(graph.output), flows.sample.at)
        return None if found is None else found.adjoints[target]

    return Mistake("branch", leads_to, {"at": node, "takes": x})


def _inside(paths: Paths, node: int) -> Iterator[Mistake]:
    """The derivatives of the arguments put in: cos(x)^2 for sin(x)^2, u'·v' for the product u·v."""
    operator, inputs = paths.graph.operators[node], paths.graph.inputs[node]
    moved = [x in paths for x in inputs]

    def leads_to(flows: Flows) -> float | None:
        arguments = flows.arguments(node)
        if arguments is None:
            return None
        derived = [flows.tangents[x] if moves else y for x, moves, y in zip(inputs, moved, arguments, strict=True)]
        return flows.sample.adjoints[node] * float(rules.ieee(operator)(*derived))

    if not operator.conditions and moved != [x == paths.target for x in inputs]:
        yield Mistake(_OF_FACTORS.get(operator, "inside"), leads_to, {"at": node})


# In the chain as a whole.


def _broken_off(paths: Paths) -> Iterator[Mistake]:
    """The chain broken off at a node above the target, or begun only there."""
    for node in paths.nodes:
        if node != paths.graph.output:
            yield _gradient_of("stops-early", node, {"node": node})
            yield _starts_at(node)


def _starts_at(node: int) -> Mistake:
    return Mistake("starts-late", lambda flows: flows.tangents[node], {"node": node})


def _gradient_of(code: str, node: int, facts: Mapping[str, int | str]) -> Mistake:
    return Mistake(code, lambda flows: flows.sample.adjoints[node], facts)


def _other_gradients(paths: Paths) -> Iterator[Mistake]:
    """Another name's gradient."""
    for name, other in (paths.graph.variables | paths.graph.steps).items():
        if other != paths.target:
            yield _gradient_of("other-gradient", other, {"name": name})

"""What wrong answers typical mistakes lead to, computed on the real graph at a real point.

A mistake at one edge of the graph changes one local derivative. Since a path passes an edge at most once, the
derivative that follows is exact: D + adjoint·(wrong − right)·tangent, with the adjoint of the edge's upper end and
the tangent of its lower end. So every suspect costs a few operations. A claim that equals a suspect at all points is
consistent with the mistake; whether the mistake was made, nobody can know.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import isfinite

from gradcli import rules
from gradcli.check.mutants import mutants
from gradcli.check.naming import Names
from gradcli.check.samples import Sample, sample
from gradcli.derive import reachable
from gradcli.formatter import format_node
from gradcli.graph import Graph
from gradcli.kinks import branch_slope
from gradcli.operators import IDENTITY

MOST_BRANCHES = 8  # `where` nodes for which the whole graph is evaluated anew
MOST_EDGES = 2_000  # edges on the way that are suspected


@dataclass(frozen=True, slots=True)
class Sweep:
    """A sample seen from one target: ∂node/∂target for all nodes, and the derivative itself."""

    sample: Sample
    target: int
    tangents: list[float]

    @property
    def derivative(self) -> float:
        """∂output/∂target."""
        return self.sample.adjoints[self.target]

    def slope(self, node: int, index: int) -> float:
        """The local derivative of an edge."""
        return self.sample.edges[node].get(index, 0.0)

    def point(self, node: int) -> list[float] | None:
        """The arguments of a node, or None if it is not evaluated."""
        values = self.sample.values
        return None if values[node] is None else [values[x] for x in self.sample.graph.inputs[node]]

    def flow(self, node: int, index: int) -> float:
        """What comes to the target through an edge."""
        x = self.sample.graph.inputs[node][index]
        return self.sample.adjoints[node] * self.slope(node, index) * self.tangents[x]

    def with_slope(self, node: int, index: int, slope: float) -> float:
        """The derivative if the edge had another local derivative."""
        x = self.sample.graph.inputs[node][index]
        return self.derivative + self.sample.adjoints[node] * (slope - self.slope(node, index)) * self.tangents[x]


@dataclass(frozen=True, slots=True)
class Suspect:
    """A mistake: its kind, the words for its sentence, and the derivative it leads to (None: not at this point)."""

    code: str
    facts: dict[str, str]
    leads_to: Callable[[Sweep], float | None]
    node: int = -1  # where a rule or a branch was mistaken, which `facts` speaks of in the table's names


def suspects(graph: Graph, target: int) -> Iterator[Suspect]:
    """The mistakes that can be made on the ways from the output to the target, the most typical ones first."""
    names = Names(graph)
    on_way = _on_way(graph, target)
    edges = [(node, index) for node in on_way for index in _inputs_on_way(graph, node, target, on_way)][:MOST_EDGES]
    yield Suspect("sign", {}, lambda sweep: -sweep.derivative)
    for node, index in edges:
        partials = graph.operators[node].partials
        if index < len(partials) and partials[index] == "-1":  # a sign that is easily overlooked
            yield _edge_sign(graph, node, index, names)
    yield from _forks(graph, target, on_way, names)
    for node, index in edges:
        yield from _products(graph, node, index, names)
    for node, index in edges:
        yield from _branches(graph, node, index, names)
    yield from _other_branches(graph, target, names)
    for node, index in edges:
        facts = _facts(graph, node, index, names)
        yield Suspect("factor", facts, lambda sweep, n=node, i=index: sweep.with_slope(n, i, 1.0))  # type: ignore[misc]
        yield _edge_sign(graph, node, index, names)
    for node in on_way:
        yield from _inside(graph, node, target, on_way, names)
    for node, index in edges:
        yield from _other_arguments(graph, node, index, names)
        yield from _wrong_rules(graph, node, index, names)
    yield from _unfinished(graph, on_way, names)
    for name, other in (graph.variables | graph.steps).items():
        if other != target:
            yield Suspect("other gradient", {"name": name}, lambda sweep, o=other: sweep.sample.adjoints[o])  # type: ignore[misc]
    for node, index in edges:
        yield from _wrong_places(graph, node, index, target, names)
    yield Suspect("value", {}, lambda sweep: float(sweep.sample.values[graph.output]))
    yield Suspect("inverse", {}, lambda sweep: 1 / sweep.derivative if sweep.derivative else None)


def _edge_sign(graph: Graph, node: int, index: int, names: Names) -> Suspect:
    facts = _facts(graph, node, index, names)
    return Suspect("edge sign", facts, lambda sweep: sweep.with_slope(node, index, -sweep.slope(node, index)))


def _on_way(graph: Graph, target: int) -> dict[int, None]:
    """The nodes above the target on its ways to the output, from the output down."""
    above = {target}
    for node in range(target + 1, len(graph)):
        if not graph.operators[node].condition and any(x in above for x in graph.inputs[node]):
            above.add(node)
    used = set(reachable(graph.inputs, [graph.output]))
    return dict.fromkeys(sorted((above & used) - {target}, reverse=True))


def _inputs_on_way(graph: Graph, node: int, target: int, on_way: dict[int, None]) -> list[int]:
    conditions = graph.operators[node].conditions
    return [
        index for index, x in enumerate(graph.inputs[node]) if (x == target or x in on_way) and index not in conditions
    ]


def _facts(graph: Graph, node: int, index: int, names: Names) -> dict[str, str]:
    return {"at": _at(graph, node, names), "input": names[graph.inputs[node][index]]}


def _at(graph: Graph, node: int, names: Names) -> str:
    """A node as a place: the expression, behind its name if it has one."""
    if node not in names.stops:
        return names[node]
    return f"{names[node]} = {format_node(graph, node, names.stops)}"


def _forks(graph: Graph, target: int, on_way: dict[int, None], names: Names) -> Iterator[Suspect]:
    """A path left out where a node is used more than once; only one kept; contributions multiplied or subtracted."""
    all_uses: dict[int, list[tuple[int, int]]] = {}
    for node in reversed(on_way):
        for index in _inputs_on_way(graph, node, target, on_way):
            all_uses.setdefault(graph.inputs[node][index], []).append((node, index))
    for fork in (target, *on_way):
        uses = all_uses.get(fork, [])
        if len(uses) < 2:
            continue
        for use in uses:
            facts = {"fork": names[fork], "via": names[use[0]]}
            yield Suspect("path", facts, lambda sweep, u=use: sweep.derivative - sweep.flow(*u))  # type: ignore[misc]
        if fork != target:
            continue
        for use in uses if len(uses) > 2 else ():
            facts = {"fork": names[fork], "via": names[use[0]]}
            yield Suspect("only path", facts, lambda sweep, u=use: sweep.flow(*u))  # type: ignore[misc]
        if len(uses) == 2:
            one, other = uses
            facts = {"fork": names[fork]}
            yield Suspect("multiplied", facts, lambda s, a=one, b=other: s.flow(*a) * s.flow(*b))  # type: ignore[misc]
            yield Suspect("subtracted", facts, lambda s, a=one, b=other: s.flow(*a) - s.flow(*b))  # type: ignore[misc]


def _products(graph: Graph, node: int, index: int, names: Names) -> Iterator[Suspect]:
    """The own input instead of the other one, at an operator whose partial derivatives are each other's argument."""
    operator, inputs = graph.operators[node], graph.inputs[node]
    if operator.partials == operator.parameters[::-1] and len(inputs) == 2 and inputs[0] != inputs[1]:
        facts = _facts(graph, node, index, names) | {"other": names[inputs[1 - index]]}

        def leads_to(sweep: Sweep) -> float | None:
            point = sweep.point(node)
            return None if point is None else sweep.with_slope(node, index, point[index])

        yield Suspect("own input", facts, leads_to)


def _branches(graph: Graph, node: int, index: int, names: Names) -> Iterator[Suspect]:
    """Another branch of a function than the one taken: a closed ReLU treated as open, the loser of a max."""
    operator, inputs = graph.operators[node], graph.inputs[node]
    facts = _facts(graph, node, index, names)
    for number, branch in enumerate(operator.branches):
        code = branch.words[0] if branch.words[0] in ("open", "closed") else "branch"
        told = facts | {"takes": branch.takes}

        def leads_to(sweep: Sweep, number: int = number) -> float | None:
            point = sweep.point(node)
            if point is None:
                return None
            slope = branch_slope(operator, number, index)(*point, sweep.sample.values[node])
            return sweep.with_slope(node, index, float(slope))

        yield Suspect(code, told, leads_to, node)
    if operator.ties:
        yield Suspect("loser", facts, lambda s: s.with_slope(node, index, 1.0 - s.slope(node, index)))
        if len(inputs) == 2 and inputs[0] != inputs[1]:
            yield Suspect("shared", facts, lambda s: s.with_slope(node, index, 0.5))


def _other_branches(graph: Graph, target: int, names: Names) -> Iterator[Suspect]:
    """The branch of a `where` that is not taken, throughout."""
    choosers = [node for node, operator in enumerate(graph.operators) if operator.chooses and not operator.condition]
    for node in choosers[:MOST_BRANCHES]:
        for index in range(len(graph.inputs[node])):
            if index in graph.operators[node].conditions:
                continue
            operators, inputs = list(graph.operators), list(graph.inputs)
            operators[node], inputs[node] = IDENTITY, (graph.inputs[node][index],)
            changed = Graph(operators, inputs, graph.values, graph.names, graph.output, graph.text, graph.starts)
            facts = {"at": _at(graph, node, names)}
            facts["takes"] = names[graph.inputs[node][index]]
            yield Suspect("branch", facts, lambda s, g=changed: _derivative(g, s, target))  # type: ignore[misc]


def _derivative(graph: Graph, sweep: Sweep, target: int) -> float | None:
    found = sample(graph, sweep.sample.at)
    return None if found is None else found.adjoints[target]


def _inside(graph: Graph, node: int, target: int, on_way: dict[int, None], names: Names) -> Iterator[Suspect]:
    """The derivatives of the arguments put in: cos(x)^2 for sin(x)^2, u'·v' for the product u·v."""
    operator, inputs = graph.operators[node], graph.inputs[node]
    moved = [x == target or x in on_way for x in inputs]
    if operator.conditions or moved == [x == target for x in inputs]:
        return

    def leads_to(sweep: Sweep) -> float | None:
        point = sweep.point(node)
        if point is None:
            return None
        put_in = [sweep.tangents[x] if moves else value for x, moves, value in zip(inputs, moved, point, strict=True)]
        return sweep.sample.adjoints[node] * float(rules.ieee(operator)(*put_in))

    yield Suspect("inside", {"at": _at(graph, node, names)}, leads_to)


def _other_arguments(graph: Graph, node: int, index: int, names: Names) -> Iterator[Suspect]:
    """The rule for the other argument: x·2^(x−1) for 2^x."""
    operator, inputs = graph.operators[node], graph.inputs[node]
    if operator.variadic or len(inputs) != 2 or operator.conditions:
        return
    facts = _facts(graph, node, index, names)

    def leads_to(sweep: Sweep) -> float | None:
        point = sweep.point(node)
        if point is None:
            return None
        slope = rules.slopes(operator, (1 - index,), True)(*point, sweep.sample.values[node])
        return sweep.with_slope(node, index, float(slope)) if isfinite(slope) else None

    yield Suspect("other argument", facts, leads_to)


def _wrong_rules(graph: Graph, node: int, index: int, names: Names) -> Iterator[Suspect]:
    """The table's rule with one operation left out: x^(y − 1) for y·x^(y − 1), 1/out for 1/(2·out)."""
    operator = graph.operators[node]
    if operator.variadic or not operator.partials[index]:
        return
    facts = _facts(graph, node, index, names) | {"rule": operator.partials[index]}
    out = ("out",) if "out" in operator.partials[index] else ()
    for text in (*out, *mutants(operator.partials[index])):

        def leads_to(sweep: Sweep, text: str = text) -> float | None:
            point = sweep.point(node)
            if point is None:
                return None
            slope = rules.expression(text, (*operator.parameters, "out"), total=True)(*point, sweep.sample.values[node])
            return sweep.with_slope(node, index, float(slope)) if isfinite(slope) else None

        yield Suspect("rule", facts | {"taken": text}, leads_to, node)


def _unfinished(graph: Graph, on_way: dict[int, None], names: Names) -> Iterator[Suspect]:
    """The chain broken off: at a node above the target, or begun only there."""
    for node in on_way:
        if node == graph.output:
            continue
        facts = {"node": names[node]}
        yield Suspect("stops early", facts, lambda sweep, n=node: sweep.sample.adjoints[n])  # type: ignore[misc]
        yield Suspect("starts late", facts, lambda sweep, n=node: sweep.tangents[n])  # type: ignore[misc]


def _wrong_places(graph: Graph, node: int, index: int, target: int, names: Names) -> Iterator[Suspect]:
    """f'(x) instead of f'(g(x)): the outer derivative taken at the target, or at the inner function's argument."""
    operator, inputs = graph.operators[node], graph.inputs[node]
    if len(inputs) != 1 or operator.variadic or inputs[0] == target:
        return
    inner = graph.inputs[inputs[0]]
    for place in dict.fromkeys((target, *(x for x in inner if x in names and x not in graph.values))):
        facts = _facts(graph, node, index, names) | {"target": names[place]}

        def leads_to(sweep: Sweep, place: int = place) -> float | None:
            x = sweep.sample.values[place]
            if sweep.point(node) is None or x is None:
                return None
            slope = rules.slopes(operator, (0,), True)(x, rules.ieee(operator)(x))
            return sweep.with_slope(node, index, float(slope)) if isfinite(slope) else None

        yield Suspect("place", facts, leads_to)

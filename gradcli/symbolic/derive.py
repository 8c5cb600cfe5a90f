"""Derivatives as graphs: the backward pass that builds nodes where `engine/passes.py` computes numbers.

The local derivatives are the operator table's rules. A derivative is written in terms of the nodes of the function,
so what the function and its derivatives have in common is there once. Nothing here knows an operator by name.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from math import comb

from gradcli.engine.binding import targets_of
from gradcli.engine.evaluation import Evaluation, evaluate
from gradcli.errors import GradcliError
from gradcli.graph import Builder, Graph, reachable
from gradcli.operators.table import IDENTITY, VARIABLE
from gradcli.symbolic.backward import backward
from gradcli.symbolic.higher import decided, higher
from gradcli.symbolic.passing import Passing
from gradcli.symbolic.simplify import Simplifier
from gradcli.symbolic.slopes import RULES_AT_ZERO
from gradcli.symbolic.terms import Collector

MAX_ORDER = 20
MAX_DERIVATIVES = 10_000  # of one order: a Hessian for 140 variables


@dataclass(frozen=True, slots=True)
class Derivatives:
    """A function and its derivatives in one graph.

    `graph.output` is the function itself. `targets` are the names derived for, in order of first appearance, and
    `roots` the nodes of the derivatives: `roots["a",]` is ∂output/∂a, `roots["a", "b"]` the mixed second one. Mixed
    derivatives do not depend on the order, so only the key in the order of `targets` is there; see `root`. `poles` are
    the nodes of a derivative for machines that may be infinite where the derivative is not.
    """

    graph: Graph
    targets: tuple[str, ...]
    order: int
    roots: Mapping[tuple[str, ...], int]
    poles: Collection[int] = ()

    def root(self, *names: str) -> int:
        """The node of the derivative for these names, in any order."""
        if names in self.roots:
            return self.roots[names]
        return self.roots[tuple(sorted(names, key=self.targets.index))]

    def evaluated(self, at: Mapping[str, float]) -> Evaluation:
        """The derivatives at a point, computed from their formulas in IEEE 754 arithmetic; the function's nodes too."""
        builder = Builder(self.graph)
        for root in self.roots.values():
            # It may also stand in a branch of another derivative: a node that nothing uses is evaluated in any case.
            builder.append(IDENTITY, (root,))
        inner = [node for node, inputs in enumerate(self.graph.inputs) if inputs]
        return evaluate(builder.graph(self.graph.output), at, inner, total=True)

    def numbers(self, at: Mapping[str, float]) -> dict[tuple[str, ...], float]:
        """The derivatives at a point, from their formulas."""
        values = self.evaluated(at).values
        return {key: float(values[root]) + 0.0 for key, root in self.roots.items()}  # no -0


def derive(
    graph: Graph,
    wrt: Iterable[str] | None = None,
    order: int = 1,
    stable: bool = False,
    slopes: Callable[[], Simplifier] = Simplifier,
) -> Derivatives:
    """All derivatives of the output up to `order`, as nodes of one graph.

    `wrt` names variables (default: all) and, for the first order, named steps. Linear in the size of the graph for
    the gradient; each higher order is a gradient of every derivative before it. With `stable` the gradient is made
    for machines: from the table's stable rules, and a zero gradient stops where a slope is infinite; `slopes` makes the
    builder that says how slopes are written for them.

    Raises `GradcliError` for an unknown name, for an order that is not 1 … 20, for a second derivative with respect
    to a named step, for more than 10,000 derivatives of one order, and for an order above the second that takes more
    than 50,000 nodes and fifty times those of the function. With `stable` there is the gradient alone.
    """
    targets = targets_of(graph, wrt)
    _check(graph, targets, order)
    builder = slopes() if stable else Collector()
    value, images = _copied(builder, graph)
    required = graph.requires_gradient(targets.values())
    nodes = range(len(graph))
    passing = Passing(builder, graph) if stable else None
    adjoints = backward(builder, graph.operators, graph.inputs, nodes, images, graph.output, required, passing)
    zero = builder.constant(0.0)
    roots: dict[tuple[str, ...], int] = {(name,): adjoints.get(node, zero) for name, node in targets.items()}
    names = tuple(targets)
    if order > 1:
        assert isinstance(builder, Collector)
        roots |= higher(builder, names, roots, order, len(graph))
    if not stable:
        roots = with_numbers_at_zero(builder, roots)
        roots = dict(zip(roots, decided(builder, list(roots.values())), strict=True))
    return _pruned(builder, value, names, order, roots, passing.poles if passing else ())


def _check(graph: Graph, targets: Mapping[str, int], order: int) -> None:
    if not 1 <= order <= MAX_ORDER:
        raise GradcliError("derivative-order", {"order": order, "most": MAX_ORDER}, source="option")
    variables = graph.variables
    steps = [name for name in targets if name not in variables]
    if order > 1 and steps:
        raise GradcliError("order-of-step", {"order": order, "name": steps[0]}, source="wrt")
    count = comb(len(targets) + order - 1, order) if targets else 0
    if order > 1 and count > MAX_DERIVATIVES:
        facts = {"count": count, "order": order, "limit": MAX_DERIVATIVES}
        raise GradcliError("too-many-derivatives", facts, source="option")


def _copied(builder: Simplifier, graph: Graph) -> tuple[int, list[int]]:
    """The graph's nodes in the builder: the output as it was written, and for the formulas all nodes, where an
    operation with numbers alone or with 0 and 1 is carried out and nothing else is changed.
    """
    exact: list[int] = []
    simple: list[int] = []
    steps = {node: name for name, node in graph.steps.items()}
    for node, operator in enumerate(graph.operators):
        inputs = graph.inputs[node]
        if not inputs:
            leaf = builder.leaf(graph, node)
            exact.append(leaf)
            simple.append(leaf)
        else:
            exact.append(builder.keep(operator, tuple(exact[x] for x in inputs)))
            simple.append(builder.make(operator, tuple(simple[x] for x in inputs), depth=0))
            if node in steps and builder.inputs[simple[node]]:
                builder.names.setdefault(simple[node], steps[node])
    return exact[graph.output], simple


def with_numbers_at_zero(builder: Simplifier, roots: Mapping[tuple[str, ...], int]) -> dict[tuple[str, ...], int]:
    """The derivatives with numbers for the derivatives at 0."""
    images: dict[int, int] = {}
    for node in reachable(builder.inputs, roots.values()):
        operator, inputs = builder.operators[node], builder.inputs[node]
        if operator in RULES_AT_ZERO:
            images[node] = builder.rule(RULES_AT_ZERO[operator], {"n": inputs[1]})
        elif any(x in images for x in inputs):
            images[node] = builder.make(operator, tuple(images.get(x, x) for x in inputs))
    return {key: images.get(root, root) for key, root in roots.items()}


def _pruned(
    builder: Simplifier,
    value: int,
    targets: tuple[str, ...],
    order: int,
    roots: Mapping[tuple[str, ...], int],
    poles: Collection[int],
) -> Derivatives:
    """What the function, its variables and its derivatives need, without the nodes that simplification left behind."""
    variables = [node for node, operator in enumerate(builder.operators) if operator is VARIABLE]
    graph, place = builder.pruned(value, [*variables, *roots.values()])
    found = {key: place[root] for key, root in roots.items()}
    return Derivatives(graph, targets, order, found, frozenset(place[node] for node in poles if node in place))

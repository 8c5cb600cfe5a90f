"""A graph at a point: what both passes know there, in one object that answers for every node and edge.

`evaluate` makes the forward pass; what the backward pass adds is computed when it is first asked for, and kept.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from math import isfinite
from typing import TYPE_CHECKING, Any

from gradcli.engine.alternatives import OneTaken
from gradcli.engine.doubles import kinks, passes, rules
from gradcli.engine.doubles.kinks import AtKink
from gradcli.engine.doubles.passes import Tape
from gradcli.frozen import Frozen, with_other
from gradcli.graph import Graph

if TYPE_CHECKING:
    from decimal import Decimal
    from fractions import Fraction
    from typing import Protocol

    from gradcli.engine.digits.loss import Loss
    from gradcli.engine.doubles.tangents import OneSided
    from gradcli.engine.turns import Around, Turn

    class Said(Protocol):
        """What notes say in place of doubles; facts that are not there are said as they are."""

        @property
        def shown(self) -> Sequence[Any]:
            """The values of the nodes."""

        def at_kink(self, at: AtKink) -> dict[str, Any]:
            """The slope that is used at a kink, and those on both sides."""

        def one_sided(self, node: int) -> dict[str, Any]:
            """The derivatives of the whole expression from both sides."""

        def at_turn(self, turn: Turn) -> dict[str, Any]:
            """The value and the slope at an edge, and those on both sides."""

    class Numbers(Protocol):
        """The numbers of which an evaluation has the nearest doubles."""

        def losses(self, here: "Evaluation") -> tuple["Loss", ...]:
            """The value and the slopes that the doubles do not give."""

        def may_meet(self, here: "Evaluation", node: int) -> bool:
            """Whether they may lie where the function of a node bends, jumps or turns."""

        def leaves(self, here: "Evaluation") -> Mapping[int, Decimal | Fraction] | None:
            """The numbers of the leaves; None where one of them is not known exactly."""

        def said(self, here: "Evaluation") -> "Said | None":
            """What notes say in place of the doubles; None where they say these."""


_NO_EDGES: Mapping[int, float] = {}  # of leaves


def evaluate(
    graph: Graph, at: Mapping[str, float], targets: Sequence[int] = (), kink: str = "branch", total: bool = False
) -> "Evaluation":
    """The graph at the point `at`, which has a number for each variable.

    `targets` are the nodes whose gradient is wanted; `kink` is the rule at kinks, "branch" or "minnorm". Raises
    `passes.Fault` where there is no finite value; with `total` it goes on in IEEE 754 arithmetic.
    """
    done = passes.forward(graph, graph.leaves_at(at), total)
    return Evaluation(graph, done.values, done.order, targets, kink, total)


class Evaluation(OneTaken, Frozen):
    """Both passes over `graph` at one point.

    `values` has each node's value (None where it was not evaluated), `order` the nodes in the order of evaluation.
    `targets` are the nodes whose gradient is wanted, `kink` is the rule at kinks; `total` says that the values are
    those of IEEE 754 arithmetic and need not be finite. `numbers` has those of many digits to which the values
    are the nearest doubles; kinks, jumps and turns are then those that these meet too.
    """

    graph: Graph
    values: list[Any]
    order: Sequence[int]
    targets: Sequence[int] = ()
    kink: str = "branch"
    total: bool = False
    numbers: "Numbers | None" = None

    @cached_property
    def at(self) -> dict[str, float]:
        """The point: each variable's value, in order of first appearance."""
        return dict(zip(self.graph.variables, map(self.values.__getitem__, self.graph.variables.values()), strict=True))

    @property
    def value(self) -> float:
        """The output's value."""
        return float(self.values[self.graph.output])

    @property
    def gradient(self) -> dict[str, float]:
        """The adjoints of the targets, which are variables and named steps, by name."""
        return {self.graph.names[node]: self.adjoints[node] for node in self.targets}

    @cached_property
    def required(self) -> bytearray:
        """Marks the nodes that a gradient passes on its way to a target."""
        return self.graph.requires_gradient(self.targets)

    @cached_property
    def adjoints(self) -> list[float]:
        """The derivative of the output with respect to each node; 0 where no gradient comes."""
        return passes.backward(self._tape)

    def adjoints_by(self, slopes: passes.Slopes) -> list[float]:
        """The adjoints if local derivatives are found in another way."""
        return passes.backward(with_other(self._tape, slopes=slopes))

    @cached_property
    def _tape(self) -> Tape:
        slopes = rules.slopes if self.kink == "branch" else kinks.minnorm_slopes
        return Tape(self.graph, self.values, self.order, self.required, slopes)

    # Nodes and edges

    def is_evaluated(self, node: int) -> bool:
        """Whether the node has a value: not where only a branch that is not taken needs it."""
        return self.values[node] is not None

    def reaching(self, nodes: Iterable[int]) -> bytearray:
        """Marks the nodes from which one of these is reached at this point, these included."""
        marks = self.graph.marked(nodes)
        for node in reversed(self.order) if any(marks) else ():
            if marks[node]:
                for x in self.graph.inputs[node]:
                    marks[x] = self.is_evaluated(x)
        return marks

    def arguments(self, node: int) -> list[Any]:
        """The values of a node's inputs."""
        return [self.values[x] for x in self.graph.inputs[node]]

    def holder(self, node: int) -> int | None:
        """The first argument that a maximum or minimum is, if there is one."""
        value = self.values[node]
        return next((index for index, x in enumerate(self.arguments(node)) if x == value), None)

    def taken(self, node: int) -> int:
        """The index of the branch that a node takes whose operator has branches."""
        return rules.taken(self.graph.operators[node], self.arguments(node))

    def chosen(self, node: int) -> int:
        """The index of the input that a node chooses whose operator chooses; 0 where the condition is its value."""
        operator, condition = self.graph.operators[node], self.graph.inputs[node][0]
        assert operator.chooses is not None, "only choices choose"
        return operator.chooses(self.values[condition])

    def local_derivatives(self, node: int) -> Mapping[int, float]:
        """∂node/∂argument by the argument's index, for each argument that requires a gradient."""
        if not self.graph.operators[node].variadic:
            return self._tape.local_derivatives(node)
        if node not in self._of_many:
            self._of_many[node] = self._tape.local_derivatives(node)
        return self._of_many[node]

    @cached_property
    def _of_many(self) -> dict[int, Mapping[int, float]]:
        """The local derivatives of variadic nodes so far: found all at once, and asked for by many edges."""
        return {}

    def passed_on(self, node: int, index: int, slope: float) -> float:
        """What a node passes on to one of its arguments, whose local derivative is `slope`."""
        return self._tape.passed_on(node, index, self.adjoints[node], slope) + 0.0  # no -0

    @cached_property
    def edges(self) -> list[Mapping[int, float]]:
        """The local derivatives of every node."""
        found: list[Mapping[int, float]] = [_NO_EDGES] * len(self.graph)
        for node in self.order:
            if self.graph.inputs[node]:
                found[node] = self._tape.local_derivatives(node)
        return found

    @property
    def slopes(self) -> list[Sequence[float]]:
        """The same for all arguments of each node, 0 for those that require no gradient; found faster, and not kept."""
        return passes.all_slopes(self._tape)

    @cached_property
    def not_finite(self) -> dict[int, tuple[int, str]]:
        """For each node whose adjoint is not finite the first node on the backward way to it whose slope, product or
        sum is not, and which of these it is.
        """
        found: dict[int, tuple[int, str]] = {}
        for node in reversed(self.order):
            adjoint = self.adjoints[node]
            if not isfinite(adjoint):
                found.setdefault(node, (node, "sum"))
            for index, slope in self.local_derivatives(node).items() if adjoint else ():
                if not isfinite(self.passed_on(node, index, slope)):
                    source = found.get(node) or (node, "product" if isfinite(slope) else "slope")
                    found.setdefault(self.graph.inputs[node][index], source)
        return found

    # Lost digits

    @cached_property
    def _looked_into(self) -> tuple[tuple["Loss", ...], "Evaluation"]:
        """What many digits say. What it takes to know is loaded when it is needed."""
        if self.numbers is not None:
            return self.numbers.losses(self), self
        from gradcli.engine.digits.bounds import suspects

        found = suspects(self)
        if not found:
            return (), self
        from gradcli.engine.digits.lost import looked_into

        return looked_into(self, found)

    @property
    def losses(self) -> tuple["Loss", ...]:
        """What of the value and the gradient has lost its digits."""
        return self._looked_into[0]

    @property
    def met(self) -> "Evaluation":
        """The point as many digits have it, if doubles may lose some and something bends or turns; else itself."""
        return self._looked_into[1]

    @property
    def lost(self) -> set[str]:
        """The targets whose gradient has lost its digits, by name."""
        return {self.graph.names[loss.target] for loss in self.losses if loss.target is not None}

    @cached_property
    def said(self) -> "Said | None":
        """What notes say in place of the doubles, if it is something else."""
        return None if self.numbers is None else self.numbers.said(self)

    # Forward mode

    def tangents(self, seeds: Mapping[int, float]) -> list[float]:
        """Each node's derivative in a direction, given as weights of nodes none of which is above another one."""
        from gradcli.engine.doubles.tangents import tangents

        first, inputs, edges = min(seeds, default=0), self.graph.inputs, self.edges
        rows = ((node, inputs[node], edges[node]) for node in self.order if node > first)
        return tangents(len(self.graph), rows, seeds)

    def one_sided(self, node: int, direction: float) -> float | None:
        """The derivative of the output for a node from one side (`direction` 1: the right, −1: the left).

        None where it is not known; see `tangents.OneSided`.
        """
        return self._one_sided.derivative(node, direction)

    @cached_property
    def _one_sided(self) -> "OneSided":
        from gradcli.engine.doubles.tangents import OneSided

        return OneSided(self)

    # Kinks and jumps

    @cached_property
    def around(self) -> "Around":
        """What turns here without a word from the gradient: edges of conditions, and jumps under a gradient of 0."""
        from gradcli.engine.turns import around

        return around(self)

    @cached_property
    def bends(self) -> list[AtKink]:
        """The nodes on a kink or jump that a gradient other than 0 comes to, in the order of evaluation."""
        return list(self._bends(self.adjoints.__getitem__))

    @cached_property
    def noted_bends(self) -> list[AtKink]:
        """The same and the jumps that make a difference though no gradient comes to them, which takes long to find."""
        jumps = {at.node for at in self.around.jumps}
        return list(self._bends(lambda node: self.adjoints[node] or node in jumps)) if jumps else self.bends

    @property
    def marks(self) -> dict[int, str]:
        """By node the code of a word for what the point lies on there, of which a note speaks."""
        met = self.met
        return {turn.node: "edge" for turn in met.around.turns} | {at.node: at.mark for at in met.noted_bends}

    @property
    def all_bends(self) -> list[AtKink]:
        """The same whether or not a gradient comes to them."""
        return list(self._bends(self.is_evaluated))

    def _bends(self, counts: Callable[[int], object]) -> Iterator[AtKink]:
        operators, inputs = self.graph.operators, self.graph.inputs
        bending = set(filter(kinks.may_bend, set(operators)))
        for node in self.order if bending else ():
            if operators[node] in bending and counts(node):
                wanted = [index for index, x in enumerate(inputs[node]) if self.required[x]]
                at = kinks.at_kink(node, operators[node], inputs[node], self.arguments(node), self.values[node], wanted)
                if at is not None and self.is_met(node):
                    yield at

    def is_met(self, node: int) -> bool:
        """Whether the node may lie by many digits too where doubles have it."""
        return self.numbers is None or self.numbers.may_meet(self, node)

    def is_undecided(self, node: int) -> bool:
        """Whether the node compares two equal numbers of different nodes, which beside the point need not be equal."""
        return self._are_equal(node) and self.is_met(node)

    @property
    def undecided(self) -> list[int]:
        """The nodes that do so."""
        operators = self.graph.operators
        comparing = {operator for operator in set(operators) if operator.condition}
        return [node for node in self.order if operators[node] in comparing and self.is_undecided(node)]

    @property
    def exact_leaves(self) -> "Mapping[int, Decimal | Fraction] | None":
        """The numbers of the leaves where these are not the doubles, or many digits have made values of these."""
        return None if self.numbers is None else self.numbers.leaves(self)

    @cached_property
    def parted(self) -> list[int]:
        """The nodes that compare two equal doubles which many digits part."""
        return [] if self.numbers is None else [x for x in self.order if self._are_equal(x) and not self.is_met(x)]

    def _are_equal(self, node: int) -> bool:
        """Whether the node compares two equal doubles of different nodes."""
        operator, inputs = self.graph.operators[node], self.graph.inputs[node]
        if not operator.condition or operator.conditions or not self.is_evaluated(node) or len(set(inputs)) < 2:
            return False
        return len(set(self.arguments(node))) == 1

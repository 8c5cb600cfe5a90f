"""What a trace asks of both passes: those of the engine at a point, or what the graph alone tells without one."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Protocol

from gradcli.graph import Graph


class Passes(Protocol):
    """Both passes over a graph. Without a point every number is None, and every alternative may be taken.

    Alternatives are indices: of an operator that chooses, of its inputs but the condition; of a maximum, of its
    arguments, each of which is taken where it stands first; else of its branches.
    """

    @property
    def graph(self) -> Graph:
        """The function."""

    @property
    def targets(self) -> Sequence[int]:
        """The nodes whose gradient is asked for."""

    @property
    def order(self) -> Sequence[int]:
        """The nodes in the order of evaluation."""

    @property
    def required(self) -> Sequence[int]:
        """Marks the nodes that a gradient passes on its way to a target."""

    @property
    def values(self) -> Sequence[Any]:
        """Each node's value."""

    @property
    def adjoints(self) -> Sequence[Any]:
        """The derivative of the output with respect to each node."""

    @property
    def marks(self) -> Mapping[int, str]:
        """What the point lies on, by node."""

    @property
    def kink(self) -> str:
        """The rule at kinks, "branch" or "minnorm"."""

    @property
    def losses(self) -> Sequence[Any]:
        """What has lost its digits."""

    def is_evaluated(self, node: int) -> bool:
        """Whether the node has a value, or may have one."""

    def arguments(self, node: int) -> Sequence[Any]:
        """The values of a node's inputs."""

    def alternatives(self, node: int) -> Sequence[int]:
        """What the node may take."""

    def local_derivatives(self, node: int) -> Mapping[int, Any]:
        """∂node/∂argument by the argument's index."""

    def passed_on(self, node: int, index: int, slope: Any) -> Any:
        """What a node passes on to one of its arguments, whose local derivative is `slope`."""


class WithoutPoint:
    """Both passes over a graph without a point: the ways of all gradients, and no numbers."""

    marks: Mapping[int, str] = {}  # nothing lies on a kink
    kink = "branch"
    losses = ()

    def __init__(self, graph: Graph, targets: Iterable[int]) -> None:
        self.graph = graph
        self.order = range(len(graph))
        self.targets = tuple(targets)
        self.required = graph.requires_gradient(self.targets)
        self.values = self.adjoints = [None] * len(graph)

    def is_evaluated(self, node: int) -> bool:  # noqa: ARG002
        """Every node may be."""
        return True

    def arguments(self, node: int) -> Sequence[None]:
        """No numbers."""
        return [None] * len(self.graph.inputs[node])

    def alternatives(self, node: int) -> Sequence[int]:
        """All of them."""
        operator, inputs = self.graph.operators[node], self.graph.inputs[node]
        if operator.chooses:
            return range(1, len(inputs))
        if operator.ties:
            places: dict[Any, int] = {}
            for index, x in enumerate(inputs):
                places.setdefault(self.graph.values.get(x, (x,)), index)
            return list(places.values())
        return range(len(operator.branches))

    def local_derivatives(self, node: int) -> Mapping[int, None]:
        """No numbers."""
        return dict.fromkeys(range(len(self.graph.inputs[node])))

    def passed_on(self, node: int, index: int, slope: None) -> None:
        """No number."""

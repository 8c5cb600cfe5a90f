"""What is to be computed with many digits."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Self

from gradcli.engine.digits.balls import Ball
from gradcli.frozen import Frozen
from gradcli.graph import Graph

if TYPE_CHECKING:
    from gradcli.engine.evaluation import Evaluation


class Problem(Frozen):
    """What is to be computed with many digits: the graph at a point.

    `leaves` are the exact numbers of variables and constants. `floats` are the values of the pass in doubles, None
    where there is none: they decide what no digits do. `required` marks the nodes that a gradient passes, `targets`
    are those whose adjoints are asked for; `slopes` are local derivatives that a rule at kinks fixes, by node and index
    of the argument.
    """

    graph: Graph
    leaves: Mapping[int, Ball | Decimal]
    floats: Sequence[Any]
    required: bytearray
    targets: Sequence[int] = ()
    slopes: Mapping[tuple[int, int], float] = MappingProxyType({})

    @classmethod
    def written(
        cls, graph: Graph, leaves: Mapping[int, Ball | Decimal], floats: Sequence[Any] = (), targets: Iterable[int] = ()
    ) -> Self:
        """The value of a graph and the adjoints of some nodes by these numbers, with or without those of doubles."""
        targets = tuple(targets)
        return cls(graph, leaves, floats or [None] * len(graph), graph.requires_gradient(targets), targets)

    @classmethod
    def at(
        cls,
        here: "Evaluation",
        leaves: Mapping[int, Ball | Decimal] | None = None,
        slopes: Mapping[tuple[int, int], float] = MappingProxyType({}),
    ) -> Self:
        """Both passes of doubles over again: at their point, or where the leaves are these numbers."""
        if leaves is None:
            leaves = {node: Decimal(number) for node, number in here.graph.leaves_at(here.at).items()}
        return cls(here.graph, leaves, here.values, here.required, here.targets, slopes)

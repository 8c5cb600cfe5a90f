"""A point seen from one node: what reaches it from the output, and how the derivative would change with an edge."""

from dataclasses import dataclass
from functools import cached_property

from gradcli.check.samples import Sample


@dataclass(frozen=True)
class View:
    """A sample seen from one target. ∂node/∂target for all nodes is computed when it is first asked for."""

    sample: Sample
    target: int

    @cached_property
    def tangents(self) -> list[float]:
        """∂node/∂target for each node."""
        return self.sample.swept({self.target: 1.0})

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

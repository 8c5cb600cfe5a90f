"""The products of the chain rule: which edges bring gradients to a node, and the factors that are written for them."""

from collections.abc import Iterable
from typing import NamedTuple

AUTO_FACTORS = 4  # auto writes out products of up to so many factors, as the article does

Link = tuple[int, int]  # a factor ∂of/∂by, as two nodes


class Arrival(NamedTuple):
    """An edge of the backward pass: from a node to one that it reads as this argument."""

    sender: int
    argument: int
    receiver: int


class Chains:
    """The edges of the backward pass, in its order, from the side of the nodes to which they lead.

    For each node: who sends it a product (`sender`, the last one) for which of its arguments, and how many factors
    its chain has. The edges of nodes to which several lead are kept apart. `style` is a word of `CHAINS`.
    """

    def __init__(self, count: int, output: int, edges: Iterable[Arrival], style: str = "auto") -> None:
        self.output = output
        self.style = style
        self._sender, self._argument, self._factors = [-1] * count, [0] * count, [1] * count
        self._several: dict[int, list[tuple[int, int]]] = {}
        self.written = 0  # factors of the products of all edges, where they are written in full
        for edge in edges:
            if self.reaches(edge.sender):
                self._add(*edge)

    def _add(self, node: int, index: int, x: int) -> None:
        self.written += self._factors[node] + 1
        if self._sender[x] < 0:
            self._factors[x] = self._factors[node] + 1
        else:
            # Where products add up, the chain starts anew with their sum.
            self._factors[x] = 1
            self._several.setdefault(x, [(self._sender[x], self._argument[x])]).append((node, index))
        self._sender[x], self._argument[x] = node, index

    def reaches(self, node: int) -> bool:
        """Whether a gradient comes to the node."""
        return node == self.output or self._sender[node] >= 0

    def adds_up(self, node: int) -> bool:
        """Whether several products come to the node."""
        return node in self._several

    def arriving(self, node: int) -> list[tuple[int, int]]:
        """The edges that lead to a node, each as its sender and the argument of it, in the order of the pass."""
        if self._sender[node] < 0:
            return []
        return self._several.get(node) or [(self._sender[node], self._argument[node])]

    def before(self, node: int) -> tuple[Link, ...]:
        """The factors written for the gradient that comes to a node, before its own local derivative."""
        full = self.style == "full" or (self.style == "auto" and self._factors[node] < AUTO_FACTORS)
        if not full:
            return ((self.output, node),)
        links: list[Link] = []
        while self._factors[node] > 1:
            links.append((self._sender[node], node))
            node = self._sender[node]
        links.append((self.output, node))
        return tuple(reversed(links))

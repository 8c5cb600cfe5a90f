"""Which numbers of formulas have lost their digits, and what they are: each formula is a graph of its own."""

from collections.abc import Sequence
from math import isfinite
from typing import Any

from gradcli.engine.digits import bounds
from gradcli.engine.digits.loss import Loss
from gradcli.engine.digits.lost import looked_into
from gradcli.engine.evaluation import Evaluation
from gradcli.graph import Builder, Graph

MOST = 20_000  # nodes of formulas that are computed with more digits, which takes a second or some


class Settling:
    """The nodes of a derived graph at a point at which doubles have given them these values."""

    def __init__(self, graph: Graph, values: Sequence[Any]) -> None:
        self.builder = Builder(graph)
        self.values = values
        self.left = MOST

    def loss(self, root: int) -> Loss | None:
        """What of a node's value is lost, and at which node; None if nothing is. Linear in the size of its formula.

        A part that is not finite says nothing of the value: 1/(1 + x^2)^3 is no 0 where the power overflows.
        """
        graph, places = self.builder.pruned(root)
        values: list[Any] = [None] * len(graph)
        for node, place in places.items():
            values[place] = self.values[node]
        order = [node for node in range(len(graph)) if values[node] is not None]
        here = Evaluation(graph, values, order, total=True)
        is_finite = all(isfinite(values[node]) for node in order)
        suspects: set[int | None] = bounds.suspects(here) if is_finite else {None}
        if not suspects:
            return None
        if len(graph) > self.left:
            return Loss(None, here.value) if isfinite(here.value) else None
        self.left -= len(graph)
        loss = next(iter(looked_into(here, suspects)[0]), None)
        if loss is None:
            return None
        if loss.node >= 0:
            loss = loss._replace(node=next(node for node, place in places.items() if place == loss.node))
        return loss._replace(by="overflow") if not is_finite and loss.by == "rounding" else loss

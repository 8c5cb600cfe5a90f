"""What is said: a ruling; remarks as codes with facts, whose texts the catalogue has; and what nodes are called."""

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Any, Literal, NamedTuple

from gradcli.graph import Graph, reachable
from gradcli.language.format import format_graph, format_node
from gradcli.language.names import leaf_names, node_names
from gradcli.symbolic.programs import program
from gradcli.symbolic.simplify import Simplifier
from gradcli.words.catalogue import marked, say, word

LONGEST = 20  # nodes of an expression in a sentence

Ruling = Literal["right", "right-where-tried", "wrong", "inconclusive"]
Mark = Callable[[str], str]  # what makes a formula of a fact
_OF_ALL: tuple[Ruling, ...] = ("wrong", "inconclusive", "right-where-tried", "right")  # the first that a part has


def of_all(rulings: Iterable[Ruling]) -> Ruling:
    """The ruling on a whole with these on its parts."""
    given = set(rulings)
    return next(one for one in _OF_ALL if one in given)


class Remark(NamedTuple):
    """A remark on a claim or a derivative, or what a claim is consistent with."""

    code: str
    facts: Mapping[str, Any] = MappingProxyType({})

    def text(self, language: str, mark: Mark = str) -> str:
        """The remark in words; `mark` writes the facts in it."""
        return marked(f"remark.{self.code}", language, self.facts, mark)

    def as_dict(self, message: str) -> dict[str, Any]:
        """For JSON, with what is said of it."""
        return {"code": word(self.code), "message": message}

    def consistent(self, language: str, mark: Mark = str) -> str:
        """`consistent with a path left out at the fork x: …`, where this is a mistake."""
        return say("consistent", language, mistake=marked(f"mistake.{self.code}", language, self.facts, mark))


class Mentions(dict[int, str]):
    """What nodes are called in sentences: by the user's names, without one by what they are, if that is short.

    A long one has the name that the trace gives it. The texts are made when they are asked for. `stops` has the names
    at which the text of an expression ends.
    """

    def __init__(self, graph: Graph) -> None:
        super().__init__()
        self.graph = graph
        traced = node_names(graph)
        self.stops = leaf_names(graph) | dict(graph.names)
        sizes = [1] * len(graph)
        for node, inputs in enumerate(graph.inputs):
            if node not in self.stops:
                sizes[node] = 1 + sum(sizes[x] for x in inputs)
                if sizes[node] > LONGEST and not graph.operators[node].condition:
                    self.stops[node], sizes[node] = traced[node], 1

    def __missing__(self, node: int) -> str:
        found = self[node] = self.stops[node] if node in self.stops else format_node(self.graph, node, self.stops)
        return found

    def place(self, node: int) -> str:
        """A node as a place: the expression, behind its name if it has one; of a very long one the name alone."""
        name = self[node]
        if node not in self.stops or len(self.graph.inputs[node]) > LONGEST:
            return name
        return f"{name} = {format_node(self.graph, node, self.stops)}"

    def rules(self, node: int, texts: Mapping[str, str]) -> dict[str, str]:
        """Rules at a node, written with the node's arguments, not the table's parameters."""
        builder, graph = Simplifier(), self.graph
        inputs, operator = graph.inputs[node], graph.operators[node]
        below = reachable(graph.inputs, [node])
        nodes: dict[int, int] = {}
        for x in below if len(below) <= LONGEST else (*inputs, node):
            if graph.is_leaf(x):
                nodes[x] = builder.leaf(graph, x)
            elif x in graph.names or len(below) > LONGEST:
                nodes[x] = builder.variable(self[x])
            else:
                nodes[x] = builder.keep(graph.operators[x], tuple(nodes[y] for y in graph.inputs[x]))
        places = dict(zip(operator.parameters, [nodes[x] for x in inputs], strict=True)) | {"out": nodes[node]}
        roots = {key: builder.rule(text, places) for key, text in texts.items()}
        return {key: format_graph(program(builder.graph(root), root), inline=True) for key, root in roots.items()}

    def facts(self, facts: Mapping[str, int | str]) -> dict[str, str]:
        """What a sentence speaks of: texts, and nodes, of which "at" is a place."""
        return {
            key: fact if isinstance(fact, str) else self.place(fact) if key == "at" else self[fact]
            for key, fact in facts.items()
        }

"""What a picture shows: the nodes and edges to draw with their texts, numbers and states. It knows no positions.

Only nodes that the output depends on are drawn. Small graphs share their leaves; in larger ones a leaf is repeated at
each use, with the sum of its gradients at the first.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from gradcli.draw.numbers import with_minus
from gradcli.engine.answer import Answer
from gradcli.engine.binding import targets_of
from gradcli.engine.doubles.kinks import may_bend
from gradcli.engine.evaluation import Evaluation
from gradcli.errors import GradcliError
from gradcli.graph import Graph
from gradcli.language.names import leaf_names, node_names, output_name
from gradcli.operators.records import Operator
from gradcli.operators.table import VARIABLE

MAX_NODES = 150
SHARED_LEAVES = 24  # graphs of more nodes repeat their leaves

# How the operators' symbols are written in pictures, where that differs from the language.
SYMBOLS = {"*": "×", "-": "−", "/": "÷", "<=": "≤", ">=": "≥", "==": "=", "!=": "≠"}


@dataclass(slots=True)
class Item:
    """Something that stands in the picture: an operation, a leaf, or the output's name (then `node` is −1).

    `name` is written above it; `total` is its summed gradient, shown as a badge if `badge`.
    """

    node: int
    shape: str  # "circle", "pill" or "text"
    text: str
    name: str = ""
    upright: bool = False  # a constant, or a variable that needs no gradient
    condition: bool = False
    output: bool = False
    closed: bool = False  # on a branch on which every slope is 0
    bends: bool = False  # may lie on a kink, a jump or an edge, and so have a mark
    mark: str = ""  # "kink", "tie", "jump" or "edge"
    badge: bool = False
    total: float | None = None


@dataclass(slots=True)
class Edge:
    """An arrow from one item to another, `argument` of it; `backward` says whether a gradient comes back along it."""

    source: int
    target: int
    argument: int
    backward: bool
    taken: bool = True
    value: Any = None
    gradient: float | None = None


@dataclass(slots=True)
class Scene:
    """A picture's contents. The last item is the output's name; items stand in the order of the expression."""

    graph: Graph
    result: Answer | None
    items: list[Item]
    edges: list[Edge]
    names: list[str]
    title: str
    language: str
    left_out: list[str]  # names of what the output does not depend on
    has_values: bool  # whether there are numbers, or room for them

    def edges_into(self) -> list[list[Edge]]:
        """For each item the edges that end at it, in the order of the arguments."""
        into: list[list[Edge]] = [[] for _ in self.items]
        for edge in self.edges:
            into[edge.target].append(edge)
        return into


def check_size(graph: Graph, limit: int) -> None:
    """Refuse a graph with more nodes than a picture can show."""
    count = sum(graph.used())
    if count > limit:
        raise GradcliError("too-many-nodes", {"nodes": count, "limit": limit}, source="option")


def make_scene(
    graph: Graph,
    result: Answer | None = None,
    wrt: Iterable[str] | None = None,
    *,
    title: str = "",
    language: str = "en",
    repeat: bool | None = None,
    numbers: bool | None = None,
) -> Scene:
    """The scene of a graph, with the numbers of a result if there is a point.

    `wrt` says which variables require a gradient where there is no result; without both, only forward arrows are
    drawn. `repeat` says whether leaves are repeated at each use; default: in graphs of more than 24 nodes. `numbers`
    says whether there is room for numbers; default: if there are some.
    """
    numbers = result is not None if numbers is None else numbers
    drawn = graph.used()
    required = _required(graph, result, wrt)
    reached = graph.reached(required)
    returning = numbers or wrt is not None
    names = node_names(graph)
    items, edges = list[Item](), list[Edge]()
    for node, place, reader, argument in _uses(graph, sum(drawn) > SHARED_LEAVES if repeat is None else repeat):
        if place == len(items):
            items.append(_item(graph, node, names, language, required))
        if reader >= 0:
            consumer = items[reader].node
            back = reached[consumer] and required[node] and graph.passes_back(consumer, argument)
            edges.append(Edge(place, reader, argument, bool(returning and back)))
    if numbers:
        _put_badges(graph, items, edges, required, reached)
    items.append(Item(-1, "text", output_name(graph)))
    edges.append(Edge(0, len(items) - 1, 0, bool(returning and reached[graph.output])))
    if result is not None:
        _put_states(result.evaluation, items)
        _put_numbers(result.evaluation, items, edges)
    left_out = [names[node] for node in range(len(graph)) if not drawn[node] and node in graph.names]
    return Scene(graph, result, items, edges, names, title or graph.text.strip(), language, left_out, numbers)


def _uses(graph: Graph, repeat: bool) -> Iterator[tuple[int, int, int, int]]:
    """Each use of a node, in the order of the expression: node, its item, the item that reads it, as which argument.

    A node's item is a new one at its first use, and that of a leaf at each use with `repeat`. The output is read by
    no item (−1).
    """
    places: dict[int, int] = {}
    count = 0
    pending = [(graph.output, -1, 0)]
    while pending:
        node, reader, argument = pending.pop()
        if node in places and not (repeat and graph.is_leaf(node)):
            yield node, places[node], reader, argument
            continue
        places[node] = count
        yield node, count, reader, argument
        pending += [(x, count, index) for index, x in reversed(list(enumerate(graph.inputs[node])))]
        count += 1


def _required(graph: Graph, result: Answer | None, wrt: Iterable[str] | None) -> Sequence[int]:
    if result is not None:
        return result.evaluation.required
    return graph.requires_gradient(targets_of(graph, wrt).values())


def symbol(operator: Operator, language: str) -> str:
    """What stands inside the node of an operator: `×`, `σ`, `ReLU`, `log`."""
    if operator.symbol:
        return SYMBOLS.get(operator.symbol, operator.symbol)
    return operator.letter or operator.label(language)


def _item(graph: Graph, node: int, names: Sequence[str], language: str, required: Sequence[int]) -> Item:
    operator = graph.operators[node]
    if graph.is_leaf(node):
        text = leaf_names(graph)[node] if node == graph.output else names[node]
        if node not in graph.names:
            text = with_minus(text)
        return Item(node, "text", text, upright=not required[node], output=node == graph.output)
    text = symbol(operator, language)
    output = node == graph.output
    shape = "circle" if len(text) == 1 else "pill"
    bends = may_bend(operator) or operator.condition
    name = "" if output else names[node]
    return Item(node, shape, text, name, condition=operator.condition, output=output, bends=bends)


def _put_badges(
    graph: Graph, items: Sequence[Item], edges: Sequence[Edge], required: Sequence[int], reached: bytearray
) -> None:
    """Give a badge to the first item of each node with several uses, and of each variable that no gradient reaches."""
    uses = [0] * len(graph)
    for edge in edges:
        uses[items[edge.source].node] += 1
    seen = bytearray(len(graph))
    for item in items:
        node = item.node
        if required[node] and not seen[node]:
            item.badge = uses[node] > 1 if reached[node] else graph.operators[node] is VARIABLE
        seen[node] = 1


def _put_states(here: Evaluation, items: Sequence[Item]) -> None:
    """What the point says of each item: its kink, jump or edge, whether its branch is closed, its summed gradient."""
    marks = here.marks
    seen = bytearray(len(here.graph))
    for item in items[:-1]:
        node = item.node
        item.mark = marks.get(node, "")
        item.closed = _closed(here, node)
        if here.required[node] and not seen[node]:
            item.total = here.adjoints[node]
        seen[node] = 1


def _closed(here: Evaluation, node: int) -> bool:
    branches = here.graph.operators[node].branches
    return bool(branches) and here.is_evaluated(node) and branches[here.taken(node)].is_flat


def _put_numbers(here: Evaluation, items: Sequence[Item], edges: Sequence[Edge]) -> None:
    for edge in edges:
        edge.value = here.values[items[edge.source].node]
        node = items[edge.target].node
        if node < 0:
            edge.gradient = 1.0 if edge.backward else None
            continue
        edge.taken = here.is_evaluated(node)
        if edge.taken and here.graph.operators[node].chooses and edge.argument:
            edge.taken = here.chosen(node) == edge.argument
        if not edge.backward:
            continue
        edge.gradient = 0.0
        if edge.taken and here.adjoints[node]:
            edge.gradient = here.adjoints[node] * here.local_derivatives(node)[edge.argument]

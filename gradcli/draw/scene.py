"""What a picture shows: the nodes and edges to draw with their texts, numbers and states. It knows no positions.

Only nodes that the output depends on are drawn, and a sum or product of more than two terms is one. Small graphs
share their leaves; in larger ones a leaf is repeated at each use, with the sum of its gradients at the first.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from gradcli.draw.matrices import Matrix
from gradcli.draw.merging import Term, merged, rows, terms
from gradcli.draw.numbers import with_minus
from gradcli.draw.products import Factor, put_products
from gradcli.draw.steps import PictureStep, steps_of
from gradcli.engine.answer import Answer
from gradcli.engine.binding import targets_of
from gradcli.engine.doubles.kinks import may_bend
from gradcli.engine.evaluation import Evaluation
from gradcli.errors import GradcliError
from gradcli.graph import Graph
from gradcli.language.format import lines_of
from gradcli.language.names import leaf_names, node_names, output_name
from gradcli.operators.records import Operator
from gradcli.operators.table import VARIABLE
from gradcli.text import Ratio

if TYPE_CHECKING:
    from gradcli.draw.arrays import Pictured
    from gradcli.engine.certified.fractions import ExactPasses
    from gradcli.engine.certified.rational import RatiosOfPasses

MAX_NODES = 150
SHARED_LEAVES = 24  # graphs of more nodes repeat their leaves

# How the operators' symbols are written in pictures, where that differs from the language.
SYMBOLS = {"*": "×", "-": "−", "/": "÷", "<=": "≤", ">=": "≥", "==": "=", "!=": "≠"}


@dataclass(slots=True)
class Item:
    """Something that stands in the picture: an operation, a leaf, or the output's name (then `node` is −1).

    `name` is written above it; `total` is its summed gradient, shown as a badge if `badge`. `rows` are the nodes that
    it stands for, itself the last: of a sum or product of more than two terms several. `summed` is False as long as
    gradients are still to come, as after a step.
    """

    node: int
    shape: str  # "circle", "pill" or "text"
    text: str
    name: str = ""
    upright: bool = False  # a constant, or a variable that needs no gradient
    condition: bool = False
    output: bool = False
    closed: bool = False  # on a branch on which every slope is 0
    marked_in: str = ""  # the language of its mark, if it may lie on a kink, a jump or an edge
    mark: str = ""  # "kink", "tie", "jump" or "edge"
    badge: bool = False
    total: float | Ratio | Matrix | None = None
    rows: tuple[int, ...] = ()
    extent: str = ""  # the shape of an array, `2×3`
    evaluated: bool = True
    summed: bool = True


@dataclass(slots=True)
class Edge:
    """An arrow from one item to another; `backward` says whether a gradient comes back along it.

    `reader` is the node that reads the source, as its `argument`: the target's own node, or another of its rows.
    `chain` is the gradient as a product of the chain rule, where there is no point, and `label` the same with names
    as long as there is room for them. After a step, `done` says whether
    the value has been computed, and `sent` whether the gradient has come back.
    """

    source: int
    target: int
    reader: int
    argument: int
    backward: bool
    taken: bool = True
    value: Any = None
    gradient: float | Ratio | Matrix | None = None
    chain: tuple[Factor, ...] = ()
    label: tuple[Factor, ...] = ()
    done: bool = True
    sent: bool = True


@dataclass(slots=True)
class Scene:
    """A picture's contents. The last item is the output's name; items stand in the order of the expression.

    `title` is what screen readers call it, `caption` a title that is to be seen. `steps` are those that lead to the
    whole picture, `step` is the number of the one that is shown (None: the whole). The picture goes to the `direction`
    right or down.
    """

    graph: Graph
    result: "Answer | ExactPasses | None"
    items: list[Item]
    edges: list[Edge]
    names: list[str]
    title: str
    language: str
    left_out: list[str]  # names of what the output does not depend on
    has_values: bool  # whether there are numbers, or room for them
    caption: str = ""
    direction: str = "right"
    steps: list[PictureStep] = field(default_factory=list)
    step: int | None = None
    arrays: "Pictured | None" = None  # what the graph's nodes are, where they are no numbers

    @property
    def has_labels(self) -> bool:
        """Whether something stands on the edges: numbers or products."""
        return self.has_values or bool(self.edges[-1].chain)

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
    result: "Answer | ExactPasses | None" = None,
    wrt: Iterable[str] | None = None,
    *,
    title: str = "",
    language: str = "en",
    repeat: bool | None = None,
    numbers: bool | None = None,
    forward_only: bool = False,
    binary: bool = False,
    direction: str = "right",
) -> Scene:
    """The scene of a graph, with the numbers of a result if there is a point, and else with products on the way back.

    The numbers may be fractions.

    `wrt` says which variables require a gradient where no result does. `repeat` says whether leaves are repeated
    at each use; default: in graphs of more than 24 nodes. `numbers` says whether there is room for numbers; default:
    if there are some. `forward_only` leaves the way back out, and `binary` draws each + and × by itself.
    """
    numbers = result is not None if numbers is None else numbers
    drawn = graph.used()
    required = _required(graph, None if forward_only else result, wrt)
    reached = graph.reached(required)
    names = node_names(graph)
    items, edges = boxed(graph, names, language, required, reached, repeat, binary, forward_only)
    if numbers and not forward_only:
        put_badges(graph, items, edges, required, reached)
    if result is not None:
        _put_states(result.passes, items)
        _put_numbers(result.passes, items, edges)
    else:
        put_products(names, items, edges, direction)
    left_out = [names[node] for node in range(len(graph)) if not drawn[node] and node in graph.names]
    return Scene(
        graph,
        result,
        items,
        edges,
        names,
        title or "\n".join(lines_of(graph)),
        language,
        left_out,
        numbers,
        title,
        direction,
        steps_of(items, edges),
    )


def boxed(
    graph: Graph,
    names: Sequence[str],
    language: str,
    required: Sequence[int],
    reached: Sequence[int],
    repeat: bool | None,
    binary: bool,
    forward_only: bool,
) -> tuple[list[Item], list[Edge]]:
    """The items and edges of a picture, without numbers; the last ones are those of the output's name."""
    place = merged(graph, binary)
    items, edges = list[Item](), list[Edge]()
    many = sum(graph.used()) > SHARED_LEAVES
    for node, item, reader, term in _uses(graph, place, many if repeat is None else repeat):
        if item == len(items):
            items.append(_item(graph, node, names, language, required))
            items[-1].rows = rows(graph, place, node)
        if term is not None:
            back = reached[term.reader] and required[node] and graph.passes_back(term.reader, term.argument)
            edges.append(Edge(item, reader, term.reader, term.argument, bool(back and not forward_only)))
    items.append(Item(-1, "text", output_name(graph)))
    edges.append(Edge(0, len(items) - 1, -1, 0, bool(reached[graph.output] and not forward_only)))
    return items, edges


def _uses(graph: Graph, place: Sequence[int], repeat: bool) -> Iterator[tuple[int, int, int, Term | None]]:
    """Each use of a drawn node, in the order of the expression: node, its item, the item that reads it, and how.

    A node's item is a new one at its first use, and that of a leaf at each use with `repeat`. The output is read by
    no item (−1).
    """
    found: dict[int, int] = {}
    count = 0
    pending: list[tuple[int, int, Term | None]] = [(graph.output, -1, None)]
    while pending:
        node, reader, term = pending.pop()
        if node in found and not (repeat and graph.is_leaf(node)):
            yield node, found[node], reader, term
            continue
        found[node] = count
        yield node, count, reader, term
        pending += [(read.node, count, read) for read in reversed(terms(graph, place, node))]
        count += 1


def _required(graph: Graph, result: "Answer | ExactPasses | None", wrt: Iterable[str] | None) -> Sequence[int]:
    if result is not None:
        return result.passes.required
    return graph.requires_gradient(targets_of(graph, wrt).values())


def symbol(operator: Operator, language: str) -> str:
    """What stands inside the node of an operator: `×`, `σ`, `ReLU`, `log`."""
    if operator.shaped:  # its word, or of a view what is written behind or about the array
        suffix = getattr(operator, "suffix", "")
        return suffix or operator.label(language)
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
    marked_in = language if may_bend(operator) or operator.condition else ""
    name = "" if output else names[node]
    return Item(node, shape, text, name, condition=operator.condition, output=output, marked_in=marked_in)


def put_badges(
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


def _put_states(here: "Evaluation | RatiosOfPasses", items: Sequence[Item]) -> None:
    """What the point says of each item: its kink, jump or edge, whether its branch is closed, its summed gradient."""
    marks = here.marks
    seen = bytearray(len(here.graph))
    for item in items[:-1]:
        node = item.node
        item.mark = marks.get(node, "")
        item.closed = is_closed(here, node)
        item.evaluated = here.is_evaluated(node) or here.graph.is_leaf(node)
        if here.required[node] and not seen[node]:
            item.total = _shown(here.adjoints[node])
        seen[node] = 1


def _shown(gradient: float | Ratio) -> float | Ratio:
    """A gradient; one of 0 is a number whatever it is computed in."""
    return 0.0 if isinstance(gradient, Ratio) and gradient.text == "0" else gradient


def is_closed(here: "Evaluation | RatiosOfPasses", node: int) -> bool:
    """Whether a node has taken a branch on which every slope is 0."""
    branches = here.graph.operators[node].branches
    return bool(branches) and here.is_evaluated(node) and branches[here.taken(node)].is_flat


def _put_numbers(here: "Evaluation | RatiosOfPasses", items: Sequence[Item], edges: Sequence[Edge]) -> None:
    for edge in edges:
        edge.value = here.values[items[edge.source].node]
        node = edge.reader
        if node < 0:
            edge.gradient = 1.0 if edge.backward else None
            continue
        edge.taken = here.is_evaluated(node)
        if edge.taken and here.graph.operators[node].chooses and edge.argument:
            edge.taken = here.chosen(node) == edge.argument
        if not edge.backward:
            continue
        edge.gradient = 0.0
        if edge.taken and _shown(here.adjoints[node]) != 0:
            slope: Any = here.local_derivatives(node)[edge.argument]
            edge.gradient = _shown(here.passed_on(node, edge.argument, slope))

"""Formulas as patterns: where a graph has the form of one, and the graph with another formula in its place.

A pattern is a formula of the language whose letters stand for any nodes. Sums and products match in either order;
`a + -b` is read as a difference, `x*x` as a square, `x^0.5` as a root.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from gradcli.graph import Builder, Graph, reachable
from gradcli.language.format import format_graph
from gradcli.language.parser import parse_rule
from gradcli.operators.records import Operator
from gradcli.operators.table import ADD, CONSTANT, DIV, IDENTITY, MUL, NEG, POW, SQRT, SUB, TOTAL, VARIABLE

LONG = 40  # characters of an expression that is written out in the place of a letter
SMALL = 12  # its nodes, at most
FRESH = ("u", "v", "w", "p", "q", "r")  # written for longer ones

_READ_AS = {SUB: (ADD,), POW: (MUL,), SQRT: (POW,), DIV: (POW, MUL)}

Item = int | float  # a node, or a number that stands in no node of its own
Letters = Mapping[str, Item]

pattern = cache(parse_rule)


def readings(operator: Operator) -> Sequence[Operator]:
    """The operators whose nodes may have the form of one, itself first."""
    return operator, *_READ_AS.get(operator, ())


class Occurrence(NamedTuple):
    """A node that has the form of `formula`, for which there is `better`, and the nodes for their letters."""

    root: int
    formula: str
    better: str
    letters: Mapping[str, int]


class Matcher:
    """Finds forms in one graph."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.classes = _classes(graph)

    def match(self, text: str, root: int) -> Mapping[str, int] | None:
        """The nodes for the letters of a pattern whose form the node has, or None."""
        form = pattern(text)
        found = next(self._matches(form, form.output, root, {}), None)
        return None if found is None else {letter: item for letter, item in found.items() if isinstance(item, int)}

    def terms(self, node: int, most: int) -> list[int]:
        """What a node is the sum of, at most so many terms; [] where there are more."""
        found: list[int] = []
        pending = [node]
        while pending and len(found) < most:
            x = self.behind(pending.pop())
            if self.graph.operators[x] in (ADD, TOTAL):
                pending += reversed(self.graph.inputs[x])
            else:
                found.append(x)
        return [] if pending else found

    def behind(self, node: int) -> int:
        """The node itself, or the one that it is another name of."""
        while self.graph.operators[node] is IDENTITY:
            node = self.graph.inputs[node][0]
        return node

    def is_number(self, item: Item, number: float) -> bool:
        """Whether a node is this constant."""
        return item == number if isinstance(item, float) else self._number(item) == number

    def _number(self, node: int) -> float | None:
        return self.graph.values.get(node)

    def _matches(self, form: Graph, at: int, item: Item, letters: Letters) -> Iterator[Letters]:
        """All ways to read what stands at a node of the pattern, as deep as the pattern is."""
        operator = form.operators[at]
        if operator is CONSTANT:
            if self.is_number(item if isinstance(item, float) else self.behind(item), form.values[at]):
                yield letters
        elif isinstance(item, float):
            return
        elif operator is VARIABLE:
            known = letters.get(form.names[at])
            if known is None:
                yield {**letters, form.names[at]: item}
            elif isinstance(known, int) and self.classes[known] == self.classes[item]:
                yield letters
        else:
            for inputs in self._readings(operator, self.behind(item)):
                yield from self._match_all(form, form.inputs[at], inputs, letters)

    def _match_all(self, form: Graph, ats: Sequence[int], items: Sequence[Item], letters: Letters) -> Iterator[Letters]:
        if len(ats) != len(items):
            return
        if not ats:
            yield letters
            return
        for found in self._matches(form, ats[0], items[0], letters):
            yield from self._match_all(form, ats[1:], items[1:], found)

    def _readings(self, operator: Operator, node: int) -> Iterator[Sequence[Item]]:
        """The inputs with which an operator makes what a node is."""
        own, inputs = self.graph.operators[node], self.graph.inputs[node]
        if own is operator:
            yield inputs
            if operator is ADD or operator is MUL:
                yield inputs[::-1]
        elif own in _READ_AS.get(operator, ()):
            yield from self._read_as(operator, own, *inputs)

    def _read_as(self, operator: Operator, own: Operator, x: int, y: int) -> Iterator[Sequence[Item]]:
        """The same where a node of another operator, over x and y, is read as one of this."""
        if operator is SUB:
            yield from self._differences(x, y)
        elif operator is POW:
            if self.classes[x] == self.classes[y]:
                yield x, 2.0
        elif operator is SQRT:
            if self._is_exponent(y, 0.5):
                yield (x,)
        elif own is POW:
            if self._is_exponent(y, -1.0):
                yield 1.0, x
        else:
            yield from ((one, 1 / number) for one, other in ((y, x), (x, y)) if (number := self._number(other)))

    def _is_exponent(self, node: int, number: float) -> bool:
        operator, inputs = self.graph.operators[node], self.graph.inputs[node]
        if operator is DIV:
            above, below = map(self._number, inputs)
            return above is not None and bool(below) and above == number * (below or 0)
        return self._number(node) == number

    def _differences(self, x: int, y: int) -> Iterator[Sequence[Item]]:
        for one, other in ((x, y), (y, x)):
            number = self._number(other)
            if self.graph.operators[other] is NEG:
                yield one, self.graph.inputs[other][0]
            elif number is not None and number < 0:
                yield one, -number


def _classes(graph: Graph) -> list[int]:
    """A number for each node, the same for nodes that are the same expression."""
    known: dict[Any, int] = {}
    found: list[int] = []
    for node, operator in enumerate(graph.operators):
        inputs = [found[x] for x in graph.inputs[node]]
        if operator is IDENTITY:
            found.append(inputs[0])
            continue
        if operator is ADD or operator is MUL:
            inputs.sort()
        what = graph.values.get(node) if operator is CONSTANT else node if operator is VARIABLE else None
        found.append(known.setdefault((operator, what, *inputs), node))
    return found


class _Rewriter(Builder):
    """Writes no two signs behind one another."""

    def make(self, operator: Operator, inputs: tuple[int, ...]) -> int:
        """A node for this operation."""
        positive = self._without_sign(inputs[-1]) if operator is NEG or operator is SUB else None
        if positive is None:
            return self.append(operator, inputs)
        return positive if operator is NEG else self.append(ADD, (inputs[0], positive))

    def _without_sign(self, node: int) -> int | None:
        """A node that begins with a sign, without it: -x, -2, -2*x, -x^2/2; None for others."""
        behind = []
        while self.operators[node] is MUL or self.operators[node] is DIV:
            behind.append(node)
            node = self.inputs[node][0]
        if self.operators[node] is NEG:
            node = self.inputs[node][0]
        elif self.values.get(node, 0.0) < 0 and node not in self.names:
            node = self.constant(-self.values[node])
        else:
            return None
        for above in reversed(behind):
            is_factor = self.operators[above] is MUL and self.values.get(node) == 1
            rest = self.inputs[above][1]
            node = rest if is_factor else self.append(self.operators[above], (node, rest))
        return node


def replaced(
    graph: Graph, sites: Sequence[Occurrence], output: int, targets: Sequence[int] = ()
) -> tuple[Graph, list[int]]:
    """What `output` is with the better formulas in their places, and where some other nodes are there."""
    by_root = {site.root: site for site in sites}
    builder = _Rewriter()
    place: dict[int, int] = {}
    for node in reachable(graph.inputs, [output, *targets]):
        site = by_root.get(node)
        if site is not None:
            place[node] = builder.insert(pattern(site.better), _placed(site.letters, place))
        elif graph.is_leaf(node):
            place[node] = builder.leaf(graph, node)
        else:
            place[node] = builder.append(graph.operators[node], tuple(place[x] for x in graph.inputs[node]))
    wanted = [place[node] for node in targets]
    found, at_last = builder.pruned(place[output], wanted)
    return found, [at_last[node] for node in wanted]


def _placed(letters: Mapping[str, int], place: Mapping[int, int]) -> dict[str, int]:
    return {letter: place[node] for letter, node in letters.items()}


def written(graph: Graph, site: Occurrence) -> tuple[str, str]:
    """The formula and the better one with the expressions for the letters; long ones keep a letter."""
    fresh = iter([name for name in FRESH if name not in graph.names.values()] or FRESH)
    texts = []
    builder = _Rewriter()
    letters = {letter: _copied(graph, node, builder, fresh) for letter, node in site.letters.items()}
    for text in (site.formula, site.better):
        output = builder.insert(pattern(text), letters)
        texts.append(format_graph(builder.pruned(output)[0], inline=True))
    return texts[0], texts[1]


def _copied(graph: Graph, node: int, builder: Builder, fresh: Iterator[str]) -> int:
    """A node with what it is made of down to named steps, or a letter in its place."""
    nodes = _down_to_names(graph, node)
    place: dict[int, int] = {}
    for x in sorted(nodes) if len(nodes) <= SMALL else ():
        if _has_name(graph, x):
            place[x] = builder.variable(graph.names[x])
        elif graph.is_leaf(x):
            place[x] = builder.leaf(graph, x)
        else:
            place[x] = builder.append(graph.operators[x], tuple(place[y] for y in graph.inputs[x]))
    if place and len(format_graph(builder.pruned(place[node])[0], inline=True)) <= LONG:
        return place[node]
    return builder.variable(next(fresh, FRESH[-1]))


def _down_to_names(graph: Graph, node: int) -> set[int]:
    """The nodes that a node is made of, down to those with a name; more than `SMALL` where there are more."""
    nodes, pending = {node}, [node]
    while pending and len(nodes) <= SMALL:
        x = pending.pop()
        if not _has_name(graph, x):
            pending += [y for y in graph.inputs[x] if y not in nodes]
            nodes |= {*graph.inputs[x]}
    return nodes


def _has_name(graph: Graph, node: int) -> bool:
    return node in graph.names and graph.operators[node] is not CONSTANT

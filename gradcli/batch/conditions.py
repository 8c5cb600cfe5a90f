"""Where a row has a value, and where it lies on a kink: conditions beside a graph that is computed in one go.

Doubles in arrays do not raise: a row goes on with infinities and NaN, and both branches of a choice are computed; nor
do sums and products in Python. So what `eval` finds by stopping is written down beforehand. A row has a value where
everything that is evaluated is finite. That need not be looked at for a node which another one shows, that is, which
makes something else infinite or NaN, as in every sum and product; operators that may hide it, such as `1/x` or
`atan(x)`, are found by trying.
"""

from collections.abc import Callable, Iterable, Mapping
from functools import cache, reduce
from itertools import product
from math import inf, isfinite, nan

from gradcli.engine.doubles import kinks, rules
from gradcli.graph import Graph
from gradcli.operators.records import Operator
from gradcli.operators.table import EQ, OPERATORS
from gradcli.symbolic.simplify import Simplifier

FINITE = Operator("finite", ("x",), isfinite, condition=True)
_NE, _NOT, _AND, _OR = (OPERATORS[name] for name in ("ne", "not", "and", "or"))
_SOME = (nan, -inf, -2.5, -1.0, -0.5, 0.0, 0.5, 1.0, 3.0, inf)  # what stands beside an argument that is tried


class Conditional(Simplifier):
    """A graph under construction in which equal nodes are one, with conditions. What is taken is not simplified."""

    take = Simplifier.keep

    def taken(self, graph: Graph) -> list[int]:
        """The nodes of a graph."""
        images: list[int] = []
        for node, operator in enumerate(graph.operators):
            inputs = graph.inputs[node]
            images.append(self.take(operator, tuple(images[x] for x in inputs)) if inputs else self.leaf(graph, node))
        return images

    def condition(self, text: str, letters: Mapping[str, int]) -> int:
        """A condition over the letters, which numbers may decide."""
        choice = self.rule(f"where({text}, 1, 0)", letters)
        if self.inputs[choice]:
            return self.inputs[choice][0]
        return self.true() if self.values[choice] else self.false()

    def false(self) -> int:
        """A condition that does not hold."""
        return self.keep(_NE, (self.constant(0.0),) * 2)

    def true(self) -> int:
        """A condition that holds."""
        return self.keep(EQ, (self.constant(0.0),) * 2)

    def all_of(self, conditions: Iterable[int]) -> int:
        """That all hold."""
        return self._joined(_AND, conditions, self.true())

    def any_of(self, conditions: Iterable[int]) -> int:
        """That one holds."""
        return self._joined(_OR, conditions, self.false())

    def _joined(self, operator: Operator, conditions: Iterable[int], none: int) -> int:
        first, *others = dict.fromkeys(conditions) or [none]
        return reduce(lambda joined, condition: self.keep(operator, (joined, condition)), others, first)


class Weighing(Conditional):
    """A graph under construction, with weights that rounding a difference changes little."""

    def weight(self, operator: Operator, x: int, largest: int) -> int:
        """The weight of an argument; what rounding its difference loses (Knuth's two-sum) is put back as a factor."""
        lost = "d = x - largest; back = d - x; x - (d - back) - (largest + back)"
        letters = {"x": x, "largest": largest}
        letters |= {"weight": super().weight(operator, x, largest), "lost": self.rule(lost, letters)}
        return self.rule("weight + weight * lost", letters)


class Conditions:
    """Makes conditions on the nodes of a graph, for which `images` stand in the builder."""

    def __init__(self, builder: Conditional, graph: Graph, images: list[int]) -> None:
        self.builder = builder
        self.graph = graph
        self.images = images
        self.needs = self._needs()

    def _needs(self) -> list[int | None]:
        """For each node the condition under which it is evaluated; None where it always is."""
        graph, builder = self.graph, self.builder
        always = graph.unconditional
        terms: list[list[int]] = [[] for _ in self.images]
        needs: list[int | None] = [None] * len(graph)
        for node in range(len(graph) - 1, -1, -1):
            if not always[node]:
                needs[node] = builder.any_of(terms[node])
            for index, x in enumerate(graph.inputs[node]):
                if not always[x]:
                    terms[x].append(builder.all_of(self._opens(node, index, needs[node])))
        return needs

    def _opens(self, node: int, index: int, need: int | None) -> Iterable[int]:
        """The conditions that hold together where a node evaluates one of its inputs."""
        if need is not None:
            yield need
        if choice := self.graph.condition_of(node, index):
            condition, holds = self.images[choice[0]], choice[1]
            yield condition if holds else self.builder.keep(_NOT, (condition,))

    def checks(self) -> Iterable[int]:
        """Conditions that hold together where everything that is evaluated is finite."""
        graph, builder = self.graph, self.builder
        shown = _shown(graph)
        for node, operator in enumerate(graph.operators):
            found = []
            if not operator.condition and not shown[node] and node not in graph.values:
                found.append(builder.keep(FINITE, (self.images[node],)))
            if _passes_over_domain(operator):
                letters = dict(zip(operator.parameters, self._arguments(node), strict=True))
                found += [builder.condition(text, letters) for text in operator.domain]
            need = self.needs[node]
            yield from found if need is None else [builder.keep(_OR, (builder.keep(_NOT, (need,)), x)) for x in found]

    def bends(self) -> Iterable[int]:
        """For each node that may lie on a kink, a tie or a cone the condition that it does."""
        builder, zero = self.builder, self.builder.constant(0.0)
        for node, operator in enumerate(self.graph.operators):
            if operator.jump or not kinks.may_bend(operator):
                continue
            arguments, out = self._arguments(node), self.images[node]
            letters = dict(zip(operator.parameters, arguments, strict=False))
            found = [builder.keep(EQ, (builder.rule(kink.at, letters), zero)) for kink in operator.kinks]
            if operator.cone:
                found.append(builder.keep(EQ, (out, zero)))
            if operator.ties:
                found += self._ties([builder.keep(EQ, (x, out)) for x in dict.fromkeys(arguments)])
            yield from self._where_needed(node, found)

    def apart(self) -> Iterable[int]:
        """For each node of any number of arguments whose formulas of slopes lose digits the condition that they do."""
        for node, operator in enumerate(self.graph.operators):
            if operator.variadic and operator.partials[0].lossy:
                lossy = self.builder.condition(operator.partials[0].lossy, {"out": self.images[node]})
                yield from self._where_needed(node, [lossy])

    def _where_needed(self, node: int, conditions: list[int]) -> list[int]:
        """The conditions, and that the node is evaluated."""
        need = self.needs[node]
        return conditions if need is None else [self.builder.keep(_AND, (need, x)) for x in conditions]

    def _arguments(self, node: int) -> list[int]:
        return [self.images[x] for x in self.graph.inputs[node]]

    def _ties(self, held: list[int]) -> Iterable[int]:
        """Of the conditions that an argument is the result, that two of them hold."""
        before = held[0]
        for condition in held[1:]:
            yield self.builder.keep(_AND, (before, condition))
            before = self.builder.keep(_OR, (before, condition))


def _shown(graph: Graph) -> list[bool]:
    """For each node whether something that is evaluated with it is not finite where the node is not."""
    always = graph.unconditional
    every = [True] * len(graph)  # of what reads it
    some = [False] * len(graph)
    read = graph.readings()
    for node, operator in enumerate(graph.operators):
        inputs = graph.inputs[node]
        numbers = tuple(graph.values.get(x) for x in inputs)
        for index, x in enumerate(inputs):
            if operator.chooses and index and not operator.condition:
                continue
            if _shows(operator, index, numbers):
                some[x] = some[x] or bool(always[node])
            else:
                every[x] = False
    return [bool(read[x]) and x != graph.output and (every[x] or some[x]) for x in range(len(graph))]


def _shows(operator: Operator, index: int, numbers: tuple[float | None, ...]) -> bool:
    """Whether an operation is never finite where this argument is not; `numbers` are arguments that are known."""
    if operator.condition or operator.chooses:
        return False
    if operator.variadic:
        index, numbers = min(index, 1), (None, None)
    return _shows_by_trial(operator, index, numbers)


@cache
def _shows_by_trial(operator: Operator, index: int, numbers: tuple[float | None, ...]) -> bool:
    function: Callable[..., float] = rules.ieee(operator)
    others: list[tuple[float, ...]] = [_SOME if number is None else (number,) for number in numbers]
    others[index] = (inf, -inf, nan)
    return not any(isfinite(function(*arguments)) for arguments in product(*others))


@cache
def _passes_over_domain(operator: Operator) -> bool:
    """Whether a function that is its definition has a finite value by IEEE arithmetic where it is not defined."""
    if operator.function is not None or not operator.domain:
        return False
    function = rules.ieee(operator)
    domain = [rules.expression(text, operator.parameters) for text in operator.domain]
    points = product(filter(isfinite, _SOME), repeat=len(operator.parameters))
    return any(isfinite(function(*x)) for x in points if not all(holds(*x) for holds in domain))

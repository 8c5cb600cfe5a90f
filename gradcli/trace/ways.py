"""The ways of gradients from the output to a variable: each a product of local derivatives, their sum the gradient."""

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal, localcontext
from fractions import Fraction
from functools import cached_property, partial, reduce
from math import log10
from operator import mul
from typing import TYPE_CHECKING, Any, NamedTuple

from gradcli.graph import Edge
from gradcli.operators.decimals.precision import context
from gradcli.text import Ratio, Settled, finite_or_none, short_exponent
from gradcli.trace.rows import Factor
from gradcli.trace.sentences import Local

if TYPE_CHECKING:
    from gradcli.trace.tracing import Trace

MANY = 10**15  # ways: more are not counted
# What is written: on the line of a variable, and where ways are listed.
IN_LINE, FACTORS_IN_LINE = 4, 32
LISTED, FACTORS_LISTED = 100, 64


class Way(NamedTuple):
    """One way: its factors from ∂y/∂y on, what each of them is (numbers, or without a point formulas), and their
    product, None where it is not known or there is no point.
    """

    chain: tuple[Factor, ...]
    factors: tuple[Any, ...]
    value: Any

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        facts: dict[str, Any] = {"chain": "·".join(f"∂{of}/∂{by}" for of, by in self.chain)}
        if isinstance(self.factors[0], Local):
            return facts | {"factors": [str(factor) for factor in self.factors]}
        texts = [x.text or None if isinstance(x, Settled) else "1" for x in self.factors]
        facts |= {"factors": list(map(finite_or_none, self.factors)), "value": finite_or_none(self.value)}
        return facts | {x.keys: texts for x in self.factors if isinstance(x, Settled)}


class WaysTo(NamedTuple):
    """All ways to a variable or step: how many there are (`MANY`: so many or more), those that are written, and
    their sum: a number, or without a point a formula, which may have steps that others share, and the same as a
    program of its own.
    """

    name: str
    in_all: int
    ways: Sequence[Way]
    total: Any
    program: Callable[[], str] | None = None

    @property
    def fits(self) -> bool:
        """Whether all ways stand on one line."""
        is_whole = len(self.ways) == self.in_all <= IN_LINE
        return is_whole and sum(len(way.chain) for way in self.ways) <= FACTORS_IN_LINE

    def as_dict(self) -> dict[str, Any]:
        """For JSON, where the sum is a number or its `program`."""
        total = {"formula": self.program()} if self.program else {"gradient": finite_or_none(self.total)}
        return {"to": self.name, "count": self.in_all, "ways": [way.as_dict() for way in self.ways], **total}


class Ways:
    """The ways of a trace's gradients."""

    def __init__(self, trace: "Trace") -> None:
        self.trace = trace
        self.graph = trace.graph
        count = len(trace.graph)
        self._counts, self._shortest = [0] * count, [0] * count
        self._counts[trace.graph.output] = self._shortest[trace.graph.output] = 1
        for node in reversed(trace.here.order):
            for index in trace.edges(node) if self._counts[node] else ():
                x = trace.graph.inputs[node][index]
                length = self._shortest[node] + 1
                self._shortest[x] = min(self._shortest[x], length) if self._counts[x] else length
                self._counts[x] = min(self._counts[x] + self._counts[node], MANY)

    def lines(self, listed: bool = False) -> Iterator[WaysTo]:
        """A line for each variable and step that is asked for: with its ways where they have room on one, or with the
        first of them to be `listed`.
        """
        for target in self.trace.here.targets:
            ways: list[Way] = []
            if listed:
                ways = list(self._ways(target, LISTED, FACTORS_LISTED))
            elif self._counts[target] <= IN_LINE:
                ways = list(self._ways(target, IN_LINE, FACTORS_IN_LINE))
            yield self._line(target, ways)

    def _line(self, target: int, ways: Sequence[Way]) -> WaysTo:
        name, count = self.graph.names[target], self._counts[target]
        if not self.trace.has_numbers:
            return WaysTo(name, count, ways, self._formulas[name], partial(self._formulary.text, (name,)))
        total = self.trace.here.adjoints[target]
        if count == 1:
            ways = [way._replace(value=total) for way in ways]
        return WaysTo(name, count, ways, total)

    def _ways(self, target: int, most: int, factors: int) -> Iterator[Way]:
        """The first ways to a node that have so many factors at most, in the order in which products arrive.

        From the node up: every step is one of a way that has room.
        """
        pending: list[tuple[int, int, Any]] = [(target, 1, None)]
        while pending and most:
            node, length, below = pending.pop()
            if node == self.graph.output:
                yield self._way(below)
                most -= 1
                continue
            for sender, index in reversed(self.trace.arriving(node)):
                if length + self._shortest[sender] <= factors:
                    pending.append((sender, length + 1, ((sender, index), below)))

    def _way(self, linked: Any) -> Way:
        edges: list[Edge] = []
        while linked:
            edge, linked = linked
            edges.append(edge)
        names, inputs = self.trace.names, self.graph.inputs
        steps = [(names[node], names[inputs[node][index]]) for node, index in edges]
        chain = ((self.trace.output, self.trace.output), *steps)
        if not self.trace.has_numbers:
            return Way(chain, (Local("1"), *(self._explainer.factor(*edge) for edge in edges)), None)
        slopes = (self.trace.here.local_derivatives(node)[index] for node, index in edges)
        factors = (1.0, *slopes)
        return Way(chain, factors, _product(factors))

    @cached_property
    def _explainer(self) -> Any:
        from gradcli.trace.explain import Explainer  # with all of `symbolic`

        return Explainer(self.trace)

    @cached_property
    def _formulary(self) -> Any:
        from gradcli.symbolic.derive import derive
        from gradcli.symbolic.formulary import Formulary

        names = [self.graph.names[target] for target in self.trace.here.targets]
        return Formulary(self.graph, derive(self.graph, names))

    @cached_property
    def _statements(self) -> Sequence[Any]:
        statements: Sequence[Any] = self._formulary.statements(taken=self.trace.names)
        return statements

    @cached_property
    def _formulas(self) -> dict[str, str]:
        return {key[0]: text for key, _, text in self._statements if key}

    def shared(self) -> list[tuple[str, str]]:
        """Without a point: the steps that the formulas share, as names and expressions."""
        return [] if self.trace.has_numbers else [(name, text) for key, name, text in self._statements if not key]


def _product(factors: Sequence[Any]) -> Any:
    """The product from the output on; a gradient of 0 stays 0, as in the backward pass."""
    if ratios := [x for x in factors if isinstance(x, Ratio)]:
        return _product_of_ratios(ratios)
    if any(isinstance(x, Settled) for x in factors):
        return _settled_product([x for x in factors if isinstance(x, Settled)])
    return reduce(lambda product, x: product * x if product else 0.0, factors) + 0.0  # no -0


def _product_of_ratios(factors: Sequence[Ratio]) -> Ratio | None:
    """The same in fractions; None where one of the factors is none."""
    product = Fraction(1)
    for x in factors:
        if product and not x.is_known:
            return None
        product *= Fraction(x.text) if product else 0
    return Ratio.of(product)


def _settled_product(factors: Sequence[Settled]) -> Settled | None:
    """The same with the digits that the factors' own settle, each of which is right up to its last one."""
    if not all(x.is_known for x in factors):
        return None
    numbers = [Decimal(x.text) for x in factors]
    lengths = [len(number.as_tuple().digits) for number in numbers]
    rounded = [length for length, x in zip(lengths, factors, strict=True) if not x.is_exact]
    with localcontext(context(sum(lengths))):
        product = reduce(mul, numbers) + 0  # no -0
    if rounded and product:
        product = context(max(1, min(rounded) - 1 - int(log10(len(factors))))).plus(product)
    return Settled(short_exponent(str(product).lower()), float(product), is_exact=not rounded)

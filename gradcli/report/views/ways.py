"""The ways of gradients: a line for each variable, and on request a list of all ways."""

from collections.abc import Iterator, Sequence
from math import isfinite
from typing import Any

from gradcli.report.blocks import Block, Column, Equation, Sentence, Table, Title, Value
from gradcli.report.cells import Cell, Derivative, Expression, Line, Mathematics, Name, Text, Words
from gradcli.report.explained import equals, sum_of
from gradcli.report.notation import Notation
from gradcli.text import Ratio, Settled, rounded
from gradcli.trace import printed, ways
from gradcli.trace.sentences import Local
from gradcli.trace.ways import MANY, Way, Ways
from gradcli.words.catalogue import say

COLUMNS = (
    Column("label.variable", part=0.14),
    Column("label.way", right=True, part=0.12),
    Column("label.product", part=0.74),
)


def blocks(found: Ways, paths: bool) -> Iterator[Block]:
    """A line for each variable, behind the steps that its formulas share; with `paths` the list."""
    if not found.trace.here.targets:
        return
    yield Title("label.ways")
    if found.trace.here.graph.arrays is not None:
        yield Sentence(Words("ways.of-elements"))
    for name, text in found.shared():
        yield Value(Equation(Name(name), Expression(text)))
    output = found.trace.output
    for line in found.lines():
        if line.fits:
            yield Value(Equation(Derivative(output, (line.name,)), SumOfWays(line.ways, line.total)))
        else:
            yield Sentence(Unwritten(output, line, paths))
    if paths:
        yield Title("label.paths")
        yield Table(COLUMNS, lambda: _listed(found))
        for line in found.lines(listed=True):
            if len(line.ways) < line.in_all:
                yield Sentence(Cut(line))


def _listed(found: Ways) -> Iterator[Sequence[Cell]]:
    """A row for each way."""
    for line in found.lines(listed=True):
        for place, way in enumerate(line.ways, 1):
            yield Name(line.name), Text(f"{place:,}/{line.in_all:,}"), ListedWay(way)


class SumOfWays(Mathematics):
    """`∂y/∂y·∂y/∂s + ∂y/∂y·∂y/∂t = 1 × 2 + 1 × 3 = 2 + 3 = 5`; of ∂y/∂y 1, without ways 0."""

    def __init__(self, found: Sequence[Way], total: Any) -> None:
        self.ways = found
        self.total = total

    def inside(self, notation: Notation) -> str:
        """Products of derivatives, of numbers or formulas, and what they come to."""
        total = self.total
        written = notation.expression(total) if isinstance(total, str) else notation.number(total)[0]
        if [len(way.chain) for way in self.ways] in ([], [1]):
            return written
        heads = " + ".join(notation.product(way.chain) for way in self.ways)
        if isinstance(total, str):
            return f"{heads} = {' + '.join(_formulas(way, notation) for way in self.ways)} = {written}"
        if len(self.ways) == 1 and _is_plain(self.ways[0]):
            return f"{heads} = {written}"
        return f"{heads} {_factors(self.ways, notation)}{_terms(self.ways, notation)} {self._sign(notation)} {written}"

    def _sign(self, notation: Notation) -> str:
        if len(self.ways) == 1:
            return equals(printed.is_product(self.ways[0].factors, self.total), notation)
        values = [way.value for way in self.ways]
        known = all(value is not None for value in values)
        return equals(known and printed.is_sum(list(map(rounded, values)), self.total), notation)


class ListedWay(Cell):
    """A way of a list: the derivatives, and what they multiply to."""

    def __init__(self, way: Way) -> None:
        self.way = way

    def lines(self, notation: Notation) -> list[Line]:
        """One line, the numbers or formulas behind."""
        way = self.way
        head = notation.math(notation.product(way.chain))
        if isinstance(way.factors[0], Local):
            return [Line(head, notation.math(f"= {_formulas(way, notation)}"))]
        tail = _factors([way], notation)
        if way.value is not None and not _is_plain(way):
            sign = equals(printed.is_product(way.factors, way.value), notation)
            tail += f" {sign} {notation.number(way.value)[0]}"
        return [Line(head, notation.math(tail))]


class Unwritten(Cell):
    """What is said of a sum over more ways than stand on a line."""

    def __init__(self, output: str, line: ways.WaysTo, is_listed: bool) -> None:
        self.output = output
        self.line = line
        self.is_listed = is_listed

    def written(self, notation: Notation) -> str:
        """A sentence."""
        total, exact = self.line.total, True
        if isinstance(total, str):
            text = notation.expression(total)
        else:
            text, exact = notation.number(total)
        left = notation.derivative(self.output, (self.line.name,))
        return say(
            "ways.unwritten",
            notation.language,
            equation=notation.math(f"{left} {equals(exact, notation)} {text}"),
            ways=_how_many(self.line, notation),
            most=ways.IN_LINE,
            factors=ways.FACTORS_IN_LINE,
            option="" if self.is_listed else "--paths",
        )


class Cut(Cell):
    """What is said of ways that are not listed."""

    def __init__(self, line: ways.WaysTo) -> None:
        self.line = line

    def written(self, notation: Notation) -> str:
        """A sentence."""
        return say(
            "ways.cut",
            notation.language,
            name=notation.inline(self.line.name),
            ways=_how_many(self.line, notation),
            listed=len(self.line.ways),
            most=ways.LISTED,
            factors=ways.FACTORS_LISTED,
        )


def _how_many(line: ways.WaysTo, notation: Notation) -> str:
    code = "ways.many" if line.in_all == MANY else "ways.exactly"
    return say(code, notation.language, count=line.in_all)


def _formulas(way: Way, notation: Notation) -> str:
    """`1·cos(s)·x`."""
    factors = ((notation.local(factor.text), factor.is_fenced) for factor in way.factors)
    return notation.dot.join(notation.fenced(text) if is_fenced else text for text, is_fenced in factors)


def _factors(found: Sequence[Way], notation: Notation) -> str:
    """`= 1 × 2 + 1 × 3`, or where all are known as they are `= 0`."""
    exact = all(_is_plain(way) or all(rounded(factor)[1] for factor in way.factors) for way in found)
    return f"{equals(exact, notation)} {' + '.join(_numbers(way, notation) for way in found)}"


def _numbers(way: Way, notation: Notation) -> str:
    if _is_plain(way):
        return notation.number(way.value)[0]
    first, *others = (notation.number(factor)[0] for factor in way.factors)
    return notation.times.join([first, *map(notation.factor, others)])


def _terms(found: Sequence[Way], notation: Notation) -> str:
    """` = 2 + 3`: of several ways each its product."""
    if len(found) == 1 or any(way.value is None for way in found) or all(len(way.factors) == 1 for way in found):
        return ""
    exact = all(_is_plain(way) or printed.is_product(way.factors, way.value) for way in found)
    return f" {equals(exact, notation)} {sum_of([rounded(way.value) for way in found], notation)}"


def _is_plain(way: Way) -> bool:
    """Whether only the product is written: 0 × inf, or 0 × what is no fraction, would not multiply out."""
    if isinstance(way.value, Ratio):
        return not all(x.is_known for x in way.factors if isinstance(x, Settled))
    return way.value == 0 and not all(isinstance(x, Settled) or isfinite(x) for x in way.factors)

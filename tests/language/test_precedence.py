"""Precedence and associativity, for every pair of operators: how texts are read, and where parentheses are written."""

from collections.abc import Iterator
from itertools import product

import pytest

from gradcli.errors import GradcliError
from gradcli.graph import Graph
from gradcli.language.format import format_graph
from gradcli.language.parser import parse
from gradcli.operators.table import INFIX, PREFIX

# The language's levels, loosest first; all associate to the left but the last. Comparisons do not associate.
LEVELS = (("or",), ("and",), ("<", "<=", ">", ">=", "==", "!="), ("+", "-"), ("*", "/"), ("^",))
LOGIC, COMPARISONS, ARITHMETIC = (*LEVELS[0], *LEVELS[1]), LEVELS[2], (*LEVELS[3], *LEVELS[4], *LEVELS[5])


def level(symbol: str) -> int:
    """How tightly an operator binds."""
    return next(number for number, symbols in enumerate(LEVELS) if symbol in symbols)


def read(text: str, is_condition: bool) -> Graph:
    """The graph of a number, or of a condition in the one place where it can stand."""
    return parse(f"where({text}, 1, 2)" if is_condition else text)


def pairs() -> Iterator[tuple[str, str]]:
    """All pairs of operators that can stand in one expression without parentheses."""
    yield from product(ARITHMETIC, ARITHMETIC)
    yield from product(ARITHMETIC, COMPARISONS)
    yield from product(COMPARISONS, ARITHMETIC)
    yield from product(LOGIC, LOGIC)


def groupings(first: str, second: str) -> tuple[str, str, str]:
    """Three operands without parentheses, with those that mean the same, and with the others."""
    x, y, z = ("a < b", "c > d", "e == f") if first in LOGIC else ("x", "y", "z")
    left, right = f"({x} {first} {y}) {second} {z}", f"{x} {first} ({y} {second} {z})"
    to_left = level(first) > level(second) or (level(first) == level(second) and first != "^")
    return f"{x} {first} {y} {second} {z}", *((left, right) if to_left else (right, left))


@pytest.mark.sampled(2)
@pytest.mark.parametrize(("first", "second"), list(pairs()))
def test_pairs(first: str, second: str) -> None:
    """Without parentheses the tighter operator comes first, of equal ones the left; ^ groups to the right."""
    plain, same, other = groupings(first, second)
    is_condition = {first, second} <= {*LOGIC, *COMPARISONS} or first in COMPARISONS or second in COMPARISONS
    graph = read(plain, is_condition)
    assert graph == read(same, is_condition)
    written = format_graph(graph)
    assert (parse(written), plain.count("(") + is_condition) == (graph, written.count("("))
    try:
        different = read(other, is_condition)
    except GradcliError:
        assert {first, second} & {*COMPARISONS}
        return
    assert graph != different
    written = format_graph(different)
    assert (parse(written), 1 + is_condition) == (different, written.count("("))


PREFIXES = [
    ("-x^y", "-(x^y)"), ("-x*y", "(-x)*y"), ("-x/y", "(-x)/y"), ("-x + y", "(-x) + y"), ("-x - y", "(-x) - y"),
    ("x*-y", "x*(-y)"), ("x/-y", "x/(-y)"), ("x + -y", "x + (-y)"), ("x - -y", "x - (-y)"), ("x^-y", "x^(-y)"),
    ("x^-y^z", "x^(-(y^z))"), ("x*-y^z", "x*(-(y^z))"), ("x^-y*z", "(x^(-y))*z"), ("--x", "-(-x)"), ("-+-x", "-(-x)"),
    ("+x^y", "x^y"), ("x^+y^z", "x^(y^z)"), ("-x^-y", "-(x^(-y))"), ("-2^x", "-(2^x)"), ("-2^2", "-(2^2)"),
]  # fmt: skip
DIFFERENT = [
    ("-x^y", "(-x)^y"),
    ("-x*y", "-(x*y)"),
    ("-x + y", "-(x + y)"),
    ("x^-y*z", "x^(-(y*z))"),
    ("-2^x", "(-2)^x"),
]
CONDITIONS = [
    ("not a < b", "not (a < b)"), ("not a < b and c < d", "(not (a < b)) and c < d"),
    ("not a < b or c < d", "(not (a < b)) or c < d"), ("not not a < b", "not (not (a < b))"),
    ("a < b and not c < d or e < f", "(a < b and (not c < d)) or e < f"), ("-a < -b", "(-a) < (-b)"),
    ("a < b or c < d and e < f", "a < b or (c < d and e < f)"),
]  # fmt: skip
DIFFERENT_CONDITIONS = [
    ("not a < b and c < d", "not (a < b and c < d)"),
    ("not a < b or c < d", "not (a < b or c < d)"),
]


@pytest.mark.parametrize(("plain", "same"), PREFIXES)
def test_signs(plain: str, same: str) -> None:
    """A sign binds looser than a power and tighter than a product; an exponent may have one."""
    assert parse(plain) == parse(same)
    assert parse(format_graph(parse(plain))) == parse(same)
    assert "(" not in format_graph(parse(plain))


@pytest.mark.parametrize(("plain", "other"), DIFFERENT)
def test_signs_of_something_else(plain: str, other: str) -> None:
    """The other grouping is another expression, and keeps its parentheses."""
    assert parse(plain) != parse(other)
    assert parse(format_graph(parse(other))) == parse(other)
    assert "(" in format_graph(parse(other))


@pytest.mark.parametrize(("plain", "same"), CONDITIONS)
def test_conditions(plain: str, same: str) -> None:
    """`not` binds tighter than `and`, and looser than a comparison."""
    graph = read(plain, True)
    assert graph == read(same, True)
    written = format_graph(graph)
    assert (graph, 1) == (parse(written), written.count("("))


@pytest.mark.parametrize(("plain", "other"), DIFFERENT_CONDITIONS)
def test_other_conditions(plain: str, other: str) -> None:
    """The other grouping of a `not` keeps its parentheses."""
    graph = read(other, True)
    assert graph != read(plain, True)
    written = format_graph(graph)
    assert (graph, 2) == (parse(written), written.count("("))


@pytest.mark.parametrize(("first", "second"), list(product(COMPARISONS, COMPARISONS)))
def test_comparisons_do_not_chain(first: str, second: str) -> None:
    """Two comparisons in a row are refused."""
    with pytest.raises(GradcliError, match="comparisons do not chain"):
        read(f"x {first} y {second} z", True)


@pytest.mark.parametrize(
    ("text", "written"),
    [("s = a + b; t = s; t*c", "(a + b)*c"), ("s = -a; t = s; t^2", "(-a)^2"), ("s = 2; t = s; x^t", "x^2")],
)
def test_named_steps_written_out(text: str, written: str) -> None:
    """Where names are left out, what they stand for keeps its parentheses."""
    assert written == format_graph(parse(text), inline=True)


def test_all_operators_are_here() -> None:
    """The levels above hold every operator of the table, and the table's precedences are in their order."""
    assert {row.symbol for row in INFIX} == {symbol for symbols in LEVELS for symbol in symbols}
    for first, second in product(INFIX, INFIX):
        assert (first.precedence < second.precedence) == (level(first.symbol) < level(second.symbol))
    between = {"-": (level("*"), level("^")), "not": (level("and"), level("<"))}
    for row in PREFIX:
        below = max(level(other.symbol) for other in INFIX if other.precedence < row.precedence)
        above = min(level(other.symbol) for other in INFIX if other.precedence > row.precedence)
        assert between[row.symbol] == (below, above)

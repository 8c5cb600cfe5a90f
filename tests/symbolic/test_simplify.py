"""Simplification: every identity of the table holds, equal nodes are one, constants stay readable."""

import math
from functools import reduce
from random import Random
from typing import Any

import pytest
from mpmath import mp, mpf

from gradcli.language.format import format_graph
from gradcli.language.parser import parse_rule
from gradcli.operators.table import OPERATORS
from gradcli.symbolic.identities import CONDITIONS, IDENTITIES, NEGATIVE, NUMBERS
from gradcli.symbolic.programs import program
from gradcli.symbolic.simplify import Simplifier
from tests.helpers import oracle

ADD, MUL, DIV, POW = (OPERATORS[name] for name in ("add", "mul", "div", "pow"))


@pytest.mark.sampled(2)
@pytest.mark.parametrize(("left", "right"), IDENTITIES, ids=[f"{left} = {right}" for left, right in IDENTITIES])
def test_identities_hold(left: str, right: str) -> None:
    """At random points, in 50-digit arithmetic, whatever the conditions."""
    random = Random(left)
    for attempt in range(8):
        at: dict[str, object] = {name: mpf(random.uniform(0.5, 3)) for name in "vwxyz"} | {"e": mp.e}
        at |= {name: mpf(random.uniform(0.5, 3)) for name in NUMBERS} | {NEGATIVE: -mpf(random.uniform(0.5, 3))}
        at |= dict(zip(CONDITIONS, (attempt % 2 == 0, attempt % 4 < 2), strict=True))
        found = []
        for text in (left, right):
            graph = parse_rule(text, CONDITIONS)
            values: list[object] = []
            for node, operator in enumerate(graph.operators):
                if graph.inputs[node]:
                    values.append(oracle.TABLE[operator.name][0](*(values[x] for x in graph.inputs[node])))
                else:
                    values.append(at[graph.names[node]] if node in graph.names else mpf(graph.values[node]))
            found.append(values[graph.output])
        assert (
            mp.almosteq(found[0], found[1], rel_eps=mpf(10) ** -40)
            if isinstance(found[0], mpf)
            else found[0] == found[1]
        )


@pytest.mark.parametrize(("left", "right"), IDENTITIES, ids=[f"{left} = {right}" for left, right in IDENTITIES])
def test_identities_are_used(left: str, right: str) -> None:
    """What the left side is made of, kept as it is, becomes the right side when its last operation is made."""
    builder = Simplifier()
    nodes = {name: builder.variable(name) for name in "vwxyz"} | {NEGATIVE: builder.constant(-5.0)}
    nodes |= {name: builder.constant(number) for name, number in zip(NUMBERS, (3.0, 7.0), strict=True)}
    nodes |= {name: builder.keep(OPERATORS["gt"], (builder.variable(name), nodes["x"])) for name in CONDITIONS}
    nodes["e"] = builder.constant(math.e, "e")

    def built(side: str, make: Any) -> int:
        graph, made = parse_rule(side, CONDITIONS), []
        for node, operator in enumerate(graph.operators):
            if graph.inputs[node]:
                last = builder.make if node == graph.output else make
                made.append(last(operator, tuple(made[x] for x in graph.inputs[node])))
            else:
                made.append(nodes[graph.names[node]] if node in graph.names else builder.constant(graph.values[node]))
        return int(made[graph.output])

    assert built(right, builder.make) == built(left, builder.keep)


def text(builder: Simplifier, node: int) -> str:
    """The node as an expression."""
    return format_graph(builder.graph(node), inline=True)


def test_equal_nodes_are_one() -> None:
    """Hash-consing, also for the operands in the other order."""
    builder = Simplifier()
    x, y = builder.variable("x"), builder.variable("y")
    assert builder.make(MUL, (x, y)) == builder.make(MUL, (y, x)) == builder.keep(MUL, (x, y))


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("where(1 < 2, x, y)", "x"), ("where(1 > 2, x, y)", "y"), ("where(not 1 < 2, x, y)", "y"),
        ("where(x > 0 and 1 < 2, x, y)", "where(x > 0, x, y)"), ("where(x > 0 and 1 > 2, x, y)", "y"),
        ("where(1 < 2 and x > 0, x, y)", "where(x > 0, x, y)"), ("where(1 > 2 and x > 0, x, y)", "y"),
        ("where(x > 0 or 1 < 2, x, y)", "x"), ("where(x > 0 or 1 > 2, x, y)", "where(x > 0, x, y)"),
        ("where(1 < 2 or x > 0, x, y)", "x"), ("where(1 > 2 or x > 0, x, y)", "where(x > 0, x, y)"),
    ],
)  # fmt: skip
def test_comparisons_of_numbers_are_decided(written: str, expected: str) -> None:
    """Such as a rule with branches has them where a bound is a number."""
    builder = Simplifier()
    places = {name: builder.variable(name) for name in "xy"}
    assert expected == text_of(builder, builder.rule(written, places))


def text_of(builder: Simplifier, node: int) -> str:
    """The node as an expression, without what else is in the builder."""
    return format_graph(program(builder.graph(node), node), inline=True)


@pytest.mark.parametrize(
    ("operator", "first", "second", "expected"),
    [
        (ADD, 2.0, 3.0, "5"),
        (DIV, 1.0, 3.0, "1/3"),  # its digits would be noise in a formula
        (DIV, 1.0, 8.0, "0.125"),
        (DIV, 1.0, 0.0, "1/0"),  # evaluation says what is wrong with it
        (POW, 9.0, 999.0, "9^999"),
        (MUL, 0.0, -1.0, "0"),
    ],
)
def test_constants_are_computed_where_their_text_stays_short(
    operator: object, first: float, second: float, expected: str
) -> None:
    """Only finite numbers of a few digits."""
    builder = Simplifier()
    node = builder.make(operator, (builder.constant(first), builder.constant(second)))  # type: ignore[arg-type]
    assert expected == text(builder, node)


def test_named_constants_are_no_numbers() -> None:
    """`pi` stays `pi`."""
    builder = Simplifier()
    assert "2*pi" == text(
        builder, builder.make(MUL, (builder.constant(3.141592653589793, "pi"), builder.constant(2.0)))
    )


def test_a_named_step_is_not_taken_apart() -> None:
    """x*(x*y) becomes x^2*y, but not if x*y has a name."""
    builder = Simplifier()
    x, y = builder.variable("x"), builder.variable("y")
    product = builder.make(MUL, (x, y))
    assert "x^2*y" == text(builder, builder.make(MUL, (x, product)))
    builder.names[product] = "s"
    assert (x, product) == builder.inputs[builder.make(MUL, (x, product))]


def test_a_branch_keeps_the_other_factor_to_itself() -> None:
    """Where the branch is not taken, the factor is not evaluated."""
    builder = Simplifier()
    x = builder.variable("x")
    condition = builder.keep(OPERATORS["gt"], (x, builder.constant(0.0)))
    branch = builder.make(OPERATORS["where"], (condition, builder.variable("a"), builder.constant(0.0)))
    root = builder.make(OPERATORS["log"], (x,))
    assert "where(x > 0, a*log(x), 0)" == text(builder, builder.make(MUL, (branch, root)))


def test_numbers_that_do_not_go_into_one_stay_apart() -> None:
    """Else each would go through all others of a chain, and small factors without them would underflow together."""
    assert "4*(b*a)" == text_of_product(2.0, "ab")
    assert "1.23456789*a*(1.23456789*b)" == text_of_product(1.23456789, "ab")
    sizes = [len(text_of_product(1.23456789, "abcdefghijkl"[:count])) for count in (4, 8, 12)]
    assert sizes[2] - sizes[1] == sizes[1] - sizes[0]


def text_of_product(number: float, names: str) -> str:
    """A product of variables, each times a number."""
    builder = Simplifier()
    factors = [builder.make(MUL, (builder.constant(number), builder.variable(name))) for name in names]
    return text(builder, reduce(lambda x, y: builder.make(MUL, (x, y)), factors))

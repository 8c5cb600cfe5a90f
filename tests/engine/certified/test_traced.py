"""The numbers of both passes with as many correct digits as are asked for."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given

from gradcli.engine.certified.traced import traced
from gradcli.errors import GradcliError
from gradcli.language.parser import parse
from gradcli.text import Settled
from gradcli.trace.rows import Product, Quantity
from gradcli.trace.tracing import Trace
from tests.helpers.programs import POINT, programs

ASKED = 25


def made(text: str, **at: str) -> Trace:
    """The trace."""
    return Trace(traced(parse(text), at, ASKED)[1])


def numbers(trace: Trace) -> Iterator[Settled]:
    """All numbers but conditions and ∂y/∂y."""
    for row in trace.rows():
        for item in (*row.inputs, *row.outputs):
            shown: list[Any] = [item.value] if isinstance(item, Quantity) else [item.upstream, item.local, item.value]
            yield from (x for x in shown if isinstance(x, Settled))


def test_all_numbers_have_the_digits() -> None:
    """Values, incoming gradients, local derivatives and products; what is exact is said to be so."""
    trace = made("s = exp(x) - 1; s/x + max(s, y)*0.5", x="1e-8", y="2")
    assert {"1.000000005000000016666667e-8", "1.000000010000000050000000", "0.5"} <= {x.text for x in numbers(trace)}
    assert all(x.is_exact or len(Decimal(x.text).as_tuple().digits) == ASKED for x in numbers(trace))


def test_products_and_sums_multiply_and_add_up() -> None:
    """To the last digit or so."""
    for row in made("s = sin(x); s*x + tanh(s*y)/y", x="0.3", y="1/7").backward():
        for product in (*row.inputs, *row.outputs):
            assert isinstance(product, Product)
            if isinstance(product.upstream, Settled) and isinstance(product.local, Settled):
                assert isinstance(product.value, Settled)
                exact = Decimal(product.upstream.text) * Decimal(product.local.text)
                assert abs(exact - Decimal(product.value.text)) < abs(exact) * Decimal("1e-23")
        if isinstance(row.gradient, Settled) and row.kind == "node" and row.inputs[0].local is not None:
            total = sum(Decimal(x.value.text) for x in row.inputs)
            assert abs(total - Decimal(row.gradient.text)) < Decimal("1e-22")


def test_branches_are_those_of_the_digits() -> None:
    """Where doubles take another one: 0.1*3 is 0.3, and 1e-400 is above 0."""
    choices = [choice.text("en") for row in made("relu(x*x)", x="1e-300").forward() for choice in row.choices]
    assert choices == ["s > 0: open"]
    choices = [
        choice.text("en") for row in made("where(x*3 <= 0.3, x, 1)", x="0.1").forward() for choice in row.choices
    ]
    assert choices == ["s <= 0.3 is true: takes x"]
    trace = made("min(2*x, y, y)", x="1", y="2")
    assert [choice.text("en") for row in trace.forward() for choice in row.choices] == ["takes s"]


@given(programs(), POINT)
def test_any_program(text: str, at: dict[str, float]) -> None:
    """Has a trace, or an error that says why not."""
    graph = parse(text)
    try:
        _, here = traced(graph, {name: at[name] for name in graph.variables}, 5)
    except GradcliError:
        return
    assert list(Trace(here).rows())


@pytest.mark.parametrize("text", ["sqrt(x)", "s = x; s*sqrt(x)"])
def test_what_is_not_known_has_no_text(text: str) -> None:
    """An infinite slope, and what is behind it."""
    assert "" in [x.text for x in numbers(made(text, x="0"))]

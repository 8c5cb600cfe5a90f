"""What requires a gradient, and what may not: orders, in which there is no derivative."""

import pytest

from gradcli.api import gradient
from gradcli.check.agreements import agreements
from gradcli.engine.binding import check_orders, targets_of
from gradcli.engine.doubles import rules
from gradcli.errors import GradcliError
from gradcli.language.parser import parse
from gradcli.operators.table import OPERATORS
from gradcli.symbolic.derive import derive


def test_an_order_may_be_a_variable_that_requires_no_gradient() -> None:
    """The gradient with respect to the others is what it is for that number."""
    found = gradient("k = n + 1; polygamma(k, x)*n", {"n": 2, "x": 0.75}, wrt="x")
    assert found.gradient == gradient("polygamma(3, x)*2", {"x": 0.75}).gradient
    assert derive(parse("polygamma(n, x)"), ["x"], order=3).numbers({"n": 1, "x": 2.5})["x", "x", "x"] == (
        gradient("polygamma(4, x)", {"x": 2.5}).value
    )


def test_an_order_may_not_require_a_gradient() -> None:
    """Neither as a variable or a step, nor through what it is made of; elsewhere the variable may."""
    graph = parse("k = n + 1; x*polygamma(k, x)")
    assert {"x": graph.variables["x"]} == targets_of(graph, ["x"])
    for wrt in (None, ["n"], ["k"], "x,n"):
        with pytest.raises(GradcliError) as caught:
            targets_of(graph, wrt)
        assert ("order-with-gradient", {"function": "polygamma", "parameter": "n"}, 13) == (
            caught.value.code,
            caught.value.facts,
            caught.value.start,
        )
    check_orders(graph, [graph.output])
    assert targets_of(parse("polygamma(2, x)*n"), "n")


def test_the_slope_for_an_order_is_zero_where_all_nodes_have_one() -> None:
    """As in the passes of check, for which every node is a target."""
    assert rules.slopes(OPERATORS["polygamma"], (0, 1))(1.0, 0.5, 0.0) == (0.0, OPERATORS["polygamma"].forward(2, 0.5))
    found = agreements(parse("k = 1 + 1; x*polygamma(k, x)"), {"x": -1.3}, ["x"])
    assert ["right"] == [one.verdict for one in found]

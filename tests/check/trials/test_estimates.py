"""What rounding may have done to a value: least of all what is 0 because it is too small for a double."""

from math import isfinite
from random import Random

import pytest

from gradcli.check.judge import judge
from gradcli.check.trials.claims import read_claims
from gradcli.check.trials.estimates import shaken_values
from gradcli.check.trials.samples import sample
from gradcli.engine.doubles.passes import Tape, backward
from gradcli.language.parser import parse
from gradcli.operators.records import Operator
from gradcli.operators.table import FUNCTIONS

SINGLE = [row for row in FUNCTIONS.values() if len(row.parameters) == 1 and not (row.variadic or row.condition)]


def is_zero(row: Operator, x: float) -> bool:
    """Whether the function has the value 0 at a number."""
    try:
        return not row.forward(x)
    except (ArithmeticError, ValueError):
        return False


FADING = {
    f"{row.name}({sign}x)": row for row in SINGLE for sign in ("", "-") if is_zero(row, float(f"{sign}1000"))
}  # functions that are 0 far out


@pytest.mark.parametrize("call", [call for call, row in FADING.items() if not row.branches])
def test_what_is_too_small_for_a_double_is_no_zero(call: str) -> None:
    """A claim of 0 is no slip in a sign, whatever the digits of the slope say to it."""
    graph = parse(f"{call}*exp(x/2)")
    found = judge(graph, {"x": 1000.0}, read_claims(graph, ["x=0"]))[0]
    assert not any("opposite" in phrase for phrase in found.phrases("en"))


def test_the_functions_that_fade() -> None:
    """Those of which the rules of derivatives do not tell are among them."""
    assert {"sech(x)", "csch(x)", "softplus(-x)", "logsigmoid(x)", "silu(-x)", "gelu(-x)", "erfc(x)"} <= FADING.keys()


@pytest.mark.parametrize(
    "text", ["log(1)", "acosh(1)", "3 - 3", "mod(6, 3)", "floor(0.5)", "relu(-1)", "max(-2, 0)", "clip(1, -1, 0)"]
)
def test_a_zero_of_a_function_stays_a_zero(text: str) -> None:
    """There it is 0 at a point, or is written so."""
    graph = parse(text)
    for seed in range(4):
        assert not shaken_values(graph, graph.values, range(len(graph)), Random(seed))[graph.output]


@pytest.mark.parametrize(("text", "at"), [("asin(sign(x)) + x", 1.0), ("relu(x)*sqrt(0*x) + x", -1.0), ("sin(x)", 2.0)])
def test_adjoints_are_those_of_the_backward_pass(text: str, at: float) -> None:
    """Where something is not finite on the way too: what is flat stops an infinite gradient."""
    graph = parse(text)
    found = sample(graph, {"x": at})
    assert found is not None
    assert found.adjoints == backward(Tape(graph, found.values, found.order, found.required))
    assert all(map(isfinite, found.hidden))

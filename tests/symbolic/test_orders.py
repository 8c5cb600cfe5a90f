"""Derivatives of higher order that jump at the point: said with both sides, and only where they do."""

import json
from collections.abc import Sequence
from math import inf, isfinite
from typing import Any

import pytest

from gradcli.symbolic import orders
from tests.helpers.derivatives import formulary
from tests.helpers.running import run
from tests.helpers.sides import derivative

JUMPS = [
    ("x*abs(x)", 2, [("∂²y/∂x²", "abs", 2, -2, 2)]),
    ("relu(x)^2", 2, [("∂²y/∂x²", "relu", 2, 0, 2)]),
    ("elu(x)", 2, [("∂²y/∂x²", "elu", 0, 1, 0)]),
    ("abs(x)^3", 2, []),
    ("abs(x)^3", 4, [("∂³y/∂x³", "abs", 6, -6, 6)]),
    ("x^2*abs(x)^3", 6, [("∂⁵y/∂x⁵", "abs", 120, -120, 120)]),
    ("where(x == 0, 1, sin(x)/x)", 2, [("∂²y/∂x²", "eq", 0, -1 / 3, -1 / 3)]),
    ("floor(x)*x^2", 2, [("∂²y/∂x²", "floor", 0, -2, 0)]),
    ("max(0, x)^2", 2, [("∂²y/∂x²", "max", 0, 0, 2)]),
    ("x^2*where(x > 0, log(x), 0)", 2, [("∂²y/∂x²", "gt", 0, 0, -inf)]),
    ("sinc(x)", 4, []),
    ("softplus(x) + logsigmoid(x) + csch(x + 1)", 3, []),
    ("hypot(x, 1)", 3, []),
    ("relu(x)", 2, []),
    ("exp(x)*x^3", 4, []),
]


@pytest.mark.parametrize(("text", "order", "expected"), JUMPS)
def test_what_jumps(text: str, order: int, expected: list[tuple[Any, ...]]) -> None:
    """Each derivative up to the order, with the node on a kink or an edge, the number used and both limits."""
    notes = [note.facts for note in formulary(text, order, x=0.0).notes if note.code == "order"]
    keys = ("of", "function", "used", "left", "right")
    assert [tuple(facts[key] for key in keys) for facts in notes] == expected


def test_a_mixed_derivative_of_several_variables() -> None:
    """What moves is named, and of several kinks there how many more."""
    found = formulary("x*y*abs(y) + abs(y)^5 + abs(z)", 3, x=1.0, y=0.0, z=1.0)
    said = "∂³f/∂x∂y² jumps here: 2 is that of the branches taken, but as y moves it comes to -2 on the left "
    said += "and to 2 on the right; on a kink or an edge is abs at column 5, and 1 more"
    assert [said] == [note.message for note in found.notes if note.code == "order" and "∂x" in note.facts["of"]]


def test_strict() -> None:
    """It counts, and JSON has the facts."""
    arguments = ["diff", "s = x + 1\ns*0 + x*abs(x)", "--order", "2", "--at", "x=0"]
    assert (0, 1) == (run(*arguments).code, run(*arguments, "--strict").code)
    (note,) = json.loads(run(*arguments, "--json").out)["notes"]
    facts = {"code": "order", "of": "∂²y/∂x²", "variable": "x", "used": 2.0, "left": -2.0, "right": 2.0}
    facts |= {"function": "abs", "line": 2, "column": 9}
    assert facts.items() <= note.items()
    assert (0, "") == run("diff", "abs(x)^3", "--order", "2", "--at", "x=0", "--strict")[::2]


def test_too_much_work(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where it would take too long a note says that nobody looked."""
    monkeypatch.setattr(orders, "WORK", 10)
    said = (
        "the point is on a kink or an edge; whether derivatives of higher order jump there is left out: there are too "
    )
    said += "many nodes"
    assert [said] == [note.message for note in formulary("abs(x)^3", 2, x=0.0).notes]
    assert [] == formulary("x^3", 2, x=0.0).notes


FACTORS = ("1", "x", "x^2", "sin(x)", "exp(x)", "x^3")
BENT = (
    "abs(x)", "relu(x)", "elu(x)", "abs(x)^3", "where(x > 0, x^2, 0)", "softplus(x)", "leaky_relu(x, 0.1)", "sign(x)",
    "min(x, x^2)", "clip(x, -1, 0)", "where(x == 0, 1, sin(x)/x)", "where(x == 0, 0, x)", "heaviside(x)", "cosh(x)",
    "abs(sin(x))*x", "where(x < 0, expm1(x), sin(x))",
)  # fmt: skip


@pytest.mark.sampled(3)
@pytest.mark.parametrize(("number", "bent"), list(enumerate(BENT)), ids=BENT)
def test_derivatives_of_higher_order_that_jump(number: int, bent: str) -> None:
    """With every other factor, with all in tests/sweeps."""
    check_jumps(bent, FACTORS[number % 2 :: 2])


def check_jumps(bent: str, factors: Sequence[str] = FACTORS) -> None:
    """A note says so where a number is not the limit on both sides, with both; and else there is none."""
    for factor in factors:
        text, order = f"{factor}*{bent}", 3
        found = formulary(text, order, x=0.0)
        for degree, label in ((2, "∂²y/∂x²"), (3, "∂³y/∂x³")):
            notes = [note.facts for note in found.notes if note.code == "order" and note.facts["of"] == label]
            left, right = derivative(text, degree, -1), derivative(text, degree, 1)
            number = found.numbers[("x",) * degree]
            assert isfinite(number)
            jumps = not (_near(left, number) and _near(right, number))
            assert len(notes) == jumps, (text, degree, number, float(left), float(right))
            for facts in notes:
                assert facts["used"] == number
                assert _near(left, facts["left"])
                assert _near(right, facts["right"])


def _near(true: Any, number: float) -> bool:
    return bool(abs(true - number) < 1e-9 * max(1, abs(true)))

"""Derivatives put into words: labels, and numbers that agree with the backward pass or say that they do not."""

from collections.abc import Mapping, Sequence
from itertools import product
from math import inf, isfinite, isnan

import pytest

from gradcli.api import gradient
from gradcli.errors import MathError
from gradcli.language.names import derivative_name
from gradcli.language.parser import parse
from gradcli.operators.records import Operator
from gradcli.operators.table import CALLS, INFIX, PREFIX
from tests.helpers.calls import call
from tests.helpers.derivatives import check_strings, formulary
from tests.helpers.examples import FEW
from tests.helpers.points import ONE, THREE, TWO
from tests.helpers.random_expressions import Example


def test_labels() -> None:
    """The orders are powers, in ASCII digits."""
    found = formulary("x^2*y", order=3)
    assert ["∂³z/∂x³", "∂³z/∂x²∂y", "∂³z/∂x∂y²", "∂³z/∂y³"] == [found.label(key) for key in found.keys]
    assert ["d3z/dx3", "d3z/dx2dy", "d3z/dxdy2", "d3z/dy3"] == [derivative_name("z", key, "d") for key in found.keys]


def test_labels_that_are_the_same_text_stand_for_two_derivatives() -> None:
    """In ASCII ∂a∂bdc and ∂adb∂c are both dadbdc."""
    statements = formulary("2*a*bdc + 3*adb*c", order=2).statements()
    same = [text for key, _, text in statements if key and derivative_name("y", key, "d") == "d2y/dadbdc"]
    assert ["2", "3"] == same


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("hypot(x, y)", {"x": 0.0, "y": 0.0}),
        ("x^y", {"x": 0.0, "y": 2.0}),
        ("x^y", {"x": 2.0, "y": 0.0}),
        ("x^n", {"x": 0.0, "n": 1.0}),
        ("atan2(y, x)", {"x": 1e-200, "y": 1e-200}),
        ("atan(x)", {"x": 1e200}),
        ("tanh(x)", {"x": 800.0}),
        ("x^3", {"x": 0.0}),
        ("gelu(x)", {"x": -30.0}),
        ("silu(x)", {"x": -700.0}),
        ("max(x, y)", {"x": 1.0, "y": 1.0}),
        ("sinc(x)", {"x": 1e-9}),
        ("0*sqrt(x)", {"x": 0.0}),
    ],
)
def test_the_numbers_are_those_of_the_backward_pass(text: str, at: dict[str, float]) -> None:
    """At points where a formula has no number too, or loses its digits."""
    found = formulary(text, **at)
    assert gradient(text, at).gradient == {name: number for (name,), number in found.numbers.items()}
    assert found.is_finite


@pytest.mark.parametrize(
    ("text", "at", "messages"),
    [
        (
            "x^y",
            {"x": 0.0, "y": 2.0},
            ["the formula for ∂z/∂y has no finite value here; 0 is from the backward pass"],
        ),
        (
            "where(x > 0, x, 0)*sinc(x - 1)",
            {"x": 1.0 + 2**-40},
            [],
        ),
        ("x^y", {"x": 2.0, "y": 0.0}, []),
        ("tanh(x)", {"x": 400.0}, []),
        (
            "tanh(x)",
            {"x": 800.0},
            ["the formula for ∂y/∂x has no finite value here; 0 is from the backward pass"],
        ),
    ],
)
def test_a_formula_without_the_number_is_noted(text: str, at: dict[str, float], messages: list[str]) -> None:
    """And no other."""
    assert messages == [note.message for note in formulary(text, **at).notes if note.code == "formula"]


SLOPED = [row for row in (*INFIX, *PREFIX, *CALLS) if not (row.condition or row.chooses)]


def check_printed(row: Operator, numbers: Mapping[int, Sequence[float]]) -> None:
    """What `gradcli eval` makes of the text; the numbers of arguments that a row has choose from which they are."""
    count = row.least or len(row.parameters)
    text = call(row, ["2" if index in row.orders else "xyz"[index] for index in range(count)])
    names = list(parse(text).variables)
    for point in product(numbers[len(names)], repeat=len(names)):
        at = dict(zip(names, point, strict=True))
        try:
            found = formulary(text, **at)
        except MathError:
            continue
        noted = {note.facts["of"] for note in found.notes if note.code in ("formula", "not-finite")}
        for key, number in found.numbers.items():
            if isfinite(number) and found.label(key) not in noted:
                value = gradient(found.text(key), at, []).value
                assert value == pytest.approx(number, rel=1e-6, abs=1e-300 if number else 1e-12), (key, at)


@pytest.mark.sampled(3)
@pytest.mark.parametrize("row", SLOPED)
def test_the_printed_formula_has_the_printed_number_or_a_note(row: Operator) -> None:
    """For every row, at all kinds of tails; at more points in tests/sweeps."""
    check_printed(row, {1: ONE[::5], 2: TWO[::6], 3: THREE[::4]})


def test_a_formula_whose_digits_cancel_has_the_number() -> None:
    """Since `gradcli eval` corrects them."""
    found = formulary("1e9*sinc(x)", x=1e-8)
    assert [] == found.notes
    assert pytest.approx(-10 / 3, rel=1e-15) == gradient(found.text(("x",)), {"x": 1e-8}, []).value


def test_a_hessian_without_numbers_is_not_finite() -> None:
    """A derivative of higher order has no other number than its formula's."""
    found = formulary("hypot(x, y)", order=2, x=0.0, y=0.0)
    assert not found.is_finite
    assert isnan(found.numbers["x", "x"])
    assert ["the formula for ∂²z/∂x² has no finite value here"] == [
        note.message for note in found.notes if note.facts.get("of") == "∂²z/∂x²"
    ]


def test_a_slope_that_is_not_finite_is_noted_once() -> None:
    """By the gradient's own note."""
    found = formulary("sqrt(x)", x=0.0)
    assert {("x",): inf} == found.numbers
    assert ["not-finite"] == [note.code for note in found.notes]
    assert {"x": None} == found.as_dict()["gradient_at"]


@pytest.mark.parametrize("example", list(FEW.values())[1::14], ids=list(FEW)[1::14])
def test_every_string_is_a_program_with_its_number(example: Example) -> None:
    """Of worked and of random examples, more of them in tests/sweeps."""
    check_strings(example)


@pytest.mark.parametrize(
    ("text", "at", "part"),
    [
        ("sin(x)/x", {"x": 1e-6}, "2*sin(x)/x^3 - 2*cos(x)/x^2"),
        ("floor(sqrt(x)^2)*y^2", {"x": 3.0, "y": 1.0}, "floor(sqrt(x)^2)"),
    ],
)
def test_the_part_of_a_formula_where_digits_are_lost(text: str, at: dict[str, float], part: str) -> None:
    """The note on a derivative of higher order names it."""
    found = formulary(text, order=2)
    found.evaluate(at, None)
    notes = [note for note in found.notes if note.facts.get("of") == "derivative"]
    assert part in {note.facts.get("part") for note in notes}
    assert f", in {part};" in notes[0].message

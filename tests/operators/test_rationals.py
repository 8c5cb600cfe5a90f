"""The table's functions over rational numbers: what is exactly true, and that the floats agree with it."""

from fractions import Fraction
from itertools import product
from math import isclose

import pytest

from gradcli.operators import rationals
from gradcli.operators.rationals import Irrational
from gradcli.operators.records import Operator
from gradcli.operators.table import CALLS, INFIX, OPERATORS, PREFIX

ROWS = [row for row in (*INFIX, *PREFIX, *CALLS) if not (row.condition or row.chooses)]


POINTS = (-3.0, -1.0, -0.25, 0.0, 0.5, 1.0, 2.0, 4.0, 8.0)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_what_is_exact_is_what_the_floats_have(row: Operator) -> None:
    """At halves and whole numbers, for every row; what has no value has none here either."""
    for point in product(POINTS, repeat=row.least or len(row.parameters)):
        try:
            exact = rationals.apply(row, list(map(Fraction, point)))
        except (ArithmeticError, ValueError):
            continue
        assert isclose(row.forward(*point), exact, rel_tol=1e-15)


@pytest.mark.parametrize(
    ("name", "arguments", "exact"),
    [
        ("add", ("1e16", "1"), "10000000000000001"),
        ("div", ("1", "3"), "1/3"),
        ("pow", ("4", "0.5"), "2"),
        ("pow", ("8", "-2"), "1/64"),
        ("sqrt", ("1e40",), "1e20"),
        ("cbrt", ("-0.008",), "-0.2"),
        ("hypot", ("3", "4"), "5"),
        ("length", ("2/5", "3/5", "6/5"), "7/5"),
        ("sum", ("0.1", "0.2", "-0.3"), "0"),
        ("log2", ("0.25",), "-2"),
        ("log10", ("1e100",), "100"),
        ("gamma", ("5",), "24"),
        ("sigmoid", ("0",), "0.5"),
        ("relu", ("0.1",), "0.1"),
        ("mod", ("-7", "3"), "2"),
        ("trunc", ("-2.5",), "-2"),
    ],
)
def test_exact_results(name: str, arguments: tuple[str, ...], exact: str) -> None:
    """Whole powers, roots of squares, and the few values of other functions that are rational."""
    assert rationals.apply(OPERATORS[name], list(map(Fraction, arguments))) == Fraction(exact)


@pytest.mark.parametrize(
    ("name", "arguments"),
    [("cos", ("1e-9",)), ("tanh", ("400",)), ("sqrt", ("2",)), ("pow", ("2", "0.5")), ("softplus", ("0",)),
     ("degrees", ("1",)), ("pow", ("1.00001", "1e6")), ("logsumexp", ("0", "-1e5")), ("digamma", ("1",))],
)  # fmt: skip
def test_what_is_irrational_or_too_long(name: str, arguments: tuple[str, ...]) -> None:
    """Also where doubles round it to a number of one digit."""
    with pytest.raises(Irrational):
        rationals.apply(OPERATORS[name], list(map(Fraction, arguments)))

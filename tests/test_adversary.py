"""A short run of the search for results that are neither right nor announced; for more: `python -m tests.adversary`."""

from itertools import product
from types import SimpleNamespace
from typing import Any

import pytest
from mpmath import mpf  # type: ignore[import-untyped]

from gradcli.api import gradient
from gradcli.errors import GradcliError
from gradcli.language.parser import parse
from gradcli.operators.table import OPERATORS
from tests.adversary import examined, findings
from tests.helpers import oracle
from tests.helpers.facts import BESIDE, RANGES, Facts
from tests.helpers.undecided import Undecided


@pytest.mark.sweep
def test_nothing_is_found() -> None:
    """In 25 programs, of which some have lost digits and some are silent."""
    kinds, found = zip(*examined(25, 7), strict=True)
    assert not [finding for findings in found for finding in findings]
    assert {"lost", "silent", "error"} <= set(kinds)


def found(text: str, at: dict[str, float], **other: Any) -> set[str]:
    """The names of what is found in a result, or in one with other numbers or notes."""
    result = gradient(text, at)
    facts = {x: getattr(result, x) for x in ("graph", "at", "value", "gradient", "notes", "evaluation")}
    return {finding.name for finding in findings(SimpleNamespace(**facts | other))}  # type: ignore[arg-type]


EQUAL = "where(sqrt(z)^2 >= z, z, 3*z)"  # by rounding alone, for all positive z


def test_what_rounding_decides_must_make_no_difference() -> None:
    """A term of 1e-20 may be another one; a number that it is not beside, or that is wrong in any case, may not."""
    assert not found(f"cosh(x) + {EQUAL}", {"x": 1.0, "z": 1e-20}, notes=())
    assert "" in found(f"cosh(x) + {EQUAL}", {"x": 1.0, "z": 1e-20}, value=1.54308065, notes=())
    assert "" in found(f"cosh(x) + {EQUAL}", {"x": 1.0, "z": 1e-3}, notes=())
    assert "" in found(f"sign({EQUAL} - z)", {"z": 3.0}, notes=())
    assert not found(f"cosh(x) + {EQUAL}", {"x": 1.0, "z": 3.0})  # announced


def test_a_value_of_0_is_measured_by_its_terms() -> None:
    """Through abs and products: by 1e32, and by 1e16 where it is not multiplied."""
    text = "abs(exp(log(x)) - x)*silu(x)"
    assert not found(text, {"x": 1e16}, value=2.0, gradient={}, notes=())
    assert "" in found(text, {"x": 1e16}, value=1e24, gradient={}, notes=())
    assert "" in found("abs(exp(log(x)) - x)", {"x": 1e16}, value=1e8, gradient={}, notes=())


def test_a_value_of_0_is_measured_by_terms_beyond_doubles() -> None:
    """Their product may be so large."""
    text, at = "x*relu(sinh(asinh(y)) - y)", {"x": -5e11, "y": -1e300}
    assert not found(text, at, value=-4.5e298, gradient={}, notes=())
    assert "" in found(text, at, value=-4.5e307, gradient={}, notes=())


def test_a_value_of_0_is_no_larger_than_the_function_becomes() -> None:
    """A tanh of what is 0 is not 1, however large the terms were."""
    assert "" in found("tanh(exp(log(x)) - x)", {"x": 1e16}, value=1.0, gradient={}, notes=())
    assert not found("tanh(exp(log(x)) - x)", {"x": 1e16})
    at = {"x": 1490.479090827742}
    assert not found("atanh(erf(exp(log(x)) - x))", at, value=1e-12, gradient={}, notes=())  # atanh ends at 1


def test_a_value_of_0_is_no_larger_than_what_is_picked() -> None:
    """Of 1 and of what may be 1e201."""
    text = "min(1, relu(1e300*sinc(1e200*y)))"
    assert "" in found(text, {"y": 1.5707963267948968}, value=1.0, gradient={}, notes=())
    assert not found(text, {"y": 1.5707963267948968})


def test_a_slope_of_0_is_measured_by_what_is_to_be_added() -> None:
    """By 1, though doubles add 1e-16: their logarithm has another argument."""
    text = "log1p(relu(tan(atan(z)) - z))"
    assert not found(text, {"z": 1e16}, gradient={"z": 2.6e-16}, notes=())
    assert found(text, {"z": 1e16}, gradient={"z": 2.6e-6}, notes=()) == {"z"}


@pytest.mark.sweep
def test_an_order_that_is_not_whole() -> None:
    """In doubles it is 1, and by many digits less: there is no number to compare with; of 2 there is."""
    text, at = "polygamma(erfc({}), x)", {"x": 3.0}
    assert not found(text.format("1e-320"), at, value=7.0, gradient={}, notes=())
    assert "" in found("polygamma(log(exp(2)), x)", at, value=7.0, gradient={}, notes=())


def test_an_order_of_a_million() -> None:
    """The reference says at once that it has no number, as it would add up four million powers."""
    assert not found("polygamma(1000000, x)", {"x": 367880.0}, value=7.0, gradient={}, notes=())


def test_an_exponent_of_a_million_bits() -> None:
    """The reference takes no longer than for another one, and has no 0."""
    value, slope = oracle.sweep(parse("exp(-x) + sigmoid(-x) + 2^-x"), {"x": mpf(2) ** 1_000_000}, "x")
    assert 0 < value < mpf(2) ** -1000
    assert slope < 0


@pytest.mark.sweep
def test_what_is_below_doubles_is_told() -> None:
    """Beside what rounding decides too."""
    text, at = "gelu(-exp(y + floor(exp(log(x)))))", {"x": 7.0, "y": 30.0}
    assert not found(text, at)
    assert "" in found(text, at, notes=())
    (note, *_) = gradient(text, at).notes
    assert "" in found(text, at, value=1e-9, notes=[note])
    assert not found("where(floor(exp(log(x))) == x, 1/x, 3)", {"x": 1e300})


def test_what_rounding_decides_has_the_number_of_the_edge() -> None:
    """Where a side of it has none."""
    undecided = Undecided(parse("where(exp(log(z)) > z, log(z - 4), 2*z)"), {"z": 3.0}, 100)
    assert undecided.alternatives("z") is None
    assert undecided.on_edge("z") == (6, 2)


def test_the_branch_that_many_digits_take_counts() -> None:
    """At 5e-324 sinh(z) is above z by 1e-971, and in doubles it is z."""
    text, at = "where(sinh(z) <= z, z, x + 0.5)", {"z": 5e-324, "x": 1.0}
    assert not found(text, at)
    assert found(text, at, gradient={"x": 0.5}) == {"x"}


@pytest.mark.parametrize("z", [2.0, 3.0, 5.0, 6.0])
def test_nothing_is_right_by_chance(z: float) -> None:
    """Whichever side of a jump the digits of the reference take, the number is that on it."""
    assert "" in found("floor(sqrt(z)^2)", {"z": z}, value=z - 1, notes=())
    assert not found("floor(sqrt(z)^2)", {"z": z}, value=z, notes=())
    assert not found("floor(sqrt(z)^2)", {"z": z})


def test_what_a_jump_moves_is_decided() -> None:
    """A sign of 36 or 37 is 1, whichever rounding makes of it."""
    assert not found("sign(round(cbrt(y)^3)/x)", {"x": 3.0, "y": 36.5}, notes=())


def test_what_lies_between_two_jumps_is_decided() -> None:
    """Whichever of them is nearer by rounding."""
    assert not found("ceil(10^log10(y)) + (10^log10(y) - y)", {"y": 36.5}, gradient={})


# A condition that no digits decide, or more of them than there are: it holds nowhere.
NEVER = [
    ("mod(cbrt(y)^3, y) >= y", 1e150), ("mod(exp(log(y)), y) >= y", 3.0), ("mod(sqrt(y)^2, -y) <= -y", 2.0),
    ("mod(sqrt(y)^2, exp(y)) >= exp(y)", 2.0), ("mod(sqrt(y)^2, y) - y >= 0", 3.0), ("tanh(y) >= 1", 1e5),
    ("1 + exp(-y) <= 1", 1e5), ("softplus(y) <= y", 1e5), ("floor(sigmoid(y)) == 1", 1e5),
    ("relu(cbrt(y)^3 - y) < 0", 3.0),
]  # fmt: skip


@pytest.mark.sampled(2)
@pytest.mark.parametrize(("condition", "y"), NEVER)
def test_what_facts_decide(condition: str, y: float) -> None:
    """The number of the side on which a value must be is right without a word, that of the other side is not."""
    text, at = f"where({condition}, 1, 3)", {"y": y}
    assert not found(text, at, value=3.0, gradient={}, notes=())
    assert found(text, at, value=1.0, gradient={}, notes=())


@pytest.mark.sampled(3)
@pytest.mark.parametrize("name", sorted({*RANGES, *BESIDE, "mod", "add", "sub", "sum"}))
def test_facts_hold(name: str) -> None:
    """A function is on one of the sides of a number, and of its own arguments, which facts leave open."""
    row = OPERATORS[name]
    operands = ("x", "-y") if name == "mod" else ("x", "y")
    call = f"{row.word}({', '.join((*operands, 'x')[: max(row.least, len(row.parameters))])})"
    text = row.symbol.join(operands[-len(row.parameters) :]) if row.symbol else call
    for against, x in product(("x", "y", "-y", "0", "1", "2", "-1"), (0.25, 1.0, 3.0, -0.25, -1.0, -3.0)):
        try:
            difference = gradient(f"{text} - ({against})", at := {"x": x, "y": 1.5}).value
        except GradcliError:
            continue
        graph = parse(f"where({text} < {against}, x, y)")
        comparison = next(node for node, operator in enumerate(graph.operators) if operator.condition)
        assert (difference > 0) - (difference < 0) in Facts(graph, at).sides(comparison, None)


@pytest.mark.parametrize(
    ("text", "at", "left", "is_found"),
    [
        ("where(x >= 0, 1, 2)", {"x": 0.0}, 2.0, False),
        ("where(x >= 0, 1, 2)", {"x": 0.0}, 1.0, True),
        ("where(((x + 1)^2 - x^2 - 1)/2 >= x, 1, 2)", {"x": -1e-300}, 1.0, False),
        ("where(((x + 1)^2 - x^2 - 1)/2 >= x, 1, 2)", {"x": -1e-300}, 1.5, True),
    ],
)
def test_sides_that_are_not_right(text: str, at: dict[str, float], left: float, is_found: bool) -> None:
    """Those of an edge; of one that rounding makes, if no side of it has them."""
    notes = [SimpleNamespace(code="edge", facts={"variable": "x", "value_left": left})]
    assert found(text, at, notes=notes) == ({"edge, value_left, x"} if is_found else set())


def test_a_peak_that_is_less_wide_than_what_is_seen() -> None:
    """At 1e-160 sech(1e200*x) is 0, and at 0 it is smooth."""
    text, at = "sech(1e200*x)*x + 3*x + relu(x)", {"x": 0.0}
    assert not found(text, at)
    (note,) = [note for note in gradient(text, at).notes if note.code == "one-sided"]
    notes = [SimpleNamespace(code="one-sided", facts=note.facts | {"left": 5.0})]
    assert found(text, at, notes=notes) == {"one-sided, left, x"}


@pytest.mark.parametrize(
    ("text", "side", "right", "wrong"),
    [
        ("where(x == 2, 7, max(detach(x), x))", "right", 1.0, 0.0),
        ("where(x == 2, 7, max(detach(x), x))", "left", 0.0, 1.0),
        ("where(x == 2, 7, x*detach(x))", "left", 2.0, 4.0),
        ("detach(floor(x)) + where(x == 2, 0, 5)", "value_left", 6.0, 7.0),
    ],
)
def test_what_derivatives_hold_stays_behind(text: str, side: str, right: float, wrong: float) -> None:
    """In a slope beside the point; the value there is that of what has moved."""
    for number, is_found in ((right, False), (wrong, True)):
        notes = [SimpleNamespace(code="edge", facts={"variable": "x", side: number})]
        assert found(text, {"x": 2.0}, notes=notes) == ({f"edge, {side}, x"} if is_found else set())

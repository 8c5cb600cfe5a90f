"""Value and gradient with as many correct digits as are asked for."""

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from mpmath import mp, mpf  # type: ignore[import-untyped]

from gradcli.api import gradient
from gradcli.engine.certified.correct import CorrectDigits, with_digits
from gradcli.engine.certified.settle import CertifiedPasses, settle
from gradcli.engine.certified.written import Written, leaves_of, point_of
from gradcli.engine.digits.problem import Problem
from gradcli.engine.doubles import rules
from gradcli.errors import GradcliError, MathError
from gradcli.language.parser import parse
from gradcli.operators.records import Operator
from gradcli.operators.table import FUNCTIONS
from tests.helpers import oracle
from tests.helpers.random_expressions import Example, examples

PI_50 = "3.1415926535897932384626433832795028841971693993751"


def found(text: str, digits: int, **at: Any) -> CorrectDigits:
    """The result."""
    return with_digits(parse(text), at, digits)


@pytest.mark.parametrize(
    ("text", "at", "digits", "value", "slope"),
    [
        ("(exp(x) - 1)/x", {"x": "1e-8"}, 30, "1.00000000500000001666666670833", "0.500000003333333345833333366667"),
        ("-log(1/(1 + exp(-x)))", {"x": "-400"}, 20, "400.00000000000000000", "-1.0000000000000000000"),
        ("exp(x)", {"x": "1000"}, 20, "1.9700711140170469939e434", "1.9700711140170469939e434"),
        ("pi + x - x", {"x": 1}, 50, PI_50, "0"),
        ("0.1 + 0.2 - x", {"x": "0.3"}, 10, "0", "-1"),
        ("x", {"x": "pi/4"}, 5, "0.78540", "1"),
        ("x/3", {"x": Fraction(1, 7)}, 4, "0.04762", "0.3333"),
        ("x - 0.1", {"x": 0.1}, 4, "5.551e-18", "1"),
        ("x", {"x": Decimal("0.125")}, 2, "0.12", "1"),
        ("26*pi*x", {"x": 1}, 1, "8e1", "8e1"),
        ("100*x", {"x": 50}, 1, "5000", "100"),
        ("sqrt(x)", {"x": "6.25"}, 2, "2.5", "0.2"),
        ("-(2.50)*x", {"x": 1}, 9, "-2.5", "-2.5"),
        ("1234567890123456789012 + x", {"x": 0}, 30, "1234567890123456789012", "1"),
    ],
)
def test_known_digits(text: str, at: dict[str, Any], digits: int, value: str, slope: str) -> None:
    """Numbers mean what is written, and the last digit is rounded; one in the middle has a digit more."""
    result = found(text, digits, **at)
    assert result.digits == {"value": value, "gradient": {"x": slope}}
    assert result.is_settled


def check_digits(tried: Iterable[Example]) -> None:
    """By mpmath with more of them: as text, each is the nearest with so many digits."""
    with mp.workdps(80):
        for example in tried:
            graph = parse(example.text)
            result = with_digits(graph, example.at, 25)
            true = [oracle.sweep(graph, example.at)[0]]
            true += [oracle.sweep(graph, example.at, name)[1] for name in graph.variables]
            for text, number in zip([result.digits["value"], *result.digits["gradient"].values()], true, strict=True):
                if text.startswith("|"):
                    assert abs(number) < mpf("1e-60"), (example, text)
                    continue
                unit = mpf(10) ** (Decimal(text).adjusted() - 24)
                assert abs(mpf(text) - number) <= unit * (mpf("0.5") + mpf("1e-20")), (example, text)


def test_the_digits_of_random_expressions_are_right() -> None:
    """More of them in tests/sweeps."""
    check_digits(examples(30))


def test_what_no_digits_settle_is_a_bound() -> None:
    """As that sin(pi) is 0."""
    result = found("sin(x)", 10, x="pi")
    assert result.digits == {"value": "|value| < 1e-1007", "gradient": {"x": "-1.000000000"}}
    assert (result.value, result.is_settled) == (0.0, False)


@pytest.mark.parametrize(
    ("text", "x"),
    [
        ("tan(x)", "pi/2"), ("1/cos(x)", "pi/2"), ("cot(x)", "pi"), ("sin(x)^(-2)", "pi"), ("x + sin(pi)^(-1)", "1"),
        ("gamma(sin(x))", "pi"), ("lgamma(sin(x) - 3)", "pi"), ("digamma(sin(x))", "pi"),
    ],
)  # fmt: skip
def test_what_may_be_a_pole_is_no_bound(text: str, x: str) -> None:
    """The ends of a ball around a pole say nothing."""
    with pytest.raises(MathError) as caught:
        found(text, 10, x=x)
    assert caught.value.code == "digits-undefined"


def test_a_zero_beside_poles_is_a_bound() -> None:
    """The cotangent is 0 where the tangent has a pole."""
    assert found("cot(x)", 10, x="pi/2").digits == {"value": "|value| < 1e-1007", "gradient": {"x": "-1.000000000"}}


@pytest.mark.parametrize(
    ("text", "x", "value"),
    [
        ("acsc(x)", "2", "0.52359877559829887308"),
        ("acsc(x)", "-2", "-0.52359877559829887308"),
        ("acsc(2) + x", "0", "0.52359877559829887308"),
        ("x**(-0.1**(-1))", "-2", "0.0009765625"),
        ("floor(sqrt(x))", "9", "3"),
        ("floor(cbrt(x))", "-27", "-3"),
        ("ceil(exp(x - 1) + cos(x - 1))", "1", "2"),
        ("floor(abs(x)^3/1.1^3)", "-1.1", "1"),
    ],
)
def test_what_is_exact_is_on_its_side(text: str, x: str, value: str) -> None:
    """An absolute value, a root or power of few digits, and 1 at 0 are no approximations."""
    assert found(text, 20, x=x).digits["value"] == value


BOUNDED = [row for row in FUNCTIONS.values() if row.domain and len(row.parameters) == 1]


@pytest.mark.sampled(4)
@pytest.mark.parametrize("row", BOUNDED, ids=lambda row: row.name)
@pytest.mark.parametrize("x", ["-1e300", "-1e60", "-1e9", "-7", "-1", "-0.5", "0", "0.5", "1", "7", "1e60", "1e300"])
def test_outside_of_a_domain_there_is_no_value(row: Operator, x: str) -> None:
    """By the message that doubles have."""
    inside = [rules.expression(text, row.parameters, total=True)(float(x)) for text in row.domain]
    if not all(inside):
        with pytest.raises(MathError, match="is not defined here"):
            found(f"{row.name}(x)", 20, x=x)


@pytest.mark.parametrize(
    ("text", "x", "value", "slope"),
    [
        ("lgamma(x)", "-33333.3", "-313814.86149819475580", "12.696827844743816968"),
        ("digamma(x)", "-20000.3", "12.186028220342506086", "15.079363704802271511"),
        ("gamma(x)", "-100000.5", None, None),
        ("polygamma(3, x)", "-30000.25", None, None),
    ],
)
def test_gamma_functions_far_to_the_left(text: str, x: str, value: str | None, slope: str | None) -> None:
    """By reflection, in mpmath too."""
    result = found(text, 20, x=x)
    with mp.workdps(60):
        z = mpf(x)
        expected = {
            "lgamma(x)": lambda: mp.log(mp.pi / abs(mp.sin(mp.pi * z))) - mp.loggamma(1 - z),
            "digamma(x)": lambda: mp.digamma(1 - z) - mp.pi * mp.cot(mp.pi * z),
            "gamma(x)": lambda: mp.pi / mp.sin(mp.pi * z) / mp.gamma(1 - z),
            "polygamma(3, x)": lambda: (
                -mp.polygamma(3, 1 - z) + 2 * mp.pi**4 * (1 + mp.cot(mp.pi * z) ** 2) * (1 + 3 * mp.cot(mp.pi * z) ** 2)
            ),
        }[text]()
        assert abs(mpf(result.digits["value"]) / expected - 1) < mpf("1e-19")
    assert result.is_settled
    assert value in (None, result.digits["value"])
    assert slope in (None, result.digits["gradient"]["x"])


@pytest.mark.sweep
def test_a_long_chain_has_the_digits_that_it_takes() -> None:
    """Of 600 steps; of more in tests/sweeps."""
    assert check_chain(600) > 0


def check_chain(count: int) -> float:
    """The balls of 600 steps grow by 100 digits. The slope."""
    chain = "; ".join(f"l{i + 1} = 1.5*l{i}*(1 - l{i})" for i in range(count))
    result = found(f"l0 = x; {chain}; l{count}", 20, x="0.3")
    assert result.digits["value"] == "0.33333333333333333333"
    assert result.is_settled
    return result.gradient["x"]


def test_a_number_beyond_doubles_is_none_in_json() -> None:
    """And no failure."""
    result = found("exp(1000)*x", 3, x=1)
    assert (result.as_dict()["value"], result.digits["value"], result.is_settled) == (None, "1.97e434", True)
    result = found("x/2", 3, x="1e400")
    assert (result.as_dict()["at"], result.digits["value"], result.is_settled) == ({"x": None}, "5e399", True)


@pytest.mark.parametrize("x", ["1e400", "10^400", Decimal("1e400"), 10**400, Fraction(10**401, 10)])
def test_a_point_beyond_doubles(x: Written) -> None:
    """Whatever it is written as; and in the table it is what it is."""
    assert (found("x/1e200/1e200", 5, x=x).value, found("x", 5, x=x).beyond["x"].text) == (1.0, "1e400")


@pytest.mark.parametrize("x", ["-2", "0", "7"])
def test_an_exponent_that_is_a_whole_number(x: str) -> None:
    """Whatever decimals make of it; and a power of 0 with the exponent 0 in a slope is 1."""
    for text in ("x^(3*(1/3))", "x^1", "x^(1/7 + 6/7)"):
        result = found(text, 30, x=x)
        assert (result.digits["value"], result.digits["gradient"]) == (x, {"x": "1"}), text


def test_a_point_without_a_value() -> None:
    """It is refused."""
    with pytest.raises(GradcliError, match="must be a finite number"):
        found("x", 5, x="exp(1000)*0/0")


def test_what_is_undecided_names_the_node() -> None:
    """A step, a comparison, a tie, and a pole."""
    for text, code, column in [
        ("2*floor(x^2)", "digits-undecided", 3),
        ("where(x^2 > 2, x, 1)", "digits-undecided", 11),
        ("3 + 1/(x^2 - 2)", "digits-undefined", 6),
    ]:
        with pytest.raises(MathError) as caught:
            found(text, 5, x="sqrt(2)")
        assert (caught.value.code, caught.value.facts["column"]) == (code, column)


@pytest.mark.parametrize(
    ("text", "at", "message"),
    [
        ("asin(x + 1)", "3", "asin at column 1 is not defined"),
        ("log(x - sqrt(2))", "1", "log at column 1 is not defined"),
        ("1/x", "0", "'/' at column 2"),
        ("sin(x)", "1e9999", "'sin' at column 1 has no value here that 25 digits would tell"),
        ("acsc(x)", "1e-8", "acsc at column 1 is not defined"),
        ("asin(x)", "1.0000000000000000000000001", "'asin' at column 1 has no value here that 25 digits would tell"),
        ("mod(x, 0)", "3", "mod at column 1 is not defined"),
    ],
)
def test_where_there_is_no_value_no_more_digits_are_tried(text: str, at: str, message: str) -> None:
    """As in doubles, where these say it too."""
    with pytest.raises(MathError) as caught:
        found(text, 5, x=at)
    assert message in str(caught.value)


@pytest.mark.parametrize(("text", "at"), [("coth(x)", "1e30"), ("sqrt(x)", "0")])
def test_a_slope_that_nothing_settles_takes_no_more_digits(text: str, at: str) -> None:
    """What is below all numbers of `decimal`, and what is infinite."""
    graph, made = parse(text), []
    point = point_of(graph, {"x": at})

    def make() -> CertifiedPasses:
        made.append(CertifiedPasses(Problem.written(graph, leaves_of(graph, point), targets=graph.variables.values())))
        return made[-1]

    x = graph.variables["x"]
    (slope,), _ = settle(make, 5, lambda work: [("gradient", work.adjoints[x])])
    assert (slope.is_known, len(made)) == (False, 1)


@pytest.mark.parametrize(
    ("text", "slope"),
    [
        ("pi^-exp(x)", "|gradient| < 1e-899999999999978285"),
        ("erfc(exp(x))", "|gradient| < 1e-899999999999978285"),
        ("lgamma(exp(x))/exp(x)", "1.0000"),
        ("logsumexp(exp(x), 1)", None),
    ],
)
def test_what_is_large_takes_no_digits_before_its_point(text: str, slope: str | None) -> None:
    """The 21,715 of exp(5e4) would take minutes. A slope that only they tell is not known; sqrt at 0 has none."""
    result = found(text, 5, x="5e4")
    assert result.digits["gradient"]["x"] == slope
    assert slope or result.settled_gradient["x"].missing == "not-known"
    assert found("sqrt(x)", 5, x="0").settled_gradient["x"].missing == "not-finite"


def test_kinks_are_noted_and_slopes_without_a_value_said() -> None:
    """By the notes of the doubles."""
    result = found("relu(x) + sqrt(y)", 9, x=0, y=0)
    assert {"kink", "not-finite"} <= {note.code for note in result.notes}
    assert result.digits["gradient"] == {"x": "1", "y": None}


@pytest.mark.parametrize("digits", [0, -1, 1001])
def test_so_many_digits_are_refused(digits: int) -> None:
    """By one message."""
    with pytest.raises(GradcliError, match="from 1 to 1000"):
        gradient("x", {"x": 1}, digits=digits)


@pytest.mark.parametrize(("at", "code"), [({}, "no-value"), ({"x": "y"}, "value-not-finite"), ({"x": "1/"}, "")])
def test_a_bad_point_is_refused(at: dict[str, Any], code: str) -> None:
    """As in doubles."""
    with pytest.raises(GradcliError) as caught:
        gradient("x", at, digits=3)
    assert not code or caught.value.code == code


def test_the_library_returns_the_digits() -> None:
    """With the nearest doubles beside."""
    result = gradient("sqrt(x)", {"x": "2"}, digits=30)
    assert repr(result).startswith("Digits(value=1.41421356237309504880168872421, ")
    assert (result.value, result.gradient) == (2**0.5, {"x": 0.3535533905932738})
    with pytest.raises(GradcliError, match="do not go with kink"):
        gradient("x", {"x": 1}, digits=3, kink="minnorm")  # type: ignore[call-overload]

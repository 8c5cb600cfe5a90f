"""`gradcli.compile`: the numbers of `gradient`, for floats and for arrays."""

import builtins
import copy
import pickle
import weakref
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from fractions import Fraction
from math import inf, isnan, nan
from typing import Any

import numpy as np
import pytest

import gradcli
from tests.helpers.points import COMPOSED, cases
from tests.helpers.tapes import Calls, rows

CASES = [case for case in cases() if case.text in COMPOSED and case.points != [()]] + list(cases())[:150:10]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.text)
def test_floats(case: Any) -> None:
    """Everything at once in tests/sweeps."""
    points = [tuple(point) for point in case.points[:: 1 + len(case.points) // 40]]
    assert not [row for row in rows(case.text, points, engine=Calls) if row.differences()]


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("x^1e200", (-1.0,)),
        ("hypot(x, y)", (5e-324, 5e-324)),
        ("atan2(x, y)", (1.7e308, 1.7e308)),
        ("erf(x)", (26.57,)),
        ("gelu(x)", (-37.53,)),
        ("silu(x)", (-741.6,)),
        ("logsumexp(x, y)", (720.0, 172.2)),
        ("lgamma(x)", (-3.1436,)),
        ("x^0.3", (1e-300,)),
        ("x/y", (5e-324, 1e-8)),
    ],
)
def test_floats_lose_no_digits(text: str, at: tuple[float, ...]) -> None:
    """Where formulas do, as the operator table says: the doubles of the passes, bit for bit."""
    assert [row.got for row in rows(text, [at], engine=Calls)] == [row.expected for row in rows(text, [at])]


def test_ways_to_give_values() -> None:
    """A mapping or names, whole numbers, more names than there are; and names that Python or the code itself has."""
    function = gradcli.compile("a*lambda + at", wrt=["a"])
    at = {"a": 2, "lambda": 3.0, "at": np.float64(1), "other": 5}
    assert function(at) == function(**at) == function(a=2.0, at=1.0, **{"lambda": 3.0}) == (7.0, {"a": 3.0})
    assert gradcli.compile("2*pi")({}) == (2 * np.pi, {})
    names = "value + values*slope_1 + point*0 + float*isfinite + type*self + t1"
    at = dict.fromkeys(gradcli.parse(names).variables, 0.5)
    assert gradcli.compile(names)(at) == (1.75, gradcli.gradient(names, at).gradient)


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("1/x", {"x": 0.0}),
        ("log(x)", {"x": -1}),
        ("1/(1 + x*y)", {"x": 1e200, "y": 1e200}),
        ("atan(x*x)", {"x": 1e200}),
        ("x", {"x": nan}),
        ("atan(x)", {"x": inf}),
        ("x", {"x": "2"}),
        ("x*y", {"x": 1.0}),
    ],
)
def test_floats_raise_what_gradient_raises(text: str, at: dict[str, Any]) -> None:
    """The same error, where the code for floats does not see it itself too."""
    with pytest.raises(gradcli.GradcliError) as expected:
        gradcli.gradient(text, at)
    with pytest.raises(type(expected.value)) as found:
        gradcli.compile(text)(at)
    assert str(found.value) == str(expected.value)


def test_a_slope_that_is_not_finite() -> None:
    """It is NaN; the value and the other slopes are there."""
    value, slopes = gradcli.compile("sqrt(x) + y")(x=0.0, y=1.0)
    assert (value, isnan(slopes["x"]), slopes["y"]) == (1.0, True, 1.0)


def test_kinks() -> None:
    """By either rule, for floats and arrays."""
    for kink, slope in (("branch", 1.0), ("minnorm", 0.0)):
        function = gradcli.compile("relu(x)", kink=kink)
        assert function(x=0.0) == (0.0, {"x": slope})
        assert list(function(x=[0.0, 2.0])[1]["x"]) == [slope, 1.0]
    with pytest.raises(gradcli.GradcliError):
        gradcli.compile("x", kink="none")


def test_arrays() -> None:
    """They broadcast, what is a number is the same everywhere, and a pole is NaN in its place alone."""
    function = gradcli.compile("w*x/y")
    value, slopes = function(w=2.0, x=np.arange(3.0)[:, None], y=np.array([1.0, 0.0]))
    assert value.shape == slopes["w"].shape == slopes["y"].shape == (3, 2)
    assert [list(value[:, 0]), list(slopes["w"][:, 0])] == [[0, 2, 4], [0, 1, 2]]
    assert np.isnan([value[:, 1], slopes["x"][:, 1]]).all()
    assert function(w=1.0, x=[], y=2.0)[0].shape == (0,)
    with pytest.raises(gradcli.GradcliError):
        function(w=1.0, x=["a"], y=2.0)
    with pytest.raises(gradcli.GradcliError):
        function(w=1.0, x=[1.0])


def test_values_in_two_ways() -> None:
    """Names come after a mapping; what is a constant in the function is given no value."""
    function = gradcli.compile("x*y")
    assert function({"x": 1.0, "y": 2.0}, y=9.0) == (9.0, {"x": 9.0, "y": 1.0})
    for x in (1.0, [1.0]):
        with pytest.raises(gradcli.GradcliError, match="'e' is a constant in this function"):
            gradcli.compile("e*x")(x=x, e=2.0)
    assert gradcli.compile("e*x", wrt="e")(x=3.0, e=2.0) == (6.0, {"e": 3.0})


@pytest.mark.parametrize(
    ("point", "code"),
    [
        (3.0, "point-unnamed"),
        ([1.0, 2.0], "point-unnamed"),
        ("x=1", "point-unnamed"),
        ({"x": 1.0}, "no-value"),
        ({"x": np.ones(2), "y": np.ones(3)}, "shapes-differ"),
        *(
            ({"x": x, "y": 1.0}, "value-not-finite")
            for x in (True, 1j, np.complex64(1j), np.True_, 10**5000, [10**400])
        ),
        *(({"x": x, "y": 1.0}, "value-not-finite") for x in ([[1], [1, 2]], [None], [Fraction(1), "2"], {}, {1.0})),
        *(({"x": x, "y": 1.0}, "array-type") for x in (["1", "2"], b"12", [True], np.array([1j]), [1, 1j])),
        ({"x": np.array(["2020-01-01"], "datetime64[D]"), "y": 1.0}, "array-type"),
    ],
)
def test_what_is_no_point(point: Any, code: str) -> None:
    """Never an error of Python's or NumPy's, and no number that is made of what is none."""
    with pytest.raises(gradcli.GradcliError) as error:
        gradcli.compile("x*y")(point)
    assert error.value.code == code


def test_kinds_of_arrays() -> None:
    """Numbers of all kinds become doubles; what is masked has no value."""
    function = gradcli.compile("x*y")
    for x in (np.array([2, 3], np.int8), np.array([2, 3], np.float32), [2, Fraction(3)], (Decimal(2), 3.0)):
        assert function(x=x, y=2.0)[0].tolist() == [4.0, 6.0]
    assert function(x=[10**30, nan], y=1.0)[0][0] == 1e30
    value, slopes = function(x=np.ma.array([1.0, 2.0], mask=[False, True]), y=3.0)
    assert (value[0], isnan(value[1]), isnan(slopes["y"][1])) == (3.0, True, True)


def test_arrays_without_variables() -> None:
    """The value is there once for each row, as in a table."""
    function = gradcli.compile("2 + 3")
    assert function(x=np.ones((2, 1)), y=np.ones(2))[0].tolist() == [[5.0, 5.0], [5.0, 5.0]]
    assert function(x=1.0) == function() == (5.0, {})


def test_pickling() -> None:
    """Other processes get the same function, with the same names as constants and as variables."""
    function = gradcli.compile("max(x, y)^2 + e*pi*x", wrt=["x", "e"], kink="minnorm")
    other, at = pickle.loads(pickle.dumps(function)), {"x": 1.0, "y": 1.0, "e": 0.5}
    assert other(at) == function(at) == copy.deepcopy(function)(at)
    assert list(other({**at, "x": [1.0]})[1]["x"]) == [function(at)[1]["x"]]


def test_operations_on_arrays_of_numbers() -> None:
    """The variables are numbers, one for each row."""
    function = pickle.loads(pickle.dumps(gradcli.compile("sum([x, y]*[y, 2])")))
    assert function(x=1.0, y=2.0) == (6.0, {"x": 2.0, "y": 3.0})
    assert function(x=[1.0, 2.0], y=2.0)[0].tolist() == [6.0, 8.0]
    with pytest.raises(gradcli.GradcliError, match="'sum' is of arrays"):
        gradcli.compile("sum(x*y)")


def test_results_are_the_callers() -> None:
    """The next call does not write to them, and they go when nobody has them."""
    function = gradcli.compile("x^2")
    found = function(x=np.ones(100))
    kept = weakref.ref(found[0].base)
    function(x=np.zeros(100))
    assert found[0].tolist() == [1.0] * 100
    del found
    assert kept() is None


def test_threads() -> None:
    """Each gets its own answers."""
    function, x = gradcli.compile("sin(x)*y + x"), np.linspace(0.0, 1.0, 20_000)

    def is_right(y: float) -> bool:
        value, slopes = function(x=x, y=y)
        return bool(np.allclose(value, np.sin(x) * y + x) and np.allclose(slopes["x"], np.cos(x) * y + 1))

    with ThreadPoolExecutor(4) as pool:
        assert all(pool.map(is_right, np.arange(40.0).tolist()))


def test_arrays_need_numpy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without it one message names the command; floats do."""
    real = builtins.__import__

    def without(name: str, *rest: Any) -> Any:
        if name.partition(".")[0] == "numpy":
            raise ModuleNotFoundError(name)
        return real(name, *rest)

    function = gradcli.compile("x^2")
    monkeypatch.setattr(builtins, "__import__", without)
    assert function(x=3.0) == (9.0, {"x": 6.0})
    with pytest.raises(gradcli.GradcliError, match="NumPy"):
        function(x=[3.0])


@pytest.mark.sweep
def test_large_expressions() -> None:
    """Many variables and long chains: no recursion in the code that is made."""
    at = {f"x{number}": 1.0 for number in range(400)}
    assert gradcli.compile(" + ".join(f"{name}^2" for name in at))(at) == (400, dict.fromkeys(at, 2.0))
    chain = "x" + "".join(f"; s{number} = sin(s{number - 1})*1.1" for number in range(1, 400))
    assert gradcli.compile(f"s0 = {chain}")(x=0.5)[0] == gradcli.gradient(f"s0 = {chain}", {"x": 0.5}).value

"""`gradcli.compile`: the numbers of `gradient`, for floats and for arrays."""

import builtins
from concurrent.futures import ThreadPoolExecutor
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
    names = "value + values*slope_1 + point*0 + float*isfinite + type*otherwise + t1"
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


def test_large_expressions() -> None:
    """Many variables and long chains: no recursion in the code that is made."""
    at = {f"x{number}": 1.0 for number in range(400)}
    assert gradcli.compile(" + ".join(f"{name}^2" for name in at))(at) == (400, dict.fromkeys(at, 2.0))
    chain = "x" + "".join(f"; s{number} = sin(s{number - 1})*1.1" for number in range(1, 400))
    assert gradcli.compile(f"s0 = {chain}")(x=0.5)[0] == gradcli.gradient(f"s0 = {chain}", {"x": 0.5}).value

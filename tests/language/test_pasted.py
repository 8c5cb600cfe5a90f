"""Lines of other notations: what is offered for them means what it means there, and what means nothing is named."""

import json
import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gradcli import GradcliError, gradient
from gradcli.errors import MathError
from gradcli.graph import Graph
from gradcli.language.format import format_graph
from gradcli.language.notation import LONGEST, NotationError
from gradcli.language.parser import parse
from gradcli.language.pasted import rewritten, translated
from gradcli.latex.formulas import expression
from gradcli.operators.table import FUNCTIONS, INFIX
from tests.helpers.running import run

# The lines of tests/data/pasted.json: Python that is evaluated by Python itself; others with their meaning in Python;
# what is named in a line, with the code of what is said; and lines of which nobody knows what they mean.
DATA = json.loads((Path(__file__).parent.parent / "data" / "pasted.json").read_text(encoding="utf-8"))
POINTS: list[dict[str, float]] = DATA["points"]


def _sigmoid(x: float) -> float:
    return 1 / (1 + math.exp(-x))


def _gelu_by_tanh(x: float) -> float:
    return x / 2 * (1 + math.tanh(math.sqrt(2 / math.pi) * (x + 0.044715 * x**3)))


def _half_up(x: float) -> float:
    return math.copysign(math.floor(abs(x) + 0.5), x)


def _elu(x: float, a: float = 1) -> float:
    return x if x > 0 else a * math.expm1(x)


def _sinc(x: float) -> float:
    return math.sin(x) / x if x else 1.0


MEANINGS: dict[str, Any] = {
    "np": np, "math": math, "sigmoid": _sigmoid, "gelu_tanh": _gelu_by_tanh, "half_up": _half_up, "elu": _elu,
    "softplus": lambda x: math.log1p(math.exp(x)), "sinc": _sinc, "pi": math.pi, "e": math.e, "fmod": math.fmod,
    "trunc": math.trunc, "floor": math.floor, "ceil": math.ceil, "sqrt": math.sqrt, "sin": math.sin, "cos": math.cos,
    "tan": math.tan, "log": math.log, "exp": math.exp, "cbrt": np.cbrt, "gamma_": math.gamma, "hypot": math.hypot,
}  # fmt: skip

OFFERED = [[line, line] for line in DATA["python"]] + DATA["others"]


def meaning(text: str, point: Mapping[str, float]) -> float:
    """The value in Python, with gradcli's names as Python has them."""
    known = {**MEANINGS, **{name: value for name, value in point.items() if name.isidentifier()}, "POINT": point}
    known["gamma"] = point["gamma"]
    with np.errstate(all="ignore"):
        return float(eval(text, {"__builtins__": __builtins__}, known))


def value(line: str | Graph, point: Mapping[str, float]) -> float:
    """The value of a line of gradcli's language, or of its graph."""
    graph = line if isinstance(line, Graph) else parse(line)
    return gradient(graph, {name: point[name] for name in graph.variables}, []).value


@pytest.mark.sampled(4)
@pytest.mark.parametrize(("line", "text"), OFFERED)
def test_what_is_offered_means_the_same(line: str, text: str) -> None:
    """At all points where it has a value there, of which there are some; the message offers it where the line is no
    line of gradcli's.
    """
    try:
        parse(line)
    except GradcliError as error:
        said = error.render()
        assert line == "0x10*x" or "write " in said or "did you mean" in said, said
        found = error.facts["write"] if error.code == "other-notation" else translated(line, parse)
    else:
        found = translated(line, parse)
    assert_same(found, text)


@pytest.mark.parametrize(("line", "one", "other"), DATA["two"])
def test_both_readings_are_offered(line: str, one: str, other: str) -> None:
    """Where people read a line in two ways: that in which what stands close belongs together comes first."""
    with pytest.raises(GradcliError) as caught:
        parse(line)
    assert caught.value.code == "two-readings"
    assert_same(caught.value.facts["write"], one)
    assert_same(caught.value.facts["other"], other)


def assert_same(found: str, text: str) -> None:
    """A line of gradcli's has the value of one of Python wherever that has one."""
    tried = 0
    assert found
    graph = parse(found)
    for point in POINTS:
        try:
            true = meaning(text, point)
        except (ValueError, ZeroDivisionError, OverflowError, TypeError):
            continue
        if math.isfinite(true):
            assert math.isclose(value(graph, point), true, rel_tol=1e-9, abs_tol=1e-12), (found, point)
            tried += 1
    assert tried


@pytest.mark.parametrize(("line", "code", "name"), DATA["named"])
def test_what_has_no_meaning_is_named(line: str, code: str, name: str | None) -> None:
    """With its place."""
    with pytest.raises(NotationError) as caught:
        translated(line, parse)
    assert code == caught.value.code
    assert name is None or name == line[caught.value.start : caught.value.end]


@pytest.mark.parametrize("line", DATA["nothing"])
def test_nothing_is_offered(line: str) -> None:
    """Where nobody knows what is meant."""
    assert rewritten(line, parse) == ""


def test_there_are_many() -> None:
    """Of each notation."""
    assert (len(OFFERED) >= 300, len(DATA["named"]) >= 50, len(DATA["nothing"]) >= 40) == (True, True, True)


ROWS = [row for row in FUNCTIONS.values() if row.name not in ("where", "polygamma")]
SIGNS = [row.symbol for row in INFIX if len(row.parameters) == 2 and row.symbol not in ("and", "or")]
FORMULAS = """
log(x, y)
where(x < 0 and y > 1 or not x == y, z, -w)
where(x > 0, where(y > 0, z, w), 1)
(where(x > 0, x, 0))^2
x^-y^2
-(x/y)^2
(-x)^2
x*(y - z)/(w + 1)
sin(x)^2
(x - y)*(z - w)
x - (y - z)
x/(y/z)
exp(-x^2/2)/sqrt(2*pi)
e^x + exp(y)
abs(abs(x) - y)
sqrt(x)*sqrt(y)
1e-9*x
-x*-y
apple*x
leaky_relu(x, 0.1)
sigmoid(x)*y
gamma(x)*y
lgamma(x) + gamma(y)
polygamma(1, x)*y
log2(x)/log10(y)
digamma(x + 1)
"""


def _of_names(row: Any) -> str:
    names = ["x", "y", "z"][: max(len(row.parameters), row.least)]
    return f"{row.called or row.name}({', '.join(names)})"


@pytest.mark.sampled(3)
@pytest.mark.parametrize(
    "text",
    [_of_names(row) for row in ROWS]
    + [f"x {sign} y" if sign in "+-*/^" else f"where(x {sign} y, z, w)" for sign in SIGNS]
    + FORMULAS.strip().splitlines(),
)
def test_its_own_latex_is_read_back(text: str) -> None:
    """As the same function."""
    graph, found = parse(text), translated(expression(text), parse)
    assert found, expression(text)
    tried = 0
    for x in (0.7, 1.7, -0.4):
        point = {**POINTS[0], "x": x, "apple": 3.0}
        at = {name: point[name] for name in graph.variables}
        try:
            true = gradient(graph, at).value
        except MathError:
            continue
        assert gradient(found, at).value == pytest.approx(true, rel=1e-12), found
        tried += 1
    assert tried
    if "log" not in text and "1e" not in text:
        assert format_graph(parse(found)) == found


@pytest.mark.parametrize("line", ["round(x=)*2", "clip(x, low=, high=1)", "np.exp x", "ln(2 x, y"])
def test_a_call_that_lacks_something(line: str) -> None:
    """Nothing is said of its name, which there is."""
    assert rewritten(line, parse) == ""
    with pytest.raises(GradcliError) as caught:
        parse(line)
    assert caught.value.code != "no-counterpart"


def test_a_line_of_a_program() -> None:
    """Only the line that is not of gradcli is said to be so."""
    outcome = run("eval", "y = 2*x\nz = np.sin(y)", "--at", "x=1")
    assert outcome.err.startswith("gradcli: line 2: this is not gradcli's notation; write z = sin(y)\n")
    assert "write mod(3, 2)" not in run("eval", "x %").err


def test_names_that_would_become_one() -> None:
    """Are not read as one."""
    assert rewritten("np.exp(x[0]) + x0", parse) == "exp(x[0]) + x0"  # the element of an array, and a number
    assert rewritten(r"\epsilon + \varepsilon", parse) == ""


@given(st.text("xy2sin ()[]{}|!%?:\\frac^²√.,=+-*/<>&_ifels", max_size=LONGEST + 5))
def test_what_is_offered_can_be_parsed(line: str) -> None:
    """Whatever is typed; nothing but an error of the language comes out."""
    found = rewritten(line, parse)
    if found:
        parse(found)
    try:
        parse(line)
    except GradcliError as error:
        if error.code == "other-notation":
            parse(error.facts["write"])


PIECES = r"""\frac { } \sqrt [ ] \left( \right) \sin x 2 ^ _ \log | \begin{cases} & \\ \end{cases} \sigma ( ) np. exp
    .pow( , if then else ? : ! % // = ² ½ π lambda \over {,}000 Sin[ & ~ ⌊ ⌋ mod x= log₂ -> .+ <-"""


@given(st.lists(st.sampled_from([*PIECES.split(), " "]), max_size=25).map("".join))
def test_pieces_in_any_order(line: str) -> None:
    """Nothing but an error of the language comes out of them either."""
    found = rewritten(line, parse)
    if found:
        parse(found)


@pytest.mark.parametrize("text", ["-Σ p log p", "∑ p_i", r"-\sum_i p_i \log p_i", "∏ x", "2 + Σ(x) y"])
def test_what_runs_over_an_index(text: str) -> None:
    """A sign for a sum is no variable: nothing says what it runs over."""
    with pytest.raises(GradcliError) as caught:
        parse(text)
    assert caught.value.code == "over-an-index"


def test_a_definition_stays_one() -> None:
    """Also in a line of its own, as long as others follow that may call it."""
    for text, write in (
        ("f(x) = x^2\n2 f(y) + y", "2*f(y) + y"),
        ("f(x) = x^2; g(a) = np.exp(a)*f(a)\ng(2)", "f(x) = x^2; g(a) = exp(a)*f(a)"),
        ("f(x) = sqr(x); f(3)", "f(x) = x^2; f(3)"),
        ("f(x) = sqr(x)", "x^2"),
    ):
        with pytest.raises(GradcliError) as caught:
            parse(text)
        assert caught.value.facts["write"] == write


def test_a_letter_that_is_a_variable() -> None:
    """As such it stands between operators."""
    assert list(parse("Σ*p + Σ").variables) == ["Σ", "p"]
    with pytest.raises(GradcliError, match=r"write x\*y"):
        parse("Σ*x y")

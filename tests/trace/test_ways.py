"""The ways of gradients: their number, their products, and that these add up to the gradient."""

import json
import re
from fractions import Fraction
from math import isclose, isfinite

import pytest
from hypothesis import example, given

from gradcli.api import gradient, passes
from gradcli.language.parser import parse
from gradcli.trace.ways import FACTORS_IN_LINE, FACTORS_LISTED, IN_LINE, LISTED, MANY, Ways
from tests.helpers.programs import POINT, evaluated, programs
from tests.helpers.running import run
from tests.helpers.work import calls_of


def lines(text: str, at: str = "", *options: str) -> list[str]:
    """The lines of all variables, as they are printed."""
    point = ("--at", at) if at else ()
    printed = run("eval", text, *point, "--explain", *options).out
    behind = re.split("Chain rule, variable by variable\n|変数ごとの連鎖律\n", printed)[1]
    return behind.split("\n\n")[0].splitlines()


@pytest.mark.parametrize(
    ("expected", "text", "at"),
    [
        (["∂y/∂a = ∂y/∂y·∂y/∂s·∂s/∂a = 1 × 1 × 3 = 3"], "y = a*x + b*z", "a=2,x=3,b=4,z=5"),
        (["∂y/∂a = ∂y/∂y·∂y/∂s·∂s/∂a = 1·1·x = x"], "y = a*x + b*z", ""),
        (["∂y/∂a = ∂y/∂y·∂y/∂a + ∂y/∂y·∂y/∂s·∂s/∂a = 1 × 1 + 1 × 1 × 2 = 1 + 2 = 3"], "a + 2*a", "a=5"),
        (["∂y/∂a = ∂y/∂y·∂y/∂a + ∂y/∂y·∂y/∂s·∂s/∂a = 1·1 + 1·1·2 = 3"], "a + 2*a", ""),
        (["∂y/∂a = ∂y/∂y·∂y/∂s·∂s/∂a ≈ 1 × 0.333333 × 3 ≈ 1"], "(3*a)/3", "a=5"),
        (["∂y/∂a = ∂y/∂y·∂y/∂s·∂s/∂a = 1·(-1)·(-sin(a)) = sin(a)"], "-cos(a)", ""),
        (["∂y/∂a = ∂y/∂y·∂y/∂a = 1·y·(1 - y) = sigmoid(a)*sigmoid(-a)"], "sigmoid(a)", ""),
        (["∂y/∂a = ∂y/∂y·∂y/∂a = 1·where(a >= 0, 1, 0) = where(a >= 0, 1, 0)"], "relu(a)", ""),
        (["∂a/∂a = 1"], "a", "a=2"), (["∂y/∂a = 0"], "floor(2) + 0*detach(a)", "a=2"),
        (["∂y/∂a = ∂y/∂y·∂y/∂s·∂s/∂a = 1 × 0 × 3 = 0"], "relu(3*a)", "a=-2"),
        (["∂y/∂a = ∂y/∂y·∂y/∂s·∂s/∂a = 0"], "0*sqrt(a)", "a=0"),
        (["∂y/∂a = ∂y/∂y·∂y/∂a + ∂y/∂y·∂y/∂t·∂t/∂s·∂s/∂a = 1 × 1 + 0 = 1 + 0 = 1"], "a + 0*sqrt(a)", "a=0"),
        (["s = exp(a)", "∂y/∂a = ∂y/∂y·∂y/∂s·∂s/∂a + ∂y/∂y·∂y/∂s·∂s/∂a = 1·s·s + 1·s·s = 2*s^2"],
         "s = exp(a); s*s", ""),
    ],
)  # fmt: skip
def test_lines(expected: list[str], text: str, at: str) -> None:
    """One for each variable, behind the steps that formulas share; the formula is that of `gradcli diff`."""
    found = lines(text, at, "--wrt", "a")
    assert found == expected
    if not at:
        assert [line.rpartition(" = ")[2] for line in found][-1] in run("diff", text, "--wrt", "a").out


@pytest.mark.sampled(3)
@pytest.mark.parametrize(
    "text",
    [
        "max(a, a, b)", "min(b, a, b)", "max(a, a)", "min(a, b, a, b)", "max(a, b, c, a)", "min(1, 1, a)",
        "max(1, a, 1, b)", "logsumexp(a, a, b)", "hypot(a, a)", "leaky_relu(a, a)", "clip(a, a, b)",
        "where(a > b, a, a)", "a^a", "a/a",
    ],
)  # fmt: skip
def test_formulas_of_equal_arguments_add_up_to_the_gradient(text: str) -> None:
    """A maximum that compares something twice takes it once."""
    trace = passes(text)
    for at in ({"a": 2.0, "b": 0.5, "c": 1.5}, {"a": 0.5, "b": 2.0, "c": 1.5}, {"a": 0.25, "b": 0.5, "c": 2.0}):
        for line in Ways(trace).lines():
            products = ["*".join(f"({factor})" for factor in way.factors) for way in line.ways]
            summed = gradient(f"{trace.output} = {text}; {' + '.join(products) or 0}", at).value
            slope = gradient(text, at, [line.name]).gradient[line.name]
            assert isclose(slope, summed, rel_tol=1e-12)
            assert line.program
            assert isclose(slope, gradient(line.program(), at).value, rel_tol=1e-12)


@pytest.mark.parametrize(
    "text",
    [
        "tanh(a*x + b)*sigmoid(c*x + d) + exp(a*b)*sin(c*d) + tanh(b*c)",
        "n1 = tanh(a*b); sigmoid(a*b + c)*c*n1",
        "sin(" * 12 + "sigmoid(a*b + c)*c*a*b" + ")" * 12,
    ],
)
def test_shared_steps_are_called_like_no_node(text: str) -> None:
    """Only a named step of the function is one of the formulas by its name."""
    trace = passes(parse(text), explain=True)
    assert trace.ways is not None
    own = set(trace.graph.names.values())
    assert trace.ways.shared()
    assert {name for name, _ in trace.ways.shared()} & set(trace.names) <= own


def test_more_ways_than_have_room() -> None:
    """Their number is said, and where they are listed."""
    expected = (
        "∂y/∂x = 32 is the sum over 32 ways; a line has room for 4 ways and 32 factors in all; --paths lists them"
    )
    assert lines("a = x+x; b = a+a; c = b+b; d = c+c; d+d", "x=1") == [expected]
    expected = "∂y/∂x = 8 は 8 本の道すじの和です。一行に書くのは 4 本、因子は全部で 32 個までです。一覧: --paths"
    assert lines("a = x+x; b = a+a; b+b", "x=1", "--lang", "ja") == [expected]


def test_a_long_way_has_no_room() -> None:
    """Nor have few ways with many factors in all."""
    assert "over 1 way;" in lines("sin(" * 40 + "x" + ")" * 40, "x=1")[0]
    two = "sin(" * 20 + "x" + ")" * 20
    assert "over 2 ways;" in lines(f"{two} + {two}", "x=1")[0]


def test_they_are_counted_and_the_first_listed() -> None:
    """In linear time, whatever their number."""
    text = "; ".join(f"x{n + 1} = x{n} + x{n}" for n in range(60)) + "; x60"
    (line,) = gradient(text, {"x0": 1}).trace(paths=True).ways.lines(listed=True)  # type: ignore[union-attr]
    assert (line.in_all, len(line.ways)) == (MANY, LISTED)
    outcome = run("eval", text, "--at", "x0=1", "--paths")
    assert "x0: of 1,000,000,000,000,000 ways or more 100 are listed, at most 100" in outcome.out
    assert "│ 100/1,000,000,000,000,000 │" in outcome.out


@pytest.mark.sweep
def test_a_list_holds_no_way_that_is_too_long() -> None:
    """The others are found without going through those."""
    text = "; ".join(f"x{n + 1} = x{n} + x{n}" for n in range(200)) + "; x200 + x0"
    trace = gradient(text, {"x0": 1}).trace(paths=True)
    (line,) = trace.ways.lines(listed=True)  # type: ignore[union-attr]
    assert [len(way.chain) for way in line.ways] == [2]
    assert "x0: of 1,000,000,000,000,000 ways or more 1 is listed" in str(trace)


@given(programs(), POINT)
@example("sin(acos(a))", {"a": 0.0})
def test_the_products_add_up(text: str, at: dict[str, float]) -> None:
    """To the gradient, if all ways are listed; where that has lost digits to what the pass found, as all of a trace."""
    result = evaluated(parse(text), at)
    if result is None:
        return
    graph = result.evaluation.graph
    computed = {loss.target: loss.computed for loss in result.evaluation.losses}
    for line in Ways(result.trace()).lines(listed=True):
        if len(line.ways) == line.in_all and all(isfinite(x) for way in line.ways for x in way.factors):
            sizes = sum(abs(way.value) for way in line.ways)
            assert isclose(sum(way.value for way in line.ways), line.total, rel_tol=1e-9, abs_tol=1e-9 * sizes)
            node = (graph.variables | graph.steps)[line.name]
            assert line.total == computed.get(node, result.gradient[line.name])


@given(programs(), POINT)
def test_lines_multiply_out(text: str, at: dict[str, float]) -> None:
    """As they are printed, where every sign is `=`."""
    result = evaluated(parse(text), at)
    if result is None:
        return
    for line in str(result.trace(explain=True)).partition("Chain rule, variable by variable\n")[2].splitlines():
        _, *parts = line.split(" = ")
        if "≈" in line or "∂" not in line or not parts or re.search("inf|nan|way", line):
            continue
        sums = [part for part in parts if "∂" not in part]
        assert len({_sum(part) for part in sums}) == 1, line


def _sum(text: str) -> Fraction:
    """What a sum of products of numbers comes to."""
    total = Fraction(0)
    for product in text.split(" + "):
        value = Fraction(1)
        for factor in product.split(" × "):
            value *= Fraction(factor.strip("()"))
        total += value
    return total


def test_json() -> None:
    """Chains, factors and values; formulas without a point; the digits that were asked for."""
    facts = json.loads(run("eval", "a*x", "--at", "a=2,x=3", "--wrt", "a", "--explain", "--json").out)
    way = {"chain": "∂y/∂y·∂y/∂a", "factors": [1.0, 3.0], "value": 3.0}
    assert facts["trace"]["ways"] == [{"to": "a", "count": 1, "ways": [way], "gradient": 3.0}]
    facts = json.loads(run("eval", "a*x", "--wrt", "a", "--paths", "--json").out)
    way = {"chain": "∂y/∂y·∂y/∂a", "factors": ["1", "x"]}
    assert facts["trace"]["ways"] == [{"to": "a", "count": 1, "ways": [way], "formula": "x"}]
    facts = json.loads(run("eval", "sigmoid(w*x)*x", "--explain", "--json").out)
    derived = json.loads(run("diff", "sigmoid(w*x)*x", "--json").out)["gradient"]
    assert {
        line["to"]: line["formula"] for line in facts["trace"]["ways"]
    } == derived  # each alone, without shared steps
    facts = json.loads(
        run("eval", "a*x", "--at", "a=2,x=0.3", "--wrt", "a", "--explain", "--json", "--digits", "20").out
    )
    assert facts["trace"]["ways"][0]["ways"][0]["digits"] == ["1", "0.3"]


def test_a_product_that_is_zero_has_no_sign() -> None:
    """One of two ways is 1 times -1 times 0."""
    (to_x,) = gradient("a*x - b*x", {"a": 2, "b": 0, "x": 3}, wrt=["x"]).trace(paths=True).as_dict()["ways"]
    assert ["0.0", "2.0"] == [repr(way["value"]) for way in to_x["ways"]]


def test_digits_of_products() -> None:
    """Two ways: each product has the digits that its factors settle, and the sum those that were asked for."""
    (line,) = lines("sin(x)*x", "x=2", "--digits", "12")
    assert line == (
        "∂y/∂x = ∂y/∂y·∂y/∂x + ∂y/∂y·∂y/∂s·∂s/∂x ≈ 1 × 0.909297426826 + 1 × 2 × (-0.416146836547)"
        " ≈ 0.90929742683 + (-0.83229367309) ≈ 0.0770037537314"
    )


def test_the_library() -> None:
    """As text and in a notebook, with a point and without."""
    for trace in (gradient("a*x", {"a": 2, "x": 3}).trace(explain=True), passes("a*x", explain=True)):
        assert "∂y/∂a = ∂y/∂y·∂y/∂a = " in str(trace)
        assert "∂<i>y</i>/∂<i>a</i></span> = " in trace._repr_html_()
    assert "1/2" in str(passes("a*a", paths=True))
    assert FACTORS_LISTED > FACTORS_IN_LINE
    assert LISTED > IN_LINE


def test_ways_take_linear_time() -> None:
    """Twice the nodes are twice the work."""

    def work(size: int) -> int:
        graph = parse("; ".join(f"x{n + 1} = x{n} + x{n}" for n in range(size)) + f"; x{size}")
        trace = gradient(graph, {"x0": 0.0}).trace()
        return calls_of(lambda: list(Ways(trace).lines(listed=True)))

    assert work(400) < 2.5 * work(200)

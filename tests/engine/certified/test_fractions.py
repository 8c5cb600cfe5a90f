"""Both passes in fractions: exact wherever every operation has a rational result, and refused where one has none."""

import json
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import gradcli
from gradcli.api import Fractions, gradient
from gradcli.engine.certified.rational import RationalPasses
from gradcli.errors import GradcliError, MathError
from gradcli.language.parser import parse
from gradcli.operators.table import CALLS, INFIX
from gradcli.text import Ratio
from gradcli.trace import printed
from gradcli.trace.rows import Product, Row
from gradcli.trace.tracing import Trace
from tests.helpers.running import run


def found(text: str, wrt: str | None = None, kink: str = "branch", **at: Any) -> Fractions:
    """The answer in fractions."""
    return gradient(text, at, wrt=wrt, kink=kink, fractions=True)


def exactly(text: str, wrt: str | None = None, kink: str = "branch", **at: Any) -> tuple[str, dict[str, str]]:
    """The value, and the slopes by name."""
    texts = found(text, wrt, kink, **at).fractions
    return texts["value"], texts["gradient"]


@pytest.mark.parametrize(
    ("expected", "text", "at"),
    [
        (("1/3", {"x": "1/3"}), "x/3", {"x": "1"}),
        (("3/10", {"x": "1"}), "x + 0.2", {"x": "0.1"}),
        (("1", {"x": "3"}), "x/3*9", {"x": "1/3"}),
        (("1/8", {"x": "3/4"}), "x^3", {"x": "0.5"}),
        (("9", {"x": "54"}), "x^-2", {"x": "-1/3"}),
        (("-1/2", {"x": "1/8", "y": "3/8"}), "(x + y)/(y - x)", {"x": "-3", "y": "1"}),
        (("1/3", {"x": "-1"}), "abs(x)", {"x": "-1/3"}),
        (("0", {"x": "0"}), "relu(x)", {"x": "-1/3"}),
        (("-1/30", {"x": "1/10"}), "leaky_relu(x, 0.1)", {"x": "-1/3"}),
        (("1/3", {"x": "1", "y": "0"}), "max(x, y, 0.333)", {"x": "1/3", "y": "0.3333"}),
        (("3/10", {"x": "0", "y": "1"}), "min(x, y)", {"x": "1/3", "y": "0.3"}),
        (("1/9", {"x": "1/3"}), "where(x > 0.3 and not x > 1, x/3, exp(x))", {"x": "1/3"}),
        (("1/2", {"x": "0"}), "clip(x, 0, 1/2)", {"x": "2/3"}),
        (("1/3", {"x": "1"}), "mod(x, 1)", {"x": "4/3"}),
        (("2/3", {"x": "3/4"}), "sqrt(x)", {"x": "4/9"}),
        (("5", {"x": "3/5", "y": "4/5"}), "hypot(x, y)", {"x": "3", "y": "4"}),
        (("1/2", {"x": "1/4"}), "sigmoid(x)", {"x": "0"}),
        (("1", {"x": "1"}), "exp(x)", {"x": "0"}),
        (("2/3", {"x": "1", "y": "0"}), "x + detach(y)", {"x": "1/3", "y": "1/3"}),
        (("4", {"a": "24", "b": "0"}), "f(t) = t*t; f(a*6) + b*0", {"a": "1/3", "b": "7"}),
    ],
)
def test_exact_values_and_slopes(expected: Any, text: str, at: dict[str, str]) -> None:
    """Numbers mean what is written."""
    assert exactly(text, **at) == expected


def test_what_is_not_needed_may_be_no_fraction() -> None:
    """A branch that is not taken, a slope that is not asked for, one that no gradient comes to."""
    assert exactly("where(x > 1, pi, x)", x="1/3") == ("1/3", {"x": "1"})
    assert exactly("x^y", "x", x="1/3", y="2") == ("1/9", {"x": "2/3"})
    assert exactly("0*log2(x) + x", x="1/8") == ("1/8", {"x": "1"})


@pytest.mark.parametrize(
    ("code", "facts", "place", "text", "at"),
    [
        ("no-fraction", {"operator": "exp", "arguments": ["s = 1/3"]}, (4, 7), "x + exp(x/3)", {"x": 1}),
        ("no-fraction", {"operator": "'^'", "arguments": ["x = 2", "s = 1/2"]}, (1, 2), "x^(1/2)", {"x": 2}),
        ("no-fraction", {"operator": "sqrt", "call": {"column": 17}}, (7, 11), "f(x) = sqrt(x); f(a)", {"a": 2}),
        ("no-fraction-constant", {"name": "pi"}, (2, 4), "x*pi", {"x": 1}),
        ("no-fraction-constant", {"name": "e"}, (0, 1), "e", {}),
        ("no-fraction-slope", {"operator": "sqrt"}, (0, 4), "sqrt(x)", {"x": 0}),
        ("no-fraction-slope", {"operator": "'^'"}, (1, 2), "x^y", {"x": 2, "y": 3}),
        ("fraction-too-long", {"operator": "'^'", "most": 3000}, (1, 2), "x^20000", {"x": 3}),
        ("fraction-too-long", {"operator": "'*'"}, (17, 18), "s = x^5000; t = s*s; t*t", {"x": 2}),
        ("undefined", {"operator": "'/'"}, (1, 2), "1/x", {"x": 0}),
        ("undefined", {"operator": "log"}, (0, 3), "log(x)", {"x": -1}),
    ],
)
def test_what_is_no_fraction_is_named(
    code: str, facts: dict[str, Any], place: tuple[int, int], text: str, at: dict[str, int]
) -> None:
    """With its place."""
    with pytest.raises(MathError) as raised:
        found(text, **at)
    error = raised.value
    assert (error.code, error.text, error.start, error.end) == (code, text, *place)
    assert facts.items() <= error.facts.items()


def test_values_of_the_point() -> None:
    """Constant expressions, decimals, fractions of Python; what is none is refused at its place."""
    assert exactly("x", x="2/3 - 1e-3")[0] == "1997/3000"
    assert exactly("x", x=Fraction(1, 3))[0] == "1/3"
    assert exactly("x", x=0.5)[0] == "1/2"
    with pytest.raises(GradcliError) as raised:
        found("x", x="pi/4")
    assert (raised.value.code, raised.value.source, raised.value.start) == ("no-fraction-constant", "at", 0)
    with pytest.raises(GradcliError) as raised:
        found("x", x="1e-4000")
    assert raised.value.code == "value-too-long"
    with pytest.raises(GradcliError) as raised:
        found("x")
    assert raised.value.code == "no-value"


def test_beyond_doubles() -> None:
    """The nearest doubles are infinite and 0, the fractions are exact, and so are all lines."""
    result = found("x^300", x="1e-2")
    assert (result.value, result.fractions["value"]) == (0.0, f"1/{10**600}")
    large = found("x*x", x="1e200")
    assert (large.value, large.fractions["value"]) == (float("inf"), str(10**400))
    assert large.as_dict()["value"] is None
    assert "≈" not in str(large.trace())
    text = run("eval", "relu(x)*x + max(x, -x)", "--at", "x=-1e400", "--fractions", "--explain", "--paths").out
    assert "relu(x), x < 0: closed" in text
    assert "≈" not in text


def test_kinks_are_met_exactly() -> None:
    """Where doubles meet none, and none where doubles do."""
    assert [note.code for note in found("relu(x*3 - 0.3)", x="0.1").notes] == ["kink", "one-sided"]
    assert gradient("relu(x*3 - 0.3)", {"x": 0.1}).value != 0
    assert found("relu(x - 1e-30)", x="0").notes == ()
    assert found("max(x, 1)", x="1.00000000000000000001").notes == ()
    assert [note.code for note in found("floor(x*10)", x="0.3").notes] == ["jump"]
    assert [note.code for note in found("where(x > 0.3, x, 2)", x="0.3").notes] == ["edge"]
    assert [note.code for note in found("where(x > 0.3, pi, 2)", x="0.3").notes] == ["edge"]


@pytest.mark.parametrize(
    ("said", "text", "at"),
    [
        (["at a tie (x = y = 1/3)", "-1 from the left and 2 from the right"], "max(x, y) + abs(x - y)",
         {"x": "1/3", "y": "1/3"}),
        (["the slope is 1/7 from the left and 1 from", "derivative 5/63 from the left and 5/9 from the right"],
         "leaky_relu(x - 1/3, 1/7)*y/9", {"x": "1/3", "y": "5"}),
        (["derivative 1/7 from the left and 1/3 from"], "max(x/3, x/7)", {"x": "0"}),
        (["turns here (x = 1/3, s = 1/3): the value is -1/3, with the slope -1", "to -1/3 on the left and to 1/3 on"],
         "where(x > 1/3, x, -x)", {"x": "1/3"}),
        (["to 1/9 on the left and to 2/63 on the right"], "where(x > 1/3 and y < 2, x*y/7, x^2)",
         {"x": "1/3", "y": "2/3"}),
        (["used -2/9, the slope of the branch", "the whole expression is 2/21 on the left and -2/9 on the right"],
         "where(x < 3, (x - 3)/7, (3 - x)/3)*y", {"x": "3", "y": "2/3"}),
        (["the whole expression is -1/7 on the left and 1/3 on the right"], "where(x >= 0, relu(x)*y, relu(-x)/7)",
         {"x": "0", "y": "1/3"}),
        (["to 1/21 on the left and to 2/7 on the right"], "where(x > 1/3, abs(x - 1/3)/3 + y, x/7)",
         {"x": "1/3", "y": "2/7"}),
        (["derivative -1162261467/79792266297612001 from the left"], "abs(x)*(y + 1/7)^20/3", {"x": "0", "y": "2/7"}),
        (["derivative -2/3 from the left and 2/3 from the right"], "hypot(x, y)/3 + abs(x/3)", {"x": "0", "y": "0"}),
        (["jumps here (x = 1/3, y = 1/9)"], "mod(x, y)", {"x": "1/3", "y": "1/9"}),
    ],
)  # fmt: skip
def test_notes_have_fractions(said: list[str], text: str, at: dict[str, str]) -> None:
    """In the values of nodes, in slopes and on both sides; the facts for programs are doubles."""
    notes = found(text, **at).notes
    messages = " ".join(note.message for note in notes)
    assert [part for part in said if part not in messages] == []
    assert "0." not in messages
    json.dumps([note.as_dict() for note in notes], allow_nan=False)


def test_a_long_fraction_is_a_double_in_notes() -> None:
    """As in messages, whose lines are short."""
    (note, *_) = found("abs(x)*max(y, z)", x="1", y=f"1/{'3' * 50}", z=f"1/{'3' * 50}").notes
    assert "(y = z = 3e-50)" in note.message


def test_beside_an_edge_what_is_no_polynomial_is_a_double_where_a_kink_meets_it() -> None:
    """Where the conditions alone do not tell both sides, these are found from polynomials."""
    (*_, edge, _) = found("where(x >= 1/3, relu(x - 1/3)*y, y/(1 + x))", x="1/3", y="1/7").notes
    assert "to 0.10714285714285714 on the left and to 0 on the right" in edge.message


def test_slopes_beyond_doubles_are_no_reason_to_stop() -> None:
    """Beside a point whose numbers are doubles."""
    (note, *_) = found("where(x >= 0, x*10^200*y, -x) + abs(z)", x="0", y="10^200", z="0").notes
    assert "at its kink (z = 0)" in note.message
    assert found("where(x >= 0, x*10^200*y, -x)", x="0", y="10^200").fractions["gradient"]["x"] == f"1{'0' * 400}"


def test_an_error_has_fractions() -> None:
    """In its arguments."""
    outcome = run("eval", "x/(y - 1/3)", "--at", "x=1/7,y=1/3", "--fractions")
    assert "arguments are x = 1/7, t = 0, but" in outcome.err


def test_the_rule_at_kinks() -> None:
    """Equal shares are fractions too."""
    at = {"x": "1/7", "y": "1/7", "z": "1/7"}
    assert exactly("max(x, y, z)", kink="minnorm", **at)[1] == dict.fromkeys("xyz", "1/3")
    assert exactly("max(x, y, z)", **at)[1] == {"x": "1", "y": "0", "z": "0"}
    assert exactly("abs(x - 1/7)", kink="minnorm", x="1/7")[1] == {"x": "0"}
    assert exactly("leaky_relu(-x, 0.1)", kink="minnorm", x="0")[1] == {"x": "-1/10"}
    assert exactly("relu(x)", kink="minnorm", x="1/3")[1] == {"x": "1"}


def test_named_steps() -> None:
    """They are shown and can be derived for."""
    out = run("eval", "s = a*x; s^2", "--at", "a=1/3,x=1/7", "--wrt", "s,a", "--fractions", "--format", "csv").out
    assert out.splitlines()[1:] == ["a,1/3,2/147,ok", "s,1/21,2/21,ok", "y,1/441,1.0,ok"]


SMALL = st.fractions(min_value=-3, max_value=3, max_denominator=7)
TEXTS = st.recursive(
    st.sampled_from(["x", "y", "0.1", "2", "1.5"]),
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from("+-*/"), inner).map(lambda t: f"({t[0]} {t[1]} {t[2]})"),
        st.tuples(st.sampled_from(["relu", "abs", "floor", "trunc"]), inner).map(lambda t: f"{t[0]}({t[1]})"),
        st.tuples(st.sampled_from(["max", "min", "mod"]), inner, inner).map(lambda t: f"{t[0]}({t[1]}, {t[2]})"),
        st.tuples(inner, st.sampled_from(["2", "3", "-1"])).map(lambda t: f"({t[0]})^{t[1]}"),
        st.tuples(inner, inner, inner).map(lambda t: f"where({t[0]} > {t[1]}, {t[2]}, {t[0]})"),
    ),
    max_leaves=8,
)


@given(TEXTS, SMALL, SMALL)
def test_every_line_multiplies_and_adds_out(text: str, x: Fraction, y: Fraction) -> None:
    """Exactly, with the numbers as they are printed."""
    try:
        trace = Trace(found(text, x=x, y=y).passes)
    except GradcliError:
        return
    assert all(map(is_computed, trace.forward()))
    for row in trace.backward():
        assert all(map(multiplies, row.outputs))
        if row.inputs and not row.inputs[0].is_first:
            assert sum(Fraction(product.value.text) for product in row.inputs) == Fraction(row.gradient.text)


def is_computed(row: Row) -> bool:
    """Whether the value is exactly that of the operation; of a choice or a condition nothing is computed."""
    if row.operator is None or not row.taken or row.operator.chooses or row.operator.condition:
        return True
    return printed.is_result(row.operator, [quantity.value for quantity in row.inputs], row.outputs[0].value)


def multiplies(product: Product) -> bool:
    """Whether a product is exactly that of its factors, as they are written."""
    numbers = [x.text for x in (product.upstream, product.local, product.value) if isinstance(x, Ratio) and x.text]
    if len(numbers) < 3:  # at the end point, or nothing is passed on to what is no fraction
        return product.is_first or product.value.text == "0"
    upstream, local, value = map(Fraction, numbers)
    return upstream * local == value


@pytest.mark.sampled(3)
@pytest.mark.parametrize("row", [row for row in (*INFIX, *CALLS) if not row.condition], ids=lambda row: row.name)
def test_slopes_are_those_of_the_doubles(row: Any) -> None:
    """Of every operator that has rational ones at some of these points, with each argument by itself."""
    count = row.least or len(row.parameters)
    names = [f"x{index}" for index in range(count)]
    call = f" {row.symbol} ".join(names) if row.symbol else f"{row.word}({', '.join(names)})"
    graph = parse("where(x0 > 0, x1, x2)" if row.chooses else call)
    for number in ("-1", "0", "1/4", "1", "4"):
        at = {name: Fraction(number) + index for index, name in enumerate(names)}
        for name in at if not row.orders else ():
            try:
                exact = gradient(graph, at, [name], fractions=True).fractions["gradient"][name]
            except GradcliError:
                continue
            plain = gradient(graph, {other: float(x) for other, x in at.items()}, [name])
            assert plain.gradient[name] == pytest.approx(float(Fraction(exact)), rel=1e-12)


# How they are written


def test_json_has_texts_beside_the_floats() -> None:
    """Of the point, the value, the gradient and every number of the trace."""
    facts = json.loads(run("eval", "x/3", "--at", "x=0.1", "--fractions", "--trace", "--json").out)
    assert facts["fractions"] == {"at": {"x": "1/10"}, "value": "1/30", "gradient": {"x": "1/3"}}
    assert (facts["value"], facts["gradient"]) == (1 / 30, {"x": 1 / 3})
    assert facts["trace"]["forward"][1]["outputs"] == [{"name": "y", "value": 1 / 30, "fraction": "1/30"}]
    assert facts["trace"]["backward"][1]["outputs"][0]["fractions"] == {"upstream": "1", "local": "1/3", "value": "1/3"}
    assert facts["trace"]["backward"][2]["fraction"] == "1/3"


@pytest.mark.parametrize(
    ("expected", "text", "form"),
    [("s = (1/3) / 2 = 1/6", "2/(x/2)", "markdown"), ("y = 2 / (1/6) = 12", "2/(x/2)", "markdown"),
     ("y = 3 × (1/3) = 1", "3*x", "markdown"), ("y = (1/3)^2 = 1/9", "x^2", "markdown"),
     ("y = 1 - 1/3 = 2/3", "1 - x", "markdown"), ("(=∂y/∂x) = 1 × (2/3) = 2/3", "x^2", "markdown"),
     ("(=∂y/∂x) = 1/3 + 1/3 = 2/3", "x*x", "markdown"), ("y = relu(1/3) = 1/3", "relu(x)", "markdown"),
     (r"y = \left(\frac{1}{3}\right)^{2} = \frac{1}{9}", "x^2", "latex"),
     (r"= 1 \times \left(-\frac{1}{3}\right) = -\frac{1}{3}", "x/(-3)", "latex"),
     (r"$y = -\frac{1}{3}$", "-x", "latex"), (r"y = 3 \times \frac{1}{3} = 1", "3*x", "latex")],
)  # fmt: skip
def test_what_is_printed(expected: str, text: str, form: str) -> None:
    """With the parentheses that it takes."""
    outcome = run("eval", text, "--at", "x=1/3", "--fractions", "--trace", "--format", form)
    assert expected in outcome.out
    assert "≈" not in outcome.out and "approx" not in outcome.out  # noqa: PT018


def test_an_unknown_slope_stops() -> None:
    """Where a gradient of 0 comes to what has none that is a fraction, the product is 0."""
    assert "∂s/∂x (part of ∂y/∂x) = 0 " in str(found("0*log2(x) + x", x="1/8").trace())


def test_ways() -> None:
    """Each multiplies out, and so does their sum."""
    out = run("eval", "s = x/3; a*s^2 + a/s", "--at", "x=1/8,a=1/7", "--fractions", "--paths").out
    assert "= 1 × 1 × 24 + 1 × 1 × (1/576) = 24 + 1/576 = 13825/576" in out
    out = run("eval", "0*log2(x) + x", "--at", "x=1/8", "--fractions", "--paths", "--json").out
    ways = json.loads(out)["trace"]["ways"][0]["ways"]
    assert [["1", "1"], ["1", "1", "0", None]] == [way["fractions"] for way in ways]
    out = run("eval", "0*log2(x) + x", "--at", "x=1/8", "--fractions", "--explain").out
    assert "·∂y/∂x + ∂y/∂y·∂y/∂t·∂t/∂s·∂s/∂x = 1 × 1 + 0 = 1 + 0 = 1" in out
    assert "≈" not in out


def test_options_that_do_not_go_with_fractions() -> None:
    """Each is named, here and in the library."""
    for option in (["--digits", "5"], ["--allow-nonfinite"]):
        outcome = run("eval", "x", "--at", "x=1", "--fractions", *option)
        assert (2, f"gradcli: fractions do not go with {option[0]}\n") == (outcome.code, outcome.err)
    assert "fractions do not go with ±" in run("eval", "x", "--at", "x=1±0.1", "--fractions").err
    for options in ({"digits": 5}, {"allow_nonfinite": True}):
        with pytest.raises(GradcliError, match="fractions do not go with"):
            gradient("x", {"x": 1}, fractions=True, **options)  # type: ignore[call-overload]


def test_the_library() -> None:
    """Exact texts beside doubles, and what a notebook shows."""
    result = found("a*x", a="1/3", x="1/7")
    assert isinstance(result, gradcli.Fractions)
    assert repr(result) == "Fractions(value=1/21, gradient={'a': '1/7', 'x': '1/3'})"
    assert result.gradient["a"] == 1 / 7
    assert "1/21" in result._repr_html_()
    assert result.trace("short").rows()


def test_derivatives() -> None:
    """`diff` puts fractions in, of any order."""
    at = ("--at", "x=1/3,y=0.1", "--fractions")
    assert run("diff", "x^3/3 + 0.1*y*x", *at).out == "∂z/∂x = 0.1*y + x^2 = 109/900\n∂z/∂y = 0.1*x = 1/30\n"
    assert run("diff", "x^3/3", "--at", "x=1/3", "--fractions", "--order", "2").out == "∂²y/∂x² = 2*x = 2/3\n"
    assert run("diff", "0.1*x^2*3", "--at", "x=1", "--fractions", "--order", "2").out.endswith("= 3/5\n")
    facts = json.loads(run("diff", "x^2*y", *at, "--order", "2", "--json").out)
    assert facts["fractions"]["hessian"] == {"x": {"x": "1/5", "y": "2/3"}, "y": {"x": "2/3", "y": "0"}}
    assert run("diff", "exp(x)", "--at", "x=1", "--fractions").code == 1
    assert (
        run("diff", "x", "--fractions").err
        == "gradcli: fractions are those of numbers at a point: give one with --at\n"
    )


def test_a_long_sum_is_linear() -> None:
    """Ten thousand nodes, whose numbers stay short."""
    graph = parse("x/3" + " + x/3" * 2_000)
    passes = RationalPasses(graph, {graph.variables["x"]: Fraction(1, 7)} | {
        node: Fraction(value) for node, value in graph.values.items()
    }, tuple(graph.variables.values()))  # fmt: skip
    assert passes.adjoints[graph.variables["x"]] == 667

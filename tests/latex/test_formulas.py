"""Expressions in LaTeX: the one printer of tables and of the export."""

import pytest

from gradcli.api import gradient
from gradcli.export.export import export
from gradcli.language.parser import parse
from gradcli.latex.derivatives import derivative, with_derivatives
from gradcli.latex.formulas import atom, expression, factor, operation
from gradcli.latex.symbols import Symbols, latex_name
from gradcli.operators.table import OPERATORS
from tests.helpers.running import run

ROW = r"\left(\begin{array}{cc} 1 \times 10^{-3} & 3 \end{array}\right)"


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        (r"\frac{1}{x}", "1/x"),
        (r"s = a \cdot x", "s = a*x"),
        (r"x = \frac{1}{3}, y \cdot 2 = 4", "x = 1/3, y*2 = 4"),
        (r"\max\left(x, y\right), z", "max(x, y), z"),
        (r"x, y, \dots", "x, y, …"),
        (r"x = -\infty, \mathrm{nan}", "x = -inf, nan"),
        (r"\left(x^{2}\right)^{3}", "(x^2)^3"),
        (r"x^{2^{3}}", "x^2^3"),
        (r"\left(-2\right)^{2}", "(-2)^2"),
        (r"-x^{-2}", "-x^-2"),
        (r"\left(a + b\right)^{2}", "(a + b)^2"),
        (r"\left(\frac{a}{b}\right)^{2}", "(a/b)^2"),
        (r"\left(1 \times 10^{-9}\right)^{2}", "1e-9^2"),
        (r"x^{1 \times 10^{-9}}", "x^1e-9"),
        (r"x \cdot \left(1 \times 10^{22}\right)", "x*1e22"),
        (r"1 \times 10^{-9} \cdot x", "1e-9*x"),
        (r"a > 0 \wedge \neg \left(x \le 1\right) \vee b \ne x", "a > 0 and not x <= 1 or b != x"),
        (
            r"\left\{\begin{array}{ll} x & \mbox{if } a > 0 \\ 0 & \mbox{otherwise} \end{array}\right.",
            "where(a > 0, x, 0)",
        ),
        (r"\mathrm{leaky\_relu}\left(x_{1}, 0.1\right)", "leaky_relu(x1, 0.1)"),
        (r"\pi \cdot \theta - \mathrm{e}", "pi*θ - e"),
        (r"\left|x\right| + \sqrt[3]{x}", "abs(x) + cbrt(x)"),
        (r"\mathit{gamma} \cdot \Gamma\left(x\right) + \ln\Gamma\left(x\right)", "gamma*gamma(x) + lgamma(x)"),
        (
            r"\psi\left(x\right) + \psi^{\left(n + 1\right)}\left(\mathrm{erf}^{-1}\left(x\right)\right)",
            "digamma(x) + polygamma(n + 1, erfinv(x))",
        ),
    ],
)
def test_expressions(latex: str, text: str) -> None:
    """As gradcli writes them: with equations, several of them, an ellipsis, and numbers that are not finite."""
    assert latex == expression(text)


def test_words_are_of_the_language() -> None:
    """Wherever they stand in it."""
    japanese = r"\left\{\begin{array}{ll} x & x > 0 \mbox{ のとき} \\ 0 & \mbox{それ以外} \end{array}\right."
    assert rf"\left({japanese}\right)^{{2}}" == expression("where(x > 0, x, 0)^2", symbols=Symbols("ja"))


def test_a_name_may_stand_for_a_condition() -> None:
    """As in a rule of the operator table."""
    assert expression("where(c, 1, 0)", ["c"]).startswith(r"\left\{\begin{array}{ll} 1 & \mbox{if } c \\")


@pytest.mark.parametrize(
    ("latex", "name", "operands"),
    [
        (r"2 \times \left(-3\right)", "mul", ["2", "-3"]),
        (r"-2 \times 3", "mul", ["-2", "3"]),
        (r"5 - \left(-3\right)", "sub", ["5", "-3"]),
        (r"-\frac{2}{3}", "div", ["-2", "3"]),
        (r"3 \times \left(1 \times 10^{9}\right)", "mul", ["3", r"1 \times 10^{9}"]),
        (r"\left(1 \times 10^{9}\right)^{2}", "pow", [r"1 \times 10^{9}", "2"]),
        (r"\neg \mbox{true}", "not", [r"\mbox{true}"]),
        (r"\left|-2\right|", "abs", ["-2"]),
        (rf"2 \times {ROW}", "mul", ["2", ROW]),
    ],
)
def test_operations_over_numbers(latex: str, name: str, operands: list[str]) -> None:
    """Numbers are multiplied by a cross; behind an operator a sign or a power of ten is in parentheses, and no array
    in two pairs of them.
    """
    assert latex == operation(OPERATORS[name], operands, are_numbers=True)


@pytest.mark.parametrize(
    ("latex", "text"),
    [("3", "3"), (r"\left(-3\right)", "-3"), (r"\left(2 \times 10^{-7}\right)", r"2 \times 10^{-7}"), ("x", "x")],
)
def test_factors(latex: str, text: str) -> None:
    """A number behind a sign of multiplication."""
    assert latex == factor(atom(text))


@pytest.mark.parametrize(
    ("latex", "name"),
    [
        ("x_{1}", "x1"),
        (r"\mathit{apple}", "apple"),
        (r"\theta_{2}", "θ_2"),
        (r"\textit{é\_}", "é_"),
        (r"\pi", "pi"),
        ("e", "e"),  # a variable: the constant is upright in formulas
        (r"\mathit{tau}", "tau"),
        (r"\mathit{price\_of\_one\_apple}_{1}", "price_of_one_apple_1"),
        (r"\mathit{price\_}\allowbreak\mathit{of\_}\allowbreak\mathit{apples\_\_}\allowbreak\mathit{bought}_{1}",
         "price_of_apples__bought1"),
    ],
)  # fmt: skip
def test_names(latex: str, name: str) -> None:
    """An index, Greek letters, words, letters that only fonts for text have, constants, and a long name in pieces."""
    assert latex == latex_name(name)


def test_a_long_word_is_broken_where_it_must_be() -> None:
    """Of letters that are twice as wide half as many stand together."""
    assert latex_name("price_" + "a" * 20) == (
        rf"\mathit{{price\_}}\allowbreak\mathit{{{'a' * 9}}}\penalty200 \mathit{{{'a' * 9}}}\penalty200 \mathit{{aa}}"
    )
    assert latex_name("り" * 11).count(r"\penalty200 \textit{りり") == 2


def test_a_fraction_has_a_long_name_in_lines() -> None:
    """No line has more letters than a name that is not broken; the index stands behind them all."""
    lines = r"\hbox{\scriptsize\textit{the\_price\_of\_all\_}}\hbox{\scriptsize\textit{the\_apples}}"
    below = rf"\partial \vcenter{{\vskip 1pt\baselineskip 8pt{lines}\vskip 1pt}}_{{2}}"
    assert derivative("y", ["the_price_of_all_the_apples2"]) == rf"\frac{{\partial y}}{{{below}}}"


@pytest.mark.parametrize("text", ["1/x", "x^2 - 3*x/y", "relu(x*y)/exp(-x)", "where(x > y, x, -y)^2", "2e-30*x"])
def test_tables_and_the_export_write_the_same(text: str) -> None:
    """Each step's formula."""
    exported = export(parse(text), "latex").split("\\end{align*}")[0]
    steps = [line.split(" &= ", 1)[1].removesuffix(r" \\") for line in exported.splitlines() if " &= " in line]
    point = dict.fromkeys(parse(text).variables, 2.0)
    at = ",".join(f"{name}={value}" for name, value in point.items())
    table = run("eval", text, "--at", at, "--trace", "--format", "latex").out
    names = [row.name for row in gradient(text, point).trace().forward() if row.kind == "node" and row.operator]
    assert steps
    for step in steps:
        if "array" not in step:  # of conditions, which have a row of their own in tables
            assert any(f"${latex_name(name)} = {step}$" in table for name in names), step


def test_names_that_look_alike_are_told_apart() -> None:
    """In a table, in equations and in an export: the one that comes later is written as it is typed."""
    table = run("eval", "x1 + x_1*y", "--at", "x1=2,x_1=3,y=5", "--trace", "--format", "latex").out
    assert r"$x_{1} = 2$, $\mathit{x\_1} = 3$" in table
    assert r"\partial \mathit{x\_1}}" in table
    export = run("export", "θ_2*θ2", "--to", "latex").out
    assert r"\frac{\partial y}{\partial \textit{θ2}} &= \theta_{2}" in export
    assert r"\mathit" not in run("diff", "x_1*x2", "--format", "latex").out


def test_derivatives_in_an_expression() -> None:
    """As sentences have them: fractions, in parentheses before a power and a transpose."""
    found = with_derivatives("∂L/∂y - sum(y*∂L/∂y) + ∂L/∂x_1^2", expression)
    one = r"\frac{\partial L}{\partial y}"
    assert found.startswith(rf"{one} - \mathrm{{sum}}\left(y \cdot {one}\right) + \left(\frac{{\partial L}}")
    assert found.endswith(r"\right)^{2}")
    assert r"\frac{\partial L}{\partial \mathrm{softmax}\left(x\right)} - 1" in with_derivatives(
        "∂L/∂softmax(x) - 1", expression
    )
    assert with_derivatives("a*x", expression) == expression("a*x")

"""LaTeX tables: what stands outside of formulas is escaped."""

import re

import pytest

from gradcli.report.forms.latex import escaped
from tests.helpers.running import run


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        (r"50\% \& \#1 of a\_b \{c\}", "50% & #1 of a_b {c}"),
        (r"$<$a$>$ $|$b$|$", "<a> |b|"),
        (r"\textasciitilde{}\textasciicircum{}\textbackslash{}", "~^\\"),
        (r"$\partial$y\dots{}", "∂y…"),
        (r"at $x_{1} = 50\%$ it\_is", r"at $x_{1} = 50\%$ it_is"),
    ],
)
def test_text_is_escaped(latex: str, text: str) -> None:
    """Formulas between dollars are left alone."""
    assert latex == escaped(text)


@pytest.mark.parametrize(
    "command", [("eval", "りんご*é", "--trace", "--explain"), ("worksheet", "りんご*é", "--copies", "2")]
)
def test_letters_where_ascii_alone_is_written(command: tuple[str, ...]) -> None:
    """In TeX's notation, in a document that reads it; an encoding of ASCII has the same."""
    plain = run(*command, "--format", "latex", "--quiet").out
    found = run(*command, "--format", "latex", "--quiet", "--ascii").out
    assert found.isascii()
    assert plain == re.sub(r"\^\^\^\^([0-9a-f]{4})", lambda code: chr(int(code[1], 16)), found)
    assert found == run(*command, "--format", "latex", "--quiet", encoding="ascii").out


def test_a_column_of_long_names_has_half_the_line() -> None:
    """So that they are broken; a short name needs none."""
    out = run("eval", f"{'price_' * 9}*x", "--at", f"x=1,{'price_' * 9}=2", "--format", "latex").out
    assert r"\begin{tabular}{p{\dimexpr 0.5\linewidth-2\tabcolsep\relax}rr}" in out
    assert r"\begin{tabular}{lrr}" in run("eval", "price*x", "--at", "x=1,price=2", "--format", "latex").out


def test_a_formula_that_its_column_cannot_break_stands_above_its_row() -> None:
    """Across all columns; a short one and one that TeX breaks stand in the first."""
    point = ("--at", "a=[1,2],x=[3,4]", "--format", "latex")
    out = run("check", "sum(a*x)", *point, "--claim", "a=log(exp(x)*exp(0*a))", "--claim", "x=a + 0 + 0*x + 0*a").out
    above = [line for line in out.splitlines() if line.startswith(r"\multicolumn{4}{p{")]
    assert len(above) == 1
    assert r"a = \ln\left(" in above[0]
    assert above[0].endswith(r"\tabularnewline*")
    assert r"\raggedright $x = a + 0" in out

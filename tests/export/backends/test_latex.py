"""LaTeX: blocks, sums, and the chain rule, in which a local derivative is told from the whole one where they differ."""

import pytest

from gradcli.errors import GradcliError
from gradcli.export.export import export
from gradcli.graph import paths
from gradcli.language.parser import parse


def test_what_is_held_constant() -> None:
    """Where another input of the node depends on the same variable, the derivative through it alone is another one."""
    source = export(parse("s = a*x; s + x"), "latex")
    assert r"\frac{\partial y}{\partial x} &= \left(\frac{\partial y}{\partial x}\right)_{s} + " in source
    assert "is the derivative through $y$ alone" in source


@pytest.mark.parametrize("text", ["a*x + b*x", "x*x", "where(x > 0, a, b)*x", "s = a*x; sin(s)", "max(a, b)*c", "a"])
def test_nothing_is_held_where_both_are_the_same(text: str) -> None:
    """Nor are conditions."""
    source = export(parse(text), "latex")
    assert "\\right)_{" not in source
    assert "held constant" not in source


def test_only_a_few_are_named() -> None:
    """Of many."""
    steps = "".join(f"s{n} = x*a{n}; " for n in range(9))
    source = export(parse(f"{steps}max(x, {', '.join(f's{n}' for n in range(9))})"), "latex", ["x"])
    assert r"\right)_{s_{0}, s_{1}, s_{2}, \ldots}" in source


def test_a_large_graph_is_swept_a_few_times(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where that does not do, each later input is taken to depend on the variable."""
    graph = parse("x^2*b + x")
    assert r"\right)_{b}" not in export(graph, "latex")
    monkeypatch.setattr(paths, "SWEPT", 0)
    assert r"\right)_{b}" in export(graph, "latex")


def test_the_latex_blocks() -> None:
    """The function step by step, the chain rule at each node, the gradient, and with a point the numbers."""
    source = export(parse("a*x + b*y"), "latex", ["a"], {"a": 2, "x": 3, "b": 4, "y": 5})
    blocks = source.split(r"\begin{align*}" + "\n")[1:]
    assert "s &= a \\cdot x \\\\\nt &= b \\cdot y \\\\\nz &= s + t\n\\end{align*}\n" == blocks[0]
    assert r"\frac{\partial z}{\partial s} &= 1" in blocks[1]
    chain = r"\frac{\partial z}{\partial s} \cdot \frac{\partial s}{\partial a} = \frac{\partial z}{\partial s} \cdot x"
    assert rf"\frac{{\partial z}}{{\partial a}} &= {chain}" in blocks[1]
    assert "\\frac{\\partial z}{\\partial a} &= x\n\\end{align*}\n" == blocks[2]
    assert r"\frac{\partial z}{\partial a} &= 3" in blocks[3]


def test_latex_says_what_it_is_in_comments() -> None:
    """All that stands before the first block."""
    comment = export(parse("a*x"), "latex").partition("\\begin")[0].splitlines()
    assert comment[0] == "% a*x and its gradient, written by gradcli."
    assert all(line.startswith("% ") for line in comment)


def test_latex_writes_conditions_out() -> None:
    """A condition has no name; a comparison of numbers is decided."""
    source = export(parse("abs(s) + where(x > 0 and not x > 2, s, 2)*s"), "latex")
    assert 3 == source.count(r"\mbox{if } x > 0 \wedge \neg")
    assert r"\mbox{if } u" not in source
    assert "-1 > 1" not in export(parse("clip(s, -1, 1)"), "latex")


def test_latex_gives_a_name_once() -> None:
    """The names of shared steps are not those of nodes; a single name needs no parentheses."""
    source = export(parse(" + ".join(["x"] * 12) + " + cosh(sin(x*y)*y)*tanh(y)"), "latex")
    lefts = [line.split(" &=")[0] for line in source.splitlines() if " &=" in line]
    assert [] == [left for left in lefts if left and not left.startswith(r"\frac") and lefts.count(left) > 1]
    assert 2 < len([left for left in lefts if left.startswith("n_{")])
    assert r"\left(n_{1}\right)" not in source
    assert r"\cdot \left(-1\right)" in export(parse("exp(1 - x)"), "latex")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("2*-3", r"y &= 2 \cdot \left(-3\right)"),
        ("x*-3", r"y &= x \cdot \left(-3\right)"),
        ("-3*x", r"y &= -3 \cdot x"),
        ("x + -2", r"y &= x + \left(-2\right)"),
        ("x - -2", r"y &= x - \left(-2\right)"),
        ("x*1e-20", r"y &= x \cdot \left(1 \times 10^{-20}\right)"),
        ("1e-20*x", r"y &= 1 \times 10^{-20} \cdot x"),
        ("x + 1e-20", r"y &= x + 1 \times 10^{-20}"),
        ("x*times", r"y &= x \cdot \mathit{times}"),
        ("-2/x", r"y &= -\frac{2}{x}"),
        ("1e-20^x", r"y &= \left(1 \times 10^{-20}\right)^{x}"),
    ],
)
def test_latex_puts_signs_and_powers_of_ten_behind_an_operator_into_parentheses(text: str, line: str) -> None:
    """And the sign of a numerator before the fraction."""
    assert line + "\n" in export(parse(text), "latex")


def test_latex_factors_and_numerators() -> None:
    """In the chain rule and in the gradient too."""
    source = export(parse("s = a*x; t = s*1e-20; t - a/b"), "latex")
    assert r"\frac{\partial y}{\partial t} \cdot \left(1 \times 10^{-20}\right)" in source
    assert r"\frac{-" not in source
    assert r"&= -\frac{1}{b}" in export(parse("-a/b"), "latex")


def test_latex_has_no_function_to_name() -> None:
    """A name is refused, not ignored."""
    with pytest.raises(GradcliError, match="--name does not go with latex"):
        export(parse("x"), "latex", name="f")


def test_latex_counts_a_node_that_is_used_twice_once() -> None:
    """In s*s there is one derivative by s, 2·s, and nothing is said to be the double of itself."""
    source = export(parse("s = a*x; s*s"), "latex", ["s"])
    assert r"\frac{\partial y}{\partial s} &= 2 \cdot s" + "\n" in source
    source = export(parse("s = a*x; t = s*s; exp(t)"), "latex", ["a"])
    symbols = r"\frac{\partial y}{\partial t} \cdot \frac{\partial t}{\partial s}"
    assert (
        rf"\frac{{\partial y}}{{\partial s}} &= {symbols} = \frac{{\partial y}}{{\partial t}} \cdot 2 \cdot s \\"
        in source
    )


def test_latex_sums_are_broken_into_lines() -> None:
    """Each of few terms; a negative factor stands in parentheses."""
    source = export(parse("a*x + a/b + sin(a) + exp(a*b) - a^-2"), "latex", ["a"])
    lines = [line for line in source.split(r"\begin{align*}")[2].splitlines() if line.count(r"\partial") > 3]
    assert 2 < len(lines)
    assert [] == [line for line in lines if line.count(r"\cdot") > 4]
    assert r"\cdot \left(-2 \cdot a^{-3}\right)" in source


@pytest.mark.parametrize(("text", "needs_font"), [("θ*é*naïve", False), ("りんご*x", True), ("ж*x", True)])
def test_latex_says_what_names_need(text: str, needs_font: bool) -> None:
    """Letters with accents are in every text font, others are not."""
    source = export(parse(text), "latex")
    assert needs_font == ("need LuaLaTeX and a font that has them" in source)
    assert (r"\textit{é}" in source) == ("é" in text)

"""The article redone: its table, its figures, its exercise and its problem, with what the commands print.

What is quoted here is the article's own text. It calls both the sum and a price y; here the second price is z.
"""

import json
import re

import pytest

from gradcli.api import gradient
from tests.helpers.algebra import algebra_forks
from tests.helpers.running import run

SUM = "y = a*x + b*z"
JAPANESE = ("--lang", "ja", "--format", "markdown")

# The table of the backward pass for a, as the article has it.
TABLE = r"""
| ノード | 入力 | 出力 |
|---|---|---|
| 終点 | - | $\frac{\partial y}{\partial y}(=1)$ |
| 加算ノード | $\frac{\partial y}{\partial y}(=1)$ | $\frac{\partial y}{\partial y}\cdot\frac{\partial y}{\partial s}(=\frac{\partial y}{\partial s})$ |
| 乗算ノード | $\frac{\partial y}{\partial y}\cdot\frac{\partial y}{\partial s}(=\frac{\partial y}{\partial s})$ | $\frac{\partial y}{\partial y}\cdot\frac{\partial y}{\partial s}\cdot\frac{\partial s}{\partial a}(=\frac{\partial y}{\partial a})$ |
| 始点 | $\frac{\partial y}{\partial y}\cdot\frac{\partial y}{\partial s}\cdot\frac{\partial s}{\partial a}(=\frac{\partial y}{\partial a})$ | - |
"""  # noqa: E501


def plain(text: str) -> str:
    """A table of the article without LaTeX: ∂y/∂s for a fraction, · between factors."""
    text = re.sub(r"\\frac\{\\partial (\w)\}\{\\partial (\w)\}", r"∂\1/∂\2", text)
    return text.replace(r"\cdot", "·").replace("$", "")


def table(text: str) -> list[list[str]]:
    """The cells of a Markdown table."""
    return [line.strip("| ").split(" | ") for line in text.strip().splitlines() if line.startswith("|")]


def backward(*arguments: str) -> list[list[str]]:
    """The cells of the table of the backward pass, in Japanese."""
    out = run("eval", *arguments, *JAPANESE, "--trace").out
    return table(out.partition("**逆伝搬**")[2].partition("\n\n**")[0].partition("\n\n勾配")[0])


# 計算グラフとは: what a computational graph is


def test_the_table() -> None:
    """To the character; the first cell adds which node it is."""
    article, found = table(plain(TABLE)), backward(SUM, "--wrt", "a")
    assert [row[1:] for row in article] == [row[1:] for row in found]
    assert [row[0] for row in article] == [row[0].split()[0] if "---" not in row[0] else row[0] for row in found]
    assert ["終点 y", "加算ノード  y = s + t", "乗算ノード  s = a*x", "始点 a"] == [row[0] for row in found[2:]]


def test_nothing_else_stands_beside_the_table() -> None:
    """On standard output there are both tables, and no number but that of ∂y/∂y."""
    outcome = run("eval", SUM, "--wrt", "a", "--trace", *JAPANESE)
    lines = [line for line in outcome.out.splitlines() if line and not line.startswith("|")]
    assert ["**順伝搬**", "**逆伝搬**"] == lines
    assert {"1"} == set(re.findall(r"\d+", outcome.out))
    assert "--at" in outcome.err


def test_the_forward_table() -> None:
    """Both steps that the article names, s = ax and t = by."""
    out = run("eval", SUM, "--trace", *JAPANESE).out.partition("**逆伝搬**")[0]
    found = {row[0].split()[0]: row[1:] for row in table(out)}
    assert found["始点"] == ["-", "a, x, b, z"]
    assert found["加算ノード"] == ["s, t", "y = s + t"]
    assert "| 乗算ノード  s = a*x | a, x | s = a*x |" in out
    assert "| 乗算ノード  t = b*z | b, z | t = b*z |" in out


def test_the_first_figure() -> None:
    """The graph from left to right: two multiplication nodes, and an addition node behind them."""
    assert run("draw", SUM, "--forward-only").out == (
        "a ───┐  s\n"
        "     ├▸(×)────┐\n"
        "x ───┘        │\n"
        "              ├▸(+)────▸ y\n"
        "b ───┐  t     │\n"
        "     ├▸(×)────┘\n"
        "z ───┘\n"
    )


def test_the_second_figure() -> None:
    """The way back to a, with the product on each arrow."""
    out = run("draw", SUM, "--wrt", "a").out
    assert ["∂y/∂y·∂y/∂s·∂s/∂a", "∂y/∂y·∂y/∂s", "∂y/∂y"] == re.findall(r"◂(\S+)", out)
    dot = run("draw", SUM, "--wrt", "a", "--format", "dot").out
    arrows = {"n7 -> n0": "∂y/∂y", "n0 -> n1": "∂y/∂y·∂y/∂s", "n1 -> n2": "∂y/∂y·∂y/∂s·∂s/∂a"}
    assert arrows == dict(re.findall(r'(n\d -> n\d) \[label="(∂[^"]*)"', dot))
    assert 'n2 [label="a"' in dot


def test_the_article_cannot_call_two_things_y() -> None:
    """What it writes, y = ax + by, is refused with the way out, which is the same sum."""
    outcome = run("eval", "y = a*x + b*y", "--trace", "--wrt", "a")
    assert (2, "") == (outcome.code, outcome.out)
    assert "y is the result and an input: leave out 'y ='" in outcome.err
    japanese = run("eval", "y = a*x + b*y", "--lang", "ja").err
    assert "「y =」を省くか" in japanese
    assert "(=∂z/∂a)" in backward("a*x + b*y", "--wrt", "a")[-1][1]


# 計算グラフの威力: the power of graphs


def test_the_third_figure() -> None:
    """The derivatives' values, below the arrows."""
    out = run("draw", SUM, "--at", "a=2,x=3,b=4,z=5").out
    assert ["2", "6", "3", "26", "4", "20", "5"] == re.findall(r"(\d+)▸", out)
    assert ["3", "1", "2", "1", "5", "1", "4"] == re.findall(r"◂(\S+)", out)


def test_the_numbers_of_the_table() -> None:
    """They stand behind the article's products, which are the same."""
    numbers = backward(SUM, "--wrt", "a", "--at", "a=2,x=3,b=4,z=5")
    for symbols, row in zip(backward(SUM, "--wrt", "a")[2:], numbers[2:], strict=True):
        assert [cell.partition(" = ")[0] for cell in row[1:]] == symbols[1:]
    assert [row[2].partition(" = ")[2] for row in numbers[3:5]] == ["1 × 1 = 1", "1 × 3 = 3"]


@pytest.mark.parametrize(
    ("sentence", "text"),
    [("加算ノード: 流れてきた 1 をそのまま x へ流します", "x + y"),
     ("乗算ノード: 流れてきた 1 に、進む先以外から来た y = 4 を掛けて 4", "x*y")],
)  # fmt: skip
def test_the_rule_in_words(sentence: str, text: str) -> None:
    """加算ノードは入力をそのまま出力し、乗算ノードは進む先のノード以外から順伝搬された値の積を出力します."""
    out = run("eval", text, "--at", "x=3,y=4", "--wrt", "x", "--explain", *JAPANESE).out
    assert sentence in out


def test_why_the_rule_holds() -> None:
    """add(x,y)=x+y and mul(x,y)=xy, derived."""
    assert run("diff", "x + y").out == "∂z/∂x = 1\n∂z/∂y = 1\n"
    assert run("diff", "x*y").out == "∂z/∂x = y\n∂z/∂y = x\n"


def test_requires_grad() -> None:
    """Only what --wrt names is added as a node of PyTorch's graph."""
    out = run("export", SUM, "--to", "torch", "--wrt", "a", "--at", "a=2,x=3,b=4,z=5").out
    assert "a = torch.tensor(2.0, requires_grad=True)\nx = torch.tensor(3.0)\n" in out
    assert out.count("requires_grad=True") == 1


# 例題: the exercise


def test_the_exercise() -> None:
    """まず1があって、加算ノードではそのまま流すので1、乗算ノードでは進む先以外(y)からきた4を掛けるので1x4となり、最終的に、bの勾配は4."""
    rows = backward(SUM, "--wrt", "b", "--at", "a=2,x=3,b=5,z=4")[2:]
    assert rows[0][2] == "∂y/∂y(=1)"
    assert rows[1][2].endswith(" = 1 × 1 = 1")
    assert rows[2][2].endswith(" = 1 × 4 = 4")
    assert rows[3][0] == "始点 b"
    assert rows[3][1].endswith("(=∂y/∂b) = 4")
    assert gradient(SUM, {"a": 2, "x": 3, "b": 5, "z": 4}).gradient["b"] == 4


# 発展課題: the problem


@pytest.mark.parametrize(("slope", "x"), [(1, 2), (1, 0), (0, -2)])
def test_the_derivative_of_relu(slope: float, x: float) -> None:
    """1 for x ≥ 0, and 0 for x < 0."""
    assert gradient("relu(x)", {"x": x}).gradient == {"x": slope}


def test_the_formula_of_relu() -> None:
    """With its branches, as the article has it in LaTeX."""
    out = run("diff", "relu(x)", "--format", "latex").out
    assert r"\left\{\begin{array}{ll} 1 & \mbox{if } x \ge 0 \\ 0 & " in out
    trace = run("eval", "relu(x)", "--trace", *JAPANESE).out
    assert "| ReLUノード  y = relu(x)<br>x >= 0: 通す<br>x < 0: 通さない |" in trace


@pytest.mark.parametrize(("said", "slope", "a"), [("s > 0: 通す", 1, 2), ("s < 0: 通さない", 0, -2)])
def test_relu_lets_through_what_is_positive(said: str, slope: int, a: int) -> None:
    """逆伝搬は、入力が正のときのみ通す動きをします: the exercise with ReLU in the place of the addition node."""
    rows = backward("y = relu(a*x)", "--wrt", "a", "--at", f"a={a},x=3")[2:]
    assert rows[1][0] == f"ReLUノード  y = relu(s), {said}"
    assert rows[1][2].endswith(f"(=∂y/∂s) = 1 × {slope} = {slope}")
    assert rows[2][2].endswith(f"(=∂y/∂a) = {slope} × 3 = {3 * slope}")


@pytest.mark.sampled(2)
@pytest.mark.parametrize(("slope", "a"), [(3.0, 2), (0.0, -2)])
def test_both_ways_of_the_problem(slope: float, a: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """微分計算と計算ノードの2つの方法: the formula with its branches, and the graph, by one command."""
    algebra_forks(monkeypatch)
    found = json.loads(run("compare", "relu(a*x)", "--at", f"a={a},x=3", "--wrt", "a", "--json").out)
    assert found["formulas"] == {"a": "where(a*x >= 0, x, 0)"}
    assert found["passes"][-1]["value"] == slope
    assert (found["algebra"], found["graph"], found["agree"]) == ({"a": slope}, {"a": slope}, True)

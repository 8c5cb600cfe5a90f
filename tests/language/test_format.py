"""Graph to text: the fewest parentheses, and a text that reads back as the same graph."""

import pytest

from gradcli.graph import Graph
from gradcli.language.format import format_graph, format_node, operation_text
from gradcli.language.names import leaf_names
from gradcli.language.parser import parse
from gradcli.operators.table import OPERATORS, VARIABLE
from tests.helpers.precedence import PRECEDENCE

ROUND_TRIP = [text for pair in PRECEDENCE for text in pair] + [
    "a*x + b*y", "(a + b)*c", "a*(b*c)", "a - (b - c)", "a/(b/c)", "(a/b)/c", "(a^b)^c", "(-a)^b", "(-2)^n", "-2^n",
    "2^-1",
    "a^(b + c)", "-(a + b)", "-(-a)", "-a*b", "-(a*b)", "a*-b", "a - -2", "x^-n", "s = a*x; t = s; t*t", "s = 2; s*x",
    "s = x; s", "max(a, b, c)", "where(a < b, x, -y)", "where(not (a < b and c < d) or x == y, 1, 2)", "pi*r^2",
    "-pi", "1e300*x",
    "0.1 + 0.2", "where((a < b or c < d) and x < y, 1, 2)", "where(a + 1 < -b, 1, 2)", "log(-x)", "s = -1; x^s",
    "a + (b + c)",
    "(a + b).T", "a.T[0,1:]", "[a, b] @ c", "a @ b @ c", "a @ (b @ c)", "a * b @ c", "a @ -b", "(-a) @ b", "-(a @ b)",
    "a @ b^c", "(a @ b)^c", "a + b @ c", "(a + b) @ c",
]  # fmt: skip


@pytest.mark.parametrize("text", ROUND_TRIP)
def test_round_trip(text: str) -> None:
    """The formatted text reads back as the same graph."""
    graph = parse(text)
    assert graph == parse(format_graph(graph))


@pytest.mark.parametrize(
    ("expected", "text"),
    [("(a + b)*c", "((a) + (b))*((c))"), ("a*b + c", "(a*b) + c"), ("-a^2", "-(a^2)"), ("(-a)^2", "(-a)**2"),
     ("a^b^c", "a^(b^c)"), ("(a^b)^c", "(a^b)^c"), ("a - (b - c)", "a-(b-c)"), ("a - b - c", "(a-b)-c"), ("x^-1",
     "x^(-1)"),
     ("s = a*x; s^2", "s=(a×x)\n(s)^2"), ("where(not a < b, 1, 2)", "where(not (a<b), 1, 2)"), ("log(x)", "ln(x)"),
     ("pi*r", "π·r"), ("a*-b", "a*(-b)"), ("max(a, b)", "max( a,b )"), ("1e300", "1E+300"), ("2*x", "2.0*x")],
)  # fmt: skip
def test_the_fewest_parentheses(expected: str, text: str) -> None:
    """The formatter writes one form, without parentheses that change nothing."""
    assert expected == format_graph(parse(text))


def test_a_shared_node_without_a_name_gets_one() -> None:
    """Only derived graphs have such nodes; `inline` writes them out instead."""
    add, mul = OPERATORS["add"], OPERATORS["mul"]
    graph = Graph((VARIABLE, VARIABLE, add, mul), ((), (), (0, 1), (2, 2)), {}, {0: "a", 1: "n1"}, 3)
    assert "n2 = a + n1; n2*n2" == format_graph(graph)
    assert "(a + n1)*(a + n1)" == format_graph(graph, inline=True)


def test_one_node_in_terms_of_named_ones() -> None:
    """A node's definition stops at nodes that have names."""
    graph = parse("s = a*x; t = s^2 + b")
    assert "s^2 + b" == format_node(graph, graph.output, leaf_names(graph) | graph.names)
    assert "(a*x)^2 + b" == format_node(graph, graph.output, leaf_names(graph))


@pytest.mark.parametrize(
    ("expected", "name", "arguments"),
    [("s + t", "add", "s t"), ("-2 + t", "add", "-2 t"), ("s - -2", "sub", "s -2"), ("(-2)^n", "pow", "-2 n"),
     ("x^-1", "pow", "x -1"), ("relu(-1)", "relu", "-1"), ("max(a, b, c)", "max", "a b c"), ("-s", "neg", "s"),
     ("not p", "not", "p"), ("p and q", "and", "p q"), ("s", "identity", "s"), ("a/b", "div", "a b")],
)  # fmt: skip
def test_an_operation_over_names(expected: str, name: str, arguments: str) -> None:
    """As the trace writes a node's definition."""
    assert expected == operation_text(OPERATORS[name], arguments.split())


def test_deep_and_long_graphs_are_formatted() -> None:
    """With a stack, not by recursion; larger ones in tests/sweeps."""
    check_formatted(2_000)


def check_formatted(count: int) -> None:
    """A chain of calls, and a sum of more terms."""
    text = "exp(" * count + "x" + ")" * count
    assert text == format_graph(parse(text))
    text = "x" + " - x" * (5 * count // 2)
    assert text == format_graph(parse(text))

"""Sums and products as people write them: what is collected, what is left alone, and that all of it is bounded."""

from random import Random

import pytest

from gradcli.api import gradient
from gradcli.language.format import format_graph
from gradcli.language.parser import parse
from gradcli.operators.table import OPERATORS, VARIABLE
from gradcli.symbolic.derive import derive
from gradcli.symbolic.programs import program
from gradcli.symbolic.terms import Collector


def collected(text: str) -> str:
    """An expression built up again, operation by operation."""
    graph, builder = parse(text), Collector()
    nodes: list[int] = []
    for node, operator in enumerate(graph.operators):
        if graph.inputs[node]:
            nodes.append(builder.make(operator, tuple(nodes[x] for x in graph.inputs[node])))
        else:
            nodes.append(builder.leaf(graph, node))
    root = nodes[graph.output]
    return format_graph(program(builder.graph(root), root), inline=True)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # products
        ("x*x", "x^2"), ("x*x^2*x^-3", "1"), ("x/y/y", "x/y^2"), ("x/(y/x)", "x^2/y"), ("c*(1/x)", "c/x"),
        ("x*2*y*3", "6*x*y"), ("x/2/3", "x/6"), ("2*(x/4)", "x/2"), ("0.5*x*4", "2*x"), ("x*-y", "-x*y"),
        ("(-x)*(-y)", "x*y"), ("(-x)^2", "x^2"), ("(-x)^3", "-x^3"), ("(2*x)^3", "8*x^3"), ("x/x", "1"), ("0*x", "0"),
        ("sin(x)*x*2", "2*x*sin(x)"), ("1/(2*sqrt(x))*x", "sqrt(x)/2"), ("sqrt(x)^3", "x*sqrt(x)"),
        ("2*A*w*k*exp(t)", "2*A*w*k*exp(t)"), ("exp(t)*k^2*sin(t)*3*A", "3*k^2*A*exp(t)*sin(t)"),
        ("x*(sin(x)*y)/(cos(x)*z*2)", "x*y*sin(x)/(2*z*cos(x))"), ("c*b*a/(b*c)", "a"),
        ("x/sqrt(x + y)^2", "x/(x + y)"), ("x/cbrt(x + y)^3", "x/(x + y)"), ("x/cbrt(x + y)^2", "x/cbrt(x + y)^2"),
        ("sqrt(x + y)^3", "sqrt(x + y)^3"), ("x/(x + y)/sqrt(x + y)", "x/sqrt(x + y)^3"), ("sqrt(2)^2*x", "2*x"),
        ("z/sqrt(2*x*y)^4", "z/(4*x^2*y^2)"), ("(x + y)*sqrt(x + y)^-2", "1"), ("sqrt(-x*y)^2*x", "-x^2*y"),
        ("x/cbrt(x)", "cbrt(x)^2"), ("x^a*x", "x^(a + 1)"), ("x^(a - 1)*x", "x^a"), ("x^x/x", "x^(x - 1)"),
        ("(x^3)^2", "x^6"), ("(x^2)^0.5", "(x^2)^0.5"), ("x^(1/3)*x^(1/3)", "x^(2/3)"), ("(x*y)^2", "(x*y)^2"),
        ("(x + y)*(x + y)", "(x + y)^2"), ("1/x^-2", "x^2"), ("x^0", "1"), ("x/0", "x/0"), ("0/x", "0"),
        # sums
        ("x + x", "2*x"), ("x - x", "0"), ("x + 1 + y + 2", "x + y + 3"), ("1 + x", "x + 1"), ("1 - x", "1 - x"),
        ("-x - y", "-(x + y)"), ("-(x - y)", "y - x"), ("y - (x - y)", "2*y - x"), ("x/2 + x/3", "5*x/6"),
        ("2*(x*y) + y*x", "3*x*y"), ("x*exp(x) + 2*exp(x)*x", "3*x*exp(x)"), ("-x + y", "y - x"),
        ("x*y + x*z", "x*y + x*z"), ("2*x + 3 - 2*x", "3"), ("-x - 1", "-(x + 1)"), ("1/3 - 1", "-2/3"),
        # a product is multiplied out where a term meets its like
        ("exp(x) + (x + 1)*exp(x)", "2*exp(x) + x*exp(x)"), ("(x + 1)*(y - 1)", "(x + 1)*(y - 1)"),
        ("400*x^2 - 400*(y - x^2)", "800*x^2 - 400*y"),
        # decimals are exact, and stay decimals where they end
        ("x*0.1*3", "0.3*x"), ("x*1.1*1.1", "1.21*x"), ("x^0.7/x", "1/x^0.3"), ("0.1*x + 0.2*x", "0.3*x"),
        ("0.5*x/3", "x/6"), ("0.5*x/2", "0.25*x"), ("x*(3/8)", "3*x/8"), ("0.1 + x + 0.2", "x + 0.3"),
        # numbers with a long text are not computed
        ("x*0.123456789*3", "3*(0.123456789*x)"), ("9^99*x", "x*9^99"),
        ("123456789*x*123456789", "123456789*(123456789*x)"),
    ],
)  # fmt: skip
def test_normal_forms(text: str, expected: str) -> None:
    """One form for each product and each sum."""
    assert expected == collected(text)


@pytest.mark.sampled(2)
@pytest.mark.parametrize("seed", range(40))
def test_the_value_stays(seed: int) -> None:
    """Of random sums, products and powers at random points."""
    random = Random(seed)
    text = "x"
    for _ in range(12):
        other = random.choice(("x", "y", "(x + y)", "sqrt(x)", "2", "0.25", "3", "x^a", "(y - 1)", "x^2", "exp(y)"))
        pattern = random.choice(
            ("{}*{}", "{}/(1 + ({})^2)", "{} + {}", "{} - {}", "({})*({})", "-({})*{}", "{} + ({})^2")
        )
        text = f"({pattern.format(*random.sample((text, other), 2))})"
    at = {name: random.uniform(0.5, 2) for name in parse(text).variables}
    found = collected(text)
    values = [gradient(each, at).value for each in (text, found)]
    assert pytest.approx(values[0], rel=1e-9, abs=1e-9) == values[1], (text, found)


def test_equal_products_and_sums_are_one_node() -> None:
    """In whatever order they are made."""
    builder = Collector()
    x, y, z = (builder.variable(name) for name in "xyz")
    for operator in (OPERATORS["add"], OPERATORS["mul"]):
        first = builder.make(operator, (builder.make(operator, (x, y)), z))
        assert first == builder.make(operator, (z, builder.make(operator, (y, x))))


@pytest.mark.parametrize("symbol", ["add", "mul"])
def test_many_operands_are_taken_as_a_whole(symbol: str) -> None:
    """The number of nodes stays in proportion to that of the operands."""
    builder = Collector()
    total = builder.variable("x")
    for number in range(1_000):
        total = builder.make(OPERATORS[symbol], (total, builder.variable(f"x{number}")))
    assert len(builder) < 10_000
    assert VARIABLE in builder.operators


def test_a_named_step_is_not_taken_apart() -> None:
    """Formulas go on to speak of it."""
    derivatives = derive(parse("s = x*y; s*s*x"))
    text = format_graph(program(derivatives.graph, derivatives.root("y")))
    assert "s = x*y; 2*x^2*s" == text


@pytest.mark.sampled(2)
@pytest.mark.parametrize("tower", ["-(" * 1_200 + "x*y" + ")" * 1_200, "x^(x*" * 600 + "y" + ")" * 600])
def test_nothing_recurses_into_an_expression(tower: str) -> None:
    """Towers of powers and of signs."""
    assert ("x",) in derive(parse(tower)).roots


@pytest.mark.parametrize(
    ("text", "order", "expected"),
    [
        ("e^x", 3, "e^x"),
        ("1/x", 1, "-1/x^2"), ("1/x", 2, "2/x^3"), ("1/x", 3, "-6/x^4"),
        ("sqrt(x)", 1, "1/(2*sqrt(x))"), ("sqrt(x)", 2, "-1/(4*x*sqrt(x))"),
        ("x^3 - 2*x^2 + 5*x - 7", 1, "3*x^2 - 4*x + 5"),
        ("sin(x)/x", 1, "cos(x)/x - sin(x)/x^2"),
        ("sin(x)/x", 2, "2*sin(x)/x^3 - 2*cos(x)/x^2 - sin(x)/x"),
        ("sin(x)/x", 3, "3*sin(x)/x^2 - 6*sin(x)/x^4 + 6*cos(x)/x^3 - cos(x)/x"),
        ("x^x", 1, "x^x + x^x*log(x)"),
        ("x*exp(x)", 3, "3*exp(x) + x*exp(x)"),
        ("x^2*exp(-x)", 2, "2*exp(-x) - 4*x*exp(-x) + x^2*exp(-x)"),
        ("exp(-x^2)", 2, "n1 = exp(-x^2); 4*x^2*n1 - 2*n1"),
        ("exp(-x^2/2)/sqrt(2*pi)", 1, "-x*exp(-x^2/2)/sqrt(2*pi)"),
        ("0.3*x^3", 1, "0.9*x^2"), ("x^0.7", 1, "0.7/x^0.3"), ("x^0.5/3", 1, "1/(6*x^0.5)"),
        ("1.1*x^1.1", 2, "0.121/x^0.9"), ("0.044715*x^3", 1, "0.134145*x^2"),
        ("log(x)/x", 2, "2*log(x)/x^3 - 3/x^3"),
        ("x*log(x)", 2, "1/x"),
        ("log(1 + x^2)", 1, "2*x/(1 + x^2)"),
        ("1/(1 + x^2)", 2, "8*x^2/(1 + x^2)^3 - 2/(1 + x^2)^2"),
        ("x/sqrt(x^2 + 1)", 1, "n1 = sqrt(x^2 + 1); 1/n1 - x^2/n1^3"),
        ("1/(1 + exp(-x))", 1, "exp(-x)/(1 + exp(-x))^2"),
        ("sin(x)^2", 2, "2*cos(x)^2 - 2*sin(x)^2"),
        ("tan(x)", 2, "2*tan(x)^3 + 2*tan(x)"),
        ("tanh(x)", 1, "(1/cosh(x))^2"), ("tanh(x)", 2, "-2*(1/cosh(x))^3*sinh(x)"),
        ("1/lgamma(x)", 1, "-digamma(x)/lgamma(x)^2"), ("1/gamma(x)^2", 1, "-2*(1/gamma(x))^2*digamma(x)"),
        # sigmoid(-x) is 1 - sigmoid(x), where that shortens
        ("p = sigmoid(x); -y*log(p) - (1 - y)*log(1 - p)", 1, "p = sigmoid(x); p - y"),
        ("-(y*log(sigmoid(-x)) + (1 - y)*log(1 - sigmoid(-x)))", 1, "y - sigmoid(-x)"),
        ("log(sigmoid(x)/(1 - sigmoid(x)))", 1, "1"), ("log(1 - sigmoid(x))", 1, "-sigmoid(x)"),
        ("sigmoid(x)", 1, "sigmoid(x)*sigmoid(-x)"), ("log(sigmoid(x))", 1, "sigmoid(-x)"),
        ("x*(a*(b - c) + c*(a + d))", 1, "a*(b - c) + c*(a + d)"),
        ("atan(x)", 2, "-2*x/(x^2 + 1)^2"),
        ("x^-2", 1, "-2/x^3"), ("x^(1/3)", 1, "1/(3*x^(2/3))"), ("x*sqrt(x)", 1, "3*sqrt(x)/2"),
        ("2^x", 2, "2^x*log(2)^2"), ("log(sqrt(x^2 + 1))", 1, "x/(x^2 + 1)"), ("log10(x)", 2, "-1/(x^2*log(10))"),
        ("hypot(x, 3)", 2, "1/hypot(x, 3) - x^2/hypot(x, 3)^3"),
        ("x/(2 + x)", 2, "2*x/(2 + x)^3 - 2/(2 + x)^2"),
        ("sinc(x)", 2, "where(x == 0, -1/3, -(2*(cos(x) - sinc(x))/x^2 + sin(x)/x))"),
    ],
)  # fmt: skip
def test_textbook(text: str, order: int, expected: str) -> None:
    """The usual functions have the derivatives that a textbook prints."""
    derivatives = derive(parse(text), order=order)
    assert expected == format_graph(program(derivatives.graph, derivatives.root(*["x"] * order)))


@pytest.mark.parametrize(
    "text",
    [
        # 0.1*0.9 has a long text, so that a sum with a minus before it is taken as a whole
        "(1 + exp(a) + a/(0.1 + y))*(a^0.1 + x + x*y/3)",
        "(x - a^0.3)/(0.7 + y)^0.1*(x*y - 0.3)",
        "x^0.7*(y - x^1.1)*(a + 0.1*x*y)^3",
    ],
)
def test_numbers_with_long_texts(text: str) -> None:
    """What is not computed is not lost: the Hessian is the backward pass through the gradient's formulas."""
    at = {"a": 0.4482834093761583, "y": 0.25, "x": 0.17089796402831015}
    derivatives = derive(parse(text), order=2)
    numbers = derivatives.numbers(at)
    for one in "axy":
        first = program(derivatives.graph, derivatives.root(one))
        for other, expected in gradient(first, at).gradient.items():
            key = (one, other) if (one, other) in numbers else (other, one)
            assert pytest.approx(expected, rel=1e-9) == numbers[key], key

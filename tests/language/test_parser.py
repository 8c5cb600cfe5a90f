"""The language, sentence by sentence: what a text means, as the graph and as its value."""

import math
import sys
from array import array

import pytest

from gradcli.api import gradient
from gradcli.errors import GradcliError
from gradcli.frozen import with_other
from gradcli.language import meaning
from gradcli.language.format import format_graph
from gradcli.language.parser import MAX_LENGTH, parse
from gradcli.operators.arrays import ARRAY_FUNCTIONS
from gradcli.operators.table import CONSTANT, FUNCTIONS, OPERATORS, VARIABLE, is_reserved, row_called
from tests.helpers.precedence import PRECEDENCE


def value(text: str, **at: float) -> float:
    """The value of an expression."""
    return gradient(text, at).value


@pytest.mark.parametrize(("text", "same"), PRECEDENCE)
def test_precedence_and_associativity(text: str, same: str) -> None:
    """A text without parentheses is the same graph as the one with all of them."""
    assert parse(same) == parse(text)


@pytest.mark.parametrize(
    ("expected", "text"),
    [(-4, "-2^2"), (512, "2^3^2"), (0.5, "2^-1"), (0.25, "-2^-2*-1"), (4, "(-2)^2"), (7, "1+2*3"), (1, "8/4/2"),
     (-1, "1-1-1"), (0.25, "1/2/2"), (3, "- -3"), (0.5, "2**-1"), (-8, "(-2)^3"), (2.5, "5 - 5/2")],
)  # fmt: skip
def test_arithmetic(expected: float, text: str) -> None:
    """The values that the language promises."""
    assert expected == value(text)


@pytest.mark.parametrize(
    ("expected", "text"),
    [(1, "1"), (2.5, "2.5"), (0.5, ".5"), (5, "5."), (1e-3, "1e-3"), (1e3, "1E3"), (1e3, "1e+3"), (50, "5.e1"),
     (5, ".5e1"), (7, "007"), (1.7976931348623157e308, "1.7976931348623157e308"), (5e-324, "5e-324"), (0, "0e-999"),
     (0, "0.000"), (0.1, "0.1000000000000000055511151231257827021181583404541015625"), (2**53, "9007199254740993"),
     (1.2345678901234568e20, "123456789012345678901")],
)  # fmt: skip
def test_numbers(expected: float, text: str) -> None:
    """Digits with an optional part and exponent, rounded to the nearest double."""
    assert expected == value(text)


@pytest.mark.parametrize(
    "name",
    ["x", "_", "_x1", "θ", "りんご", "x_1", "X", "lambda", "import", "__class__", "true", "constructor", "Pi", "E",
     "inf",
     "nan", "i", "If", "été", "ñ", "变量", "x" * 1000, "O0", "def", "None", "eval", "self"],
)  # fmt: skip
def test_names(name: str) -> None:
    """Letters of any alphabet, digits and _; words of programming languages are variables like any other."""
    graph = parse(f"{name}*2")
    assert [name] == list(graph.variables)
    assert gradient(graph, {name: 3}).value == 6


@pytest.mark.parametrize(
    ("pasted", "plain"),
    [("a × b", "a * b"), ("a·b", "a*b"), ("a ⋅ b", "a*b"), ("a ÷ b", "a/b"), ("a − b", "a - b"), ("−a", "-a"),
     ("2·π·r", "2*pi*r"), ("a ×−b", "a*-b"), ("−2^2", "-2^2"), ("where(a ≦ b, 1, 2)", "where(a <= b, 1, 2)"),
     ("where(a ≥ b or a ≧ 2, 1, 2)", "where(a >= b or a >= 2, 1, 2)"), ("where(a ≠ b, 1, 2)", "where(a != b, 1, 2)"),
     ("where(a ≤ b, 1, 2)", "where(a <= b, 1, 2)")],
)  # fmt: skip
def test_pasted_signs(pasted: str, plain: str) -> None:
    """Signs of the article and of web pages mean the plain ones."""
    assert parse(plain) == parse(pasted)


@pytest.mark.parametrize(
    ("typed", "plain"),
    [("（ａ＋１）×２", "(a+1)*2"), ("ｓｉｎ（ｘ）", "sin(x)"), ("ａ＝２；ｂ／ａ－．５", "a=2;b/a-.5"),
     ("ｍａｘ（ａ，　１ｅ３）", "max(a, 1e3)"),
     ("ｗｈｅｒｅ（ａ＜＝ｂ，１，２）", "where(a<=b,1,2)"),
     ("ｘ＿１＾２＃ｙ", "x_1^2"), ("ｘ＊＊２", "x**2")],
)  # fmt: skip
def test_full_width_characters(typed: str, plain: str) -> None:
    """What a Japanese keyboard types means what it looks like; text and places stay those of what was typed."""
    graph = parse(typed)
    assert parse(plain) == graph
    assert typed == graph.text
    assert parse(plain).starts == graph.starts


def test_a_logarithm_with_a_base() -> None:
    """Is a function of its own, written by the same name."""
    graph = parse("log(x, 2) + log(x)")
    assert ["log_base", "log"] == [row.name for row in graph.operators if row.name.startswith("log")]
    assert parse(format_graph(graph)) == graph
    assert format_graph(graph) == "log(x, 2) + log(x)"


def test_constants() -> None:
    """The constants pi and e; π is pi, and tau is a variable."""
    assert [math.pi, math.e, math.pi] == [value(text) for text in ("pi", "e", "π")]
    assert list(parse("exp(-t/tau)").variables) == ["t", "tau"]
    assert parse("pi + e").variables == {}


def test_a_sign_before_a_number_belongs_to_it() -> None:
    """-2 is one constant; -x is an operation; a named constant keeps its name."""
    assert [CONSTANT] == list(parse("-2").operators)
    assert [VARIABLE, OPERATORS["neg"]] == list(parse("-x").operators)
    assert [CONSTANT, OPERATORS["neg"]] == list(parse("-pi").operators)
    assert parse("-2").values == {0: -2.0}


SAME = "s = a*x; t = b*y; s + t"


@pytest.mark.parametrize(
    "text",
    ["s = a*x\nt = b*y\ns + t", "s = a*x\r\nt = b*y\r\ns + t\r\n", "s = a*x\rt = b*y\rs + t",
     "\ufeffs = a*x; t = b*y; s + t",
     "\ts\t=\ta*x;\tt\t=\tb*y;\ts\t+\tt\t", ";;s = a*x;;\n\n;t = b*y;\n;s + t;;",
     "# head\ns = a*x # the first\nt = b*y\n# end\ns + t",
     "s = (a\n*\nx)\nt = b*(\r\n# inside\ny)\ns + t", "s=a*x;t=b*y;s+t", "s = a*x\n\n\n\nt = b*y\n  s + t  ",
     "s\u00a0=\u3000a*x;\u2003t = b*y; s + t", "s = a*x # 買い物 $ ( [red]\nt = b*y\ns + t"],
)  # fmt: skip
def test_statements_and_white_space(text: str) -> None:
    """Newlines, semicolons, CRLF, tabs, a byte-order mark, comments; inside parentheses a newline is a space."""
    assert parse(SAME) == parse(text)


def test_the_last_statement_is_the_output() -> None:
    """Named or not."""
    assert parse("s = a; t = s*2").output == parse("s = a; s*2").output
    assert gradient("s = a*2; t = s + 1", {"a": 1}).output == "t"
    assert gradient("s = a*2; t = s + 1; s", {"a": 1}).value == 2
    assert gradient("a*2", {"a": 1}).output == "y"


def test_a_variable_is_one_node_and_a_step_is_one_node() -> None:
    """However often they are used; constants are nodes of their own."""
    graph = parse("s = x*x; s + s + x + 2 + 2")
    assert {"x": 0} == graph.variables
    assert {"s": 1} == graph.steps
    assert graph.inputs[1] == (0, 0)
    assert 2 == len(graph.values)


def test_variables_stand_in_order_of_first_appearance() -> None:
    """Also where a function's arguments or steps come before."""
    assert ["b", "a", "z", "c"] == list(parse("s = max(b, a); where(z > 0, s, c)").variables)


def test_nodes_know_their_place() -> None:
    """The column of an operator, function or name, in code points; the line in a text of several lines."""
    graph = parse("りんご*2 + sin(x)")
    columns = {graph.operators[node].name: graph.place(node) for node in range(len(graph))}
    assert columns == {"variable": (1, 13), "mul": (1, 4), "constant": (1, 5), "sin": (1, 9), "add": (1, 7)}
    graph = parse("s = a\r\nt = s +\tb\rt*2\n")
    places = [graph.place(node) for node in range(len(graph)) if graph.inputs[node]]
    assert places == [(1, 1), (2, 7), (3, 2)]


def test_many_places_are_an_array(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of the same numbers."""
    text = "f(x) = x^2; s = f(a) + 1\nsin(s)*b"
    few = parse(text).starts
    monkeypatch.setattr(meaning, "_LONG", 0)
    many = parse(text).starts
    assert isinstance(many, array)
    assert list(many) == few


ARGUMENTS = {"min": 2, "max": 2, "sum": 2, "logsumexp": 1}


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_function_takes_its_arguments(name: str) -> None:
    """The right number of arguments makes a node; another number gets a message that says how many it takes."""
    operator = FUNCTIONS[name]
    count = ARGUMENTS.get(name, len(operator.parameters))
    sample = ["x > 0" if index in operator.conditions else f"x{index}" for index in range(count)]
    assert parse(f"{name}({', '.join(sample)})").operators[-1] is operator
    few, many = sample[:-1], [*sample, "y", "z"]
    if name in ARRAY_FUNCTIONS and count == 2:  # of the elements of an array
        assert parse(f"{name}({', '.join(few)})").has_arrays
    else:
        with pytest.raises(GradcliError, match=f"{name} takes .*{count} argument"):
            parse(f"{name}({', '.join(few)})")
    if operator.variadic or row_called(name, len(many)):
        assert len(parse(f"{name}({', '.join(many)})").inputs[-1]) == count + 2
    else:
        with pytest.raises(GradcliError, match=f"{name} takes {count} argument"):
            parse(f"{name}({', '.join(many)})")


LISTED = """exp expm1 log ln log2 log10 log1p sqrt cbrt sin cos tan asin acos atan atan2 sinh cosh tanh asinh acosh
atanh abs sign min max clip floor ceil round mod where relu leaky_relu elu sigmoid softplus silu gelu hypot erf erfc
sinc logsumexp"""


def test_the_names_of_functions_that_no_variable_can_have() -> None:
    """No more and no fewer: a new function takes no name away. ln is the same as log."""
    assert set(LISTED.split()) == {name for name, row in FUNCTIONS.items() if row.reserved}
    assert FUNCTIONS["ln"] is FUNCTIONS["log"]
    assert parse("log(x)") == parse("ln(x)")


def test_a_name_that_is_not_reserved_is_a_function_only_where_it_is_called(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that a function can be added without taking a name from the formulas that people have."""
    monkeypatch.setitem(FUNCTIONS, "blob", with_other(FUNCTIONS["exp"], reserved=False))
    graph = parse("blob*blob (blob)")
    assert [VARIABLE, FUNCTIONS["blob"], OPERATORS["mul"]] == list(graph.operators)
    assert ["blob"] == list(graph.variables)
    assert "blob" in parse("blob = 2*x; blob(blob)").names.values()
    assert not is_reserved("blob")
    assert is_reserved("exp")
    assert is_reserved("pi")
    with pytest.raises(GradcliError, match=r"for a product write blob\*x"):
        parse("blob x")
    with pytest.raises(GradcliError, match="'exp' is a function"):
        parse("exp*x")


@pytest.mark.parametrize(
    ("expected", "text"),
    [(2, "round(2.5)"), (4, "round(3.5)"), (-2, "round(-2.5)"), (1, "mod(-2, 3)"), (-1, "mod(2, -3)"),
     (0.5, "mod(2.5, 2)"),
     (math.pi / 4, "atan2(1, 1)"), (math.atan2(1, -2), "atan2(1, -2)"), (1, "sinc(0)"), (math.sin(2) / 2, "sinc(2)"),
     (3, "clip(5, 0, 3)"), (0, "clip(-5, 0, 3)"), (-1, "leaky_relu(-10, 0.1)"), (3, "max(1, 3, 2)"),
     (1, "min(3, 1, 2)"),
     (7, "logsumexp(7)"), (5, "hypot(3, 4)"), (2, "cbrt(8)"), (-2, "cbrt(-8)"), (1, "where(1 < 2, 1, 1/0)"),
     (-3, "floor(-2.5)"), (-2, "ceil(-2.5)"), (-1, "sign(-0.5)"), (0, "sign(0)"), (1, "exp(0)"), (1, "log(e)"),
     (1, "ln(e)"),
     (1, "sin(pi/2)"), (0.5, "sigmoid(0)"), (math.log(2), "softplus(0)")],
)  # fmt: skip
def test_values_of_functions(expected: float, text: str) -> None:
    """The conventions that the table of functions names: radians, half to even, floored, argument order."""
    assert expected == pytest.approx(value(text), rel=1e-15, abs=0)


@pytest.mark.parametrize(
    ("expected", "condition"),
    [(1, "1 < 2"), (2, "2 < 2"), (1, "2 <= 2"), (1, "3 > 2"), (1, "2 >= 2"), (1, "2 == 2"), (2, "2 != 2"),
     (1, "not 1 > 2"), (1, "1 < 2 and 2 < 3"), (2, "1 < 2 and 3 < 2"), (1, "1 > 2 or 2 < 3"), (2, "1 > 2 or 3 < 2"),
     (1, "1 < 2 or 1/0 > 0"), (2, "1 > 2 and 1/0 > 0"), (1, "(1 < 2)"), (1, "not (1 > 2 and 1 < 2)")],
)  # fmt: skip
def test_conditions(expected: float, condition: str) -> None:
    """Comparisons, and, or, not; what decides already leaves the other side unevaluated."""
    assert expected == value(f"where({condition}, 1, 2)")


def test_where_evaluates_the_branch_that_it_takes() -> None:
    """The other branch may have no value; it gets no gradient."""
    result = gradient("where(x > 0, sqrt(x), 0*x)", {"x": -1})
    assert (result.value, result.gradient) == (0, {"x": 0})


def test_floating_point_throughout() -> None:
    """9^9^9^9 overflows at once; it does not grow an integer."""
    with pytest.raises(GradcliError, match="overflows"):
        gradient("9^9^9^9", {})


def test_the_limit_on_length() -> None:
    """Two million characters unless set; a text of just that length is read."""
    assert MAX_LENGTH == 2_000_000
    text = "x" + "+x" * 500
    assert len(parse(text, len(text))) == 501
    with pytest.raises(GradcliError, match="the limit is 1,000"):
        parse(text, 1000)
    with pytest.raises(GradcliError, match="the limit is 2,000,000"):
        parse(" " * 2_000_001)


def test_parsing_does_not_touch_the_recursion_limit() -> None:
    """Deep nesting needs no deeper stack."""
    before = sys.getrecursionlimit()
    parse("(" * 50_000 + "x" + ")" * 50_000)
    assert before == sys.getrecursionlimit()

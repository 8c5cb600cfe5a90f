"""Tests of the page's JavaScript as text. `tests/slow` has the ones that run it in a browser."""

import json

import pytest

from gradcli.draw.forms.fractions import SPELLING, constants
from gradcli.draw.forms.program import DOUBLES, Spelling, program, script_json, structure
from gradcli.export.backends.javascript import PAGE, passes
from gradcli.language.parser import parse
from gradcli.operators.table import FUNCTIONS
from tests.helpers.calls import call


def code(expression: str, kink: str = "branch", spelling: Spelling = DOUBLES) -> str:
    """The program of an expression whose gradient is wanted for all variables."""
    graph = parse(expression)
    return program(graph, graph.requires_gradient(graph.variables.values()), kink, spelling=spelling)


def call_of(name: str) -> str:
    """A call of a function with as many variables as it takes."""
    operator = FUNCTIONS[name]
    return call(operator, "abcd"[: operator.least or len(operator.parameters)])


@pytest.mark.sampled(3)
@pytest.mark.parametrize("kink", ["branch", "minnorm"])
@pytest.mark.parametrize("name", [name for name, row in FUNCTIONS.items() if row.definition or PAGE.spells(row)])
def test_every_function_of_the_table_has_live_numbers(name: str, kink: str) -> None:
    """A new row of the table works in the page without a change here."""
    graph = parse(call_of(name))
    text = code(call_of(name), kink)
    slopes = text[text.index(f"{graph.output}: [", text.index("d: {")) :].partition(", k: {")[0]
    assert slopes.count("() => ") + slopes.count("null") == len(graph.inputs[graph.output])


def test_only_functions_that_are_used_are_written() -> None:
    """A small page stays small."""
    assert "erf" not in code("a*x + b*y")
    assert "function erf(" in code("erf(x)")


def test_slopes_have_numbers_where_a_formula_for_people_has_none() -> None:
    """The page takes the table's rules for machines."""
    assert "v2 === 0 ? 0 : v0 / v2" in code("hypot(x, y)")
    assert "v0 === 0 && v1 > 0 ? 0 : v2 * Math.log(v0)" in code("x^y")


def test_the_rule_at_kinks() -> None:
    """minnorm: 0 or the end of the interval nearest to it, equal shares at a tie."""
    relu, shared = code("relu(x)", "minnorm"), code("max(x, y)", "minnorm")
    assert "(v0 === 0) ? least(" in relu
    assert "1/((v0 === v2 || v0 !== v0) + (v1 === v2 || v1 !== v1))" in shared
    assert "least" not in code("relu(x)")


def test_fractions_have_no_operator_of_javascript() -> None:
    """Arithmetic is calls, and numbers are fractions as they are written; what is no fraction has its function."""
    text = code("relu(x)/3 - 2.5*x^2 + where(x < 1, max(x, y), exp(-y))", "minnorm", SPELLING)
    assert "const v3 = over(v1, v2);" in text
    assert "(compare(x, rational(0)) < 0) ? rational(0) : x" in text
    assert "only(Math.exp, v" in text
    assert "over(rational(1), rational((v0 === v" in text
    graph = parse("0.1*x + pi + 1e-30 + 1/3")
    assert sorted(map(str, constants(graph).values())) == ["0.1", "1", "1E-30", "3", "3.141592653589793"]


def test_names_never_get_into_the_code() -> None:
    """Names of variables are keywords of JavaScript, or anything: the code has v0, v1, …"""
    text = code("constructor*__proto__ + りんご")
    assert "constructor" not in text
    assert text.isascii()


def test_structure_says_what_a_choice_chooses() -> None:
    """The index of the argument for a false and a true condition."""
    graph = parse("where(x > 0, x, 2)")
    where = graph.output
    assert structure(graph)["chooses"] == {where: [2, 1]}
    assert len(passes(graph).names) == len(structure(graph)["inputs"])


def test_json_in_a_script_cannot_end_it() -> None:
    """No <, > or &, no character that ends a line, but the same value; others stand as they are."""
    value = ["</script>", "<!--", "&", "é\u2028\u2029"]
    text = script_json(value)
    assert text == '["\\u003c/script\\u003e","\\u003c!--","\\u0026","é\\u2028\\u2029"]'
    assert json.loads(text) == value

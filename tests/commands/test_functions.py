"""`gradcli functions`: the operator table for people and for programs."""

import json
import re
import shlex

import pytest
from rich.cells import cell_len

from gradcli import gradient
from gradcli.choices import FORMS, LANGUAGES
from gradcli.language.parser import parse_rule
from gradcli.operators.arrays import ARRAY_FUNCTIONS
from gradcli.operators.table import FUNCTIONS, GROUPS, OPERATORS
from gradcli.report.listing import convention, definition
from gradcli.words.catalogue import say
from tests.helpers.running import run


def test_every_row_is_listed() -> None:
    """Each operator and function that has a derivative, by its name and other names, in the order of the table."""
    facts = json.loads(run("functions", "--json").out)
    of_arrays = [fact["name"] for fact in facts if fact["group"] == "arrays"]
    assert [fact["name"] for fact in facts] == [row.name for row in OPERATORS.values() if row.partials] + of_arrays
    assert sorted(of_arrays) == sorted(["matmul", "transpose", "index", "literal", *ARRAY_FUNCTIONS])
    listed = {fact["name"] for fact in facts} | {name for fact in facts for name in fact["also"]}
    assert set(FUNCTIONS) <= listed


def test_derivatives_are_those_of_the_table() -> None:
    """As expressions that the language reads."""
    for fact in json.loads(run("functions", "--json").out):
        if fact["group"] == "arrays":
            continue
        row = OPERATORS[fact["name"]]
        assert list(fact["derivatives"].values()) == [rule for rule in row.formulas if rule]
        for rule in [*fact["derivatives"].values(), *fact["domain"]]:
            parse_rule(rule, conditions=("condition",))


@pytest.mark.parametrize(
    ("expected", "name"),
    [("kink where x = 0: the slope of the branch taken; --kink minnorm: the slope nearest to 0", "relu"), ("", "tanh"),
     ("", "elu"),
     ("tie: the first argument that holds the extreme value; --kink minnorm: equal shares", "max"),
     ("kink where x = low or x = high or low = high: the slope of the branch taken; "
      "--kink minnorm: the slope nearest to 0", "clip"),
     ("jump where x is a whole number: the slope beside it", "floor"), ("kink at (0, 0): slopes (0, 0)", "hypot")],
)  # fmt: skip
def test_conventions(expected: str, name: str) -> None:
    """What holds at kinks, ties and jumps."""
    fact, *_ = json.loads(run("functions", name, "--json").out)
    assert expected == fact["convention"]


def test_a_function_by_itself() -> None:
    """By any of its names; an operator by its name in the table."""
    assert run("functions", "ln", "sigmoid").out.splitlines() == [
        "Function: log(x), ln",
        "Definition: the natural logarithm: exp(log(x)) is x",
        'Example: gradcli eval "log(x)" --at x=0.5',
        "Value and gradient: out ≈ -0.693147, ∂out/∂x = 2",
        "Derivative: x: 1 / x",
        "Domain: x > 0",
        "Convention: none",
        "",
        "Function: sigmoid(x)",
        "Definition: 1 / (1 + exp(-x))",
        'Example: gradcli eval "sigmoid(x)" --at x=0.5',
        "Value and gradient: out ≈ 0.622459, ∂out/∂x ≈ 0.235004",
        "Derivative: x: out * (1 - out)",
        "As gradcli computes it: x: out * sigmoid(-x)",
        "Domain: all doubles",
        "Convention: none",
    ]
    assert "Definition: the product" in run("functions", "mul").out
    assert "Convention: kink where x = 0" in run("functions", "relu").out


@pytest.mark.sampled(2)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_function_says_what_it_is(language: str) -> None:
    """By a formula or in words; and each has an example, which is right."""
    names = [row.name for row in OPERATORS.values() if row.partials]
    facts = json.loads(run("functions", *names, "--json").out)
    for fact in facts:
        row = OPERATORS[fact["name"]]
        assert fact["definition"]
        if fact["group"] == "arrays":
            continue
        assert say(f"function.{row.name}", language) if not definition(row) else definition(row) == fact["definition"]
        example = fact["example"]
        result = gradient(example["expression"], example["at"], list(example["gradient"]))
        assert (result.value, result.gradient) == (example["value"], example["gradient"])
        for text in fact["textbook"].values():
            parse_rule(text, conditions=("condition",))
    said = run("functions", *names, "--lang", language).out
    assert said.count("gradcli eval") == len(facts)


def test_a_command_in_latex_is_typed_as_it_stands() -> None:
    """In typewriter, with two hyphens that no font makes a dash of, and signs that are no mathematics."""
    written = run("functions", "tanh", "where", "--format", "latex").out
    assert r'$\mbox{\texttt{gradcli eval "tanh(x)" -{}-at x=0.5}}$' in written
    assert "where(a > 0, a, b)" in written


def test_every_example_runs_as_it_is_printed() -> None:
    """In one line of eighty columns, that can be pasted: without an error or a note, with the value that is said."""
    names = [row.name for row in OPERATORS.values() if row.partials]
    commands = re.findall(r"(?m)^Example: (gradcli .*)", run("functions", *names).out)
    assert len(commands) >= len(names)
    for command in commands:
        assert len(f"Example: {command}") <= 80
        assert (0, "") == (outcome := run(*shlex.split(command)[1:]))[::2], command
        assert outcome.out


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_list_fits_eighty_columns(language: str) -> None:
    """In a pipe too, in groups that have headings; without what is too long for it."""
    listed = run("functions", "--lang", language).out
    assert max(map(cell_len, listed.splitlines())) <= 80
    assert all(say(f"group.{group}", language) in listed.splitlines() for group in GROUPS)
    assert "…" in next(line for line in listed.splitlines() if "gelu" in line)


def test_conditions_are_formulas() -> None:
    """In LaTeX with its signs, alternatives in parentheses, wherever they come from; what it is by is one too."""
    rows = run("functions", "pow", "polygamma", "clip", "sin", "--format", "latex").out
    assert r": $\left(x \ge 0 \vee y = \mathrm{round}\left(y\right)\right) \wedge \left(x \ne 0 \vee" in rows
    assert r": $n \ge 0 \wedge n = \mathrm{round}\left(n\right) \wedge n < 2^{53} \wedge \left(x > 0 \vee" in rows
    assert r": kink where $x = \mathit{low}$ or $x = \mathit{high}$ or" in rows
    assert r"$x$: $\cos\left(x\right)$" in rows


@pytest.mark.parametrize("form", [form for form in FORMS if form != "json"])
@pytest.mark.parametrize("language", ["en", "ja"])
def test_all_forms(form: str, language: str) -> None:
    """Every function appears in each; keys are the same in every language."""
    outcome = run("functions", "--format", form, "--lang", language)
    assert (0, "") == (outcome.code, outcome.err)
    assert all(name.replace("_", r"\_") in outcome.out or name in outcome.out for name in FUNCTIONS)
    assert outcome.out.startswith("function") or ("関数" if language == "ja" else "Function") in outcome.out


def test_ascii() -> None:
    """Ellipses of variadic functions included."""
    assert run("functions", "--ascii").out.isascii()
    assert run("functions", "max", "--ascii", "--json").out.isascii()


@pytest.mark.parametrize("columns", [80, 40, 20])
def test_narrow_terminals(columns: int) -> None:
    """Nothing is cut."""
    narrow = run("functions", columns=columns).out
    assert all(f"{name}(" in narrow.replace("\n", "") for name in OPERATORS if name in FUNCTIONS)
    assert max(map(len, narrow.splitlines())) <= columns


@pytest.mark.parametrize("language", ["en", "ja"])
def test_where_every_function_jumps_is_said(language: str) -> None:
    """In words, as an expression that is 0 there is no condition."""
    for row in OPERATORS.values():
        assert "jump." not in (said := convention(row, language))
        assert bool(row.jump) == said.startswith(("jump where", "不連続点"))


@pytest.mark.parametrize(
    ("expected", "name"),
    [
        ("定義域: x > 0 または x != floor(x)", "gamma"), ("定義域: x != k*pi (倍精度の数では 0 だけが除かれる)", "cot"),
        ("定義域: n >= 0 かつ n = round(n) かつ n < 2^53 かつ (x > 0 または x != floor(x))", "polygamma"),
        ("取り決め: 微分できない点 (x = low または x = high または low = high) では、", "clip"),
        ("before: x より前の引数のうち最大のもの", "max"),
    ],
)  # fmt: skip
def test_conditions_have_words_of_the_language(expected: str, name: str) -> None:
    """Between their parts, and where they hold in all doubles but not for all numbers."""
    assert expected in run("functions", name, "--lang", "ja").out


@pytest.mark.parametrize(
    ("name", "derivative"),
    [
        ("atan2", "y: x / (x^2 + y^2), x: -y / (x^2 + y^2)"),
        ("mod", "x: 1, y: -floor(x / y)"),
        ("hypot", "x: x / sqrt(x^2 + y^2), y: y / sqrt(x^2 + y^2)"),
    ],
)
def test_a_derivative_is_a_textbooks(name: str, derivative: str) -> None:
    """Not the form that doubles compute better."""
    assert f"\nDerivative: {derivative}\n" in run("functions", name).out

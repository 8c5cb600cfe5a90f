"""A function that is a formula of others is one row and nothing else: rows are added while the tests run.

Each goes through everything: the loop over the table, both passes against forward mode with 50 digits, the accuracy
table, notes at kinks, trace, picture and page, the code of every backend that can be run here, and SymPy. So do
primitives, which need a numeric function and for many digits one in `decimal`; code in whose language nobody spells
them is refused.
"""

import math
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path

import pytest
from mpmath import mp  # type: ignore[import-untyped]

from gradcli.api import Result, gradient
from gradcli.choices import BACKENDS
from gradcli.compare.comparison import compare
from gradcli.errors import MathError
from gradcli.language.format import format_graph
from gradcli.language.parser import parse
from gradcli.operators.decimals.counterparts import SAME
from gradcli.operators.records import Branch, Kink, Operator, Partial
from gradcli.operators.table import FUNCTIONS, formula, row
from gradcli.words.en.operators import TEXTS
from tests.accuracy import TRUTHS, measure
from tests.helpers.exact import DIGITS
from tests.helpers.exported import backends_at_hand
from tests.helpers.exported import run as run_code
from tests.helpers.oracle import TABLE, tangent
from tests.helpers.rows import LOOP, added
from tests.helpers.running import run
from tests.operators import test_rows, test_table  # they fill the loop
from tests.symbolic import test_stable
from tests.trace import test_explain

FILLED = (test_rows, test_table, test_stable, test_explain)
POINTS = ((0.4, 1.3), (2.5, 0.7), (1.7, 2.2))
# Their names are such as no row of the table will ever have.
NEW = (
    formula("qsign", "x", "x / (1 + abs(x))",
            Partial("1 / (1 + abs(x))^2", stable="1 / (1 + abs(x)) / (1 + abs(x))")),
    formula("qmean", "x y", "root = sqrt(x); root * sqrt(y)", Partial("sqrt(y) / (2 * sqrt(x))", steep="x == 0"),
            Partial("sqrt(x) / (2 * sqrt(y))", steep="y == 0"), domain=("x >= 0", "y >= 0")),
    row("qclamp", "x", None, branches=(
            Branch("x > 1", "1", ("0",)),
            Branch("x < -1", "-1", ("0",)),
            Branch("", "x", ("1",))),
        kinks=(Kink("x", "-1", below=1, above=2), Kink("x", "1", below=2, above=0))),
)  # fmt: skip

SQUARE = row("qsquare", "x", lambda x: x * x, "2 * x")
PRIMITIVES = (SQUARE, row("qcube", "x", lambda x: x * x * x, "3 * x^2"))
POWERS = {"qsquare": 2, "qcube": 3}


@pytest.fixture(params=NEW, ids=lambda new: new.name)
def new(request: pytest.FixtureRequest) -> Iterator[Operator]:
    """A row that the table has for the time of a test."""
    with added(request.param):
        yield request.param


@pytest.fixture(params=PRIMITIVES, ids=lambda new: new.name)
def primitive(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Operator]:
    """A row that is no formula, with what the tests know of it; the first one has a function in `decimal`."""
    name, n = request.param.name, POWERS[request.param.name]
    monkeypatch.setitem(TRUTHS, name, (lambda x: x**n, lambda x: n * x ** (n - 1)))
    monkeypatch.setitem(TABLE, name, (lambda x: x**n, lambda x: [n * x ** (n - 1)]))
    monkeypatch.setitem(TEXTS, f"function.{name}", f"a power of x: {n}")
    monkeypatch.setitem(SAME, SQUARE.function, lambda x: x * x)
    with added(request.param):
        yield request.param


def text_of(new: Operator) -> str:
    """The function among others."""
    return f"{new.name}({', '.join(new.parameters)})*exp(x) + x"


def results_of(new: Operator) -> list[Result]:
    """That at the points."""
    names = list(new.parameters)
    return [gradient(text_of(new), dict(zip(names, point, strict=False))) for point in POINTS]


def test_it_passes_the_loop_over_the_table(new: Operator) -> None:
    """The tests of what a row may say, those that are for this one; none of them names it."""
    tests = [test for holds, test in LOOP if holds(new)]
    assert len(tests) > 9
    with mp.workdps(DIGITS):
        for test in tests:
            test(new)
    assert not [str(found) for found in measure(new, 100) if found.broken]


def test_it_is_read_and_derived(new: Operator) -> None:
    """Text to graph and back, value and gradient as forward mode over the definition finds them; a note at a kink."""
    graph = parse(text_of(new))
    assert graph == parse(format_graph(graph))
    assert parse(f"2*{new.name}").variables == {new.name: 1}
    for result in results_of(new):
        for name, slope in result.gradient.items():
            assert math.isclose(slope, tangent(graph, dict(result.at), name), rel_tol=1e-13), result.at
        assert result.notes == ()
    if new.kinks:
        (note, *_) = gradient(f"{new.name}(x)", {"x": 1}).notes
        assert ("kink", new.name, 1.0, 0.0) == (note.code, *(note.facts[key] for key in ("function", "left", "right")))


@pytest.mark.parametrize("command", ["eval --trace", "draw", "draw --format html", "diff", "check"])
def test_commands_know_it(new: Operator, command: str) -> None:
    """It is evaluated, drawn, derived, checked and listed."""
    first, *rest = command.split()
    at = ",".join(f"{name}={x}" for name, x in zip(new.parameters, POINTS[0], strict=False))
    outcome = run(first, text_of(new), "--at", at, *rest)
    assert (0, "") == (outcome.code, outcome.err)
    assert new.name in outcome.out or first in ("diff", "check")
    assert new.name in run("functions", new.name).out


@pytest.mark.sampled(2)
@pytest.mark.parametrize("backend", backends_at_hand())
def test_its_code_finds_the_same(new: Operator, backend: str, tmp_path: Path) -> None:
    """Value and slopes at each point, in the language itself."""
    results = results_of(new)
    for result, found in zip(results, run_code(backend, parse(text_of(new)), results, tmp_path), strict=True):
        expected = [result.value, *result.gradient.values()]
        assert all(map(lambda a, b: math.isclose(a, b, rel_tol=1e-11), expected, found)), (result.at, found)


@pytest.mark.sampled(3)
@pytest.mark.parametrize("backend", backends_at_hand())
def test_its_name_may_be_a_variables_too(new: Operator, backend: str, tmp_path: Path) -> None:
    """Where it is not called: in the expression, and in code, which gives the variable another name."""
    call = f"{new.name}({', '.join(new.parameters)})"
    result = gradient(f"{new.name}*{call}", {new.name: 3} | dict(zip(new.parameters, POINTS[0], strict=False)))
    assert math.isclose(3 * gradient(call, dict(zip(new.parameters, POINTS[0], strict=False))).value, result.value)
    (found,) = run_code(backend, result.graph, [result], tmp_path)
    assert all(map(math.isclose, [result.value, *result.gradient.values()], found))


@pytest.mark.sampled(2)
@pytest.mark.parametrize("rows", [NEW[:1], NEW], ids=["one", "all"])
def test_sympy_agrees(rows: Sequence[Operator]) -> None:
    """The algebra gets the definition of each."""
    with ExitStack() as table:
        for new in rows:
            table.enter_context(added(new))
        graph = parse(" + ".join(map(text_of, rows)))
        found = compare(
            graph, {name: dict(zip("xy", POINTS[0], strict=True))[name] for name in graph.variables}, limit=60
        )
    assert found.agree is True


def test_a_primitive_passes_the_loop_over_the_table(primitive: Operator) -> None:
    """As a formula does; it is read, derived, evaluated, and traced too."""
    test_it_passes_the_loop_over_the_table(primitive)
    test_it_is_read_and_derived(primitive)
    for command in ("eval --trace", "draw", "diff", "check"):
        test_commands_know_it(primitive, command)


def test_a_primitive_needs_a_function_in_decimal_for_many_digits(primitive: Operator) -> None:
    """Lost digits are found with one, and announced without."""
    (note, *_) = gradient(f"{primitive.name}(1 + x) - {primitive.name}(1)", {"x": 1e-9}).notes
    assert ("lost-digits", "value") == (note.code, note.facts["of"])
    corrected = note.facts["corrected"]
    if primitive is not SQUARE:
        assert corrected is None
        with pytest.raises(MathError):
            gradient(text_of(primitive), {"x": 0.5}, digits=30)
        return
    assert math.isclose(corrected, 2e-9 + 1e-18, rel_tol=1e-15)
    found = gradient("qsquare(1 + x)", {"x": "1e-9"}, digits=30)
    assert "(value=1.00000000200000000100000000000," in repr(found)


@pytest.mark.parametrize("backend", [*BACKENDS, "html"])
def test_a_primitive_is_refused_where_nobody_spells_it(primitive: Operator, backend: str) -> None:
    """In code and by the page, with its name; LaTeX spells every function."""
    command = ["draw", "--format", "html"] if backend == "html" else ["export", "--to", backend]
    outcome = run(*command, text_of(primitive))
    assert (outcome.code, f"the function {primitive.name} cannot be written in" in outcome.err) == (
        (0, False) if backend == "latex" else (2, True)
    )


def test_it_is_gone_again() -> None:
    """Nothing keeps a row that was added."""
    assert not {new.name for new in (*NEW, *PRIMITIVES)} & set(FUNCTIONS)

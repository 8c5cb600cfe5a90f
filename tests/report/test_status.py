"""What CSV says of each number besides the number."""

import csv
import io

import pytest

from gradcli import gradient
from gradcli.choices import LANGUAGES
from gradcli.report.status import statuses
from tests.helpers.running import run
from tests.helpers.work import calls_of


def rows(expression: str, at: str, *options: str) -> dict[str, dict[str, str]]:
    """The rows of CSV by their variable."""
    text = run("eval", expression, "--at", at, "--format", "csv", "--allow-nonfinite", *options).out
    return {row["variable"]: row for row in csv.DictReader(io.StringIO(text))}


@pytest.mark.parametrize(
    ("expected", "expression", "at", "options"),
    [
        ("a ok, b ok, y ok", "a*b", "a=1,b=2", ()),
        ("a ok, b not required, y ok", "a*b", "a=1,b=2", ("--wrt", "a")),
        ("a not finite, b ok, y ok", "sqrt(a) + b", "a=0,b=1", ()),
        ("a not finite, b not required, y not finite", "1/a + b", "a=0,b=1", ("--wrt", "a")),
        ("a jump, b ok, y jump", "floor(a) + b", "a=0,b=1", ()),
        ("a kink one-sided, b one-sided, c not required, y kink", "relu(a) + b*c", "a=0,b=1,c=2", ("--wrt", "a,b")),
        ("a edge, y edge", "where(a > 0, a, a + 1)", "a=0", ()),
        ("a edge, y ok", "where(a > 0, a, 2*a)", "a=0", ()),
        ("x ok, y lost-digits", "exp(x) - 1", "x=1e-12", ()),
        ("x lost-digits, y lost-digits", "(exp(x) - 1)/x", "x=1e-8", ()),
        ("a tie one-sided, b tie one-sided, c one-sided, y tie", "max(a, b) + c", "a=1,b=1,c=1", ()),
        ("x not required, y not required, s ok, z ok", "s = x*y; s^2", "x=1,y=2", ("--wrt", "s")),
        ("y ok", "2*3", "", ()),
    ],
)
def test_status(expected: str, expression: str, at: str, options: tuple[str, ...]) -> None:
    """A blank number says why it is one; a note is told of each number that it is about."""
    found = rows(expression, at, *options)
    assert expected == ", ".join(f"{name} {row['status']}" for name, row in found.items())
    *others, _ = found.values()
    assert all(bool(row["gradient"]) == (row["status"] not in ("not required", "not finite")) for row in others)


@pytest.mark.parametrize(
    ("side", "node", "expected", "text"),
    [
        ("input", "x", "lost-digits", "(exp(x) - 1)/x"),
        ("input", "x", "ok", "x"),
        ("input", "x", "not finite", "1/sqrt(x - 1e-9)"),
        ("not taken", "s", "not taken", "s = log(x); where(x > 1, s, x)"),
    ],
)
def test_each_number_of_a_trace_has_a_status(side: str, node: str, expected: str, text: str) -> None:
    """Its own; at the end point that of the value, at a start point that of the gradient."""
    written = run("eval", text, "--at", "x=1e-9", "--trace", "--format", "csv", "--allow-nonfinite").out
    rows = [row for row in csv.DictReader(io.StringIO(written)) if (row["side"], row["node"]) == (side, node)]
    assert expected == rows[-1]["status"]


def test_every_language_has_the_same_csv() -> None:
    """Headings and codes included."""
    for options in ((), ("--trace",)):
        texts = {rows_of(language, *options) for language in LANGUAGES}
        assert len(texts) == 1


def rows_of(language: str, *options: str) -> str:
    """The text of CSV."""
    return run(
        "eval", "relu(a)/b", "--at", "a=0,b=0", "-f", "csv", "--allow-nonfinite", "--lang", language, *options
    ).out


@pytest.mark.sweep
def test_many_notes_on_many_variables() -> None:
    """The work is linear in the size of the graph."""

    def work(count: int) -> int:
        text = " + ".join(f"relu(x{place} + x0)" for place in range(1, count))
        result = gradient(text, {f"x{place}": 0.0 for place in range(count)})
        return calls_of(lambda: statuses(result.graph, result.value, result.gradient, (), result.notes))

    assert work(200) < 5 * work(50)

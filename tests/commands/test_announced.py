"""What is to be said of a number is said wherever the number is: each code of a note, in each kind of output."""

import csv
import html
import io
import json
import re
from functools import cache
from typing import Any

import pytest

from gradcli.api import gradient
from gradcli.choices import FORMS
from tests.helpers.running import run

# For each code an expression, a point, and the mark that a node of the trace has, if there is one.
CASES = {
    "kink": ("relu(x)", "x=0", "kink"),
    "tie": ("max(x, y)", "x=1,y=1", "tie"),
    "jump": ("sign(x)*x", "x=0", "jump"),
    "edge": ("where(x == 1, 0, log(x))", "x=1", "edge"),
    "one-sided": ("abs(x) + y", "x=0,y=1", "kink"),
    "lost-digits": ("(exp(x) - 1)/x", "x=1e-8", "lost"),
    "underflow": ("-log(1/(1 + exp(-z)))", "z=-400", "lost"),
    "stop": ("cbrt(x)^3", "x=0", ""),
    "not-finite": ("sqrt(x) + y", "x=0,y=1", ""),
}
EVAL = [pytest.param(code, *case[:2], id=code) for code, case in CASES.items()]
MARKED = [pytest.param(*case, id=code) for code, case in CASES.items() if case[2]]
# What notes on derivatives speak of, which `diff` prints.
ORDERS = [
    ("order", "x*abs(x)", "x=0", ("--order", "2")),
    ("kink", "relu(x)^2 + relu(x)", "x=0", ()),
    ("edge", "where(x == 1, 0, log(x))", "x=1", ()),
    ("formula", "x^y", "x=0,y=2", ()),
    ("lost-digits", "(exp(x) - 1)/x", "x=1e-8", ()),
]


def point(text: str) -> dict[str, float]:
    """The values of `--at`."""
    return {name: float(value) for name, _, value in (pair.partition("=") for pair in text.split(","))}


@cache
def facts(code: str, expression: str, at: str, *options: str) -> list[dict[str, Any]]:
    """The notes of this code in the JSON of a command."""
    notes = json.loads(run("eval", expression, "--at", at, "--json", *options).out)["notes"]
    return [note for note in notes if note["code"] == code]


@pytest.mark.sampled(2)
@pytest.mark.parametrize(("code", "expression", "at"), EVAL)
def test_every_output_of_eval_announces(code: str, expression: str, at: str) -> None:
    """JSON and the library have the note, every other form has it on standard error or in itself."""
    noted = facts(code, expression, at)
    assert noted
    found = gradient(expression, point(at)).notes
    assert [note["message"] for note in noted] == [note.message for note in found if note.code == code]
    for form in set(FORMS) - {"json"}:
        for trace in ([], ["--trace"]):
            outcome = run("eval", expression, "--at", at, "--format", form, *trace)
            said = outcome.err + (outcome.out if trace else "")
            assert all(_plain(note["message"]) in _plain(said) for note in noted), (form, trace, said)
    plain, strict = (run("eval", expression, "--at", at, *options).code for options in ([], ["--strict"]))
    assert (plain, strict) == (int(code == "not-finite"), 1)


def _plain(text: str) -> str:
    """The letters and figures of a text, whatever markup and lines it is written with."""
    return re.sub(r"[^a-z0-9]", "", html.unescape(re.sub(r"<[^>]*>|\\[a-z]+", "", text)).lower())


@pytest.mark.parametrize(("code", "expression", "at"), EVAL)
def test_the_status_of_csv_has_the_code(code: str, expression: str, at: str) -> None:
    """In the row of the number that it is about."""
    rows = list(csv.DictReader(io.StringIO(run("eval", expression, "--at", at, "--format", "csv").out)))
    assert any(code.replace("not-finite", "not finite") in row["status"] for row in rows), rows


@pytest.mark.parametrize(("expression", "at", "mark"), MARKED)
def test_the_trace_marks_the_node(expression: str, at: str, mark: str) -> None:
    """In all forms."""
    word = {"lost": "digits lost"}.get(mark, mark)
    for form in FORMS:
        out = run("eval", expression, "--at", at, "--trace", "--format", form).out
        shown = f'"mark":"{mark}"' if form == "json" else f",{mark}," if form == "csv" else f"({word})"
        assert shown in out, (form, out)


@pytest.mark.sampled(2)
@pytest.mark.parametrize(("code", "expression", "at"), EVAL)
def test_pictures_say_it(code: str, expression: str, at: str) -> None:
    """In the description of an SVG, a page and a diagram of Mermaid, and beside every picture on standard error;
    --strict is exit code 1.
    """
    noted, drawn = facts(code, expression, at), ("draw", expression, "--at", at, "--format")
    for form in ("svg", "html"):
        out = _plain(run("draw", expression, "--at", at, "--format", form, "--output", "-").out)
        assert all(_plain(note["message"]) in out for note in noted)
    described = re.sub(r"#(\d+);", lambda match: chr(int(match[1])), run(*drawn, "mermaid").out).splitlines()[2]
    assert all(note["message"] in described for note in noted)
    for form in ("terminal", "dot", "mermaid"):
        outcome = run("draw", expression, "--at", at, "--format", form, "--strict")
        assert all(f"note: {note['message']}\n" in outcome.err for note in noted)
        assert outcome.code == 1


@pytest.mark.parametrize(("code", "expression", "at", "options"), ORDERS)
def test_diff_announces(code: str, expression: str, at: str, options: tuple[str, ...]) -> None:
    """In JSON and on standard error, and --strict exits with 1."""
    arguments = ("diff", expression, "--at", at, *options)
    noted = [note for note in json.loads(run(*arguments, "--json").out)["notes"] if note["code"] == code]
    assert noted
    for form in set(FORMS) - {"json"}:
        err = run(*arguments, "--format", form).err
        assert all(
            f"note: {note['message']}\n".replace("see --kink", "see gradcli eval --kink") in err for note in noted
        )
    assert run(*arguments, "--strict").code == 1

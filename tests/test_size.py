"""Large inputs: they go through parse, forward, backward and JSON at the default recursion limit, in linear work."""

import gc
import json
from collections.abc import Iterator
from functools import partial
from typing import Any

import pytest

from gradcli.api import gradient
from gradcli.language.format import format_graph
from gradcli.language.parser import parse
from tests.helpers.running import run
from tests.helpers.shapes import SHAPES
from tests.helpers.work import calls_of, peak_of

NESTED = 20_000


@pytest.fixture(autouse=True)
def _without_garbage_collection() -> Iterator[None]:
    """As in the program, which ends after one command."""
    gc.disable()
    yield
    gc.enable()


def evaluated(text: str, *options: str, limit: str = "20000000") -> Any:
    """What the command prints as JSON for a text on standard input, at x = 0.5."""
    outcome = run("eval", "-", "--at", "x=0.5", "--json", "--max-length", limit, *options, stdin=text.encode())
    assert (0, "") == (outcome.code, outcome.err[:200])
    return json.loads(outcome.out)


@pytest.mark.parametrize(
    ("text", "value", "slope"),
    [
        ("(" * NESTED + "x" + ")" * NESTED, 0.5, 1),
        ("-" * NESTED + "x", 0.5, 1),
        ("+-" * NESTED + "x", 0.5, 1),
        ("-(" * NESTED + "x" + ")" * NESTED, 0.5, 1),
        ("relu(" * NESTED + "x" + ")" * NESTED, 0.5, 1),
        ("max(-1, " * 20_000 + "x" + ")" * 20_000, 0.5, 1),
        ("where(x > 0, " * 20_000 + "x" + ", 1)" * 20_000, 0.5, 1),
        ("where(" + "not " * 20_000 + "x > 0, x, 1)", 0.5, 1),
        ("where(" + "(" * 20_000 + "x > 0" + ")" * 20_000 + ", x, 1)", 0.5, 1),
        ("x" + " + 1" * NESTED, NESTED + 0.5, 1),
        ("1^" * NESTED + "x", 1, 0),
        ("max(" + "x, " * NESTED + "1)", 1, 0),
        ("s0 = x\n" + "".join(f"s{i} = s{i - 1} + 0\n" for i in range(1, NESTED)), 0.5, 1),
        ("x;" + ";" * NESTED, 0.5, 1),
        ("x # " + "comment " * NESTED, 0.5, 1),
        ("x" + "\n" * NESTED, 0.5, 1),
    ],
    ids=["parentheses", "signs", "plus-minus", "minus-parentheses", "calls", "max", "where", "not", "conditions",
         "sum", "powers",
         "arguments", "steps", "semicolons", "comment", "lines"],
)  # fmt: skip
def test_twenty_thousand(text: str, value: float, slope: float) -> None:
    """Nested parentheses, signs and calls, long sums, programs of named steps."""
    found = evaluated(text)
    assert value == found["value"]
    assert {"x": slope} == found["gradient"]
    assert len(found["expression"]) == len(text)


def test_an_expression_that_is_too_long_is_refused_at_once() -> None:
    """Before anything is parsed."""
    outcome = run("eval", "-", "--at", "x=0.5", stdin=b"(" * 2_000_001)
    assert outcome == (
        2,
        "",
        "gradcli: the expression has 2,000,001 characters; the limit is 2,000,000 (see --max-length)\n",
    )


def test_many_variables() -> None:
    """Fifty thousand variables with values from a JSON object."""
    names = [f"x{index}" for index in range(50_000)]
    point = json.dumps(dict.fromkeys(names, 1)).encode()
    text = " + ".join(names)
    outcome = run("eval", text, "--at", "-", "--json", stdin=point)
    found = json.loads(outcome.out)
    assert 50_000 == found["value"]
    assert names == list(found["gradient"])


def test_a_long_point() -> None:
    """Five thousand pairs as text, each a constant expression."""
    names = [f"x{index}" for index in range(5_000)]
    point = ",".join(f"{name}=1/2" for name in names)
    assert 2_500 == json.loads(run("eval", " + ".join(names), "--at", point, "--json").out)["value"]


def test_the_round_trip_of_large_graphs() -> None:
    """The formatter is no deeper than the parser."""
    for text in (
        "sin(" * 20_000 + "x" + ")" * 20_000,
        "x" + "^x" * 20_000,
        "s = x*x\n" + "t = s + 1\n" + "t" + "*s" * 20_000,
    ):
        graph = parse(text)
        assert graph == parse(format_graph(graph))


@pytest.mark.parametrize("name", SHAPES)
def test_work_grows_linearly(name: str) -> None:
    """Twice the size takes twice the steps through parse, both passes and the trace, with a little to spare."""
    shape = SHAPES[name]

    def everything(size: int) -> None:
        result = gradient(shape(size), {"x": 0.5})
        result.as_dict()
        for row in result.trace().rows():
            row.as_dict()

    everything(10)
    small, large = (calls_of(partial(everything, size)) for size in (200, 400))
    assert large < 2.2 * small


def test_memory_of_parsing_grows_linearly() -> None:
    """No hidden copies: the peak for twice the text is about twice as high."""

    def peak(size: int) -> int:
        return peak_of(lambda: parse("x" + " + x*2" * size))

    assert peak(4_000) < 2.3 * peak(2_000)

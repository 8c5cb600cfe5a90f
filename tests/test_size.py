"""Large inputs: they go through parse, forward, backward and JSON at the default recursion limit, in linear work."""

import gc
import json
import sys
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import pytest

from gradcli.api import gradient
from gradcli.language import parser
from gradcli.language.format import format_graph
from gradcli.language.parser import parse
from tests.helpers.running import run
from tests.helpers.shapes import SHAPES
from tests.helpers.work import calls_of, peak_of


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


Deep = tuple[Callable[[int], str], Callable[[int], float], float]
DEEP: dict[str, Deep] = {  # a text of a size, its value at x = 0.5, and its slope
    "parentheses": (lambda n: "(" * n + "x" + ")" * n, lambda _: 0.5, 1),
    "signs": (lambda n: "-" * n + "x", lambda _: 0.5, 1),
    "plus-minus": (lambda n: "+-" * n + "x", lambda _: 0.5, 1),
    "minus-parentheses": (lambda n: "-(" * n + "x" + ")" * n, lambda _: 0.5, 1),
    "calls": (lambda n: "relu(" * n + "x" + ")" * n, lambda _: 0.5, 1),
    "max": (lambda n: "max(-1, " * n + "x" + ")" * n, lambda _: 0.5, 1),
    "where": (lambda n: "where(x > 0, " * n + "x" + ", 1)" * n, lambda _: 0.5, 1),
    "not": (lambda n: "where(" + "not " * n + "x > 0, x, 1)", lambda _: 0.5, 1),
    "conditions": (lambda n: "where(" + "(" * n + "x > 0" + ")" * n + ", x, 1)", lambda _: 0.5, 1),
    "sum": (lambda n: "x" + " + 1" * n, lambda n: n + 0.5, 1),
    "powers": (lambda n: "1^" * n + "x", lambda _: 1, 0),
    "arguments": (lambda n: "max(" + "x, " * n + "1)", lambda _: 1, 0),
    "steps": (lambda n: "s0 = x\n" + "".join(f"s{i} = s{i - 1} + 0\n" for i in range(1, n)), lambda _: 0.5, 1),
    "semicolons": (lambda n: "x;" + ";" * n, lambda _: 0.5, 1),
    "comment": (lambda n: "x # " + "comment " * n, lambda _: 0.5, 1),
    "lines": (lambda n: "x" + "\n" * n, lambda _: 0.5, 1),
}


def check_deep(name: str, size: int) -> None:
    """Value, gradient and the whole text come out."""
    make, value, slope = DEEP[name]
    text = make(size)
    found = evaluated(text)
    assert (value(size), {"x": slope}, len(text)) == (found["value"], found["gradient"], len(found["expression"]))


@pytest.mark.parametrize("name", DEEP)
def test_deeper_than_the_recursion_limit(name: str) -> None:
    """Nested parentheses, signs and calls, long sums, programs of named steps; deeper ones in tests/sweeps."""
    check_deep(name, 2 * sys.getrecursionlimit())


def test_an_expression_that_is_too_long_is_refused_at_once() -> None:
    """Before anything is parsed."""
    outcome = run("eval", "-", "--at", "x=0.5", stdin=b"(" * 2_000_001)
    assert outcome == (
        2,
        "",
        "gradcli: the expression has 2,000,001 characters; the limit is 2,000,000 (see --max-length)\n",
    )


@pytest.mark.sampled(2)
@pytest.mark.parametrize("count", [3_000, 50_000])
def test_many_variables(count: int) -> None:
    """Thousands of variables with values from a JSON object."""
    names = [f"x{index}" for index in range(count)]
    point = json.dumps(dict.fromkeys(names, 1)).encode()
    text = " + ".join(names)
    outcome = run("eval", text, "--at", "-", "--json", stdin=point)
    found = json.loads(outcome.out)
    assert count == found["value"]
    assert names == list(found["gradient"])


@pytest.mark.sweep
def test_a_long_point() -> None:
    """Five thousand pairs as text, each a constant expression."""
    names = [f"x{index}" for index in range(5_000)]
    point = ",".join(f"{name}=1/2" for name in names)
    assert 2_500 == json.loads(run("eval", " + ".join(names), "--at", point, "--json").out)["value"]


@pytest.mark.sampled(2)
@pytest.mark.parametrize("count", [1_500, 20_000])
def test_the_round_trip_of_large_graphs(count: int) -> None:
    """The formatter is no deeper than the parser."""
    for text in (
        "sin(" * count + "x" + ")" * count,
        "x" + "^x" * count,
        "s = x*x\n" + "t = s + 1\n" + "t" + "*s" * count,
    ):
        graph = parse(text)
        assert graph == parse(format_graph(graph))


@pytest.mark.sampled(2)
@pytest.mark.parametrize("name", SHAPES)
def test_work_grows_linearly(name: str) -> None:
    """Of small ones; of larger ones in tests/sweeps."""
    check_work(name, 50)


def check_work(name: str, count: int) -> None:
    """Twice the size takes twice the steps through parse, both passes and the trace, with a little to spare."""
    shape = SHAPES[name]

    def everything(size: int) -> None:
        result = gradient(shape(size), {"x": 0.5})
        result.as_dict()
        for row in result.trace().rows():
            row.as_dict()

    everything(10)
    small, large = (calls_of(partial(everything, size)) for size in (count, 2 * count))
    assert large < 2.2 * small


@pytest.mark.sampled(2)
@pytest.mark.parametrize("count", [100, 2_000])
def test_memory_of_parsing_grows_linearly(count: int) -> None:
    """No hidden copies: the peak for twice the text is about twice as high."""

    def peak(size: int) -> int:
        return peak_of(lambda: parse("x" + " + x*2" * size))

    assert peak(2 * count) < 2.3 * peak(count)


class _Watched(str):
    """A text that counts the characters of the pieces that are cut from it."""

    __slots__ = ("cut",)
    cut: int

    def __getitem__(self, key: Any) -> str:
        """A piece."""
        found = super().__getitem__(key)
        self.cut += len(found)
        return found


@pytest.mark.parametrize("statement", ["s{1} = s{0} + x", "f{1}(t) = t*x"])
def test_no_statement_copies_what_follows_it(statement: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor what is before it: that would be quadratic work in few calls."""
    text = _Watched("s0 = x\n" + "".join(statement.format(n - 1, n) + "\n" for n in range(1, 500)) + "x")
    text.cut = 0
    monkeypatch.setattr(parser, "plain", lambda _: text)
    parse("x")
    assert text.cut < 4 * len(text)

"""What the rows of a trace do, in words."""

import re
from collections.abc import Iterator
from math import isclose
from typing import Any

import pytest

from gradcli.api import gradient
from gradcli.errors import GradcliError
from gradcli.operators.records import Operator
from gradcli.report.explained import sentence, written
from gradcli.report.notation import ARTICLE, UNICODE
from gradcli.trace.rows import Row
from gradcli.trace.sentences import Explanation, LocalDerivative, Sum
from tests.helpers.calls import call
from tests.helpers.rows import of
from tests.helpers.running import run
from tests.helpers.samples import ordinary, places


def sentences(row: Row) -> list[Explanation]:
    """All sentences of a row."""
    return [*row.on_inputs, *(product.explanation for product in row.outputs), *row.on_outputs]


def kinds(text: str, at: dict[str, float], kink: str = "branch") -> str:
    """The kinds of all sentences of the backward pass, in order."""
    rows = gradient(text, at, kink=kink).trace(explain=True).backward()
    return " ".join(said.kind for row in rows for said in sentences(row))


@pytest.mark.parametrize(
    ("expected", "text", "x"),
    [
        ("begins passes constant", "x + 1", 1), ("begins sign constant", "1 - x", 1),
        ("begins other constant", "2*x", 1), ("begins tie constant", "max(x, 0)", 0),
        ("begins divisor constant", "x/2", 1), ("begins own", "exp(x)", 1), ("begins general", "sin(x)", 1),
        ("begins flat", "floor(x)", 0.5), ("begins open", "relu(x)", 1), ("begins closed", "relu(x)", -1),
        ("begins taken constant", "max(x, 0)", 1), ("begins left constant", "max(x, 0)", -1),
        ("begins tied constant", "max(0, x)", 0),
        ("begins taken constant", "where(x > 0, x, 2)", 1), ("begins taken", "abs(x)", 1),
        ("begins sign", "abs(x)", -1), ("begins left constant constant", "clip(x, 0, 1)", 2),
        ("begins other other fork", "x*x", 2),
        ("begins open", "relu(x)", 0), ("begins kink-taken", "abs(x)", 0), ("begins jump", "floor(x)", 1),
        ("begins kink-taken constant constant", "clip(x, 0, 0)", 0), ("begins jump constant", "mod(x, 2)", 2),
        ("begins flat", "round(x)", 0), ("begins cone cone fork", "hypot(x, x)", 0),
        ("begins constant not-taken", "where(x > 0, x, 2)", 0), ("no-way", "where(x > 0, 1, 2)", 0),
        ("unused unused", "s = -x; 1*2", 0),
        ("begins closed stopped constant", "relu(2*x)", -1), ("begins other held", "detach(x)*x", 2),
    ],
)  # fmt: skip
def test_kinds_of_sentences(expected: str, text: str, x: float) -> None:
    """By the rule of the row, by the branch that is taken, by what comes in."""
    assert expected == kinds(text, {"x": x})


@pytest.mark.parametrize(
    ("text", "at", "node", "said"),
    [
        ("relu(a)", "a=0", "a = 0: slope 0 by the rule minnorm (kink)", "chosen"),
        ("abs(a)", "a=0", "a = 0: slope 0 by the rule minnorm (kink)", "chosen"),
        ("leaky_relu(a, 2)", "a=0", "a = 0: slope 1 by the rule minnorm (kink)", "chosen constant"),
        ("clip(a, -1, b)", "a=1,b=1", "a > -1, a = b: slope 0 by the rule minnorm (kink)", "chosen constant chosen"),
        ("max(a, b)", "a=2,b=2", "a = b: gradient shared equally (tie)", "shared shared"),
        ("max(a, b, c)", "a=2,b=1,c=2", "a = c: gradient shared equally (tie)", "shared untied shared"),
        ("max(a, a)", "a=2", "gradient shared equally", "shared shared fork"),
        ("0*relu(a)", "a=0", "a = 0: slope 0 by the rule minnorm", "other constant stopped"),
        ("max(a, b)", "a=2,b=1", "takes a", "taken left"), ("relu(a)", "a=1", "a > 0: open", "open"),
        ("elu(a)", "a=0", "a = 0: takes a", "taken"),
        ("max(a, a, b)", "a=2,b=1", "shared equally", "shared shared untied fork"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("options", [(), ("--fractions",)])
def test_the_rule_minnorm_is_said(text: str, at: str, node: str, said: str, options: tuple[str, ...]) -> None:
    """In the node's cell and in the sentences: there the slope that is used is no branch's own, but may be."""
    point = {name: float(value) for name, value in (pair.split("=") for pair in at.split(","))}
    found = kinds(text, point, "minnorm").split()[1:]
    assert sorted(found) == sorted(said.split())
    table = run("eval", text, "--at", at, "--kink", "minnorm", "--trace", "--format", "markdown", *options).out
    assert f"), {node} |" in table or f"{node} |" in table
    assert "open (kink)" not in table


def test_of_equal_arguments_one_is_the_first() -> None:
    """What is smaller than these is none of them."""
    assert kinds("max(x, y, 1)", {"x": 2, "y": 2}) == "begins tie tied constant"
    assert kinds("max(x, y, z)", {"x": 2, "y": 2, "z": 1}) == "begins tie tied untied"


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        ("Mul node: the incoming 1 times z = 4, the value from the other input, is 4", "a*z"),
        ("乗算ノード: 流れてきた 1 に、進む先以外から来た z = 4 を掛けて 4", "a*z"),
        ("Div node: the incoming 1 divided by z = 4, the denominator, is 0.25", "a/z"),
        ("Power node: the incoming 1 times the local derivative 3·a^2 = 3 × 9 = 27, is 27", "a^3"),
        ("sigmoid node: the incoming 1 times the local derivative y·(1 - y) ≈ 0.952574 × 0.0474259 ≈ 0.0451767,"
         " is ≈ 0.0451767", "sigmoid(a)"),
        ("sigmoid node: the incoming 1 times the local derivative y·sigmoid(-s) ≈ 1 × 7.66765e-53 ≈ 7.66765e-53,"
         " is ≈ 7.66765e-53", "sigmoid(a*40)"),
        ("cos node: the incoming 1 times the local derivative -sin(a) = -sin(3) ≈ -0.14112, is ≈ -0.14112", "cos(a)"),
        ("Fork: a is used 2 times, and its gradients add up: 3 + 3 = 6", "a*a"),
        ("枝分かれ: a は 2 か所で使われるので、流れてきた勾配を足します: 3 + 3 = 6", "a*a"),
        ("ReLU node: closed, as s < 0: s gets 0", "relu(-a)"),
        ("ReLUノード: s < 0 なので通しません。s へは 0 を流します", "relu(-a)"),
        ("ReLU node: open, as by convention at its kink s = 0: the incoming 1 goes on to s as it is", "relu(a-3)"),
        ("ReLUノード: 取り決め (s = 0 は微分できない点) なので通します。流れてきた 1 をそのまま s へ流します",
         "relu(a - 3)"),
        ("floorノード: 不連続点なので、取り決めですぐ隣の傾き 0 を使います。流れてきた 1 に 0 を掛けて 0", "floor(a)"),
        ("max node: equal arguments: the first of them, a, gets the whole incoming 1", "max(a, 3)"),
        ("hypot node: at its kink the slope 0 is used by convention: the incoming 1 times 0 is 0", "hypot(a-3, a-3)"),
        ("Nothing goes to -2: it is a constant", "a*-2"), ("Nothing goes to pi: it is a constant", "a*pi"),
    ],
)  # fmt: skip
def test_sentences(expected: str, text: str) -> None:
    """To the character, in both languages; of a local derivative the textbook's form, unless it loses the digits."""
    rows = gradient(text, {"a": 3, "z": 4}).trace(explain=True).backward()
    notation = UNICODE if expected.isascii() or not re.search("[ぁ-ん]", expected) else ARTICLE
    assert expected in [sentence(said, notation) for row in rows for said in sentences(row)]


@pytest.mark.parametrize(
    ("expected", "text"),
    [("1 divided by z = 3, the denominator, is 1/3", "a/z"), ("derivative -a/z^2 = (-1/2) / 9 = -1/18, is", "a/z"),
     ("derivative 2·a = 2 × (1/2) = 1, is 1", "a^2"), ("derivative cos(s) = cos(0) = 1, is 1", "sin(a - a)")],
)  # fmt: skip
def test_fractions(expected: str, text: str) -> None:
    """The numbers in formulas are fractions too."""
    options = ("--explain", "--fractions", "--format", "markdown")
    assert expected in run("eval", text, "--at", "a=0.5,z=3"[: None if "z" in text else 5], *options).out


def test_what_is_no_number_compares_with_none() -> None:
    """In IEEE arithmetic it closes relu, on neither side of 0."""
    trace = gradient("relu(log(a))", {"a": -1}, allow_nonfinite=True).trace(explain=True)
    texts = [sentence(said, UNICODE) for row in trace.backward() for said in sentences(row)]
    assert "ReLU node: closed, as s = nan: s gets 0" in texts


# Every row of the operator table


def explained(row: Operator) -> Iterator[tuple[Explanation, dict[str, Any]]]:
    """The sentences on a row of the operator table, at points on each of its branches, with all values."""
    for point in ordinary(row)[::5]:
        names = [f"x{index}" for index in range(len(point))]
        at = dict(zip(names, map(float, point), strict=True))
        wrt = [names[index] for index in places(row, len(point))]
        try:
            trace = gradient(call(row, names), at, wrt).trace(explain=True)
        except GradcliError:
            continue  # the call has another value for an order
        values = at | {trace.output: trace.here.values[trace.graph.output]}
        for found in trace.backward():
            yield from ((said, values) for said in sentences(found))


def value(text: str, at: dict[str, Any]) -> float:
    """What an expression is as it is printed."""
    return gradient(text.replace("·", "*").replace("×", "*"), at, []).value


def check(text: str, at: dict[str, Any]) -> None:
    """A formula, perhaps an operation over numbers, and a number: each is the next one, exactly where `=` says so."""
    *parts, number = re.split(" [=≈] ", text)
    signs = re.findall(" [=≈] ", text)
    for place, part in enumerate(parts):
        if "∂" in part:
            continue
        exact = place == len(parts) - 1 and set(signs) == {" = "} and "(" not in part
        room = 1e-15 if exact else 1e-3
        assert isclose(value(part, at), float(number), rel_tol=room, abs_tol=1e-12), text


@pytest.mark.sampled(3)
@of(lambda row: row.partials and not row.held)
def test_every_row_says_what_it_does(row: Operator) -> None:
    """In both languages, with the same numbers, which multiply and add up as they are printed."""
    seen = 0
    for said, at in explained(row):
        seen += said.kind != "begins"
        texts = [sentence(said, notation) for notation in (UNICODE, ARTICLE)]
        numbers = [sorted(re.findall(r"-?\d[\d.]*(?:e-?\d+)?", text)) for text in texts]
        assert numbers[0] == numbers[1] or said.kind in ("tie", "tied"), texts
        assert re.search("[ぁ-んァ-ヶ一-龠]", texts[1]), texts
        for fact in said.facts.values():
            if isinstance(fact, (LocalDerivative, Sum)):
                check(written(fact, UNICODE), at)
    assert seen


def test_the_command_says_it() -> None:
    """With --explain, which implies --trace."""
    outcome = run("eval", "a*x", "--at", "a=2,x=3", "--explain", "--lang", "ja", "--format", "markdown")
    assert "<br>乗算ノード: 流れてきた 1 に、進む先以外から来た x = 3 を掛けて 3<br>" in outcome.out

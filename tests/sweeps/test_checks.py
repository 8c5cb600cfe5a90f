"""`gradcli check` on many expressions, and on derivatives in SymPy's forms."""

import signal
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from random import Random
from typing import Any

import pytest
import sympy

from gradcli.api import gradient
from gradcli.check.judge import judge
from gradcli.check.trials.claims import read_claims
from gradcli.errors import GradcliError
from gradcli.language.parser import parse
from gradcli.operators.records import Operator
from tests.check.branches.test_search import AT, EDGES, IN_ALL, IN_ONE, MEETING
from tests.check.test_taylor import FACTORS, SLOPED, check_wrong_rule
from tests.helpers.branching import check_exclusions
from tests.helpers.examples import mixed
from tests.helpers.judging import judged, own_claims, verdicts
from tests.helpers.random_expressions import examples, hostile

UNARY = (
    "exp({})", "log({})", "sqrt({})", "sin({})", "cos({})", "tan({})", "asin({})", "atan({})", "sinh({})", "cosh({})",
    "tanh({})", "asinh({})", "({})^2", "({})^3", "({})^(-1)", "-({})",
)  # fmt: skip
BINARY = ("({}) + ({})", "({}) - ({})", "({})*({})", "({})/({})", "({})^({})")
FORMS = (sympy.expand, sympy.together, sympy.factor, sympy.simplify)
SECONDS = 1.5  # for one form


class _TooLongError(Exception):
    """SymPy takes too much time."""


@contextmanager
def _limited() -> Iterator[None]:
    def stop(*_: Any) -> None:
        raise _TooLongError

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _text(random: Random, depth: int) -> str:
    if depth == 0 or random.random() < 0.1:
        return random.choice(("x", "y", "x", "2", "3"))
    pattern = random.choice(UNARY if random.random() < 0.5 else BINARY)
    return pattern.format(*(_text(random, depth - 1) for _ in range(pattern.count("{}"))))


def _form(text: str, rewrite: Callable[[Any], Any]) -> str:
    """The derivative for x in one form, "" where SymPy has none that is a text of gradcli's language."""
    names = {"x": sympy.Symbol("x", real=True), "y": sympy.Symbol("y", real=True)}
    with suppress(_TooLongError, TypeError, ValueError, NotImplementedError), _limited():
        derivative = sympy.diff(sympy.sympify(text.replace("^", "**"), locals=names), names["x"])
        written = str(rewrite(derivative)).replace("**", "^").replace("E", "e").replace("Abs", "abs")
        return "" if any(sign in written for sign in ("I", "zoo", "nan", "Piecewise", "Derivative")) else written
    return ""


def claims() -> Iterator[tuple[str, dict[str, float], str]]:
    """Expressions, points, and right claims."""
    random = Random(11)
    for _ in range(600):
        text = _text(random, random.randrange(1, 4))
        at = {name: random.uniform(-2, 2) for name in parse(text).variables}
        try:
            is_clean = "x" in at and not gradient(text, at).notes
        except GradcliError:
            continue
        written = {_form(text, rewrite) for rewrite in FORMS} - {""} if is_clean else set()
        yield from ((text, at, form) for form in sorted(written))


def test_right_claims_in_the_forms_of_algebra() -> None:
    """None is wrong but a form without a value at any of the points, which is then said."""
    found = Counter[str]()
    for text, at, form in claims():
        graph = parse(text)
        try:
            verdict = judge(graph, at, read_claims(graph, [f"x={form}"]))[0]
        except GradcliError:
            continue  # a function that gradcli has not
        found[verdict.verdict] += 1
        if verdict.verdict == "wrong":
            assert verdict.remark is not None, (text, at, form)
            assert "undefined" == verdict.remark[0], (text, at, form)
    assert found.total() > 400
    assert found["right"] > 0.98 * found.total()


@pytest.mark.parametrize("seed", range(2))
def test_a_right_gradient_is_never_wrong(seed: int) -> None:
    """On thousands of expressions, as hostile as in the quick test."""
    for example in hostile(4_000, 100 + seed):
        assert [] == [one for one in verdicts(example) if one.verdict == "wrong"], example


@pytest.mark.parametrize("factor", FACTORS)
@pytest.mark.parametrize("row", SLOPED, ids=[row.name for row in SLOPED])
def test_a_wrong_rule_is_found(row: Operator, factor: float) -> None:
    """By each factor."""
    check_wrong_rule(row, factor)


def test_own_derivatives_of_tame_expressions() -> None:
    """Nearly all are right."""
    found = Counter[str]()
    for example in list(mixed().values())[::40]:
        for verdict in own_claims(example):
            assert "wrong" != verdict.verdict, (example, verdict)
            found[verdict.verdict] += 1
    assert found["right"] + found["right-where-tried"] > 0.95 * found.total()


def test_own_derivatives_of_hostile_expressions() -> None:
    """None is wrong."""
    for example in hostile(80, 5):
        for verdict in own_claims(example):
            assert "wrong" != verdict.verdict, (example, verdict)


def test_branches_that_are_taken_together_do_not_exclude_each_other() -> None:
    """At random points of many expressions."""
    assert check_exclusions([example.text for example in examples()[:200]], 20) > 500


BRANCHED = [*((*row, "wrong") for row in (*IN_ONE, *MEETING)), *EDGES, *((*row, "right") for row in IN_ALL)]


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize(("text", "claim", "verdict"), BRANCHED)
def test_branches_are_found_from_other_points(text: str, claim: str, verdict: str, seed: int) -> None:
    """With other random points than those of the quick test."""
    found = judged(text, AT, claim, seed)
    assert verdict == found.verdict
    assert found.remark is None or (text, claim) not in IN_ALL

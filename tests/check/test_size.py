"""The work of `gradcli check` is in proportion to the graph: counted in calls, so that the machine does not matter."""

from collections.abc import Callable
from functools import partial

import pytest

from gradcli.check.agreements import agreements
from gradcli.check.judge import WORK, judge
from gradcli.check.trials.claims import read_claims
from gradcli.language.parser import parse
from tests.helpers.judging import claimed
from tests.helpers.shapes import chain, layer, wide
from tests.helpers.work import calls_of, peak_of

FORMS = ("relu(x{0} - 0.5)", "max(x{0}, 0.5)", "where(x{0} > 0.5, x{0}, 0)")
CLAIMS = ("x{0}=1", "x{0}=0", "x{0}=2*x{0}")


TEXTS = (layer, chain, wide)
WRONG = ("=17", "=x*1.5")
MANY = ("w{0}=tanh(x{0})", "w{0}=2.2*tanh(x{0})", "w{0}=17")


@pytest.mark.sampled(3)
@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("claim", WRONG)
def test_one_claim(text: Callable[[int], str], claim: str) -> None:
    """About a small expression; about larger ones in tests/sweeps."""
    check_one_claim(text, claim, 18)


def check_one_claim(text: Callable[[int], str], claim: str, count: int) -> None:
    """A wrong one, as a number and as an expression: twice the nodes, twice the work."""
    small, large = (parse(text(size)) for size in (count, 2 * count))
    name = next(iter(small.variables))
    claims = [name + claim.replace("x", name)]
    claimed(parse(text(6)), claims)
    assert calls_of(partial(claimed, large, claims)) < 2.3 * calls_of(partial(claimed, small, claims))


@pytest.mark.sampled(3)
@pytest.mark.parametrize("claim", MANY)
def test_many_claims(claim: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Some of them; more in tests/sweeps."""
    check_many_claims(claim, 15, monkeypatch)


def check_many_claims(claim: str, count: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """One for each variable, right and wrong: what wrong ones are consistent with is said of some of them."""
    monkeypatch.setattr("gradcli.check.judge.WORK", count * WORK // 6_000)
    work = []
    for size in (count, 2 * count):
        claims = [claim.format(number) for number in range(size // 2)]
        work.append(calls_of(partial(claimed, parse(layer(size)), claims)))
    assert work[1] < 2.3 * work[0]


def check_many_claims_at_kinks(form: str, claim: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both sides are asked for up to a limit."""
    monkeypatch.setattr("gradcli.check.judge.WORK", 500)
    monkeypatch.setattr("gradcli.check.branches.sides.SWEEPS", 2_500)
    monkeypatch.setattr("gradcli.check.branches.sides.BESIDE_WORK", 500)
    work = []
    for size in (20, 40):
        graph = parse(" + ".join(form.format(number) for number in range(size)))
        work.append(calls_of(partial(claimed, graph, [claim.format(number) for number in range(size)])))
    assert work[1] < 2.3 * work[0]


@pytest.mark.sampled(5)
@pytest.mark.parametrize(("form", "claim"), list(zip(FORMS, CLAIMS, strict=True)))
def test_many_claims_at_kinks(form: str, claim: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of each form and each claim one; all of them in tests/sweeps."""
    check_many_claims_at_kinks(form, claim, monkeypatch)


@pytest.mark.sweep
def test_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same however many random points there are: their samples are not kept."""
    graph = parse(" + ".join(f"sin({number}*x)" for number in range(1, 12)))
    claims = read_claims(graph, ["x=cos(x)"])
    peaks = []
    for count in (1, 3, 12):  # the first one fills the caches
        monkeypatch.setattr("gradcli.check.trials.samples.SAMPLES", count)
        # The lesser of two: a table of the interpreter may happen to grow in one.
        peaks.append(min(peak_of(lambda: judge(graph, {"x": 0.5}, claims)) for _ in range(2)))
    assert peaks[2] < 1.2 * peaks[1]


def test_many_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each alone up to the same limit as variables, the others left out."""
    monkeypatch.setattr("gradcli.check.agreements.WORK", 2_000)
    monkeypatch.setattr("gradcli.check.exactly.WORK", 0)  # what is done with many digits has a limit of its own
    work = []
    for size in (60, 120):
        graph = parse("; ".join(f"s{number} = sin({f's{number - 1}' if number else 'x'})" for number in range(size)))
        work.append(calls_of(partial(agreements, graph, {"x": 0.5}, list(graph.steps))))
    assert work[1] < 2.3 * work[0]


def test_no_claims(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each variable alone up to a limit, the others together."""
    monkeypatch.setattr("gradcli.check.agreements.WORK", 1_000)
    work = []
    for size in (100, 200):
        graph = parse(layer(size))
        at = dict.fromkeys(graph.variables, 0.5)
        work.append(calls_of(partial(agreements, graph, at, list(graph.variables))))
    assert work[1] < 2.3 * work[0]

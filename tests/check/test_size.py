"""The work of `gradcli check` is in proportion to the graph: counted in calls, so that the machine does not matter."""

from collections.abc import Callable
from functools import partial

import pytest

from gradcli.check.itself import compare
from gradcli.check.verdicts import WORK
from gradcli.parser import parse
from tests.benchmarks.check import chain, claimed, layer, wide
from tests.test_size import calls_of


@pytest.mark.parametrize("text", [layer, chain, wide])
@pytest.mark.parametrize("claim", ["=17", "=x*1.5"])
def test_one_claim(text: Callable[[int], str], claim: str) -> None:
    """A wrong one, as a number and as an expression: twice the nodes, twice the work."""
    small, large = (parse(text(size)) for size in (100, 200))
    name = next(iter(small.variables))
    claims = [name + claim.replace("x", name)]
    assert calls_of(partial(claimed, large, claims)) < 2.3 * calls_of(partial(claimed, small, claims))


@pytest.mark.parametrize("claim", ["w{0}=tanh(x{0})", "w{0}=2.2*tanh(x{0})", "w{0}=17"])
def test_many_claims(claim: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """One for each variable, right and wrong: what wrong ones are consistent with is said of some of them."""
    monkeypatch.setattr("gradcli.check.verdicts.WORK", WORK // 100)
    work = []
    for size in (100, 200):
        claims = [claim.format(number) for number in range(size // 2)]
        work.append(calls_of(partial(claimed, parse(layer(size)), claims)))
    assert work[1] < 2.3 * work[0]


def test_no_claims(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each variable alone up to a limit, the others together."""
    monkeypatch.setattr("gradcli.check.itself.WORK", 1_000)
    work = []
    for size in (200, 400):
        graph = parse(layer(size))
        at = dict.fromkeys(graph.variables, 0.5)
        work.append(calls_of(partial(compare, graph, at, list(graph.variables))))
    assert work[1] < 2.3 * work[0]

"""The derivatives that gradcli itself writes, claimed: none may be called wrong."""

from collections import Counter
from collections.abc import Iterator

from gradcli.check.claims import read_claims
from gradcli.check.judge import judge
from gradcli.check.verdicts import Verdict
from gradcli.language.format import format_graph
from gradcli.language.parser import parse
from gradcli.symbolic.derive import derive
from gradcli.symbolic.programs import program
from tests.helpers.examples import ALL
from tests.helpers.random_expressions import Example, hostile


def own_claims(example: Example) -> Iterator[Verdict]:
    """The verdict on each derivative."""
    graph = parse(example.text)
    derivatives = derive(graph, list(graph.variables))
    for name in graph.variables:
        text = format_graph(program(derivatives.graph, derivatives.root(name)), inline=True)
        yield judge(graph, example.at, read_claims(graph, [f"{name}={text}"]))[0]


def test_of_tame_expressions() -> None:
    """Nearly all are right."""
    found = Counter[str]()
    for example in list(ALL.values())[::10]:
        for verdict in own_claims(example):
            assert "wrong" != verdict.verdict, (example, verdict)
            found[verdict.verdict] += 1
    assert found["right"] > 0.95 * found.total()


def test_of_hostile_expressions() -> None:
    """Where rounding, oscillation, poles, bends and edges of conditions make it hard to tell."""
    for example in hostile(200, 5):
        for verdict in own_claims(example):
            assert "wrong" != verdict.verdict, (example, verdict)

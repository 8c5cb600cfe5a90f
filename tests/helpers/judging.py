"""What gradcli check says of claims, and of its own gradient."""

from collections.abc import Iterator, Mapping

from gradcli.check.agreements import Agreement, agreements
from gradcli.check.judge import judge
from gradcli.check.trials.claims import read_claims
from gradcli.check.verdicts import Verdict
from gradcli.graph import Graph
from gradcli.language.format import format_graph
from gradcli.language.parser import parse
from gradcli.symbolic.derive import derive
from gradcli.symbolic.programs import program
from tests.helpers.random_expressions import Example


def judged(text: str, at: Mapping[str, float], claim: str, seed: int = 0) -> Verdict:
    """The verdict on one claim."""
    graph = parse(text)
    return judge(graph, {name: at[name] for name in graph.variables}, read_claims(graph, [claim]), seed)[0]


def claimed(graph: Graph, claims: list[str]) -> None:
    """The claims, judged."""
    judge(graph, dict.fromkeys(graph.variables, 0.5), read_claims(graph, claims))


def verdicts(example: Example) -> Iterator[Agreement]:
    """For all variables and named steps."""
    graph = parse(example.text)
    return iter(agreements(graph, example.at, [*graph.variables, *graph.steps]))


def said(text: str, at: str, *claims: str) -> list[str]:
    """What is said of the last claim, which must be wrong."""
    graph = parse(text)
    point = {name: float(value) for name, value in (pair.split("=") for pair in at.split(","))}
    verdict = judge(graph, point, read_claims(graph, list(claims)))[-1]
    assert "wrong" == verdict.verdict
    return verdict.phrases("en")


def own_claims(example: Example) -> Iterator[Verdict]:
    """The verdict on each of gradcli's own derivatives."""
    graph = parse(example.text)
    derivatives = derive(graph, list(graph.variables))
    for name in graph.variables:
        text = format_graph(program(derivatives.graph, derivatives.root(name)), inline=True)
        yield judge(graph, example.at, read_claims(graph, [f"{name}={text}"]))[0]

"""Judges claims: tries them at the point and at random points, and explains the wrong ones."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import islice

from gradcli.check.claims import Claim
from gradcli.check.consistency import Candidates
from gradcli.check.mentions import Mentions
from gradcli.check.samples import Sample, inner_nodes, random_samples, sample
from gradcli.check.sides import LEAST, Neighbourhood
from gradcli.check.trials import CLEAR, Trial, tried
from gradcli.check.verdicts import Verdict, verdict_on
from gradcli.graph import Graph
from gradcli.language.format import format_graph
from gradcli.symbolic.derive import derive
from gradcli.symbolic.programs import program

MOST = 3  # mistakes that are named for one claim
WORK = 100_000  # claims times nodes up to which it is said of all wrong claims what they are consistent with
LONGEST = 80  # characters of a right formula that is shown


def judge(graph: Graph, at: Mapping[str, float], claims: Sequence[Claim], seed: int = 0) -> list[Verdict]:
    """The verdicts on the claims, at the point and at random points that the seed fixes.

    The work is in proportion to the graph and to the claims: in large graphs it is said of the first wrong claims alone
    what they are consistent with, and what the right formula is. Only two samples are kept at a time, the one at the
    point among them. The function has a finite value at the point.
    """
    here = sample(graph, at)
    assert here is not None, "the function has a value at the point"
    trials = {claim.name: [tried(claim, here)] for claim in claims}
    expressions = [claim for claim in claims if not claim.is_number]
    for found in random_samples(graph, at, seed) if expressions else ():
        for claim in expressions:
            trials[claim.name].append(tried(claim, found))
        del found
    around = Neighbourhood(here)
    verdicts = [verdict_on(claim, trials[claim.name], around) for claim in claims]
    wrong = [verdict for verdict in verdicts if verdict.verdict == "wrong"]
    explained = wrong[: max(LEAST, WORK // len(graph))]
    fittings = {
        verdict.claim.name: Candidates(graph, verdict.claim, [other.claim for other in wrong]) for verdict in explained
    }
    _narrow(here, trials, fittings)
    mentions = Mentions(graph)
    for place, verdict in enumerate(verdicts):
        claim = verdict.claim
        if claim.name in fittings:
            consistent = islice(fittings[claim.name].told(mentions, trials[claim.name], here), MOST)
            formula = "" if claim.is_number else _formula(graph, claim)
            verdicts[place] = replace(verdict, formula=formula, consistent=list(consistent))
    return verdicts


def breaks_first(graph: Graph, verdicts: Sequence[Verdict]) -> list[str]:
    """The wrong claims at which the backward pass goes wrong: none lies above them and another one lies below.

    A claim lies below another one if the gradient goes through the other one's node on its way there.
    """
    wrong = {verdict.claim.node: verdict.claim.name for verdict in verdicts if verdict.verdict == "wrong"}
    below, above = bytearray(len(graph)), bytearray(len(graph))  # whether there is a wrong one below, above
    nodes = inner_nodes(graph)
    for node in nodes:
        below[node] = any(below[x] or x in wrong for x in _passed_to(graph, node))
    for node in reversed(nodes):
        if above[node] or node in wrong:
            for x in _passed_to(graph, node):
                above[x] = 1
    return [wrong[node] for node in sorted(wrong, reverse=True) if below[node] and not above[node]]


def _passed_to(graph: Graph, node: int) -> list[int]:
    """The inputs to which a node passes its gradient on."""
    conditions = graph.operators[node].conditions
    return [x for index, x in enumerate(graph.inputs[node]) if index not in conditions]


def _narrow(here: Sample, trials: Mapping[str, Sequence[Trial]], fittings: Mapping[str, Candidates]) -> None:
    """Compare the mistakes with the claims at all points, one after the other."""
    for place in range(max((len(trials[name]) for name in fittings), default=0)):
        clear = [name for name in fittings if trials[name][place:] and trials[name][place].outcome in CLEAR]
        found = here if place == 0 else sample(here.graph, trials[clear[0]][place].at) if clear else None
        if found is not None:
            for name in clear:
                fittings[name].narrow(trials[name][place], found)


def _formula(graph: Graph, claim: Claim) -> str:
    if claim.name not in graph.variables and claim.name not in graph.steps:
        return ""
    derivatives = derive(graph, [claim.name])
    found = program(derivatives.graph, derivatives.root(claim.name))
    # The reader knows the steps of the expression, so the last statement is enough unless it speaks of others.
    shared = format_graph(found).split("; ")
    known = {statement.partition(" = ")[0] for statement in shared[:-1]} <= set(graph.steps)
    text = shared[-1] if known else format_graph(found, inline=True) if len(found) <= LONGEST else ""
    return text if len(text) <= LONGEST else ""

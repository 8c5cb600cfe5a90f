"""Judges claims: tries them at the point and at random points, and explains the wrong ones."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import islice

from gradcli.check.branches.coverage import Coverage
from gradcli.check.branches.sides import LEAST, allowed_beside
from gradcli.check.exactly import Exactly
from gradcli.check.mistakes.consistency import Candidates
from gradcli.check.trials.claims import Claim
from gradcli.check.trials.remarks import Mentions
from gradcli.check.trials.samples import Sample, random_samples, sample
from gradcli.check.trials.trials import Trial, tried
from gradcli.check.verdicts import Verdict, verdict_on
from gradcli.graph import Graph
from gradcli.language.format import format_graph, statements
from gradcli.symbolic.derive import derive
from gradcli.symbolic.programs import program

Watching = Callable[[Mapping[Claim, Trial], Sample], None]

MOST = 3  # mistakes that are named for one claim
WORK = 100_000  # claims times nodes up to which it is said of all wrong claims what they are consistent with
LONGEST = 80  # characters of a right formula that is shown


def judge(
    graph: Graph,
    at: Mapping[str, float],
    claims: Sequence[Claim],
    seed: int = 0,
    varied: Collection[str] | None = None,
    exactly: Exactly | None = None,
    watch: Watching | None = None,
) -> list[Verdict]:
    """The verdicts on the claims, at the point and at random points that the seed fixes. There the variables `varied`
    have other values (None: all variables), while the others are data that are held fixed. `exactly` compares with many
    digits. `watch` is shown the trials at each point.

    The work is in proportion to the graph and to the claims: in large graphs it is said of the first wrong claims alone
    what they are consistent with, and what the right formula is. Only two samples are kept at a time, the one at the
    point among them. The function has a finite value at the point.
    """
    here = sample(graph, at)
    assert here is not None, "the function has a value at the point"
    exactly = exactly or Exactly()
    coverage = Coverage(here, [claim for claim in claims if not claim.is_number], varied, seed)
    rounds = _rounds(here, claims, coverage, random_samples(graph, at, seed, varied), exactly, watch)
    around = exactly.around(here)
    verdicts = [verdict_on(claim, [tries[claim] for tries in rounds if claim in tries], around) for claim in claims]
    verdicts = [verdict.where_tried(coverage.untried(verdict.claim)) for verdict in verdicts]
    wrong = [verdict.claim for verdict in verdicts if verdict.verdict == "wrong" and not verdict.claim.is_element]
    explained = wrong[: max(LEAST, WORK // len(graph))]
    candidates = {claim: Candidates(graph, claim, wrong) for claim in explained}
    _narrow(here, rounds, candidates)
    mentions = Mentions(graph)
    return [
        replace(
            verdict,
            formula="" if verdict.claim.is_number else _formula(graph, verdict.claim),
            consistent=list(islice(candidates[verdict.claim].told(mentions, here), MOST)),
        )
        if verdict.claim in candidates
        else verdict
        for verdict in verdicts
    ]


def _rounds(
    here: Sample,
    claims: Sequence[Claim],
    coverage: Coverage,
    others: Iterable[Sample],
    exactly: Exactly,
    watch: Watching | None,
) -> list[dict[Claim, Trial]]:
    """The trials at one point after the other: of all claims at the point; of expressions at other ones, and at points
    on branches that these do not take.
    """
    refuted: set[Claim] = set()  # of those about elements, of which there are many

    def tries(found: Sample, these: Iterable[Claim]) -> dict[Claim, Trial]:
        """All these claims at a point."""
        made = {
            claim: exactly.settled(claim, found, tried(claim, found, claim in refuted), found is here)
            for claim in these
        }
        if found is not here:
            made = {claim: allowed_beside(claim, trial, found) for claim, trial in made.items()}
        coverage.add(found, made)
        refuted.update(claim for claim, trial in made.items() if claim.is_element and trial.outcome == "differs")
        if watch is not None:
            watch(made, found)
        return made

    rounds = [tries(here, claims)]
    expressions = [claim for claim in claims if not claim.is_number]
    for found in others if expressions else ():
        rounds.append(tries(found, expressions))
        del found
    for found, some in coverage.more() if expressions else ():
        rounds.append(tries(found, some))
        del found
    return rounds


def _narrow(here: Sample, rounds: Sequence[Mapping[Claim, Trial]], candidates: Mapping[Claim, Candidates]) -> None:
    """Compare the mistakes with the claims at all points, one after the other."""
    for tries in rounds:
        clear = {claim: tries[claim] for claim in candidates if claim in tries and tries[claim].is_clear}
        if clear:
            found = here if tries is rounds[0] else sample(here.graph, next(iter(clear.values())).at)
            assert found is not None, "the claims were tried there"
            for claim, trial in clear.items():
                candidates[claim].narrow(trial, found)


def breaks_first(graph: Graph, verdicts: Sequence[Verdict]) -> list[str]:
    """The wrong claims at which the backward pass goes wrong: none lies above them and another one lies below.

    A claim lies below another one if the gradient goes through the other one's node on its way there.
    """
    wrong = {verdict.claim.node: verdict.claim.name for verdict in verdicts if verdict.verdict == "wrong"}
    below, above = bytearray(len(graph)), bytearray(len(graph))  # whether there is a wrong one below, above
    edges = [(node, graph.inputs[node][index]) for node, index in graph.backward_edges(range(len(graph)))]
    for node, x in edges:
        below[node] |= below[x] or x in wrong
    for node, x in reversed(edges):
        above[x] |= above[node] or node in wrong
    return [wrong[node] for node in sorted(wrong, reverse=True) if below[node] and not above[node]]


def _formula(graph: Graph, claim: Claim) -> str:
    if claim.name not in graph.variables and claim.name not in graph.steps:
        return ""
    derivatives = derive(graph, [claim.name])
    found = program(derivatives.graph, derivatives.root(claim.name))
    # The reader knows the steps of the expression, so the last statement is enough unless it speaks of others.
    *shared, (_, text) = statements(found)
    if not {name for name, _ in shared} <= set(graph.steps):
        text = format_graph(found, inline=True) if len(found) <= LONGEST else ""
    return text if len(text) <= LONGEST else ""

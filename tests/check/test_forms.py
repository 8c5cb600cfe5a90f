"""Right claims in other forms and with smaller domains, and claims that are right at the point by chance."""

import pytest

from gradcli.check.claims import read_claims
from gradcli.language.format import format_graph
from gradcli.language.parser import parse
from gradcli.symbolic.derive import derive
from gradcli.symbolic.programs import program
from tests.helpers.claims import FORMS, NEAR_MISSES, POINT, SMALLER_DOMAINS
from tests.helpers.judging import judged


@pytest.mark.parametrize(("text", "claim"), FORMS, ids=map(" | ".join, FORMS))
def test_other_forms_are_right(text: str, claim: str) -> None:
    """At the point and at random points of the domain, with nothing to say but where a kink is near."""
    for seed in range(3):
        verdict = judged(text, POINT, claim, seed)
        assert ("right", []) == (verdict.verdict, verdict.phrases("en"))


@pytest.mark.parametrize(("text", "claim"), SMALLER_DOMAINS, ids=map(" | ".join, SMALLER_DOMAINS))
def test_a_smaller_domain_is_no_mistake(text: str, claim: str) -> None:
    """A formula that holds wherever it has a value is right; a point at which it has none is named."""
    for seed in range(3):
        verdict = judged(text, POINT, claim, seed)
        assert ("right", "undefined elsewhere") == (verdict.verdict, verdict.remark and verdict.remark[0])
        assert "it has no value at " in verdict.phrases("en")[0]
        wrong = judged(text, POINT, f"{claim} + ({claim[0]} - {POINT[claim[0]]})/1000", seed)
        assert ("wrong", "elsewhere") == (wrong.verdict, wrong.remark and wrong.remark[0])


def test_a_claim_with_a_value_at_this_point_alone() -> None:
    """Nothing is known of it: it is not called right."""
    found = judged("x^2", {"x": 2.0}, "x=4*sqrt(-(x - 2)^2) + 2*x")
    assert ("inconclusive", "undefined elsewhere") == (found.verdict, found.remark and found.remark[0])


def test_there_are_two_hundred() -> None:
    """Each of them once, and in another form than `gradcli diff` writes it."""
    own = 0
    for text, claim in FORMS:
        read = read_claims(parse(text), [claim])[0]
        derivatives = derive(parse(text), [read.name])
        own += format_graph(program(derivatives.graph, derivatives.root(read.name))) == format_graph(read.graph)
    assert len(set(FORMS)) == len(FORMS)
    assert len(FORMS) - own >= 200


@pytest.mark.parametrize(("text", "claim"), FORMS[::3], ids=map(" | ".join, FORMS[::3]))
def test_a_term_that_vanishes_at_the_point_makes_them_wrong(text: str, claim: str) -> None:
    """A small one, in the variable itself; it is said that the claim holds here but not there."""
    name = next(iter(parse(text).variables))
    found = judged(text, POINT, f"{claim} + ({name} - {POINT[name]!r})/1000")
    assert "wrong" == found.verdict
    assert found.remark is not None
    assert "elsewhere" == found.remark[0]


@pytest.mark.parametrize(
    ("text", "at", "claim"), NEAR_MISSES, ids=[f"{text} | {claim}" for text, _, claim in NEAR_MISSES]
)
def test_near_misses(text: str, at: str, claim: str) -> None:
    """Right at the point by chance, wrong elsewhere: a point is named."""
    point = {name: float(value) for name, value in (pair.split("=") for pair in at.split(","))}
    found = judged(text, point, claim)
    assert ("wrong", "elsewhere") == (found.verdict, found.remark and found.remark[0])
    assert pytest.approx(found.right) == found.claimed
    assert found.counterexample is not None

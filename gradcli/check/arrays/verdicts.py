"""The verdicts on claims about arrays: those on the elements, told as one."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from gradcli.check.arrays.claims import ArrayClaim
from gradcli.check.arrays.mistakes import ArrayCandidates, symmetric_alone
from gradcli.check.judge import Watching
from gradcli.check.trials.claims import Claim
from gradcli.check.trials.remarks import Mark, Remark, Ruling, of_all
from gradcli.check.trials.samples import Sample
from gradcli.check.trials.trials import Trial
from gradcli.check.verdicts import Verdict
from gradcli.graph import Graph
from gradcli.graph.arrays import Shape, shaped
from gradcli.text import finite_or_none
from gradcli.words.catalogue import say, word

NAMED = 3  # elements whose names are said


@dataclass(frozen=True, slots=True)
class ArrayVerdict:
    """What is to be said of a claim about an array: of its elements, and of mistakes that lead to all of them."""

    claim: ArrayClaim
    verdict: Ruling
    elements: Sequence[Verdict]
    consistent: Sequence[Remark] = ()

    @property
    def shape(self) -> Shape:
        """That of the array; () of a number."""
        return self.claim.shape

    @property
    def right(self) -> Sequence[float | None]:
        """The gradient, row by row."""
        return [element.right for element in self.elements]

    @property
    def decisive(self) -> list[Verdict]:
        """The elements with the verdict on the whole."""
        return [element for element in self.elements if element.verdict == self.verdict]

    @property
    def is_settled(self) -> bool:
        """Whether the digits of the right numbers are known, if they were asked for."""
        return all(element.is_settled for element in self.elements)

    def phrases(self, language: str, mark: Mark = str) -> list[str]:
        """How many elements it is, what is said of the first one of them, and what the claim is consistent with."""
        consistent = [mistake.consistent(language, mark) for mistake in self.consistent]
        if not self.shape:
            return self.elements[0].phrases(language, mark) + consistent
        told = self.decisive
        names = [element.claim.name for element in told[:NAMED]] if len(told) < len(self.elements) else []
        names += ["…"] if names and len(told) > NAMED else []
        facts = {"count": len(told), "total": len(self.elements), "names": names}
        said = [] if self.verdict == "right" else [say("remark.elements", language, **facts)]
        first = next((element for element in told if element.remark is not None), None)
        if first is not None and first.remark is not None:
            text = first.remark.text(language, mark)
            said.append(say("remark.of-element", language, name=first.claim.name, text=text))
        return said + consistent

    def as_dict(self, language: str = "en") -> dict[str, Any]:
        """For JSON: of an array nested lists."""
        consistent = [
            mistake.as_dict(mistake.consistent(language)) | dict(mistake.facts) for mistake in self.consistent
        ]
        if not self.shape:
            facts: dict[str, Any] = self.elements[0].as_dict(language)
            return facts | ({"consistent_with": consistent} if self.verdict == "wrong" else {})
        told = self.decisive
        facts = {"name": self.claim.name, "claim": self.claim.text, "verdict": word(self.verdict)}
        facts |= {
            "value": shaped([finite_or_none(one.right) for one in self.elements], self.shape),
            "claimed": shaped([finite_or_none(one.claimed) for one in self.elements], self.shape),
            "elements": len(self.elements),
            "count": len(told),
        }
        first = next((element for element in told if element.remark is not None), None)
        if first is not None and first.remark is not None:
            facts["remark"] = first.remark.as_dict(first.remark.text(language)) | {"name": first.claim.name}
        if self.verdict == "wrong":
            facts["consistent_with"] = consistent
        return facts


class Tests(Protocol):
    """The tests at a point, in doubles or with digits that were asked for."""

    graph: Graph
    at: Mapping[str, float]

    def verdicts(
        self, claims: Sequence[Claim], seed: int, varied: Collection[str] | None, *, watch: Watching | None = None
    ) -> list[Verdict]:
        """The verdicts on claims about numbers."""


def array_verdicts(
    tests: Tests, claims: Sequence[ArrayClaim], seed: int, varied: Collection[str] | None
) -> tuple[list[ArrayVerdict], list[Verdict]]:
    """The verdicts on claims about arrays, and those on all of their elements."""
    candidates = [ArrayCandidates(tests.graph, claim) for claim in claims]

    def watch(tries: Mapping[Claim, Trial], found: Sample) -> None:
        for candidate in candidates:
            candidate.narrow(tries, found)

    flat = tests.verdicts([element for claim in claims for element in claim.elements], seed, varied, watch=watch)
    rest = iter(flat)
    told = {id(candidate.claim): candidate for candidate in candidates}
    found = []
    for claim in claims:
        elements = [next(rest) for _ in claim.elements]
        verdict = of_all(element.verdict for element in elements)
        consistent: list[Remark] = []
        if verdict == "wrong":
            consistent = told[id(claim)].told() or symmetric_alone(tests.graph, tests.at, claim)
        found.append(ArrayVerdict(claim, verdict, elements, consistent))
    return found, flat

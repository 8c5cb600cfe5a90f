"""The verdicts on claims about arrays: those on the elements, told as one."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import isclose
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
from gradcli.graph.arrays import Arrays, Shape, shaped
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
    def told(self) -> Verdict | None:
        """The element of which something is said: of what is wrong at the point itself, one that is so."""
        told = [element for element in self.decisive if element.remark is not None]
        return next((element for element in told if self.holds_here or element.counterexample is None), None)

    @property
    def holds_here(self) -> bool:
        """Whether another point is needed to refute what is wrong."""
        return all(element.verdict != "wrong" or element.counterexample is not None for element in self.elements)

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
        if (first := self.told) is not None and first.remark is not None:
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
        if (first := self.told) is not None and first.remark is not None:
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
    """The verdicts on claims about arrays, and those on all of their elements.

    Books write softmax(z) - t for labels t, whose sum is 1. So what is wrong is tried again with such arrays held.
    """
    found = _judged(tests, claims, seed, varied)
    for name, others in _labels(tests, varied):
        again = [one.claim for one in found if one.verdict == "wrong" and (one.holds_here or not one.consistent)]
        held = {id(one.claim): one for one in _judged(tests, again, seed, others)} if again else {}
        found = [_where_held(name, one, held[id(one.claim)]) if id(one.claim) in held else one for one in found]
    return found, [element for one in found for element in one.elements]


def _judged(
    tests: Tests, claims: Sequence[ArrayClaim], seed: int, varied: Collection[str] | None
) -> list[ArrayVerdict]:
    """The verdicts with these variables varied."""
    candidates = [ArrayCandidates(tests.graph, claim) for claim in claims]

    def watch(tries: Mapping[Claim, Trial], found: Sample) -> None:
        for candidate in candidates:
            candidate.narrow(tries, found)

    arrays = tests.graph.arrays
    assert arrays is not None, "a graph of arrays"
    flat = tests.verdicts([element for claim in claims for element in claim.elements], seed, varied, watch=watch)
    rest = iter(flat)
    found = []
    for claim, candidate in zip(claims, candidates, strict=True):
        elements = [_of_arrays(arrays, next(rest)) for _ in claim.elements]
        verdict = of_all(element.verdict for element in elements)
        consistent: list[Remark] = []
        if verdict == "wrong":
            consistent = candidate.told() or symmetric_alone(tests.graph, tests.at, claim)
        found.append(ArrayVerdict(claim, verdict, elements, consistent))
    return found


def _of_arrays(arrays: Arrays, verdict: Verdict) -> Verdict:
    """A verdict on an element with an array in the place of its elements that were varied, where these are several."""
    remark = verdict.remark
    if remark is None or not remark.facts.get("varied"):
        return verdict
    names = remark.facts["varied"]
    several = Counter(_array_of(arrays, one) for one in names)
    said = dict.fromkeys(array if several[array := _array_of(arrays, one)] > 1 else one for one in names)
    return replace(verdict, remark=remark._replace(facts={**remark.facts, "varied": list(said)}))


def _array_of(arrays: Arrays, name: str) -> str:
    """The name of the array that a name is of an element of; of a number its own."""
    array = name.partition("[")[0]
    return array if array in arrays.named else name


def _labels(tests: Tests, varied: Collection[str] | None) -> Iterator[tuple[str, list[str]]]:
    """Each varied array whose numbers are shares of 1, in each row, and the variables that are varied without it."""
    arrays = tests.graph.arrays
    assert arrays is not None, "a graph of arrays"
    moving = list(tests.graph.variables) if varied is None else list(varied)
    for name, elements in arrays.variables.items():
        width = arrays.shapes[arrays.named[name]][-1]
        numbers = [tests.at[one] for one in elements]
        sums = [sum(numbers[start : start + width]) for start in range(0, len(numbers), width)]
        if width > 1 and min(numbers) >= 0 and all(isclose(one, 1.0) for one in sums) and {*elements} <= {*moving}:
            yield name, [one for one in moving if one not in {*elements}]


def _where_held(name: str, everywhere: ArrayVerdict, held: ArrayVerdict) -> ArrayVerdict:
    """The verdict on a wrong claim, with what is said of it where an array keeps its values."""
    if held.verdict != "right":
        return replace(everywhere, consistent=held.consistent)
    remark = Remark("labels", {"name": name})
    elements = [
        replace(there, verdict="right-where-tried", remark=remark) if one.verdict == "wrong" else one
        for one, there in zip(everywhere.elements, held.elements, strict=True)
    ]
    return ArrayVerdict(held.claim, of_all(one.verdict for one in elements), elements)

"""Tests gradcli's own gradient at a point in three ways: reverse mode, forward mode, and a Taylor test.

Where the Taylor test of the whole function does not say that a derivative is right, the operations on the way are
tested one by one: if all of them are right and rounding on the way does not matter, so is the derivative; if one is
wrong that matters, it is wrong. Wrong is besides what forward mode contradicts by more than rounding. Everything else
is inconclusive: at kinks and jumps, and where rounding hides the answer.

Each variable is tested alone while variables times nodes stay below a limit, so that the work stays in proportion to
the graph; the others are then tested all together, in one random direction. As many named steps are tested alone: the
function of a step is the graph in which that step is a variable. Steps move one another, so that the others cannot be
tested together; a last row says that they were left out.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import isfinite
from random import Random
from typing import Any, NamedTuple

from gradcli.check.exactly import Exactly, is_lost, too_small
from gradcli.check.taylor import CLOSE, Direction, Finding, taylor_test, tested
from gradcli.check.trials.estimates import EPSILON, underflows
from gradcli.check.trials.remarks import Mark, Mentions, Remark, Ruling
from gradcli.check.trials.samples import Sample, sample
from gradcli.engine.digits.bounds import Bounds, bounds
from gradcli.graph import Graph
from gradcli.language.format import format_node
from gradcli.text import Settled, finite_or_none
from gradcli.words.catalogue import word

WORK = 200_000  # nodes times variables up to which each variable is tested alone
SAME = 1e-12  # relative: by how much both modes may differ
ALIKE = 1e-3  # relative: a quotient that can be shown as the derivative


@dataclass(frozen=True, slots=True)
class Agreement:
    """The derivative in one direction, in three ways. `taylor` is None where the test has no result; all three are for
    what was not tested.
    """

    name: str
    reverse: float | None
    forward: float | None
    taylor: float | None
    verdict: Ruling
    remark: Remark | None = None
    digits: Settled | None = None  # the derivative with digits that were asked for

    @property
    def is_settled(self) -> bool:
        """Whether the digits are known, if they were asked for."""
        return self.digits is None or self.digits.is_known

    def phrases(self, language: str, mark: Mark = str) -> list[str]:
        """The remark in words; `mark` writes the facts in it."""
        return [self.remark.text(language, mark)] if self.remark else []

    def as_dict(self, language: str = "en") -> dict[str, Any]:
        """For JSON."""
        facts: dict[str, Any] = {"name": self.name, "verdict": word(self.verdict)}
        facts |= {
            "reverse": finite_or_none(self.reverse),
            "forward": finite_or_none(self.forward),
            "taylor": finite_or_none(self.taylor),
        }
        if self.digits is not None:
            facts["digits"] = self.digits.text or None
        if self.remark:
            facts["remark"] = self.remark.as_dict(self.remark.text(language))
        return facts


def agreements(graph: Graph, at: Mapping[str, float], names: Sequence[str], seed: int = 0) -> list[Agreement]:
    """One comparison for each variable and named step; those of many variables as the module's docstring says.

    The function has a finite value at the point.
    """
    variables, steps = graph.variables, graph.steps
    whole = _Tester(graph, at)
    alone = max(1, WORK // max(1, len(graph)))
    wanted = [name for name in names if name in variables]
    found = [whole.compared(name, {variables[name]: 1.0}) for name in wanted[:alone]]
    random = Random(seed)
    rough = whole.here.above_rough if wanted[alone:] else b""
    for is_rough in (False, True):
        rest = [name for name in wanted[alone:] if bool(rough[variables[name]]) == is_rough]
        if rest:
            weights = {variables[name]: random.choice((-1.0, 1.0)) * random.uniform(0.5, 1.0) for name in rest}
            found.append(whole.compared(_listed(rest), weights))
    wanted = [name for name in names if name in steps]
    found += [_of_step(graph, at, name, steps[name], whole) for name in wanted[:alone]]
    if wanted[alone:]:
        remark = Remark("left-out", {"count": len(wanted) - alone})
        found.append(Agreement(_listed(wanted[alone:]), None, None, None, "inconclusive", remark))
    return found


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names[:3]) + (", …" if len(names) > 3 else "")


def _of_step(graph: Graph, at: Mapping[str, float], name: str, node: int, whole: "_Tester") -> Agreement:
    """The comparison for a named step, as a variable of the graph that lies above it."""
    value = whole.here.values[node]
    if value is None:
        return Agreement(name, 0.0, 0.0, None, "inconclusive", Remark("not-reached"))
    tester = _Tester(graph.cut(node, name), {**at, name: float(value)}, whole.here.adjoints[node])
    return tester.compared(name, {node: 1.0}, whole.truth({node: 1.0}))


class _Truth(NamedTuple):
    """Whether rounding may have taken digits that count, and what the derivative is, where that is known."""

    is_lost: bool
    right: float | None = None
    tiny: str = ""  # the derivative, where it is less than any double


class _Tester:
    """Both passes at the point, and what is found out about it once for all variables."""

    def __init__(self, graph: Graph, at: Mapping[str, float], reverse: float | None = None) -> None:
        here = sample(graph, at)
        assert here is not None, "the function has a value at the point"
        self.here = here
        self.exactly = Exactly()
        self.reverse = reverse  # of the one direction that is tested, where another graph gave it

    @cached_property
    def findings(self) -> dict[tuple[int, int], Finding]:
        """What the tests of the single operations say."""
        return tested(self.here)

    def truth(self, weights: Mapping[int, float]) -> "_Truth":
        """What many digits say of the derivative in a direction, or else the bounds of rounding."""
        reverse = Direction(self.here, weights).reverse
        right = self.exactly.derivative(self.here, weights)
        if not isfinite(reverse) or (right is not None and not is_lost(reverse, right)):
            if right is None or not isfinite(reverse):
                return _Truth(False)
            return _Truth(False, float(right) + 0.0, too_small(reverse, right))
        bound = sum(self.bounds.adjoints[node] * abs(weight) for node, weight in weights.items())
        if right is None:
            return _Truth(not bound <= ALIKE * abs(reverse))
        is_rounding = self.bounds.turns or not 2 * bound < abs(float(right) - reverse)  # else a rule is wrong
        return _Truth(is_rounding, float(right) + 0.0)

    @cached_property
    def bounds(self) -> Bounds:
        """Bounds of what rounding does."""
        return bounds(self.here)

    def compared(self, name: str, weights: Mapping[int, float], truth: "_Truth | None" = None) -> Agreement:
        """The derivative in a direction, given as weights of leaves, in three ways; `truth` is what is known of it."""
        truth = truth or self.truth(weights)
        along = Direction(self.here, weights)
        reverse, forward = along.reverse if self.reverse is None else self.reverse, along.forward

        def agreement(verdict: Ruling, code: str = "", taylor: float | None = None, **facts: Any) -> Agreement:
            return Agreement(name, reverse, forward, taylor, verdict, Remark(code, facts) if code else None)

        doubt = self._doubt(along, reverse, truth)
        if doubt:
            ruling, remark = doubt
            return Agreement(name, reverse, forward, None, ruling, remark)
        quotient = taylor_test(along, reverse)
        if quotient is not None:
            return agreement("right", taylor=quotient)
        if along.is_rough:
            return agreement("inconclusive", "jump")
        taylor, unknown, flaw = self._by_operations(along.tangents, reverse)
        if flaw:
            return agreement("wrong", "flaw", taylor, **_told(self.here, *flaw, self.findings[flaw].derivative))
        hidden = sum(self.here.shaken[node] * abs(weight) for node, weight in weights.items())
        if unknown + hidden > CLOSE * abs(reverse):
            if truth.right is None:
                return agreement("inconclusive", "rounding")
            return agreement("inconclusive", "hides", right=truth.right)
        alike = abs(taylor - reverse) <= ALIKE * abs(reverse)
        return agreement("right", "operations", taylor if alike else None)

    def _doubt(self, along: Direction, reverse: float, truth: _Truth) -> tuple[Ruling, Remark] | None:
        """What the two modes and more digits have to say against the derivative, if anything."""
        forward = along.forward
        if not isfinite(reverse) or not isfinite(forward):
            return "inconclusive", Remark("not-finite")
        parted = abs(reverse - forward) > SAME * max(abs(reverse), abs(forward)) + 8 * EPSILON * along.spread
        is_small = parted and underflows(self.here, along.tangents)
        if parted and not is_small:
            return "wrong", Remark("disagree")
        if truth.tiny:
            return "inconclusive", Remark("too-small", {"right": truth.tiny})
        if truth.is_lost and truth.right is not None:
            return "inconclusive", Remark("lost", {"right": truth.right})
        if truth.is_lost or is_small:
            return "inconclusive", Remark("underflow" if is_small else "rounding")
        return None

    def _by_operations(self, tangents: Sequence[float], slope: float) -> tuple[float, float, tuple[int, int] | None]:
        """The derivative with the slopes to which difference quotients of the operations lead, the part of it that
        comes through operations of which their tests cannot tell, and the first edge that is wrong.
        """
        here, taylor, unknown = self.here, slope, 0.0
        flaw = None
        for (node, index), finding in self.findings.items():
            reach = here.adjoints[node] * tangents[here.graph.inputs[node][index]]
            if not reach or not isfinite(reach):
                continue
            error = reach * (finding.derivative - here.edges[node][index])
            taylor += error
            if finding.verdict == "wrong" and abs(error) > 0.1 * CLOSE * abs(slope) and not flaw:
                flaw = node, index
            elif finding.verdict == "inconclusive":
                unknown += abs(reach * here.edges[node][index])
        return taylor, unknown, flaw


def _told(here: Sample, node: int, index: int, found: float) -> dict[str, Any]:
    mentions = Mentions(here.graph)
    at = mentions[node] if node not in mentions.stops else format_node(here.graph, node, mentions.stops)
    x = mentions[here.graph.inputs[node][index]]
    return {"at": at, "input": x, "slope": here.edges[node][index], "found": found}

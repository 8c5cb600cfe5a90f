"""Tests gradcli's own gradient at a point in three ways: reverse mode, forward mode, and a Taylor test.

Where the Taylor test of the whole function (`taylor.py`) does not say that a derivative is right, the operations on
the way are tested one by one (`operations.py`): if all of them are right and rounding on the way does not matter, so is
the derivative; if one is wrong that matters, it is wrong. Wrong is besides what forward mode contradicts by more than
rounding. Everything else is inconclusive: at kinks and jumps, and where rounding hides the answer.

Each variable is tested alone while variables times nodes stay below a limit, so that the work stays in proportion to
the graph; the others are then tested all together, in one random direction. As many named steps are tested alone: the
function of a step is the graph in which that step is a variable. Steps move one another, so that the others cannot be
tested together; a last row says that they were left out.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isfinite
from random import Random
from typing import Any

from gradcli.check.mentions import Mentions
from gradcli.check.operations import CLOSE, Finding, tested
from gradcli.check.phrases import Told, Write, remark_phrase
from gradcli.check.samples import EPSILON, TINY, Sample, cut, sample
from gradcli.check.taylor import taylor_test
from gradcli.graph import Graph
from gradcli.language.format import format_node
from gradcli.text import finite_or_none, rounded

WORK = 200_000  # nodes times variables up to which each variable is tested alone
ALIKE = 1e-3  # relative: a quotient that can be shown as the derivative


@dataclass(frozen=True, slots=True)
class Agreement:
    """The derivative in one direction, in three paths. `taylor` is None where the test has no result; all three are for
    what was not tested.
    """

    name: str
    reverse: float | None
    forward: float | None
    taylor: float | None
    verdict: str
    remark: Told | None = None

    def phrases(self, language: str, write: Write = str) -> list[str]:
        """The remark in words; `write` writes the expressions in it."""
        return [remark_phrase(*self.remark, language, write)] if self.remark else []

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        facts: dict[str, Any] = {"name": self.name, "verdict": self.verdict}
        facts |= {
            "reverse": finite_or_none(self.reverse),
            "forward": finite_or_none(self.forward),
            "taylor": finite_or_none(self.taylor),
        }
        if self.remark:
            facts["remark"] = {"code": self.remark[0], "message": remark_phrase(*self.remark, "en")}
        return facts


def agreements(graph: Graph, at: Mapping[str, float], names: Sequence[str], seed: int = 0) -> list[Agreement]:
    """One comparison for each variable and named step; those of many variables as the module's docstring says.

    The function has a finite value at the point.
    """
    variables, steps = graph.variables, graph.steps
    whole = _Tester(graph, at)
    wanted = [name for name in names if name in variables]
    alone = max(1, WORK // max(1, len(graph)))
    found = [whole.compared(name, {variables[name]: 1.0}) for name in wanted[:alone]]
    random = Random(seed)
    others = wanted[alone:]
    rough = {name for name in others if whole.is_rough(variables[name])}
    for rest in ([name for name in others if name not in rough], [name for name in others if name in rough]):
        if rest:
            direction = {variables[name]: random.choice((-1.0, 1.0)) * random.uniform(0.5, 1.0) for name in rest}
            found.append(whole.compared(_listed(rest), direction))
    wanted = [name for name in names if name in steps]
    found += [_of_step(graph, at, name, steps[name], whole) for name in wanted[:alone]]
    if wanted[alone:]:
        remark = ("left out", {"count": str(len(wanted) - alone)})
        found.append(Agreement(_listed(wanted[alone:]), None, None, None, "inconclusive", remark))
    return found


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names[:3]) + (", …" if len(names) > 3 else "")


def _of_step(graph: Graph, at: Mapping[str, float], name: str, node: int, whole: "_Tester") -> Agreement:
    """The comparison for a named step, as a variable of the graph that lies above it."""
    value = whole.here.values[node]
    if value is None:
        return Agreement(name, 0.0, 0.0, None, "inconclusive", ("not reached", {}))
    tester = _Tester(cut(graph, node, name), {**at, name: float(value)}, whole.here.adjoints[node])
    return tester.compared(name, {node: 1.0})


class _Tester:
    """Both passes at the point, and what is found out about it once for all variables."""

    def __init__(self, graph: Graph, at: Mapping[str, float], reverse: float | None = None) -> None:
        here = sample(graph, at)
        assert here is not None, "the function has a value at the point"
        self.here = here
        self.reverse = reverse  # of the one direction that is tested, where another graph gave it
        self._below: bytearray | None = None
        self._findings: dict[tuple[int, int], Finding] | None = None

    def is_rough(self, leaf: int) -> bool:
        """Whether a kink, a jump or a comparison of equal numbers is reached from a leaf."""
        if self._below is None:
            self._below = _below(self.here)
        return bool(self._below[leaf])

    def findings(self) -> dict[tuple[int, int], Finding]:
        """What the tests of the single operations say."""
        if self._findings is None:
            self._findings = tested(self.here)
        return self._findings

    def compared(self, name: str, direction: Mapping[int, float]) -> Agreement:
        """The derivative in a direction, given as weights of leaves, in three paths."""
        here = self.here
        reverse = sum((here.adjoints[node] * weight for node, weight in direction.items()), 0.0)
        if self.reverse is not None:
            reverse = self.reverse
        tangents = here.tangents(direction)
        ahead = tangents[here.graph.output]
        if not isfinite(reverse) or not isfinite(ahead):
            return Agreement(name, reverse, ahead, None, "inconclusive", ("not finite", {}))
        spread = _spread(here, tangents)
        if abs(reverse - ahead) > 1e-12 * max(abs(reverse), abs(ahead)) + 8 * EPSILON * spread:
            if _underflows(here, tangents):
                return Agreement(name, reverse, ahead, None, "inconclusive", ("underflow", {}))
            return Agreement(name, reverse, ahead, None, "wrong", ("disagree", {}))
        is_rough = any(map(self.is_rough, direction))
        quotient = taylor_test(here, direction, tangents, reverse, spread, is_rough)
        if quotient is not None:
            return Agreement(name, reverse, ahead, quotient, "right")
        if is_rough:
            return Agreement(name, reverse, ahead, None, "inconclusive", ("jump", {}))
        taylor, unknown, told = self._by_operations(tangents, reverse)
        if told:
            return Agreement(name, reverse, ahead, taylor, "wrong", ("flaw", told))
        hidden = sum(here.shaken[node] * abs(weight) for node, weight in direction.items())
        if unknown + hidden <= CLOSE * abs(reverse):
            alike = abs(taylor - reverse) <= ALIKE * abs(reverse)
            return Agreement(name, reverse, ahead, taylor if alike else None, "right", ("operations", {}))
        return Agreement(name, reverse, ahead, None, "inconclusive", ("rounding", {}))

    def _by_operations(self, tangents: Sequence[float], slope: float) -> tuple[float, float, dict[str, str]]:
        """The derivative with the slopes to which difference quotients of the operations lead, the part of it that
        comes through operations of which their tests cannot tell, and words on the first one that is wrong.
        """
        here, taylor, unknown = self.here, slope, 0.0
        told: dict[str, str] = {}
        for (node, index), finding in self.findings().items():
            reach = here.adjoints[node] * tangents[here.graph.inputs[node][index]]
            if not reach or not isfinite(reach):
                continue
            error = reach * (finding.derivative - here.edges[node][index])
            taylor += error
            if finding.verdict == "wrong" and abs(error) > 0.1 * CLOSE * abs(slope) and not told:
                told = _told(here, node, index, finding.derivative)
            elif finding.verdict == "inconclusive":
                unknown += abs(reach * here.edges[node][index])
        return taylor, unknown, told


def _below(here: Sample) -> bytearray:
    """Marks the nodes from which a node is reached that lies on a kink or a jump or compares equal numbers, whether or
    not a gradient comes to it.
    """
    marks = bytearray(here.above_edges)
    for at in here.all_bends:
        marks[at.node] = 1
    for node in reversed(here.order):
        if marks[node]:
            for x in here.graph.inputs[node]:
                marks[x] = 1
    return marks


def _spread(here: Sample, tangents: Sequence[float]) -> float:
    """The contributions of all edges to the derivative, without their signs: what its rounding is in proportion to."""
    total = 0.0
    for node in here.order:
        adjoint = here.adjoints[node]
        if adjoint:
            inputs = here.graph.inputs[node]
            for index, slope in here.edges[node].items():
                if tangents[inputs[index]]:
                    flow = abs(adjoint * slope * tangents[inputs[index]])
                    total += flow if isfinite(flow) else 0.0
    return total


def _underflows(here: Sample, tangents: Sequence[float]) -> bool:
    """Whether a product of either mode is too small for all digits of a double."""
    for node in here.order:
        inputs = here.graph.inputs[node]
        for index, slope in here.edges[node].items():
            for factor in (here.adjoints[node], tangents[inputs[index]]):
                if factor and slope and abs(factor * slope) < TINY:
                    return True
    return False


def _told(here: Sample, node: int, index: int, found: float) -> dict[str, str]:
    mentions = Mentions(here.graph)
    at = mentions[node] if node not in mentions.stops else format_node(here.graph, node, mentions.stops)
    x = mentions[here.graph.inputs[node][index]]
    return {"at": at, "input": x, "slope": rounded(here.edges[node][index])[0], "found": rounded(found)[0]}

"""Which better formula there is for an expression whose number is lost, or that has no value, at a point.

The rows of `identities` say what may serve. What is named here has been tried: the graph with the better formula in its
place, evaluated at the point, has the number that was lost.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal, localcontext
from functools import cache
from itertools import islice
from math import isfinite
from typing import TYPE_CHECKING, Any

from gradcli.engine.digits import bounds, exact
from gradcli.engine.digits.ball_passes import NOT_KNOWN, BallPasses
from gradcli.engine.digits.loss import NOTED
from gradcli.engine.digits.lost import KNOWN
from gradcli.engine.digits.problem import Problem
from gradcli.engine.doubles.passes import Fault
from gradcli.engine.evaluation import Evaluation, evaluate
from gradcli.engine.stops import stop
from gradcli.graph import Builder, Graph
from gradcli.language.patterns import Matcher, Occurrence, pattern, readings, replaced, written
from gradcli.operators.decimals.precision import context
from gradcli.operators.identities import IDENTITIES
from gradcli.operators.records import Operator

if TYPE_CHECKING:
    from gradcli.engine.digits.loss import Loss

DEPTH = 8  # formulas have no more operations above one another
NODES = 1_000  # that are looked at for one number
TRIED = 12  # graphs that are evaluated for one number
ROUGH = Decimal("1e-6")  # relative error of a number that is known well enough to say how it is had
BESIDE = Decimal("1e-25")  # so far from a point a limit is looked for
TERMS = 64  # of a sum in a formula


class Hints:
    """Better formulas for the parts of one graph, at a point."""

    def __init__(self, graph: Graph, at: Mapping[str, float], kink: str = "branch") -> None:
        self.graph = graph
        self.at = at
        self.kink = kink
        self.matcher = Matcher(graph)
        self.readers: list[list[int]] = [[] for _ in graph.inputs]
        for node, inputs in enumerate(graph.inputs):
            for x in inputs:
                self.readers[x].append(node)

    def for_loss(self, loss: "Loss") -> dict[str, str]:
        """The facts of a hint for a number that has lost its digits; none without one.

        The number is right with the better formula. Where none does that, six digits are enough, if there were less.
        """
        if loss.exact is None:
            return {}
        tried = [(site, _error(number, loss.exact)) for site, number, _ in self._tried(loss.node, loss.target)]
        found = next((site for site, error in tried if error <= NOTED), None)
        if found is None and _error(loss.computed, loss.exact) > 1000 * ROUGH:
            found = next((site for site, error in tried if error <= ROUGH), None)
        return {} if found is None else self._facts(found)

    def for_slope(self, node: int, target: int) -> dict[str, str]:
        """The same for a gradient that is not finite: with the better formula it is, and nothing is lost on its way."""
        for site, number, here in self._tried(node, target):
            if isfinite(number) and not here.losses and stop(here) is None:
                return self._facts(site)
        return {}

    def for_fault(self, node: int, values: Sequence[Any]) -> dict[str, str]:
        """The same for a node that has no finite value: of the part that has the better formula at its top."""
        for row, site in self._sites(node)[:TRIED]:
            if self._is_part(site, node) and self._has_value(row, site, values):
                return self._facts(site)
        return {}

    def _has_value(self, row: int, site: Occurrence, values: Sequence[Any]) -> bool:
        """Whether the better formula has a value: that of the formula with more digits, or its limit."""
        graph, _ = replaced(self.graph, [site], site.root)
        try:
            here = evaluate(graph, self.at, (), self.kink)
        except Fault:
            return False
        if not all(loss.exact is not None and _error(here.value, loss.exact) <= NOTED for loss in here.losses):
            return False
        part, place = Builder(self.graph).pruned(site.root)
        if IDENTITIES[row].beyond or len(part) > bounds.MOST:
            return True
        floats = [values[x] for x in place]
        leaves = {x: Decimal(number) for x, number in part.leaves_at(self.at).items()}
        right = _exactly(part, leaves, floats)
        if right is not None:
            return _error(here.value, right) <= NOTED
        variables = part.variables.values()
        for step in (BESIDE, -BESIDE) if variables else ():
            moved = {x: leaves[x] + step * max(abs(leaves[x]), Decimal(1)) for x in variables}
            beside = _exactly(part, leaves | moved, floats)
            if beside is not None and abs(Decimal(here.value) - beside) <= NOTED * max(abs(beside), Decimal(1)):
                return True
        return False

    def _tried(self, node: int, target: int | None) -> Iterator[tuple[Occurrence, float, Evaluation]]:
        """Better formulas, what a number is with each, and both passes: in one place, or else in all of its kind."""
        tries = ((site, sites) for row, site in self._sites(node) for sites in ([site], self._all_sites(row)))
        targets = [] if target is None else [target]
        for site, sites in islice(tries, TRIED):
            graph, new = replaced(self.graph, sites, self.graph.output, targets)
            try:
                here = evaluate(graph, self.at, new, self.kink)
            except Fault:
                continue
            yield site, here.adjoints[new[0]] if new else here.value, here

    def _facts(self, site: Occurrence) -> dict[str, str]:
        formula, better = written(self.graph, site)
        return {"formula": formula, "better": better}

    def _sites(self, node: int) -> Sequence[tuple[int, Occurrence]]:
        """The forms around a node with their rows: those that it is a part of, and then others, larger ones first."""
        found = [pair for root in self._near(node) for pair in self._sites_at(root)]
        return sorted(found, key=lambda pair: (not self._is_part(pair[1], node), *_order(pair[0])))

    def _near(self, node: int) -> Sequence[int]:
        """The node and those that read it, some levels up, as long as they are few."""
        found, level = {node: None}, [node]
        for _ in range(DEPTH):
            level = list(dict.fromkeys(above for x in level for above in self.readers[x] if above not in found))
            if len(found) + len(level) > NODES:
                break
            found |= dict.fromkeys(level)
        return list(found)

    def _is_part(self, site: Occurrence, node: int) -> bool:
        """Whether a node stands above the letters of a form."""
        ends, pending, seen = {*site.letters.values()}, [site.root], {site.root}
        while pending:
            x = pending.pop()
            if x == node:
                return True
            fresh = [y for y in self.graph.inputs[x] if y not in ends and y not in seen]
            seen.update(fresh)
            pending += fresh
        return False

    def _sites_at(self, root: int) -> Iterator[tuple[int, Occurrence]]:
        """The forms that a node has, with their rows."""
        for row in _rows().get(self.graph.operators[root], ()):
            site = self._site(row, root)
            if site is not None:
                yield row, site

    def _all_sites(self, row: int) -> list[Occurrence]:
        """All places of a form."""
        roots = (node for node, operator in enumerate(self.graph.operators) if row in _rows().get(operator, ()))
        return [site for root in roots if (site := self._site(row, root)) is not None]

    def _site(self, row: int, root: int) -> Occurrence | None:
        identity = IDENTITIES[row]
        letters = self.matcher.match(identity.formula, root)
        if letters is None:
            return None
        if isinstance(identity.better, str):
            return Occurrence(root, identity.formula, identity.better, letters)
        arguments: list[str] = []
        nodes = dict(letters)
        for term in self.matcher.terms(nodes.pop("s"), TERMS):
            inner = self.matcher.match(identity.terms, term)
            if inner is not None:
                arguments.append(f"x{len(arguments)}")
                nodes[arguments[-1]] = inner["x"]
            elif self.matcher.is_number(term, 1.0):
                arguments.append(identity.unit)
            else:
                return None
        if len(arguments) < 2:
            return None
        total = " + ".join("1" if x == identity.unit else re.sub(r"\bx\b", x, identity.terms) for x in arguments)
        return Occurrence(root, re.sub(r"\bs\b", f"({total})", identity.formula), identity.better(arguments), nodes)


@cache
def _order(row: int) -> tuple[int, int]:
    """Formulas of more operations come first."""
    return -len(pattern(IDENTITIES[row].formula)), row


@cache
def _rows() -> Mapping[Operator, Sequence[int]]:
    """The rows by the operators at whose nodes their formulas may be found."""
    found: dict[Operator, list[int]] = {}
    for row, identity in enumerate(IDENTITIES):
        form = pattern(identity.formula)
        for operator in readings(form.operators[form.output]):
            found.setdefault(operator, []).append(row)
    return found


def _exactly(graph: Graph, leaves: Mapping[int, Decimal], values: Sequence[Any]) -> Decimal | None:
    """The value of the output with many digits; None where it has none, or none that is known."""
    problem = Problem.written(graph, leaves, values)
    found = exact.settled(problem)
    number = _untaken(problem) if found is None else found.values[graph.output]
    if number is None:
        return None
    with localcontext(context(exact.FIRST_DIGITS)):
        return number.middle if number.radius <= abs(number.middle) * KNOWN else None


def _untaken(problem: Problem) -> Any:
    """The same where nothing is taken for 0, as 1 - sigmoid(800) is otherwise, which is no double beside 1."""
    digits = exact.MOST_DIGITS
    if len(problem.graph) * digits**2 > exact.WORK:
        return None
    with localcontext(context(digits)):
        work = BallPasses(problem, digits)
        work.nothing = work.vanishing = Decimal(0)
        try:
            work.forward()
        except NOT_KNOWN:
            return None
        return work.values[problem.graph.output]


def _error(computed: float, right: Decimal) -> Decimal:
    """The relative error of a number."""
    if not isfinite(computed):
        return Decimal("Infinity")
    if computed == float(right):
        return Decimal(0)
    with localcontext(context(exact.FIRST_DIGITS)):
        return abs(Decimal(computed) - right) / abs(right) if right else Decimal("Infinity")

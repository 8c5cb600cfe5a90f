"""How uncertain a value is, to first order, where the variables are known with independent standard uncertainties.

u(z)² = Σ (∂z/∂x · u(x))², the law of propagation of uncertainty (JCGM 100, GUM, 5.1.2). It does not do where the
function bends within the uncertainty: where that is large, or a kink, a jump or the edge of the domain lies within it.
"""

from collections.abc import Iterator, Mapping
from decimal import Decimal, localcontext
from fractions import Fraction
from math import dist, hypot, inf, isfinite
from typing import Any, NamedTuple

from gradcli.engine.answer import Answer, nested
from gradcli.engine.evaluation import Evaluation, evaluate
from gradcli.engine.notes import Note
from gradcli.graph import Graph
from gradcli.operators.decimals.precision import context
from gradcli.operators.exceptional import NORMAL
from gradcli.text import finite_or_none

LARGE = 0.1  # a relative uncertainty above which first order may not do
DIGITS = 16  # of a double
# Uncertainties of a variable at which the branches taken are looked at: parts of no period but the whole.
STEPS = (-1.0, -0.618, -0.29, 0.37, 0.707, 1.0)
TOGETHER = {"uncertain-kink": "uncertain-kink-together", "uncertain-bend": "uncertain-bend-together"}
EXACT = 1e-9  # of the value: a deviation that may be rounding
SWEPT = 1_000_000  # nodes evaluated for that at most: seconds


class Spread(NamedTuple):
    """The standard uncertainty of the output, of the unit of the output, and what comes of each variable.

    `deviations` are the uncertainties of the variables and `parts` their shares of its square in percent, not finite
    where a slope is, both by the names of numbers: those of arrays are elements, as `W[0,1]`.
    """

    graph: Graph
    deviations: Mapping[str, float]
    uncertainty: float
    parts: Mapping[str, float]
    notes: tuple[Note, ...]

    @property
    def of(self) -> Mapping[str, Any]:
        """The uncertainties of the variables; of an array as nested lists."""
        return nested(self.graph, self.deviations)

    @property
    def shares(self) -> Mapping[str, Any]:
        """Each variable's share in percent; of an array as nested lists."""
        return nested(self.graph, self.parts)

    def as_dict(self) -> dict[str, Any]:
        """As `gradcli eval --json` prints it: a number that is not finite is None."""
        shares = nested(self.graph, {name: finite_or_none(share) for name, share in self.parts.items()})
        return {"uncertainties": dict(self.of), "uncertainty": finite_or_none(self.uncertainty), "shares": shares}


def spread(result: Answer, of: Mapping[str, float]) -> Spread:
    """What the uncertainties of variables make of the result's value, whichever gradients the result has."""
    here, names = result.evaluation, [name for name in result.point if name in of]
    slopes: Mapping[str, float] = result.slopes
    if not set(names) <= set(slopes):
        slopes = Answer.of(result.graph, result.point, names, here.kink, here.total).slopes
    parts = {name: abs(slopes[name]) * of[name] if of[name] else 0.0 for name in names}
    whole = hypot(*parts.values())
    shares = {name: 100.0 * (part / whole) ** 2 if whole else 0.0 for name, part in parts.items()}
    notes = list(_notes(result, of, slopes, whole))
    is_given = any(of[name] and slopes[name] for name in names) and all(isfinite(slopes[name]) for name in names)
    if is_given and not NORMAL <= whole < inf:
        exactly = {name: Fraction(slopes[name]) * Fraction(of[name]) for name in names}
        square = sum((part**2 for part in exactly.values()), Fraction())
        shares = {name: float(100 * part**2 / square) for name, part in exactly.items()}
        notes.append(_no_double(whole, square))
    return Spread(result.graph, {name: of[name] for name in names}, whole, shares, tuple(notes))


def _no_double(whole: float, square: Fraction) -> Note:
    """That the uncertainty is no double of 16 digits, whose square is known."""
    with localcontext(context(DIGITS)) as current:
        exact = current.normalize((Decimal(square.numerator) / Decimal(square.denominator)).sqrt())
    is_small, facts = whole < NORMAL, {"of": "uncertainty", "computed": whole, "corrected": whole}
    said = {"exact": str(exact).lower().replace("e+", "e")}
    return Note(
        "underflow" if is_small else "lost-digits", facts, said, variant="too-small" if is_small else "too-large"
    )


def _notes(result: Answer, of: Mapping[str, float], slopes: Mapping[str, float], whole: float) -> Iterator[Note]:
    """Where first order may not do."""
    names = [name for name in result.point if name in of]
    sizes = [(name, of[name], result.point[name]) for name in names] + [("", whole, result.value)]
    for name, uncertainty, value in sizes:
        if isfinite(uncertainty) and uncertainty > LARGE * abs(value):
            facts = {"variable": name} if name else {"of": "value"}
            percent = finite_or_none(100.0 * (uncertainty / abs(value)) if value else None)
            variant = "uncertain-input" if name else "uncertain"
            yield Note("uncertain", facts | {"percent": percent}, {"compared": value}, variant)
    if len(STEPS) * (len(names) + 1) * len(result.graph) > SWEPT:
        yield Note("uncertain", {"variable": None}, variant="uncertain-left-out")
    else:
        yield from _not_straight(result, {name: of[name] for name in names if of[name]}, slopes, whole)


def _not_straight(result: Answer, of: Mapping[str, float], slopes: Mapping[str, float], whole: float) -> Iterator[Note]:
    """Where the value leaves its straight line: for each variable, and if for none for all together."""
    found = {name: _within(result, {name: by}, slopes, whole) for name, by in of.items()}
    for name, variant in found.items():
        if variant:
            yield Note("uncertain", {"variable": name}, variant=variant)
    if any(found.values()) or len(of) < 2 or not 0 < whole < inf:
        return
    steepest = {name: by * (slopes[name] * by / whole) for name, by in of.items()}  # where the value changes most
    if variant := _within(result, steepest, slopes, whole):
        yield Note("uncertain", {"variable": None}, variant=TOGETHER[variant])


def _within(result: Answer, shift: Mapping[str, float], slopes: Mapping[str, float], whole: float) -> str:
    """The variant of the note on what is within a shift of some variables, or "".

    The value is not where the slopes have it; and if another branch, piece or side is taken there, that is why.
    """
    here = result.evaluation
    first = sum(slopes[name] * by for name, by in shift.items())
    bends = False
    for step in STEPS:
        there = evaluate(
            here.graph, here.at | {name: here.at[name] + step * by for name, by in shift.items()}, total=True
        )
        deviation = abs(there.values[here.graph.output] - result.value - step * first)
        is_straight = deviation <= EXACT * (abs(result.value) + whole)  # kinks that cancel make no difference
        if not is_straight and any(_differs(here, there, node) for node in range(len(here.graph))):
            return "uncertain-kink"
        bends = bends or max(LARGE * whole, EXACT * abs(result.value)) < deviation < inf
    return "uncertain-bend" if bends else ""


def _differs(here: Evaluation, there: Evaluation, node: int) -> bool:
    one, other = here.values[node], there.values[node]
    if one is None or other is None:
        return one is not other
    operator = here.graph.operators[node]
    if operator.condition:
        return bool(one != other)
    if not isfinite(one) or not isfinite(other):
        return isfinite(one) != isfinite(other)
    before, after = here.arguments(node), there.arguments(node)
    if operator.branches:
        return here.taken(node) != there.taken(node)
    if operator.ties:
        return before.index(one) != after.index(other) if one in before and other in after else False
    if operator.cone:
        return bool(one <= dist(before, after))
    if operator.jump:  # a piece of which the slopes are whole numbers
        return any(abs(a - b) > LARGE for a, b in zip(_pieces(here, node), _pieces(there, node), strict=True))
    return False


def _pieces(here: Evaluation, node: int) -> list[float]:
    """What changes where a node jumps: the value of a step, the whole quotient of mod, the half plane of atan2."""
    x, out = here.arguments(node)[0], here.values[node]
    if here.graph.operators[node].is_flat:
        return [out]
    y = here.arguments(node)[-1]
    is_quotient = here.graph.operators[node].jump == "out"
    return [(x - out) / y if y else 0.0] if is_quotient else [float(y < 0 and x < 0)]

"""Which numbers hang on what is taken for granted: that a number is 0, or that a branch is the one the floats took.

No digits tell a 0 from what is less than they reach, nor which branch is taken where both sides are equal. So both
passes are made again, with each of these numbers as far off as its radius and with each of these branches decided the
other ways: a number of the result that stays what it was is known; one that moves is not, and hangs on the place.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal, localcontext
from typing import Any, NamedTuple

from gradcli.engine.digits import enclosures, exact
from gradcli.engine.digits.ball_passes import NOTHING, BallPasses, Place
from gradcli.engine.digits.balls import FEW, ZERO, Ball, Undecided
from gradcli.engine.digits.exact import Exact, size_of
from gradcli.engine.digits.problem import Problem
from gradcli.operators.decimals.precision import context

SAME = Decimal("1e-12")  # relative
WAYS = (1, -1, 0)  # above 0 by its radius, below it, and on it; of what may be a maximum the last, the first
MOST_RIVALS = 8  # that may be a maximum, of which each is taken for it
LOOKED_AT = 4  # places, one by one, to find that which a number hangs on
# 1 + 1e-1232 and 1 part with so many digits; so do the fourth powers of all normal doubles.
FURTHEST_DIGITS = 2 * exact.MOST_DIGITS
# Nodes times digits squared (see `settle`): 50 nodes with the most digits, a fraction of a second.
WORK = 1e8
EXTREME = 4  # times its power of ten a number may take in digits: cos(x) - 1 takes 2, sin(x)/x - cos(x/2)^(2/3) 4
INFINITE = Decimal("Infinity")
VANISHES = Decimal("1e-20")  # by less a number moves with a 0 that more digits make smaller, as does cbrt(x - x)

# A number of the result: the node whose adjoint it is, or None for the value.
Number = int | None


class Hanging(NamedTuple):
    """What a number hangs on, and how far it moves with that; `Infinity` where it has no value there."""

    place: Place
    by: Decimal


def settled(problem: Problem) -> tuple[Exact | None, Mapping[Number, Hanging]]:
    """The passes with so many digits that the numbers are known (see `exact.settled`), and of those that hang on what
    is taken for granted the place that they hang on.
    """
    found = exact.settled(problem)
    while True:
        if found is None or not found.assumed:
            return found, {}
        found, hanging = hang_on(found, problem)
        digits = _more_digits(found, hanging)
        if digits <= found.digits or size_of(problem.graph) * digits**2 > WORK:
            return found, hanging
        more = exact.exact_passes(problem, digits)
        if more is None:
            return found, hanging
        found = more


def _more_digits(found: Exact, hanging: Mapping[Number, Hanging]) -> int:
    """With how many digits less may hang on what is taken for granted: a cube root of what is less than 1e-680 takes
    1,000 to be less than any double. 0 where no digits do.
    """
    wanted = [found.digits * NOTHING.adjusted() // x.by.adjusted() + FEW for x in hanging.values() if x.by < VANISHES]
    if hanging and _is_extreme(found):
        wanted.append(max(exact.MOST_DIGITS, 2 * found.digits))
    return max([digits for digits in wanted if digits <= FURTHEST_DIGITS], default=0)


def hang_on(found: Exact, problem: Problem) -> tuple[Exact, Mapping[Number, Hanging]]:
    """The numbers that hang on what the passes `found` take for granted, each with the first place that it hangs on.

    Of what hangs on a branch and is less than any double on each, no more than that is known in what is returned.
    """
    places, numbers = sorted(found.assumed), [None, *problem.targets]
    left = _moved(found, problem, places, numbers) if places else {}
    steps = [place for place in places if found.assumed[place]]
    others = [number for number in numbers if number not in left]
    below = _moved(found, problem, steps, others, _below) if steps and others else {}
    left |= {number: by for number, by in below.items() if by > NOTHING}  # it has no value there
    found = _less(found, problem, {number: by for number, by in below.items() if number not in left})
    hanging: dict[Number, Hanging] = {}
    for place in places[:LOOKED_AT] if left and len(places) > 1 else ():
        for number, by in _moved(found, problem, [place], list(left)).items():
            hanging[number] = Hanging(place, by)
            del left[number]
    return found, hanging | {number: Hanging(places[0], by) for number, by in left.items()}


def _less(found: Exact, problem: Problem, sizes: Mapping[Number, Decimal]) -> Exact:
    """The passes with these numbers no larger than that, and nothing else known of them."""
    if not sizes:
        return found
    values, adjoints = list(found.values), list(found.adjoints)
    for number, size in sizes.items():
        if number is None:
            values[problem.graph.output] = Ball(ZERO, size)
        else:
            adjoints[number] = Ball(ZERO, size)
    return replace(found, values=values, adjoints=adjoints)


def _apart(one: Ball | None, other: Ball | None) -> Decimal:
    """How far two numbers are apart, 0 if they are one double; not where one of them is unknown in any case."""
    if one is None or other is None:
        return ZERO
    apart = abs(one.middle - other.middle)
    return apart if apart > max(NOTHING, SAME * max(abs(one.middle), abs(other.middle))) else ZERO


def _below(one: Ball | None, other: Ball | None) -> Decimal:
    """How large two numbers are at the most that are less than any double; 0 if they are the same."""
    if one is None or other is None or (size := max(one.size, other.size)) > NOTHING:
        return ZERO
    is_one = abs(one.middle - other.middle) <= SAME * max(abs(one.middle), abs(other.middle))
    return ZERO if is_one and one.is_zero == other.is_zero else size


def _moved(
    found: Exact,
    problem: Problem,
    places: Collection[Place],
    numbers: Collection[Number],
    by_how_much: Callable[[Ball | None, Ball | None], Decimal] = _apart,
) -> dict[Number, Decimal]:
    """How far these numbers move at the most with what is taken at some places, those that do."""
    ways: tuple[int, ...] = WAYS if any(found.assumed[place] for place in places) else WAYS[:2]
    graph = problem.graph
    rivals = [len(set(graph.inputs[node])) for node, _ in places if graph.operators[node].ties]
    ways += tuple(range(2, min(max(rivals, default=0), MOST_RIVALS)))
    by = dict.fromkeys(numbers, ZERO)
    for way in ways:
        work = _Otherwise(problem, found, way, frozenset(places))
        other = exact.made(work)
        with localcontext(context(found.digits)):
            if other is None and _has_stepped(found, work):
                return dict.fromkeys(numbers, INFINITE)
            if other is not None:
                pairs = {x: (_of(found, x, problem), _of(other, x, problem)) for x in numbers}
                by = {x: max(far, by_how_much(*pairs[x])) for x, far in by.items()}
    return {x: far for x, far in by.items() if far}


def without_hanging(problem: Problem, digits: int) -> Exact | None:
    """The passes with so many digits; of the adjoints of the targets those are None that hang on something that is
    taken for granted. None where the output has no known value.
    """
    found = exact.exact_passes(problem, digits)
    if found is None or not found.assumed:
        return found
    found, hanging = hang_on(found, problem)
    return replace(found, adjoints=[None if node in hanging else x for node, x in enumerate(found.adjoints)])


def _of(passes: Exact, number: Number, problem: Problem) -> Ball | None:
    return passes.values[problem.graph.output] if number is None else passes.adjoints[number]


def _has_stepped(found: Exact, work: "_Otherwise") -> bool:
    """Whether passes that came to no value have another one at a jump or a comparison, or may have: they went somewhere
    else.
    """
    if work.is_undecided:
        return True
    for operator, one, other in zip(work.graph.operators, found.values, work.values, strict=True):
        if one is None or other is None:
            continue
        if one != other if operator.condition else operator.jump and _apart(one, other):
            return True
    return False


def _is_extreme(found: Exact) -> bool:
    """Whether a number is so small or large that beside others more digits may show what these do not."""
    numbers = [x.middle for x in found.values if isinstance(x, Ball) and x.middle and not x.may_be_zero]
    return any(EXTREME * abs(number.adjusted()) > found.digits for number in numbers)


class _Otherwise(BallPasses):
    """The passes `before` with what they take for granted at some `places` the other way: one of `WAYS`, or above 1
    with another argument for a maximum.

    What does not depend on a value at these places is what it was: half of the work, and more.
    """

    def __init__(self, problem: Problem, before: Exact, way: int, places: Collection[Place]) -> None:
        super().__init__(problem, before.digits)
        self.before = before
        self.way = min(way, 1)
        self.rival = way - 1
        self.is_undecided = False  # whether a jump or a comparison is not to be told that was
        self.places = places
        self.moves = self.graph.dependents(node for node, where in places if where == "operation")

    def value(self, node: int) -> Any:
        """The same as in the passes."""
        if not self.moves[node] and self.before.values[node] is not None:
            return self.before.values[node]
        try:
            return super().value(node)
        except Undecided:
            self.is_undecided = True
            raise

    def slope(self, node: int, index: int) -> Ball:
        """The same as in the passes."""
        known = None if self.moves[node] else self.before.slopes.get((node, index))
        return super().slope(node, index) if known is None else known

    def taken_for_zero(self, number: Ball, place: Place) -> Ball:
        """As far off as it may be; no two of them as far, lest their difference be 0."""
        if place not in self.places or not self.way:
            return Ball(ZERO)
        share = 1 - Decimal(place[0]) / (2 * len(self.graph))
        return Ball(number.radius * self.way * share)

    def stepped(self, node: int, known: Any) -> Any:
        """A comparison with its numbers equal, or the first of the graph larger or smaller; a jump from that side."""
        if (node, "operation") not in self.places:
            return super().stepped(node, known)
        operator, (first, *others) = self.graph.operators[node], self.graph.inputs[node]
        if operator.condition:
            return operator.forward(self.way if first < others[0] else -self.way, 0)
        if operator.jump == "out" and not self.way:
            return Ball(ZERO)  # of a remainder
        return enclosures.apply(operator, self._beside(node))

    def branched(self, node: int, known: int) -> int:
        """The branch on that side."""
        if (node, "operation") not in self.places:
            return known
        operator, arguments = self.graph.operators[node], self._beside(node)
        for index, branch in enumerate(operator.branches[:-1]):
            if enclosures.expression(branch.condition, operator.parameters)(*arguments):
                return index
        return len(operator.branches) - 1

    def held(self, node: int, rivals: Sequence[int], known: int) -> int:
        """The first or the last of those that may hold it, or one between."""
        if (node, "operation") not in self.places or not self.way:
            return known
        firsts: dict[int, int] = {}  # by node: it is no rival of itself
        for index in rivals:
            firsts.setdefault(self.graph.inputs[node][index], index)
        distinct = list(firsts.values())
        if 0 < self.rival < len(distinct):
            return distinct[self.rival]
        return distinct[-1] if self.way > 0 else distinct[0]

    def _beside(self, node: int) -> list[Any]:
        """The arguments at the ends of their balls, the first one to this side and the others to that one; or in the
        middle, which of what may be 0 is that.
        """
        arguments = [self.values[x] for x in self.graph.inputs[node]]
        if not self.way:
            return [Ball(ZERO if x.may_be_zero else x.middle) for x in arguments]
        ways = (self.way, *(-self.way for _ in arguments[1:]))
        return [Ball(x.middle + way * x.radius) for x, way in zip(arguments, ways, strict=True)]

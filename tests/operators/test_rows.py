"""One loop over the operator table: what each row says, against references and finite differences with 100 digits.

Nothing here names a function: a new row is tested by its own facts, once it has a reference in tests/accuracy.py.
`python -m tests.mutation` changes these facts one by one to see that the loop finds it.
"""

import math
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import product
from math import isfinite
from random import Random
from typing import Any, NamedTuple

import pytest
from mpmath import mp  # type: ignore[import-untyped]

from gradcli.api import gradient
from gradcli.engine.doubles import rules
from gradcli.engine.doubles.kinks import AtKink
from gradcli.engine.evaluation import Evaluation, evaluate
from gradcli.graph import Graph
from gradcli.language.parser import parse_rule
from gradcli.operators.records import Branch, Kink, Operator
from gradcli.operators.table import IDENTITY, VARIABLE
from tests.accuracy import LARGEST, ROWS, Point, attempt, limit, truths, ulp_error
from tests.helpers.exact import DIGITS, SIDE, both_sides, close, difference, exactly, formula, moved, read
from tests.helpers.rows import of
from tests.helpers.samples import defined, met, on_kink, on_kinks, ordinary, places, sizes

GRIDS = {  # by the number of arguments; more than two have the last one
    1: tuple(x / 2 for x in range(-6, 7)),
    2: (-3.0, -2.0, -1.0, -0.5, 0.0, 0.5, 1.0, 2.0),
    3: (-1.0, 0.0, 0.5, 1.0, 2.0),
}
EDGES = (0.0, -0.0, 0.5, -0.5, 1.0, -1.0, 2.0, -2.0, 3.0, 1000.0, -1000.0, 1e308, -1e308, 5e-324)
STRANGE = (*EDGES, -1001.0, math.inf, -math.inf, math.nan)
ORDERS = (0.0, 1.0, 2.0, -1.0, 0.5, math.nextafter(3.0, 4.0), 2.0**53)  # and what is none


def differentiable(row: Operator) -> bool:
    """Whether the row gives a number."""
    return not row.condition


@pytest.fixture(autouse=True)
def many_digits() -> Iterator[None]:
    """Computes with 100 digits."""
    with mp.workdps(DIGITS):
        yield


class Computed(NamedTuple):
    """A row applied to steps of their own, at a point."""

    graph: Graph
    at: dict[str, Any]
    targets: list[int]
    made: dict[tuple[str, ...], Evaluation]

    def under(self, rule: str = "branch") -> Evaluation:
        """Both passes under a rule for kinks, made once."""
        key = rule, *map(str, self.targets)
        if key not in self.made:
            self.made[key] = evaluate(self.graph, self.at, self.targets, rule)
        return self.made[key]

    @property
    def value(self) -> Any:
        """What the row gives."""
        return self.under().values[self.graph.output]

    def gradient(self, rule: str = "branch") -> list[float]:
        """Reverse mode: the adjoint of each argument."""
        return self.under(rule).adjoints[: len(self.at)]

    def sides(self, index: int) -> tuple[float | None, float | None]:
        """Forward mode: the derivatives for one argument from the left and from the right."""
        here = self.under()
        return here.one_sided(index, -1.0), here.one_sided(index, 1.0)

    def kinks(self) -> list[AtKink]:
        """The kinks and jumps that are noticed when all gradients are wanted."""
        return self.under().bends


def choices(
    row: Operator, size: int, numbers: Sequence[float], orders: Sequence[float] = ORDERS
) -> list[Sequence[Any]]:
    """For each argument these numbers, or what is taken in their place."""
    return [
        (True, False) if index in row.conditions else orders if index in row.orders else numbers
        for index in range(size)
    ]


def computed(row: Operator, point: Sequence[Any]) -> Computed:
    """The row at a point."""
    size = len(point)
    names = {index: f"x{index}" for index in range(size)}
    operators = [*[VARIABLE] * size, *[IDENTITY] * size, row]
    inputs = [*[()] * size, *((index,) for index in range(size)), tuple(range(size, 2 * size))]
    graph = Graph(operators, inputs, {}, names, 2 * size)
    return Computed(graph, {names[index]: x for index, x in enumerate(point)}, places(row, size), {})


@of()
def test_value(row: Operator) -> None:
    """The forward function gives the reference's value."""
    for point in ordinary(row):
        assert ulp_error(float(row.forward(*point)), mp.mpf(truths(row)[0](*exactly(point)))) <= limit(row, "value")[0]


@of(lambda row: row.definition or row.textbook)
def test_definition(row: Operator) -> None:
    """What the row says of the function by others, for doubles and as textbooks have it, is the function."""
    for point in ordinary(row):
        letters = "xyzuv"[: len(point)] if row.variadic else row.parameters
        exact = dict(zip(letters, exactly(point), strict=True))
        for text in filter(None, (row.definition, row.in_textbooks(letters))):
            assert close(read(text, **exact), truths(row)[0](*exact.values())), (point, text)


@of(differentiable)
def test_formula(row: Operator) -> None:
    """The partial derivatives of the table are those of the function, on every branch and for every argument."""
    for point in ordinary(row):
        for index in places(row, len(point)):
            assert close(formula(row, point, index), difference(truths(row)[0], point, index)), (point, index)


@of(lambda row: any(partial.textbook for partial in row.partials))
def test_textbook_forms(row: Operator) -> None:
    """What textbooks write is the partial derivative too."""
    for point in ordinary(row):
        exact = dict(zip(row.parameters, exactly(point), strict=True))
        for index, slope in enumerate(row.partials):
            form = read(slope.textbook or slope.formula, **exact, out=truths(row)[0](*exact.values()))
            assert close(form, formula(row, point, index)), (point, index)


@of(differentiable)
def test_reverse_and_forward_mode(row: Operator) -> None:
    """Both modes give the slope that the formula gives, up to the accuracy that is promised."""
    for point in ordinary(row):
        found = computed(row, point)
        gradient = found.gradient()
        if row.variadic:
            assert rules.formula_slopes(row)(point, found.value) == pytest.approx(gradient, rel=1e-12, abs=1e-300)
        for index in places(row, len(point)):
            assert ulp_error(gradient[index], formula(row, point, index)) <= limit(row, "slope")[0], (point, index)
            assert found.sides(index) == (gradient[index], gradient[index])
        assert found.gradient("minnorm") == gradient
        assert found.kinks() == []


@of(differentiable)
def test_one_wanted_argument(row: Operator) -> None:
    """A slope does not depend on which others are wanted."""
    for point in ordinary(row)[:2]:
        full = computed(row, point)
        for index in places(row, len(point)):
            alone = full._replace(targets=[index])
            expected = [x if place == index else 0.0 for place, x in enumerate(full.gradient())]
            assert alone.gradient() == alone.gradient("minnorm") == expected


@of(lambda row: row.branches)
def test_branches(row: Operator) -> None:
    """Each branch is what the table says that the function is there, and its slopes are the slopes of that."""
    for point in ordinary(row):
        branch = row.branches[rules.taken(row, point)]
        exact = dict(zip(row.parameters, exactly(point), strict=True))
        assert close(read(branch.takes, **exact), truths(row)[0](*exact.values()))
        for index, text in enumerate(branch.partials):
            assert close(read(text, **exact), difference(truths(row)[0], point, index))


@of(lambda row: row.kinks)
def test_kinks(row: Operator) -> None:
    """On a kink: the slope of the branch taken, the subgradient of smallest norm, and the slopes on both sides."""
    noticed = 0
    on_all_at_once = [1.5 if len(row.kinks) > 1 else 0.0] * len(row.parameters)
    for point in (*(point for _, point in on_kinks(row)), on_all_at_once):
        found = computed(row, point)
        branch = row.branches[rules.taken(row, point)]
        takes = partial(_branch_value, row, branch)
        assert close(takes(*exactly(point)), mp.mpf(found.value))
        bends = []
        for index in range(len(point)):
            left, right = both_sides(row, point, index)
            used = mp.mpf(found.gradient()[index])
            smallest = min(max(mp.zero, min(left, right)), max(left, right))
            assert close(used, difference(takes, point, index)), (point, index)
            assert close(used, truths(row)[1 + index](*exactly(point))), (point, index)
            assert close(mp.mpf(found.gradient("minnorm")[index]), smallest), (point, index)
            assert all(map(close, map(mp.mpf, found.sides(index)), (left, right)))
            if not (close(left, right) and close(left, used)):
                bends.append((index, left, right))
        notices = found.kinks()
        assert [(at.code, at.argument) for at in notices] == [("kink", index) for index, *_ in bends[:1]], point
        for at, (_, left, right) in zip(notices, bends, strict=False):
            assert close(mp.mpf(at.left), left)
            assert close(mp.mpf(at.right), right)
            assert at.argument in at.tied
            assert len({point[index] for index in at.tied}) == 1
        noticed += len(notices)
    assert bool(noticed) == any(_bends(row, kink) for kink in row.kinks)


def _branch_value(row: Operator, branch: Branch, *arguments: Any) -> Any:
    return read(branch.takes, **dict(zip(row.parameters, arguments, strict=True)))


def _bends(row: Operator, kink: Kink) -> bool:
    """Whether the slopes of the two branches that meet at a kink differ there."""
    exact = dict(zip(row.parameters, exactly(on_kink(row, kink, Random(0))), strict=True))
    below, above = (row.branches[index].partials for index in (kink.below, kink.above))
    return any(not close(read(a, **exact), read(b, **exact)) for a, b in zip(below, above, strict=True))


@of(lambda row: row.kinks)
def test_beside_kinks(row: Operator) -> None:
    """Beside a kink, by one ulp or by more, the function takes the branch that the kink names for that side."""
    sides_seen = {kink: set[tuple[int, int]]() for kink in row.kinks}
    for kink, point in on_kinks(row):
        index = met(row, kink)[0]
        sides = []
        for direction, distance in product((-1, 1), (0.01, 1e-9, 0.0)):
            beside = list(point)
            beside[index] = math.nextafter(point[index] + direction * distance, direction * math.inf)
            found = computed(row, beside)
            step = mp.nstr(abs(mp.mpf(beside[index]) - mp.mpf(point[index])) * mp.mpf("1e-40"), 5)
            for place, slope in enumerate(found.gradient()):
                assert ulp_error(slope, difference(truths(row)[0], beside, place, step)) <= limit(row, "slope")[0]
            assert found.kinks() == []
            if not distance:
                sides.append(rules.taken(row, beside))
        sides_seen[kink].add((sides[0], sides[1]))
    for kink, seen in sides_seen.items():
        assert (kink.below, kink.above) in seen


@of(lambda row: row.ties)
def test_ties(row: Operator) -> None:
    """Of up to five equal arguments the first gets all, or each its share; the sides are those of moving one."""
    for size in range(2, 6):
        for point in product((1.5, 2.5), repeat=size):
            found = computed(row, point)
            tied = [index for index, x in enumerate(point) if x == found.value]
            assert found.gradient() == [float(index == tied[0]) for index in range(size)]
            assert found.gradient() == rules.formula_slopes(row)(point, found.value)
            assert found.gradient("minnorm") == [(index in tied) / len(tied) for index in range(size)]
            assert [at.tied for at in found.kinks()] == [tuple(tied)] * (len(tied) > 1)
            for index in range(size):
                assert all(map(close, found.sides(index), both_sides(row, point, index)))


@of(lambda row: row.chooses)
def test_choices(row: Operator) -> None:
    """What is chosen is evaluated and decides; what is not is left alone."""
    for point in product((True, False), repeat=len(row.parameters)):
        found = computed(row, point)
        assert bool(found.value) == bool(truths(row)[0](*point))
        steps = range(len(point), 2 * len(point))
        assert None in [found.under().values[step] for step in steps] or row.condition


@of(lambda row: row.cone)
def test_cones(row: Operator) -> None:
    """At the tip of a cone the slopes are 0 under both rules, with a note, and the sides are those of moving one."""
    point = (0.0,) * sizes(row)[-1]
    found = computed(row, point)
    assert found.gradient() == found.gradient("minnorm") == [0.0] * len(point)
    if row.variadic:
        assert rules.formula_slopes(row)(point, 0.0) == [0.0] * len(point)
        assert rules.formula_slopes(row)((*point, 2.0), 2.0) == [*point, 1.0]
    assert [at.code for at in found.kinks()] == ["cone"]
    for index in range(len(point)):
        assert all(map(close, found.sides(index), both_sides(row, point, index)))


def on_grid(row: Operator) -> Iterator[Point]:
    """Whole and half numbers in the domain, where the special points of a function are."""
    size = max(2, row.least) if row.variadic else len(row.parameters)
    return (point for point in product(*choices(row, size, GRIDS[min(size, 3)])) if defined(row, point))


@of(differentiable)
def test_jumps(row: Operator) -> None:
    """The table names the points where the function jumps, and no others."""
    for point in on_grid(row):
        lacking, jumps = _beside(row, point)
        found = computed(row, point)
        assert [at.code for at in found.kinks() if at.code == "jump"] == ["jump"] * jumps, point
        sides = [side for index in places(row, len(point)) for side in found.sides(index)]
        if jumps:
            assert None in sides
        elif all(map(isfinite, found.gradient())):
            assert lacking == [side is None for side in sides], point


def _beside(row: Operator, point: Point) -> tuple[list[bool], bool]:
    """For each side of each argument whether there is no value, and whether the function jumps for any argument."""
    function, lacking, jumps = truths(row)[0], [], False
    for index in places(row, len(point)):
        left, right = (moved(point, index, mp.mpf(step)) for step in ("-1e-20", "1e-20"))
        lacking += [not defined(row, left), not defined(row, right)]
        if not any(lacking[-2:]):
            jumps |= bool(abs(function(*left) - function(*right)) > mp.mpf("1e-3"))
    return lacking, jumps


@of(differentiable)
def test_special_points(row: Operator) -> None:
    """At whole and half numbers the slope is right, or the function bends there and the table says so.

    The formula is right too, where it has a value.
    """
    for point in on_grid(row):
        found = computed(row, point)
        codes = {at.code for at in found.kinks()}
        for index in places(row, len(point)):
            if "jump" in codes or not all(defined(row, moved(point, index, h)) for h in (mp.mpf(SIDE), -mp.mpf(SIDE))):
                continue
            left, right = both_sides(row, point, index)
            if close(left, right) and not codes and abs(left) < mp.mpf("1e30"):
                slope, by_formula = mp.mpf(found.gradient()[index]), formula(row, point, index)
                assert ulp_error(slope, left) <= limit(row, "slope")[0] or close(slope, left), point
                assert not mp.isfinite(by_formula) or close(by_formula, left), point
            else:
                assert codes or abs(left) > mp.mpf("1e30"), point


@of()
def test_domain(row: Operator) -> None:
    """The forward function refuses the points where a condition of the domain fails, and no others."""
    near = [y for x in EDGES for y in (math.nextafter(x, -math.inf), x, math.nextafter(x, math.inf))]
    size = max(2, row.least) if row.variadic else len(row.parameters)
    for point in product(*choices(row, size, near if size < 3 else EDGES, (*ORDERS, 2.0**53 - 1))):
        refused = False
        try:
            row.forward(*point)
        except (ValueError, ZeroDivisionError):
            refused = True
        except OverflowError:
            refused = False
        assert refused != defined(row, point), point


@of()
def test_ieee_arithmetic(row: Operator) -> None:
    """Where the forward function raises, the exceptional result is the limit, an infinity, or else NaN.

    A function that is made of others has a finite limit too.
    """
    size = max(2, row.least) if row.variadic else len(row.parameters)
    for point in product(*choices(row, size, STRANGE)):
        got = rules.ieee(row)(*point)
        try:
            expected = row.forward(*point)
        except rules.ARITHMETIC_ERRORS:
            expected = _limit(row, point)
        assert str(got) == str(expected), point
        if not row.condition:
            found = rules.slopes(row, tuple(places(row, size)), True)
            found(list(point), got) if row.variadic else found(*point, got)


def _limit(row: Operator, point: Point) -> float:
    """Where the reference goes at a pole, beside zeros on their side, or its overflow; else NaN."""
    if any(map(math.isnan, point)):
        return math.nan
    with mp.workdps(2 * DIGITS + _places(point)):
        true = attempt(truths(row)[0], *exactly(point)) if defined(row, point) else mp.nan
        if isinstance(true, mp.mpf) and abs(true) > LARGEST:
            return math.copysign(math.inf, true)
        free = places(row, len(point))
        zeros = [index for index in free if not point[index]]
        sides = [_towards(row, point, zeros or free, sign) for sign in (1, -1) if zeros or len(free) == 1]
    found = [side for side in sides if side is not None][: 1 if zeros else 2]
    return found[0] if len(set(found)) == 1 else math.nan


def _places(point: Point) -> int:
    """How many digits the largest number has before its point, in tens, or more: what comes beside it needs as many."""
    return max([0, *(math.frexp(x)[1] for x in point if isfinite(x))]) // 30 * 10 + 10


def _towards(row: Operator, point: Point, moving: Sequence[int], sign: int) -> float | None:
    """Where the reference goes as these arguments come near: to an infinity, for a function that is made of others to a
    number, or NaN; None outside of the domain.
    """
    values = []
    for distance in ("7e-40", "7e-80", "7e-160"):  # which divide none of the numbers
        step = sign * mp.mpf(distance)
        beside = exactly(point)
        for index in moving:
            beside[index] += step * math.copysign(min(abs(point[index]), 1) or 1, point[index])
        if not defined(row, beside):
            return None
        values.append(attempt(truths(row)[0], *beside))
    first, second, third = values
    if mp.isinf(third) or abs(third) > 1.1 * abs(second) > 0:  # as the root of a logarithm, or faster
        return math.copysign(math.inf, third)
    if abs(third - second) > 1.1 * abs(second - first) > 1:  # so does what is far below 0 first
        return math.copysign(math.inf, third - second)
    is_limit = row.function is None and len(moving) == 1 and close(second, third)
    return float(third) if is_limit else math.nan


@of(lambda row: row.rises)
def test_it_grows_with_its_argument(row: Operator) -> None:
    """Wherever it is defined."""
    values = [row.forward(x) for x in (*GRIDS[1], 20.0, 600.0) if defined(row, (x,))]
    assert len(values) > 2
    assert values == sorted(values)
    assert len(set(values)) > len(values) - 3  # which are the same where it comes near a limit


@of(lambda row: row.complement)
def test_with_its_complement_it_is_1(row: Operator) -> None:
    """With 100 digits."""
    with mp.workdps(DIGITS):
        for x in (*GRIDS[1], 20.0, -600.0):
            both = truths(row)[0](mp.mpf(x)) + read(row.complement, x=mp.mpf(x))
            assert close(both, mp.mpf(1)), x


def test_a_step_passes_everything_on() -> None:
    """A named step is its argument."""
    for x in EDGES:
        found = computed(IDENTITY, (x,))
        assert (found.value, found.gradient(), found.sides(0)) == (x, [1.0], (1.0, 1.0))
    assert gradient("s = x", {"x": 3}).gradient == {"x": 1.0}


def test_every_rule_names_what_it_may() -> None:
    """The rules' names are the row's parameters, and out; a variadic row's are x, before and out."""
    for row in ROWS.values():
        allowed = {*(("x", "before") if row.variadic else row.parameters), "out"}
        texts = [*row.formulas, *row.domain, *[kink.at for kink in row.kinks], row.jump]
        texts += [text for branch in row.branches for text in (branch.condition, branch.takes, *branch.partials)]
        assert {name for text in texts if text for name in parse_rule(text, ("condition",)).variables} <= allowed
        assert len(row.partials) in ({0} if row.condition else {2} if row.variadic else {len(row.parameters)})

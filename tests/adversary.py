"""Looks for results that are neither right nor announced: `python -m tests.adversary [-n N] [--seed S]`.

Random programs of all operators of the table, with named steps and shared nodes, at points that are chosen to hurt.
Value and gradient are compared with forward mode in mpmath, with `DIGITS` digits. A number is right if it is off by no
more than `RIGHT` of itself; where the true number is 0, of the largest product that was added, or of what would change
the value by itself if the variable moved by itself. What rounding alone decides, however many digits there are, as in
sqrt(z)^2 >= z, is equal: the number must be right there, or a note say that it is not known. What notes say of both
sides of the point is compared with what mpmath sees there.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from math import copysign, inf, isfinite, nextafter, pi
from random import Random
from time import perf_counter
from typing import Any, NamedTuple

from mpmath import mp, mpf  # type: ignore[import-untyped]

from gradcli.api import Result, gradient
from gradcli.engine.notes import Note
from gradcli.errors import GradcliError
from gradcli.graph import Graph
from gradcli.language.parser import parse
from gradcli.operators.records import Operator
from gradcli.operators.table import CALLS, INFIX, PREFIX
from tests.helpers import oracle
from tests.helpers.sizes import size_of, terms
from tests.helpers.undecided import COMPARISONS as COMPARED
from tests.helpers.undecided import LAST, Undecided, settled

DIGITS = 400
SURE = 1600  # before something is found: log(exp(x)) at 5e-324 is -x^2/2 off with 400
RIGHT = 1e-9
VARIABLES = ("x", "y", "z")
CONSTANTS = ("0", "1", "2", "0.5", "3", "10", "1e-8", "1e8", "1e-200", "1e200", "1e-320", "pi")
OPERATIONS = tuple(row for row in (*INFIX, *PREFIX) if not row.condition)
ARITHMETIC = tuple(row for row in OPERATIONS if row.name in ("add", "sub", "mul", "div"))
FUNCTIONS = tuple(row for row in CALLS if not row.chooses)
CHOICES = tuple(row for row in CALLS if row.chooses)
COMPARISONS = tuple(row for row in INFIX if row.condition and not row.conditions)
CONNECTIVES = tuple(row for row in (*INFIX, *PREFIX) if row.conditions)
_MARKS = (0.0, 1.0, -1.0, 0.5, 2.0, 3.0, pi / 2, pi, 2.5, 8.0)
POINTS = (
    *_MARKS, -0.0, *(nextafter(x, inf) for x in _MARKS), *(nextafter(x, -inf) for x in _MARKS), 1e-8, -1e-8, 1e-5,
    1e-16, 1e150, -1e150, 1e-150, -1e-150, 1e300, -1e300, 1e-300, -1e-300, 5e-324,
    1e16, 36.5, -36.5, 709.0, -745.0, 400.0, 5.0, 7.0, 27.0, 1000.0,
)  # fmt: skip
# Functions and their inverses, which meet whole numbers and each other in no arithmetic.
INVERSES = (
    "exp(log({0}))", "log(exp({0}))", "sqrt({0})^2", "cbrt({0})^3", "log({0})/log(10)", "log10({0})", "10^log10({0})",
    "tan(atan({0}))", "sin(asin({0}))", "sinh(asinh({0}))", "({0}/3)*3", "expm1(log1p({0}))", "(exp({0}) - 1)/{0}",
    "(({0} + 1)^2 - {0}^2 - 1)/2",
)  # fmt: skip
STEPS = (
    "floor({0})", "ceil({0})", "round({0})", "sign({0} - {1})", "mod({0}, {1})", "where({0} >= {1}, z, 3*z)",
    "where({0} == {1}, z, 3*z)", "max({0}, {1})", "relu({0} - {1})", "abs({0} - {1})", "{0}", "{0} - {1}",
)  # fmt: skip
# Codes of notes on a point at which the value, or the gradient, is what a rule says.
JUMPS = {"jump", "edge", "edges"}
RULED = {*JUMPS, "kink", "tie", "one-sided", "stop", "not-finite"}
BESIDE = (mpf("1e-150"), mpf("1e-160"))  # of a variable, or of 1: how far what notes say is looked at
NEARER = (mpf("1e-1000"), mpf("1e-1010"))  # the same, with `SURE` digits, where that is beyond a peak
BEYOND = mpf("1e-40")  # of such a step: how far what it comes to is looked at where derivatives hold a value
OTHERS = range(1, 9)  # digits more with which it is seen too, unless it hangs on the last ones
NEAR = 1e-6
TINY = mpf("1e-300")  # what is below doubles


class Finding(NamedTuple):
    """A number that is neither right nor announced; `name` is "" for the value."""

    text: str
    at: Mapping[str, float]
    name: str
    got: float
    true: str


class Printed(NamedTuple):
    """A number of a result; `name` is "" for the value. `size` is that of its terms."""

    name: str
    number: float
    size: Any
    is_told: bool  # by a note, or that another one hangs on what is not known

    def is_right(self, true: Any) -> bool:
        """Whether this is the true number; 0 for one that is 0 but for the reference's own rounding, beside the terms,
        or that a note tells to be below all doubles.
        """
        apart = abs(mpf(self.number) - true)
        if apart <= RIGHT * abs(true) or (self.is_told and max(abs(self.number), abs(true)) < TINY):
            return True
        is_zero = not true or (self.name and abs(true) < self.size * LAST)
        return bool(is_zero and apart <= RIGHT * self.size)


class Open:
    """In place of a number that hangs on digits that nobody has."""


OPEN = Open()


class Generator:
    """Programs and points, from a seed."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.names: list[str] = []

    def program(self) -> str:
        """Up to three named steps and an output, of a depth from 1 to 8 in all."""
        self.names, lines = list(VARIABLES), []
        depth = self.random.randint(1, 8)
        for index in range(self.random.choice((0, 0, 1, 2, 3)) if depth > 1 else 0):
            lines.append(f"s{index} = {self.expression(min(depth - 1, 3))}")
            self.names += [f"s{index}"] * 3
        lines.append(self.expression(min(depth, 4)))
        return "; ".join(lines)

    def expression(self, depth: int) -> str:
        """An expression of at most this depth."""
        chance = self.random.random()
        if depth == 0 or chance < 0.12:
            return self.random.choice(CONSTANTS if self.random.random() < 0.2 else self.names)
        if chance < 0.45:
            return self._operation(self.random.choice(ARITHMETIC), depth)
        if chance < 0.53:
            return self._operation(self.random.choice(OPERATIONS), depth)
        if chance < 0.59:
            inner = self.random.choice(self.names)
            return self._step(self.random.choice(INVERSES).format(inner), inner)
        if chance < 0.95:
            row = self.random.choice(FUNCTIONS)
            count = self.random.randint(max(1, row.least), 3) if row.variadic else len(row.parameters)
            return f"{row.word}({', '.join(self.expression(depth - 1) for _ in range(count))})"
        row = self.random.choice(CHOICES)
        rest = ", ".join(self.expression(depth - 1) for _ in row.parameters[1:])
        return f"{row.word}({self._condition(depth - 1)}, {rest})"

    def _step(self, text: str, inner: str) -> str:
        return f"({self.random.choice(STEPS).format(f'({text})', inner)})"

    def _operation(self, row: Operator, depth: int) -> str:
        operands = [f"({self.expression(depth - 1)})" for _ in row.parameters]
        return f"{row.symbol}{operands[0]}" if len(operands) == 1 else f" {row.symbol} ".join(operands)

    def _condition(self, depth: int) -> str:
        if depth > 0 and self.random.random() < 0.25:
            row = self.random.choice(CONNECTIVES)
            operands = [f"({self._condition(depth - 1)})" for _ in row.parameters]
            return f"{row.symbol} {operands[0]}" if len(operands) == 1 else f" {row.symbol} ".join(operands)
        symbol = self.random.choice(COMPARISONS).symbol
        return f"{self.expression(max(0, depth - 1))} {symbol} {self.expression(0)}"

    def point(self, graph: Graph) -> dict[str, float]:
        """Special numbers, neighbours of them, ties, and ordinary numbers."""
        found: dict[str, float] = {}
        for name in graph.variables:
            chance = self.random.random()
            if found and chance < 0.1:
                found[name] = self.random.choice(list(found.values()))
            elif chance < 0.6:
                found[name] = self.random.choice(POINTS)
            elif chance < 0.9:
                found[name] = self.random.uniform(-3, 3)
            else:
                found[name] = self.random.choice((-1, 1)) * 10 ** self.random.uniform(-20, 20)
        return found


def reference(
    graph: Graph, at: Mapping[str, float], name: str, computed: list[Any] | None, digits: int = DIGITS
) -> Any:
    """The true value (name "") or slope; None where there is none, `OPEN` where two precisions differ."""
    found = []
    for precision in (digits, digits + 37):
        with mp.workdps(precision):
            try:
                value, slope = oracle.sweep(graph, at, name, computed)
            except (ArithmeticError, AttributeError, ValueError, TypeError):  # complex numbers on the way
                return None
            number = slope if name else value
            if None in (value, number) or isinstance(number, bool):  # of a branch that doubles pass over
                return None
            number = mp.mpmathify(number)
            if mp.im(number) or not mp.isfinite(number):
                return None
            found.append(mp.re(number))
    number = settled(*found)
    return OPEN if number is None else number


def findings(result: Result) -> Iterator[Finding]:
    """The numbers of a result that are neither right nor announced, and those of its notes that are not right."""
    said = {
        note.facts.get("name", ""): note.facts["corrected"] for note in result.notes if "corrected" in note.facts
    }  # fmt: skip
    is_minus_0 = any(not number and copysign(1, number) < 0 for number in result.at.values())
    if is_minus_0 and any(note.code == "jump" for note in result.notes):
        return  # of atan2, which doubles have below the jump at -0
    undecided = Undecided(result.graph, result.at, SURE)
    for name, got in {"": result.value, **result.gradient}.items():
        if not isfinite(got) or (name in said and said[name] is None):
            continue
        printed = Printed(name, got, size_of(result, name), is_told=name in said or None in said.values())
        true = _true(result, undecided, printed)
        if true is not None:
            shown = "open" if true is OPEN else mp.nstr(true, 17)[:60]
            yield Finding(result.graph.text, result.at, name, got, shown)
    for note in result.notes:
        yield from _beside(result, note)


def _true(result: Result, undecided: Undecided, printed: Printed) -> Any:
    """The true number where this one is not right; None where it is, or where there is no number."""
    name, true = printed.name, None
    for digits in (DIGITS, SURE):
        true = reference(result.graph, result.at, name, result.evaluation.values, digits)
        if true is OPEN or true is None:  # nodes that doubles pass over may be those that are taken
            again = reference(result.graph, result.at, name, None, digits)
            true = true if again is None else again
        if true is None:
            return None
        if true is not OPEN and printed.is_right(true):
            return _by_chance(result, undecided, printed)
    if true is not OPEN and name and not true and _moves_nothing(result, name, printed.number):
        return None
    edge = undecided.on_edge(name)  # what no digits decide is equal
    settled_ = edge[bool(name)] if edge else true
    if edge and printed.is_right(settled_):
        return None
    if settled_ is OPEN or not name:
        return true
    return None if printed._replace(size=undecided.size_on_edge(name)).is_right(settled_) else true


def _by_chance(result: Result, undecided: Undecided, printed: Printed) -> Any:
    """`OPEN` where a number is right on the side that rounding takes, but not on the edge itself, and nothing says so;
    else None.
    """
    if {note.code for note in result.notes} & (RULED if printed.name else JUMPS) or not _meets_a_turn(result):
        return None
    edge = undecided.on_edge(printed.name)
    return OPEN if edge and not printed.is_right(edge[bool(printed.name)]) else None


def _meets_a_turn(result: Result) -> bool:
    """Whether a comparison of doubles may be one of equal numbers, or a jump be met."""
    here = result.evaluation
    sizes = terms(here)
    for node in here.order:
        operator, inputs = here.graph.operators[node], here.graph.inputs[node]
        arguments = [here.values[x] for x in inputs]
        if None in arguments or operator.conditions or not (operator.condition or operator.jump or operator.branches):
            continue
        near = RIGHT * max(sizes[x] for x in inputs)
        steps = [arguments[0] - arguments[1]] if operator.condition else [arguments[0]]
        if operator.jump and operator.jump not in operator.parameters:
            steps = [(arguments[0] / arguments[1] if len(arguments) > 1 and arguments[1] else arguments[0]) * 2]
            steps = [step - round(step) for step in steps if isfinite(step)]
        if any(abs(step) <= near for step in steps):
            return True
    return False


def _moves_nothing(result: Result, name: str, slope: float) -> bool:
    """Whether the value would stay what it is, if the variable moved by itself with this slope."""
    value = reference(result.graph, result.at, "", result.evaluation.values)
    size = abs(value) if value is not None and value is not OPEN else 0
    return bool(abs(mpf(slope) * result.at[name]) <= RIGHT * (size or size_of(result, "")))


def _beside(result: Result, note: Note) -> Iterator[Finding]:
    """What a note says of both sides of the point, where mpmath sees something else there."""
    name, said = note.facts.get("variable"), note.facts
    if note.code not in ("edge", "one-sided") or name not in result.graph.variables:
        return
    for side, way in (("left", -1), ("right", 1)):
        for fact, index in ((f"value_{side}", 0), (side, 1)):
            got = said.get(fact)
            seen = None if got is None or not isfinite(got) else _seen(result, name, way, index, BESIDE, DIGITS)
            if seen is not None and not _may_be_seen(result, name, way, index, got, seen):
                yield Finding(result.graph.text, result.at, f"{note.code}, {fact}, {name}", got, mp.nstr(seen, 17))


def _may_be_seen(result: Result, name: str, way: int, index: int, got: float, seen: Any) -> bool:
    """Whether what a note says is what is seen, nearer to the point too, or is so on one of the sides where rounding
    alone decides.
    """
    if abs(got - seen) <= _allowed(result, name, seen, index):
        return True
    nearer = _seen(result, name, way, index, NEARER, SURE)
    if nearer is not None and abs(got - nearer) <= _allowed(result, name, nearer, index):
        return True
    with mp.workdps(SURE):
        at = {key: mpf(number) for key, number in result.at.items()}
        at[name] += way * BESIDE[1] * (abs(at[name]) or 1)
    ways = Undecided(result.graph, at, SURE).alternatives(name) or ()
    return any(abs(got - one[index]) <= _allowed(result, name, one[index], index) for one in ways)


def _allowed(result: Result, name: str, seen: Any, index: int) -> Any:
    moves = size_of(result, "") / abs(result.at[name]) if index and result.at[name] else 0.0  # of a slope of 0
    return 10 * NEAR * abs(seen) + RIGHT * (size_of(result, name if index else "") + moves) + mpf("1e-300")


def _seen(result: Result, name: str, way: int, index: int, steps: Sequence[Any], digits: int) -> Any:
    """The value (index 0) or the slope where a variable has moved a little, if it is the same at two distances and
    hangs on no last digits.
    """
    first, second = (_moved(result, name, way * step, digits) for step in steps)
    if first is None or second is None or abs(first[index] - second[index]) > NEAR * abs(second[index]):
        return None
    seen = second[index]
    others = (_moved(result, name, way * steps[1], digits + more) for more in OTHERS)
    return seen if all(other and abs(other[index] - seen) <= NEAR * abs(seen) for other in others) else None


def _moved(result: Result, name: str, step: Any, digits: int) -> tuple[Any, Any] | None:
    """The value where a variable has moved by a step of itself, and its slope there."""
    graph = result.graph
    with mp.workdps(digits):
        at = {key: mpf(number) for key, number in result.at.items()}
        step *= abs(at[name]) or 1
        at[name] += step
        try:
            value, slope = oracle.sweep(graph, at, name)
            if any(operator.held for operator in graph.operators):
                slope = _slope_beyond(graph, at, name, step)
            numbers = [mp.mpmathify(number) for number in (value, slope)]
        except (ArithmeticError, AttributeError, ValueError, TypeError):
            return None
        return None if any(mp.im(x) or not mp.isfinite(x) for x in numbers) else (numbers[0], numbers[1])


def _slope_beyond(graph: Graph, at: Mapping[str, Any], name: str, step: Any) -> Any:
    """The slope on the far side of a point, where what derivatives hold at its value stays and so do comparisons:
    beside x = 1 is max(detach(x), x) a tie all along, whose slope is 1 to the right and 0 to the left.
    """
    before: dict[tuple[int, ...], list[Any]] = {}

    def look(place: tuple[int, ...], operator: str, arguments: list[Any]) -> list[Any]:
        if len(place) > 1 or operator not in ("detach", *COMPARED):
            return arguments
        return before.setdefault(place, arguments)

    oracle.sweep(graph, at, name, look=look)
    return oracle.sweep(graph, {**at, name: at[name] + step * BEYOND}, name, look=look)[1]


def examined(count: int, seed: int) -> Iterator[tuple[str, list[Finding]]]:
    """What became of each program: "error", "noted", "lost" or "silent", and the findings."""
    generator = Generator(seed)
    while count:
        text = generator.program()
        graph = parse(text)
        if not graph.variables:
            continue
        count -= 1
        try:
            result = gradient(graph, generator.point(graph))
        except GradcliError:
            yield "error", []
            continue
        codes = {note.code for note in result.notes}
        kind = "lost" if codes & {"lost-digits", "underflow"} else "noted" if codes else "silent"
        yield kind, list(findings(result))


def main() -> None:
    """Examine, and exit with 1 if something was found."""
    parser = argparse.ArgumentParser(prog="python -m tests.adversary", description=__doc__)
    parser.add_argument("-n", type=int, default=1_000, help="programs")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    start, kinds, found = perf_counter(), Counter[str](), 0
    for kind, numbers in examined(options.n, options.seed):
        kinds[kind] += 1
        for finding in numbers:
            found += 1
            at = ",".join(f"{name}={number!r}" for name, number in finding.at.items())
            number = finding.name or "value"
            print(f"{finding.text!r} --at {at}: {number} {finding.got!r}, true {finding.true}", flush=True)
    shares = ", ".join(f"{count:,} {kind}" for kind, count in kinds.most_common())
    print(f"{options.n:,} programs in {perf_counter() - start:.0f} s ({shares}): {found} neither right nor announced")
    sys.exit(bool(found))


if __name__ == "__main__":
    main()

"""Value and gradient with as many correct digits as are asked for.

Both passes over balls (see `exact`), where every number means what is written: 0.1 is one tenth, and pi is π. Nothing
is taken from doubles. The digits of the work rise until the balls settle every digit that is asked for, and at the most
by `FURTHER`: what no digits settle, as that sin(pi) is 0, is given as a bound.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal, localcontext
from fractions import Fraction
from functools import cached_property
from math import isfinite
from typing import Any, NamedTuple

from gradcli.engine.answer import Answer
from gradcli.engine.binding import targets_of, usable
from gradcli.engine.digits import balls
from gradcli.engine.digits.balls import ZERO, Ball, Undecided, ball
from gradcli.engine.digits.exact import NOT_KNOWN, BallPasses
from gradcli.engine.notes import Note
from gradcli.errors import GradcliError, MathError
from gradcli.graph import Graph
from gradcli.language.characters import plain
from gradcli.language.missing import missing_values
from gradcli.language.names import output_name
from gradcli.language.parser import parse
from gradcli.operators.decimals.precision import context
from gradcli.text import finite_or_none, short_exponent

MOST = 1000  # digits that can be asked for
FURTHER = 1000  # digits of the work beyond those
GUARD = 20  # digits more than asked for, to begin with
WORK = 5e8  # nodes times digits squared, which the time grows with: 1000 nodes with 700 digits, a second or two
# Notes that hold whatever the digits.
PLACES = ("kink", "tie", "jump", "edge", "one-sided")
POLES = ("not-finite", "stop")  # what is said besides where a slope is not known
_LITERAL = re.compile(r"[-+(\s]*((?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)")

Written = str | Decimal | Fraction | float


class Settled(NamedTuple):
    """A number: its digits as a text, and the nearest double.

    Where the digits are not settled (`is_known`), the text is a bound, or "" if nothing is known.
    """

    text: str
    number: float | None
    is_known: bool


@dataclass(frozen=True, eq=False)
class Digits:
    """The value and the gradient of `graph` at the point `at` with `asked` correct digits.

    `value` and `gradient` have the nearest doubles, infinite beyond them and None where nothing is known; `texts` have
    the digits, by name, the value's under "". `notes` say where the point lies on a kink or jump.
    """

    graph: Graph
    at: Mapping[str, float]
    asked: int
    settled_value: Settled
    settled_gradient: Mapping[str, Settled]
    notes: tuple[Note, ...]

    @property
    def output(self) -> str:
        """The name of the output."""
        return output_name(self.graph)

    @property
    def value(self) -> float | None:
        """The double nearest to the value."""
        return self.settled_value.number

    @property
    def gradient(self) -> dict[str, float | None]:
        """The doubles nearest to the slopes."""
        return {name: slope.number for name, slope in self.settled_gradient.items()}

    @cached_property
    def digits(self) -> dict[str, Any]:
        """The digits: `value`, and `gradient` by name; None where nothing is known."""
        slopes = {name: slope.text or None for name, slope in self.settled_gradient.items()}
        return {"value": self.settled_value.text, "gradient": slopes}

    @property
    def is_settled(self) -> bool:
        """Whether all digits are known."""
        return all(found.is_known for found in (self.settled_value, *self.settled_gradient.values()))

    def __repr__(self) -> str:
        """The digits."""
        return f"Digits(value={self.digits['value']}, gradient={self.digits['gradient']})"

    def as_dict(self, language: str = "en") -> dict[str, Any]:
        """The result as `gradcli eval --digits --json` prints it: a number beyond doubles is None."""
        return {
            "expression": self.graph.text,
            "output": self.output,
            "at": dict(self.at),
            "value": finite_or_none(self.value),
            "gradient": {name: finite_or_none(slope) for name, slope in self.gradient.items()},
            "digits": self.digits,
            "notes": [note.as_dict(language) for note in self.notes],
        }


def with_digits(graph: Graph, at: Mapping[str, Written], asked: int, wrt: Iterable[str] | None = None) -> Digits:
    """Value and gradient with so many correct digits.

    A value of `at` is a text (a number or a constant expression, which mean what is written), or a number, which is
    exactly what it is. Raises `GradcliError` for less than one or more than 1,000 digits and for what is wrong with
    the point, and `MathError` where there is no value, or no digits decide a branch.
    """
    if not isinstance(asked, int) or not 1 <= asked <= MOST:
        raise GradcliError("digits-range", {"given": str(asked), "most": MOST}, source="option")
    missing = [name for name in graph.variables if name not in at]
    if missing:
        raise missing_values(graph, missing, at)
    point = {name: _meant(name, at[name]) for name in graph.variables}
    targets = targets_of(graph, wrt)
    numbers = _settled(graph, point, list(targets.values()), asked)
    doubles = {name: _double(number) for name, number in point.items()}
    notes: tuple[Note, ...] = ()
    if all(map(isfinite, doubles.values())):
        try:
            found = Answer.of(graph, doubles, wrt)
        except MathError:  # beyond doubles
            pass
        else:
            codes = PLACES if all(number.text for number in numbers) else PLACES + POLES
            notes = tuple(note for note in found.notes if note.code in codes)
    value, *slopes = numbers
    return Digits(graph, doubles, asked, value, dict(zip(targets, slopes, strict=True)), notes)


# What numbers mean


def _meant(name: str, value: Any) -> Decimal | Graph | Fraction:
    """A value of the point: a number, or a constant expression."""
    if isinstance(value, (Decimal, Fraction)) and (isinstance(value, Fraction) or value.is_finite()):
        return value
    if not isinstance(value, str):
        return Decimal(value if isinstance(value, int) else usable(name, value))
    if re.fullmatch(r"\s*-?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?\s*", value):
        return Decimal(value.strip())
    graph = parse(value)
    if graph.variables:
        raise GradcliError("value-not-finite", {"name": name, "value": repr(value)}, source="at")
    return graph


def _double(number: Decimal | Graph | Fraction) -> float:
    if not isinstance(number, Graph):
        return float(number)
    with localcontext(context(2 * GUARD)):
        return float(_evaluated(number).middle)


def _ball(number: Decimal | Graph | Fraction) -> Ball:
    """A value of the point in the present precision."""
    if isinstance(number, Graph):
        return _evaluated(number)
    return ball(number.numerator) / ball(number.denominator) if isinstance(number, Fraction) else ball(number)


def _evaluated(graph: Graph) -> Ball:
    """The value of a constant expression."""
    work = _Work(graph, bytearray(len(graph)))
    work.forward(_leaves(graph, {}))
    found: Ball = work.values[graph.output]
    return found


def _leaves(graph: Graph, point: Mapping[str, Decimal | Graph | Fraction]) -> dict[int, Ball | Decimal]:
    """All leaves in the present precision."""
    found: dict[int, Ball | Decimal] = {node: _ball(point[name]) for name, node in graph.variables.items()}
    text = plain(graph.text)
    for node, value in graph.values.items():
        name = graph.names.get(node, "")
        start = graph.starts[node] if graph.starts else 0
        found[node] = balls.CONSTANTS[name]() if name in balls.CONSTANTS else _literal(value, text, start)
    return found


def _literal(value: float, text: str, start: int) -> Decimal:
    """A number as the text has it; without a text, as the shortest one that means the same double."""
    match = _LITERAL.match(text, start)
    if match and float(match[1]) == abs(value):
        return Decimal(match[1]).copy_sign(Decimal(value))
    return Decimal(repr(value))


# The work


class _StuckError(Exception):
    """The forward pass goes no further than `node`."""

    def __init__(self, node: int, is_undecided: bool) -> None:
        super().__init__(node)
        self.node = node
        self.is_undecided = is_undecided


class _Work(BallPasses):
    """Both passes without anything taken from doubles."""

    nothing = vanishing = ZERO

    def __init__(self, graph: Graph, required: bytearray) -> None:
        super().__init__(graph, required, [None] * len(graph), 0, {})

    def value(self, node: int) -> Any:
        """The value of a node."""
        try:
            return super().value(node)
        except NOT_KNOWN as error:
            raise _StuckError(node, isinstance(error, Undecided)) from None


def _settled(
    graph: Graph, point: Mapping[str, Decimal | Graph | Fraction], targets: list[int], asked: int
) -> list[Settled]:
    """The value and the slopes for the targets, with as much work as it takes."""
    required = graph.requires_gradient(targets)
    digits, most = asked + GUARD, asked + FURTHER
    while True:
        is_last = digits >= most or len(graph) * (2 * digits) ** 2 > WORK
        with localcontext(context(digits)):
            work = _Work(graph, required)
            try:
                work.forward(_leaves(graph, point))
            except _StuckError as stuck:
                if is_last:
                    raise _no_value(graph, stuck, digits) from None
            else:
                work.backward()
                found = [_written("value", work.values[graph.output], asked, is_last)]
                found += [_written("gradient", work.adjoints[node], asked, is_last) for node in targets]
                if is_last or all(number.is_known for number in found):
                    return found
        digits = min(most, 2 * digits)


def _no_value(graph: Graph, stuck: _StuckError, digits: int) -> MathError:
    operator = graph.operators[stuck.node]
    facts = {"function": operator.symbol or operator.name, "column": graph.place(stuck.node)[1], "digits": digits}
    start = graph.starts[stuck.node]
    code = "digits-undecided" if stuck.is_undecided else "digits-undefined"
    return MathError(code, facts, graph.text, start, start + len(operator.symbol or operator.name))


def _written(called: str, number: Ball | None, asked: int, is_last: bool) -> Settled:
    """A number with so many digits, if its ball settles them."""
    if number is None:
        return Settled("", None, False)
    near = float(number.middle)
    own = len(number.middle.normalize().as_tuple().digits)
    if not number.radius and own <= asked:
        return Settled(_text(number.middle, own, is_exact=True), near, True)
    wide = context(2 * MOST + FURTHER)
    wide.rounding = ROUND_FLOOR
    low = wide.subtract(number.middle, number.radius)
    wide.rounding = ROUND_CEILING
    high = wide.add(number.middle, number.radius)
    if low <= 0 <= high:
        bound = max(-low, high).adjusted() + 1
        return Settled(f"|{called}| < 1e{bound}", 0.0 if bound < -324 else None, False)
    # A number in the middle between two texts never settles; the digits behind it do.
    for digits in range(asked, asked + (GUARD if is_last else 1)):
        rounded = context(digits).plus(low)
        if rounded == context(digits).plus(high):
            return Settled(_text(rounded, digits), near, True)
    return Settled("", near, False)


def _text(number: Decimal, digits: int, is_exact: bool = False) -> str:
    """A number with so many significant digits: without an exponent where that is short and no 0 means nothing."""
    if not number:
        return "0"
    power = number.adjusted()
    if -7 < power < (max(digits, 16) if is_exact else digits):
        return f"{number:.{max(0, digits - 1 - power)}f}"
    return short_exponent(f"{number:.{digits - 1}e}")

"""The digits of `--digits` against Arb's balls: `python -m tests.digits [COUNT] [SEED]`; needs python-flint.

Random programs of the functions of the operator table, at points of all sizes. A printed text is the nearest one with
its digits, so Arb's ball, computed with far more bits, lies within half a unit of the last digit. Values and slopes are
computed by the table's rules, over Arb's numbers: the arithmetic shares nothing with gradcli's. Prints how many texts
were compared, and each that is wrong; the exit code is 1 if there is one.
"""

import sys
from collections.abc import Callable, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import cache, reduce
from random import Random
from typing import Any

from flint import acb, arb, ctx, fmpq  # type: ignore[import-not-found]

from gradcli.engine.certified.correct import CorrectDigits, with_digits
from gradcli.engine.doubles import passes
from gradcli.errors import GradcliError
from gradcli.graph import Graph
from gradcli.language.parser import parse
from gradcli.operators import numeric
from gradcli.operators.records import Operator
from gradcli.operators.table import CALLS, IDENTITY, INFIX, PREFIX, WRITTEN

BITS = 2000
FARTHEST = 5000  # decimal exponent of what is compared
SURE = 300  # bits of Arb's number at the least
ASKED = (1, 7, 16, 30, 60)
ROWS = (*INFIX, *PREFIX, *CALLS)
NUMBERS = [row for row in ROWS if not row.condition]
CONDITIONS = [row for row in ROWS if row.condition]


class NoNumberError(ArithmeticError):
    """Arb does not decide a comparison, or has no number."""


class Number:
    """A ball of Arb that compares only where it is sure."""

    def __init__(self, ball: Any) -> None:
        self.ball = ball

    def _with(self, other: Any, operation: Callable[[Any, Any], Any]) -> "Number":
        return Number(operation(self.ball, of(other).ball))

    def __add__(self, other: Any) -> "Number":
        return self._with(other, lambda x, y: x + y)

    def __sub__(self, other: Any) -> "Number":
        return self._with(other, lambda x, y: x - y)

    def __mul__(self, other: Any) -> "Number":
        return self._with(other, lambda x, y: x * y)

    def __truediv__(self, other: Any) -> "Number":
        return self._with(other, lambda x, y: x / y)

    def __radd__(self, other: Any) -> "Number":
        return of(other) + self

    def __rsub__(self, other: Any) -> "Number":
        return of(other) - self

    def __rmul__(self, other: Any) -> "Number":
        return of(other) * self

    def __rtruediv__(self, other: Any) -> "Number":
        return of(other) / self

    def __neg__(self) -> "Number":
        return Number(-self.ball)

    def sign(self, other: Any = 0) -> int:
        """How it compares."""
        apart = self.ball - of(other).ball
        if apart > 0:
            return 1
        if apart < 0:
            return -1
        if apart.is_zero():
            return 0
        raise NoNumberError

    def __lt__(self, other: Any) -> bool:
        return self.sign(other) < 0

    def __le__(self, other: Any) -> bool:
        return self.sign(other) <= 0

    def __gt__(self, other: Any) -> bool:
        return self.sign(other) > 0

    def __ge__(self, other: Any) -> bool:
        return self.sign(other) >= 0

    def __eq__(self, other: object) -> bool:
        return not self.sign(other)

    def __ne__(self, other: object) -> bool:
        return bool(self.sign(other))

    __hash__ = None  # type: ignore[assignment]


def of(number: Any) -> Number:
    """A number as a ball."""
    if isinstance(number, Number):
        return number
    fraction = Fraction(number)
    return Number(arb(fmpq(fraction.numerator, fraction.denominator)))


def whole(x: Number, step: str) -> Number:
    """Floor or ceil."""
    found = getattr(x.ball, step)().unique_fmpz()
    if found is None:
        raise NoNumberError
    return of(int(found))


def nearest(x: Number) -> Number:
    """The nearest whole number, the even one of two."""
    low = whole(x, "floor")
    side = (x - low).sign(Fraction(1, 2))
    return low if side < 0 or (not side and int(low.ball.unique_fmpz()) % 2 == 0) else low + 1


def power(x: Number, y: Number) -> Number:
    """x^y."""
    if y.ball.is_integer():
        exponent = int(y.ball.unique_fmpz())
        if abs(exponent) > 10**6:
            raise NoNumberError
        return Number(x.ball**exponent) if exponent >= 0 else 1 / Number(x.ball**-exponent)
    if not x.sign():
        if y > 0:
            return of(0)
        raise NoNumberError
    return Number((x.ball.log() * y.ball).exp()) if x > 0 else Number(arb.nan())


def larger(x: Number, y: Number) -> Number:
    """The larger one, the first of two that are equal."""
    return y if y > x else x


def smaller(x: Number, y: Number) -> Number:
    """The smaller one, the first of two that are equal."""
    return y if y < x else x


def method(name: str) -> Callable[..., Number]:
    """A function that Arb has."""
    return lambda x: Number(getattr(x.ball, name)())


_ARB = """exp expm1 log log1p sin cos tan asin acos atan sinh cosh tanh asinh acosh atanh erf erfc erfinv lgamma
gamma digamma sqrt"""

FUNCTIONS: dict[str, Callable[..., Any]] = {
    **{name: method(name) for name in _ARB.split()},
    "log2": lambda x: Number(x.ball.log() / arb(2).log()),
    "log10": lambda x: Number(x.ball.log() / arb(10).log()),
    "cbrt": lambda x: of(x.sign()) * Number(abs(x.ball).root(3)) if x.sign() else x,
    "atan2": lambda y, x: Number(arb.atan2(y.ball, x.ball)),
    "abs": lambda x: x if x >= 0 else -x,
    "sign": lambda x: of(x.sign()),
    "floor": lambda x: whole(x, "floor"),
    "ceil": lambda x: whole(x, "ceil"),
    "round": nearest,
    "mod": lambda x, y: x - y * whole(x / y, "floor"),
    **dict.fromkeys(("hypot", "length"), lambda *xs: Number(sum((x * x for x in xs), of(0)).ball.sqrt())),
    "max": lambda *xs: reduce(larger, xs),
    "min": lambda *xs: reduce(smaller, xs),
    "sum": lambda *xs: sum(xs, of(0)),
    "logsumexp": lambda *xs: Number(sum((x.ball.exp() for x in xs), arb(0)).log()),
    "polygamma": lambda n, x: Number(acb(x.ball).polygamma(acb(n.ball)).real),
    "pow": power,
    "identity": lambda x: x,
    "neg": lambda x: -x,
    "div": lambda x, y: x / y,
}
CONSTANTS = {"pi": lambda: Number(arb.pi()), "e": lambda: Number(arb.const_e())}


@cache
def expression(text: str, parameters: tuple[str, ...]) -> Callable[..., Any]:
    """A rule's text as a function of balls."""
    return numeric.function(text, parameters, spelled, CONSTANTS)


def spelled(name: str) -> Callable[..., Any] | None:
    """The function that is called so in a rule; None for a choice."""
    return None if WRITTEN[name].chooses else function(WRITTEN[name])


@cache
def function(operator: Operator) -> Callable[..., Any]:
    """An operator's function of balls."""
    if operator.name in FUNCTIONS:
        own = FUNCTIONS[operator.name]
        return lambda *numbers: own(*map(of, numbers))
    return expression(operator.definition, operator.parameters) if operator.definition else operator.forward


def slopes(operator: Operator, arguments: Sequence[Any], out: Any) -> dict[int, Number]:
    """The local derivatives that are not 0."""
    if operator.condition:
        return {}
    if operator.chooses:
        return {operator.chooses(arguments[0]): of(1)}
    if operator.ties:
        return {next(index for index, x in enumerate(arguments) if x == out): of(1)}
    if operator.variadic:
        rule = expression(operator.partials[0].formula, ("x", "out"))
        return {index: of(rule(x, out)) for index, x in enumerate(arguments)}
    letters = (*operator.parameters, "out")
    texts = operator.formulas
    if operator.branches:
        holds = (b for b in operator.branches if not b.condition or expression(b.condition, letters)(*arguments, out))
        texts = next(holds).partials
    return {
        index: of(expression(text, letters)(*arguments, out))
        for index, text in enumerate(texts)
        if index not in operator.discrete
    }


def true_numbers(graph: Graph, at: dict[str, str]) -> list[Any]:
    """Arb's balls of the value and the gradient."""
    values: list[Any] = [None] * len(graph)
    order: list[int] = []
    for name, node in graph.variables.items():
        values[node] = of(Decimal(at[name]))
    for node, number in graph.values.items():
        name = graph.names.get(node, "")
        values[node] = CONSTANTS[name]() if name else of(Decimal(repr(number)))
    for node in passes.demanded(graph, values, order):
        operator, arguments = graph.operators[node], [values[x] for x in graph.inputs[node]]
        found = arguments[0] if operator is IDENTITY else function(operator)(*arguments)
        values[node] = found if operator.condition else of(found)  # a branch may be a plain number
    adjoints: list[Any] = [of(0)] * len(graph)
    adjoints[graph.output] = of(1)
    required = graph.requires_gradient(list(graph.variables.values()))
    for node in reversed(order):
        if not required[node] or adjoints[node].ball.is_zero() or not graph.inputs[node]:
            continue
        inputs = graph.inputs[node]
        for index, slope in slopes(graph.operators[node], [values[x] for x in inputs], values[node]).items():
            if required[inputs[index]]:
                adjoints[inputs[index]] = adjoints[inputs[index]] + adjoints[node] * slope
    return [values[graph.output].ball, *(adjoints[node].ball for node in graph.variables.values())]


def written(random: Random, depth: int) -> str:
    """A random expression of all functions."""
    if not depth or random.random() < 0.1:
        return random.choice(("x", "y", "x", "y", "0.1", "2", "pi", "1e-8", "3.5"))
    row = random.choice(NUMBERS if random.random() < 0.5 else [row for row in NUMBERS if row.symbol])
    return operation(random, row, depth)


def condition(random: Random, depth: int) -> str:
    """A random condition."""
    return operation(
        random, random.choice(CONDITIONS if depth else [row for row in CONDITIONS if not row.conditions]), depth
    )


def operation(random: Random, row: Operator, depth: int) -> str:
    """A row over random operands."""
    count = random.randint(max(row.least, 1), 3) if row.variadic else len(row.parameters)
    operands = []
    for index in range(count):
        if index in row.orders:
            operands.append(str(random.randrange(4)))
        elif index in row.conditions:
            operands.append(f"({condition(random, max(0, depth - 1))})")
        else:
            operands.append(f"({written(random, max(0, depth - 1))})")
    if row.symbol:
        return f" {row.symbol} ".join(operands) if len(operands) > 1 else f"{row.symbol} {operands[0]}"
    return f"{row.word}({', '.join(operands)})"


def number(random: Random) -> str:
    """Of any size, as text."""
    sign = random.choice(("", "-"))
    if random.random() < 0.6:
        return f"{sign}{random.uniform(0, 3):.{random.randrange(1, 25)}f}"
    return f"{sign}{random.randrange(1, 10 ** random.randrange(1, 12))}e{random.randrange(-40, 20)}"


def wrong(result: CorrectDigits, balls: Sequence[Any]) -> list[tuple[str, str]]:
    """The texts that are not the nearest ones, with Arb's number."""
    found = []
    numbers = [result.settled_value, *result.settled_gradient.values()]
    for settled, ball in zip(numbers, balls, strict=True):
        if not settled.is_known or not (ball.rel_accuracy_bits() > SURE or ball.is_exact()):
            continue
        text = Decimal(settled.text)
        if abs(text.adjusted()) > FARTHEST:
            continue
        shown = len(text.as_tuple().digits)
        exponent = int(text.as_tuple().exponent)
        unit = Fraction(10) ** exponent if shown >= result.asked else Fraction(10) ** (text.adjusted() - result.asked)
        apart = abs(ball - of(text).ball)
        room = of(unit).ball / 2 * (1 + of(Fraction(1, 10**20)).ball)
        if not apart < room and not (not text and ball.contains(0)):
            found.append((settled.text, ball.str(result.asked + 10)))
    return found


def main(count: int, seed: int) -> int:
    """Compare so many programs."""
    ctx.prec = BITS
    random, programs, texts, failed = Random(seed), 0, 0, 0
    while programs < count:
        text = f"s = {written(random, random.randrange(1, 4))}; s + {written(random, 2)}*s"
        try:
            graph = parse(text)
            at = {name: number(random) for name in graph.variables}
            result = with_digits(graph, at, random.choice(ASKED))
            balls = true_numbers(graph, at)
        except (GradcliError, ArithmeticError, ValueError):
            continue
        programs += 1
        texts += sum(found.is_known for found in (result.settled_value, *result.settled_gradient.values()))
        for printed, true in wrong(result, balls):
            failed += 1
            print(f"{text} at {at}, {result.asked} digits: {printed}, not {true}", flush=True)
    print(f"{programs:,} programs, {texts:,} texts, {failed} wrong")
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main(*(int(x) for x in (sys.argv[1:3] + ["10000", "1"][len(sys.argv) - 1 :]))))

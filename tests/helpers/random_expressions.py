"""Random expressions with points at which they and their gradients are finite and on no kink: always the same ones."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from functools import cache
from itertools import islice
from math import isfinite
from random import Random
from typing import NamedTuple

from gradcli.api import gradient
from gradcli.engine.binding import bind
from gradcli.engine.doubles.passes import Fault
from gradcli.engine.evaluation import evaluate
from gradcli.errors import MathError
from gradcli.language.parser import parse

COUNT = 500
VARIABLES = ("a", "b", "x", "y")
UNARY = (
    "exp({})", "expm1({})", "log({})", "log2({})", "log10({})", "log1p({})", "sqrt({})", "cbrt({})", "sin({})",
    "cos({})", "tan({})", "asin({})", "acos({})", "atan({})", "sinh({})", "cosh({})", "tanh({})", "asinh({})",
    "acosh({})", "atanh({})", "abs({})", "sign({})", "floor({})", "ceil({})", "round({})", "relu({})", "elu({})",
    "sigmoid({})", "softplus({})", "silu({})", "gelu({})", "erf({})", "erfc({})", "sinc({})", "-{}", "{}^2", "{}^3",
    "{}^-1", "2^{}", "logsumexp({})",
)  # fmt: skip
BINARY = (
    "{} + {}", "{} - {}", "{} * {}", "{} / {}", "{} ^ {}", "{} * {}", "{} + {}", "atan2({}, {})", "hypot({}, {})",
    "max({}, {})", "min({}, {})", "mod({}, {})", "leaky_relu({}, {})", "logsumexp({}, {})",
)  # fmt: skip
TERNARY = ("clip({}, {}, {})", "max({}, {}, {})", "logsumexp({}, {}, {})", "where({} > {}, {}, 2)", "min({}, {}, {})")
# Around a random expression: values that swamp it, oscillation, poles, cancellation, edges of conditions.
HOSTILE = (
    "{0}", "{0} + 1e16", "{0} + 1", "sin(1e8*({0}))", "sin(1e15*({0}))", "1e-12/({0}) + x", "1e-30/({0}) + 1",
    "({0}) - ({1})*1e9", "({0} + {1}) - ({1})", "where({1} < {2}, {0}, {2})", "where({2} == {2}*1, {0}, {1})",
    "s = {0}; s^2*({1})", "floor({0})*({1})", "mod({0}, {1})", "round({0}) + {1}", "erf({0})", "(1 - cos({0}))/({0})^2",
)  # fmt: skip


class Example(NamedTuple):
    """An expression and a point."""

    text: str
    at: Mapping[str, float]


@cache
def _drawn(draw: Callable[[int], Iterator[Example]], seed: int) -> tuple[list[Example], Iterator[Example]]:
    """What is drawn already, and what comes after it."""
    return [], draw(seed)


def _first(count: int, draw: Callable[[int], Iterator[Example]], seed: int) -> list[Example]:
    found, more = _drawn(draw, seed)
    found += islice(more, max(0, count - len(found)))
    return found[:count]


def examples(count: int = COUNT) -> list[Example]:
    """The first of 500, of up to some thirty operations, with named steps in every third."""
    return _first(count, _examples, 20240)


def _examples(seed: int) -> Iterator[Example]:
    random, found = Random(seed), 0
    while True:
        text = _text(random, 1 + found % 5)
        if found % 3 == 0:
            text = f"s = {text}; s*{_text(random, 2)} + {_text(random, 1)}/(2 + s^2)"
        at = {name: random.uniform(-2.5, 2.5) for name in VARIABLES}
        try:
            result = gradient(text, at)
        except MathError:
            continue
        tame = abs(result.value) < 1e6 and all(abs(slope) < 1e6 for slope in result.evaluation.adjoints)
        if result.gradient and tame and not result.notes and all(map(isfinite, result.evaluation.adjoints)):
            found += 1
            yield Example(text, dict(result.at))


def _text(random: Random, depth: int) -> str:
    if depth == 0 or random.random() < 0.1:
        return random.choice(VARIABLES) if random.random() < 0.8 else str(random.choice((1, 2, 0.5, 3)))
    kind = random.random()
    pattern = random.choice(UNARY if kind < 0.45 else BINARY if kind < 0.9 else TERNARY)
    parts = [_text(random, depth - 1) for _ in range(pattern.count("{}"))]
    return "(" + pattern.format(*(f"({part})" if part.startswith("-") else part for part in parts)) + ")"


def _number(random: Random) -> float:
    """Whole, ordinary, tiny or huge."""
    kind = random.random()
    if kind < 0.3:
        return float(random.choice((0, 1, -1, 2, 0.5, -2)))
    if kind < 0.7:
        return random.uniform(-2.5, 2.5)
    if kind < 0.73:  # the numbers at which a step underflows
        return random.choice((-1, 1)) * random.choice((5e-324, 1e-323, 1e-320, 2.3e-308))
    return random.choice((-1, 1)) * 10 ** random.uniform(-40, 30)


def hostile(count: int, seed: int = 7) -> list[Example]:
    """Expressions with points at which they have a value; always the same ones for a seed."""
    return _first(count, _hostile, seed)


def _hostile(seed: int) -> Iterator[Example]:
    random = Random(seed)
    while True:
        text = random.choice(HOSTILE).format(_text(random, random.randrange(4)), *random_texts(random))
        at = {name: _number(random) for name in VARIABLES}
        graph = parse(text)
        with suppress(Fault):  # no value
            evaluate(graph, bind(graph, at), graph.variables.values())
            yield Example(text, {name: at[name] for name in graph.variables})


def random_texts(random: Random) -> tuple[str, str]:
    """Two small ones."""
    return _text(random, 2), _text(random, 0)

"""Random expressions with points at which they and their gradients are finite and on no kink: always the same ones."""

from collections.abc import Mapping
from functools import cache
from math import isfinite
from random import Random
from typing import NamedTuple

from gradcli.api import gradient
from gradcli.errors import MathError

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


class Example(NamedTuple):
    """An expression and a point."""

    text: str
    at: Mapping[str, float]


@cache
def examples() -> tuple[Example, ...]:
    """500 of them, of up to some thirty operations, with named steps in every third."""
    random = Random(20240)
    found: list[Example] = []
    while len(found) < COUNT:
        text = _text(random, 1 + len(found) % 5)
        if len(found) % 3 == 0:
            text = f"s = {text}; s*{_text(random, 2)} + {_text(random, 1)}/(2 + s^2)"
        at = {name: random.uniform(-2.5, 2.5) for name in VARIABLES}
        try:
            result = gradient(text, at)
        except MathError:
            continue
        tame = abs(result.value) < 1e6 and all(abs(slope) < 1e6 for slope in result.evaluation.adjoints)
        if result.gradient and tame and not result.notes and all(map(isfinite, result.evaluation.adjoints)):
            found.append(Example(text, dict(result.at)))
    return tuple(found)


def _text(random: Random, depth: int) -> str:
    if depth == 0 or random.random() < 0.1:
        return random.choice(VARIABLES) if random.random() < 0.8 else str(random.choice((1, 2, 0.5, 3)))
    kind = random.random()
    pattern = random.choice(UNARY if kind < 0.45 else BINARY if kind < 0.9 else TERNARY)
    parts = [_text(random, depth - 1) for _ in range(pattern.count("{}"))]
    return "(" + pattern.format(*(f"({part})" if part.startswith("-") else part for part in parts)) + ")"

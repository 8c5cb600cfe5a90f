"""Random expressions, by the thousand, against mpmath, PyTorch and JAX: `pytest tests/slow/test_differential.py`.

Needs torch and jax besides the tests' packages, so it runs in an environment of its own and not by default.

mpmath, with 60 digits and the references of tests/accuracy.py, is the judge: where a problem is well conditioned, value
and gradient are right to 1e-12. The others are compared where the gradient is smooth, to 1e-9, and at kinks by the
conventions that differ:

- relu, abs, max and min at a kink: `--kink minnorm` is the rule of both, but for JAX's slope 1 of abs at 0; by default
  gradcli takes the branch.
- clip at an edge: PyTorch has slope 1, gradcli's default; JAX shares the gradient as it does for max and min.
- where: both differentiate the branch that is not taken too, so that its infinite slopes give NaN; gradcli does not.
- they return infinities and NaN where gradcli says that there is no finite number: such points are left out.
- gelu: PyTorch's loses its digits in the left tail, where 1 + erf cancels; here it is put together from erfc.
"""

import math
import sys
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from random import Random
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import pytest
import torch
from mpmath import mp  # type: ignore[import-untyped]

from gradcli.api import Result, gradient
from gradcli.errors import MathError
from gradcli.graph import Graph
from gradcli.language.parser import parse_rule
from gradcli.operators.records import Operator
from gradcli.operators.table import CALLS, IDENTITY, INFIX, PREFIX
from tests.accuracy import attempt, truths

jax.config.update("jax_enable_x64", True)

EXPRESSIONS = 3000
AT_KINKS = 1000
WITH_JAX = 600
DIGITS = 60
NOISE = "1e-30"  # relative, in each node, to find what is well conditioned
AMPLIFIED = 1000
VARIABLES = ("a", "b", "x", "y")
NUMBERS = [row for row in (*INFIX, *PREFIX, *CALLS) if not row.condition]
ARITHMETIC = [row for row in NUMBERS if row.symbol]
COMPARISONS = [row for row in INFIX if row.condition and not row.conditions]
INEXACT = {"digamma", "polygamma"}  # PyTorch's trigamma has nine digits, and JAX's is not right below 0
BENT = [row for row in NUMBERS if row.name in ("relu", "abs", "max", "min", "add", "sub", "mul", "neg")]


class Example(NamedTuple):
    """An expression and its result at a point."""

    text: str
    result: Result


# Random expressions


def written(random: Random, depth: int, rows: list[Operator]) -> str:
    """A random expression of the rows of the operator table."""
    if depth == 0 or random.random() < 0.1:
        return random.choice(VARIABLES) if random.random() < 0.8 else random.choice(("2", "0.5", "3", "1"))
    row = random.choice([own for own in rows if own in ARITHMETIC] if random.random() < 0.5 else rows)
    count = random.randint(max(row.least, 1), 4) if row.variadic else len(row.parameters)
    arguments = [
        condition(random, depth - 1, rows)
        if index in row.conditions
        else str(random.randrange(4))
        if index in row.orders
        else written(random, depth - 1, rows)
        for index in range(count)
    ]
    if row.symbol:
        return f"({row.symbol.join(('', *arguments)[-2:])})" if count == 2 else f"({row.symbol}{arguments[0]})"
    return f"{row.word}({', '.join(arguments)})"


def condition(random: Random, depth: int, rows: list[Operator]) -> str:
    """A random condition."""
    row = random.choice(COMPARISONS)
    text = f"{written(random, depth, rows)} {row.symbol} {written(random, depth, rows)}"
    other = f"{random.choice(VARIABLES)} > {random.choice(VARIABLES)}"
    return random.choice((text, text, f"not ({text})", f"{text} and {other}", f"{other} or {text}"))


@cache
def smooth() -> tuple[Example, ...]:
    """Expressions of all functions at points where value and gradient are finite and there is nothing to note."""
    random, found = Random(5), list[Example]()
    while len(found) < EXPRESSIONS:
        text = written(random, 1 + len(found) % 5, NUMBERS)
        at = {name: random.uniform(-2.5, 2.5) for name in VARIABLES}
        try:
            result = gradient(text, at)
        except MathError:
            continue
        if result.gradient and not result.notes:
            found.append(Example(text, result))
    return tuple(found)


@cache
def at_kinks() -> tuple[Example, ...]:
    """Expressions of functions with kinks, at whole numbers, where kinks and ties are met."""
    random, found = Random(6), list[Example]()
    while len(found) < AT_KINKS:
        text = written(random, 1 + len(found) % 4, BENT)
        at = {name: float(random.randint(-1, 1)) for name in VARIABLES}
        result = gradient(text, at, kink="minnorm")
        if any(note.code in ("kink", "tie") for note in result.notes):
            found.append(Example(text, result))
    return tuple(found)


# mpmath


def exactly(result: Result, noise: Random | None = None) -> tuple[Any, dict[str, Any]] | None:
    """Value and gradient in 60 digits by a backward pass of its own; with noise in every node; None if undefined."""
    values = exact_values(result, noise)
    if values is None:
        return None
    graph = result.graph
    adjoints = dict.fromkeys(range(len(graph)), mp.zero)
    adjoints[graph.output] = mp.one
    for node in reversed(result.evaluation.order):
        if adjoints[node]:
            for x, slope in exact_slopes(result, node, values):
                adjoints[x] += adjoints[node] * slope
    return values[graph.output], {name: adjoints[node] for name, node in graph.variables.items()}


def exact_values(result: Result, noise: Random | None) -> dict[int, Any] | None:
    """The value of each node that was evaluated; None if one has no finite value."""
    graph, h = result.graph, mp.mpf(NOISE)
    values: dict[int, Any] = {}
    for node in result.evaluation.order:
        inputs, operator = graph.inputs[node], graph.operators[node]
        if not inputs:
            values[node] = mp.mpf(result.evaluation.values[node])
            continue
        arguments = [values.get(x) for x in inputs]
        values[node] = arguments[0] if operator is IDENTITY else attempt(truths(operator)[0], *arguments)
        if operator.condition:
            continue
        if not isinstance(values[node], mp.mpf) or not mp.isfinite(values[node]):
            return None
        if noise:
            values[node] *= 1 + h * noise.uniform(-1, 1)
    return values


def exact_slopes(result: Result, node: int, values: dict[int, Any]) -> Iterator[tuple[int, Any]]:
    """The inputs of a node to which a gradient goes back, each with the local derivative there."""
    operator, inputs = result.graph.operators[node], result.graph.inputs[node]
    if not inputs or operator.condition:
        return
    arguments = [values.get(x) for x in inputs]
    partials = truths(operator)[1:] if operator is not IDENTITY else (lambda _: mp.one,)
    places = [index for index in range(len(inputs)) if index not in operator.discrete]
    for index, partial in zip(places, partials, strict=False):
        x = inputs[index]
        if x in values and result.evaluation.required[x] and (slope := attempt(partial, *arguments)):
            yield x, slope


def well_conditioned(result: Result, true: tuple[Any, dict[str, Any]]) -> list[str]:
    """The names ("" for the value) whose relative error is not much larger than that of one node."""
    numbers = {"": true[0]} | true[1]
    worst = dict.fromkeys(numbers, mp.zero)
    for seed in range(3):
        noisy = exactly(result, Random(seed))
        if noisy is None:
            return []
        for name, number in ({"": noisy[0]} | noisy[1]).items():
            error = abs(number - numbers[name])
            worst[name] = max(worst[name], error / abs(numbers[name]) if numbers[name] else error * mp.mpf("1e40"))
    return [name for name, error in worst.items() if error <= AMPLIFIED * mp.mpf(NOISE)]


def rounding_of_parts(result: Result, name: str) -> float:
    """How far rounding may move a slope that is a sum of parts, which may cancel: y - y has two."""
    here, node = result.evaluation, result.graph.variables.get(name)
    parts = [
        here.adjoints[sender] * here.local_derivatives(sender)[index]
        for sender, inputs in enumerate(result.graph.inputs)
        for index, x in enumerate(inputs)
        if x == node and here.adjoints[sender] and index in here.local_derivatives(sender)
    ]
    finite = [abs(part) for part in parts if math.isfinite(part)]
    return 4 * sys.float_info.epsilon * sum(finite) if len(finite) > 1 else 0.0


@pytest.mark.parametrize("part", range(10))
def test_mpmath(part: int) -> None:
    """Where the problem is well conditioned: |got − true| <= 1e-12·|true|, value and gradient, parts summed apart."""
    compared, numbers = 0, 0
    with mp.workdps(DIGITS):
        for text, result in smooth()[part::10]:
            true = exactly(result)
            if true is None:
                continue
            good = well_conditioned(result, true)
            expected, got = {"": true[0]} | true[1], {"": result.value} | dict(result.gradient)
            numbers += len(expected)
            for name in good:
                compared += 1
                room = mp.mpf("1e-12") * abs(expected[name]) + rounding_of_parts(result, name)
                assert abs(got[name] - expected[name]) <= room, (text, result.at, name)
    assert compared > 0.85 * numbers


# PyTorch and JAX


def _torch(name: str) -> Callable[..., Any] | None:
    f = torch.nn.functional
    named = {
        "add": torch.add, "sub": torch.sub, "mul": torch.mul, "div": torch.div, "pow": torch.pow, "neg": torch.neg,
        "lt": torch.lt, "le": torch.le, "gt": torch.gt, "ge": torch.ge, "eq": torch.eq, "ne": torch.ne,
        "and": torch.logical_and, "or": torch.logical_or, "not": torch.logical_not, "where": torch.where,
        "cbrt": lambda x: torch.sign(x) * torch.abs(x) ** (1 / 3),
        "clip": lambda x, low, high: x.clamp(low, high),
        "mod": torch.remainder, "leaky_relu": lambda x, slope: torch.where(x >= 0, x, slope * x), "elu": f.elu,
        "softplus": lambda x: torch.logaddexp(x, torch.zeros_like(x)), "silu": f.silu,
        "gelu": lambda x: x * torch.erfc(-x / math.sqrt(2)) / 2,
        "sinc": lambda x: torch.sinc(x / math.pi), "logsumexp": lambda *x: torch.logsumexp(torch.stack(x), 0),
        "sum": lambda *x: torch.stack(x).sum(), "length": lambda *x: torch.linalg.vector_norm(torch.stack(x)),
        "max": lambda *x: torch.amax(torch.stack(x)), "min": lambda *x: torch.amin(torch.stack(x)),
        "heaviside": lambda x: torch.where(x >= 0, 1.0, 0.0) + 0 * x,
        "gamma": lambda x: torch.exp(torch.lgamma(x)) * (1 - 2 * (torch.floor(torch.clamp(x, max=0)) % 2)),
    }  # fmt: skip
    return named.get(name) or getattr(torch, name, None)


def _jax(name: str) -> Callable[..., Any] | None:
    named = {
        "add": jnp.add, "sub": jnp.subtract, "mul": jnp.multiply, "div": jnp.divide, "pow": jnp.power,
        "neg": jnp.negative, "lt": jnp.less, "le": jnp.less_equal, "gt": jnp.greater, "ge": jnp.greater_equal,
        "eq": jnp.equal, "ne": jnp.not_equal, "and": jnp.logical_and, "or": jnp.logical_or, "not": jnp.logical_not,
        "asin": jnp.arcsin, "acos": jnp.arccos, "atan": jnp.arctan, "atan2": jnp.arctan2, "asinh": jnp.arcsinh,
        "acosh": jnp.arccosh, "atanh": jnp.arctanh, "leaky_relu": lambda x, slope: jnp.where(x >= 0, x, slope * x),
        "elu": jax.nn.elu, "sigmoid": jax.nn.sigmoid, "softplus": jax.nn.softplus, "silu": jax.nn.silu,
        "gelu": lambda x: jax.nn.gelu(x, approximate=False), "relu": jax.nn.relu, "erf": jax.scipy.special.erf,
        "erfc": jax.scipy.special.erfc, "sinc": lambda x: jnp.sinc(x / math.pi),
        "logsumexp": lambda *x: jax.scipy.special.logsumexp(jnp.stack(x)),
        "sum": lambda *x: jnp.stack(x).sum(), "length": lambda *x: jnp.linalg.norm(jnp.stack(x)),
        "max": lambda *x: jnp.max(jnp.stack(x)), "min": lambda *x: jnp.min(jnp.stack(x)),
        "erfinv": jax.scipy.special.erfinv, "gamma": jax.scipy.special.gamma, "lgamma": jax.scipy.special.gammaln,
        "xlogy": jax.scipy.special.xlogy, "heaviside": lambda x: jnp.heaviside(x, 1.0),
        "detach": jax.lax.stop_gradient,
    }  # fmt: skip
    return named.get(name) or getattr(jnp, name, None)


Functions = Callable[[str], Callable[..., Any] | None]


def run(graph: Graph, leaves: Mapping[int, Any], functions: Functions, number: Any) -> Any:
    """The output of a graph by another system's functions, or their definitions; it evaluates all branches."""
    values = dict(leaves)
    for node, (operator, inputs) in enumerate(zip(graph.operators, graph.inputs, strict=True)):
        arguments = [values[x] for x in inputs]
        if operator is IDENTITY:
            values[node] = arguments[0]
        elif inputs and (function := functions(operator.name)):
            values[node] = function(*arguments)
        elif inputs:
            formula = parse_rule(operator.definition)
            given = dict(zip(operator.parameters, arguments, strict=True))
            values[node] = run(formula, {x: given[name] for name, x in formula.variables.items()}, functions, number)
        elif node not in values:
            values[node] = number(graph.values[node])
    return values[graph.output]


def by_torch(result: Result) -> tuple[float, dict[str, float]]:
    """Value and gradient by PyTorch in double precision."""

    def number(value: float) -> torch.Tensor:
        return torch.tensor(value, dtype=torch.float64)

    graph = result.graph
    leaves = {node: number(result.at[name]).requires_grad_() for name, node in graph.variables.items()}
    value = run(graph, leaves, _torch, number)
    if value.requires_grad:
        value.backward()
    slopes = {name: leaves[node].grad for name, node in graph.variables.items()}
    return float(value.detach()), {name: 0.0 if slope is None else float(slope) for name, slope in slopes.items()}


def by_jax(result: Result) -> tuple[float, dict[str, float]]:
    """Value and gradient by JAX in double precision."""
    graph = result.graph
    names = list(graph.variables)

    def function(*numbers: Any) -> Any:
        return run(graph, dict(zip(graph.variables.values(), numbers, strict=True)), _jax, jnp.float64)

    point = [jnp.float64(result.at[name]) for name in names]
    value, slopes = jax.value_and_grad(function, argnums=tuple(range(len(names))))(*point)
    return float(value), {name: float(slope) for name, slope in zip(names, slopes, strict=True)}


System = Callable[[Result], tuple[float, dict[str, float]]]


def differences(result: Result, system: System) -> Iterator[str]:
    """What another system finds different ("" for the value) where the problem is well conditioned."""
    value, slopes = system(result)
    true = exactly(result)
    good = well_conditioned(result, true) if true else []
    theirs, ours = {"": value} | slopes, {"": result.value} | dict(result.gradient)
    scale = max(1.0, *map(abs, result.evaluation.adjoints))  # what is 0 may be the rounded sum of such numbers
    for name in good:
        poisoned = math.isnan(theirs[name]) or math.isinf(theirs[name])
        if poisoned and any(row.chooses or row.branches or "where" in row.definition for row in result.graph.operators):
            continue  # it differentiates what is not taken
        if not math.isclose(theirs[name], ours[name], rel_tol=1e-9, abs_tol=1e-12 * scale):
            yield name


@pytest.mark.parametrize("part", range(10))
@pytest.mark.parametrize(("system", "count"), [(by_torch, EXPRESSIONS), (by_jax, WITH_JAX)], ids=("torch", "jax"))
def test_smooth_points(system: System, count: int, part: int) -> None:
    """Away from kinks all agree."""
    with mp.workdps(DIGITS):
        found = {
            (text, str(result.at)): different
            for text, result in smooth()[:count][part::10]
            if not {operator.name for operator in result.graph.operators} & INEXACT
            and (different := list(differences(result, system)))
        }
    assert {} == found


@pytest.mark.parametrize("part", range(10))
@pytest.mark.parametrize(("system", "count"), [(by_torch, AT_KINKS), (by_jax, WITH_JAX)], ids=("torch", "jax"))
def test_kinks(system: System, count: int, part: int) -> None:
    """At kinks and ties of relu, abs, max and min, their rule is minnorm (JAX's abs aside)."""
    for text, result in at_kinks()[:count][part::10]:
        if system is by_jax and any(note.facts.get("function") == "abs" for note in result.notes):
            continue
        assert (result.value, pytest.approx(dict(result.gradient), rel=1e-12)) == system(result), (text, result.at)


@pytest.mark.parametrize(
    ("text", "at", "ours", "theirs"),
    [
        ("relu(x)", {"x": 0}, {"x": 1}, {"x": 0}),
        ("max(x, y)", {"x": 1, "y": 1}, {"x": 1, "y": 0}, {"x": 0.5, "y": 0.5}),
        ("min(x, y, x)", {"x": 1, "y": 1}, {"x": 1, "y": 0}, {"x": 2 / 3, "y": 1 / 3}),
        ("where(x > 0, sqrt(x), 0*x)", {"x": -1}, {"x": 0}, {"x": math.nan}),
        ("where(x > 0, log(x), 2*x)", {"x": 0}, {"x": 2}, {"x": math.nan}),
    ],
)
def test_conventions_that_differ(
    text: str, at: dict[str, float], ours: dict[str, float], theirs: dict[str, float]
) -> None:
    """The default rule at a kink, and what is not taken: gradcli, and both others."""
    result = gradient(text, at)
    assert ours == result.gradient
    for system in (by_torch, by_jax):
        assert pytest.approx(theirs, nan_ok=True) == system(result)[1]


def test_abs_at_0() -> None:
    """PyTorch has slope 0, JAX 1."""
    result = gradient("abs(x)", {"x": 0})
    assert (1.0, 0.0, 1.0) == (result.gradient["x"], by_torch(result)[1]["x"], by_jax(result)[1]["x"])


def test_clip_at_its_edges() -> None:
    """PyTorch has slope 1 as gradcli has by default."""
    for x in (-1.0, 1.0):
        result = gradient("clip(x, -1, 1)", {"x": x})
        assert (x, {"x": 1.0}) == by_torch(result) == (result.value, result.gradient)

"""Derivatives as formulas: how they are made, and their truth with 100 digits."""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import product
from math import isfinite
from typing import Any

import pytest
from mpmath import mp, mpf

from gradcli.api import gradient
from gradcli.engine.doubles.passes import forward
from gradcli.engine.evaluation import evaluate
from gradcli.errors import MathError
from gradcli.frozen import with_other
from gradcli.graph import Graph
from gradcli.language.format import format_graph
from gradcli.language.parser import parse
from gradcli.operators.records import Operator
from gradcli.symbolic.derive import Derivatives, derive
from gradcli.symbolic.formulary import Formulary
from gradcli.symbolic.programs import program
from tests.helpers import oracle
from tests.helpers.calls import call
from tests.helpers.definitions import TRUTH_OF_CONSTANTS
from tests.helpers.random_expressions import Example


def formulary(text: str, order: int = 1, **at: float) -> Formulary:
    """All derivatives of an expression, at a point if there is one."""
    found = Formulary(*_derived(text, order))
    if at:
        found.evaluate(at, None)
    return found


@lru_cache(maxsize=32)
def _derived(text: str, order: int) -> tuple[Graph, Derivatives]:
    """An expression and its derivatives, for many points."""
    graph = parse(text)
    return graph, derive(graph, order=order)


EXTREMES = (1e-300, 1e-160, 1e-100, 1e-80, 1e-50, 200.0, 300.0, 400.0, 1e50, 1e80, 1e100, 1e160, 1e300)
_OTHERS = (0.7, 1.3, 2.1)  # what the other arguments are
_LEAST = mpf(2) ** -1074


def check_extremes(row: Operator, points: Sequence[float], orders: Sequence[int] = (2, 3)) -> None:
    """A row's derivatives of higher order by each argument where that is huge or tiny: right, or said to be none, and
    what is no double of 16 digits is said to be none.
    """
    names = list("xyz"[: max(2, row.least) if row.variadic else len(row.parameters)])
    text = call(row, names)
    for name, size, sign, order in product(names, points, (1, -1), orders):
        at = dict(zip(names, _OTHERS, strict=False)) | {name: sign * size}
        try:
            found = formulary(text, order, **at)
        except MathError:
            continue
        key = (name,) * order
        if key in found.numbers:
            _check_extreme(found, key, (text, at, key))


def _check_extreme(found: Formulary, key: tuple[str, ...], case: Any) -> None:
    number, label = found.numbers[key], found.label(key)
    said = [note.code for note in found.notes if label in (note.facts.get("name"), note.facts.get("of"))]
    if not isfinite(number):
        assert said, case
        return
    assert found.at is not None
    for digits in (100, 1400):  # rounding agrees with the number by no chance: many are for where few do not
        with mp.workdps(digits):
            try:
                true = exactly(found.derivatives.graph, found.derivatives.roots[key], found.at)
            except OverflowError:  # mpmath has no erfc of what is beyond doubles squared
                true = None
            if true is None:
                assert said or "erf" in found.text(key), case
                return
            apart = abs(number - true)
            if true and apart <= 1e-9 * abs(true):
                return
    # What cancels to less than the digits of the truth is 0.
    assert apart <= mpf(10) ** -1390 or (apart <= _LEAST and said), (case, number, true)


def exactly(graph: Graph, root: int, at: Mapping[str, Any]) -> Any:
    """A node's value with 100 digits; what no branch takes is passed over."""
    whole = Graph(graph.operators, graph.inputs, graph.values, graph.names, root)
    leaves = {node: float(at[name]) for name, node in whole.variables.items()} | dict(whole.values)
    computed = forward(whole, leaves, total=True).values
    exact = {x: TRUTH_OF_CONSTANTS[whole.names[x]]() if x in whole.names else v for x, v in whole.values.items()}
    return oracle.sweep(with_other(whole, values=exact), at, computed=computed)[0]


def check_hessian(example: Example) -> None:
    """The second derivatives are those of differences of values, whichever variable comes first; as doubles too."""
    graph = parse(example.text)
    derivatives = derive(graph, order=2)
    numbers = derivatives.numbers(example.at)
    names = list(graph.variables)
    found: dict[tuple[str, str], float] = {}
    with mp.workdps(100):
        step = mpf(10) ** -20
        point = {name: mpf(value) for name, value in example.at.items()}
        for place, one in enumerate(names):
            for other in names[place:]:
                ends = []
                for first, second in ((1, 1), (1, -1), (-1, 1), (-1, -1)):
                    at = dict(point)
                    at[one] += first * step
                    at[other] += second * step
                    ends.append(first * second * exactly(graph, graph.output, at))
                true = mp.fsum(ends) / (4 * step**2)
                formula = exactly(derivatives.graph, derivatives.root(one, other), point)
                assert abs(formula - true) <= mpf(10) ** -20 * (1 + abs(true)), (example, one, other)
                gradient_of_other = program(derivatives.graph, derivatives.root(other))
                other_way = derive(gradient_of_other, [one] if one in gradient_of_other.variables else [])
                back = exactly(other_way.graph, other_way.root(one), point) if other_way.targets else 0
                assert abs(back - formula) <= mpf(10) ** -50 * (1 + abs(true)), (example, other, one)
                found[one, other] = float(true)
    largest = 1 + max(map(abs, found.values()))
    for key, expected in found.items():
        assert pytest.approx(expected, rel=1e-9, abs=1e-12 * largest) == numbers[key], (example, key)


def check_formulas(example: Example) -> None:
    """The formulas give the gradient to 1e-12 of itself, each as a program of its own that the parser reads again."""
    expected = gradient(example.text, example.at).gradient
    derivatives = derive(parse(example.text))
    for (variable,), root in derivatives.roots.items():
        text = format_graph(program(derivatives.graph, root))
        found = gradient(text, example.at, []).value
        assert pytest.approx(expected[variable], rel=1e-12, abs=0) == found, text


def check_strings(example: Example) -> None:
    """Gradient and Hessian as strings: the parser reads each, and it has the printed value."""
    facts = formulary(example.text, 2, **example.at).as_dict()
    strings, numbers = dict(leaves(facts["gradient"])), dict(leaves(facts["gradient_at"]))
    strings |= dict(leaves(facts["hessian"]))
    numbers |= dict(leaves(facts["hessian_at"]))
    assert strings.keys() == numbers.keys()
    largest = 1 + max(map(abs, numbers.values()))
    for key, text in strings.items():
        graph, wanted = parse(text), pytest.approx(numbers[key], rel=1e-9, abs=1e-12 * largest)
        doubles = evaluate(graph, {name: example.at[name] for name in graph.variables}, [])
        # Where these have the number, nobody need look into their digits, which takes far longer.
        assert doubles.values[graph.output] == wanted or gradient(graph, example.at, []).value == wanted, text


def leaves(nested: Any, key: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """What is in dictionaries of dictionaries, by its keys."""
    for name, inner in nested.items():
        if isinstance(inner, dict):
            yield from leaves(inner, (*key, name))
        else:
            yield (*key, name), inner


def check_orders(examples: Sequence[Example]) -> None:
    """At order 2 every number is right to 1e-9, and noted is only what doubles have wrong."""
    for example in examples:
        found = formulary(example.text, 2, **example.at)
        said = {note.facts["name"]: note.facts["computed"] for note in found.notes if "computed" in note.facts}
        largest = 1 + max(map(abs, found.numbers.values()))
        for key in found.keys:
            with mp.workdps(100):
                true = exactly(found.derivatives.graph, found.derivatives.root(*key), example.at)
                room = 1e-9 * (abs(true) if abs(true) > mpf(10) ** -60 else largest)
                assert abs(found.numbers[key] - true) <= room, (example, key)
                if found.label(key) in said:
                    assert abs(said[found.label(key)] - true) > 0.9 * room, (example, key)

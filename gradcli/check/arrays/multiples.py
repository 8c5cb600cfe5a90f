"""Claims that are a multiple of the right gradient: by a number, by a count as of a mean, by another array."""

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from math import isclose, isfinite
from operator import mul, truediv
from typing import NamedTuple

from gradcli.arrays.elements import spread
from gradcli.check.arrays.leading import Leads
from gradcli.check.mistakes.consistency import MULTIPLES, are_near
from gradcli.check.trials.remarks import Mentions, Remark
from gradcli.check.trials.samples import Sample
from gradcli.check.trials.trials import TOLERANCE
from gradcli.graph import Graph
from gradcli.graph.arrays import Arrays, Shape
from gradcli.operators.arrays import ARRAY_FUNCTIONS, ArrayOperator
from gradcli.operators.table import DIV

MEAN = ARRAY_FUNCTIONS["mean"]
LEAST = 3  # numbers of which all have the same ratio by more than chance, whatever the ratio is
LARGEST = 1000  # numerator and denominator of a ratio that is said as a fraction
SAME = 1e-10  # relative: so near to a fraction it is that


class Ratio(NamedTuple):
    """What a claim is to the right gradient, while that is one number in all elements at all points."""

    factor: float = 0.0
    numbers: int = 0  # that were compared
    is_one: bool = True

    def narrowed(self, claimed: Sequence[float], right: Sequence[float], room: float) -> "Ratio":
        """Compared with the elements at one more point."""
        factor = self.factor
        if not factor:
            size, place = max((abs(one), place) for place, one in enumerate(right))
            factor = claimed[place] / right[place] if size else 0.0
        pairs = zip(claimed, right, strict=True)
        is_one = self.is_one and all(are_near(one, factor * other, TOLERANCE, room) for one, other in pairs)
        return Ratio(factor, self.numbers + sum(map(bool, right)), is_one)

    def told(self) -> Iterator[Remark]:
        """The ratio, where it is no sign and there are more numbers than such a ratio is between by chance."""
        factor = self.factor
        if factor and self.is_one and isfinite(factor) and not isclose(abs(factor), 1.0, rel_tol=SAME):
            is_simple = any(isclose(factor, one, rel_tol=SAME) for one in MULTIPLES)
            if is_simple or self.numbers >= LEAST:
                yield Remark("multiple", {"factor": _said(factor)})


def _said(factor: float) -> str:
    """A number as a fraction or its root, if it is one, else in digits."""
    sign, size = "-" if factor < 0 else "", abs(factor)
    fraction, square = (Fraction(one).limit_denominator(LARGEST) for one in (size, size * size))
    if isclose(fraction, size, rel_tol=SAME):
        return f"{sign}{fraction}"
    if not isclose(square, size * size, rel_tol=SAME):
        return f"{factor:.6g}"
    return f"{sign}1/sqrt({square.denominator})" if square.numerator == 1 else f"{sign}sqrt({square})"


def by_counts(arrays: Arrays) -> Iterator[tuple[Remark, Leads]]:
    """By the length of an axis, or by all that a mean is of."""
    lengths = {length for shape in arrays.shapes for length in shape if length > 1}
    added, means, divisors = _added_up(arrays), _averaged(arrays), _divisors(arrays.program)
    for count in sorted(lengths | means):
        if means or count in divisors:
            yield Remark("not-averaged", {"count": count}), by_number(float(count))
        if count in added:
            yield Remark("averaged", {"count": count}), by_number(1 / count)


def _averaged(arrays: Arrays) -> set[int]:
    """How many numbers each mean of the program is of."""
    program, elements = arrays.program, arrays.elements
    nodes = [node for node in range(len(program)) if program.operators[node].name == MEAN.name]
    return {len(elements[program.inputs[node][0]]) // len(elements[node]) for node in nodes}


def _divisors(program: Graph) -> set[float]:
    """The numbers by which the program divides, as a part of one too: 1/3*x."""
    values, pairs = program.values, zip(program.operators, program.inputs, strict=True)
    found = {values[inputs[1]] for operator, inputs in pairs if operator is DIV and inputs[1] in values}
    return found | {1 / value for value in values.values() if 0 < value < 1}


def _added_up(arrays: Arrays) -> set[int]:
    """The lengths of what is made one number, or is reduced along an axis."""
    found: set[int] = set()
    for node, inputs in enumerate(arrays.program.inputs):
        operator = arrays.operator(node)
        if isinstance(operator, ArrayOperator) and not operator.view and (operator.reduces or not arrays.shapes[node]):
            found.update(arrays.shapes[inputs[0]])
    return found


def by_number(factor: float) -> Leads:
    """The right gradient times a number."""
    return lambda _, right, places: [factor * right[place] for place in places]


def by_arrays(arrays: Arrays, mentions: Mentions, shape: Shape) -> Iterator[tuple[Remark, Leads]]:
    """By a number or an array that the program computes or has as a variable, or by twice that."""
    program = arrays.program
    moved = program.dependents(program.variables.values())
    for node in range(len(program)):
        own = arrays.shapes[node]
        if not moved[node] or not _stands_for(own, shape) or not arrays.elements[node]:
            continue
        elements = spread(arrays.elements[node], own, shape)
        for factor, before in ((1.0, ""), (2.0, "2*")):
            for code, operation in (("times", mul), ("divided", truediv)):
                facts = {"taken": mentions[node] if not before else f"{before}{_factor(mentions, node)}"}
                yield Remark(code, facts), _by_array(elements, factor, operation)


def _factor(mentions: Mentions, node: int) -> str:
    """A node as a factor."""
    text = mentions[node]
    return text if node in mentions.stops or (text.endswith(")") and text.partition("(")[0].isalnum()) else f"({text})"


def _stands_for(own: Shape, shape: Shape) -> bool:
    """Whether an array is repeated to a shape by broadcasting."""
    pairs = zip(own[::-1], shape[::-1], strict=False)
    return len(own) <= len(shape) and all(one in (1, other) for one, other in pairs)


def _by_array(elements: Sequence[int], factor: float, operation: Callable[[float, float], float]) -> Leads:
    def leads(found: Sample, right: Sequence[float], places: Sequence[int]) -> Sequence[float] | None:
        values = [found.values[elements[place]] for place in places]
        if not all(values):  # None: not evaluated
            return None
        return [operation(right[place], factor * value) for place, value in zip(places, values, strict=True)]

    return leads

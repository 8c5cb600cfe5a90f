"""What wrong claims about whole arrays are consistent with: a transpose, a sum over the batch that was forgotten, 1/N,
another product of the same matrices, a matrix taken to be symmetric.

Each mistake is what it leads to in numbers, compared with the claim in all elements at every point.
"""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import islice, product
from math import isfinite
from operator import mul

from gradcli.arrays.names import operation_names
from gradcli.check.arrays.claims import ArrayClaim
from gradcli.check.arrays.operations import Leads, of_operations
from gradcli.check.mistakes.consistency import MULTIPLES, are_near
from gradcli.check.trials.claims import Claim
from gradcli.check.trials.remarks import Remark
from gradcli.check.trials.samples import Sample, sample
from gradcli.check.trials.trials import TOLERANCE, Trial, tried
from gradcli.graph import Graph
from gradcli.graph.arrays import Arrays, shaped
from gradcli.operators.arrays import ARRAY_FUNCTIONS, MATMUL, ArrayOperator
from gradcli.operators.table import ADD, VARIABLE

MEAN = ARRAY_FUNCTIONS["mean"]
# Mistakes that are one and the same, seen from two sides.
_KINDS = {
    **dict.fromkeys(("constant", "both-constant"), "path"),
    **dict.fromkeys(("factor", "for-output"), "rule"),
    **dict.fromkeys(("not-averaged", "averaged"), "multiple"),
}
Matrix = Sequence[Sequence[float]]
MOST = 3  # mistakes that are named for one claim
WORK = 2_000_000  # nodes that backward passes may visit at a point for the mistakes at operations of one claim
WHOLE = (
    200_000  # nodes of all points at which all elements of a claim are compared; at two they are, whatever the graph
)


class ArrayCandidates:
    """The mistakes that a claim about an array is consistent with at all points so far."""

    def __init__(self, graph: Graph, claim: ArrayClaim) -> None:
        assert graph.arrays is not None, "a graph of arrays"
        self.claim = claim
        self._graph = graph
        self._arrays = graph.arrays
        self._known: list[tuple[Remark, Leads]] | None = None
        self._right: list[Sequence[Trial]] = []  # where nothing has differed so far
        self._compared = 0

    def narrow(self, tries: Mapping[Claim, Trial], found: Sample) -> None:
        """Keep those that lead to the claim at this point too, if all its elements have numbers that say something.

        Until one differs the claim may be right, and nothing need be known of mistakes.
        """
        if all(claim in tries for claim in self.claim.elements):
            trials = [tries[claim] for claim in self.claim.elements]
            if self._known is None and all(trial.outcome != "differs" for trial in trials):
                self._right.append(trials)
            else:
                self._compare(trials, found)

    def _compare(self, trials: Sequence[Trial], found: Sample) -> None:
        if self._known is None:
            self._known = list(_mistakes(self._graph, self._arrays, self.claim))
        if not self._known:
            return
        trials = [trial.shaken(found) for trial in trials]
        if not all(trial.is_clear for trial in trials):
            return
        right, room = [trial.right for trial in trials], max(trial.hidden for trial in trials)
        self._compared += 1
        # Most mistakes lead to something else in any element, for which less of the graph need be passed.
        compared: list[Sequence[int]] = [[self._compared % len(trials)]]
        if self._compared <= max(2, WHOLE // len(self._graph)):
            compared.append(range(len(trials)))
        for places in compared:
            claimed = [trials[place].claimed or 0.0 for place in places]
            self._known = [one for one in self._known if _fits(one[1](found, right, places), claimed, room)]

    def told(self) -> list[Remark]:
        """Them, the simplest first, one of each kind."""
        for trials in self._right if self._known else ():
            there = sample(self._graph, trials[0].at)
            assert there is not None, "the claim was tried there"
            self._compare(trials, there)
        found: dict[str, Remark] = {}
        for remark, _ in (self._known or ()) if self._compared else ():
            found.setdefault(_KINDS.get(remark.code, remark.code), remark)
        return list(found.values())[:MOST]


def _fits(numbers: Sequence[float] | None, claimed: Sequence[float], room: float) -> bool:
    if numbers is None or not all(map(isfinite, numbers)):
        return False
    return all(are_near(one, other, TOLERANCE, room) for one, other in zip(numbers, claimed, strict=True))


def _mistakes(graph: Graph, arrays: Arrays, claim: ArrayClaim) -> Iterator[tuple[Remark, Leads]]:
    """The mistakes that can be made about an array, the most typical ones first."""
    yield Remark("sign"), _multiple(Fraction(-1))
    if len(claim.shape) > 1 and claim.shape[0] == claim.shape[1]:
        yield Remark("transposed"), _transpose(claim.shape[0])
    node = next((node for name, node in arrays.named.items() if name == claim.name), None)
    if node is not None:
        yield from _of_a_batch(arrays, node)
        yield from _products(arrays, node)
    yield from islice(of_operations(graph, [one.node for one in claim.elements]), WORK // len(graph))
    lengths = sorted({length for shape in arrays.shapes for length in shape if length > 1})
    added = _added_up(arrays)
    for length in lengths:
        if _averages(arrays, length):
            yield Remark("not-averaged", {"count": length}), _multiple(Fraction(length))
        if length in added:
            yield Remark("averaged", {"count": length}), _multiple(Fraction(1, length))
    for factor in sorted(MULTIPLES, key=lambda one: (one.numerator + one.denominator, one)):
        if factor.numerator > 1 or factor.denominator not in added:
            yield Remark("multiple", {"factor": str(factor)}), _multiple(factor)


def _averages(arrays: Arrays, length: int) -> bool:
    """Whether the program has a mean, or divides by this number."""
    program = arrays.program
    return MEAN in program.operators or not {float(length), 1 / length}.isdisjoint(program.values.values())


def _added_up(arrays: Arrays) -> set[int]:
    """The lengths of what is made one number, or is reduced along an axis."""
    found: set[int] = set()
    for node, inputs in enumerate(arrays.program.inputs):
        operator = arrays.operator(node)
        if isinstance(operator, ArrayOperator) and not operator.view and (operator.reduces or not arrays.shapes[node]):
            found.update(arrays.shapes[inputs[0]])
    return found


def _multiple(factor: Fraction) -> Leads:
    return lambda _, right, places: [float(factor) * right[place] for place in places]


def _transpose(width: int) -> Leads:
    return lambda _, right, places: [right[place % width * width + place // width] for place in places]


def _of_a_batch(arrays: Arrays, node: int) -> Iterator[tuple[Remark, Leads]]:
    """One row of the gradient in the place of the sum of all, where an array was added to each row of another."""
    program, shape = arrays.program, arrays.shapes[node]
    for above, inputs in enumerate(program.inputs):
        wide = arrays.shapes[above]
        if node in inputs and not program.operators[above].shaped and len(wide) > len(shape):
            for row in range(wide[0]):
                yield Remark("batch-sum"), _row_of(arrays, above, row)


def _row_of(arrays: Arrays, above: int, row: int) -> Leads:
    width = arrays.shapes[above][-1]
    elements = arrays.elements[above][row * width : (row + 1) * width]
    return lambda found, _, places: [found.adjoints[elements[place]] for place in places]


def _products(arrays: Arrays, node: int) -> Iterator[tuple[Remark, Leads]]:
    """Other products of the gradient that comes to a matrix product with its other factor, or with the array itself."""
    program = arrays.program
    above = [place for place, inputs in enumerate(program.inputs) if node in inputs]
    if len(above) != 1 or program.operators[above[0]] is not MATMUL or len(arrays.shapes[node]) < 2:
        return
    place = above[0]
    side = program.inputs[place].index(node)
    other = program.inputs[place][1 - side]
    if len(arrays.shapes[other]) < 2:
        return
    names = operation_names(arrays)
    gradient = f"∂{names[program.output]}/∂{names[_passed_unchanged(arrays, place)]}"
    right = (f"{gradient}@{names[other]}.T", f"{names[other]}.T@{gradient}")[side]
    for factor, is_first, first, second in product((other, node), (True, False), ("", ".T"), ("", ".T")):
        pair = (gradient, names[factor]) if is_first else (names[factor], gradient)
        written = f"{pair[0]}{first}@{pair[1]}{second}"
        if written != right:
            signs = (is_first, first, second)
            yield Remark("other-product", {"taken": written, "rule": right}), _product(arrays, place, factor, signs)


def _passed_unchanged(arrays: Arrays, node: int) -> int:
    """The node whose gradient is a node's own: the one behind additions, which the reader has a name for."""
    program = arrays.program
    while node not in program.names:
        above = [place for place, inputs in enumerate(program.inputs) if node in inputs]
        if len(above) != 1 or program.operators[above[0]] is not ADD or arrays.shapes[above[0]] != arrays.shapes[node]:
            break
        node = above[0]
    return node


def _product(arrays: Arrays, place: int, factor: int, signs: tuple[bool, str, str]) -> Leads:
    is_gradient_first, *turned = signs

    def leads(found: Sample, right: Sequence[float], places: Sequence[int]) -> Sequence[float] | None:
        gradient = shaped([found.adjoints[x] for x in arrays.elements[place]], arrays.shapes[place])
        taken = shaped([found.values[x] for x in arrays.elements[factor]], arrays.shapes[factor])
        pair = (gradient, taken) if is_gradient_first else (taken, gradient)
        x, y = (_turned(one) if sign else one for one, sign in zip(pair, turned, strict=True))
        if len(x[0]) != len(y) or len(x) * len(y[0]) != len(right):
            return None
        columns, width = _turned(y), len(y[0])
        return [sum(map(mul, x[place // width], columns[place % width])) for place in places]

    return leads


def _names_turned(names: Sequence[str], width: int) -> list[str]:
    """The names of the elements of a square matrix, those of its transpose in their places."""
    return [one for place in range(width) for one in names[place::width]]


def _turned(rows: Matrix) -> list[list[float]]:
    return [list(column) for column in zip(*rows, strict=True)]


def symmetric_alone(graph: Graph, at: Mapping[str, float], claim: ArrayClaim) -> list[Remark]:
    """What is said of a wrong claim that holds where a square matrix is symmetric, as rules in tables take it to be."""
    arrays = graph.arrays
    assert arrays is not None, "a graph of arrays"
    for name, node in arrays.named.items():
        shape = arrays.shapes[node]
        if arrays.program.operators[node] is not VARIABLE or len(shape) < 2 or shape[0] != shape[1] or shape[0] == 1:
            continue
        names = arrays.names_of(name)
        pairs = zip(names, _names_turned(names, shape[0]), strict=True)
        found = sample(graph, {**at, **{one: (at[one] + at[other]) / 2 for one, other in pairs}})
        if found and all(tried(one, found).outcome == "same" for one in claim.elements):
            return [Remark("symmetric", {"name": name})]
    return []

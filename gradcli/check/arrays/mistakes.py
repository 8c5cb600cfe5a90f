"""What wrong claims about whole arrays are consistent with: a transpose, a sum over the batch that was forgotten, 1/N,
another product of the same matrices, a matrix taken to be symmetric.

Each mistake is what it leads to in numbers, compared with the claim in all elements at every point.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, islice, product
from math import isfinite
from operator import mul

from gradcli.arrays.names import operation_names
from gradcli.check.arrays.claims import ArrayClaim
from gradcli.check.arrays.leading import Leads
from gradcli.check.arrays.multiples import Ratio, by_arrays, by_counts, by_number
from gradcli.check.arrays.operations import of_operations
from gradcli.check.arrays.without import of_others
from gradcli.check.mistakes.consistency import are_near
from gradcli.check.trials.claims import Claim
from gradcli.check.trials.remarks import Mentions, Remark
from gradcli.check.trials.samples import Sample, sample
from gradcli.check.trials.trials import TOLERANCE, Trial, tried
from gradcli.graph import Graph
from gradcli.graph.arrays import Arrays, shaped
from gradcli.operators.arrays import MATMUL, TRANSPOSE
from gradcli.operators.table import ADD, VARIABLE

# Mistakes that are one and the same, seen from two sides.
_KINDS = {
    **dict.fromkeys(("constant", "both-constant"), "path"),
    **dict.fromkeys(("factor", "for-output", "twice", "place", "one-factor"), "rule"),
    **dict.fromkeys(("not-averaged", "averaged", "sum-for-mean", "mean-for-sum"), "multiple"),
    **dict.fromkeys(("own-input", "other-factor", "edge-sign", "times", "divided", "gradient", "without"), "other"),
}
_WEAK = {"rule": {"multiple"}, "other": set[str]()}  # said only if nothing else fits but these
_EXPLAINS = ("rule", "one-factor")  # where a number comes from that is missing: goes before what number it is
Matrix = Sequence[Sequence[float]]
MOST = 3  # mistakes that are named for one claim
WORK = 2_000_000  # nodes that backward passes may visit at a point for the mistakes at operations of one claim
EVALUATED = 400_000  # nodes that both passes over other functions may visit there
WHOLE = 200_000  # nodes of all points at which all elements of a claim are compared; at two points they are anyway


class ArrayCandidates:
    """The mistakes that a claim about an array is consistent with at all points so far."""

    def __init__(self, graph: Graph, claim: ArrayClaim) -> None:
        assert graph.arrays is not None, "a graph of arrays"
        self.claim = claim
        self._graph = graph
        self._arrays = graph.arrays
        self._known: list[tuple[Remark, Leads]] | None = None
        self._right: list[Sequence[Trial]] = []  # where nothing has differed so far
        self._ratio = Ratio()
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

    @property
    def _is_left(self) -> bool:
        """Whether something is left to compare with."""
        return self._known != [] or self._ratio.is_one

    def _compare(self, trials: Sequence[Trial], found: Sample) -> None:
        if self._known is None:
            self._known = list(_mistakes(self._graph, self._arrays, self.claim))
        if not self._is_left or not all(trial.is_clear for trial in trials):
            return
        known, ratio = self._fitting(self._known, trials, found)
        is_less = len(known) < len(self._known) or ratio.is_one < self._ratio.is_one
        if is_less and any(trial.is_refuted for trial in trials):
            # How far rounding of the values has moved the numbers apart takes long to know: it is asked for here alone.
            trials = [trial.shaken(found) for trial in trials]
            if not all(trial.is_clear for trial in trials):
                return
            known, ratio = self._fitting(self._known, trials, found)
        self._known, self._ratio = known, ratio
        self._compared += 1

    def _fitting(
        self, known: Sequence[tuple[Remark, Leads]], trials: Sequence[Trial], found: Sample
    ) -> tuple[list[tuple[Remark, Leads]], Ratio]:
        """The mistakes that lead to the claim here too, and what its ratio is."""
        right, room = [trial.right for trial in trials], max(trial.hidden for trial in trials)
        ratio = self._ratio.narrowed([trial.claimed or 0.0 for trial in trials], right, room)
        # Most mistakes lead to something else in any element, for which less of the graph need be passed.
        compared: list[Sequence[int]] = [[(self._compared + 1) % len(trials)]]
        if self._compared < max(2, WHOLE // len(self._graph)):
            compared.append(range(len(trials)))
        for places in compared:
            claimed = [trials[place].claimed or 0.0 for place in places]
            known = [one for one in known if _fits(one[1](found, right, places), claimed, room)]
        return list(known), ratio

    def told(self) -> list[Remark]:
        """Them, the simplest first, one of each kind."""
        if self._known is None:
            return []
        for trials in self._right:
            if not self._is_left:
                break
            there = sample(self._graph, trials[0].at)
            assert there is not None, "the claim was tried there"
            self._compare(trials, there)
        found: dict[str, Remark] = {}
        known = [remark for remark, _ in self._known] if self._compared else []
        counted = [remark for remark in known if remark.code in ("not-averaged", "averaged")]
        for remark in chain(counted, self._ratio.told(), known):
            kind = _KINDS.get(remark.code, remark.code)
            if kind not in _WEAK or found.keys() <= _WEAK[kind]:
                found.setdefault(kind, remark)
        if "multiple" in found and "rule" in found and found["rule"].code in _EXPLAINS:  # d/dx x^2 = 2*x
            multiple = found.pop("multiple")
            if multiple.code != "averaged":
                found["multiple"] = multiple
        return list(found.values())[:MOST]


def _fits(numbers: Sequence[float] | None, claimed: Sequence[float], room: float) -> bool:
    if numbers is None or not all(map(isfinite, numbers)):
        return False
    return all(are_near(one, other, TOLERANCE, room) for one, other in zip(numbers, claimed, strict=True))


def _mistakes(graph: Graph, arrays: Arrays, claim: ArrayClaim) -> Iterator[tuple[Remark, Leads]]:
    """The mistakes that can be made about an array, the most typical ones first."""
    yield Remark("sign"), by_number(-1.0)
    if len(claim.shape) > 1 and claim.shape[0] == claim.shape[1]:
        yield Remark("transposed"), _transpose(claim.shape[0])
    node = next((node for name, node in arrays.named.items() if name == claim.name), None)
    if node is not None:
        yield from _of_a_batch(arrays, node)
        yield from _products(arrays, node)
    yield from by_counts(arrays)
    mentions = Mentions(arrays.program)
    targets = [one.node for one in claim.elements]
    yield from islice(of_operations(graph, targets), WORK // len(graph))
    yield from islice(of_others(graph, arrays, mentions, targets), EVALUATED // len(graph))
    yield from islice(by_arrays(arrays, mentions, claim.shape), WORK // len(targets))


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
    program, used, is_turned = arrays.program, node, False
    above = _readers(program, node)
    while len(above) == 1 and program.operators[above[0]] is TRANSPOSE:
        used, is_turned = above[0], not is_turned
        above = _readers(program, used)
    if len(above) != 1 or program.operators[above[0]] is not MATMUL or len(arrays.shapes[node]) < 2:
        return
    place = above[0]
    side = program.inputs[place].index(used)
    other = program.inputs[place][1 - side]
    if len(arrays.shapes[other]) < 2:
        return
    names = operation_names(arrays)
    gradient = f"∂{names[program.output]}/∂{names[_passed_unchanged(arrays, place)]}"
    pair = (gradient, _turned_name(names[other])) if side == 0 else (_turned_name(names[other]), gradient)
    right = "@".join(map(_turned_name, pair[::-1]) if is_turned else pair)
    taken = set[str]()
    for factor, is_first, first, second in product((other, used), (True, False), (False, True), (False, True)):
        texts = (gradient, names[factor]) if is_first else (names[factor], gradient)
        written = "@".join(
            _turned_name(text) if sign else text for text, sign in zip(texts, (first, second), strict=True)
        )
        if written != right and written not in taken:
            taken.add(written)
            signs = (is_first, first, second)
            yield Remark("other-product", {"taken": written, "rule": right}), _product(arrays, place, factor, signs)


def _readers(program: Graph, node: int) -> list[int]:
    return [place for place, inputs in enumerate(program.inputs) if node in inputs]


def _turned_name(name: str) -> str:
    """The name of the transpose."""
    return name.removesuffix(".T") if name.endswith(".T") else f"{name}.T"


def _passed_unchanged(arrays: Arrays, node: int) -> int:
    """The node whose gradient is a node's own: the one behind additions, which the reader has a name for."""
    program = arrays.program
    while node not in program.names:
        above = _readers(program, node)
        if len(above) != 1 or program.operators[above[0]] is not ADD or arrays.shapes[above[0]] != arrays.shapes[node]:
            break
        node = above[0]
    return node


def _product(arrays: Arrays, place: int, factor: int, signs: tuple[bool, bool, bool]) -> Leads:
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
    """What is said of a wrong claim that holds where a square matrix is symmetric, as rules in tables take it to be,
    and does not where it is another one.
    """
    arrays = graph.arrays
    assert arrays is not None, "a graph of arrays"

    def holds(others: Mapping[str, float]) -> bool | None:
        found = sample(graph, {**at, **others})
        return None if found is None else all(tried(one, found).outcome == "same" for one in claim.elements)

    for name, node in arrays.named.items():
        shape = arrays.shapes[node]
        if arrays.program.operators[node] is not VARIABLE or len(shape) < 2 or shape[0] != shape[1] or shape[0] == 1:
            continue
        symmetric, other = _symmetric_and_not(at, arrays.names_of(name), shape[0])
        if holds(symmetric) and holds(other) is False:
            return [Remark("symmetric", {"name": name})]
    return []


def _symmetric_and_not(
    at: Mapping[str, float], names: Sequence[str], width: int
) -> tuple[dict[str, float], dict[str, float]]:
    """A symmetric matrix and one that is not symmetric, near the one at a point. {} is that itself."""
    pairs = list(zip(names, _names_turned(names, width), strict=True))
    means = {one: (at[one] + at[other]) / 2 for one, other in pairs}
    if any(at[one] != mean for one, mean in means.items()):
        return means, {}
    places = {one: place for place, one in enumerate(names)}
    symmetric = {one: at[one] + (1 + places[one] + places[other]) / 8 for one, other in pairs}
    return symmetric, {one: at[one] + (1 + place) / 8 for one, place in places.items()}

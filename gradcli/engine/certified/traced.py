"""Both passes for a trace, every number with as many correct digits as are asked for."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from gradcli.engine.alternatives import OneTaken
from gradcli.engine.certified.correct import CorrectDigits, digits_and_work, places
from gradcli.engine.certified.settle import CertifiedPasses, Wanted
from gradcli.engine.certified.written import Written
from gradcli.engine.digits.ball_passes import NOT_KNOWN
from gradcli.engine.digits.balls import ZERO, Ball
from gradcli.graph import Graph
from gradcli.text import Settled

# A number of the passes: what it is, its node, and the index of the argument for a slope or a product.
Key = tuple[str, int, int]


class SettledPasses(OneTaken):
    """What a trace asks of both passes (see `engine.evaluation`), with digits in place of doubles."""

    losses = ()  # digits lose none
    kink = "branch"

    def __init__(
        self,
        work: CertifiedPasses,
        notes: "_Recorded",
        numbers: Mapping[Key, Settled],
        marks: Mapping[int, str],
        targets: Sequence[int],
    ) -> None:
        self.graph = work.graph
        self.order = work.order
        self.required = work.required
        self.marks = marks
        self.targets = targets
        self._balls = work.values
        self._taken = notes.taken
        self._numbers = numbers
        self.values = [
            numbers["value", node, 0] if isinstance(value, Ball) else value for node, value in enumerate(work.values)
        ]
        self.adjoints = [numbers.get(("gradient", node, 0), ZERO_DIGITS) for node in range(len(work.graph))]

    def is_evaluated(self, node: int) -> bool:
        """Whether the node has a value."""
        return self.values[node] is not None

    def arguments(self, node: int) -> list[Any]:
        """The values of a node's inputs, as numbers that can be compared."""
        return [x.middle if isinstance(x, Ball) else x for x in map(self._balls.__getitem__, self.graph.inputs[node])]

    def holder(self, node: int) -> int | None:
        """The first argument that a maximum or minimum is."""
        middle = self._balls[node].middle
        return next((index for index, x in enumerate(self.arguments(node)) if x == middle), None)

    def taken(self, node: int) -> int:
        """The index of the branch that a node takes."""
        return self._taken[node]

    def chosen(self, node: int) -> int:
        """The index of the input that a node chooses."""
        chooses = self.graph.operators[node].chooses
        assert chooses is not None, "only choices choose"
        return chooses(self._balls[self.graph.inputs[node][0]])

    def local_derivatives(self, node: int) -> Mapping[int, Settled]:
        """∂node/∂argument by the argument's index."""
        indices = range(len(self.graph.inputs[node]))
        return {index: self._numbers.get(("slope", node, index), ZERO_DIGITS) for index in indices}

    def passed_on(self, node: int, index: int, _: Settled) -> Settled:
        """What a node passes on to one of its arguments."""
        return self._numbers.get(("product", node, index), ZERO_DIGITS)


ZERO_DIGITS = Settled("0", 0.0, is_exact=True)


class _Recorded:
    """The numbers of a trace that are asked for, in the order in which they are settled, and the branches taken."""

    def __init__(self) -> None:
        self.keys: list[Key] = []
        self.taken: dict[int, int] = {}

    def wanted(self, work: CertifiedPasses) -> Iterator[Wanted]:
        """All numbers of both passes."""
        self.keys.clear()
        for (kind, node, index), number in self._numbers(work):
            self.keys.append((kind, node, index))
            yield kind, number

    def _numbers(self, work: CertifiedPasses) -> Iterable[tuple[Key, Ball | None]]:
        graph = work.graph
        numbers = [(node, value) for node, value in enumerate(work.values) if isinstance(value, Ball)]
        yield from ((("value", node, 0), value) for node, value in numbers)
        for node, _ in numbers:
            if graph.operators[node].branches:
                self.taken[node] = work.taken(node)
            if work.required[node]:
                adjoint = work.adjoints[node]
                yield ("gradient", node, 0), adjoint
                for index, x in enumerate(graph.inputs[node]):
                    if work.required[x] and work.values[x] is not None:
                        yield from self._edge(work, node, index, adjoint)

    def _edge(
        self, work: CertifiedPasses, node: int, index: int, adjoint: Ball | None
    ) -> Iterable[tuple[Key, Ball | None]]:
        try:
            slope = work.slope(node, index)
        except NOT_KNOWN:
            slope = None
        yield ("slope", node, index), slope
        stops = adjoint is not None and adjoint.is_zero
        product = Ball(ZERO) if stops else None if slope is None or adjoint is None else adjoint * slope
        yield ("product", node, index), product


def traced(
    graph: Graph, at: Mapping[str, Written], asked: int, wrt: Iterable[str] | None = None
) -> tuple[CorrectDigits, SettledPasses]:
    """Value and gradient with so many correct digits, and both passes; the errors are those of `with_digits`."""
    recorded = _Recorded()
    result, numbers, work = digits_and_work(graph, at, asked, wrt, recorded.wanted)
    found = dict(zip(recorded.keys, numbers, strict=True))
    targets = [node for name, node in (graph.variables | graph.steps).items() if name in result.settled_gradient]
    here = places(work, targets)
    return result, SettledPasses(work, recorded, found, here.marks if here else {}, targets)

"""The scalar engine: both passes in doubles, a row at a time. It needs no NumPy."""

from collections.abc import Mapping
from math import isfinite, nan

from gradcli.batch.engine import Answers, Column
from gradcli.engine.doubles.passes import Fault
from gradcli.engine.evaluation import Evaluation, evaluate
from gradcli.graph import Graph


class Scalar:
    """An engine for any graph; some 50 µs a row for a short expression."""

    def __init__(self, graph: Graph, targets: Mapping[str, int], kink: str = "branch") -> None:
        self.graph = graph
        self.targets = targets
        self.kink = kink

    def __call__(self, columns: Mapping[str, "Column | float"], count: int) -> Answers:
        """Value and gradient of the rows; see `Engine`."""
        values: list[float] = []
        slopes: dict[str, list[float]] = {name: [] for name in self.targets}
        for at in points(columns, count):
            value, gradient = self._at(at)
            values.append(value)
            for name, slope in gradient.items():
                slopes[name].append(slope)
        return Answers(values, slopes)

    def _at(self, at: Mapping[str, float]) -> tuple[float, Mapping[str, float]]:
        try:
            here = evaluate(self.graph, at, tuple(self.targets.values()), self.kink)
        except Fault:
            return nan, dict.fromkeys(self.targets, nan)
        return answer(here, self.targets)


def answer(here: Evaluation, targets: Mapping[str, int]) -> tuple[float, dict[str, float]]:
    """The value and the slopes that the passes found: without -0, and NaN for a slope that is not finite."""
    slopes = ((name, here.adjoints[node] + 0.0) for name, node in targets.items())
    return here.value + 0.0, {name: slope if isfinite(slope) else nan for name, slope in slopes}


def points(columns: Mapping[str, "Column | float"], count: int) -> "list[dict[str, float]]":
    """The variables of each row."""
    rows = [
        [column] * count if isinstance(column, float) else column if isinstance(column, list) else column.tolist()  # type: ignore[union-attr]
        for column in columns.values()
    ]
    return [dict(zip(columns, row, strict=True)) for row in zip(*rows, strict=True)] if rows else [{}] * count

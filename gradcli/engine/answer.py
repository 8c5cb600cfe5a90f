"""The answer to a question: value, gradient and notes of a graph at a point that somebody gave."""

from collections.abc import Iterable, Mapping
from math import isfinite
from typing import Any, Self

from gradcli.engine.binding import bind, targets_of
from gradcli.engine.doubles.passes import Fault
from gradcli.engine.evaluation import Evaluation, evaluate
from gradcli.engine.notes import Note, information
from gradcli.engine.noting import notes_on
from gradcli.frozen import Frozen
from gradcli.graph import Graph
from gradcli.language.names import output_name
from gradcli.text import finite_or_none


class Answer(Frozen):
    """The value and the gradient of a graph at a point, and what is to be said of them; see `gradcli.Result`.

    A number whose digits doubles lose is the right one where that was found; `evaluation` has what doubles make of it.
    `slopes` is the gradient by the names of numbers: those of arrays are elements there, as `W[0,1]`.
    """

    value: float
    slopes: Mapping[str, float]
    notes: tuple[Note, ...]
    evaluation: Evaluation

    @classmethod
    def of(
        cls,
        graph: Graph,
        at: Mapping[str, float],
        wrt: Iterable[str] | None = None,
        kink: str = "branch",
        allow_nonfinite: bool = False,
    ) -> Self:
        """Both passes over a graph at a point; the errors are those of `gradcli.gradient`."""
        point = bind(graph, at)
        targets = targets_of(graph, wrt)
        try:
            here = evaluate(graph, point, tuple(targets.values()), kink, total=allow_nonfinite)
        except Fault as fault:
            from gradcli.engine.undefined import no_finite_value

            raise no_finite_value(graph, fault.values, fault.node) from None
        right = {loss.target: loss.corrected for loss in here.losses if loss.corrected is not None}
        found: Iterable[float] = map(here.adjoints.__getitem__, targets.values())
        if right:
            found = map(right.get, targets.values(), found)
        slopes = dict(zip(targets, [slope or 0.0 for slope in found], strict=True))  # no -0
        return cls(right.get(None, here.value) + 0.0, slopes, (*notes_on(here), *information(graph)), here)

    @property
    def passes(self) -> Evaluation:
        """Both passes, as traces and pictures show them."""
        return self.evaluation

    @property
    def graph(self) -> Graph:
        """The function."""
        return self.evaluation.graph

    @property
    def gradient(self) -> Mapping[str, Any]:
        """∂output/∂variable for each name that was asked for; of an array as nested lists of its shape."""
        return nested(self.graph, self.slopes)

    @property
    def at(self) -> Mapping[str, Any]:
        """The point: each variable's value, in order of first appearance; of an array as nested lists."""
        return nested(self.graph, self.point)

    @property
    def point(self) -> Mapping[str, float]:
        """The same by the names of numbers."""
        return self.evaluation.at

    @property
    def output(self) -> str:
        """The name of the output."""
        return output_name(self.graph)

    @property
    def is_finite(self) -> bool:
        """Whether the value and the whole gradient are finite numbers."""
        return isfinite(self.value) and all(map(isfinite, self.slopes.values()))

    def as_dict(self, language: str = "en") -> dict[str, Any]:
        """The result as `gradcli eval --json` prints it: a number that is not finite is None. Nobody may change it."""
        slopes: Mapping[str, float | None] = self.slopes
        if not all(map(isfinite, self.slopes.values())):
            slopes = {name: finite_or_none(value) for name, value in self.slopes.items()}
        return {
            "expression": self.graph.text,
            "output": self.output,
            "at": self.at,
            "value": finite_or_none(self.value),
            "gradient": nested(self.graph, slopes),
            "notes": [note.as_dict(language) for note in self.notes],
        }


def nested(graph: Graph, values: Mapping[str, Any]) -> Mapping[str, Any]:
    """Values by the names of numbers by those of variables and steps: of an array as nested lists of its shape."""
    return values if graph.arrays is None else graph.arrays.nested(values)

"""The library's result with as many correct digits as are asked for."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from gradcli.api.traces import shown
from gradcli.engine.certified import correct
from gradcli.engine.certified.traced import traced
from gradcli.engine.certified.written import Written
from gradcli.graph import Graph
from gradcli.report.forms.html import fragment
from gradcli.report.views.certified import blocks
from gradcli.report.views.result import note_blocks

if TYPE_CHECKING:
    from gradcli.api.shown import ShownTrace
    from gradcli.api.shown_arrays import ShownArrayTrace


@dataclass(frozen=True, eq=False, repr=False)
class Digits(correct.CorrectDigits):
    """The value and the gradient of `graph` at the point `at` with `asked` correct digits.

    `digits` has them as texts, the value's under "value" and those of the slopes under "gradient" by name: a bound like
    `|value| < 1e-1002` where no digits settle what may be 0. `value` and `gradient` have the nearest doubles, infinite
    beyond them and None where nothing is known. `is_finite` is false if that is so of one of them or one is a pole,
    `is_settled` says that no bound is among them either. `notes` say where the point lies on a kink or jump; `written`
    is the point as it was given.
    """

    written: Mapping[str, Written]

    @classmethod
    def of(cls, graph: Graph, at: Mapping[str, Written], asked: int, wrt: Iterable[str] | None = None) -> Self:
        """Both passes over a graph at a point; the errors are those of `gradcli.gradient`."""
        found = correct.with_digits(graph, at, asked, wrt)
        return cls(**vars(found), written=dict(at))

    def trace(
        self, chain: str = "auto", *, explain: bool = False, paths: bool = False
    ) -> "ShownTrace | ShownArrayTrace":
        """The forward and the backward pass, row by row, with these digits; `chain` is full, short or auto."""
        _, here = traced(self.graph, self.written, self.asked, tuple(self.settled_gradient))
        return shown(here, chain, explain, paths)

    def _repr_html_(self) -> str:
        """What a notebook shows: the table of values and gradients."""
        return fragment([*blocks(self, None, ()), *note_blocks(self.notes)])

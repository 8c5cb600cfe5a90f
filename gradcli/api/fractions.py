"""The library's result in fractions."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from gradcli.api.traces import shown
from gradcli.engine.certified import fractions
from gradcli.engine.certified.written import Written
from gradcli.graph import Graph
from gradcli.report.forms.html import fragment
from gradcli.report.views.certified import blocks
from gradcli.report.views.result import note_blocks

if TYPE_CHECKING:
    from gradcli.api.shown import ShownTrace
    from gradcli.api.shown_arrays import ShownArrayTrace


@dataclass(frozen=True, eq=False, repr=False)
class Fractions(fractions.ExactPasses):
    """The value and the gradient of `graph` at the point `at` as exact fractions.

    `fractions` has them as texts such as "1/3", which `fractions.Fraction` of Python reads: the point under "at" by
    name, the value under "value", the slopes under "gradient" by name. `at`, `value` and `gradient` have the nearest
    doubles, infinite beyond them. `notes` say where the point lies on a kink or jump.
    """

    @classmethod
    def of(
        cls, graph: Graph, at: Mapping[str, Written], wrt: Iterable[str] | None = None, kink: str = "branch"
    ) -> Self:
        """Both passes over a graph at a point; the errors are those of `gradcli.gradient`."""
        return cls(**vars(fractions.with_fractions(graph, at, wrt, kink)))

    def trace(self, chain: str = "auto") -> "ShownTrace | ShownArrayTrace":
        """The forward and the backward pass, row by row, in fractions; `chain` is full, short or auto."""
        return shown(self.passes, chain)

    def _repr_html_(self) -> str:
        """What a notebook shows: the table of values and gradients."""
        return fragment([*blocks(self, None, ()), *note_blocks(self.notes)])

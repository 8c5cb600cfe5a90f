"""A trace as it is printed and shown in a notebook."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from gradcli.report.explained import plain
from gradcli.report.factory import blocks_of
from gradcli.report.forms.html import fragment
from gradcli.trace.passes import Passes
from gradcli.trace.rows import Writing
from gradcli.trace.tracing import Trace

if TYPE_CHECKING:
    from gradcli.api.shown_arrays import ShownArrayTrace


class Shown:
    """What is printed and shown in a notebook."""

    view: str

    def __str__(self) -> str:
        """The tables of both passes, as `gradcli eval --trace` prints them into a pipe."""
        from gradcli.report.forms.table import printed

        return printed(blocks_of(self.view, self)())

    def _repr_html_(self) -> str:
        """The tables of both passes."""
        return fragment(blocks_of(self.view, self)())


class ShownTrace(Shown, Trace):
    """A trace that is printed and shown in a notebook."""

    def as_dict(self, write: Writing | None = None) -> dict[str, Iterator[dict[str, Any]]]:
        """The rows of each pass as JSON has them, made one at a time, with sentences in English."""
        return super().as_dict(write or plain("en"))


def shown(
    here: Passes, chain: str = "auto", explain: bool = False, paths: bool = False, opened: Sequence[str] = ()
) -> "ShownTrace | ShownArrayTrace":
    """The trace of both passes, over arrays if there are any."""
    if here.graph.arrays is None:
        return ShownTrace(here, chain, explain, paths, opened)
    from gradcli.api.shown_arrays import ShownArrayTrace

    return ShownArrayTrace(here, chain, explain, paths, opened)

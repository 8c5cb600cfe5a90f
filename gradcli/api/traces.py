"""Traces of graphs, over numbers or over arrays."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from gradcli.api.shown import ShownTrace
from gradcli.trace.passes import Passes

if TYPE_CHECKING:
    from gradcli.api.shown_arrays import ShownArrayTrace


def shown(
    here: Passes, chain: str = "auto", explain: bool = False, paths: bool = False, opened: Sequence[str] = ()
) -> "ShownTrace | ShownArrayTrace":
    """The trace of both passes, over arrays if there are any."""
    if here.graph.arrays is None:
        return ShownTrace(here, chain, explain, paths, opened)
    from gradcli.api.shown_arrays import ShownArrayTrace

    return ShownArrayTrace(here, chain, explain, paths, opened)

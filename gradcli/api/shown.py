"""A trace as it is printed and shown in a notebook."""

from gradcli.report.forms.html import fragment
from gradcli.report.views.trace import blocks
from gradcli.trace.tracing import Trace


class ShownTrace(Trace):
    """A trace that is printed and shown in a notebook."""

    def __str__(self) -> str:
        """The tables of both passes, as `gradcli eval --trace` prints them into a pipe."""
        from gradcli.report.forms.table import printed

        return printed(blocks(self))

    def _repr_html_(self) -> str:
        """The tables of both passes."""
        return fragment(blocks(self))

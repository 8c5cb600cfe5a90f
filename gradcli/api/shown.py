"""A trace as it is printed and shown in a notebook."""

from collections.abc import Iterator
from typing import Any

from gradcli.report.explained import plain
from gradcli.report.factory import blocks_of
from gradcli.report.forms.html import fragment
from gradcli.trace.rows import Writing
from gradcli.trace.tracing import Trace


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

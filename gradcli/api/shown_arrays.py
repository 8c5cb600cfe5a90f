"""A trace over arrays as it is printed and shown in a notebook."""

from collections.abc import Iterator
from typing import Any

from gradcli.api.shown import Shown
from gradcli.report.explained import plain
from gradcli.trace.arrays.tracing import ArrayTrace
from gradcli.trace.rows import Writing


class ShownArrayTrace(Shown, ArrayTrace):
    """A trace over arrays that is printed and shown in a notebook."""

    def as_dict(self, write: Writing | None = None) -> dict[str, Iterator[dict[str, Any]]]:
        """The rows of each pass as JSON has them, made one at a time, with sentences in English."""
        return super().as_dict(write or plain("en"))

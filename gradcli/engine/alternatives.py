"""Which of its alternatives a node takes at a point."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Protocol

    from gradcli.graph import Graph

    class _Taken(Protocol):
        @property
        def graph(self) -> Graph: ...

        def chosen(self, node: int) -> int: ...

        def holder(self, node: int) -> int | None: ...

        def taken(self, node: int) -> int: ...


class OneTaken:
    """What both kinds of passes at a point say of alternatives: one is taken, or none where a condition decides."""

    def alternatives(self: "_Taken", node: int) -> Sequence[int]:
        """The index of the input that a node chooses, of the argument that its maximum is, or of its branch."""
        operator = self.graph.operators[node]
        if operator.chooses:
            chosen = self.chosen(node)
            return (chosen,) if chosen else ()
        if operator.ties:
            first = self.holder(node)
            return () if first is None else (first,)
        return (self.taken(node),) if operator.branches else ()

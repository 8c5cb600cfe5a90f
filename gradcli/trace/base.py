"""What traces over numbers and over arrays have in common."""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from gradcli.choices import CHAINS
from gradcli.errors import GradcliError
from gradcli.trace.passes import Passes
from gradcli.trace.rows import Product, TraceRow, Writing

if TYPE_CHECKING:
    from gradcli.trace.ways import Ways


Rows = TypeVar("Rows", bound=TraceRow)


class TraceBase(ABC, Generic[Rows]):
    """Both passes as rows, at a point or without numbers. `forward()` and `backward()` make the rows anew at each call.

    With `explain` the rows of the backward pass say in words what they do; with `paths` the ways are listed. Raises
    `GradcliError` for a `chain` that there is not.
    """

    output: str  # its name

    def __init__(self, here: Passes, chain: str, explain: bool, paths: bool) -> None:
        if not isinstance(chain, str) or chain not in CHAINS:
            given = chain if isinstance(chain, str) else repr(chain)
            raise GradcliError("unknown-chain", {"given": given, "known": list(CHAINS)}, source="option")
        self.here = here
        self.graph = here.graph
        self.explain = explain
        self.paths = paths
        # An operation loses digits forward; a slope, a product or a sum of gradients backward.
        self.marks = {"forward": dict(here.marks), "backward": dict(here.marks)}
        for loss in here.losses:
            self.marks["forward" if loss.place == "operation" else "backward"].setdefault(loss.node, "lost")

    @abstractmethod
    def forward(self) -> Iterator[Rows]:
        """The rows of the forward pass."""

    @abstractmethod
    def backward(self) -> Iterator[Rows]:
        """The rows of the backward pass."""

    @property
    @abstractmethod
    def ways(self) -> "Ways | None":
        """The ways to each variable, if they are asked for."""

    @property
    def has_numbers(self) -> bool:
        """Whether there is a point."""
        return self.here.values[self.graph.output] is not None

    def one(self) -> Product:
        """What comes to the output: ∂y/∂y."""
        itself = (self.output, self.output)
        return Product((itself,), itself, self.output, None, None, 1.0 if self.has_numbers else None)

    def rows(self) -> Iterator[Rows]:
        """The rows of both passes."""
        yield from self.forward()
        yield from self.backward()

    def as_dict(self, write: Writing | None = None) -> dict[str, Iterator[dict[str, Any]]]:
        """The rows of each pass, and the ways, as JSON has them, made one at a time; `write` writes sentences."""
        passes = {"forward": self.forward(), "backward": self.backward()}
        facts: dict[str, Iterator[dict[str, Any]]] = {
            name: (row.as_dict(write) for row in rows) for name, rows in passes.items()
        }
        if self.ways is not None:
            facts["ways"] = (line.as_dict() for line in self.ways.lines(listed=self.paths))
        return facts

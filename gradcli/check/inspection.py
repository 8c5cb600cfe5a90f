"""The tests of claims and of the gradient at a point."""

from collections.abc import Callable, Collection, Mapping, Sequence

from gradcli.check.agreements import Agreement, agreements
from gradcli.check.exactly import Exactly
from gradcli.check.judge import Watching, judge
from gradcli.check.trials.claims import Claim
from gradcli.check.verdicts import Verdict
from gradcli.engine.answer import Answer
from gradcli.engine.certified.written import Written
from gradcli.graph import Graph


class Inspection:
    """What is said of a function at a point `at`; raises what `Answer.of` raises where it has no finite value there.

    `written` gives its values as they are written, where these are known.
    """

    def __init__(
        self, graph: Graph, at: Mapping[str, float], written: Callable[[], Mapping[str, Written]] | None = None
    ) -> None:
        self.graph = graph
        self.written = written
        self.at = Answer.of(graph, at, wrt=()).point

    def verdicts(
        self,
        claims: Sequence[Claim],
        seed: int,
        varied: Collection[str] | None,
        exactly: Exactly | None = None,
        watch: Watching | None = None,
    ) -> list[Verdict]:
        """The verdicts on claims; see `judge`."""
        return judge(self.graph, self.at, claims, seed, varied, exactly or Exactly(self.written), watch)

    def agreements(self, names: Sequence[str], seed: int) -> list[Agreement]:
        """The tests of the gradient; see `agreements`."""
        return agreements(self.graph, self.at, names, seed)

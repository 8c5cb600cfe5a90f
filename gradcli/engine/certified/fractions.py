"""Value and gradient in fractions: exact, where numbers mean what is written and all operations allow it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from gradcli.engine.answer import nested
from gradcli.engine.binding import targets_of
from gradcli.engine.certified.answer import CertifiedAnswer
from gradcli.engine.certified.correct import PLACES
from gradcli.engine.certified.rational import MOST_DIGITS, RationalPasses, RatiosOfPasses
from gradcli.engine.certified.said import placed
from gradcli.engine.certified.written import Meant, Written, literals, point_of
from gradcli.engine.notes import information
from gradcli.engine.noting import notes_on
from gradcli.errors import GradcliError, MathError
from gradcli.graph import Graph
from gradcli.text import Ratio


@dataclass(frozen=True, eq=False)
class ExactPasses(CertifiedAnswer):
    """The value and the gradient of a graph at a point as fractions; `fractions` has all of them as texts, by name."""

    passes: RatiosOfPasses

    @property
    def fractions(self) -> dict[str, Any]:
        """The fractions: `at` by name, `value`, and `gradient` by name."""
        return {"at": nested(self.graph, {name: self.beyond[name].text for name in self.point}), **self.texts}

    def __repr__(self) -> str:
        """The fractions."""
        return f"Fractions(value={self.fractions['value']}, gradient={self.fractions['gradient']})"

    def as_dict(self, language: str = "en") -> dict[str, Any]:
        """The result as `gradcli eval --fractions --json` prints it: a number beyond doubles is None."""
        return self.facts({"fractions": self.fractions}, language)


def with_fractions(
    graph: Graph, at: Mapping[str, Written], wrt: Iterable[str] | None = None, kink: str = "branch"
) -> ExactPasses:
    """Value and gradient in fractions.

    A value of `at` is a text (a number or a constant expression, which mean what is written), or a number, which is
    exactly what it is. Raises `GradcliError` for what is wrong with the point, and `MathError` where a number is no
    fraction or has too many digits, or there is no value.
    """
    meant = point_of(graph, at)
    targets = targets_of(graph, wrt)
    point = {name: _fraction(name, number, str(at[name])) for name, number in meant.items()}
    leaves = {node: point[name] for name, node in graph.variables.items()} | _literals(graph)
    passes = RationalPasses(graph, leaves, tuple(targets.values()), kink)
    here = placed(passes)
    notes = tuple(note for note in (*notes_on(here), *information(graph)) if note.code in PLACES) if here else ()
    shown = {name: Ratio.of(passes.values[node]) for name, node in (graph.variables | targets).items()}
    doubles = {name: float(shown[name].number or 0.0) for name in point}
    slopes = {name: Ratio.of(passes.adjoints[node]) for name, node in targets.items()}
    value = Ratio.of(passes.values[graph.output])
    return ExactPasses(graph, doubles, shown, value, slopes, notes, RatiosOfPasses(passes, here.marks if here else {}))


def _literals(graph: Graph) -> dict[int, Fraction]:
    """The numbers of a graph as its text has them; named constants are no fractions."""
    return {node: Fraction(number) for node, number in literals(graph).items() if node not in graph.names}


def _fraction(name: str, number: Meant, text: str) -> Fraction:
    """A value of the point, given as a text."""
    if isinstance(number, Graph):
        try:
            found: Fraction = RationalPasses(number, _literals(number)).values[number.output]
        except MathError as error:
            raise error.within(number.text, 0, "at") from None
        return found
    if isinstance(number, Decimal) and abs(number.adjusted()) >= MOST_DIGITS:
        raise GradcliError("value-too-long", {"name": name, "most": MOST_DIGITS}, text, 0, len(text), "at")
    return Fraction(number)

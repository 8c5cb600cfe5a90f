"""Value and gradient with as many correct digits as are asked for; see `settle`."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import isfinite
from typing import Any

from gradcli.engine.binding import targets_of
from gradcli.engine.certified.answer import CertifiedAnswer
from gradcli.engine.certified.settle import CertifiedPasses, Wanted, settle
from gradcli.engine.certified.written import NEAREST, Written, beyond_doubles, leaves_of, nearest_double, point_of
from gradcli.engine.digits.ball_passes import BallPasses
from gradcli.engine.digits.places import Numbers, nearest
from gradcli.engine.digits.problem import Problem
from gradcli.engine.evaluation import Evaluation
from gradcli.engine.notes import information
from gradcli.engine.noting import notes_on
from gradcli.errors import GradcliError, MathError
from gradcli.graph import Graph
from gradcli.operators.exceptional import NORMAL
from gradcli.text import Settled

# Notes that hold whatever the digits.
PLACES = ("kink", "tie", "jump", "edge", "one-sided", "name")
POLES = ("not-finite", "stop")  # what is said besides where a slope is not known
FEW = 200  # nodes of a graph that is looked at where doubles overflow: some milliseconds


@dataclass(frozen=True, eq=False)
class CorrectDigits(CertifiedAnswer):
    """The value and the gradient of a graph at a point with `asked` correct digits.

    A number that no digits settle is a bound; `digits` has all as texts, by name.
    """

    asked: int

    @cached_property
    def digits(self) -> dict[str, Any]:
        """The digits: `value`, and `gradient` by name; None where nothing is known."""
        return self.texts

    def __repr__(self) -> str:
        """The digits."""
        return f"Digits(value={self.digits['value']}, gradient={self.digits['gradient']})"

    def as_dict(self, language: str = "en") -> dict[str, Any]:
        """The result as `gradcli eval --digits --json` prints it: a number beyond doubles is None."""
        return self.facts({"digits": self.digits}, language)


def with_digits(graph: Graph, at: Mapping[str, Written], asked: int, wrt: Iterable[str] | None = None) -> CorrectDigits:
    """Value and gradient with so many correct digits.

    A value of `at` is a text (a number or a constant expression, which mean what is written), or a number, which is
    exactly what it is. Raises `GradcliError` for less than one or more than 1,000 digits and for what is wrong with
    the point, and `MathError` where there is no value, or no digits decide a branch.
    """
    return digits_and_work(graph, at, asked, wrt, lambda _: ())[0]


def digits_and_work(
    graph: Graph,
    at: Mapping[str, Written],
    asked: int,
    wrt: Iterable[str] | None,
    more: Callable[[CertifiedPasses], Iterable[Wanted]],
) -> tuple[CorrectDigits, Sequence[Settled], CertifiedPasses]:
    """The same, with `more` numbers of the work settled, and the work that has settled them."""
    point = point_of(graph, at)
    targets = targets_of(graph, wrt)

    def make() -> CertifiedPasses:
        return CertifiedPasses(Problem.written(graph, leaves_of(graph, point), targets=targets.values()))

    def wanted(work: CertifiedPasses) -> Iterable[Wanted]:
        yield "value", work.values[graph.output]
        yield from (("gradient", work.adjoints[node]) for node in targets.values())
        yield from more(work)

    (value, *numbers), work = settle(make, asked, wanted)
    slopes, others = numbers[: len(targets)], numbers[len(targets) :]
    doubles = {name: nearest_double(number) for name, number in point.items()}
    codes = PLACES if all(number.text for number in (value, *slopes)) else PLACES + POLES
    here = places(work, tuple(targets.values()))
    found = (*notes_on(here), *information(graph)) if here else ()
    # There is no other rule at kinks to be chosen with digits.
    notes = tuple(note._replace(said={**note.said, "option": None}) for note in found if note.code in codes)
    beyond = {name: text for name, number in point.items() if (text := beyond_doubles(number)) is not None}
    return (
        CorrectDigits(graph, doubles, beyond, value, dict(zip(targets, slopes, strict=True)), notes, asked),
        others,
        work,
    )


def with_value(error: MathError, graph: Graph, at: Mapping[str, float]) -> MathError:
    """The error of doubles on the way to a value that is a double: with it as a hint, if it takes no time to find."""
    if error.code not in ("overflow", "undefined") or "hint" in error.facts or len(graph) > FEW:
        return error
    try:
        found = with_digits(graph, at, NEAREST, ()).settled_value
    except GradcliError:
        return error
    number = found.number if found.is_known else None
    is_double = number is not None and isfinite(number) and (found.is_exact or abs(number) >= NORMAL)
    return error.hinted("digits", value=number) if is_double else error


def places(work: BallPasses, targets: Sequence[int]) -> Evaluation | None:
    """Where the numbers of both passes lie; None where one of them is beyond doubles."""
    values = nearest(work.values, work.order)
    if values is None:
        return None
    return Evaluation(work.graph, values, work.order, targets, numbers=Numbers(work.values, work.adjoints))

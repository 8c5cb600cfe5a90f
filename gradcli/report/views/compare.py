"""The comparison of the two ways: the work and, with a point, the results."""

from collections.abc import Collection, Iterator, Sequence

from gradcli.compare.comparison import Comparison
from gradcli.compare.steps import CountedStep
from gradcli.language.names import node_names, output_name
from gradcli.report.blocks import Audience, Block, Column, Equation, Equations, Sentence, Table, Title
from gradcli.report.cells import NOTHING, Cell, Derivative, Expression, Mathematics, Name, Number, Said, Text, Words
from gradcli.report.notation import Notation
from gradcli.report.views.derivatives import equations
from gradcli.text import format_number
from gradcli.words.catalogue import say

FORMULAS = (Column("label.derivative"), Column("label.expression"), Column("label.value", right=True))
PASSES = (Column("compare.pass"), Column("compare.step"), Column("compare.operations", right=True))
WORK = (Column("compare.way"), Column("compare.operations", right=True), Column("compare.seconds", right=True))
RESULTS = (
    Column("label.variable"),
    Column("compare.algebra", right=True),
    Column("compare.graph", right=True),
    Column("compare.agree"),
)
WAYS = {
    "function": "compare.function",
    "function_written_out": "compare.function-written-out",
    "derivative": "compare.derivative",
    "derivative_shared": "compare.derivative-shared",
    "forward_backward": "compare.forward-backward",
}
AGREE = {True: Words("compare.yes"), False: Words("compare.no"), None: NOTHING}
BEFORE = "…"  # what has come to a node before
NOT_FINITE = Number(float("nan"))


def blocks(found: Comparison, seconds: bool, show: bool = False) -> Iterator[Block]:
    """The report of `gradcli compare`; `seconds` says whether the times are in it.

    With `show` it has the formulas and the passes whatever their size.
    """
    over_arrays = found.over_arrays
    if over_arrays:
        yield Title("compare.over-arrays")
        yield Equations(FORMULAS, equations(over_arrays), False, Audience.PEOPLE)
    if show or found.is_small:
        yield from _ways(found)
    if over_arrays or show or found.is_small:
        yield Title("compare.work")
    columns = WORK if seconds else WORK[:2]
    work = [row[: len(columns)] for row in _work(found)]
    results = list(_results(found))
    has_results = found.numbers is not None
    if has_results:  # for programs one table: in each row the columns of the other part are empty
        records = [[*row, *[Text("")] * len(RESULTS)] for row in work]
        records += [[*[Text("")] * len(columns), *row] for row in results]
        yield Table((*columns, *RESULTS), lambda: records, Audience.PROGRAMS)
    yield Table(columns, lambda: work, Audience.PEOPLE if has_results else Audience.ALL)
    if found.failed:
        yield Sentence(Failure(found.failed, found.limit))
    yield Sentence(Said("compare.counted"))
    if found.graph.arrays is not None:
        yield Sentence(Said("compare.of-elements"))
    yield Sentence(Said("compare.rows"))
    derivative = found.algebra.get("derivative")
    if derivative is not None:
        facts = {"algebra": derivative, "graph": found.passes}
        yield Sentence(Said("compare.short" if derivative <= found.passes else "compare.long", **facts))
        yield Sentence(Said("compare.growth"))
    if not (show or found.is_small):
        yield Sentence(Said("compare.left-out"))
    if has_results:
        yield Table(RESULTS, lambda: results, Audience.PEOPLE)


def _ways(found: Comparison) -> Iterator[Block]:
    """The formulas of the algebra, and the passes of the graph step by step."""
    output, numbers = output_name(found.graph), found.algebra.get("gradient")
    if found.formulas:
        yield Title("compare.by-algebra")
        equations = [
            Equation(Derivative(output, (name,)), Expression(text), _number(numbers[name]) if numbers else None)
            for name, text in found.formulas.items()
        ]
        yield Equations(FORMULAS, equations, bool(numbers), Audience.PEOPLE)
    yield Title("compare.by-graph")
    graph, names = found.graph, node_names(found.graph)
    conditions = {names[x] for x, inputs in enumerate(graph.inputs) if inputs and graph.operators[x].condition}
    rows = [
        (Words(f"label.{step.pass_}"), _Computed(step, output, conditions), Number(step.operations))
        for step in found.steps()
    ]
    yield Table(PASSES, lambda: rows, Audience.PEOPLE)


class _Computed(Mathematics):
    """What a step computes: `s = a*x = 6`, `∂z/∂a = ∂z/∂s·x = 3`, `∂z/∂a = … + ∂z/∂t·x = 5`."""

    def __init__(self, step: CountedStep, output: str, conditions: Collection[str]) -> None:
        self.step = step
        self.output = output
        self.conditions = conditions

    def inside(self, notation: Notation) -> str:
        """The equation, with its number at the point."""
        step = self.step
        formula = notation.expression(step.factor if step.sender else step.expression, self.conditions)
        if step.sender:
            left = notation.derivative(self.output, (step.node,))
            formula = f"{notation.derivative(self.output, (step.sender,))}{notation.dot}{formula}"
            if step.adds:
                formula = f"{notation.expression(BEFORE)} + {formula}"
        else:
            left = notation.name(step.node)
        if step.value is None:
            return f"{left} = {formula}"
        if isinstance(step.value, bool):
            return f"{left} = {formula} = {notation.upright(notation.truth(step.value))}"
        text, exact = notation.number(step.value)
        return f"{left} = {formula} {'=' if exact else notation.approximately} {text}"


def _work(found: Comparison) -> Iterator[Sequence[Cell]]:
    """The operations of each way, and the seconds that it took."""
    facts = found.as_dict()
    times = {
        "derivative": facts["seconds"].get("derive"),
        "derivative_shared": facts["seconds"].get("share"),
        "forward_backward": facts["seconds"].get("graph"),
    }
    if times["derivative"] is not None:  # putting the numbers in belongs to the formula
        times["derivative"] += facts["seconds"].get("evaluate", 0.0)
    for key, count in facts["operations"].items():
        yield Words(WAYS[key], key), Number(count, missing=_lost(found)), Number(times.get(key), digits=2)


def _results(found: Comparison) -> Iterator[Sequence[Cell]]:
    """For each variable the numbers of both ways."""
    if found.numbers is None:
        return
    algebra = found.algebra.get("gradient") or {}
    for name in found.names:
        by_algebra = _number(algebra[name]) if name in algebra else _lost(found)
        yield Name(name), by_algebra, _number(found.numbers[name]), AGREE[found.agrees(name)]


def _number(value: float | None) -> Number:
    """A number of one of the ways, which has None for one that is not finite."""
    return NOT_FINITE if value is None else Number(value)


def _lost(found: Comparison) -> Cell:
    """What stands for a result that there is not."""
    if not found.failed:
        return NOTHING
    return Words("compare.stopped" if found.failed == "time" else "compare.failed")


class Failure(Cell):
    """Why the algebra has no result, which was given so many seconds."""

    def __init__(self, reason: str, limit: float) -> None:
        self.reason = reason
        self.limit = limit

    def written(self, notation: Notation) -> str:
        """A sentence."""
        return say(f"compare.{self.reason}", notation.language, limit=format_number(self.limit))

"""The article's comparison: a gradient by algebra beside the same gradient by the graph.

By algebra a formula is derived (SymPy, see `algebra.py`), and the numbers are put into it. By the graph the numbers
go forward and backward once. Counted are operations, and for each way the seconds it took here and now.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import isclose
from time import perf_counter
from typing import TYPE_CHECKING, Any

from gradcli.choices import ALGEBRA_SECONDS
from gradcli.compare.algebra import derive_by_algebra
from gradcli.compare.steps import CountedStep, edges, steps
from gradcli.engine.answer import Answer
from gradcli.engine.binding import targets_of
from gradcli.engine.doubles import rules
from gradcli.engine.evaluation import Evaluation
from gradcli.engine.notes import Note
from gradcli.graph import Graph
from gradcli.language.names import output_name
from gradcli.operators.records import Operator
from gradcli.text import finite_or_none

if TYPE_CHECKING:
    from gradcli.symbolic.arrays.formulary import ArrayFormulary

CLOSE = 1e-9  # relative difference of two numbers that agree
SHOWN = 40  # operations of formulas or passes that are printed without being asked for
ROUNDING = 1e-12  # that of numbers in which larger ones cancel, relative to these


@dataclass(frozen=True)
class Comparison:
    """Both ways side by side. `algebra` is what `derive_by_algebra` found; `numbers` and `graph_seconds` need a point.

    `operations` counts the function's nodes, `passes` the operations of a forward and a backward pass. `sizes` are the
    gradient's numbers with all that is added up in them taken without signs; `notes` says what there is to know of
    them.
    """

    graph: Graph
    names: tuple[str, ...]
    operations: int
    passes: int
    algebra: Mapping[str, Any]
    limit: float
    at: Mapping[str, float] | None = None
    numbers: Mapping[str, float] | None = None
    sizes: Mapping[str, float] | None = None
    graph_seconds: float | None = None
    notes: Sequence[Note] = ()
    here: Evaluation | None = None

    @property
    def formulas(self) -> Mapping[str, str]:
        """The formulas that the algebra found, by name; none that the language cannot say."""
        found: Mapping[str, str] = self.algebra.get("formulas", {})
        return found

    @cached_property
    def over_arrays(self) -> "ArrayFormulary | None":
        """The derivatives as `diff` has them, over whole arrays; None of numbers, and where some have no such formula.

        They are those of the graph's rules, and are not counted.
        """
        if self.graph.arrays is None:
            return None
        from gradcli.symbolic.arrays.formulary import formulary_over_arrays  # which numbers alone do not load

        found = formulary_over_arrays(self.graph, self.names, 1, inline=False)
        return None if found is None or any(note.code == "by-elements" for note in found.notes) else found

    @property
    def is_small(self) -> bool:
        """Whether both the formulas and the passes are short enough to be read."""
        return max(self.passes, self.algebra.get("derivative") or 0) <= SHOWN

    def steps(self) -> list[CountedStep]:
        """Both passes of the graph, step by step."""
        known = self.graph.variables | self.graph.steps
        return list(steps(self.graph, [known[name] for name in self.names], self.here))

    @property
    def failed(self) -> str:
        """Why the algebra has no result ("time", "memory", "depth", "error"), or ""."""
        return str(self.algebra.get("failed", ""))

    def agrees(self, name: str) -> bool | None:
        """Whether both ways give the same number; None where one of them gives none."""
        if self.numbers is None or "gradient" not in self.algebra:
            return None
        found, number = self.algebra["gradient"][name], finite_or_none(self.numbers[name])
        if found is None or number is None:
            return None
        size = finite_or_none((self.sizes or {}).get(name, 0.0)) or 0.0
        return isclose(found, number, rel_tol=CLOSE, abs_tol=ROUNDING * size)

    @property
    def agree(self) -> bool | None:
        """Whether all numbers agree; None where nothing can be compared."""
        found = [self.agrees(name) for name in self.names]
        return False if False in found else None if None in found or not found else True

    def as_dict(self, seconds: bool = True, language: str = "en", show: bool = False) -> dict[str, Any]:
        """What `gradcli compare --json` prints; with `show` formulas and passes of any size."""
        facts: dict[str, Any] = {"expression": self.graph.text, "output": output_name(self.graph)}
        if self.at is not None:
            facts["at"] = dict(self.at)
        facts["operations"] = {
            "function": self.operations,
            "function_written_out": self.algebra.get("written_out"),
            "derivative": self.algebra.get("derivative"),
            "derivative_shared": self.algebra.get("shared"),
            "forward_backward": self.passes,
        }
        if over_arrays := self.over_arrays:
            facts["formulas_over_arrays"] = {name: over_arrays.text((name,)) for (name,) in over_arrays.keys}
        if show or self.is_small:
            facts["formulas"] = dict(self.formulas)
            facts["passes"] = [step.as_dict() for step in self.steps()]
        if seconds:
            facts["seconds"] = dict(self.algebra.get("seconds", {})) | {"graph": self.graph_seconds}
        if self.failed:
            facts["failed"] = self.failed
        if self.numbers is not None:
            facts["algebra"] = self.algebra.get("gradient")
            facts["graph"] = {name: finite_or_none(number) for name, number in self.numbers.items()}
            facts["agree"] = self.agree
            facts["notes"] = [note.as_dict(language) for note in self.notes]
        return facts

    @property
    def is_finite(self) -> bool:
        """Whether the graph gave finite numbers."""
        return self.numbers is None or None not in map(finite_or_none, self.numbers.values())


def compare(
    graph: Graph,
    at: Mapping[str, float] | None = None,
    wrt: Sequence[str] | None = None,
    limit: float = ALGEBRA_SECONDS,
) -> Comparison:
    """Both ways, for the variables and named steps in `wrt` (default: all variables).

    For the derivative by a step the algebra takes that step for a variable. It is ended after `limit` seconds. Raises
    `GradcliError` if SymPy is not installed or a name is unknown, and with a point what `gradcli.gradient` raises.
    """
    targets = targets_of(graph, wrt)
    names = tuple(targets)
    operations = sum(bool(inputs) for inputs in graph.inputs)
    passes = operations + sum(edge.operations for edge in edges(graph, list(targets.values())))
    if at is None:
        return Comparison(graph, names, operations, passes, derive_by_algebra(graph, targets, None, limit), limit)
    Answer.of(graph, at, names)  # reads the operator table's rules, which is not part of the work
    begun = perf_counter()
    result = Answer.of(graph, at, names)
    seconds = perf_counter() - begun
    here = result.evaluation
    steps = {name: finite_or_none(here.values[node]) for name, node in targets.items() if graph.inputs[node]}
    algebra = derive_by_algebra(graph, targets, {**result.point, **steps}, limit)
    magnitudes = here.adjoints_by(_unsigned_slopes)
    sizes = {name: magnitudes[node] for name, node in targets.items()}
    numbers = dict(here.gradient)
    return Comparison(
        graph, names, operations, passes, algebra, limit, result.point, numbers, sizes, seconds, result.notes, here
    )


def _unsigned_slopes(operator: Operator, wanted: tuple[int, ...], total: bool = False) -> Callable[..., Any]:
    """The rules' slopes without their signs."""
    slopes = rules.slopes(operator, wanted, total)

    def unsigned(*arguments: Any) -> Any:
        found = slopes(*arguments)
        return abs(found) if isinstance(found, (int, float)) else [abs(slope) for slope in found]

    return unsigned

"""Value and gradient of an expression at a point: the library's main function, and the result it returns."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import isfinite, isnan
from typing import TYPE_CHECKING, Any

from gradcli.choices import KINK_RULES
from gradcli.engine import rules
from gradcli.engine.notes import Note, no_finite_value
from gradcli.engine.passes import Fault, Slopes, backward, forward, requires_gradient
from gradcli.errors import GradcliError
from gradcli.graph import Graph
from gradcli.language.missing import missing_values
from gradcli.language.names import output_name
from gradcli.language.parser import parse
from gradcli.language.suggestions import nearest
from gradcli.text import finite_or_none, quote

if TYPE_CHECKING:
    from gradcli.trace.trace import Trace

LISTED = 10  # a message lists up to so many names


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Result:
    """The value and the gradient of `graph` at the point `at`.

    `gradient` maps each variable that requires one (and each named step asked for) to ∂output/∂variable, in order of
    first appearance; the numbers have the unit of the output over that of the variable. `notes` say where the point
    lies on a kink or a jump and which numbers are not finite. `values` and `adjoints` have one entry for each node:
    its value and the derivative of the output with respect to it; `order` is the order of evaluation.
    """

    graph: Graph
    at: Mapping[str, float]
    value: float
    gradient: Mapping[str, float]
    notes: tuple[Note, ...]
    values: list[Any]
    order: Any
    adjoints: list[float]
    required: bytearray
    slopes: Slopes

    @property
    def output(self) -> str:
        """The name of the output."""
        return output_name(self.graph)

    @property
    def is_finite(self) -> bool:
        """Whether the value and the whole gradient are finite numbers."""
        return isfinite(self.value) and all(map(isfinite, self.gradient.values()))

    def trace(self, chain: str = "auto") -> "Trace":
        """The forward and the backward pass, row by row; `chain` is full, short or auto (full up to four factors)."""
        from gradcli.trace.trace import Trace

        return Trace(self, chain)

    def as_dict(self) -> dict[str, Any]:
        """The result as `gradcli eval --json` prints it: a number that is not finite is None."""
        return {
            "expression": self.graph.text,
            "output": self.output,
            "at": dict(self.at),
            "value": finite_or_none(self.value),
            "gradient": {name: finite_or_none(value) for name, value in self.gradient.items()},
            "notes": [note.as_dict() for note in self.notes],
        }

    def __repr__(self) -> str:
        """The value and the first few slopes."""
        shown = ", ".join(f"{name}: {value!r}" for name, value in list(self.gradient.items())[:LISTED])
        more = ", …" if len(self.gradient) > LISTED else ""
        return f"Result(value={self.value!r}, gradient={{{shown}{more}}})"

    def _repr_html_(self) -> str:
        """What a notebook shows: the table of values and gradients."""
        from gradcli.report.forms.html import result_table

        return result_table(self)


def gradient(
    expression: str | Graph,
    at: Mapping[str, float],
    wrt: Iterable[str] | None = None,
    *,
    kink: str = "branch",
    allow_nonfinite: bool = False,
) -> Result:
    """Evaluate an expression and its gradient at a point, by one forward and one backward pass.

    `at` gives each variable's value (radians for angles); names that do not occur are passed over. `wrt` names the
    variables and named steps that require a gradient, as a list or as the text "a,b"; default: all variables. `kink`
    is the rule at kinks: "branch" (the derivative of the branch taken) or "minnorm" (the subgradient of smallest norm).

    Raises `GradcliError` for a wrong expression, a missing or unknown name or a value that is not a finite number,
    and `MathError` where the expression has no real finite value, unless `allow_nonfinite` asks for IEEE 754
    arithmetic. A gradient that is not finite raises nothing: it is in the result, with a note.
    """
    graph = parse(expression) if isinstance(expression, str) else expression
    if not isinstance(graph, Graph):
        raise GradcliError(f"an expression is a text or a graph, not {quote(repr(expression))}")
    if kink not in KINK_RULES:
        raise GradcliError(f"unknown rule for kinks {quote(kink)}; there are branch and minnorm")
    point = bind(graph, at)
    targets = targets_of(graph, wrt)
    leaves = {node: point[name] for name, node in graph.variables.items()} | dict(graph.values)
    try:
        forward_pass = forward(graph, leaves, total=allow_nonfinite)
    except Fault as fault:
        raise no_finite_value(graph, fault.values, fault.node) from None
    from gradcli.engine import kinks

    slopes = rules.slopes if kink == "branch" else kinks.minnorm_slopes
    required = requires_gradient(graph, list(targets.values()))
    adjoints = backward(graph, forward_pass, required, slopes)
    value = float(forward_pass.values[graph.output])
    found = {name: adjoints[node] for name, node in targets.items()}
    from gradcli.engine.remarks import remarks

    notes = remarks(graph, forward_pass, adjoints, required, targets, slopes, kink)
    return Result(
        graph, point, value, found, tuple(notes), forward_pass.values, forward_pass.order, adjoints, required, slopes
    )


def bind(graph: Graph, at: Mapping[str, float]) -> dict[str, float]:
    """The values of the graph's variables, in order of first appearance; raises for missing and unusable ones."""
    variables = graph.variables
    missing = [name for name in variables if name not in at]
    if missing:
        raise missing_values(graph, missing, at)
    return {name: usable(name, at[name]) for name in variables}


def usable(name: str, value: Any) -> float:
    """A value as a float; raises `GradcliError` where it is no finite real number."""
    try:
        number = float(value) if not isinstance(value, (str, bytes, bool)) else float("nan")
    except (TypeError, ValueError, OverflowError):
        number = float("nan")
    if not isfinite(number):
        what = "is not finite" if isinstance(value, float) and not isnan(number) else "is no finite number"
        raise GradcliError(f"the value of {quote(name)} {what}: {quote(repr(value))[1:-1]}")
    return number


def targets_of(graph: Graph, wrt: Iterable[str] | None) -> dict[str, int]:
    """The nodes whose gradient is asked for, by name, in order of first appearance: variables, then steps."""
    variables, steps = graph.variables, graph.steps
    if wrt is None:
        return variables
    asked = dict.fromkeys(wrt.split(",") if isinstance(wrt, str) else wrt)
    known = variables | steps
    for name in asked:
        if name not in known:
            close = nearest(name, list(known))
            hint = f"did you mean {quote(close)}?" if close else _known_names(known)
            raise GradcliError(f"{quote(name)} is no variable and no named step of the expression; {hint}")
    return {name: node for name, node in known.items() if name in asked}


def _known_names(known: Mapping[str, int]) -> str:
    if not known:
        return "it has none"
    listed = ", ".join(quote(name)[1:-1] for name in list(known)[:LISTED])
    return f"there {'are' if len(known) > 1 else 'is'} {listed}" + (", …" if len(known) > LISTED else "")

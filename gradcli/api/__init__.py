"""The library: value and gradient of an expression at a point, the result, and what else is public."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal, overload

from gradcli.api.given import is_number, mapping_given, names_given, shapes_given
from gradcli.api.traces import shown
from gradcli.choices import KINK_RULES
from gradcli.engine.answer import Answer
from gradcli.engine.binding import targets_of
from gradcli.errors import GradcliError, MathError
from gradcli.graph import Graph
from gradcli.language.format import format_graph
from gradcli.language.parser import parse
from gradcli.report.forms.html import fragment
from gradcli.report.views.result import note_blocks, value_blocks
from gradcli.trace.passes import WithoutPoint

if TYPE_CHECKING:
    from gradcli.api.digits import Digits
    from gradcli.api.fractions import Fractions
    from gradcli.api.shown import ShownTrace
    from gradcli.api.shown_arrays import ShownArrayTrace
    from gradcli.engine.certified.written import Written
    from gradcli.engine.uncertainty import Spread

__all__ = [
    "Digits",
    "Fractions",
    "GradcliError",
    "Graph",
    "MathError",
    "Result",
    "compile",
    "format_graph",
    "gradient",
    "parse",
    "passes",
]

LISTED = 10  # slopes in the text of a result


def __getattr__(name: str) -> Any:
    """What loads `decimal`, on first use."""
    if name not in ("Digits", "Fractions"):
        raise AttributeError(f"module 'gradcli.api' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"gradcli.api.{name.lower()}"), name)


class Result(Answer):
    """The value and the gradient of `graph` at the point `at`.

    `gradient` maps each variable that requires one (and each named step asked for) to ∂output/∂variable, in order of
    first appearance, to an array's as nested lists of its shape; the numbers have the unit of the output over that of
    the variable. `slopes` and `point` have the same by the names of numbers, `W[0,1]` for an element. `notes` say where
    the point lies on a kink or a jump, which numbers are not finite, and which had lost their digits: `value` and
    `gradient` have these as they should be. `evaluation` has the numbers of every node as both passes computed them, in
    doubles.
    """

    def trace(
        self, chain: str = "auto", *, explain: bool = False, paths: bool = False, opened: Iterable[str] = ()
    ) -> "ShownTrace | ShownArrayTrace":
        """The forward and the backward pass, row by row; `chain` is full, short or auto (full up to four factors).

        With `explain` each row of the backward pass says in words what its node does. Over arrays a row is an operation
        and chains are short; `opened` names operations that have the rows of their scalar nodes instead.
        """
        return shown(self.evaluation, chain, explain, paths, names_given("opened", opened) or ())

    def spread(self, uncertainties: Mapping[str, Any]) -> "Spread":
        """How uncertain the value is, to first order, where variables are known with these standard uncertainties.

        The variables are taken to be independent; those without an uncertainty are exact. For an array they are one
        number for all of its elements, or an array of its shape. `uncertainty` is that of the value, √Σ(∂z/∂x · u(x))²
        (JCGM 100, GUM, 5.1.2), in the value's unit; `shares` has each variable's part of its square in percent; `notes`
        say where first order may not do. Raises `GradcliError` for a name that is no variable and for an uncertainty
        that is no number from 0 on.
        """
        from gradcli.engine.uncertainty import spread
        from gradcli.language.spelling import nearest

        mapping_given("uncertainties", uncertainties)
        if self.graph.arrays is not None:
            from gradcli.api.arrays import spread_out

            uncertainties = spread_out(self.graph.arrays, uncertainties)
        for name, uncertainty in uncertainties.items():
            if name not in self.point:
                facts = {"name": name, "suggestion": nearest(name, list(self.at))}
                raise GradcliError("unused-name", facts, source="at")
            if not is_number(uncertainty) or uncertainty < 0:
                raise GradcliError("uncertainty-negative", source="at")
        return spread(self, {name: float(uncertainty) for name, uncertainty in uncertainties.items()})

    def as_dict(self, language: str = "en") -> dict[str, Any]:
        """The result as `gradcli eval --json` prints it, in objects of its own: a number that is not finite is None."""
        found = super().as_dict(language)
        return found | {"at": dict(found["at"]), "gradient": dict(found["gradient"])}

    def __repr__(self) -> str:
        """The value and the first few slopes."""
        shown = ", ".join(f"{name}: {_short(value)}" for name, value in list(self.gradient.items())[:LISTED])
        more = ", …" if len(self.gradient) > LISTED else ""
        return f"Result(value={self.value!r}, gradient={{{shown}{more}}})"

    def _repr_html_(self) -> str:
        """What a notebook shows: the table of values and gradients."""
        return fragment([*value_blocks(self), *note_blocks(self.notes)])


@overload
def gradient(
    expression: str | Graph,
    at: Mapping[str, Any],
    wrt: Iterable[str] | None = None,
    *,
    kink: str = "branch",
    allow_nonfinite: bool = False,
) -> Result: ...


@overload
def gradient(
    expression: str | Graph, at: "Mapping[str, Written]", wrt: Iterable[str] | None = None, *, digits: int
) -> "Digits": ...


@overload
def gradient(
    expression: str | Graph,
    at: "Mapping[str, Written]",
    wrt: Iterable[str] | None = None,
    *,
    kink: str = "branch",
    fractions: Literal[True],
) -> "Fractions": ...


def gradient(
    expression: str | Graph,
    at: Mapping[str, Any],
    wrt: Iterable[str] | None = None,
    *,
    kink: str = "branch",
    allow_nonfinite: bool = False,
    digits: int | None = None,
    fractions: bool = False,
) -> "Result | Digits | Fractions":
    """Evaluate an expression and its gradient at a point, by one forward and one backward pass.

    `at` gives each variable's value (radians for angles): a number, or for a vector or a matrix nested lists, tuples or
    what makes lists of itself (`tolist`), as NumPy's arrays do. Names that do not occur are passed over, and e is the
    constant unless it is given a value or named in `wrt`. `wrt` names the variables and named steps that require a
    gradient, arrays or elements such as `W[0,1]`, as a list or as the text "a,b"; default: all variables. `kink`
    is the rule at kinks: "branch" (the derivative of the branch taken) or "minnorm" (the subgradient of smallest norm).

    With `digits`, from 1 to 1,000, the result is a `Digits` with that many correct digits, of numbers that mean what is
    written: 0.1 in the expression is one tenth. Values may then be texts, `Decimal` or `Fraction` too; a float is
    exactly the double that it is.

    With `fractions` the result is a `Fractions`: exact, of numbers that mean what is written, where all operations have
    rational results.

    Raises `GradcliError` for a wrong expression, shapes that do not fit, a missing or unknown name or a value that is
    not a finite number, and `MathError` where the expression has no real finite value, unless `allow_nonfinite` asks
    for IEEE 754 arithmetic, or where with `fractions` a number is no fraction. A gradient that is not finite raises
    nothing: it is in the result, with a note.
    """
    wrt, at = names_given("wrt", wrt), mapping_given("at", at)
    graph = _graph(expression, {*at, *(wrt or ())})
    _check_rule(kink)
    if graph.has_arrays or graph.arrays is not None or any(hasattr(value, "__len__") for value in at.values()):
        from gradcli.api.arrays import with_arrays

        graph, at = with_arrays(graph, at)
    if fractions:
        from gradcli.api.fractions import Fractions

        if digits is not None or allow_nonfinite:
            option = "digits" if digits is not None else "allow_nonfinite"
            raise GradcliError("fractions-with-option", {"option": option}, source="option")
        return Fractions.of(graph, at, wrt, kink)
    if digits is not None:
        from gradcli.api.digits import Digits

        if kink != "branch" or allow_nonfinite:
            option = "allow_nonfinite" if allow_nonfinite else "kink"
            raise GradcliError("digits-with-option", {"option": option}, source="option")
        return Digits.of(graph, at, digits, wrt)
    return Result.of(graph, at, wrt, kink, allow_nonfinite)


def compile(  # noqa: A001 (it is what libraries call this)
    expression: str | Graph,
    wrt: Iterable[str] | None = None,
    *,
    kink: str = "branch",
    shapes: Mapping[str, Sequence[int]] | None = None,
) -> Callable[..., tuple[Any, dict[str, Any]]]:
    """A function that gives value and gradient, of floats or of NumPy arrays, many times faster than `gradient`.

    It takes the values of the variables, by name or as one mapping, and returns `(value, {name: slope})` with the names
    of `wrt`, as `gradient` has them. For numbers it is straight-line Python. With arrays, which broadcast as NumPy's
    do, value and slopes are arrays of their shape, which needs NumPy. All are doubles as exact as those of the
    passes, without correction and without notes; a slope that is not finite is NaN. The function can be pickled, and
    several threads may call it.

    `shapes` are those of the variables that are vectors or matrices, as `{"W": (3, 2)}`: nested lists, or arrays with
    these as their last axes. Axes before them are those of many points, and broadcast with those of other variables;
    a slope has the axes of the points and behind them its variable's. At one point it is nested lists.

    Raises `GradcliError` for a wrong expression or an unknown name. For numbers the function raises what `gradient`
    raises: `GradcliError` for a value that is missing or no finite number, `MathError` where the expression has no
    value. Arrays have NaN there, and where they are masked; for one that has no real numbers (text, truth values,
    complex numbers), and for shapes that do not broadcast together, it raises `GradcliError`.
    """
    from gradcli.api.compiled import compiled

    wrt = names_given("wrt", wrt)
    graph = _graph(expression, set(wrt or ()))
    _check_rule(kink)
    if arrays := shapes_given(graph, shapes):
        from gradcli.api.compiled_arrays import compiled_of_arrays

        return compiled_of_arrays(graph, arrays, wrt, kink)
    return compiled(graph, wrt, kink)


def passes(
    expression: str | Graph,
    wrt: Iterable[str] | None = None,
    *,
    chain: str = "auto",
    explain: bool = False,
    paths: bool = False,
    shapes: Mapping[str, Sequence[int]] | None = None,
    opened: Iterable[str] = (),
) -> "ShownTrace | ShownArrayTrace":
    """The forward and the backward pass of an expression without a point: formulas, and products of the chain rule.

    `wrt` names the variables and named steps that require a gradient, as for `gradient`; `chain` is full, short or auto
    (full up to four factors); with `explain` the rows say in words what local derivatives are. `shapes` are those of
    the variables that are arrays, as `{"W": (3, 2)}`; `opened` names operations over arrays that have the rows of their
    scalar nodes instead. With numbers it is `gradient(…).trace()`. Raises `GradcliError` for a wrong expression, an
    unknown name or form of the chain, and for shapes that do not fit.
    """
    wrt = names_given("wrt", wrt)
    graph = _graph(expression, set(wrt or ()))
    if graph.arrays is None and ((arrays := shapes_given(graph, shapes)) or graph.has_arrays):
        from gradcli.arrays.lowering import lowered

        graph = lowered(graph, arrays)
    names = names_given("opened", opened) or ()
    return shown(WithoutPoint(graph, targets_of(graph, wrt).values()), chain, explain, paths, names)


def _short(value: Any) -> str:
    """A slope, or the first few of an array's."""
    if not isinstance(value, list):
        return repr(value)
    return f"[{', '.join(map(_short, value[:LISTED]))}{', …' if len(value) > LISTED else ''}]"


def _graph(expression: str | Graph, free: set[str]) -> Graph:
    graph = parse(expression, free=free) if isinstance(expression, str) else expression
    if not isinstance(graph, Graph):
        raise GradcliError("not-an-expression", {"given": repr(expression)})
    return graph


def _check_rule(kink: str) -> None:
    if not isinstance(kink, str) or kink not in KINK_RULES:
        given = kink if isinstance(kink, str) else repr(kink)
        raise GradcliError("unknown-kink-rule", {"given": given, "known": list(KINK_RULES)}, source="option")

"""Value and gradient as a function of numbers or arrays: for numbers straight-line Python, for arrays the tape."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from math import isfinite
from threading import Lock
from types import MethodType
from typing import Any

from gradcli.batch.conditions import FINITE, Conditional, Conditions, Weighing
from gradcli.batch.scalar import answer
from gradcli.engine.binding import bind, shown, targets_of, usable
from gradcli.engine.doubles import rules
from gradcli.engine.doubles.passes import Fault
from gradcli.engine.evaluation import evaluate
from gradcli.errors import GradcliError
from gradcli.export.backends.python import LANGUAGE, LOSSY
from gradcli.export.code_language import Reserved
from gradcli.export.comments import in_language
from gradcli.export.identifiers import names_for
from gradcli.export.lowering import lower
from gradcli.graph import Graph
from gradcli.language.parser import parse
from gradcli.operators.records import Operator
from gradcli.operators.table import FREE, IDENTITY, OPERATORS
from gradcli.symbolic.derive import derive

Function = Callable[..., tuple[Any, dict[str, Any]]]

_NOT = OPERATORS["not"]
_CALLS = {
    name: text
    for name, text in LANGUAGE.calls.items()
    if not text.startswith("math.") or getattr(math, text[5:]) is OPERATORS[name].function
}
_LANGUAGE = replace(
    LANGUAGE,
    calls={name: text for name, text in _CALLS.items() if name not in LOSSY} | {FINITE.name: "isfinite"},
    helpers={name: text for name, text in LANGUAGE.helpers.items() if name not in LOSSY},
)
_OWN = frozenset({"self", "point", "values", "value", "isfinite", "type", "KeyError", "TypeError", "len"})
_TERMS = 8  # of one sum that is tested

_FUNCTION = """def value_and_gradient(self, point=None, /, **values):
    try:
        if point is None:
            point = values
        elif values:
            point = {{**point, **values}}
        {variables}
        if {are_numbers}{no_constant}:
            {lines}
            if {holds}:
                return value + 0.0, {gradient}
    except (ArithmeticError, ValueError, LookupError, TypeError):
        pass
    return self.otherwise(point)
"""


def compiled(graph: Graph, wrt: Sequence[str] | None, kink: str) -> Function:
    """Value and gradient at a point, the values of the variables by name or as one mapping; see `gradcli.compile`."""
    return _Compiled(_of_numbers(graph), wrt, kink).value_and_gradient


def _of_numbers(graph: Graph) -> Graph:
    """The graph with operations on arrays as those on their elements; its variables are numbers."""
    if not graph.has_arrays:
        return graph
    from gradcli.arrays.lowering import lowered

    return lowered(graph, {})


def _compiled_anew(text: str, variables: Sequence[str], wrt: Sequence[str], kink: str) -> "_Compiled":
    """The same in another process."""
    return _Compiled(_of_numbers(parse(text, len(text) + 1, variables)), wrt, kink)


@cache
def _slope(operator: Operator, index: int) -> Operator:
    """The slope that the backward pass has, where a condition holds, and elsewhere what is near it."""
    function = rules.slopes(operator, (index,), total=True)
    parameters = ("condition", "near", *operator.parameters, "out")
    return Operator(f"{operator.name}_slope_{index}", parameters, _Where(function))


class _Where:
    """A function that is called where a condition holds."""

    def __init__(self, function: Callable[..., float]) -> None:
        self.function = function

    def __call__(self, condition: bool, near: float, *arguments: float) -> float:
        """What the function has, or what is near it."""
        return self.function(*arguments) if condition else near


class _Floats(Weighing):
    """A graph under construction whose slopes are those of the backward pass where doubles lose digits of formulas."""

    def slope(self, operator: Operator, index: int, parameters: Mapping[str, int]) -> int:
        """The partial derivative by an argument."""
        partial = operator.partials[index]
        if not partial.lossy:
            return super().slope(operator, index, parameters)
        near = self.rule(partial.arrays or partial.for_machines, parameters)
        condition = self.condition(partial.lossy, parameters)
        if condition == self.false():
            return near
        return self.keep(_slope(operator, index), (condition, near, *parameters.values()))


def _source(graph: Graph, targets: Mapping[str, int], kink: str, scope: dict[str, Any]) -> str:
    """The method for floats: it goes on to `otherwise` where it is given something else or may not be right.

    What Python has not is called as the operator table has it, by a name that is put into `scope`.
    """
    derivatives = derive(graph, targets, stable=True, slopes=_Floats)
    builder = Conditional()
    images = builder.taken(derivatives.graph)
    here = Conditions(builder, graph, builder.taken(graph))
    apart = [*here.apart(), *(here.bends() if kink == "minnorm" else ())]
    holds = builder.all_of([*here.checks(), *(builder.keep(_NOT, (condition,)) for condition in apart)])
    roots = [images[x] for x in (derivatives.graph.output, *derivatives.roots.values())]
    whole, place = builder.pruned(roots[0], [*roots, holds])
    poles = [place[images[x]] for x in derivatives.poles if images[x] in place]
    numbers = [f"slope_{number}" for number in range(1, len(targets) + 1)]
    lacking = {row for row in whole.operators if row.parameters and not _is_written(row)}
    scope |= {row.name: _called(row) for row in lacking if row is not IDENTITY}
    calls = {name: name for name in scope} | {row.name: _call_where(row) for row in lacking if _is_where(row)}
    language = replace(_LANGUAGE, calls={**_LANGUAGE.calls, **calls})
    names = names_for(whole, Reserved(language.reserved_for(whole), scope, _OWN, set(numbers))).of
    code = lower(whole, [place[x] for x in (*roots, holds)], language, names, poles=poles)
    lines = [*code.lines, *(f"{name} = {text}" for name, text in zip(["value", *numbers], code.roots, strict=False))]
    sums = [" + ".join(["value", *numbers][start : start + _TERMS]) for start in range(0, len(roots), _TERMS)]
    variables = {name: names[node] for name, node in whole.variables.items()}
    constants = _free_constants(graph)
    text = _FUNCTION.format(
        variables="\n        ".join(f"{new} = point[{name!r}]" for name, new in variables.items()) or "pass",
        are_numbers=" is ".join(
            [*(f"type({new})" for new in variables.values()), "float"] if variables else ["len(point) == 0"]
        ),
        no_constant="".join(f" and {name!r} not in point" for name in constants),
        lines="\n            ".join(lines),
        holds=" and ".join([f"({code.roots[-1]})", *(f"isfinite({terms})" for terms in sums)]),
        gradient=f"{{{', '.join(f'{name!r}: {x} + 0.0' for name, x in zip(targets, numbers, strict=True))}}}",
    )
    return in_language("\n".join([*code.helpers, text]), "en")


def _is_where(operator: Operator) -> bool:
    return isinstance(operator.function, _Where)


def _called(operator: Operator) -> Callable[..., Any]:
    """The function that the code calls for an operator."""
    return operator.function.function if isinstance(operator.function, _Where) else operator.forward


def _call_where(operator: Operator) -> str:
    """The template of a number, and where a condition holds of a call."""
    arguments = ", ".join(f"{{{place}:OR}}" for place in range(2, len(operator.parameters)))
    return f"{operator.name}({arguments}) if {{0:OR}} else {{1:OR}}"


def _is_written(operator: Operator) -> bool:
    """Whether Python has an operator, or its definition, without losing digits."""
    return _LANGUAGE.spells(operator) or bool(operator.definition and not operator.lossy)


class _Compiled:
    """A graph with its function: a bound method, which costs little more to call and can be pickled."""

    value_and_gradient: Function

    def __init__(self, graph: Graph, wrt: Sequence[str] | None, kink: str) -> None:
        self.graph = graph
        self.targets = targets = targets_of(graph, wrt)
        self.kink = kink
        self.constants = _free_constants(graph)
        self.tape: Any = None
        self.lock = Lock()  # the tape has buffers, and NumPy lets other threads run
        scope: dict[str, Any] = {"math": math, "isfinite": isfinite}
        exec(compile(_source(graph, targets, kink, scope), "gradcli.compile", "exec"), scope)
        scope["value_and_gradient"].__doc__ = compiled.__doc__
        self.value_and_gradient = MethodType(scope["value_and_gradient"], self)

    def __reduce__(self) -> tuple[Any, ...]:
        return _compiled_anew, (self.graph.text, list(self.graph.variables), list(self.targets), self.kink)

    def __repr__(self) -> str:
        return f"gradcli.compile({self.graph.text!r})"

    def otherwise(self, at: Any) -> tuple[Any, dict[str, Any]]:
        """Value and gradient for arrays, for numbers that are no floats, and where the function for floats stops."""
        if not hasattr(at, "keys"):
            raise GradcliError("point-unnamed", {"value": shown(at)}, source="at")
        for name in self.constants:
            if name in at:  # `gradient`, which knows the point before it reads the text, takes it for a variable
                raise GradcliError("compiled-constant", {"name": name}, source="at")
        # Where no name occurs, arrays still say how many values there are.
        given = {name: at[name] for name in self.graph.variables or at if name in at}
        if any(map(_is_array, given.values())):
            return self.of_arrays(given)
        point = bind(self.graph, given)
        if any(type(value) is not float for value in given.values()):
            return self.value_and_gradient(point)
        return self.of_numbers(point)

    def of_numbers(self, point: Mapping[str, float]) -> tuple[float, dict[str, float]]:
        """By the passes; a slope that is not finite is NaN."""
        try:
            here = evaluate(self.graph, point, tuple(self.targets.values()), self.kink)
        except Fault as fault:
            from gradcli.engine.undefined import no_finite_value

            raise no_finite_value(self.graph, fault.values, fault.node) from None
        return answer(here, self.targets)

    def of_arrays(self, given: Mapping[str, Any]) -> tuple[Any, dict[str, Any]]:
        """By the tape; what is no array is the same for all."""
        try:
            import numpy as np
        except ModuleNotFoundError:
            raise GradcliError("arrays-need-numpy", source=None) from None
        from gradcli.batch.tape.tape import NumPyTape

        if self.tape is None:
            self.tape = NumPyTape(self.graph, self.targets, self.kink)
        arrays = {name: as_array(name, value) for name, value in given.items() if _is_array(value)}
        point = bind(self.graph, {**given, **dict.fromkeys(arrays, 0.0)})
        try:
            whole = np.broadcast_arrays(*arrays.values())
        except ValueError:
            shapes = [f"{name}: {array.shape}" for name, array in arrays.items()]
            raise GradcliError("shapes-differ", {"shapes": shapes}, source="at") from None
        columns = dict(zip(arrays, (array.reshape(-1) for array in whole), strict=True))
        shape = whole[0].shape
        with self.lock:
            value, gradient = self.tape({**point, **columns}, whole[0].size)
            self.tape.forget()
        return value.reshape(shape), {name: x.reshape(shape) for name, x in gradient.items()}


def _free_constants(graph: Graph) -> list[str]:
    """The constants in the graph that would be variables if they were given values."""
    return [name for name in FREE if any(graph.names.get(node) == name for node in graph.values)]


def _is_array(value: Any) -> bool:
    """Whether it is an array or a list, not a number, nor a text in the place of one."""
    return hasattr(value, "__len__") and not isinstance(value, str)


def as_array(name: str, value: Any) -> Any:
    """An array of doubles, with NaN for what is masked; raises `GradcliError` where there is what is no real number."""
    import numpy as np

    try:
        array = np.asanyarray(value)
        if array.dtype.kind == "O":  # integers beyond 64 bits, fractions, decimals
            cells = [x if isinstance(x, float) else usable(name, x) for x in array.reshape(-1)]
            return np.array(cells, np.float64).reshape(array.shape)
    except (TypeError, ValueError):
        raise GradcliError("value-not-finite", {"name": name, "value": shown(value)}, source="at") from None
    if array.dtype.kind not in "fiu":
        raise GradcliError("array-type", {"name": name, "type": str(array.dtype)}, source="at")
    array = array.astype(np.float64, copy=False)
    return array.filled(np.nan) if isinstance(array, np.ma.MaskedArray) else np.asarray(array)

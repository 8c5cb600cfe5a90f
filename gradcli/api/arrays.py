"""Arrays in the values that a library's user gives: nested lists, tuples, or what makes lists of itself."""

from collections.abc import Mapping
from typing import Any

from gradcli.arrays.lowering import MAX_SCALARS, lowered
from gradcli.arrays.shapes import MOST_AXES, MisfitError, number_for_array, of_lists, two_shapes
from gradcli.engine.binding import usable
from gradcli.errors import GradcliError
from gradcli.graph import Graph
from gradcli.graph.arrays import Arrays, Shape, flattened


def with_arrays(graph: Graph, at: Mapping[str, Any]) -> tuple[Graph, Mapping[str, Any]]:
    """The graph of the numbers that arrays are made of, and their values; a graph of numbers as it is.

    Raises `GradcliError` where shapes do not fit.
    """
    program = graph if graph.arrays is None else graph.arrays.program
    given = {name: _lists(value) for name, value in at.items() if name in program.variables}
    lists = {name: value for name, value in given.items() if isinstance(value, list)}
    if not lists and graph.arrays is None and not graph.has_arrays:
        return graph, at
    for name, value in given.items():
        if name not in lists and hasattr(value, "__iter__") and not isinstance(value, (str, bytes)):
            usable(name, value)  # an array of NumPy without axes is a number; others are none, which this says
    shapes = {name: _shape(name, value) for name, value in lists.items()}
    if graph.arrays is None:
        graph = lowered(graph, shapes, MAX_SCALARS)
    arrays = graph.arrays
    if arrays is None:
        return graph, at
    for name in given.keys() & arrays.variables.keys():
        other = arrays.shapes[arrays.named[name]]
        if name not in shapes:
            raise GradcliError("number-for-array", number_for_array(name), source="at")
        if shapes[name] != other:
            raise GradcliError("two-shapes", two_shapes(name, shapes[name], other), source="at")
    return graph, arrays.flat(dict(at) | lists)


def _lists(value: Any, axes: int = MOST_AXES) -> Any:
    """What stands for an array as lists, down to one axis too many; a number as it is."""
    if isinstance(value, (list, tuple)):
        return [_lists(one, axes - 1) for one in value] if axes else list(value)
    made = value.tolist() if hasattr(value, "tolist") else value
    return made if isinstance(made, list) else value


def _shape(name: str, value: list[Any]) -> Shape:
    try:
        return of_lists(value)
    except MisfitError as misfit:
        raise GradcliError(misfit.code, misfit.facts | {"name": name}, source="at") from None


def spread_out(arrays: Arrays, uncertainties: Mapping[str, Any]) -> dict[str, Any]:
    """Uncertainties by the names of numbers: of an array one number for all elements, or an array of its shape."""
    found: dict[str, Any] = {}
    for name, given in uncertainties.items():
        value = _lists(given)
        if name not in arrays.variables:
            found[name] = value
        elif isinstance(value, list):
            shape, other = _shape(name, value), arrays.shapes[arrays.named[name]]
            if shape != other:
                raise GradcliError("two-shapes", two_shapes(name, shape, other), source="at")
            found.update(zip(arrays.variables[name], flattened(value), strict=True))
        else:
            found |= dict.fromkeys(arrays.variables[name], value)
    return found

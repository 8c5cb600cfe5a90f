"""A compiled function of arrays: of one point, or of many whose arrays have their own axes last."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from gradcli.api.compiled import compiled
from gradcli.arrays.lowering import lowered
from gradcli.engine.binding import targets_of
from gradcli.errors import GradcliError
from gradcli.graph import Graph
from gradcli.graph.arrays import Group, Shape, shaped, size_of
from gradcli.language.parser import parse

Function = Callable[..., tuple[Any, dict[str, Any]]]


def compiled_of_arrays(graph: Graph, shapes: Mapping[str, Shape], wrt: Sequence[str] | None, kink: str) -> Function:
    """See `gradcli.compile`. Raises `GradcliError` for shapes that do not fit."""
    return _OfArrays(lowered(graph, shapes), wrt, kink)


def _anew(
    text: str, variables: Sequence[str], shapes: Mapping[str, Shape], wrt: Sequence[str] | None, kink: str
) -> Function:
    """The same in another process."""
    return compiled_of_arrays(parse(text, len(text) + 1, variables), shapes, wrt, kink)


class _OfArrays:
    """A function of the elements, which are taken from arrays and put into such again."""

    def __init__(self, graph: Graph, wrt: Sequence[str] | None, kink: str) -> None:
        assert graph.arrays is not None, "a graph with arrays"
        self.function = compiled(graph, wrt, kink)
        self.text = graph.text
        arrays = graph.arrays
        self.arrays = {name: (arrays.shapes[arrays.named[name]], names) for name, names in arrays.variables.items()}
        self.groups: list[Group] = list(arrays.groups(list(targets_of(graph, wrt))))
        self.asked = (
            list(arrays.program.variables),
            {name: shape for name, (shape, _) in self.arrays.items()},
            wrt,
            kink,
        )

    def __reduce__(self) -> tuple[Any, ...]:
        return _anew, (self.text, *self.asked)

    def __repr__(self) -> str:
        return f"gradcli.compile({self.text!r})"

    def __call__(self, point: Any = None, /, **values: Any) -> tuple[Any, dict[str, Any]]:
        """Value and gradient at a point, the values of the variables by name or as one mapping."""
        at = values if point is None else point
        if not hasattr(at, "keys"):
            return self.function(at)
        at = {**at, **values}
        flat: dict[str, Any] = {name: at[name] for name in at if name not in self.arrays}
        for name, (shape, elements) in self.arrays.items():
            if name in at:
                flat.update(zip(elements, _elements(name, at[name], shape), strict=True))
        value, slopes = self.function(flat)
        return value, {
            group.name: _joined([slopes[one] for one in group.elements], group.shape) for group in self.groups
        }


def _elements(name: str, value: Any, shape: Shape) -> list[Any]:
    """The elements of one array as floats, or of many as arrays."""
    if isinstance(value, list) and (found := _numbers(value, shape)):
        return found
    try:
        import numpy as np
    except ModuleNotFoundError:
        raise GradcliError("arrays-need-numpy", source=None) from None
    from gradcli.api.compiled import as_array

    array = as_array(name, value)
    count = array.ndim - len(shape)
    if count < 0 or array.shape[count:] != shape:
        facts = {"name": name, "shape": str(array.shape), "wanted": str(shape)}
        raise GradcliError("compiled-axes", facts, source="at")
    rows = array.reshape(*array.shape[:count], size_of(shape))
    if not count:
        return [float(x) for x in rows]
    return [np.ascontiguousarray(rows[..., place]) for place in range(size_of(shape))]


def _numbers(value: list[Any], shape: Shape) -> list[float] | None:
    """The elements of lists of floats that have this shape, without NumPy."""
    rows = value if len(shape) > 1 else [value]
    if len(value) != shape[0] or not all(isinstance(row, list) and len(row) == shape[-1] for row in rows):
        return None
    found = [x for row in rows for x in row]
    return found if all(type(x) in (float, int) for x in found) else None


def _joined(slopes: list[Any], shape: Shape) -> Any:
    """The slopes by an array's elements: lists of numbers, or an array whose last axes are those of the shape."""
    if not hasattr(slopes[0], "shape"):
        return shaped(slopes, shape)
    import numpy as np

    found = np.stack(slopes, axis=-1)
    return found.reshape(*found.shape[:-1], *shape)

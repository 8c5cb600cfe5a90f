"""Points for examples of commands: values for all variables at which an expression and its gradient are numbers."""

from collections.abc import Mapping, Sequence
from itertools import chain, islice, product

from gradcli.arrays.lowering import lowered
from gradcli.engine.answer import Answer
from gradcli.errors import MOST, GradcliError
from gradcli.graph.arrays import Shape, element_names, shaped, size_of
from gradcli.language.names import is_of_matrix
from gradcli.language.parser import parse

VALUES = (0.5, 2.0, 10.0, -0.5, -2.0, 100.0, -10.0)  # tried for each variable, where simpler points do not do
TRIED = 200  # of their combinations
LARGEST = 1000  # scalar nodes of an expression over arrays that is tried
# Shapes that are tried for a name: a capital is that of a matrix, as in books.
_OF_CAPITALS: Sequence[Shape] = ((2, 2), (2,), ())
_OF_OTHERS: Sequence[Shape] = ((2,), (), (2, 2))


def numbers_for(names: Sequence[str], text: str) -> dict[str, float]:
    """Values for all names, at which the expression and its gradient are finite numbers; none where none is found.

    The other variables, which move over a range, are 1 then. Of a long expression the values are not tried.
    """
    in_order = [tuple(scale * place for place in range(1, 1 + len(names))) for scale in (1.0, 0.5 / len(names))]
    if len(text) > MOST:
        return dict(zip(names, in_order[0], strict=True))
    graph = parse(text, free=names)
    for numbers in chain(in_order, islice(product(VALUES, repeat=len(names)), TRIED)):
        point = dict(zip(names, numbers, strict=True))
        try:
            if Answer.of(graph, dict.fromkeys(graph.variables, 1.0) | point).is_finite:
                return point
        except GradcliError:
            continue
    return {}


def arrays_for(text: str, given: Mapping[str, Shape]) -> str:
    """The text of --at with arrays and numbers for all names, counted from 1 on in each; "" where none is found.

    `given` has the shapes that are known.
    """
    graph = parse(text)
    known = [
        [given[name]] if name in given else _OF_CAPITALS if is_of_matrix(name) else _OF_OTHERS
        for name in graph.variables
    ]
    for shapes in islice(product(*known), TRIED if len(text) <= MOST else 0):
        named = dict(zip(graph.variables, shapes, strict=True))
        point = {
            one: place + 1.0 for name, shape in named.items() for place, one in enumerate(element_names(name, shape))
        }
        try:
            if Answer.of(
                lowered(graph, {name: shape for name, shape in named.items() if shape}, LARGEST), point
            ).is_finite:
                return ",".join(f"{name}={_written(shape)}" for name, shape in named.items())
        except GradcliError:
            continue
    return ""


def _written(shape: Shape) -> str:
    """An array of this shape, its elements counted from 1 on."""
    elements = [*range(1, 1 + size_of(shape))]
    return f"{shaped(elements, shape)}".replace(" ", "") if shape else "1"

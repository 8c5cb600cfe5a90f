"""The program over arrays as languages with arrays spell it: its operations by names that say the axis, its literals
as leaves, and what is typed behind an array.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from gradcli.arrays.shapes import own_axis
from gradcli.graph import Builder, Graph
from gradcli.graph.arrays import Arrays, Shape, size_of
from gradcli.operators.arrays import LITERAL, TRANSPOSE, ArrayOperator
from gradcli.operators.exceptional import not_a_number
from gradcli.operators.records import Operator
from gradcli.operators.table import IDENTITY, OPERATORS

WIDEST = 88  # characters of a line of numbers


class Behind(Operator):
    """What is written behind its operand: `[:, None]`."""

    suffix: str = ""


@cache
def operation(name: str) -> Operator:
    """An operation on arrays by the name that the languages spell it by, as `sum_along_0`."""
    return Operator(name, ("x",), not_a_number, shaped=True)


def behind(text: str) -> Operator:
    """What is written behind its operand."""
    return Behind("behind", ("x",), not_a_number, shaped=True, suffix=text)


NUMBERS = operation("numbers")  # a leaf: a literal of numbers alone
_BEHIND = {"column": "[:, None]", "row": "[None, :]"}


def along(name: str, axis: int | None) -> str:
    """The name of a reduction."""
    return f"{name}_of_all" if axis is None else f"{name}_along_{axis}"


def reductions(templates: Mapping[str, tuple[str, str]]) -> dict[str, str]:
    """How a language spells each reduction, of all elements and along an axis: `sum({0}, axis=AXIS)`."""
    found = {along(name, None): whole for name, (whole, _) in templates.items()}
    return found | {
        along(name, axis): part.replace("AXIS", str(axis)) for name, (_, part) in templates.items() for axis in (0, 1)
    }


class Program(Builder):
    """The nodes of the program, as `images` of its own; None for a name that is read by indices alone.

    `literals` has the numbers of each leaf that is a literal.
    """

    def __init__(self, arrays: Arrays, graph: Graph) -> None:
        super().__init__()
        self.arrays = arrays
        self.scalars = graph
        self.source = arrays.program
        self.images: list[int] = []
        self.literals: dict[int, Any] = {}
        self.shapes: dict[int, Shape] = {}  # of the images
        self.loose: dict[str, int] = {}

    def image(self, node: int) -> int:
        """Write the next node of the program."""
        made = self._image(node)
        if node in self.source.names and self.source.inputs[node]:
            if made in self.names or not self.inputs[made]:  # a step that is a literal, or another name for a view
                made = self.append(IDENTITY, (made,))
            self.names[made] = self.source.names[node]
        self.images.append(made)
        self.shapes[made] = self.arrays.shapes[node]
        return made

    def _image(self, node: int) -> int:
        source, arrays = self.source, self.arrays
        operator, inputs = source.operators[node], source.inputs[node]
        if not inputs:
            return self.leaf(source, node) if arrays.elements[node] else -1
        if operator.is_part and not arrays.elements[inputs[0]]:
            return self.element(node)
        images = tuple(self.images[x] for x in inputs)
        shapes = [arrays.shapes[x] for x in inputs]
        if isinstance(operator, ArrayOperator):
            return self.of_arrays(operator, images, shapes)
        if len(inputs) == 1 and operator.variadic and shapes[0]:
            return self.append(operation(along(operator.name, None)), images)
        return self.elementwise(node, operator, self.with_numbers(operator, images))

    def of_arrays(self, operator: ArrayOperator, images: tuple[int, ...], shapes: Sequence[Shape]) -> int:
        """An operation on whole arrays."""
        if operator is LITERAL:
            return self.literal(images)
        if operator is TRANSPOSE and len(shapes[0]) == 1:
            return images[0]
        if operator.reduces:
            return self.reduced(operator, images, shapes[0])
        if operator.name in _BEHIND:
            return self.append(behind(_BEHIND[operator.name]), images)
        if operator.positions:
            return self.append(behind(operator.suffix.replace(",", ", ")), images)
        return self.append(operator, images)

    def reduced(self, operator: ArrayOperator, images: tuple[int, ...], shape: Shape) -> int:
        """A reduction; the length of one number is that without its sign."""
        axis = own_axis(operator.axis, shape)
        if operator.kink == "cone" and (size_of(shape) if axis is None else shape[axis]) == 1:
            return self.append(operation(along("sum", axis)), (self.append(OPERATORS["abs"], images),))
        return self.append(operation(along(operator.name, axis)), images)

    def elementwise(self, node: int, operator: Operator, images: tuple[int, ...]) -> int:  # noqa: ARG002
        """An operation element by element."""
        return self.append(operator, images)

    def with_numbers(self, operator: Operator, images: tuple[int, ...]) -> tuple[int, ...]:
        """The operands; a comparison of numbers alone has them as leaves: else it is a condition of Python's own."""
        if operator.condition and all(x in self.values for x in images):
            return tuple(map(self.number, images))
        return images

    def number(self, x: int) -> int:
        """A number as a leaf; another node itself."""
        if x not in self.values:
            return x
        made = self.append(NUMBERS)
        self.literals[made] = self.values[x]
        return made

    def element(self, node: int) -> int:
        """`x[0]` of a name without a shape, a variable of its own."""
        scalar = self.arrays.elements[node][0]
        while self.scalars.inputs[scalar]:
            (scalar,) = self.scalars.inputs[scalar]
        name = self.scalars.names[scalar]
        if name not in self.loose:
            self.loose[name] = self.variable(name)
        return self.loose[name]

    def literal(self, images: Sequence[int]) -> int:
        """An array of what is given: numbers are one leaf."""
        if all(x in self.literals or (x in self.values and x not in self.names) for x in images):
            made = self.append(NUMBERS)
            self.literals[made] = [self.literals[x] if x in self.literals else self.values[x] for x in images]
            return made
        return self.append(operation("stack"), tuple(map(self.number, images)))


def rows(numbers: Any, number: Callable[[float], str], before: str = "", after: str = "") -> str:
    """Nested lists as code, a line for each row where they are too wide for one."""
    text = nested(numbers, number)
    if len(before) + len(text) + len(after) <= WIDEST or not isinstance(numbers, list):
        return before + text + after
    lines = [f"    {nested(row, number)}," for row in numbers] if isinstance(numbers[0], list) else _lines(text[1:-1])
    return "\n".join([f"{before}[", *lines, f"]{after}"])


def _lines(text: str) -> list[str]:
    from textwrap import wrap

    return wrap(f"{text},", WIDEST, initial_indent="    ", subsequent_indent="    ")


def nested(numbers: Any, number: Callable[[float], str]) -> str:
    """Nested lists in one line."""
    if not isinstance(numbers, list):
        return number(numbers)
    return f"[{', '.join(nested(one, number) for one in numbers)}]"


def targets(arrays: Arrays, names: Iterable[str]) -> dict[str, tuple[str, Sequence[int]]]:
    """The names of numbers as those of arrays and single elements: for each the array, and the place in that."""
    found: dict[str, tuple[str, Sequence[int]]] = {}
    for group in arrays.groups(list(names)):
        whole, bracket, place = group.name.partition("[")
        is_element = bracket and whole in arrays.named
        found[group.name] = (whole, tuple(map(int, place[:-1].split(",")))) if is_element else (group.name, ())
    return found

"""Programs over arrays at points where PyTorch's or JAX's own slopes are not right for some of the elements."""

from collections.abc import Callable
from math import isfinite

from gradcli.engine.answer import Answer
from gradcli.export.arrays.programs import NUMBERS, Program
from gradcli.export.corrections import SLOPE, STOP, is_elsewhere
from gradcli.graph import Graph
from gradcli.graph.arrays import Arrays, shaped
from gradcli.operators.records import Operator
from gradcli.operators.table import CONSTANT, WHERE
from gradcli.symbolic.simplify import parsed_rule


class Corrected(Program):
    """The program that is right at a point: see `gradcli.export.corrections`.

    Where no gradient may pass for some elements, it does not pass for them alone.
    """

    def __init__(self, arrays: Arrays, graph: Graph, result: Answer | None) -> None:
        super().__init__(arrays, graph)
        self.here = result.evaluation if result else None

    def elementwise(self, node: int, operator: Operator, images: tuple[int, ...]) -> int:
        """An operation element by element."""
        here = self.here
        elements = [
            one
            for one in self.arrays.elements[node]
            if here is not None and here.required[one] and here.is_evaluated(one)
        ]
        if here is None or operator.condition or not elements:
            return self.append(operator, images)
        slopes = {one: here.local_derivatives(one) for one in elements}
        stopped = {one for one in elements if not all(map(isfinite, slopes[one].values())) and not here.adjoints[one]}
        if stopped:
            return self.append(operator, self.held(node, images, stopped.__contains__))
        if any(is_elsewhere(operator, here.arguments(one), here.values[one]) for one in elements):
            indices = {index for one in elements for index, slope in slopes[one].items() if slope}
            return self.corrected(operator, images, sorted(indices))
        return self.append(operator, images)

    def held(self, node: int, images: tuple[int, ...], is_stopped: Callable[[int], bool]) -> tuple[int, ...]:
        """The operands, through which no gradient passes where it is stopped."""
        shape, elements = self.arrays.shapes[node], self.arrays.elements[node]
        passes = [not is_stopped(one) for one in elements]
        mask = -1
        if any(passes):
            mask = self.append(NUMBERS)
            self.literals[mask] = shaped(passes, shape)
        return tuple(self.stopped(x, mask) if self.operators[x] not in (CONSTANT, NUMBERS) else x for x in images)

    def stopped(self, x: int, mask: int) -> int:
        """An operand without a gradient, for some elements or for all."""
        held = self.append(STOP, (x,))
        return held if mask < 0 else self.append(WHERE, (mask, x, held))

    def corrected(self, operator: Operator, images: tuple[int, ...], indices: list[int]) -> int:
        """An operation with slopes by the table's rules."""
        value = self.append(STOP, (self.append(operator, images),))
        letters = dict(zip(operator.parameters, images, strict=not operator.variadic)) | {"out": value}
        found = value
        for index in indices:
            own = letters | {"x": images[index]} if operator.variadic else letters
            rule = self.insert(parsed_rule(operator.partial(index).for_machines), own)
            found = self.append(SLOPE, (found, images[index], rule))
        return found

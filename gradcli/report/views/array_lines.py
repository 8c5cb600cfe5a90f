"""The chain rule over arrays, a line for each variable."""

from collections.abc import Iterator

from gradcli.report.blocks import Block, Equation, Title, Value
from gradcli.report.cells import Derivative, Mathematics
from gradcli.report.explained import equals
from gradcli.report.notation import Notation
from gradcli.trace.arrays.lines import ArrayLine, lines
from gradcli.trace.arrays.tracing import ArrayTrace


def blocks(trace: ArrayTrace) -> Iterator[Block]:
    """The title and the lines, if there are any."""
    found = [line for line in lines(trace) if line.terms or line.gradient]
    if found:
        yield Title("label.ways")
    for line in found:
        yield Value(Equation(Derivative(trace.output, (line.name,)), ArrayWay(line)))


class ArrayWay(Mathematics):
    """`Xᵀ·(∂L/∂t ⊙ ∂t/∂Y) = [[4, 4, 0], [6, 6, 0]]`."""

    def __init__(self, line: ArrayLine) -> None:
        self.line = line

    def inside(self, notation: Notation) -> str:
        """The formula, and what it is at a point."""
        terms, gradient = self.line.terms or (), self.line.gradient
        text = ""
        for term in terms:
            is_taken = bool(text) and term[0] == "-"
            sign = " - " if is_taken else " + " if text else ""
            text += sign + notation.over_arrays(term[1:] if is_taken else term)
        if gradient is None:
            return text
        values = gradient.values
        number, is_exact = notation.array(values, gradient.shape) if gradient.shape else notation.number(values[0])
        return f"{text} {equals(is_exact, notation)} {number}" if text else number

"""Claims about arrays as they are written: `W = outer(p - t, x)`; and the claims about numbers that they are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gradcli.arrays.elements import spread
from gradcli.arrays.lowering import lowered_elements
from gradcli.arrays.names import operation_names
from gradcli.arrays.parts import check_part
from gradcli.arrays.shapes import said
from gradcli.check.trials.claims import Claim, Whole, collected, precision
from gradcli.check.trials.sides import ClaimSides, in_claim, line_of, read_sides, refuse_line, shown_in, unknown
from gradcli.errors import GradcliError
from gradcli.graph import Graph
from gradcli.graph.arrays import Arrays, Shape, element_names
from gradcli.language.characters import plain
from gradcli.language.names import output_name


@dataclass(frozen=True, slots=True, eq=False)
class ArrayClaim:
    """`name = text`: that the gradient of an array is this. `elements` are the claims about its elements, row by row;
    of a number it is one.
    """

    name: str
    text: str
    shape: Shape
    elements: Sequence[Claim]


def read_array_claims(graph: Graph, texts: list[str], rtol: float = 0.0, listed: str = "") -> list[ArrayClaim]:
    """The claims on a graph of arrays; see `read_claims`. A gradient has the shape of its variable.

    A claim may speak of arrays by the names that the trace gives them.
    """
    assert graph.arrays is not None, "a graph of arrays"
    reader = _Reader(graph, graph.arrays, rtol)
    return collected(reader.read, texts, listed)


class _Reader:
    """What reads claims on a graph of arrays."""

    def __init__(self, graph: Graph, arrays: Arrays, rtol: float) -> None:
        self.graph = graph
        self.arrays = arrays
        self.rtol = rtol
        program = arrays.program
        names = operation_names(arrays)
        self.outputs = (names[program.output], output_name(program))
        # By name the nodes of the program; what has no elements is no array, but the name of some.
        nodes = {names[node]: node for node in program.computed()} | program.variables | program.steps
        self.nodes = {name: node for name, node in nodes.items() if arrays.elements[node]}
        # Without a shape some names are those of elements alone: x[0].
        self.indexed = {name: node for name, node in program.variables.items() if not arrays.elements[node]}
        self.elements = graph.variables | graph.steps
        self.known = {**self.elements, **self.nodes, **self.indexed}
        self.spoken: dict[str, int] = {}  # those of arrays that claims have spoken of

    def read(self, typed: str) -> ArrayClaim:
        """The claim that a text is."""
        text = plain(typed)
        try:
            sides = read_sides(self.arrays.program, text, self.known, self.outputs, self._lowered)
            return self._read(text, sides)
        except GradcliError as error:
            raise shown_in(self._of_a_part(error), text, typed) from None

    def _of_a_part(self, error: GradcliError) -> GradcliError:
        """The error about a name that is unknown as one about a part of an array, or its transpose, if it is that."""
        if error.code == "unknown-in-claim":
            try:
                check_part(self.arrays, error.facts["name"])
            except GradcliError as other:
                return GradcliError(other.code, other.facts, error.text, error.start, error.end, error.source)
        return error

    def _read(self, text: str, sides: ClaimSides) -> ArrayClaim:
        name, right, offset, claimed = sides
        if name in self.indexed:
            raise unknown(self.graph, name, {}, text, text.index(name))
        try:
            whole = self._lowered(name, claimed)
        except GradcliError as error:
            refuse_line(line_of(error), name, self.arrays.program, self.known, self._lowered)
            raise in_claim(error, name, text, offset) from None
        assert whole.arrays is not None, "what is lowered has arrays"
        shape, own = self._shape(name), whole.arrays.shapes[claimed.output]
        targets = self.arrays.elements[self.nodes[name]] if name in self.nodes else [self.elements[name]]
        leaves = {one: self._node(one) for one in whole.variables}
        written, shared = precision(right), Whole(whole, leaves)
        roots = spread(whole.arrays.elements[claimed.output], own, shape)
        elements = []
        for one, target, root in zip(element_names(name, shape), targets, roots, strict=True):
            elements.append(Claim(one, right.strip(), target, shared, root, *written, self.rtol, True))
        return ArrayClaim(name, right.strip(), shape, elements)

    def _shape(self, name: str) -> Shape:
        return self.arrays.shapes[self.nodes[name]] if name in self.nodes else ()

    def _lowered(self, name: str, claimed: Graph) -> Graph:
        """The numbers of a right side; raises for shapes that do not fit, in it or beside that of the name."""
        whole = lowered_elements(claimed, self._shapes(claimed))
        assert whole.arrays is not None, "what is lowered has arrays"
        for one, place in whole.variables.items():
            if one not in self.elements and one.partition("[")[0] in self.indexed:
                raise unknown(self.graph, one, {}, claimed.text or one, whole.starts[place])
        shape, own = self._shape(name), whole.arrays.shapes[claimed.output]
        if not _fits(own, shape):
            text = claimed.text or ""
            start = len(text) - len(text.lstrip())
            raise GradcliError("claim-shape", _misfit(name, shape, own), text, start, len(text.rstrip()))
        return whole

    def _shapes(self, claimed: Graph) -> dict[str, Shape]:
        """The shapes of the arrays that a claim speaks of."""
        return {name: self.arrays.shapes[self.nodes[name]] for name in claimed.variables if name in self.nodes}

    def _node(self, name: str) -> int:
        """The scalar node of a number, or of an element, that a claim speaks of."""
        if name in self.elements:
            return self.elements[name]
        if name not in self.spoken:
            whole = name.partition("[")[0]
            names = element_names(whole, self.arrays.shapes[self.nodes[whole]])
            self.spoken |= zip(names, self.arrays.elements[self.nodes[whole]], strict=True)
        return self.spoken[name]


def _fits(own: Shape, shape: Shape) -> bool:
    """Whether a claim has a variable's shape, or stands for it: a number for all elements, as formulas of derivatives
    have it, a row for all rows, a column for all columns. A vector stands for no matrix, which hides a sum forgotten.
    """
    if not own or own == shape:
        return True
    return len(own) == len(shape) and all(one in (1, length) for one, length in zip(own, shape, strict=True))


def _misfit(name: str, shape: Shape, own: Shape) -> Mapping[str, Any]:
    """The facts of a claim of another shape than its variable's, with what may have been forgotten."""
    facts = {"name": name, "shape": said(shape), "own": said(own)}
    if len(own) > 1 and own[::-1] == shape:
        return facts | {"transpose": ".T"}
    if len(own) > len(shape) and own[1:] == shape:
        return facts | {"sum": "sum(…, axis=0)"}
    return facts

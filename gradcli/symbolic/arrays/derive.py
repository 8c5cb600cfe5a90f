"""Derivatives of a program over arrays: the backward pass builds a formula for the gradient of each array."""

from collections.abc import Collection, Mapping
from typing import NamedTuple

from gradcli.arrays import shapes as rules
from gradcli.graph.arrays import Arrays, Shape, size_of
from gradcli.operators.arrays import TRANSPOSE, ArrayOperator
from gradcli.operators.records import Operator
from gradcli.operators.table import ADD, MUL
from gradcli.symbolic.arrays.builder import ArrayBuilder
from gradcli.symbolic.arrays.gathering import Gathered, TooLongError
from gradcli.symbolic.arrays.rules import Step, passed_back
from gradcli.symbolic.arrays.spreading import narrowed
from gradcli.symbolic.arrays.written import written
from gradcli.symbolic.derive import Derivatives, with_numbers_at_zero
from gradcli.symbolic.higher import decided
from gradcli.symbolic.slopes import readable_slopes


class ArrayDerivatives(NamedTuple):
    """The gradient as formulas over arrays: their graph, and what is to be said of them.

    `shapes` has that of each formula, which may have fewer elements than its array, and `ties` the functions that take
    one of equal elements. `open` are the names for which there is no such formula.
    """

    derivatives: Derivatives
    shapes: Mapping[str, Shape]
    ties: Collection[str]
    open: Collection[str]


def derive_arrays(arrays: Arrays, names: Collection[str]) -> ArrayDerivatives:
    """The derivatives of the output for variables and steps of a program over arrays, by these names."""
    return _Backward(arrays, names).finished(names)


class _Backward:
    """A backward pass over arrays."""

    def __init__(self, arrays: Arrays, names: Collection[str]) -> None:
        self.arrays = arrays
        self.program = arrays.program
        self.shapes = arrays.shapes
        self.builder = ArrayBuilder({name: arrays.shapes[node] for name, node in arrays.program.variables.items()})
        nodes = arrays.program.variables | arrays.program.steps
        self.targets = {name: nodes[name] for name in nodes if name in names}
        self.required = self.program.requires_gradient(self.targets.values())
        self.value, self.images = self._copied()
        self.adjoints: dict[int, int] = {}
        self.gathered: dict[int, Gathered] = {}
        self.ties: dict[str, None] = {}
        self.lost: set[int] = set()  # nodes whose adjoint would be too long, and what they are made of

    def _copied(self) -> tuple[int, list[int]]:
        """The program's nodes in the builder: the output as it was written, and all nodes as formulas speak of them."""
        builder, program = self.builder, self.program
        exact: list[int] = []
        simple: list[int] = []
        steps = {node: name for name, node in program.steps.items()}
        for node, inputs in enumerate(program.inputs):
            if not inputs:
                exact.append(builder.leaf(program, node))
                simple.append(exact[-1])
                continue
            row = self.arrays.operator(node)
            if row.shaped and not self.arrays.elements[inputs[0]]:  # of a name without a shape: a variable of its own
                exact.append(builder.variable(f"{program.names[inputs[0]]}{row.suffix}"))
                simple.append(exact[-1])
                continue
            exact.append(builder.keep(row, tuple(exact[x] for x in inputs)))
            simple.append(self._simple(row, tuple(simple[x] for x in inputs), self.shapes[node]))
            if node in steps and builder.inputs[simple[node]]:
                builder.names.setdefault(simple[node], steps[node])
        return exact[program.output], simple

    def _simple(self, operator: Operator, inputs: tuple[int, ...], shape: Shape) -> int:
        """An operation with numbers alone or with 0 and 1 carried out, unless elements would be lost by that.

        The transpose of a vector is the vector, as in x.T @ A @ x.
        """
        if operator is TRANSPOSE and len(shape) < rules.MOST_AXES:
            return inputs[0]
        if not isinstance(operator, ArrayOperator):
            made = self.builder.make(operator, inputs, depth=0)
            if self.builder.shapes[made] == shape:
                return made
        return self.builder.keep(operator, inputs)

    def finished(self, names: Collection[str]) -> ArrayDerivatives:
        """The formulas, when the adjoint has come back to all nodes."""
        builder, program = self.builder, self.program
        if self.required[program.output]:
            self.adjoints[program.output] = builder.constant(1.0)
        for node in range(program.output, -1, -1):
            self._pass(node)
        zero = builder.constant(0.0)
        found = {name: node for name, node in self.targets.items() if node not in self.lost}
        roots = with_numbers_at_zero(builder, {(name,): self.adjoints.get(node, zero) for name, node in found.items()})
        roots = dict(zip(roots, decided(builder, list(roots.values())), strict=True))
        for name, node in found.items():
            roots[name,] = self._of_shape(roots[name,], self.shapes[node])
        graph, settled = written(builder, self.value, roots)
        shapes = {name: builder.shapes[roots[name,]] for name in found}
        derivatives = Derivatives(graph, tuple(found), 1, settled)
        return ArrayDerivatives(derivatives, shapes, list(self.ties), [x for x in names if x not in found])

    def _pass(self, node: int) -> None:
        """Pass the adjoint of a node back to its inputs."""
        builder, inputs = self.builder, self.program.inputs[node]
        self._gather(node)
        if node in self.lost:
            self.lost.update(x for index, x in enumerate(inputs) if self._is_reached(node, index))
            return
        adjoint = self.adjoints.get(node)
        if adjoint is None or adjoint == builder.constant(0.0) or not inputs or not self.required[node]:
            return
        operator, arguments = self.arrays.operator(node), tuple(self.images[x] for x in inputs)
        if not isinstance(operator, ArrayOperator):
            self._pass_elements(node, operator, arguments, adjoint)
        elif operator.positions:
            self._pass_part(node, operator, adjoint)
        else:
            self._pass_whole(node, operator, arguments, adjoint)

    def _gather(self, node: int) -> None:
        """Add up what came back to parts of an array."""
        try:
            for made in self.gathered.pop(node).parts() if node in self.gathered else ():
                self._add(node, made)
        except TooLongError:
            self.lost.add(node)

    def _pass_whole(self, node: int, operator: ArrayOperator, arguments: tuple[int, ...], adjoint: int) -> None:
        """By the rule of an operation on whole arrays."""
        inputs = self.program.inputs[node]
        shapes = [self.shapes[x] for x in inputs]
        if operator.kink == "tie" and shapes[0] != self.shapes[node]:
            if self._repeats(*inputs):  # of which the formula would count all
                self.lost.update(inputs)
                return
            self.ties[operator.name] = None
        step = Step(self.builder, operator, arguments, shapes, self.images[node], self.shapes[node], adjoint)
        for x, made in zip(inputs, passed_back(step), strict=True):
            self._add(x, made)

    def _repeats(self, node: int) -> bool:
        """Whether one number stands at several places of an array, as that of x in [x, x]."""
        elements = self.arrays.elements[node]
        return len(set(elements)) < len(elements)

    def _is_reached(self, node: int, index: int) -> bool:
        return bool(self.required[self.program.inputs[node][index]]) and self.program.passes_back(node, index)

    def _pass_elements(self, node: int, operator: Operator, arguments: tuple[int, ...], adjoint: int) -> None:
        """By the table's rules, element by element; what was repeated to the shape of the node is summed."""
        builder, inputs = self.builder, self.program.inputs[node]
        wanted = [bool(self.required[x]) for x in inputs]
        slopes = readable_slopes(builder, operator, arguments, self.images[node], wanted)
        for index, slope in enumerate(slopes):
            x = inputs[index]
            if slope is not None and wanted[index]:
                made = builder.make(MUL, (adjoint, slope))
                self._add(x, narrowed(builder, made, self.shapes[node], self.shapes[x]))

    def _pass_part(self, node: int, operator: ArrayOperator, adjoint: int) -> None:
        """The part of the adjoint of an array that a part of it gets."""
        (x,) = self.program.inputs[node]
        if x not in self.gathered:
            self.gathered[x] = Gathered(self.builder, self.shapes[x])
        self.gathered[x].add(operator.positions, adjoint, self.shapes[node])

    def _add(self, node: int, contribution: int) -> None:
        if self.required[node]:
            before = self.adjoints.get(node)
            made = contribution if before is None else self.builder.make(ADD, (before, contribution))
            self.adjoints[node] = made

    def _of_shape(self, node: int, shape: Shape) -> int:
        """A formula with all axes of its array, where it has as many elements."""
        builder = self.builder
        own = builder.shapes[node]
        if own == shape or size_of(own) != size_of(shape):
            return node
        if not own:
            node = builder.literal([node])
            return builder.literal([node]) if len(shape) == rules.MOST_AXES else node
        return builder.row(node)

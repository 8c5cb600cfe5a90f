"""The backward pass of a program over arrays as more operations on arrays: `dW = X.T @ ds`, one for each edge.

The rules are those of Giles, An extended collection of matrix derivative results for forward and reverse mode
algorithmic differentiation (2008), section 2.2; each derivative has the shape of what it is by.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache

from gradcli.export.arrays.programs import Program, along, behind, operation
from gradcli.export.identifiers import plain_name
from gradcli.graph import Graph
from gradcli.graph.arrays import Arrays, Shape
from gradcli.language.names import fresh_names
from gradcli.operators.arrays import INDEX, LITERAL, MATMUL, TRANSPOSE, ArrayOperator
from gradcli.operators.records import Operator
from gradcli.operators.table import ADD, CONSTANT, DIV, EQ, IDENTITY, MUL, NEG, OPERATORS, SUB, WHERE
from gradcli.symbolic.simplify import parsed_rule

# What the backward pass has besides: `spread` is a number or vector, repeated to the shape of another array, `passed`
# a product that is 0 where the incoming gradient is.
SPREAD, PASSED, FINITE = (operation(name) for name in ("spread", "passed", "finite"))
ROW_SUMS, UNIT_MATRIX = (operation(name) for name in ("row_sums", "unit_matrix"))


@cache
def summed(axis: int | None, keeps: bool) -> Operator:
    """A sum that takes back a broadcasting."""
    return operation(f"{along('summed', axis)}{'_kept' if keeps else ''}")


@cache
def placed(suffix: str) -> Operator:
    """A part of an array as an array of its shape, 0 elsewhere."""
    return operation(f"placed{suffix}")


@cache
def first_of(name: str, axis: int | None) -> Operator:
    """What is 1 at the first largest or smallest element, and else 0."""
    return operation(along(f"first_{name}", axis))


class Adjoints(Program):
    """The program with its backward pass. Each operation has a name, and so has each adjoint.

    `placements` are the texts of the indices by which parts are put into an array.
    """

    def __init__(self, arrays: Arrays, graph: Graph, targets: Iterable[str]) -> None:
        super().__init__(arrays, graph)
        self.placements: set[str] = set()
        self.contributions: dict[int, list[int]] = {}  # by image
        self.found: dict[int, int] = {}
        source, fresh = self.source, fresh_names(self.source)
        for node, operator in enumerate(source.operators):
            made = self.image(node)
            is_view = isinstance(operator, ArrayOperator) and operator.view
            if made >= 0 and self.inputs[made] and made not in self.names and not is_view and not operator.condition:
                self.names[made] = next(fresh)
        self.taken = {*source.names.values(), *self.names.values()}
        self.nodes = {name: self.images[node] for name, node in (source.variables | source.steps).items()}
        self.nodes |= self.loose
        wanted = {self.nodes[name] for name in targets}
        reading = [node for node, image in enumerate(self.images) if {image, self._same(image)} & wanted]
        self.required = source.requires_gradient(reading)

    def _same(self, image: int) -> int:
        """The image that another one is a name for; itself else."""
        return self.inputs[image][0] if image >= 0 and self.operators[image] is IDENTITY else image

    def adjoint(self, name: str, place: Sequence[int] = ()) -> int:
        """That of a variable or step, or of an element of it; 0 where no gradient comes."""
        image = self.nodes[name]
        if image not in self.found:
            return (
                self.append(operation("zeros"), (image,))
                if self.shapes.get(image) and not place
                else self.constant(0.0)
            )
        found = self.found[image]
        return self.append(behind(f"[{', '.join(map(str, place))}]"), (found,)) if place else found

    def pass_back(self) -> None:
        """Find the adjoint of each image that a gradient comes to."""
        output = self.source.output
        if self.required[output]:
            self.contributions[self.images[output]] = [self.constant(1.0)]
        for node in range(output, -1, -1):
            self._pass(node)
        for image in [*self.contributions]:
            self._total(image)

    def _total(self, image: int) -> int:
        first, *others = self.contributions.pop(image)
        total = first
        for one in others:
            total = self.append(ADD, (total, one))
        name = self.names.get(image)
        if name is not None and self.operators[total] is not CONSTANT:
            if total in self.names or not self.inputs[total]:
                total = self.append(IDENTITY, (total,))
            self.names[total] = self._free("d" + plain_name(name, ascii_only=False))
        self.found[image] = total
        return total

    def _free(self, name: str) -> str:
        while name in self.taken:
            name += "_"
        self.taken.add(name)
        return name

    def _pass(self, node: int) -> None:
        """Pass the adjoint of a node back to its inputs, when all of it has come."""
        source, arrays, image = self.source, self.arrays, self.images[node]
        operator, inputs = source.operators[node], source.inputs[node]
        if image not in self.contributions or not inputs or image == self.images[inputs[0]]:
            return
        if not arrays.elements[inputs[0]]:  # an element that is a variable of its own, which has no node
            if self._same(image) != image:
                self.contributions.setdefault(self._same(image), []).append(self._total(image))
            return
        adjoint = self._total(image)
        is_whole = operator.variadic and len(inputs) == 1 and arrays.shapes[inputs[0]]
        rule = _RULES[operator.name] if isinstance(operator, ArrayOperator) or is_whole else Adjoints.by_elements
        for index, x in enumerate(inputs):
            if self.required[x] and source.passes_back(node, index):
                made = rule(self, node, index, adjoint)
                if made is not None:
                    self.contributions.setdefault(self.images[x], []).append(made)

    # Parts of rules

    def times(self, adjoint: int, slope: int, is_safe: bool = True) -> int:
        """The product with a slope, which may be infinite where it is not safe and the adjoint is 0."""
        if self.values.get(adjoint) == 1.0:
            return slope
        return self.append(MUL if is_safe else PASSED, (adjoint, slope))

    def finite(self, node: int, x: int) -> int:
        """What an adjoint is multiplied by, with numbers where it has none: in a branch that is not taken, where the
        adjoint is 0.
        """
        return x if self.source.unconditional[node] else self.append(FINITE, (x,))

    def shape(self, node: int) -> Shape:
        """Of a node of the program."""
        return self.arrays.shapes[node]

    def inside(self, node: int, index: int = 0) -> int:
        """What stands for an input."""
        return self.images[self.source.inputs[node][index]]

    def along(self, node: int, x: int) -> int:
        """What belongs to the groups of a reduction, beside the elements of its input."""
        axis = getattr(self.source.operators[node], "axis", None)
        shape = self.shape(self.source.inputs[node][0])
        is_by_row = axis is not None and len(shape) > 1 and axis % len(shape) == 1
        return self.append(behind("[:, None]"), (x,)) if is_by_row else x

    # Rules: what an operation passes back to one of its inputs

    def by_elements(self, node: int, index: int, adjoint: int) -> int | None:
        """The product with the table's slope, summed over what was repeated."""
        operator = self.source.operators[node]
        if operator.chooses:
            zero = self.constant(0.0)
            sides = (adjoint, zero) if index == 1 else (zero, adjoint)
            made = self.append(WHERE, (self.inside(node), *sides))
        else:
            partial = operator.partial(index)
            rule = partial.for_machines
            if rule == "0":
                return None
            if rule in ("1", "-1"):
                made = adjoint if rule == "1" else self.append(NEG, (adjoint,))
            else:
                is_steep = bool(operator.domain or partial.steep) or not self.source.unconditional[node]
                made = self.times(adjoint, self.slope(node, index, rule), not is_steep)
        return self.narrowed(made, self.shape(node), self.shape(self.source.inputs[node][index]))

    def slope(self, node: int, index: int, rule: str) -> int:
        """A local derivative by its rule in the operator table."""
        operator, inputs = self.source.operators[node], self.source.inputs[node]
        images = [self.images[x] for x in inputs]
        letters = dict(zip(operator.parameters, images, strict=False)) | {"out": self.images[node]}
        if operator.variadic:
            letters["x"] = before = images[index]
            if "before" in rule:
                before = images[0]
                for x in images[1:index]:
                    before = self.append(operator, (before, x))
                letters["before"] = before
        return self.insert(parsed_rule(rule), letters)

    def narrowed(self, made: int, shape: Shape, own: Shape) -> int:
        """The sum over what broadcasting has repeated."""
        if own == shape:
            return made
        if not own:
            return self.append(summed(None, False), (made,))
        if len(own) < len(shape):
            return self.append(summed(0, False), (made,)) if own == shape[1:] else self._one(made)
        repeated = [axis for axis, length in enumerate(own) if length != shape[axis]]
        axis = repeated[0] if len(repeated) == 1 else None
        return self.append(summed(axis, True), (made,))

    def _one(self, made: int) -> int:
        """A vector of one number, of a matrix."""
        return self.append(operation("stack"), (self.append(summed(None, False), (made,)),))

    def matmul(self, node: int, index: int, adjoint: int) -> int:
        """G @ Y.T and X.T @ G; with a vector, the outer product where that is a matrix."""
        x, y = self.source.inputs[node]
        left, right = (self.finite(node, self.images[one]) for one in (x, y))
        if not self.shape(node):
            return self.times(adjoint, right if index == 0 else left)
        if index == 0:
            if len(self.shape(y)) == 1:
                return self.append(operation("outer"), (adjoint, right))
            return self.append(MATMUL, (adjoint, self.append(TRANSPOSE, (right,))))
        if len(self.shape(x)) == 1:
            return self.append(operation("outer"), (left, adjoint))
        return self.append(MATMUL, (self.append(TRANSPOSE, (left,)), adjoint))

    def outer(self, node: int, index: int, adjoint: int) -> int:
        """G @ y and x @ G."""
        other = self.finite(node, self.inside(node, 1 - index))
        return self.append(MATMUL, (adjoint, other) if index == 0 else (other, adjoint))

    def softmax(self, node: int, _: int, adjoint: int) -> int:
        """The result times what the incoming gradient is above its mean by that."""
        out = self.finite(node, self.images[node])
        mean = self.append(ROW_SUMS, (self.append(MUL, (out, adjoint)),))
        return self.append(MUL, (out, self.append(SUB, (adjoint, mean))))

    def trace(self, node: int, _: int, adjoint: int) -> int:
        """The incoming gradient on the diagonal."""
        return self.times(adjoint, self.append(UNIT_MATRIX, (self.inside(node),)))

    def sum(self, node: int, _: int, adjoint: int) -> int:
        """The incoming gradient, at each element."""
        return self.append(SPREAD, (self.inside(node), self.along(node, adjoint)))

    def mean(self, node: int, _: int, adjoint: int) -> int:
        """The same, divided by how many there are."""
        scalars = self.arrays
        count = len(scalars.elements[self.source.inputs[node][0]]) // len(scalars.elements[node])
        return self.sum(node, _, self.append(DIV, (adjoint, self.constant(float(count)))))

    def norm(self, node: int, _: int, adjoint: int) -> int:
        """G·x divided by the length; nothing where that is 0, and of one number its sign."""
        x, out = self.inside(node), self.along(node, self.images[node])
        if len(self.arrays.elements[self.source.inputs[node][0]]) == len(self.arrays.elements[node]):
            slope = self.insert(parsed_rule(OPERATORS["abs"].formulas[0]), {"x": x})
        else:
            zero = self.constant(0.0)
            slope = self.append(WHERE, (self.append(EQ, (out, zero)), zero, self.append(DIV, (x, out))))
        return self.times(self.along(node, adjoint), self.finite(node, slope))

    def logsumexp(self, node: int, _: int, adjoint: int) -> int:
        """G times the weights exp(x - the result)."""
        off = self.append(SUB, (self.inside(node), self.along(node, self.images[node])))
        return self.times(self.along(node, adjoint), self.finite(node, self.append(OPERATORS["exp"], (off,))))

    def extreme(self, node: int, _: int, adjoint: int) -> int:
        """G at the first element that is the largest or smallest."""
        operator, shape = self.source.operators[node], self.shape(self.source.inputs[node][0])
        axis = getattr(operator, "axis", None)
        axis = None if axis is None or len(shape) == 1 else axis % len(shape)
        return self.times(self.along(node, adjoint), self.append(first_of(operator.name, axis), (self.inside(node),)))

    def transpose(self, node: int, _: int, adjoint: int) -> int:
        """G.T."""
        return self.append(TRANSPOSE, (adjoint,)) if len(self.shape(node)) > 1 else adjoint

    def one_of_several(self, _node: int, index: int, adjoint: int) -> int:
        """Its place in G."""
        return self.append(behind(f"[{index}]"), (adjoint,))

    def column(self, _node: int, _: int, adjoint: int) -> int:
        """The only column of G."""
        return self.append(behind("[:, 0]"), (adjoint,))

    def row(self, _node: int, _: int, adjoint: int) -> int:
        """The only row of G."""
        return self.append(behind("[0]"), (adjoint,))

    def part(self, node: int, _: int, adjoint: int) -> int:
        """G at its place, and 0 elsewhere."""
        suffix = self.source.operators[node].suffix.replace(",", ", ")
        self.placements.add(suffix)
        return self.append(placed(suffix), (self.inside(node), adjoint))


_RULES: Mapping[str, Callable[[Adjoints, int, int, int], int]] = {
    MATMUL.name: Adjoints.matmul,
    "dot": Adjoints.matmul,
    "outer": Adjoints.outer,
    TRANSPOSE.name: Adjoints.transpose,
    INDEX.name: Adjoints.part,
    LITERAL.name: Adjoints.one_of_several,
    "column": Adjoints.column,
    "row": Adjoints.row,
    "softmax": Adjoints.softmax,
    "trace": Adjoints.trace,
    "sum": Adjoints.sum,
    "mean": Adjoints.mean,
    "norm": Adjoints.norm,
    "logsumexp": Adjoints.logsumexp,
    "max": Adjoints.extreme,
    "min": Adjoints.extreme,
}

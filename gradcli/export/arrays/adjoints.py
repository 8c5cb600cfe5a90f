"""The backward pass of a program over arrays as more operations on arrays: `dW = X.T @ ds`, one for each edge."""

from collections.abc import Iterable, Sequence
from functools import cache

from gradcli.arrays.backward import COUNT, INCOMING, RESULT, UNIT, Passing, passing_of
from gradcli.arrays.results import shapes_in
from gradcli.export.arrays.programs import Program, along, behind, operation
from gradcli.export.identifiers import plain_name
from gradcli.graph import Graph
from gradcli.graph.arrays import Arrays, Shape
from gradcli.language.names import fresh_names
from gradcli.operators.arrays import ARRAY_FUNCTIONS, MATMUL, ArrayOperator
from gradcli.operators.records import Operator
from gradcli.operators.table import ADD, CONSTANT, IDENTITY, MUL, NEG, VARIABLE, WHERE
from gradcli.symbolic.simplify import parsed_rule

# What the backward pass has besides: `spread` is a number or vector, repeated to the shape of another array, `passed`
# a product that is 0 where the incoming gradient is.
SPREAD, PASSED, FINITE = (operation(name) for name in ("spread", "passed", "finite"))
UNIT_MATRIX = operation("unit_matrix")
_PRODUCTS = (MUL, MATMUL, ARRAY_FUNCTIONS["outer"])


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
        self.steady: dict[int, int] = {}  # what is finite in place of each
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
        inputs = source.inputs[node]
        if image not in self.contributions or not inputs or image == self.images[inputs[0]]:
            return
        if not arrays.elements[inputs[0]]:  # an element that is a variable of its own, which has no node
            if self._same(image) != image:
                self.contributions.setdefault(self._same(image), []).append(self._total(image))
            return
        adjoint = self._total(image)
        row = arrays.operator(node)
        rule = self.by_row if isinstance(row, ArrayOperator) else self.by_elements
        for index, x in enumerate(inputs):
            if self.required[x] and source.passes_back(node, index):
                made = rule(node, index, adjoint)
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
        if self.source.unconditional[node]:
            return x
        if x not in self.steady:
            self.steady[x] = self.append(FINITE, (x,))
        return self.steady[x]

    def shape(self, node: int) -> Shape:
        """Of a node of the program."""
        return self.arrays.shapes[node]

    def inside(self, node: int, index: int = 0) -> int:
        """What stands for an input."""
        return self.images[self.source.inputs[node][index]]

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

    def by_row(self, node: int, index: int, adjoint: int) -> int:
        """By the formula of an operation on whole arrays. No formula says that what goes back to a part is 0 elsewhere,
        and that of equal elements the first one gets all.
        """
        back = passing_of(self.arrays, node, index)
        row = back.operator
        if row.positions:
            suffix = row.suffix.replace(",", ", ")
            self.placements.add(suffix)
            return self.append(placed(suffix), (self.inside(node), adjoint))
        if row.kink == "tie":
            beside = self.beside(back, adjoint)
            return self.times(beside, self.append(first_of(row.name, back.axis), (self.inside(node),)))
        made = _Inserted(self, node, back, adjoint)
        whole = self.shape(self.source.inputs[node][index])
        return made.output if made.shape == whole else self.append(SPREAD, (self.inside(node, index), made.output))

    def beside(self, passing: Passing, x: int) -> int:
        """What belongs to the groups of a reduction, beside the elements of its input."""
        return self.append(behind("[:, None]"), (x,)) if passing.is_by_rows else x


class _Inserted:
    """The formula of an operation on whole arrays as operations of the backward pass: its last one, and the shape.

    What G is multiplied by is finite, as `Adjoints.finite` says.
    """

    def __init__(self, adjoints: Adjoints, node: int, passing: Passing, adjoint: int) -> None:
        self.adjoints = adjoints
        self.node = node
        self.passing = passing
        self.adjoint = adjoint
        self.formula = formula = passing.stable
        self.shapes = shapes_in(formula, passing.letters)
        self.depends = formula.dependents([formula.variables[INCOMING]])
        self.nodes: list[int] = []
        for place in range(len(formula)):
            self.nodes.append(self._image(place))
        self.output, self.shape = self.nodes[formula.output], self.shapes[formula.output]

    def _image(self, place: int) -> int:
        adjoints, formula, operator = self.adjoints, self.formula, self.formula.operators[place]
        if operator is VARIABLE:
            return self._letter(formula.names[place])
        if operator is CONSTANT:
            return adjoints.leaf(formula, place)
        images = tuple(self._factor(x, place) for x in formula.inputs[place])
        if isinstance(operator, ArrayOperator):
            return adjoints.of_arrays(operator, images, [self.shapes[x] for x in formula.inputs[place]])
        return adjoints.times(images[0], images[1]) if operator is MUL else adjoints.append(operator, images)

    def _factor(self, x: int, product: int) -> int:
        """An input of an operation, of a product with G with numbers only."""
        is_by_adjoint = self.formula.operators[product] in _PRODUCTS and self.depends[product] and not self.depends[x]
        return self.adjoints.finite(self.node, self.nodes[x]) if is_by_adjoint else self.nodes[x]

    def _letter(self, name: str) -> int:
        adjoints, node = self.adjoints, self.node
        if name in (INCOMING, RESULT):
            return adjoints.beside(self.passing, self.adjoint if name == INCOMING else adjoints.images[node])
        if name == COUNT:
            return adjoints.constant(float(self.passing.terms))
        if name == UNIT:
            return adjoints.append(UNIT_MATRIX, (adjoints.inside(node),))
        return adjoints.inside(node, self.passing.operator.parameters.index(name))

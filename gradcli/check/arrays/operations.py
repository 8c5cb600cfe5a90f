"""Mistakes made at one operation on the way to an array: other local derivatives there, another gradient, and all that
follows from them.

What a mistake leads to is found by a backward pass with them.
"""

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import chain, combinations

from gradcli.arrays.names import operation_names
from gradcli.check.arrays.leading import Changed, Leads, Otherwise, carried_on, evaluated
from gradcli.check.arrays.local import at_operation
from gradcli.check.arrays.softmax import of_softmax
from gradcli.check.trials.remarks import Mentions, Remark
from gradcli.check.trials.samples import Sample
from gradcli.graph import Graph
from gradcli.operators.arrays import ARRAY_FUNCTIONS, MATMUL
from gradcli.operators.table import MUL

_SOFTMAX, _MEAN, _SUM = (ARRAY_FUNCTIONS[name] for name in ("softmax", "mean", "sum"))
_PRODUCTS = (MUL, MATMUL, ARRAY_FUNCTIONS["dot"], ARRAY_FUNCTIONS["outer"])


def of_operations(graph: Graph, targets: Sequence[int]) -> Iterator[tuple[Remark, Leads]]:
    """The mistakes on the way to the scalar nodes that are an array's elements, the most typical ones first."""
    way = _Way(graph, targets)
    for remark, changed in chain(
        way.constants(), way.paths(), way.softmax(), way.factors(), way.local(), way.reductions(), way.gradients()
    ):
        yield remark, partial(carried_on, targets, changed)


class _Way:
    """The operations of a program between its output and an array."""

    def __init__(self, graph: Graph, targets: Sequence[int]) -> None:
        assert graph.arrays is not None, "a graph of arrays"
        self.inputs, self.arrays, self.program = graph.inputs, graph.arrays, graph.arrays.program
        self.mentions = Mentions(self.program)
        self.names = operation_names(self.arrays)
        self.moved = graph.dependents(targets)
        # From the output on; what makes no nodes is a view of what others make.
        self.nodes = [
            node for node in range(self.program.output, -1, -1) if any(self.moved[x] for x in self.arrays.made[node])
        ]
        self.target = next(
            (node for node, elements in enumerate(self.arrays.elements) if list(elements) == list(targets)), None
        )
        self.uses: dict[int, list[int]] = {}  # by array the operations that read it, through views of it too
        for node in self.nodes:
            for x in self._sources(node):
                self.uses.setdefault(x, []).append(node)

    def paths(self) -> Iterator[tuple[Remark, Changed]]:
        """A path left out where an array is used more than once, at the target first."""
        forks = [] if self.target is None else [self.target]
        for fork in dict.fromkeys((*forks, *self.nodes)):
            elements = set(self.arrays.elements[fork])
            uses = self.uses.get(fork, ())
            for via in uses if len(uses) > 1 else ():
                facts = {"fork": self._said(fork), "via": self.mentions.place(via)}
                yield Remark("path", facts), partial(_without, self._read(via, elements), elements)

    def softmax(self) -> Iterator[tuple[Remark, Changed]]:
        """Softmax's derivative as if each element depended on itself alone, without the sum, or with another sum."""
        for node in self.nodes:
            if self.program.operators[node] is _SOFTMAX:
                x = self.program.inputs[node][0]
                others = self.arrays.elements[x] if len(self.uses.get(x, ())) == 1 else ()
                names = self._said(node), f"∂{self.names[self.program.output]}/∂{self._said(node)}"
                shape = self.arrays.shapes[node]
                for taken, rule, changed in of_softmax(shape, self.arrays.elements[node], others, names):
                    yield Remark("softmax", {"at": self.mentions.place(node), "taken": taken, "rule": rule}), changed

    def factors(self) -> Iterator[tuple[Remark, Changed]]:
        """One term of the product rule alone, where both factors are the same array, or views of it: W*W, W.T @ W."""
        for node in self.nodes:
            inputs = self.program.inputs[node]
            if self.program.operators[node] not in _PRODUCTS or self._factor(inputs[0]).isdisjoint(
                self._factor(inputs[1])
            ):
                continue
            for index in range(2 if inputs[0] != inputs[1] else 1):
                facts = {"at": self.mentions.place(node)}
                facts |= {"input": self._said(inputs[index])} if inputs[0] != inputs[1] else {}
                yield Remark("one-factor", facts), partial(_by_one_factor, self.arrays.made[node], index)

    def local(self) -> Iterator[tuple[Remark, Changed]]:
        """The derivatives of functions and of operations element by element, left out or taken for others."""
        for node in self.nodes:
            for index, x in enumerate(self.program.inputs[node]):
                if any(self.moved[one] for one in self.arrays.elements[x]):
                    yield from at_operation(self.mentions, self.arrays, node, index)

    def reductions(self) -> Iterator[tuple[Remark, Changed]]:
        """A mean taken for a sum, or the other way round."""
        for node in self.nodes:
            name, inputs, elements = self.program.operators[node].name, self.program.inputs[node], self.arrays.elements
            count = len(elements[inputs[0]]) // len(elements[node]) if len(inputs) == 1 else 1
            changes = {_MEAN.name: ("sum-for-mean", count), _SUM.name: ("mean-for-sum", 1 / count)}
            code, factor = changes.get(name, ("", 1))
            if code and count > 1:
                yield Remark(code, {"at": self.mentions.place(node)}), partial(_times, elements[node], factor)

    def gradients(self) -> Iterator[tuple[Remark, Changed]]:
        """An array that the reader has a name for in the place of the gradient of another one."""
        named = [node for node in self.program.names if self.arrays.shapes[node]]
        steps = [node for node in self.nodes if node in self.program.names]
        counts = {len(self.arrays.elements[x]) // len(self.arrays.elements[node]) for node, x in self._means()}
        for node in dict.fromkeys((*([] if self.target is None else [self.target]), *steps)):
            for other, count in ((other, count) for other in named for count in (1, *sorted(counts))):
                if other != node and self.arrays.shapes[other] == self.arrays.shapes[node]:
                    taken = self._said(other) if count == 1 else f"{self._said(other)}/{count}"
                    facts = {"taken": taken, "rule": f"∂{self.names[self.program.output]}/∂{self._said(node)}"}
                    elements = self.arrays.elements[node], self.arrays.elements[other]
                    yield Remark("gradient", facts), partial(_values, *elements, count)

    def _means(self) -> list[tuple[int, int]]:
        program = self.program
        return [(x, program.inputs[x][0]) for x in range(len(program)) if program.operators[x].name == _MEAN.name]

    def constants(self) -> Iterator[tuple[Remark, Changed]]:
        """A named step held constant, or two of them."""
        named = [node for node in self.nodes if node in self.program.names and node != self.program.output]
        for step in reversed(named):
            yield Remark("constant", {"node": self.names[step]}), partial(_held, self.arrays.elements[step])
        for one, other in combinations(reversed(named), 2):
            elements = [*self.arrays.elements[one], *self.arrays.elements[other]]
            yield (
                Remark("both-constant", {"one": self.names[one], "other": self.names[other]}),
                partial(_held, elements),
            )

    def _said(self, node: int) -> str:
        return self.mentions[node]

    def _sources(self, node: int) -> set[int]:
        """The arrays that an operation reads, through views of them too."""
        return self._behind(self.program.inputs[node])

    def _factor(self, node: int) -> set[int]:
        """What the variable moves of an array and of those of which it is a view."""
        return {x for x in self._behind([node]) if any(self.moved[one] for one in self.arrays.elements[x])}

    def _behind(self, nodes: Sequence[int]) -> set[int]:
        """These arrays, and those of which they are views."""
        found, pending = set[int](), list(nodes)
        while pending:
            x = pending.pop()
            if x not in found:
                found.add(x)
                pending += () if self.arrays.made[x] else self.program.inputs[x]
        return found

    def _read(self, node: int, elements: set[int]) -> list[int]:
        """The scalar nodes that an operation made and that read some of these."""
        return [x for x in self.arrays.made[node] if not elements.isdisjoint(self.inputs[x])]


def _without(nodes: Sequence[int], elements: set[int], found: Sample, marks: Sequence[int]) -> Otherwise:
    inputs = found.graph.inputs
    slopes = {node: found.local_derivatives(node) for node in evaluated(nodes, found, marks)}
    return Otherwise(
        {
            node: [0.0 if x in elements else local.get(index, 0.0) for index, x in enumerate(inputs[node])]
            for node, local in slopes.items()
        }
    )


def _by_one_factor(made: Sequence[int], index: int, found: Sample, marks: Sequence[int]) -> Otherwise:
    """The derivatives of products by their factors on one side alone."""
    products = [node for node in made if found.graph.operators[node] is MUL]
    slopes = {node: found.slopes_of(node) for node in evaluated(products, found, marks)}
    return Otherwise(
        {node: [slope * (place == index) for place, slope in enumerate(own)] for node, own in slopes.items()}
    )


def _held(elements: Sequence[int], found: Sample, marks: Sequence[int]) -> Otherwise:
    return Otherwise({x: (0.0,) * len(found.graph.inputs[x]) for x in elements if marks[x]})


def _times(elements: Sequence[int], factor: float, found: Sample, marks: Sequence[int]) -> Otherwise:
    """Other derivatives of what was added up. A sum of one number is no node of its own."""
    nodes = evaluated(elements, found, marks)
    return Otherwise({x: [factor * slope for slope in found.slopes_of(x)] for x in nodes})


def _values(elements: Sequence[int], others: Sequence[int], count: int, found: Sample, _: Sequence[int]) -> Otherwise:
    pairs = zip(elements, others, strict=True)
    return Otherwise(adjoints={x: found.values[other] / count for x, other in pairs if found.is_evaluated(other)})

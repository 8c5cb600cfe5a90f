"""Mistakes made at one operation on the way to an array: other local derivatives there, and all that follows from them.

What a mistake leads to is found by a backward pass with the other local derivatives.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from itertools import combinations

from gradcli.arrays.names import operation_names
from gradcli.check.mistakes.wrong_rules import changed_rules, with_input_for_output
from gradcli.check.trials.remarks import Mentions, Remark
from gradcli.check.trials.samples import Sample
from gradcli.engine.doubles import rules
from gradcli.graph import Graph
from gradcli.operators.arrays import ARRAY_FUNCTIONS
from gradcli.operators.records import Operator

# What a mistake leads to at a point, where the gradient is given, in the elements at these places of it.
Leads = Callable[[Sample, Sequence[float], Sequence[int]], Sequence[float] | None]
Slopes = Mapping[int, Sequence[float]]  # the other ones, by scalar node
Changed = Callable[[Sample, Sequence[int]], Slopes]  # at the nodes that are marked

_SOFTMAX = ARRAY_FUNCTIONS["softmax"]


def of_operations(graph: Graph, targets: Sequence[int]) -> Iterator[tuple[Remark, Leads]]:
    """The mistakes on the way to the scalar nodes that are an array's elements, the most typical ones first."""
    way = _Way(graph, targets)
    for make in (way.constants, way.paths, way.softmax, way.rules):
        for remark, changed in make():
            yield remark, partial(_led, targets, changed)


def _led(
    targets: Sequence[int], changed: Changed, found: Sample, _: Sequence[float], places: Sequence[int]
) -> Sequence[float]:
    """The gradient with other local derivatives."""
    wanted = tuple([targets[place] for place in places])
    marks, nodes, slopes = found.passage(wanted)
    others, inputs = changed(found, marks), found.graph.inputs
    adjoints = [0.0] * len(found.graph)
    adjoints[found.graph.output] = 1.0
    for node in nodes:
        adjoint = adjoints[node]
        if adjoint:
            for x, slope in zip(inputs[node], others.get(node) or slopes[node], strict=True):
                adjoints[x] += adjoint * slope
    return [adjoints[x] for x in wanted]


class _Way:
    """The operations of a program between its output and an array."""

    def __init__(self, graph: Graph, targets: Sequence[int]) -> None:
        assert graph.arrays is not None, "a graph of arrays"
        self.inputs, self.arrays, self.program = graph.inputs, graph.arrays, graph.arrays.program
        self.mentions = Mentions(self.program)
        self.names = operation_names(self.arrays)
        moved = graph.dependents(targets)
        # From the output on; what makes no nodes is a view of what others make.
        self.nodes = [
            node for node in range(self.program.output, -1, -1) if any(moved[x] for x in self.arrays.made[node])
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
        """Softmax's derivative as if each element depended on itself alone, or without the sum."""
        for node in self.nodes:
            if self.program.operators[node] is _SOFTMAX:
                y, gradient = self._said(node), f"∂{self.names[self.program.output]}/∂{self._said(node)}"
                whole = f"sum({y}*{gradient})"
                if len(self.arrays.shapes[node]) > 1:
                    whole = f"column(sum({y}*{gradient}, axis=1))"
                rule = f"{y}*({gradient} - {whole})"
                for taken, own in ((f"{y}*(1 - {y})*{gradient}", True), (f"{y}*{gradient}", False)):
                    facts = {"at": self.mentions.place(node), "taken": taken, "rule": rule}
                    yield Remark("softmax", facts), partial(_alone, self.arrays.elements[node], own)

    def rules(self) -> Iterator[tuple[Remark, Changed]]:
        """A function's derivative left out, or another one taken for it."""
        for node in self.nodes:
            operator, arguments = self.program.operators[node], self.program.inputs[node]
            if operator.shaped or operator.variadic or len(arguments) != 1 or operator.formulas == ("-1",):
                continue
            at, made = {"at": self.mentions.place(node), "input": self.mentions[arguments[0]]}, self.arrays.made[node]
            is_gate = any(branch.gate for branch in operator.branches)
            yield Remark("open" if is_gate else "factor", at), partial(_constantly, made)
            for code, find in (("rule", changed_rules), ("for-output", with_input_for_output)):
                for rule, taken in find(operator, 0):
                    texts = self.mentions.rules(node, {"rule": rule, "taken": taken})
                    yield Remark(code, {**at, **texts}), partial(_by_rule, made, operator, taken)

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
        found, pending = set[int](), list(self.program.inputs[node])
        while pending:
            x = pending.pop()
            if x not in found:
                found.add(x)
                pending += () if self.arrays.made[x] else self.program.inputs[x]
        return found

    def _read(self, node: int, elements: set[int]) -> list[int]:
        """The scalar nodes that an operation made and that read some of these."""
        return [x for x in self.arrays.made[node] if not elements.isdisjoint(self.inputs[x])]


def _without(nodes: Sequence[int], elements: set[int], found: Sample, marks: Sequence[int]) -> Slopes:
    inputs = found.graph.inputs
    slopes = {node: found.local_derivatives(node) for node in _evaluated(nodes, found, marks)}
    return {
        node: [0.0 if x in elements else local.get(index, 0.0) for index, x in enumerate(inputs[node])]
        for node, local in slopes.items()
    }


def _alone(elements: Sequence[int], own: bool, found: Sample, marks: Sequence[int]) -> Slopes:
    """Of exp(x − logsumexp(x)), which softmax is, for each element."""
    differences = {found.graph.inputs[y][0]: found.values[y] for y in _evaluated(elements, found, marks)}
    return {node: (1.0 - y if own else 1.0, 0.0) for node, y in differences.items()}


def _constantly(made: Sequence[int], found: Sample, marks: Sequence[int]) -> Slopes:
    return dict.fromkeys(_evaluated(made, found, marks), (1.0,))


def _by_rule(made: Sequence[int], operator: Operator, taken: str, found: Sample, marks: Sequence[int]) -> Slopes:
    function = rules.expression(taken, (*operator.parameters, "out"), total=True)
    nodes = _evaluated(made, found, marks)
    return {node: (float(function(*found.arguments(node), found.values[node])),) for node in nodes}


def _held(elements: Sequence[int], found: Sample, marks: Sequence[int]) -> Slopes:
    return {x: (0.0,) * len(found.graph.inputs[x]) for x in elements if marks[x]}


def _evaluated(nodes: Sequence[int], found: Sample, marks: Sequence[int]) -> list[int]:
    """Those that are marked and have a value."""
    return [node for node in nodes if marks[node] and found.is_evaluated(node)]

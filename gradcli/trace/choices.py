"""What a node's row says of its alternatives: the one that is taken at a point, or all with their conditions."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import cache, cached_property
from math import isnan

from gradcli.frozen import with_other
from gradcli.graph import Graph
from gradcli.language.format import format_graph, format_node
from gradcli.language.parser import parse_rule
from gradcli.operators.records import Kink, Operator
from gradcli.trace.passes import Passes
from gradcli.trace.rows import Choice


class Choices:
    """The choices of a graph's nodes, whose names are `names`."""

    def __init__(self, here: Passes, names: Sequence[str]) -> None:
        self.here = here
        self.graph = here.graph
        self.names = names

    def of(self, node: int) -> tuple[Choice, ...]:
        """What the node may take; nothing where its operator has no alternatives, or it was not evaluated."""
        if self.graph.operators[node].condition or not self.here.is_evaluated(node):
            return ()
        return tuple(self._choice(node, index) for index in self.here.alternatives(node))

    @cached_property
    def _written(self) -> Mapping[int, str]:
        """The names of all nodes but conditions, which are written out."""
        return {node: name for node, name in enumerate(self.names) if not self.graph.operators[node].condition}

    def _choice(self, node: int, index: int) -> Choice:
        operator, inputs = self.graph.operators[node], self.graph.inputs[node]
        names = [self.names[x] for x in inputs]
        if operator.chooses:
            return Choice(format_node(self.graph, inputs[0], self._written), index == 1, names[index])
        arguments = None if self.here.values[node] is None else self.here.arguments(node)
        if operator.ties:
            return Choice(
                "" if arguments else _where_held(operator, names, index, self.names[node]), None, names[index]
            )
        branch, called = operator.branches[index], dict(zip(operator.parameters, names, strict=True))
        takes = _with_names(branch.takes, called)
        if arguments is None:
            where = _where_taken(operator, index, called)
            return Choice(where, None, takes, branch.gate, is_otherwise=not where)
        values = dict(zip(operator.parameters, arguments, strict=True))
        where = ", ".join(
            _relation(kink, called, values)
            for kink in operator.kinks
            if index in (kink.below, kink.above) and kink.one == operator.parameters[0]
        )
        return Choice(where, None, takes, branch.gate)


def _relation(kink: Kink, called: Mapping[str, str], values: Mapping[str, float]) -> str:
    """How the two sides of a kink compare: `s > 0`, `x = low`; what is no number compares with none: `s = nan`."""
    one, other = values[kink.one], values[kink.other] if kink.other in values else float(kink.other)
    if _is_nan(one) or _is_nan(other):
        return f"{called[kink.one if _is_nan(one) else kink.other]} = nan"
    sign = "=" if one == other else "<" if one < other else ">"
    return f"{called[kink.one]} {sign} {called.get(kink.other, kink.other)}"


def _is_nan(number: float | Fraction) -> bool:
    """Whether it is no number; a fraction, which may be beyond doubles, is one."""
    return isinstance(number, float) and isnan(number)


def _where_taken(operator: Operator, index: int, called: Mapping[str, str]) -> str:
    """The condition of a branch: `s >= 0`. "" of the last one of several, which takes what is left."""
    condition = operator.branches[index].condition
    if condition:
        return _with_names(condition, called)
    if len(operator.branches) > 2:
        return ""
    (kink,) = operator.kinks  # which the first branch's condition includes
    return f"{called[kink.one]} {'<' if index == kink.below else '>'} {called.get(kink.other, kink.other)}"


def _where_held(operator: Operator, names: Sequence[str], index: int, result: str) -> str:
    """Where a maximum or minimum is one of its arguments, and none before that: `s >= t`; of many `y = s`."""
    if len(names) > 2:
        return f"{result} = {names[index]}"
    signs = (">=", "<") if operator.forward(0.0, 1.0) else ("<=", ">")
    return f"{names[0]} {signs[index]} {names[1]}"


def _with_names(rule: str, called: Mapping[str, str]) -> str:
    """A rule's expression with the names of the node's arguments."""
    graph = _rule(rule)
    return format_graph(with_other(graph, names={node: called[name] for node, name in graph.names.items()}))


@cache
def _rule(text: str) -> Graph:
    return parse_rule(text)

"""What a node's row says of its alternatives: the one that is taken at a point, or all with their conditions."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import cache, cached_property
from math import isnan
from typing import Any

from gradcli.engine.doubles import kinks
from gradcli.frozen import with_other
from gradcli.graph import Graph
from gradcli.language.format import format_graph, format_node
from gradcli.language.parser import parse_rule
from gradcli.operators.records import Kink, Operator
from gradcli.text import Ratio, rounded
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
        if self.here.kink == "minnorm" and (choice := self._at_kink(node)):
            return (choice,)
        return tuple(self._choice(node, index) for index in self.here.alternatives(node))

    @cached_property
    def _written(self) -> Mapping[int, str]:
        """The names of all nodes but conditions, which are written out."""
        return {node: name for node, name in enumerate(self.names) if not self.graph.operators[node].condition}

    def _choice(self, node: int, index: int) -> Choice:
        operator, inputs = self.graph.operators[node], self.graph.inputs[node]
        names = [self.names[x] for x in inputs]
        if operator.chooses:
            condition = format_node(self.graph, inputs[0], self._written)
            return Choice(condition, index == 1, names[index], condition=condition)
        arguments = None if self.here.values[node] is None else self.here.arguments(node)
        distinct = list(dict.fromkeys(names))
        if operator.ties and (arguments or len(distinct) == 1):
            return Choice("", what=names[index])
        if operator.ties:
            one, sign, other = _held(operator, distinct, names[index], self.names[node])
            where, condition = (f"{one} {word} {other}" for word in ("=" if sign == "==" else sign, sign))
            return Choice(where, what=names[index], condition=condition)
        branch, called = operator.branches[index], dict(zip(operator.parameters, names, strict=True))
        takes = _with_names(branch.takes, called)
        if arguments is None:
            where = _where_taken(operator, index, called)
            return Choice(where, what=takes, gate=branch.gate, is_otherwise=not where, condition=where)
        return Choice(_compared(operator, index, called, arguments), what=takes, gate=branch.gate)

    def _at_kink(self, node: int) -> Choice | None:
        """What the rule minnorm does where it is no branch's; None where nothing is to be decided."""
        operator, found = self.graph.operators[node], self.here.alternatives(node)
        if not found or operator.chooses:
            return None
        names, arguments = [self.names[x] for x in self.graph.inputs[node]], self.here.arguments(node)
        if operator.ties:
            tied = [name for name, x in zip(names, arguments, strict=True) if x == arguments[found[0]]]
            names = list(dict.fromkeys(tied))
            return Choice(" = ".join(names) if len(names) > 1 else "", gate="shared") if len(tied) > 1 else None
        value, inputs = self.here.values[node], self.graph.inputs[node]
        out: Any = Fraction(value.text) if isinstance(value, Ratio) else value
        # Where two branches meet smoothly there is nothing to choose.
        if not kinks.at_kink(node, operator, inputs, arguments, out, range(len(inputs))):
            return None
        where = _compared(operator, found[0], dict(zip(operator.parameters, names, strict=True)), arguments)
        slopes = {rounded(slope)[0]: slope for slope in self.here.local_derivatives(node).values()}
        return Choice(where, gate="chosen", slopes=list(slopes.values())) if slopes else None


def _compared(operator: Operator, index: int, called: Mapping[str, str], arguments: Sequence[Any]) -> str:
    """How the first argument compares at the ends of a branch: `s > 0`, `x > low, x < high`."""
    values = dict(zip(operator.parameters, arguments, strict=True))
    return ", ".join(
        _relation(kink, called, values)
        for kink in operator.kinks
        if index in (kink.below, kink.above) and kink.one == operator.parameters[0]
    )


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


def _held(operator: Operator, names: Sequence[str], name: str, result: str) -> tuple[str, str, str]:
    """Where a maximum or minimum is one of its arguments, and none before that: s, >=, t; of many y, ==, s."""
    if len(names) > 2:
        return result, "==", name
    signs = (">=", "<") if operator.forward(0.0, 1.0) else ("<=", ">")
    return names[0], signs[names.index(name)], names[1]


def _with_names(rule: str, called: Mapping[str, str]) -> str:
    """A rule's expression with the names of the node's arguments."""
    graph = _rule(rule)
    return format_graph(with_other(graph, names={node: called[name] for node, name in graph.names.items()}))


@cache
def _rule(text: str) -> Graph:
    return parse_rule(text)

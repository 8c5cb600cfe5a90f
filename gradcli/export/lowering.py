"""A graph as straight-line code: the part that is the same for every language.

Each node that is used more than once, that has a name or whose text would grow long becomes one statement, in an
order in which everything is computed before it is used; the rest is written inside the statements. A `Language`
says how operators are spelled. Where untaken branches must not be evaluated (Python's `math` raises, and automatic
differentiation of others turns an untaken square root into NaN), the statements that only a branch needs stand under
its condition; elsewhere everything is computed and the branch is selected.
"""

import re
from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from gradcli.derive import reachable
from gradcli.formatter import operation_pieces
from gradcli.graph import Graph
from gradcli.operators import ATOM, CONSTANT, IDENTITY, OR, POWER, SIGN, Operator

LONGEST = 60  # characters of a text that is written inside another
DEEPEST = 8  # levels of parentheses and calls in one statement
MOST_CYCLES = 20  # after so many failures to find an order, nothing is guarded
MOST_WAYS = 8  # combinations of conditions under which one node is needed

Way = frozenset[tuple[int, bool]]  # conditions (nodes) that hold or do not hold, all together


@dataclass(frozen=True)
class Language:
    """How a language is spelled.

    `calls` maps an operator's name to the name of a function, or to a template such as `{0:2} ? {1:1} : {2:1}`
    (behind the colon the least precedence, as in the operator table, of what stands there without parentheses);
    operators that are not in it are written with their symbol, or the one in `symbols`. `helpers` holds the
    sources of the functions that the language does not have itself; they are written out when they are used.
    `wrap` is how a number is written where it is an argument of a call.
    """

    calls: Mapping[str, str]
    helpers: Mapping[str, str]
    number: Callable[[float], str]
    constants: Mapping[str, str]
    reserved: frozenset[str]
    assign: str  # "{name} = {text}"
    symbols: Mapping[str, str] = field(default_factory=dict)
    lists: Mapping[str, str] = field(default_factory=dict)  # templates for variadic calls: {all} and {count}
    lazy: bool = False
    wrap: str = "{}"


class Code(NamedTuple):
    """Lines of code, the text of each root in terms of them, and the sources of the helper functions they call."""

    lines: list[str]
    roots: list[str]
    helpers: list[str]


def lower(
    graph: Graph, roots: Sequence[int], language: Language, names: Mapping[int, str], inline: bool = False
) -> Code:
    """The straight-line code that computes the roots. `names` has a name for each variable and step of the graph.

    With `inline` there are no lines, and each root is one expression: for small graphs only.
    """
    return _Lowering(graph, roots, language, names).code(inline)


class _CycleError(Exception):
    """There is no order in which each of these conditions comes before all that it guards."""

    def __init__(self, conditions: set[int]) -> None:
        super().__init__()
        self.conditions = conditions


class _Operand(NamedTuple):
    """An operand in a template: `{0:5}` has parentheses if its precedence is below 5, `{0}` if it is no atom."""

    text: str
    precedence: int

    def __format__(self, least: str) -> str:
        return self.text if self.precedence >= int(least or ATOM) else f"({self.text})"


class _Lowering:
    def __init__(self, graph: Graph, roots: Sequence[int], language: Language, names: Mapping[int, str]) -> None:
        self.graph = graph
        self.roots = roots
        self.language = language
        self.names = dict(names)
        self.nodes = reachable(graph.inputs, roots)
        self.uses = dict.fromkeys(self.nodes, 0)
        for node in self.nodes:
            for x in graph.inputs[node]:
                self.uses[x] += 1
        for root in set(roots):
            self.uses[root] += 1
        self.texts: dict[int, tuple[str, int]] = {}  # text and precedence
        self.depths: dict[int, int] = {}
        self.called: dict[str, None] = {}
        taken = set(self.names.values()) | language.reserved
        self.fresh = (name for number in range(1, len(graph) + 2 + len(taken)) if (name := f"t{number}") not in taken)

    def code(self, one_expression: bool) -> Code:
        """The lines in order, grouped under their conditions."""
        ways, order = self.scheduled() if self.language.lazy else ({}, self.nodes)
        lines: list[str] = []
        open_guard = ""
        results = set(self.roots)
        for node in order:
            text, precedence = self.text(node)
            depth = 1 + max((self.depths[x] for x in self.graph.inputs[node]), default=-1)
            is_leaf = self.graph.is_leaf(node)
            inline = self.uses[node] == 1 and (node in results or (len(text) <= LONGEST and depth <= DEEPEST))
            if is_leaf or one_expression or (inline and node not in self.graph.names):
                self.texts[node], self.depths[node] = (text, precedence), depth
                continue
            name = self.names.get(node) or next(self.fresh)
            line = self.language.assign.format(name=name, text=text)
            guard = self.guard(ways[node]) if node in ways else ""
            if guard and guard != open_guard:
                lines.append(f"if {guard}:")
            lines.append(f"    {line}" if guard else line)
            open_guard = guard
            self.texts[node], self.depths[node] = (name, ATOM), 0
        texts = [self.argument(root)[0] for root in self.roots]
        return Code(lines, texts, self.helpers())

    def text(self, node: int) -> tuple[str, int]:
        """The text of a node in terms of the texts of its operands, and its precedence."""
        graph, language = self.graph, self.language
        operator, inputs = graph.operators[node], graph.inputs[node]
        if not inputs:
            if operator is not CONSTANT:
                return self.names[node], ATOM
            named = language.constants.get(graph.names.get(node, ""))
            text = named or language.number(graph.values[node])
            return text, SIGN if text.startswith("-") else ATOM
        if operator is IDENTITY:
            return self.texts[inputs[0]]
        spelled = language.lists.get(operator.name) if operator.variadic else None
        if spelled is not None:
            self.call(spelled)
            arguments = ", ".join(self.texts[x][0] for x in inputs)
            return spelled.format(all=arguments, count=len(inputs)), ATOM
        spelled = language.calls.get(operator.name)
        if spelled is None:
            return self.infix(operator, inputs), operator.precedence
        if "{" in spelled:
            return spelled.format(*(_Operand(*self.argument(x)) for x in inputs)), 0
        self.call(spelled)
        return f"{spelled}({', '.join(self.argument(x)[0] for x in inputs)})", ATOM

    def argument(self, node: int) -> tuple[str, int]:
        """The text of an argument of a call, and its precedence."""
        if self.graph.operators[node] is CONSTANT and self.language.wrap != "{}":
            return self.language.wrap.format(self.texts[node][0]), ATOM
        return self.texts[node]

    def infix(self, operator: Operator, inputs: Sequence[int]) -> str:
        symbol = self.language.symbols.get(operator.symbol, operator.symbol)
        if len(inputs) == 1:
            return (f"{symbol} " if symbol.isalpha() else symbol) + self.inside(inputs[0], POWER)
        return "".join(
            piece.replace(operator.symbol, symbol)
            if isinstance(piece, str)
            else self.inside(inputs[piece[0]], piece[1])
            for piece in operation_pieces(operator, len(inputs))
        )

    def inside(self, node: int, least: int) -> str:
        """The text of an operand, in parentheses where its precedence asks for them."""
        return format(_Operand(*self.texts[node]), str(least))

    def call(self, spelled: str) -> None:
        self.called[re.split(r"[({]", spelled)[0]] = None

    def helpers(self) -> list[str]:
        """The sources of the helper functions that are called and of those that they call, in the table's order."""
        known = self.language.helpers
        found: set[str] = set()
        pending = [name for name in self.called if name in known]
        while pending:
            name = pending.pop()
            if name not in found:
                found.add(name)
                pending += [word for word in re.findall(r"\w+", known[name]) if word in known]
        return [source for name, source in known.items() if name in found]

    def ways(self, free: Container[int]) -> dict[int, frozenset[Way]]:
        """For each node that is not always needed, the combinations of conditions under which it is."""
        always: frozenset[Way] = frozenset([frozenset()])
        ways: dict[int, frozenset[Way]] = dict.fromkeys(self.nodes, frozenset())
        for root in self.roots:
            ways[root] = always
        settled = self.settled(free)
        for node in reversed(self.nodes):
            operator, inputs = self.graph.operators[node], self.graph.inputs[node]
            for index, x in enumerate(inputs):
                own = ways[node]
                if operator.chooses and index:
                    own = _both(own, settled[inputs[0], operator.chooses(True) == index])
                ways[x] = _united(ways[x], own)
        return {node: found for node, found in ways.items() if found and frozenset() not in found}

    def settled(self, free: Container[int]) -> dict[tuple[int, bool], frozenset[Way]]:
        """For each condition and each truth value: the combinations of comparisons that give it that value.

        They are spelled out in comparisons because an `and` may need a node for its second half alone. A condition
        that would take too many, and one that is `free`, guards nothing: what depends on it is always computed.
        """
        found: dict[tuple[int, bool], frozenset[Way]] = {}
        for node in self.nodes:
            operator, inputs = self.graph.operators[node], self.graph.inputs[node]
            if not operator.condition:
                continue
            for value in (True, False):
                if operator.chooses:
                    goes_on = (
                        operator.chooses(True) == 1
                    )  # the value of the first half that leaves the second to decide
                    ways = _both(found[inputs[0], goes_on], found[inputs[1], value])
                    if value != goes_on:
                        ways = _united(ways, found[inputs[0], value])
                elif operator.conditions:  # a negation
                    ways = found[inputs[0], not value]
                else:
                    ways = frozenset([frozenset([(node, value)])])
                is_known = len(ways) <= MOST_WAYS and node not in free
                found[node, value] = ways if is_known else frozenset([frozenset()])
        return found

    def order(self, ways: Mapping[int, frozenset[Way]]) -> list[int]:
        """The nodes in an order in which a node follows its operands and the conditions under which it is needed.

        Raises `_CycleError` where there is none: two nodes may each be needed under a condition on the other.
        """
        if not ways:
            return self.nodes
        order: dict[int, None] = {}
        way_down: dict[int, None] = {}  # the nodes that wait for others, in the order in which they began to
        pending = list(reversed(self.nodes))
        while pending:
            node = pending[-1]
            if node in order:
                pending.pop()
                continue
            conditions = {condition for way in ways.get(node, ()) for condition, _ in way}
            missing = [x for x in sorted(conditions | {*self.graph.inputs[node]}, reverse=True) if x not in order]
            if not missing:
                way_down.pop(node, None)
                order[pending.pop()] = None
                continue
            way_down[node] = None
            for x in missing:
                if x in way_down:
                    chain = list(way_down)
                    chain = [*chain[chain.index(x) :], x]
                    raise _CycleError(
                        {v for u, v in pairwise(chain) if any(v == c for way in ways.get(u, ()) for c, _ in way)}
                    )
            pending += missing
        self.place = {node: place for place, node in enumerate(order)}
        return list(order)

    def scheduled(self) -> tuple[dict[int, frozenset[Way]], list[int]]:
        """The ways and an order for them. Where there is none, the conditions in question guard nothing."""
        free: set[int] = set()
        for _ in range(MOST_CYCLES):
            ways = self.ways(free)
            try:
                return ways, self.order(ways)
            except _CycleError as cycle:
                free |= cycle.conditions
        return {}, self.nodes

    def guard(self, ways: frozenset[Way]) -> str:
        """The combinations of conditions as a condition of the language (all lazy languages are Python)."""
        texts = []
        for way in sorted(ways, key=lambda way: sorted((self.place[x], holds) for x, holds in way)):
            literals = sorted(way, key=lambda literal: self.place[literal[0]])
            texts.append(
                " and ".join(
                    self.inside(x, POWER if len(literals) > 1 else OR) if holds else f"not {self.inside(x, POWER)}"
                    for x, holds in literals
                )
            )
        return " or ".join(f"({text})" if " and " in text and len(texts) > 1 else text for text in texts)


def _both(first: frozenset[Way], second: frozenset[Way]) -> frozenset[Way]:
    """One of the first and one of the second combinations together, where they do not contradict each other."""
    joined = (a | b for a in first for b in second)
    return _united(frozenset(), frozenset(way for way in joined if not any((x, not holds) in way for x, holds in way)))


def _united(first: frozenset[Way], second: frozenset[Way]) -> frozenset[Way]:
    """Either set of combinations, without those that others make superfluous."""
    ways = set(first | second)
    changed = True
    while changed:
        changed = False
        for way in list(ways):
            for condition, holds in way:
                rest = way - {(condition, holds)}
                if rest | {(condition, not holds)} in ways:
                    ways -= {way, rest | {(condition, not holds)}}
                    ways.add(rest)
                    changed = True
                    break
            if changed:
                break
    ways = {way for way in ways if not any(other < way for other in ways)}
    if len(ways) > MOST_WAYS:  # needed under so many conditions: under what these have in common
        ways = {frozenset.intersection(*ways)}
    return frozenset(ways)

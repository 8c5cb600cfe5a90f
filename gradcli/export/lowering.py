"""A graph as straight-line code: the part that is the same for every language.

Each node that is used more than once, that has a name or whose text would grow long becomes one statement, in an
order in which everything is computed before it is used; the rest is written inside the statements. A `CodeLanguage`
says how operators are spelled; what it cannot spell is written as its number where it depends on no variable. Where
the arithmetic raises (Python's `math`), the statements that only a branch needs stand under its condition, and a
statement that may not be needed is attempted; elsewhere everything is computed and the branch is selected.
"""

import re
from collections.abc import Container, Mapping, Sequence
from contextlib import suppress
from itertools import count
from typing import NamedTuple

from gradcli.errors import GradcliError, cannot_be_written
from gradcli.export.code_language import CodeLanguage, Reserved
from gradcli.export.guards import Guards
from gradcli.graph import Graph, reachable
from gradcli.language.format import LEVELS, operation_pieces
from gradcli.operators.records import ATOM, COMPARISON, POWER, SIGN, Operator
from gradcli.operators.table import CONSTANT, IDENTITY
from gradcli.symbolic.simplify import parsed_rule

WIDEST = 70  # characters of a text: a line with its name and indentation stays below 88
DEEPEST = 8  # levels of parentheses and calls in one statement
MOST_OPERANDS = 3  # an operation on more of them is written as it is, however wide

_SIMPLE = re.compile(r"-?[\w.]+")  # a name or a number
_CALLED = re.compile(r"(?<![\w.])\w+")  # a name that is no attribute
_MAY_RAISE = re.compile(r"\w\(|[/%]")  # a call or a division


class Lowered(NamedTuple):
    """Lines of code, the text of each root in terms of them, and the sources of the helper functions they call."""

    lines: list[str]
    roots: list[str]
    helpers: list[str]


def lower(
    graph: Graph,
    roots: Sequence[int],
    language: CodeLanguage,
    names: Mapping[int, str],
    inline: bool = False,
    poles: Container[int] = (),
) -> Lowered:
    """The straight-line code that computes the roots. `names` has a name for each variable and step of the graph.

    With `inline` there are no lines, and each root is one expression: for small graphs only. `poles` are nodes that
    may have no finite value where the roots have. Raises `GradcliError` for a function that the language cannot spell.
    """
    return _Lowering(graph, roots, language, names, poles).code(inline)


def _needing(function: Operator, graph: Graph) -> str | None:
    """The function of the expression whose derivative has another one in it that the expression has not."""
    own = dict.fromkeys(graph.operators[node] for node in reachable(graph.inputs, [graph.output]))
    rules = ((row, partial.for_machines) for row in own for partial in row.partials if function not in own)
    return next((row.name for row, rule in rules if rule and function in parsed_rule(rule).operators), None)


class _Operand(NamedTuple):
    """An operand in a template: `{0:SUM}` has parentheses if its precedence is below that of a sum."""

    text: str
    precedence: int

    def __format__(self, level: str) -> str:
        return self.inside(LEVELS[level or "ANY"])

    def inside(self, least: int) -> str:
        """In parentheses where its precedence is below this."""
        return self.text if self.precedence >= least else f"({self.text})"


class _Lowering:
    def __init__(
        self,
        graph: Graph,
        roots: Sequence[int],
        language: CodeLanguage,
        names: Mapping[int, str],
        poles: Container[int],
    ) -> None:
        self.graph = graph
        self.roots = roots
        self.language = language
        self.names = dict(names)
        self.nodes = reachable(graph.inputs, roots)
        self.uses = graph.readings(self.nodes)
        for root in set(roots):
            self.uses[root] += 1
        self.poles = poles
        self.fragile: set[int] = set()  # what has a pole in its text
        self.texts: dict[int, tuple[str, int]] = {}  # text and precedence
        self.depths: dict[int, int] = {}
        self.numbers = dict(graph.values)  # of what depends on no variable
        self.made: dict[str, str] = {}  # helpers made from definitions, each after those that it calls
        self.lines: list[str] = []
        self.guarded = Guards(graph, self.nodes, roots) if language.attempt else None
        self.guards = {0: ""}  # the texts of regions
        self.open_guard = ""
        taken = Reserved(set(self.names.values()), language.reserved)
        self.fresh = (name for number in count(1) if (name := f"t{number}") not in taken)

    def code(self, one_expression: bool) -> Lowered:
        """The lines in order, grouped under their conditions."""
        for node in self.guarded.order() if self.guarded else self.nodes:
            self.find_number(node)
            text, precedence = self.text(node) if one_expression else self.fitted(node)
            depth = 1 + max((self.depths[x] for x in self.graph.inputs[node]), default=-1)
            self.texts[node], self.depths[node] = (text, precedence), depth
            if node in self.poles or any(x in self.fragile for x in self.graph.inputs[node]):
                self.fragile.add(node)
            is_inside = self.uses[node] == 1 and depth <= DEEPEST and node not in self.graph.names
            if not (one_expression or is_inside or self.graph.is_leaf(node)):
                self.state(node)
        texts = [self.argument(root)[0] for root in self.roots]
        return Lowered(self.lines, texts, self.helpers(texts))

    def find_number(self, node: int) -> None:
        """Compute a node that depends on no variable, if it has a value."""
        inputs = self.graph.inputs[node]
        if inputs and all(x in self.numbers for x in inputs) and not self.graph.operators[node].shaped:
            with suppress(ArithmeticError, ValueError):
                self.numbers[node] = self.graph.operators[node].forward(*(self.numbers[x] for x in inputs))

    def fitted(self, node: int) -> tuple[str, int]:
        """The text of a node; where it would be too wide, its widest operands are stated before."""
        text, precedence = self.text(node)
        inputs = self.graph.inputs[node]
        while len(text) > WIDEST and len(inputs) <= MOST_OPERANDS:
            widest = max(inputs, key=lambda x: len(self.texts[x][0]))
            if not self.depths[widest]:
                break
            self.state(widest)
            text, precedence = self.text(node)
        return text, precedence

    def state(self, node: int) -> None:
        """Write a statement for a node, which is then written by its name."""
        text, _ = self.texts[node]
        name = self.names.get(node) or next(self.fresh)
        guard = ""
        if self.guarded:
            guard = self.guard(self.guarded.regions[node])
            if self.raises(node):
                text = self.language.attempt.format(text)
        assign = self.language.decide if self.graph.operators[node].condition else self.language.assign
        line = (assign or self.language.assign).format(name=name, text=text)
        if guard and (guard != self.open_guard or not self.lines[-1].startswith(" ")):
            self.lines.append(f"if {guard}:")
        self.lines.append(f"    {line}" if guard else line)
        self.open_guard = guard
        self.fragile.discard(node)
        self.texts[node], self.depths[node] = (name, ATOM), 0

    def raises(self, node: int) -> bool:
        """Whether what is written for a node may raise where the node may not be needed."""
        assert self.guarded is not None
        is_needed = node in self.guarded.certain and node not in self.fragile
        return not is_needed and bool(_MAY_RAISE.search(self.texts[node][0]))

    def guard(self, region: int) -> str:
        """The condition of a region as text (the language is Python); a wide one gets a name, in one more line.

        What may raise in it is stated before, with its attempt.
        """
        assert self.guarded is not None
        guards = self.guarded
        closed = []
        inner = region
        while inner not in self.guards:
            closed.append(inner)
            inner = guards.parents[inner]
        for inner in reversed(closed):
            around, condition, holds = guards.wholes.get(inner) or (guards.parents[inner], *guards.literals[inner])
            if self.raises(condition):
                self.state(condition)
            outer = self.guards[around]
            text = self.inside(condition, COMPARISON) if holds else f"not {self.inside(condition, POWER)}"
            text = f"{outer} and {text}" if outer else text
            if len(text) > WIDEST:
                name = next(self.fresh)
                self.lines.append(self.language.assign.format(name=name, text=text))
                text = name
            self.guards[inner] = text
        return self.guards[region]

    def text(self, node: int) -> tuple[str, int]:
        """The text of a node in terms of the texts of its operands, and its precedence."""
        graph, language = self.graph, self.language
        operator, inputs = graph.operators[node], graph.inputs[node]
        if not inputs:
            if operator is not CONSTANT:
                return self.names[node], ATOM
            named = language.constants.get(graph.names.get(node, ""))
            return self.numeral(named or language.number(graph.values[node]))
        if operator is IDENTITY:
            return self.texts[inputs[0]]
        if operator.suffix:
            return self.inside(inputs[0], ATOM) + operator.suffix, ATOM
        spelled = language.lists.get(operator.name)
        pair = language.pairs.get(operator.name) if len(inputs) == 2 else None
        if spelled is not None and pair is None:
            arguments = ", ".join(self.texts[x][0] for x in inputs)
            return spelled.format(all=arguments, count=len(inputs)), ATOM
        spelled = pair or language.calls.get(operator.name)
        if spelled is None and operator.symbol in language.symbols:
            return self.infix(operator, inputs), operator.precedence
        if spelled is None and not operator.definition and node in self.numbers:
            return self.numeral(language.number(self.numbers[node]))
        if spelled is None:
            spelled = self.helper(operator)
        if "{" in spelled:
            text = spelled.format(*(_Operand(*self.argument(x)) for x in inputs))
            return text, ATOM if operator.shaped else 0
        return f"{spelled}({', '.join(self.argument(x)[0] for x in inputs)})", ATOM

    def numeral(self, text: str) -> tuple[str, int]:
        """The text of a number, and its precedence."""
        return text, SIGN if text.startswith("-") else ATOM

    def argument(self, node: int) -> tuple[str, int]:
        """The text of an argument of a call, and its precedence."""
        if self.graph.operators[node] is CONSTANT and self.language.wrap != "{}":
            return self.language.wrap.format(self.texts[node][0]), ATOM
        return self.texts[node]

    def infix(self, operator: Operator, inputs: Sequence[int]) -> str:
        """An operation with its symbol; Python's power has spaces around it unless both operands are simple."""
        symbol = self.language.symbols[operator.symbol]
        if len(inputs) == 1:
            return (f"{symbol} " if symbol.isalpha() else symbol) + self.inside(inputs[0], POWER)
        is_tight = symbol == "**" and all(_SIMPLE.fullmatch(self.texts[x][0]) for x in inputs)
        return "".join(
            (symbol if is_tight else f" {symbol} ")
            if isinstance(piece, str)
            else self.inside(inputs[piece[0]], piece[1])
            for piece in operation_pieces(operator, len(inputs))
        )

    def inside(self, node: int, least: int) -> str:
        """The text of an operand, in parentheses where its precedence asks for them."""
        return _Operand(*self.texts[node]).inside(least)

    def helper(self, operator: Operator) -> str:
        """The name of a helper function made from the definition in the operator table."""
        language, name = self.language, self.language.helper_name(operator)
        if name in self.made:
            return name
        if not operator.definition:
            raise cannot_be_written(operator.name, language.title, _needing(operator, self.graph))
        graph = language.prepare(parsed_rule(operator.definition))
        inner = _Lowering(graph, [graph.output], language, graph.names, ())
        try:
            code = inner.code(False)
        except GradcliError:  # of a function in the definition, which nobody wrote
            raise cannot_be_written(operator.name, language.title) from None
        self.made |= inner.made
        self.made[name] = language.function(name, operator.parameters, code.lines, code.roots[0])
        return name

    def helpers(self, texts: Sequence[str]) -> list[str]:
        """The sources of the helper functions that the lines and these texts call, and of those that they call.

        First the language's own, in the order of its table, then those made from definitions. What a number took the
        place of calls none.
        """
        known = {**self.language.helpers, **self.made}
        found: set[str] = set()
        pending = [*self.lines, *texts]
        while pending:
            fresh = set(_CALLED.findall(pending.pop())) & known.keys() - found
            found |= fresh
            pending += map(known.__getitem__, fresh)
        return [source for name, source in known.items() if name in found]

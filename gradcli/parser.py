"""Text to graph: walks the grammar's LALR tables and builds the nodes while reading, without a tree or recursion.

The syntax is in grammar/expression.lark alone. This module gives its rules their meaning (which node a rule makes),
checks what a grammar cannot (known names, numbers of arguments, conditions where they belong), and says in
`complaints.py`'s words what is wrong.
"""

import re
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from functools import cache, partial
from math import isinf
from typing import Any

from gradcli import complaints
from gradcli.errors import GradcliError
from gradcli.graph import Graph
from gradcli.operators import CONSTANT, CONSTANTS, FUNCTIONS, IDENTITY, OPERATORS, VARIABLE, Operator
from gradcli.tables import Tables, load

MAX_LENGTH = 2_000_000  # characters
REFUSED = -(10**9)  # below every reduction: the grammar has no such token here

tables: Callable[[], Tables] = cache(load)


def parse(text: str, max_length: int = MAX_LENGTH) -> Graph:
    """The computational graph of a program of the language.

    `text` is one expression, or statements separated by newlines or semicolons; the last one is the output.
    Raises `GradcliError`, with the place in the text, for anything that is not such a program, and for a text of
    more than `max_length` characters.
    """
    text = text.removeprefix("\ufeff")
    if len(text) > max_length:
        raise GradcliError(
            f"the expression has {len(text):,} characters; the limit is {max_length:,} (see --max-length)"
        )
    builder = _Builder(text)
    _read(text, builder)
    return builder.graph()


def parse_rule(text: str, conditions: Container[str] = ()) -> Graph:
    """The graph of a rule of the operator table.

    Unlike a user's program it may be a condition itself, and the names in `conditions` stand for conditions.
    """
    builder = _Builder(text, conditions, is_rule=True)
    _read(text, builder)
    return builder.graph()


# A token: its terminal, where it begins and ends, and what stands for it among the values of a rule.
Token = tuple[str, int, int, Any]


def _tokens(text: str, pattern: str, kinds: Sequence[str], keywords: Mapping[str, str]) -> Iterator[Token]:
    """The tokens of the text, white space and comments included, and at last `$END`.

    The value of a name or number is its text and place, of any other token its place.
    """
    end = 0
    for match in re.compile(pattern).finditer(text):
        place = match.start()
        if place != end:  # finditer passes over what matches nothing
            break
        end = match.end()
        kind = kinds[match.lastindex or 0]
        if kind == "NAME":
            word = match.group()
            kind = keywords.get(word, kind)
            yield kind, place, end, ("pi" if word == "π" else word, place) if kind == "NAME" else place
        elif kind == "NUMBER":
            yield kind, place, end, (match.group(), place)
        else:
            yield kind, place, end, place
    if end < len(text):
        raise complaints.stray_character(text, end)
    yield "$END", end, end, None


def _read(text: str, builder: "_Builder") -> None:
    """Walk the tables over the text, calling the builder at each rule that has an alias.

    `stack` holds the states, `values` what stands for each symbol: a node, a list of arguments or a token's value.
    """
    pattern, kinds, keywords, ignored, rules, states, accept = tables()
    actions = [builder.action(alias) for _, _, alias in rules]
    stack, values = [0], [None]  # type: list[int], list[Any]
    opened: list[int] = []  # places of the parentheses that are still open
    settled: dict[tuple[int, int, str], int] = {}  # where a chain of unit reductions ends
    for kind, place, end, value in _tokens(text, pattern, kinds, keywords):
        if kind in ignored or (kind == "NEWLINE" and opened):
            continue
        state = stack[-1]
        while (action := states[state].get(kind, REFUSED)) < 0:
            if action == REFUSED:
                if kind == "$END" and state == accept:
                    return
                raise complaints.unexpected(text, kind, place, end, states[state], opened)
            origin, length, alias = rules[~action]
            if length == 1 and not alias:
                # A chain such as atom → power → sign → … ends in the same state every time.
                key = (stack[-2], state, kind)
                if key not in settled:
                    settled[key] = _settle(states, rules, key)
                stack[-1] = state = settled[key]
                continue
            cut = len(values) - length
            children = values[cut:]
            del values[cut:], stack[cut:]
            values.append(actions[~action](children))
            state = states[stack[-1]][origin]
            stack.append(state)
        if kind == "OPEN":
            opened.append(place)
        elif kind == "CLOSE":
            opened.pop()
        stack.append(action)
        values.append(value)


def _settle(states: tuple[dict[str, int], ...], rules: tuple[Any, ...], key: tuple[int, int, str]) -> int:
    """The state in which the unit reductions end that begin in `state`, on top of `below`, with `kind` ahead."""
    below, state, kind = key
    while True:
        action = states[state].get(kind, 0)
        if action >= 0 or rules[~action][1:] != (1, ""):
            return state
        state = states[below][rules[~action][0]]


class _Builder:
    """The meaning of the grammar's rules: each method takes the values of a rule's symbols and returns its own."""

    def __init__(self, text: str, condition_names: Container[str] = (), is_rule: bool = False) -> None:
        self.text = text
        self.condition_names = condition_names
        self.is_rule = is_rule
        self.operators: list[Operator] = []
        self.inputs: list[tuple[int, ...]] = []
        self.starts: list[int] = []
        self.values: dict[int, float] = {}
        self.names: dict[int, str] = {}
        self.nodes: dict[str, int] = {}  # the node of each variable and named step
        self.conditions: set[int] = set()
        self.unnamed: int | None = None  # the node of an expression without a name, which must be the last
        self.output: int | None = None

    def graph(self) -> Graph:
        """The finished graph."""
        if self.output is None:
            raise complaints.empty(self.text)
        return Graph(self.operators, self.inputs, self.values, self.names, self.output, self.text, self.starts)

    def action(self, alias: str) -> Callable[[list[Any]], Any]:
        """What to call at a rule with this alias: a node of that operator, or the method of that name."""
        operator = OPERATORS.get(alias)
        if operator is None:
            return getattr(self, alias) if alias else _nothing
        if alias == "neg":  # the one sign that may belong to a number
            return self.negative
        return partial(self.prefix if len(operator.parameters) == 1 else self.infix, operator)

    def node(self, operator: Operator, inputs: tuple[int, ...], start: int) -> int:
        """Append a node."""
        node = len(self.operators)
        self.operators.append(operator)
        self.inputs.append(inputs)
        self.starts.append(start)
        return node

    def infix(self, operator: Operator, children: list[int]) -> int:
        """X operator y."""
        x, start, y = children
        if self.conditions or operator.condition:
            self.check(operator, (x, y), start)
        node = len(self.operators)
        self.operators.append(operator)
        self.inputs.append((x, y))
        self.starts.append(start)
        return node

    def prefix(self, operator: Operator, children: list[int]) -> int:
        """Operator x."""
        start, x = children
        self.check(operator, (x,), start)
        return self.node(operator, (x,), start)

    def negative(self, children: list[int]) -> int:
        """-x; before a number the sign belongs to it."""
        start, x = children
        if self.operators[x] is CONSTANT and x not in self.names:
            self.values[x] = -self.values[x]
            self.starts[x] = start
            return x
        return self.prefix(OPERATORS["neg"], children)

    def plus(self, children: list[int]) -> int:
        """+x, which is x."""
        start, x = children
        if x in self.conditions:
            raise complaints.condition_as_number(self.text, "+", start)
        return x

    def group(self, children: list[int]) -> int:
        """(x)."""
        return children[1]

    def number(self, children: list[tuple[str, int]]) -> int:
        """A constant."""
        word, start = children[0]
        value = float(word)
        if isinf(value) or (value == 0 and word.lower().partition("e")[0].strip("0.")):
            raise complaints.number_out_of_range(self.text, word, start)
        node = self.node(CONSTANT, (), start)
        self.values[node] = value
        return node

    def name(self, children: list[tuple[str, int]]) -> int:
        """A variable, a named step or a named constant."""
        word, start = children[0]
        node = self.nodes.get(word)
        if node is not None:
            return node
        if word in FUNCTIONS:
            raise complaints.function_without_call(self.text, word, start)
        if word in CONSTANTS:
            node = self.node(CONSTANT, (), start)
            self.values[node] = CONSTANTS[word]
        else:
            complaints.check_name(self.text, word, start)
            node = self.nodes[word] = self.node(VARIABLE, (), start)
            if word in self.condition_names:
                self.conditions.add(node)
        self.names[node] = word
        return node

    def first_argument(self, children: list[int]) -> list[int]:
        """The arguments of a call: the first one."""
        return children

    def next_argument(self, children: list[Any]) -> list[int]:
        """The arguments of a call: one more."""
        arguments: list[int] = children[0]
        arguments.append(children[2])
        return arguments

    def call(self, children: list[Any]) -> int:
        """function(arguments)."""
        word, start = children[0]
        arguments = tuple(children[2]) if len(children) == 4 else ()
        operator = FUNCTIONS.get(word)
        if operator is None:
            raise complaints.unknown_function(self.text, word, start, word in self.nodes)
        least = operator.least or len(operator.parameters)
        if len(arguments) != least and not (operator.variadic and len(arguments) > least):
            raise complaints.number_of_arguments(self.text, word, start, operator, len(arguments))
        if self.conditions or operator.conditions:
            self.check(operator, arguments, start, word)
        return self.node(operator, arguments, start)

    def check(self, operator: Operator, inputs: tuple[int, ...], start: int, word: str = "") -> None:
        """Conditions stand where the operator takes conditions, and nowhere else."""
        for index, x in enumerate(inputs):
            if (x in self.conditions) == (index in operator.conditions):
                continue
            if x not in self.conditions:
                raise complaints.number_as_condition(self.text, word or operator.symbol, self.starts[x], start)
            if operator.condition:
                raise complaints.chained_comparison(self.text, self.starts[x], start, self.first(x))
            raise complaints.condition_as_number(self.text, word or operator.symbol, self.starts[x])
        if operator.condition:
            self.conditions.add(len(self.operators))

    def first(self, node: int) -> int:
        """Where the text of a node begins, parentheses aside."""
        start = self.starts[node]
        while self.inputs[node]:
            node = self.inputs[node][0]
            start = min(start, self.starts[node])
        return start

    def step(self, children: list[Any]) -> None:
        """Name = x."""
        (word, start), _, node = children
        self.finish_statement(node)
        if word in FUNCTIONS or word in CONSTANTS:
            raise complaints.reserved_name(self.text, word, start)
        complaints.check_name(self.text, word, start)
        if word in self.nodes:
            is_variable = self.operators[self.nodes[word]] is VARIABLE
            raise complaints.name_taken(self.text, word, start, is_variable)
        if node in self.names or self.operators[node] is CONSTANT:
            node = self.node(IDENTITY, (node,), start)
        self.names[node] = word
        self.nodes[word] = self.output = node

    def result(self, children: list[int]) -> None:
        """X, without a name: only the last statement may be that."""
        node = children[0]
        self.finish_statement(node)
        self.output = self.unnamed = node

    def finish_statement(self, node: int) -> None:
        """Check what ends with a statement: it is a number, and the one before it is used."""
        if self.unnamed is not None:
            raise complaints.unused_statement(self.text, self.first(self.unnamed))
        if node in self.conditions and not self.is_rule:
            raise complaints.condition_as_number(self.text, "", self.starts[node])


def _nothing(_: list[Any]) -> None:
    """A rule that only holds the program together."""

"""The meaning of the grammar's rules: each makes nodes of a graph, or is refused.

The parser calls one method, or makes one operator's node, for each rule with an alias. What a grammar cannot check is
checked here: known names, numbers of arguments, conditions where they belong.
"""

import re
from collections.abc import Callable, Container, Mapping, MutableMapping, MutableSequence
from functools import partial
from math import isinf
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from gradcli.graph import Definition, Graph
from gradcli.operators.records import Operator
from gradcli.operators.table import (
    CONSTANT,
    CONSTANTS,
    FREE,
    FUNCTIONS,
    IDENTITY,
    NEG,
    OPERATORS,
    VARIABLE,
    is_reserved,
    row_called,
)

if TYPE_CHECKING:
    from gradcli.language.definitions import Body

Word = tuple[str, int]  # a name or number as it is written, and its place
_LONG = 100_000  # characters


class Meaning:
    """The meaning of the grammar's rules: each method takes the values of a rule's symbols and returns its own."""

    def __init__(
        self,
        text: str,
        condition_names: Container[str] = (),
        is_rule: bool = False,
        free: Container[str] = (),
        definitions: Mapping[str, Definition] = MappingProxyType({}),
    ) -> None:
        self.text = text
        self.constants = {name: value for name, value in CONSTANTS.items() if name not in FREE or name not in free}
        self.condition_names = condition_names
        self.is_rule = is_rule
        self.operators: list[Operator] = []
        self.inputs: list[tuple[int, ...]] = []
        self.starts = _places(len(text))
        self.values: dict[int, float] = {}
        self.names: dict[int, str] = {}
        self.program: dict[str, int] = {}  # the node of each variable and named step
        self.nodes: MutableMapping[str, int] = self.program  # of each name that is known here: in a body, that one's
        self.own = self.program  # where a new variable goes
        self.definitions = dict(definitions)
        self.used: set[str] = set()  # the names in bodies of definitions, which no later step can define
        self.body: Body | None = None  # the definition that is being read
        self.calls: dict[int, int] = {}  # where the definition is called that a node comes from
        self.expanded = 0  # nodes that calls of definitions stand for
        self.finished = 0  # nodes of the statements before this one
        self.last: int | None = None  # where a definition begins that no statement follows
        self.conditions: set[int] = set()
        self.unnamed: int | None = None  # the node of an expression without a name, which must be the last
        self.output: int | None = None

    @property
    def refusals(self) -> Any:
        """What is wrong with a text; loaded when something is."""
        from gradcli.language import refusals

        return refusals

    def check_name(self, word: str, start: int) -> None:
        """Raise for a name with other letters or digits than the language's, or with a plainer spelling."""
        if not word.isascii():
            from gradcli.language.spelling import check_name

            check_name(self.text, word, start)

    def graph(self, text: str) -> Graph:
        """The finished graph, with the text as it was typed."""
        if self.last is not None or self.output is None:
            raise self.refusals.no_output(self.text, self.last)
        return Graph(
            self.operators,
            self.inputs,
            self.values,
            self.names,
            self.output,
            text,
            self.starts,
            self.calls,
            self.definitions,
        )

    def action(self, alias: str) -> Callable[..., Any]:
        """What to call at a rule with this alias: the method of that name, or a node of that operator."""
        if not alias:
            return _nothing
        if hasattr(self, alias):
            return getattr(self, alias)  # type: ignore[no-any-return]
        operator = OPERATORS.get(alias)
        if operator is None:
            return partial(self.of_arrays, alias)
        return partial(self.prefix, operator) if len(operator.parameters) == 1 else self.infix(operator)

    def of_arrays(self, alias: str, *values: Any) -> Any:
        """The meaning of a rule of arrays, which are loaded when a text has one."""
        from gradcli.language import arrays

        return getattr(arrays, alias)(self, *values)

    def node(self, operator: Operator, inputs: tuple[int, ...], start: int) -> int:
        """Append a node."""
        node = len(self.operators)
        self.operators.append(operator)
        self.inputs.append(inputs)
        self.starts.append(start)
        return node

    def infix(self, operator: Operator) -> Callable[[int, int, int], int]:
        """What makes a node of an operator that stands between its operands: most nodes of most texts."""
        operators, inputs, starts, conditions = self.operators, self.inputs, self.starts, self.conditions

        def node(x: int, start: int, y: int) -> int:
            if conditions or operator.condition:
                x, y = self.check(operator, (x, y), start)
            operators.append(operator)
            inputs.append((x, y))
            starts.append(start)
            return len(operators) - 1

        return node

    def prefix(self, operator: Operator, start: int, x: int) -> int:
        """A node of an operator that stands before its operand."""
        return self.node(operator, self.check(operator, (x,), start), start)

    def neg(self, start: int, x: int) -> int:
        """-x; before a number the sign belongs to it."""
        if self.operators[x] is CONSTANT and x not in self.names:
            self.values[x] = -self.values[x]
            self.starts[x] = start
            return x
        return self.prefix(NEG, start, x)

    def plus(self, _: int, x: int) -> int:
        """+x, which is x."""
        if x in self.conditions:
            raise self.refusals.condition_as_number(self.text, "+", self.starts[x])
        return x

    def group(self, _opening: int, x: int, _closing: int) -> int:
        """What stands in parentheses: its node."""
        return x

    def number(self, token: Word) -> int:
        """A constant."""
        word, start = token
        value = float(word)
        if isinf(value) or (value == 0 and word.lower().partition("e")[0].strip("0.")):
            raise self.refusals.number_out_of_range(self.text, word, start)
        return self.constant(value, "", start)

    def name(self, token: Word) -> int:
        """A variable, a named step or a named constant."""
        word, start = token
        node = self.nodes.get(word)
        if node is not None:
            return node
        if word in self.constants and word not in self.program:
            return self.constant(self.constants[word], word, start)
        if is_reserved(word) or word in self.definitions:
            raise self.refusals.function_without_call(self.text, word, start)
        self.check_name(word, start)
        return self.named(word, start)

    def constant(self, value: float, name: str, start: int) -> int:
        """A leaf of a number, or of a named constant."""
        node = self.node(CONSTANT, (), start)
        self.values[node] = value
        if name:
            self.names[node] = name
        return node

    def named(self, word: str, start: int) -> int:
        """The node of a variable or step, made where there is none; a parameter hides none."""
        node = self.own.get(word)
        if node is None:
            node = self.own[word] = self.node(VARIABLE, (), start)
            self.names[node] = word
            if word in self.condition_names:
                self.conditions.add(node)
        return node

    def first_argument(self, x: int) -> list[int]:
        """The arguments of a call: the first one."""
        return [x]

    def next_argument(self, arguments: list[int], _: int, x: int) -> list[int]:
        """The arguments of a call: one more."""
        arguments.append(x)
        return arguments

    def call(self, name: Word, _: int, *listed: Any) -> int:
        """A node of a function; behind its arguments, if there are any, a parenthesis closes."""
        word, start = name
        arguments = tuple(listed[0]) if len(listed) > 1 else ()
        if self.body is not None and word == self.body.word:
            raise self.refusals.recursive_definition(self.text, word, start)
        if word in self.definitions:
            from gradcli.language.definitions import expand

            return expand(self, word, start, arguments)
        operator = FUNCTIONS.get(word)
        if operator is None or (operator.variadic and len(arguments) == 1 < operator.least):
            node: int | None = self.of_arrays("function", name, arguments)
            if node is not None:
                return node
        if operator is None:
            raise self.refusals.unknown_function(self.text, word, start, word in self.nodes, self.definitions)
        if not operator.takes(len(arguments)):
            longer = row_called(word, len(arguments))
            if longer is not None:
                return self.node(longer, arguments, start)
            raise self.refusals.number_of_arguments(self.text, word, start, operator, len(arguments))
        if self.conditions or operator.conditions:
            arguments = self.check(operator, arguments, start, word)
        return self.node(operator, arguments, start)

    def check(self, operator: Operator, inputs: tuple[int, ...], start: int, word: str = "") -> tuple[int, ...]:
        """The inputs of an operator: conditions stand where it takes conditions, and nowhere else."""
        for index, x in enumerate(inputs):
            if (x in self.conditions) != (index in operator.conditions):
                raise self.refusals.misplaced(self, operator, x, start, word or operator.symbol)
        if operator.condition:
            self.conditions.add(len(self.operators))
        return inputs

    def place(self, node: int) -> int:
        """Where a node stands in the text: for what a call stands for, the call."""
        return self.calls.get(node, self.starts[node])

    def step(self, name: Word, _: int, node: int) -> None:
        """Name = x."""
        word, start = name
        self.finish_statement(node)
        if is_reserved(word):
            raise self.refusals.reserved_name(self.text, word, start)
        self.check_name(word, start)
        self.check_free(word, start)
        if node in self.names or self.operators[node] is CONSTANT:
            node = self.node(IDENTITY, (node,), start)
        self.names[node] = word
        self.nodes[word] = self.output = node
        self.finished = len(self.operators)

    def check_free(self, word: str, start: int) -> None:
        """Raise for a name that is defined already, or used as that of something else."""
        node = self.nodes.get(word)
        is_constant = word in CONSTANTS and word in self.names.values()
        is_variable = word in self.used or (node is not None and self.operators[node] is VARIABLE)
        is_earlier = node is not None and self.starts[node] < start
        if is_variable and not is_constant and not is_earlier and _is_last(self.text, start):
            raise self.refusals.result_and_input(self.text, word, start)
        if is_variable or is_constant or node is not None or word in self.definitions:
            raise self.refusals.name_taken(self.text, word, start, is_variable or is_constant)

    def head(self, name: Word, opening: int, *others: Any) -> int:
        """`N(x) =`, from which on the names are those of its body. At last a parenthesis closes, and the sign comes."""
        from gradcli.language.definitions import begin

        begin(self, name, opening + 1, others[-2])
        return name[1]

    def definition(self, start: int, output: int) -> None:
        """`N(x) = …`."""
        from gradcli.language.definitions import end

        self.last = start
        end(self, output)

    def result(self, node: int) -> None:
        """X, without a name: only the last statement may be that."""
        self.finish_statement(node)
        self.output = self.unnamed = node

    def finish_statement(self, node: int) -> None:
        """Check what ends with a statement: it is a number, and the one before it is used."""
        if self.unnamed is not None:
            raise self.refusals.unused_statement(self)
        if node in self.conditions and not self.is_rule:
            raise self.refusals.condition_as_number(self.text, "", self.place(node))
        self.last = None


def _is_last(text: str, start: int) -> bool:
    """Whether the statement that begins there is the last one: that looks through all that follows."""
    return not re.search(r"[;\n]", text[start:].rstrip("; \n"))


def _places(length: int) -> MutableSequence[int]:
    """Room for the places of nodes in a text: of many as an array, which has 8 bytes for each where a list has 40."""
    if length < _LONG:
        return []
    from array import array

    return array("q")


def _nothing(*_: Any) -> None:
    """A rule that only holds the program together."""

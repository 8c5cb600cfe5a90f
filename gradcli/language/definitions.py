"""Definitions, `N(x) = erfc(-x/sqrt(2))/2`: read as a graph of their own, which each call puts into the program.

In a body a call of another one is one node, so that definitions take no more room than their texts; how many nodes each
stands for is known before any is made.

A head is read like a call, since a grammar that looks one token ahead learns only behind it that `=` follows: what was
read as arguments is taken back then. All names of a body but its parameters are bound where it is called. They mean
the same there, as every name of a program is defined once and before it is used.
"""

import re
from collections import ChainMap
from typing import TYPE_CHECKING, Any

from gradcli.graph import Definition, Graph
from gradcli.language import refusals, spelling
from gradcli.operators.table import CONSTANT, CONSTANTS, IDENTITY, NEG, VARIABLE, is_reserved

if TYPE_CHECKING:
    from gradcli.language.meaning import Meaning

MAX_NODES = 1_000_000  # that all calls of a program stand for: nested definitions may double them at every level
# Compiled when they are first needed: few programs define functions.
_COMMENT = r"#[^\r\n]*"
_PARAMETER = r"\s*([^\W\d]\w*)\s*(,|$)"


class Body:
    """A definition that is being read: its names in place of the program's."""

    def __init__(self, word: str, first: int, parameters: dict[str, int]) -> None:
        self.word = word
        self.first = first  # its first node
        self.parameters = parameters
        self.others: dict[str, int] = {}  # a node for each other name
        self.calls: dict[int, str] = {}  # the nodes that are calls of other definitions
        self.nodes = ChainMap(parameters, self.others)


def begin(meaning: "Meaning", name: tuple[str, int], first: int, last: int) -> None:
    """The head of a definition, `N(x) =`, with its parameters from `first` to `last` in the text: names are its own.

    Raises `GradcliError` for names that cannot stand in it.
    """
    word, start = name
    if meaning.unnamed is not None:
        raise refusals.unused_statement(meaning)
    _take_back(meaning, meaning.finished)
    if is_reserved(word) or word in CONSTANTS:
        raise refusals.reserved_name(meaning.text, word, start)
    spelling.check_name(meaning.text, word, start)
    meaning.check_free(word, start)
    body = Body(word, meaning.finished, {})
    for parameter, place in _parameters(meaning.text, first, last):
        if is_reserved(parameter):
            raise refusals.reserved_name(meaning.text, parameter, place)
        spelling.check_name(meaning.text, parameter, place)
        if parameter in body.parameters:
            raise refusals.name_taken(meaning.text, parameter, place, is_variable=False)
        body.parameters[parameter] = meaning.node(VARIABLE, (), place)
    meaning.body, meaning.nodes, meaning.own = body, body.nodes, body.others


def _parameters(text: str, start: int, end: int) -> list[tuple[str, int]]:
    """The names between the parentheses, with their places."""
    inside = re.sub(_COMMENT, lambda comment: " " * len(comment[0]), text[start:end])
    found, place = [], 0  # type: list[tuple[str, int]], int
    while place < len(inside) or not found:
        match = re.compile(_PARAMETER).match(inside, place)
        if not match or (match[2] and match.end() == len(inside)):
            raise refusals.not_a_parameter(text, start + place, end)
        name = "pi" if match[1] == "π" else match[1]
        found.append((name, start + match.start(1)))
        place = match.end()
    return found


def end(meaning: "Meaning", output: int) -> None:
    """The end of a definition: its nodes go from the program into a graph of their own."""
    body = meaning.body
    assert body is not None
    first = body.first
    if output in meaning.conditions:
        raise refusals.condition_as_number(meaning.text, "", meaning.place(output))
    inputs = [tuple(x - first for x in inputs) for inputs in meaning.inputs[first:]]
    values = {node - first: value for node, value in meaning.values.items() if node >= first}
    names = {node - first: name for node, name in meaning.names.items() if node >= first}
    read = Graph(meaning.operators[first:], inputs, values, names, output - first, meaning.text, meaning.starts[first:])
    _take_back(meaning, first)
    calls = {node - first: word for node, word in body.calls.items()}
    size = len(read) - len(body.parameters) + sum(meaning.definitions[word].size - 1 for word in calls.values())
    # Definitions that double what they call may stand for numbers of nodes with as many digits as there are of them.
    size = min(size, MAX_NODES + 1)
    meaning.definitions[body.word] = Definition(tuple(body.parameters), read, calls, size)
    meaning.used |= {*names.values()}
    meaning.nodes = meaning.own = meaning.program
    meaning.body = None


def _take_back(meaning: "Meaning", first: int) -> None:
    """Forget all nodes from this one on."""
    for node in range(first, len(meaning.operators)):
        meaning.values.pop(node, None)
        meaning.conditions.discard(node)
        meaning.calls.pop(node, None)
        name = meaning.names.pop(node, "")
        if meaning.program.get(name) == node:
            del meaning.program[name]
    del meaning.operators[first:], meaning.inputs[first:], meaning.starts[first:]


def expand(meaning: "Meaning", word: str, start: int, arguments: tuple[int, ...]) -> int:
    """What a call stands for: the nodes of the body, with the arguments in place of the parameters; its output."""
    definition = meaning.definitions[word]
    if len(arguments) != len(definition.parameters):
        raise refusals.number_of_arguments_of(meaning.text, word, start, definition.parameters, len(arguments))
    for x in arguments:
        if x in meaning.conditions:
            raise refusals.condition_as_number(meaning.text, word, meaning.place(x))
    if meaning.body is not None:
        node = meaning.node(IDENTITY, arguments, start)
        meaning.body.calls[node] = word
        return node
    meaning.expanded += definition.size
    if meaning.expanded > MAX_NODES:
        raise refusals.too_many_nodes(meaning.text, word, start, MAX_NODES)
    return _expanded(meaning, definition, start, arguments)


class _Call:
    """A call whose nodes are being made."""

    def __init__(self, meaning: "Meaning", definition: Definition, arguments: tuple[int, ...]) -> None:
        self.meaning = meaning
        self.definition = definition
        self.nodes = list(arguments)  # of the program, for those of the body so far
        self._copied = _Copied(meaning, arguments)

    def inputs(self, local: int) -> tuple[int, ...]:
        """The nodes of the program that a node of the body reads."""
        return tuple(
            self._copied[x] if x in self._copied else self.nodes[x] for x in self.definition.body.inputs[local]
        )

    def node(self, local: int) -> int:
        """The node of the program for one of the body."""
        meaning, body = self.meaning, self.definition.body
        operator, start = body.operators[local], body.starts[local]
        if operator is VARIABLE:
            return meaning.named(body.names[local], start)
        if operator is CONSTANT:
            return meaning.constant(body.values[local], body.names.get(local, ""), start)
        return _operation(meaning, operator, self.inputs(local), start)


def _expanded(meaning: "Meaning", definition: Definition, start: int, arguments: tuple[int, ...]) -> int:
    """The output of a call, whose nodes are made, those of the calls in its body among them."""
    calls = [_Call(meaning, definition, arguments)]
    while True:
        call, made = calls[-1], len(meaning.operators)
        local, body = len(call.nodes), call.definition.body
        if local < len(body) and local in call.definition.calls:
            inner = meaning.definitions[call.definition.calls[local]]
            calls.append(_Call(meaning, inner, call.inputs(local)))
            continue
        if local < len(body):
            call.nodes.append(call.node(local))
            if call.nodes[-1] >= made:
                meaning.calls[call.nodes[-1]] = start
            continue
        calls.pop()
        output = call.nodes[body.output]
        if not calls:
            return output
        calls[-1].nodes.append(output)


def _operation(meaning: "Meaning", operator: Any, inputs: tuple[int, ...], start: int) -> int:
    if operator is NEG:  # before a number the sign belongs to it
        return meaning.neg(start, *inputs)
    return meaning.node(operator, inputs, start)


class _Copied:
    """Arguments that are numbers: of each, a leaf of its own at each place, as everywhere in a graph."""

    def __init__(self, meaning: "Meaning", arguments: tuple[int, ...]) -> None:
        self.meaning = meaning
        # With their values: a sign may change that of the leaf.
        self.arguments = {i: (x, meaning.values[x]) for i, x in enumerate(arguments) if x in meaning.values}
        self.used: set[int] = set()

    def __contains__(self, index: int) -> bool:
        return index in self.arguments

    def __getitem__(self, index: int) -> int:
        x, value = self.arguments[index]
        if x not in self.used:
            self.used.add(x)
            return x
        meaning = self.meaning
        return meaning.constant(value, meaning.names.get(x, ""), meaning.starts[x])

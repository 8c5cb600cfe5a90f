"""Definitions, `N(x) = erfc(-x/sqrt(2))/2`: read as a graph of their own, which each call puts into the program.

A head is read like a call, since a grammar that looks one token ahead learns only behind it that `=` follows: what was
read as arguments is taken back then. All names of a body but its parameters are bound where it is called. They mean
the same there, as every name of a program is defined once and before it is used.
"""

import re
from collections import ChainMap
from typing import TYPE_CHECKING, Any

from gradcli.graph import Definition, Graph
from gradcli.language import refusals, spelling
from gradcli.operators.table import CONSTANT, CONSTANTS, NEG, VARIABLE, is_reserved

if TYPE_CHECKING:
    from gradcli.language.meaning import Meaning

MAX_NODES = 1_000_000  # that all calls of a program stand for: nested definitions could else double them at every level
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
        self.nodes = ChainMap(parameters, self.others)


def begin(meaning: "Meaning", children: list[Any]) -> Body:
    """The head of a definition, `N(x) =`. Raises `GradcliError` for names that cannot stand in it."""
    (word, start), opening, *_ = children
    if meaning.unnamed is not None:
        raise refusals.unused_statement(meaning.text, meaning.first(meaning.unnamed))
    _take_back(meaning, meaning.finished)
    if is_reserved(word) or word in CONSTANTS:
        raise refusals.reserved_name(meaning.text, word, start)
    spelling.check_name(meaning.text, word, start)
    meaning.check_free(word, start)
    names = _parameters(meaning.text, opening + 1, children[-2])
    body = Body(word, meaning.finished, {})
    for name, place in names:
        if is_reserved(name):
            raise refusals.reserved_name(meaning.text, name, place)
        spelling.check_name(meaning.text, name, place)
        if name in body.parameters:
            raise refusals.name_taken(meaning.text, name, place, is_variable=False)
        body.parameters[name] = meaning.node(VARIABLE, (), place)
    return body


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


def end(meaning: "Meaning", body: Body, output: int) -> None:
    """The end of a definition: its nodes go from the program into a graph of their own."""
    first = body.first
    if output in meaning.conditions:
        raise refusals.condition_as_number(meaning.text, "", meaning.place(output))
    inputs = [tuple(x - first for x in inputs) for inputs in meaning.inputs[first:]]
    values = {node - first: value for node, value in meaning.values.items() if node >= first}
    names = {node - first: name for node, name in meaning.names.items() if node >= first}
    read = Graph(meaning.operators[first:], inputs, values, names, output - first, meaning.text, meaning.starts[first:])
    _take_back(meaning, first)
    meaning.definitions[body.word] = Definition(tuple(body.parameters), read)
    meaning.used |= {*names.values()}


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
    parameters, read = meaning.definitions[word]
    if len(arguments) != len(parameters):
        raise refusals.number_of_arguments_of(meaning.text, word, start, parameters, len(arguments))
    for x in arguments:
        if x in meaning.conditions:
            raise refusals.condition_as_number(meaning.text, word, meaning.place(x))
    meaning.expanded += len(read)
    if meaning.expanded > MAX_NODES:
        raise refusals.too_many_nodes(meaning.text, word, start, MAX_NODES)
    nodes = list(arguments)
    copied = _Copied(meaning, arguments)
    for local in range(len(parameters), len(read)):
        operator, made = read.operators[local], len(meaning.operators)
        if operator is VARIABLE:
            nodes.append(meaning.named(read.names[local], read.starts[local]))
        elif operator is CONSTANT:
            nodes.append(meaning.constant(read.values[local], read.names.get(local, ""), read.starts[local]))
        else:
            inputs = tuple(copied[x] if x in copied else nodes[x] for x in read.inputs[local])
            nodes.append(_operation(meaning, operator, inputs, read.starts[local]))
        if nodes[-1] >= made:
            meaning.calls[nodes[-1]] = start
    return nodes[read.output]


def _operation(meaning: "Meaning", operator: Any, inputs: tuple[int, ...], start: int) -> int:
    if operator is NEG:  # before a number the sign belongs to it
        return meaning.neg([start, *inputs])
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

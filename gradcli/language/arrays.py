"""The meaning of the grammar's rules of arrays: what `meaning.py` has no method for, each with its first argument."""

from typing import TYPE_CHECKING

from gradcli.operators.arrays import ARRAY_FUNCTIONS, LITERAL, MATMUL, TRANSPOSE, Position, along, part
from gradcli.operators.records import Operator

if TYPE_CHECKING:
    from gradcli.language.meaning import Meaning, Word


def function(meaning: "Meaning", name: "Word", arguments: tuple[int, ...]) -> int | None:
    """A function of whole arrays, which is one only where no name is called so; None for what is none."""
    word, start = name
    operator = ARRAY_FUNCTIONS.get(word)
    if operator is None:
        return None
    if word in meaning.nodes:
        raise meaning.refusals.unknown_function(meaning.text, word, start, True)
    if len(arguments) != len(operator.parameters):
        raise meaning.refusals.number_of_arguments(meaning.text, word, start, operator, len(arguments))
    return _node(meaning, operator, arguments, start, word)


def call_along(
    meaning: "Meaning", name: "Word", _: int, arguments: list[int], _comma: int, keyword: "Word", *others: int
) -> int:
    """`sum(X, axis=0)`."""
    word, start = name
    axis = others[1]
    if keyword[0] != "axis" or not getattr(ARRAY_FUNCTIONS.get(word), "reduces", False):
        raise meaning.refusals.no_keyword(meaning.text, word, *keyword)
    if len(arguments) != 1:
        raise meaning.refusals.number_of_arguments(meaning.text, word, start, ARRAY_FUNCTIONS[word], len(arguments))
    return _node(meaning, along(word, axis), tuple(arguments), start, word)


def matmul(meaning: "Meaning", x: int, start: int, y: int) -> int:
    """The matrix product."""
    return _node(meaning, MATMUL, (x, y), start)


def transpose(meaning: "Meaning", x: int, start: int) -> int:
    """`W.T`."""
    return _node(meaning, TRANSPOSE, (x,), start)


def index(meaning: "Meaning", x: int, start: int, positions: list[Position], _: int) -> int:
    """A part of an array: `W[0,1]`, `W[:,1]`."""
    return _node(meaning, part(tuple(positions)), (x,), start)


def literal(meaning: "Meaning", start: int, elements: list[int], _: int) -> int:
    """An array of numbers, or of arrays."""
    return _node(meaning, LITERAL, tuple(elements), start)


def _node(meaning: "Meaning", operator: Operator, inputs: tuple[int, ...], start: int, word: str = "") -> int:
    """A node of an operation on arrays, none of which is of conditions."""
    if meaning.conditions:
        inputs = meaning.check(operator, inputs, start, word or operator.symbol)
    return meaning.node(operator, inputs, start)


def first_position(_meaning: "Meaning", position: Position) -> list[Position]:
    """What stands in the brackets of an index: the first."""
    return [position]


def next_position(_meaning: "Meaning", positions: list[Position], _: int, position: Position) -> list[Position]:
    """One more."""
    positions.append(position)
    return positions


def span(_meaning: "Meaning", _: int) -> Position:
    """All places."""
    return (None, None)


def span_from(_meaning: "Meaning", first: int, _: int) -> Position:
    """All places from one on."""
    return (first, None)


def span_to(_meaning: "Meaning", _: int, stop: int) -> Position:
    """All places before one."""
    return (None, stop)


def span_between(_meaning: "Meaning", first: int, _: int, stop: int) -> Position:
    """The places from one on, before another."""
    return (first, stop)


def whole(meaning: "Meaning", token: "Word") -> int:
    """A whole number that is no node."""
    if not token[0].isdecimal():
        raise meaning.refusals.not_a_place(meaning.text, *token)
    return int(token[0])


def from_the_end(meaning: "Meaning", _: int, token: "Word") -> int:
    """A place counted from the end, from -1 on."""
    return -whole(meaning, token)

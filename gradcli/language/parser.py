"""Text to graph: walks the grammar's LALR tables and builds the nodes while reading, without a tree or recursion.

The syntax is in grammar/expression.lark alone; what its rules mean is in `meaning.py`, and the words for what is wrong
in `syntax.py`.
"""

import re
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from functools import cache
from types import MappingProxyType
from typing import Any

from gradcli.errors import GradcliError
from gradcli.graph import Definition, Graph
from gradcli.language import syntax
from gradcli.language.characters import plain, stray_character
from gradcli.language.meaning import Meaning
from gradcli.language.tables import Tables, load

MAX_LENGTH = 2_000_000  # characters
REFUSED = -(10**9)  # below every reduction: the grammar has no such token here

tables: Callable[[], Tables] = cache(load)


def parse(
    text: str,
    max_length: int = MAX_LENGTH,
    free: Container[str] = (),
    definitions: Mapping[str, Definition] = MappingProxyType({}),
) -> Graph:
    """The computational graph of a program of the language.

    `text` is one expression, or statements separated by newlines or semicolons; the last one is the output. `free`
    holds names that are given values: with `e` among them, e is a variable and not the constant. `definitions` holds
    functions that are defined already, as those of another graph.
    Raises `GradcliError`, with the place in the text, for anything that is not such a program, and for a text of
    more than `max_length` characters.
    """
    text = text.removeprefix("\ufeff")
    if len(text) > max_length:
        raise GradcliError("too-long", {"length": len(text), "limit": max_length})
    meaning = Meaning(plain(text), free=free, definitions=definitions)
    try:
        _read(meaning.text, meaning)
        return meaning.graph(text)
    except GradcliError as error:
        from gradcli.language.pasted import offered

        raise offered(error, meaning.text, _parse_plainly).shown_in(text) from None


def _parse_plainly(text: str) -> Graph:
    """The graph of a text for which nothing else is offered."""
    meaning = Meaning(text)
    _read(text, meaning)
    return meaning.graph(text)


def parse_rule(text: str, conditions: Container[str] = ()) -> Graph:
    """The graph of a rule of the operator table.

    Unlike a user's program it may be a condition itself, and the names in `conditions` stand for conditions.
    """
    meaning = Meaning(text, conditions, is_rule=True)
    _read(text, meaning)
    return meaning.graph(text)


# A token: its terminal, where it begins and ends, and what stands for it among the values of a rule.
Token = tuple[str, int, int, Any]


def _tokens(
    text: str, pattern: str, kinds: Sequence[str], keywords: Mapping[str, str], ignored: Container[str]
) -> Iterator[Token]:
    """The tokens of the text without white space and comments, and at last `$END`.

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
        elif kind not in ignored:
            yield kind, place, end, place
    if end < len(text):
        raise stray_character(text, end)
    yield "$END", end, end, None


def _read(text: str, meaning: Meaning) -> None:
    """Walk the tables over the text, calling the meaning at each rule that has an alias.

    `stack` holds the states, `values` what stands for each symbol: a node, a list of arguments or a token's value.
    """
    pattern, kinds, keywords, ignored, rules, states, accept = tables()
    actions = [meaning.action(alias) for _, _, alias in rules]
    stack, values = [0], [None]  # type: list[int], list[Any]
    opened: list[int] = []  # places of the parentheses that are still open
    settled = _Settled(states, rules)
    for kind, place, end, value in _tokens(text, pattern, kinds, keywords, ignored):
        if kind == "NEWLINE" and opened:
            continue
        state = stack[-1]
        while REFUSED < (action := states[state].get(kind, REFUSED)) < 0:
            origin, length, alias = rules[~action]
            if length == 1 and not alias:
                stack[-1] = state = settled[stack[-2], state, kind]
                continue
            cut = len(values) - length
            children = values[cut:]
            del values[cut:], stack[cut:]
            values.append(actions[~action](children))
            state = states[stack[-1]][origin]
            stack.append(state)
        if action == REFUSED:
            if kind == "$END" and state == accept:
                return
            raise syntax.unexpected(text, kind, place, end, states[state], opened)
        if kind == "OPEN":
            opened.append(place)
        elif kind == "CLOSE":
            opened.pop()
        stack.append(action)
        values.append(value)


class _Settled(dict[tuple[int, int, str], int]):
    """Where a chain of unit reductions ends, such as atom → power → sign → …: in the same state every time.

    A key is the state below, the state in which the chain begins, and the kind of the token ahead.
    """

    def __init__(self, states: tuple[dict[str, int], ...], rules: tuple[Any, ...]) -> None:
        super().__init__()
        self.states = states
        self.rules = rules

    def __missing__(self, key: tuple[int, int, str]) -> int:
        below, state, kind = key
        while (action := self.states[state].get(kind, 0)) < 0 and self.rules[~action][1:] == (1, ""):
            state = self.states[below][self.rules[~action][0]]
        self[key] = state
        return state

"""Walks the grammar's LALR tables over a text and builds the nodes while reading, without a tree or recursion."""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any

from gradcli.errors import GradcliError
from gradcli.graph import Graph
from gradcli.language.characters import stray_character
from gradcli.language.meaning import Meaning
from gradcli.language.tables import Rule, load

REFUSED = -(10**9)  # below every reduction: the grammar has no such token here


def graph_of(meaning: Meaning) -> Graph:
    """The graph of the text that a meaning is made for."""
    read(meaning)
    return meaning.graph(meaning.text)


def read(meaning: Meaning) -> None:
    """Walk the tables over the text, calling the meaning at each rule that has an alias.

    `stack` holds the states, `values` what stands for each symbol: a node, a list of arguments or a token's value,
    which is the text and place of a name or number, the place of any other token.
    """
    text = meaning.text
    tokens, kinds, words, rules, states, accept, moves = _driver()
    reduce = [_reducing(length, meaning.action(alias)) for _, length, alias in rules]
    stack, values = [0], [None]  # type: list[int], list[Any]
    opened: list[int] = []  # places of the parentheses that are still open
    for match in tokens.finditer(text):
        group = match.lastindex or 0
        word = match[group]
        value: Any = match.start(group)
        kind = words.get(word, kinds[group])
        if kind in _TEXTUAL:
            value = _SPELLED.get(word, word), value
        elif kind == "NEWLINE" and opened:
            continue
        action = states[stack[-1]].get(kind, REFUSED)
        while REFUSED < action < 0:
            reduce[~action](values, stack)
            stack[-1], action = moves[stack[-2], ~action, kind]
        if action == REFUSED:
            if kind == "$END" and stack[-1] == accept:
                return
            raise _refused(text, kind, match.span(group), states[stack[-1]], opened)
        if kind in _OPENING:
            opened.append(value)
        elif kind in _CLOSING:
            opened.pop()
        stack.append(action)
        values.append(value)


def _reducing(length: int, act: Callable[..., Any]) -> Callable[[list[Any], list[int]], None]:
    """What puts the value of a rule in place of its symbols' values, and a place for a state in place of theirs."""

    def one(values: list[Any], _: list[int]) -> None:
        values[-1] = act(values[-1])

    def three(values: list[Any], stack: list[int]) -> None:  # most rules of most texts
        last, middle = values.pop(), values.pop()
        values[-1] = act(values[-1], middle, last)
        del stack[-2:]

    def some(values: list[Any], stack: list[int]) -> None:
        cut = len(values) - length
        values[cut:] = (act(*values[cut:]),)
        stack[cut:] = (0,)

    return {1: one, 3: three}.get(length, some)


def _refused(
    text: str, kind: str, span: tuple[int, int], expected: Mapping[str, int], opened: Sequence[int]
) -> GradcliError:
    """A token that cannot stand where it stands, or a character that begins none."""
    from gradcli.language.syntax import unexpected

    return unexpected(text, kind, *span, expected, opened) if kind else stray_character(text, span[0])


_TEXTUAL = ("NAME", "NUMBER")  # tokens of which the text counts
_SPELLED = {"π": "pi"}
_OPENING, _CLOSING = ("OPEN", "LEFT"), ("CLOSE", "RIGHT")


class _Moves(dict[tuple[int, int, str], tuple[int, int]]):
    """Where a reduction leads to, and what is done there: in the same state the same every time.

    A key is the state below what is reduced, the rule, and the kind of the token ahead. A chain of unit reductions
    without a meaning, such as atom → power → sign → …, is gone through at once.
    """

    def __init__(self, states: Sequence[Mapping[str, int]], rules: Sequence[Rule]) -> None:
        super().__init__()
        self.states = states
        self.rules = rules

    def __missing__(self, key: tuple[int, int, str]) -> tuple[int, int]:
        below, rule, kind = key
        action = ~rule
        is_unit = True
        while is_unit:
            state = self.states[below][self.rules[~action][0]]
            action = self.states[state].get(kind, REFUSED)
            is_unit = REFUSED < action < 0 and self.rules[~action][1:] == (1, "")
        self[key] = state, action
        return state, action


@cache
def _driver() -> tuple[re.Pattern[str], Sequence[str], Mapping[str, str], Sequence[Rule], Any, int, _Moves]:
    """The tables, ready to be walked."""
    pattern, kinds, words, rules, states, accept = load()
    return re.compile(pattern), kinds, words, rules, states, accept, _Moves(states, rules)

"""Derivatives of functions as people write them, `relu'(H)`, `σ'(z)`, `sigmoid_prime(z)`: formulas of the table."""

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import NamedTuple

from gradcli.errors import GradcliError
from gradcli.language import foreign
from gradcli.language.notation import LONGEST
from gradcli.operators.records import Operator
from gradcli.operators.table import FUNCTIONS

_PRIME = r"\s*(?:['′’´]|\^\s*(?:\{\s*\\prime\s*\}|\\prime\b))(?!['′’´])"
_PRIMED = re.compile(rf"(?<![\w'\"‘’“])\\?(?P<name>[^\W\d]\w*){_PRIME}\.?")
# The same as a name: sigmoid_prime, relu_grad, dtanh.
_NAMED = re.compile(
    r"(?<![\w.])(?:(?P<name>[^\W\d]\w*?)_(?:prime|deriv(?:ative)?|grad(?:ient)?|d)|(?:d|grad|deriv)_?(?P<other>[^\W\d]\w*))(?=\s*\()"
)
_OF_BOOKS = {ord("*"): "⊙", ord("^"): "↑"}
_OF_PYTHON = {ord("^"): "**"}
_GREEK = {"sigma": "σ"}  # of which the letter is the function
_OF_NAMES = ("unknown-function", "function-elsewhere", "not-a-function")


class Derivative(NamedTuple):
    """A derivative in a text: the function's row, and where the name with its prime stands."""

    row: Operator
    start: int
    end: int


def told(error: GradcliError, text: str, line: str, own: Callable[[str, str, str], str]) -> GradcliError | None:
    """The error about the first derivative of a function in a line, with its formula, and what to write for the line.

    `own` is what to write for the line in gradcli's language, in that of books, where products are of matrices, or in
    Python's.
    """
    derivatives = _found(line, error.code in _OF_NAMES)
    if not derivatives:
        return None
    row, start, end = derivatives[0]
    arguments = [*row.parameters]
    facts = {
        "function": f"{row.word}({', '.join(arguments)})",
        "rule": _formula(row, arguments, lambda one: one),
        "write": own(*(_written_out(line, derivatives, signs) for signs in ({}, _OF_BOOKS, _OF_PYTHON))),
    }
    facts = {name: fact for name, fact in facts.items() if fact}
    offset = text.find(line)
    return GradcliError("function-derivative", facts, text, offset + start, offset + end, error.source)


def _found(line: str, has_names: bool) -> list[Derivative]:
    """The derivatives of functions with one formula, in their order."""
    named = (match for match in _NAMED.finditer(line if has_names else "") if not foreign.known_as(match[0]))
    matches = [*_PRIMED.finditer(line), *named]
    rows = ((match, _row(match["name"] or match["other"])) for match in matches)
    return sorted((Derivative(row, *match.span()) for match, row in rows if row), key=lambda one: one.start)


def _row(name: str) -> Operator | None:
    """The function of a name, or of one that it has elsewhere."""
    other = foreign.known_as(_GREEK.get(name, name))
    for parameters, formula in foreign.rows_of(other) if other else ():
        row = FUNCTIONS.get(formula.partition("(")[0])
        if (
            row is not None
            and formula in (f"{row.word}({parameters})", f"{other}({parameters})")
            and row.partials
            and not row.variadic
        ):
            return row
    return None


def _written_out(line: str, derivatives: list[Derivative], signs: Mapping[int, str]) -> str:
    """The line with formulas, in other signs, for all that are called; "" where one is not. Inner ones go first.

    It is "" too where it gets long: a formula has its argument more than once, so ones within another double.
    """
    for row, start, end in reversed(derivatives):
        rest = line[end:].lstrip()
        stop = foreign.closing(rest)
        arguments = foreign.split(rest[1:stop]) if stop > 0 else []
        if len(arguments) != len(row.parameters) or len(line) > LONGEST:
            return ""
        formula = _formula(row, arguments, "({})".format, signs)
        line = f"{line[:start]}({formula}){rest[stop + 1 :]}"
    return line


def _formula(
    row: Operator, arguments: list[str], inside: Callable[[str], str], signs: Mapping[int, str] = MappingProxyType({})
) -> str:
    """The derivative by the first argument, as textbooks have it."""
    partial = row.partials[0]
    places = dict(zip(row.parameters, map(inside, arguments), strict=True))
    places["out"] = f"{row.word}({', '.join(arguments)})"
    return re.sub(
        r"[^\W\d]\w*", lambda word: places.get(word[0], word[0]), (partial.textbook or partial.formula).translate(signs)
    )

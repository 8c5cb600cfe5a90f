"""Whether the notes on lost digits are silent where doubles are right, and there where they are not."""

import json
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from math import inf, isfinite
from pathlib import Path
from typing import NamedTuple

from mpmath import mpf  # type: ignore[import-untyped]

from gradcli.api import Result, gradient
from gradcli.engine.notes import Note
from gradcli.errors import GradcliError
from gradcli.operators.table import OPERATORS
from tests import accuracy
from tests.adversary import JUMPS, OPEN, RULED, reference, size_of
from tests.helpers.random_expressions import examples, hostile

QUIET = 1e-12  # true relative error of doubles below which nothing may be said
LOUD = 1e-6  # and above which something must be
CASES = Path(__file__).parents[1] / "data" / "lost.json"
Problem = tuple[str, Mapping[str, float]]


class Tally(NamedTuple):
    """How many numbers were looked at, and those that a note is said of, or not, though it should be otherwise.

    Of what a branch hangs on that no digits decide, nothing is known, and so a note that it may be lost is no alarm.
    """

    numbers: int
    false_alarms: list[str]
    missed: list[str]


def tally(problems: Iterable[Problem]) -> Tally:
    """Of all values and gradients; where there is an error, or no reference, nothing is counted."""
    count, false_alarms, missed = 0, list[str](), list[str]()
    for text, at in problems:
        try:
            result = gradient(text, at)
        except GradcliError:
            continue
        said = {_named(note) for note in result.notes if "corrected" in note.facts}
        false = said - {_named(note) for note in result.notes if _is_undecided(note)}
        codes = {note.code for note in result.notes}
        for name, error in _errors(result):
            count += 1
            where = f"{text} at {dict(at)}: {name or 'value'}, error {error:.1e}"
            if error < QUIET and name in false:
                false_alarms.append(where)
            if error > LOUD and name not in said and not codes & (RULED if name else JUMPS):
                missed.append(where)
    return Tally(count, false_alarms, missed)


def _named(note: Note) -> str:
    """The variable whose gradient a note is on, "" for the value."""
    return str(note.facts.get("name", ""))


def _is_undecided(note: Note) -> bool:
    """Whether it says that a number may be lost where a comparison or a jump turns."""
    operator = OPERATORS.get(note.facts.get("function", ""))
    is_step = operator is not None and bool(operator.condition or operator.jump)
    return note.facts.get("corrected", 0.0) is None and note.facts.get("place") == "operation" and is_step


def _errors(result: Result) -> Iterator[tuple[str, float]]:
    """Each number of the passes in doubles with its true relative error."""
    here = result.evaluation
    for name, number in {"": here.value, **here.gradient}.items():
        true = reference(result.graph, result.at, name, here.values) if isfinite(number) else None
        if true is OPEN:
            yield name, inf
        elif true is not None:
            apart = abs(mpf(number) - true)
            yield name, float(apart / (abs(true) or size_of(result, name))) if apart else 0.0


def of_cases() -> Tally:
    """The numbers of tests/data/lost.json."""
    return tally([(case["expression"], case["at"]) for case in json.loads(CASES.read_text(encoding="utf-8"))])


def of_examples(count: int) -> Tally:
    """So many random expressions, and so many hostile ones."""
    return tally([(example.text, example.at) for example in (*examples(count), *hostile(count))])


def of_accuracy_points(count: int) -> Tally:
    """Every function of the table, at so many points of tests/accuracy.py each."""
    return tally(problem for row in accuracy.ROWS.values() for problem in islice(_at_points(row.name), count))


def _at_points(name: str) -> Iterator[Problem]:
    row = accuracy.ROWS[name]
    for point in accuracy.points(row):
        if any(isinstance(x, bool) for x in point):
            return
        letters = [f"x{index}" for index in range(len(point))]
        operands = [f"({letter})" for letter in letters]
        if not row.symbol:
            text = f"{name}({', '.join(letters)})"
        else:
            text = f" {row.symbol} ".join(operands) if len(point) > 1 else f"{row.symbol}{letters[0]}"
        yield text, dict(zip(letters, point, strict=True))

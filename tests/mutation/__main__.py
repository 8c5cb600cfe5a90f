"""Changes the slope rules and the precedences one by one and runs the quick tests that must notice.

`python -m tests.mutation` prints each mutant that survives and exits with 1 if there is any; names of operators,
`grammar` and `formatter` restrict it. It runs the tests' functions directly, in this process, the mutant in place.
"""

import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import Any

from mpmath import mp  # type: ignore[import-untyped]

from tests.engine.doubles import test_passes, test_rules
from tests.helpers.exact import DIGITS
from tests.language import test_format, test_precedence
from tests.mutation import precedence, rules
from tests.operators import test_rows, test_table

TABLE = (test_rows, test_rules, test_table, test_passes)
READING = (test_precedence, test_format)

Test = tuple[Callable[..., None], tuple[Any, ...]]  # with its arguments

# What behaves exactly as before, and why.
NO_BEND = "both branches are 0 at 0, with slope 1"
IS_OUT = "there x is out"
ONLY_ZERO = "only the zeros of a jump's expression count"
REFUSED = "a condition is refused as the operand of a comparison in any case"
EQUIVALENT = {
    "elu: branch 1 condition 'x >= 0' -> 'x > 0'": NO_BEND,
    "elu: branch 2 takes 'expm1(x)' -> 'elu(x)'": "elu is expm1 there",
    "elu: kink 'x' left out": NO_BEND,
    "sign: jump 'x' -> 'out'": "out is 0 only where x is",
    "trunc: jump 'where(x == 0, 1, x - out)' -> 'where(x == 0, 2, x - out)'": ONLY_ZERO,
    "trunc: jump 'where(x == 0, 1, x - out)' -> 'where(x == 0, 0.5, x - out)'": ONLY_ZERO,
    "trunc: jump 'where(x == 0, 1, x - out)' -> 'where(out == 0, 1, x - out)'": "x - out is x there, which is not 0",
    "xlogy: d/d2 'where(x == 0, 0, x / y)' -> 'where(y == 0, 0, x / y)'": "0/y is 0, and y is not 0 where x is not",
    "length: d/d2 stable 'where(out == 0, 0, x / out)' -> 'where(x == 0, 0, x / out)'": "0/out is 0",
    "atan2: jump 'where(x <= 0, y, 1)' -> 'where(x <= 0, y, 2)'": ONLY_ZERO,
    "atan2: jump 'where(x <= 0, y, 1)' -> 'where(x <= 0, y, 0.5)'": ONLY_ZERO,
    "min: d/d2 'where(x == out and x < before, 1, 0)' -> 'where(x == out and out < before, 1, 0)'": IS_OUT,
    "max: d/d2 'where(x == out and x > before, 1, 0)' -> 'where(x == out and out > before, 1, 0)'": IS_OUT,
    "grammar: PLUS sign -> PLUS product": "a plus sign changes nothing",
    "grammar: atom POWER sign -> power POWER sign": "Lark decides for the exponent's side, which groups to the right",
    "or: precedence 1 -> 0": "nothing is looser",
    "formatter.operation_pieces: return [(0, 1)]": "nothing is looser than 1",
    "formatter.operation_pieces: pieces += [', '] * (index > 0) + [(index, 1)]": "nothing is looser than 1",
} | {
    f"grammar: comparison {token} sum -> negation {token} sum": REFUSED
    for token in ("LESS", "LESS_EQUAL", "GREATER", "GREATER_EQUAL", "EQUAL", "NOT_EQUAL")
}
EQUIVALENT |= {
    f"{row}: domain {text!r} -> {text.replace(own, other)!r}": "all round a whole number to itself"
    for own, text, rows in (
        ("round", "x >= 0 or y == round(y)", ("pow",)),
        ("round", "n >= 0 and n == round(n)", ("polygamma",)),
        ("floor", "x > 0 or x != floor(x)", ("gamma", "lgamma", "digamma", "polygamma")),
    )
    for row in rows
    for other in {"floor", "ceil", "round", "trunc"} - {own}
}


def cases(modules: tuple[Any, ...], row: Any = None) -> Iterator[Test]:
    """The test functions of these modules with their arguments; of the loop over the table, those for this row."""
    for module in modules:
        for name, function in vars(module).items():
            if name.startswith("test_") and callable(function):
                yield from ((function, arguments) for arguments in arguments_of(function, row))


def arguments_of(function: Callable[..., None], row: Any) -> Iterator[tuple[Any, ...]]:
    """The arguments with which pytest calls a test function; with a row, only those for this row."""
    marks = [mark for mark in getattr(function, "pytestmark", ()) if mark.name == "parametrize"]
    if not marks:
        yield ()
        return
    names, values = marks[0].args[:2]
    single = isinstance(names, str) and "," not in names
    for value in values:
        if row is None or names != "row" or value is row:
            yield (value,) if single else tuple(value)


def caught(mutant: AbstractContextManager[None], tests: list[Test]) -> bool:
    """Whether any of the tests fails with the mutant in place; it comes first for the next, which is often alike."""
    failing = tests[0]
    try:
        with mutant, mp.workdps(DIGITS):
            for failing in tests:
                function, arguments = failing
                function(*arguments)
    except KeyboardInterrupt:
        raise
    except BaseException:  # pytest.raises has exceptions of its own
        tests.remove(failing)
        tests.insert(0, failing)
        return True
    return False


def all_mutants(names: list[str]) -> Iterator[tuple[AbstractContextManager[None], list[Test]]]:
    """Every mutant with the tests that may notice it."""
    for row in rules.ROWS:
        if not names or row.name in names:
            tests = list(cases(TABLE, row))
            yield from ((mutant, tests) for mutant in rules.mutants(row))
    reading = list(cases(READING))
    for group, found in (
        ("grammar", precedence.of_grammar()),
        ("precedence", precedence.of_table()),
        ("formatter", precedence.of_formatter()),
    ):
        if not names or group in names:
            yield from ((mutant, reading) for mutant in found)


def main() -> int:
    """Run all mutants, or those named on the command line."""
    names = sys.argv[1:]
    if not all(not caught(_Nothing(), list(cases(modules))) for modules in (TABLE, READING)):
        print("the tests fail without a mutant")
        return 1
    count, equivalent, survivors = 0, 0, []
    for mutant, tests in all_mutants(names):
        count += 1
        if str(mutant) in EQUIVALENT:
            equivalent += 1
        elif not caught(mutant, tests):
            survivors.append(str(mutant))
            print(f"survives: {mutant}", flush=True)
    print(f"{count} mutants, {equivalent} equivalent, {len(survivors)} survive")
    return 1 if survivors else 0


class _Nothing:
    """No mutant."""

    def __enter__(self) -> None:
        pass

    def __exit__(self, *_: object) -> None:
        pass


if __name__ == "__main__":
    sys.exit(main())

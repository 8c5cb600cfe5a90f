"""Lines of other notations with slips in them: what is offered can be read, and means what Python means by them."""

import math
import random
from collections.abc import Iterator

import pytest

from gradcli import GradcliError
from gradcli.errors import MathError
from gradcli.language.parser import parse
from tests.language.test_pasted import DATA, POINTS, meaning, value

LINES = [*DATA["python"], *(row[0] for kind in ("others", "named", "two") for row in DATA[kind])]
LETTERS = " ()[]{}+-*/^_=<>!?:;,.|&%\\'\"²ˣ₂√½π・ーxyabe012~@#$"
PIECES = ("\\frac", "\\sin", "np.", "if ", "else ", "then ", "mod", "log", "max(", "->", "\\over", "{,}", " of ", "10%")
OFFERS = ("other-notation", "two-readings", "unknown-function", "number-of-arguments")
# Words that Python itself reads in another way: NFKC, its own ~ of True, and calls without what they need.
OTHERWISE = ("ˣ", "~", "()")


def slips(seed: int, count: int, lines: list[str]) -> Iterator[str]:
    """Lines with letters and pieces put in, left out, repeated, or with the end of another one."""
    draw = random.Random(seed)
    for _ in range(count):
        line = draw.choice(lines)
        for _ in range(draw.randint(1, 3)):
            first, last = sorted(draw.randrange(len(line) + 1) for _ in range(2))
            other = draw.choice(lines)
            line = draw.choice(
                (
                    line[:first] + draw.choice(LETTERS) + line[first:],
                    line[:first] + line[first + 1 :],
                    line[:first] + draw.choice(LETTERS) + line[first + 1 :],
                    line[:first] + draw.choice(PIECES) + line[first:],
                    line[:first] + other[draw.randrange(len(other) + 1) :],
                    line[:last] + line[first:],
                )
            )
        yield line


@pytest.mark.parametrize("seed", range(4))
def test_what_is_offered_for_slips(seed: int) -> None:
    """No error but the language's own; a line that is offered is one."""
    for error in filter(None, map(refusal, slips(seed, 1000, LINES))):
        assert error.render().count("\n") <= 2
        assert error.render(language="ja")
        offered = [error.facts.get(fact) for fact in ("write", "other") if error.code in OFFERS]
        for text in offered if "call" not in error.facts else ():
            if text:
                parse(text)


def refusal(line: str) -> GradcliError | None:
    """What is said of a line, if it is none of gradcli's."""
    try:
        parse(line)
    except GradcliError as error:
        return error
    return None


def test_what_is_offered_for_slips_in_python() -> None:
    """Where that is Python still, it means the same."""
    compared = 0
    for line in slips(4, 4000, DATA["python"]):
        error = refusal(line)
        if error is not None and error.code == "other-notation" and not any(word in line for word in OTHERWISE):
            compared += sum(is_the_same(line, error.facts["write"], point) for point in POINTS)
    assert compared > 100


def is_the_same(line: str, text: str, point: dict[str, float]) -> bool:
    """Whether both have a value, which then is the same but beside a jump."""
    try:
        true, found = meaning(line, point), value(text, point)
    except (ArithmeticError, ValueError, TypeError, NameError, SyntaxError, AttributeError, KeyError, MathError):
        return False
    if not math.isfinite(true):
        return False
    is_near_jump = "%" in line or "//" in line
    assert math.isclose(found, true, rel_tol=1e-9, abs_tol=1e-12) or is_near_jump, (line, text, point)
    return True

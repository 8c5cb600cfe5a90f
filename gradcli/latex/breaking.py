r"""Equations that are wider than a line of A4, broken: before `=`, then before `+` and `-`, last before the factors.

Only what stands in no braces and in no parentheses is broken. What is too wide even so has smaller letters.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from gradcli.latex.widths import displayed, formula

LINE = 445.0  # points of a line on A4 with margins of 25 mm, less what widths may be off
_TOKEN = re.compile(
    r"\\left(?:\\.|.)|\\right(?:\\.|.)|\\(?:begin|end)\{\w+\}|\\times 10\^|\\[A-Za-z]+|\\.|\s+|.", re.DOTALL
)
_OPENS, _CLOSES = (r"\left", r"\begin", "{", "(", "["), (r"\right", r"\end", "}", ")", "]")
_BEFORE = ({"=", r"\approx"}, {"+", "-"}, {r"\cdot", r"\times", r"\odot", r"\,"})
_IN_TEXT = {"=", r"\approx", "+", "-", r"\cdot", r"\times", r"\times 10^", r"\odot", r"\allowbreak", r"\penalty"}
_SMALL = r"\mbox{{\scriptsize\(\displaystyle\arraycolsep2pt {}\)}}"


def broken(right: str, room: float) -> list[str]:
    """The right side of an equation in lines of so many points; those after the first begin with their sign."""
    if displayed(right) <= room:
        return [right]
    return [line.rstrip() for side in _cut(right, _BEFORE[0]) for line in _filled(side, room, _BEFORE[1:])]


def fitted(text: str, room: float) -> str:
    """Text with formulas between dollars for lines of so many points: a formula that TeX cannot break so, as what is
    too wide stands between high parentheses, in several, between which a line may end.
    """
    pieces = text.split("$")
    pieces[1::2] = (piece if is_breakable(piece, room) else "$ $".join(broken(piece, room)) for piece in pieces[1::2])
    return "$".join(pieces)


def is_breakable(text: str, room: float) -> bool:
    """Whether TeX itself breaks a formula within a line of text to so many points; a long name in a fraction has
    lines of its own.
    """
    return all(formula(part) <= room or r"\vcenter" in part for part in _cut(text, _IN_TEXT))


def _filled(text: str, room: float, before: Sequence[set[str]]) -> Iterator[str]:
    """A text in lines that are as full as may be; a part that is too wide for one is broken in turn."""
    if displayed(text) <= room:
        yield text
    elif not before:
        yield small(text)
    else:
        line = ""
        for part in _cut(text, before[0]):
            if line and displayed(line + part) > room:
                *full, line = _filled(line, room, before[1:])
                yield from full
                yield line
                line = rf"\quad {part}"
            else:
                line += part
        yield from _filled(line, room, before[1:])


def small(text: str) -> str:
    """A formula in smaller letters; the sign that an equation is aligned at stays as it is."""
    sign = re.match(r"(?:=|\\approx|\\quad)\s*", text)
    head = sign[0] if sign else ""
    return head + _SMALL.format(text[len(head) :])


def _cut(text: str, before: set[str]) -> list[str]:
    """The parts of a formula, of which each but the first begins with a sign of these, where it stands between two."""
    starts, depth, has_left = [0], 0, False
    for found in _TOKEN.finditer(text):
        token = found[0]
        depth += token.startswith(_OPENS) - token.startswith(_CLOSES)
        if not depth and has_left and token in before:
            starts.append(found.start())
        if token.strip() and token != r"\quad":
            has_left = not any(token in signs for signs in _BEFORE)
    return [text[start:end] for start, end in pairwise([*starts, len(text)])]

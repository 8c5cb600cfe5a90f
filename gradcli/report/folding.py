"""Lines broken to the width of a terminal or of a column, at the places where that hurts least."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from enum import IntEnum
from itertools import accumulate

from rich.cells import cell_len, get_character_cell_size

from gradcli.text import folded as text_folded


class Place(IntEnum):
    """Where a line may break, the best places first. Signs in parentheses and brackets are no places."""

    PAIR = 0  # behind a comma or a colon: `a = 2,` / `x = 3`
    WORD = 1  # before `and` and `or`: `x > 0` / `and x <= 1`
    SIGN = 2  # before a sign, or before what is added in parentheses: `∂y/∂y·∂y/∂s` / `(=∂y/∂s)` / `= 1 × 3` / `= 3`
    SPACE = 3
    FACTOR = 4  # behind a sign of multiplication: `∂y/∂s·` / `∂s/∂a`


# Compiled when they are first needed: few lines are longer than the terminal.
_SIGNS = "=≈≒~+-"
_MARK = r"[][ ()·*]"
_SIGN = rf"[{_SIGNS}] |\((?=[=\w])"
_EQUAL = r"\S(?:\(=|(?<!\bsum)(?<!\bcolumn)\(∂)"  # a call of a function stays whole


def folded(text: str, width: int, indent: str = "", is_prose: bool = False) -> Iterator[str]:
    """The text in lines of at most `width` cells; those behind the first stand in by `indent`.

    Prose breaks at any space, and between wide letters where they let it. Where there is no place, a line breaks
    anywhere. Linear in the length of the text.
    """
    if cell_len(text) <= width:
        yield text
        return
    indent = indent if len(indent) < width else ""
    if is_prose and re.search(r"[\u3041-\u30ff\u4e00-\u9fff]", text):
        before = text[: len(text) - len(text.lstrip())]
        for place, line in enumerate(text_folded(text.lstrip(), width - len(indent))):
            yield from _broken(f"{indent if place else before}{line}", width, indent, is_prose)
        return
    yield from _broken(text, width, indent, is_prose)


def _broken(text: str, width: int, indent: str, is_prose: bool) -> Iterator[str]:
    """The text, broken at spaces and signs, or anywhere."""
    ends = list(accumulate(map(get_character_cell_size, text)))
    room = width - len(indent)
    places = [(start, Place.SPACE) for start, _ in _places(text)] if is_prose else _useful(text, ends, room)
    starts = [start for start, _ in places]
    begin, prefix = 0, ""
    while begin < len(text):
        room = width - len(prefix) + (ends[begin - 1] if begin else 0)
        end = bisect_right(ends, room, begin)
        if end < len(text):
            # What follows a space may begin a line where the space itself has no room.
            last = end + 1 if text[end] == " " else end
            within = places[bisect_right(starts, begin) : bisect_right(starts, last)]
            # A character that is wider than the line stands alone.
            end = max(within, key=lambda found: (-found[1], found[0]))[0] if within else max(end, begin + 1)
        if not text[begin:end].isspace():
            yield (prefix + text[begin:end]).rstrip()
        begin, prefix = end, indent


def _useful(text: str, ends: Sequence[int], width: int) -> list[tuple[int, Place]]:
    """The places; where what follows a sign up to the next one has no room, that sign stays with the beginning of it,
    and one of equality with what stands before it too: `s = apples*` / `pears`, `∂y/∂x` / `+ ∂y/∂s·` / `∂s/∂x`.
    """
    places = list(_places(text))
    end = len(text)
    for index in range(len(places) - 1, -1, -1):
        start, place = places[index]
        if place <= Place.SIGN:
            if place is Place.SIGN and ends[end - 1] - ends[start - 1] > width:
                places[index] = (start, Place.SPACE if text[start] in "+-" else Place.FACTOR)
                if index + 1 < len(places) and text[start : places[index + 1][0]].strip() in _SIGNS:
                    places[index + 1] = (places[index + 1][0], Place.FACTOR)
            end = start
    return places


def _places(text: str) -> Iterator[tuple[int, Place]]:
    """The indices at which a line may begin, in order."""
    depth, brackets, first = 0, 0, len(text) - len(text.lstrip())
    sign, equal = re.compile(_SIGN), re.compile(_EQUAL)
    for match in re.compile(_MARK).finditer(text, first):
        mark, start = match.group(), match.end()
        if mark in "()":
            if depth == 0 and equal.match(text, start - 2):
                yield start - 1, Place.SIGN
            depth += 1 if mark == "(" else -1
        elif mark in "[]":
            brackets += 1 if mark == "[" else -1
        elif mark != " ":
            yield start, Place.FACTOR
        elif text[start : start + 1] != " ":
            is_within_row = brackets and text[start - 3 : start] != "], "
            inside = Place.FACTOR if is_within_row else Place.SPACE
            yield start, inside if depth or brackets else _at_space(text, start, sign)


def _at_space(text: str, start: int, sign: re.Pattern[str]) -> Place:
    if text[start - 2] in ",:":
        return Place.PAIR
    if text.startswith(("and ", "or "), start):
        return Place.WORD
    return Place.SIGN if sign.match(text, start) else Place.SPACE

"""What cannot stand where it stands in a text: one error each, with the place and, where it can, what to write."""

import re
from collections.abc import Mapping, Sequence
from unicodedata import normalize

from gradcli.errors import GradcliError
from gradcli.language.characters import SUPERSCRIPTS, decimal_sign, stray_character
from gradcli.language.refusals import closing, function_without_call, not_a_place
from gradcli.language.spelling import LONG_VOWEL, QUOTED_LENGTH, plain_digits
from gradcli.operators.table import FUNCTIONS, is_reserved

# Words of programs and of prose: no factor of a product.
WORDS = frozenset((
    "as", "at", "base", "by", "choose", "cubed", "def", "derivative", "differentiate", "div", "do", "else", "end",
    "factor", "find", "fn", "for", "from", "func", "function", "if", "import", "in", "integral", "integrate", "is",
    "let", "lim", "of", "over", "per", "percent", "return", "root", "simplify", "solve", "squared", "then", "to", "val",
    "var", "when", "where", "while", "with", "xor",
))  # fmt: skip
_OF_ARRAYS = ("LEFT", "RIGHT", "COLON", "TRANSPOSE")  # signs that mean something else in other notations
_SLIPS = {"<>": "!=", "=>": ">=", "=<": "<=", "//": "floor(x/y)"}
# By which a text is one over arrays, whatever its names are; max, min and logsumexp are functions of numbers too.
_OVER_ARRAYS = re.compile(r"@|\.T\b|\b(?:sum|mean|norm|dot|outer|softmax|trace|row|column)\(")


def unexpected(
    text: str, kind: str, place: int, end: int, expected: Mapping[str, int], opened: Sequence[int]
) -> GradcliError:
    """A token where the grammar has none. `expected` holds the symbols that could stand here."""
    word = text[place:end]
    after_value = "NAME" not in expected
    if kind == "$END" or (kind in ("NEWLINE", "SEMICOLON") and not after_value):
        return _unfinished(text, kind, place, opened, after_value)
    if error := _in_brackets(text, kind, place, end, expected, opened):
        return error
    if kind == "SEMICOLON":
        return GradcliError("separator-in-parenthesis", {}, text, place)
    if after_value and kind in ("NAME", "NUMBER", "OPEN", "NOT"):
        return _missing_operator(text, place, end)
    if kind == "ASSIGN":
        return _stray_assignment(text, place, end, opened)
    pair = text[place - 1 : end] if place else ""
    code, facts = "missing-value", {"token": word}
    if pair in _SLIPS and not after_value:
        code, facts = "unknown-operator", {"typed": pair, "write": _SLIPS[pair]}
        place -= 1
    elif kind == "CLOSE" and not opened[:1]:
        code, facts = "unopened-parenthesis", {}
    elif kind == "COMMA" and after_value:
        code, facts = "stray-comma", {"character": text[place], **_grouped(text, place)}
    elif not after_value and kind == "CLOSE":
        code, facts = "empty-parenthesis", {}
    return GradcliError(code, facts, text, place, end)


def _in_brackets(
    text: str, kind: str, place: int, end: int, expected: Mapping[str, int], opened: Sequence[int]
) -> GradcliError | None:
    """What cannot stand in an array or an index, or is none of both."""
    opening = text[opened[-1]] if opened else ""
    if kind == "CLOSE" and opening == "[":
        return _unclosed(text, opened[-1])
    if kind == "COLON" and "RIGHT" in expected and "COMMA" in expected and "PLUS" not in expected:
        return GradcliError("part-with-step", {}, text, place, end)
    if "whole" in expected or ("COLON" in expected and "NAME" not in expected):
        if kind == "RIGHT":
            return GradcliError("index-missing", {}, text, place, end)
        return not_a_place(text, text[place:end], place)
    if opening == "[" and kind == "RIGHT":
        return GradcliError("empty-element", {}, text, place, end)
    if opening == "[" and kind == "SEMICOLON":
        return GradcliError("rows-in-array", {}, text, place, end)
    if opening == "[" and kind == "NUMBER" and text[:place].rstrip()[-1:].isdigit():
        return GradcliError("missing-comma", {}, text, place, end)
    return stray_character(text, place) if kind in _OF_ARRAYS else None


def _unclosed(text: str, place: int) -> GradcliError:
    facts = {"bracket": "["} if text[place] == "[" else {}
    return GradcliError("unclosed-parenthesis", facts, text, place)


def _grouped(text: str, place: int) -> dict[str, str]:
    """What to write for a number whose digits are in groups, as 1,000 is, or else the decimal sign."""
    for number in re.finditer(r"(?<![\w.])\d{1,3}(?:[,，]\d{3})+(?:[.．]\d+)?(?!\w)", text):
        if number.start() < place < number.end():
            return {"write": normalize("NFKC", number[0]).replace(",", "")}
    return decimal_sign(text, place)


def _stray_assignment(text: str, place: int, end: int, opened: Sequence[int]) -> GradcliError:
    """`=` behind what is no plain name, or for `==`."""
    if text[:place].split()[-1:] == ["not"]:
        return GradcliError("reserved-name", {"name": "not", "kind": "word"}, text, place, end)
    facts = {"write": _SLIPS.get(text[place : end + 1], "==")} if opened else {}
    return GradcliError("stray-assignment", facts, text, place, end)


def _unfinished(text: str, kind: str, place: int, opened: Sequence[int], after_value: bool) -> GradcliError:
    if opened and (after_value or kind == "$END"):
        return _unclosed(text, opened[-1])
    if kind == "$END":
        return GradcliError("unfinished-expression", {}, text, len(text))
    return GradcliError("unfinished-statement", {}, text, place)


def _missing_operator(text: str, place: int, end: int) -> GradcliError:
    """`2x`, `2(a+b)`, `(a)(b)`, `a b`: no multiplication without a sign."""
    left = text[:place].rstrip()
    word = text[place:end]
    if word[0] in SUPERSCRIPTS:
        return GradcliError("superscript", {"character": word[0], "exponent": plain_digits(word)}, text, place, end)
    before = left[_opening(left) :] if left.endswith((")", "]")) else _last_word(left)
    after = text[place : closing(text, place)] if word == "(" else word
    if word in FUNCTIONS and text[end:].lstrip().startswith("("):
        after = f"{word}(...)"
    in_number = _wrong_number(before, word) if place == len(left) else ""
    if in_number:
        return GradcliError(in_number, {}, text, place - (in_number == "number-base"), end)
    if before in FUNCTIONS and is_reserved(before):
        return function_without_call(text, before, len(left) - len(before), after)
    if "\n" in text[len(left) : place] or "\r" in text[len(left) : place]:  # inside a parenthesis
        return GradcliError("missing-operator-between-lines", {}, text, place, end)
    if word.startswith(LONG_VOWEL):
        facts = {"character": LONG_VOWEL} | ({"write": word.replace(LONG_VOWEL, "-")} if word != LONG_VOWEL else {})
        return GradcliError("long-vowel", facts, text, place, end)
    if word == "not":
        return GradcliError("missing-and", {}, text, place, end)
    if (before[:1].isdigit() and word[:1].isdigit()) or {before.partition("(")[0].lower(), word.lower()} & WORDS:
        return GradcliError("missing-operator", {}, text, place, end)
    write = _product(before, after, is_below=left.removesuffix(before).rstrip().endswith("/"))
    facts = {"write": write}
    if _OVER_ARRAYS.search(text) and "*" in write:
        facts["matrices"] = write.replace("*", " @ ", 1)
    return GradcliError("missing-operator", facts, text, place, end)


def _product(before: str, after: str, is_below: bool) -> str:
    """What was meant by two factors side by side, shortened; in parentheses below a fraction: 1/2x, not 1/2*x."""
    left = before if len(before) <= QUOTED_LENGTH else "(...)"
    right = after if len(after) <= QUOTED_LENGTH else "(...)" if after.startswith("(") else "..."
    return f"({left}*{right})" if is_below else f"{left}*{right}"


def _wrong_number(before: str, word: str) -> str:
    """The code of what is wrong with a number and a word behind it that were meant as one: `1_000`, `0x1f`, `1.2.3`."""
    if before[:1] not in "0123456789.":
        return ""
    if before == "0" and word[:1] in "xXbBoO" and word[1:2].isalnum() and word[1:2].isascii():
        return "number-base"
    return {"_": "number-underscore", ".": "number-points"}.get(word[0], "")


def _last_word(text: str) -> str:
    start = len(text)
    while start and (text[start - 1].isalnum() or text[start - 1] in "_.") and len(text) - start <= QUOTED_LENGTH:
        start -= 1
    return text[start:]


def _opening(text: str) -> int:
    """Where the parenthesis or bracket opens that closes at the end of the text, or what is before it."""
    depth = 0
    for place in range(len(text) - 1, max(-1, len(text) - 2 * QUOTED_LENGTH), -1):
        depth += {")": 1, "(": -1, "]": 1, "[": -1}.get(text[place], 0)
        if not depth:
            return place - len(_last_word(text[:place]))
    return max(0, len(text) - 2 * QUOTED_LENGTH)

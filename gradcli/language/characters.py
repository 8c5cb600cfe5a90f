"""Characters that begin no token of the language: what is wrong with them, and what to write instead."""

import re
from unicodedata import category, decimal, normalize

from gradcli.errors import GradcliError
from gradcli.language.names import is_of_matrix
from gradcli.text import visible

# What a Japanese keyboard types, each for one plain character, so that places in the text stay the same.
_PLAIN = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: " "}
_LISTED = _PLAIN | {ord(comma): "," for comma in "、､"}

# What stands above the line, by what it is there: an exponent.
SUPERSCRIPTS = {character: normalize("NFKC", character) for character in "⁰¹²³⁴⁵⁶⁷⁸⁹ⁿⁱˣʸᵃᵇᶜᵈᵉᶠᵍʰʲᵏˡᵐᵒᵖʳˢᵗᵘᵛʷᶻ"}
_LOOKALIKES = {
    "∗": "*", "∙": "*", "•": "*", "✕": "*", "∕": "/", "⁄": "/", "–": "-", "—": "-",
    "‐": "-", "‑": "-", "∧": "and", "∨": "or", "¬": "not", "√": "sqrt(...)", "%": "mod(x, y)",
    "?": "where(condition, a, b)", chr(0x30FB): "*", "･": "*",
    "[": "(", "]": ")", "{": "(", "}": ")",
}  # fmt: skip


def plain(text: str, is_list: bool = False) -> str:
    """The text with plain characters for full-width ones; in a list `、` separates too."""
    return text if text.isascii() else text.translate(_LISTED if is_list else _PLAIN)


def stray_character(text: str, place: int) -> GradcliError:
    """A character that begins no token."""
    character = text[place]
    shown = visible(character)
    facts = {"character": character}
    if character in SUPERSCRIPTS:
        code, facts = "superscript", facts | {"exponent": SUPERSCRIPTS[character]}
    elif category(character) == "Nd":
        code, facts = "foreign-digit", facts | {"write": str(decimal(character))}
    elif 0xDC80 <= ord(character) <= 0xDCFF:
        code, facts = "invalid-byte", {"byte": shown}
    elif shown != character:
        code = "invisible-character"
    elif character in "'’" and re.search(r"(?:[^\W\d]\w*|\))'*$", text[max(0, place - 20) : place]):  # f'(x)
        is_matrix = "@" in text
        code = "transpose-sign" if is_matrix else "derivative-sign"
        facts = {} if is_matrix else _primed(text, place)
    elif character in "\"'“”„‘’«»" and not text[max(0, place - 1) : place].isdigit():  # 1'000
        code = "strings"
    elif character == "±":
        code = "plus-minus"
    elif character == ".":
        code = "lonely-point"
    elif character in "、､" and text.count("(", 0, place) <= text.count(")", 0, place):
        code, facts = "stray-comma", facts | decimal_sign(text, place)
    elif category(character).startswith("M"):
        code, facts = "combining-mark", facts | _composed(text, place)
    else:
        plain = _plain(text, place)
        code, facts = "stray-character", facts | ({"write": plain} if plain != character else {})
    return GradcliError(code, facts, text, place)


def _primed(text: str, place: int) -> dict[str, str]:
    """A name with its prime, as facts of the error about it: `f'(x)` is a derivative, `W'` may be a transpose."""
    facts = {"name": text[max(0, place - 1) : place + 1]}
    is_called = text[place + 1 :].lstrip().startswith("(")
    name = re.search(r"[^\W\d]\w*$", text[max(0, place - 20) : place])
    is_function = is_called and not (name and is_of_matrix(name[0]) and name[0] != "F")
    return facts if is_function else facts | {"transpose": ".T"}


def _plain(text: str, place: int) -> str:
    """What may be meant by a character; itself where nobody knows."""
    character, is_after_value = text[place], _is_after_value(text, place)
    if character == "%" and not (is_after_value and text[place + 1 :].strip()):
        return character
    if character == "|":
        return _of_bars(text, place, is_after_value)
    if character == "[" and re.match(r"[^\]]*[;,\s]", text[place + 1 :].strip()):  # a list
        return character
    if character == "!" and not is_after_value:
        return "not"
    if character in "、､":
        return ","
    if character == "&" and re.search("[<>=≤≥≦≧≠]", text):  # of numbers it is none of the language's operators
        return "and"
    return _LOOKALIKES.get(character) or normalize("NFKC", character)


def _of_bars(text: str, place: int, is_after_value: bool) -> str:
    """What `|` may stand for: bars around a whole formula, or C's `||` between conditions."""
    if text.startswith("||", place) and is_after_value:
        return "or" if re.search("[<>=≤≥≦≧≠]=?[^<>=]*\\|", text[: place + 1]) else "|"
    inside, bar, _ = text[place + 1 :].partition("|")
    is_whole = inside.strip() and bar and inside.count("(") == inside.count(")")
    return "abs(...)" if is_whole and not is_after_value else "|"


def _is_after_value(text: str, place: int) -> bool:
    left = text[:place].rstrip()[-1:]
    return left.isalnum() or left in ("_", ")")


def decimal_sign(text: str, place: int) -> dict[str, str]:
    """The decimal sign, as a fact of the error about a comma behind a digit, which may be meant for one."""
    return {"point": "."} if text[max(0, place - 1) : place].isdecimal() else {}


def _composed(text: str, place: int) -> dict[str, str]:
    """Text copied from some systems has letter and accent apart (が as two code points)."""
    pair = text[max(0, place - 1) : place + 1]
    composed = normalize("NFC", pair)
    return {"write": composed} if len(composed) < len(pair) else {}

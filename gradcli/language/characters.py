"""Characters that begin no token of the language: what is said of them, and what to write instead."""

from unicodedata import category, decimal, normalize

from gradcli.errors import GradcliError
from gradcli.text import code_point, quote, visible

SUPERSCRIPTS = {character: str(digit) for digit, character in enumerate("⁰¹²³⁴⁵⁶⁷⁸⁹")}
_LOOKALIKES = {
    "≤": "<=", "≥": ">=", "≠": "!=", "∗": "*", "∙": "*", "•": "*", "✕": "*", "∕": "/", "⁄": "/", "–": "-", "—": "-",
    "‐": "-", "‑": "-", "∧": "and", "∨": "or", "¬": "not", "&": "and", "√": "sqrt(...)", "%": "mod(x, y)",
    "?": "where(condition, a, b)", "[": "(", "]": ")", "{": "(", "}": ")",
}  # fmt: skip


def stray_character(text: str, place: int) -> GradcliError:
    """A character that begins no token."""
    character = text[place]
    shown = visible(character)
    if character in SUPERSCRIPTS:
        message = f"{code_point(character)} is not part of the language; write ^{SUPERSCRIPTS[character]}"
    elif category(character) == "Nd":
        message = f"{code_point(character)} is not a digit of the language; write {decimal(character)}"
    elif 0xDC80 <= ord(character) <= 0xDCFF:
        message = f"the byte {shown} is not UTF-8 text"
    elif shown != character:
        message = f"{shown} cannot stand in an expression" if shown.strip() else "this space cannot stand here"
    elif character in "\"'":
        message = f"the language has no strings; {character} cannot stand in an expression"
    elif character == ".":
        message = "a single point is no number, and there are no attributes"
    elif character == "[" and _is_after_value(text, place):
        message = "there is no indexing; '[' cannot stand in an expression"
    elif category(character).startswith("M"):
        message = f"{code_point(character)} cannot stand in an expression{_composed_hint(text, place)}"
    else:
        plain = _LOOKALIKES.get(character) or normalize("NFKC", character)
        if character == "|":
            plain = "or" if text.startswith("||", place) else "abs(...)"
        elif character == "!" and not _is_after_value(text, place):
            plain = "not"
        named = quote(character) if character.isascii() else code_point(character)
        hint = f"; write {plain}" if plain != character else ""
        message = f"{named} cannot stand in an expression{hint}"
    return GradcliError(message, text, place)


def _is_after_value(text: str, place: int) -> bool:
    left = text[:place].rstrip()[-1:]
    return left.isalnum() or left in ("_", ")")


def _composed_hint(text: str, place: int) -> str:
    """Text copied from some systems has letter and accent apart (が as two code points)."""
    pair = text[max(0, place - 1) : place + 1]
    composed = normalize("NFC", pair)
    return f"; write {code_point(composed)}, one code point" if len(composed) < len(pair) else ""

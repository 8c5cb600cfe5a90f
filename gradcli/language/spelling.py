"""Names: how they may be spelled, and which known one may have been meant."""

from unicodedata import category, normalize

from gradcli.errors import GradcliError
from gradcli.language.characters import SUPERSCRIPTS

QUOTED_LENGTH = 30  # an operand in a hint is written out up to this length
LONG_VOWEL = chr(0x30FC)  # ー, which looks like a minus
KANA = range(0x3041, 0x3100)


def check_name(text: str, word: str, start: int, source: str = "expression") -> None:
    """Raise for a name that is not made of letters, digits 0-9 and _, or has a plainer spelling."""
    if word.isascii():
        return
    if LONG_VOWEL in word:
        _check_long_vowels(text, word, start, source)
    for offset, character in enumerate(word):
        if character.isascii() or category(character).startswith("L"):
            continue
        facts = {"character": character}
        composed = normalize("NFKC", word).replace("⁄", "/")
        if character in SUPERSCRIPTS:
            facts |= {"base": word[:offset], "exponent": plain_digits(word[offset : offset + QUOTED_LENGTH])}
        elif composed != word:
            facts["write"] = composed
        raise GradcliError("name-character", facts, text, start + offset, source=source)
    plain = normalize("NFKC", word)
    if plain != word:
        place = next((i for i, c in enumerate(word) if normalize("NFKC", c) != c), 0)
        facts = {"name": word, "character": word[place], "write": plain}
        raise GradcliError("name-spelling", facts, text, start, start + len(word), source)


def _check_long_vowels(text: str, word: str, start: int, source: str) -> None:
    """Raise for a `ー` behind what is no kana: where it cannot be read as a long vowel, it looks like a minus."""
    for offset, character in enumerate(word):
        if character == LONG_VOWEL and not (offset and ord(word[offset - 1]) in KANA):
            facts = {"character": character, "write": word.replace(LONG_VOWEL, "-")}
            raise GradcliError("long-vowel", facts, text, start + offset, source=source)


def nearest(word: str, known: list[str]) -> str | None:
    """The known word that the user may have meant."""
    from difflib import get_close_matches

    folded = {name.lower(): name for name in known}
    close = get_close_matches(word.lower()[:QUOTED_LENGTH], folded, n=1, cutoff=0.6)
    return folded[close[0]] if close else None


def plain_digits(superscripts: str) -> str:
    """The digits of an exponent written above the line."""
    return "".join(SUPERSCRIPTS.get(character, "") for character in superscripts)

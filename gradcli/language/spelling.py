"""Names: how they may be spelled, and which known one may have been meant."""

from collections.abc import Collection
from itertools import islice
from unicodedata import category, normalize

from gradcli.errors import GradcliError
from gradcli.language.characters import SUPERSCRIPTS

QUOTED_LENGTH = 30  # an operand in a hint is written out up to this length
LONG = 5  # letters of a name that is hardly like another by chance
COMPARED = 1000  # names with which one is compared that may be misspelt
SWAP = 0.9  # of two letters: a likelier slip than one that is wrong
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
        elif composed != word and not any(power in word for power in SUPERSCRIPTS):
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


def nearest(word: str, known: Collection[str], most: int = 2) -> str | None:
    """The known word of which this is a slip of the pen: other capitals, one letter off, or two in a longer word."""
    wanted = word.lower()
    most = min(most, (len(word) - 1) // 2) if len(word) <= QUOTED_LENGTH else 0
    best, found = most + SWAP, None
    for name in islice(known, COMPARED):
        if abs(len(name) - len(word)) < best and (distance := _distance(wanted, name.lower())) < best:
            best, found = distance, name
    return found


def _distance(word: str, other: str) -> float:
    """How many letters must be changed, put in, left out or swapped with the next one."""
    before: list[float] = []
    row: list[float] = list(range(len(other) + 1))
    for i, letter in enumerate(word, 1):
        earlier, before, row = before, row, [i]
        for j, here in enumerate(other, 1):
            cost = min(before[j] + 1, row[-1] + 1, before[j - 1] + (letter != here))
            if i > 1 < j and word[i - 2] == here and letter == other[j - 2]:
                cost = min(cost, earlier[j - 2] + SWAP)
            row.append(cost)
    return row[-1]


def plain_digits(superscripts: str) -> str:
    """The digits of an exponent written above the line."""
    return "".join(SUPERSCRIPTS.get(character, "") for character in superscripts)

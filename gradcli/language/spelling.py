"""Names: how they may be spelled, and which known one may have been meant."""

from collections.abc import Collection
from itertools import islice
from unicodedata import category, normalize

from gradcli.errors import GradcliError
from gradcli.language.characters import SUPERSCRIPTS

QUOTED_LENGTH = 30  # an operand in a hint is written out up to this length
LONG = 5  # letters of a name that is hardly like another by chance
COMPARED = 1000  # names with which one is compared that may be misspelt
SHORT = 3  # letters of a name to which every other name of so many is near
SWAP = 0.9  # of two letters: a likelier slip than one that is wrong
OTHERWISE = 2  # what counts as no slip of the fingers; a first letter that is wrong counts as still more
_VOWELS = frozenset("aeiouy")
# Rows of a keyboard, each half a key to the right of the one above.
_KEYS = {
    key: (row, place + row / 2)
    for row, keys in enumerate(("qwertyuiop", "asdfghjkl", "zxcvbnm"))
    for place, key in enumerate(keys)
}
LONG_VOWEL = chr(0x30FC)  # ー, which looks like a minus
TRANSPOSED = chr(0x1D40)  # ᵀ
KANA = range(0x3041, 0x3100)


def check_name(text: str, word: str, start: int, source: str = "expression") -> None:
    """Raise for a name that is not made of letters, digits 0-9 and _, or has a plainer spelling."""
    if word.isascii():
        return
    if LONG_VOWEL in word:
        _check_long_vowels(text, word, start, source)
    for offset, character in enumerate(word):
        if character.isascii() or (category(character).startswith("L") and not (offset and character in SUPERSCRIPTS)):
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
        if word[place] == TRANSPOSED:
            raise GradcliError("transpose-sign", {}, text, start + place, source=source)
        facts = {"name": word, "character": word[place], "write": plain}
        raise GradcliError("name-spelling", facts, text, start, start + len(word), source)


def _check_long_vowels(text: str, word: str, start: int, source: str) -> None:
    """Raise for a `ー` behind what is no kana: where it cannot be read as a long vowel, it looks like a minus."""
    for offset, character in enumerate(word):
        if character == LONG_VOWEL and not (offset and ord(word[offset - 1]) in KANA):
            facts = {"character": character}
            if not word.endswith(LONG_VOWEL):
                facts["write"] = word.replace(LONG_VOWEL, "-")
            raise GradcliError("long-vowel", facts, text, start + offset, source=source)


def nearest(word: str, known: Collection[str], most: int = 2) -> str | None:
    """The known word of which this is a slip of the pen, in any capitals: one of the fingers, two in a longer word.

    Names of other functions are near those here too, as sinhc and rot. So what fingers and ears take for one another
    counts as one slip: letters that change places, that stand twice, that a neighbour on the keyboard or another vowel
    stands for, or that are too many or too few inside of a word. What begins or ends in another way counts as more.
    """
    wanted = word.lower()
    letters = set(wanted)
    most = min(most, (len(word) - 1) // 2) if len(word) <= QUOTED_LENGTH else 0
    best, found = most + 1.0, None
    for name in islice(known, COMPARED):
        allowed = min(most, 1 if len(name) <= LONG else 2)
        if abs(len(name) - len(word)) > allowed:
            continue
        other = name.lower()
        if len(letters.difference(other)) > allowed:  # each of which counts one or more
            continue
        distance = _distance(wanted, other, min(allowed, best))
        if distance <= allowed and distance < best:
            best, found = distance, name
    return found


def _distance(word: str, other: str, most: float) -> float:
    """How many slips lead from another word to this one; if more than `most`, some number above it."""
    end = len(other)
    before: list[float] = []
    row: list[float] = [OTHERWISE * j for j in range(end + 1)]
    for i, letter in enumerate(word, 1):
        earlier, before, row = before, row, [row[0] + _too_many(word, i, 0, end)]
        for j, here in enumerate(other, 1):
            cost = min(
                before[j] + _too_many(word, i, j, end),
                row[-1] + (OTHERWISE if i == len(word) and end < LONG else 1),
                before[j - 1] + _wrong(letter, here, j, end),
            )
            if i > 1 < j and word[i - 2] == here and letter == other[j - 2]:
                cost = min(cost, earlier[j - 2] + SWAP)
            row.append(cost)
        if min(row) > most and min(before) > most:  # no slip reaches over more than one row
            break
    return max(row[-1], min(row))


def _too_many(word: str, i: int, j: int, end: int) -> int:
    """What the letter at `i` counts behind `j` letters of a word of `end`, where it has none for it."""
    letter, beside = word[i - 1], word[i - 2 : i - 1] + word[i : i + 1]
    if letter in beside:
        return 1
    if j in (0, end):
        return 1 if j and letter == "e" else OTHERWISE  # sine
    return 1 if end > SHORT or any(_are_neighbours(letter, one) for one in beside) else OTHERWISE


def _wrong(letter: str, here: str, j: int, end: int) -> int:
    """What a letter counts that stands for another one."""
    if letter == here:
        return 0
    if not (letter + here).isascii():  # which may look the same
        return 1
    if j == 1:
        return OTHERWISE + 1
    is_likely = {letter, here} <= _VOWELS or _are_neighbours(letter, here)
    return 1 if end > SHORT and is_likely else OTHERWISE


def _are_neighbours(letter: str, other: str) -> bool:
    """Whether two keys of a keyboard touch."""
    one, two = _KEYS.get(letter), _KEYS.get(other)
    return bool(one and two) and abs(one[0] - two[0]) <= 1 and abs(one[1] - two[1]) <= 1  # type: ignore[index]


def plain_digits(superscripts: str) -> str:
    """The digits of an exponent written above the line."""
    return "".join(SUPERSCRIPTS.get(character, "") for character in superscripts)

"""The fonts of pictures: their sizes and families, and how wide a text is."""

from unicodedata import combining, east_asian_width

SYMBOL_FONT = 26.0  # px, in a circle
PILL_FONT = 17.0
LEAF_FONT = 20.0
CAPTION_FONT = 18.0  # a title above the picture
LABEL_FONT = 13.0  # values, gradients, sums, and names above nodes
LEAST_FONT = 12.0  # of a label that has little room
ELLIPSIS = "…"

# Advance widths of the characters from space to ~ in thousandths of the font size: for each, the widest one of Noto
# Sans, Liberation Sans (which has the widths of Arial and Helvetica), both upright and italic, and Noto Sans CJK JP,
# read from their hmtx tables. So a text is never wider than it is measured; `tests/slow/test_fonts.py` compares.
_ADVANCES = (
    278, 323, 474, 646, 572, 921, 732, 278, 338, 338, 551, 584, 278, 347, 278, 392, 572, 572, 572, 572, 572, 572, 572,
    572, 572, 572, 278, 278, 584, 584, 584, 557, 1016, 667, 667, 723, 730, 667, 611, 778, 741, 339, 535, 667, 557,
    907, 760, 781, 667, 781, 723, 667, 611, 731, 667, 944, 667, 667, 611, 338, 392, 338, 572, 559, 606, 568, 618, 510,
    620, 564, 344, 615, 618, 275, 275, 552, 284, 935, 618, 606, 620, 620, 413, 500, 377, 618, 521, 802, 529, 521, 500,
    380, 551, 380, 584,
)  # fmt: skip
_WIDE, _OTHER = 1000, 800  # East Asian letters are square; letters of other alphabets are at most so wide, but for few


def width(text: str, size: float) -> float:
    """The width of a text in px at a font size in px."""
    return sum(map(_advance, text)) * size / 1000


def is_italic(name: str) -> bool:
    """Whether a name is set in italics: one with East Asian letters stands upright, as they have none."""
    return not any(east_asian_width(character) in "WF" for character in name)


def cut(text: str, size: float, room: float) -> str:
    """The text, or its beginning and its end if it is wider than the room (px): names often differ at their ends."""
    if width(text, size) <= room:
        return text
    spare = room - width(ELLIPSIS, size)
    head = _fitting(text, size, 0.6 * spare)
    tail = _fitting(text[::-1], size, spare - width(head, size))
    return f"{head}{ELLIPSIS}{tail[::-1]}"


def _fitting(text: str, size: float, room: float) -> str:
    """As much of the beginning of a text as fits into the room."""
    for place, character in enumerate(text):
        room -= width(character, size)
        if room < 0:
            return text[:place]
    return text


def _advance(character: str) -> int:
    code = ord(character)
    if 32 <= code < 127:
        return _ADVANCES[code - 32]
    if combining(character):
        return 0
    if character == "−":
        return 584
    return _WIDE if east_asian_width(character) in "WFA" else _OTHER

"""Characters and numbers as text: what a reader sees of a character, and how numbers are written."""

from functools import cache
from math import floor, inf, isfinite, log10
from unicodedata import category, east_asian_width

from gradcli.frozen import Frozen

TYPE_CHECKING = False  # stands for that of `typing`, whose import takes longer than all that is done here
if TYPE_CHECKING:
    from fractions import Fraction

DIGITS = 6  # significant digits of numbers in tables
MOST_PLACES = 12  # of a number beside its uncertainty, before or behind the point
LINE_CELLS = 72  # a longer source line is cut around the caret
LEAST_CELLS = 20  # a terminal with fewer in a line gets no shorter ones
KEPT = 12  # characters in brackets that stay on one line
NAME_CELLS = 40  # a longer name inside a message is cut

# What stands for a sign where an encoding lacks it, in turn; the last one is of ASCII.
_INSTEAD = {
    "∂": ("d",), "·": ("*",), "×": ("*",), "÷": ("/",), "−": ("-",), "±": ("+/-",), "√": ("sqrt",), "∞": ("inf",),
    "≈": ("≒", "~"), "≒": ("~",), "≤": ("≦", "<="), "≥": ("≧", ">="), "≦": ("<=",), "≧": (">=",), "≠": ("!=",),
    "²": ("^2",), "³": ("^3",), "⁹": ("^9",), "…": ("...",), "↑": ("^",), "↓": ("v",), "→": (">",), "←": ("<",),
    "⊙": ("*",), "ᵀ": (".T",),
}  # fmt: skip


class Settled(Frozen):
    """A number with digits that were asked for: a text, and the nearest double, infinite beyond them.

    Where the digits are not settled (not `is_known`), the text is a bound, or "" if none is known; the number is then
    None, or what is known of it: infinite for one that is not finite. `is_exact` says that the text is all of it.
    """

    text: str
    number: float | None
    is_known: bool = True
    is_exact: bool = False

    key = "digits"  # of the text in JSON
    keys = "digits"  # of the texts of several numbers

    @property
    def missing(self) -> str:
        """The code of why there is no text."""
        return "not-finite" if self.number in (inf, -inf) else "not-known"


class Ratio(Settled):
    """An exact fraction as a text, `1/3`, and the nearest double, infinite beyond them."""

    key = "fraction"
    keys = "fractions"

    @classmethod
    def of(cls, number: "Fraction") -> "Ratio":
        """A fraction."""
        return cls(str(number), nearest(number), is_exact=True)


def nearest(number: "Fraction") -> float:
    """The nearest double, infinite beyond them."""
    try:
        return float(number)
    except OverflowError:
        return inf if number > 0 else -inf


def format_number(value: float) -> str:
    """The shortest text that reads back as the same double: `2`, `0.1`, `1e-9`."""
    return short_exponent(repr(value).removesuffix(".0"))


def rounded(value: float | Settled, digits: int = DIGITS) -> tuple[str, bool]:
    """A number with so many significant digits at most, and whether that is exactly the number.

    One whose digits were asked for has its own: 0 where it is so small that no digits tell more, "nan" where nothing
    is known.
    """
    if isinstance(value, Settled):
        if value.is_known or value.number:
            return value.text or "nan", value.is_exact
        return "nan" if value.number is None else "0", False
    text = f"{value:.{digits}g}"
    if not isfinite(value) or float(text) == value:
        return format_number(value + 0.0), True  # the sign of a zero means nothing to a reader
    return short_exponent(text), False


def measured(value: float, uncertainty: float, digits: int = 2) -> tuple[str, str] | None:
    """A value and its uncertainty, both with as many places as give the uncertainty so many significant digits.

    None where they are not finite.
    """
    if not (isfinite(value) and isfinite(uncertainty)):
        return None
    if uncertainty == 0:
        return format_number(value), "0"
    shown = float(f"{uncertainty:.{digits - 1}e}")
    places = digits - 1 - floor(log10(shown))
    if not -MOST_PLACES <= places <= MOST_PLACES:
        return rounded(value)[0], rounded(shown)[0]
    # A value below that place keeps its whole part: 0 would be taken for its value.
    kept = places if round(value, places) else max(0, places)
    return f"{round(value, kept) + 0.0:.{max(0, places)}f}", f"{round(shown, places):.{max(0, places)}f}"


def short_exponent(text: str) -> str:
    """`1e-09` as `1e-9`, `1e+22` as `1e22`."""
    mantissa, e, exponent = text.partition("e")
    return f"{mantissa}e{int(exponent)}" if e else text


def finite_or_none(value: float | Settled | None) -> float | None:
    """The number, or None where JSON has none for it. A bool stays a bool."""
    if isinstance(value, Settled):
        value = value.number
    return value if value is None or isfinite(value) else None


def visible(character: str) -> str:
    r"""A character as a message shows it: `\x1b` for a control, `U+200B` for what cannot be seen, else itself."""
    code = ord(character)
    if 0xDC80 <= code <= 0xDCFF:  # a byte that was not UTF-8, as Python's surrogateescape keeps it
        return f"\\x{code - 0xDC00:02x}"
    if category(character) == "Cc":
        return " " if character == "\t" else f"\\x{code:02x}"
    if category(character) in ("Cf", "Cs", "Co", "Cn", "Zl", "Zp"):
        return f"U+{code:04X}"
    if category(character) == "Zs" and code < 0x3000:
        return " "
    return character


def quote(text: str) -> str:
    """The user's text inside a message: quoted, and cut in the middle when long."""
    if len(text) > NAME_CELLS:
        text = text[: NAME_CELLS // 2] + "…" + text[-NAME_CELLS // 4 :]
    return f"'{''.join(map(visible, text))}'"


def code_point(character: str) -> str:
    """`'х' (U+0445)`: a character that looks like another."""
    shown = visible(character)
    name = f"U+{ord(character):04X}"
    return name if shown == name or category(character).startswith("M") else f"'{shown}' ({name})"


def encodable(text: str, encoding: str) -> bool:
    """Whether a stream of this encoding can hold the text."""
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


class Characters(Frozen):
    """What can be written: in ASCII alone, or all that an encoding has.

    With `signs` of ASCII and letters of another encoding, words keep their letters.
    """

    signs: str = "utf-8"
    letters: str = "utf-8"

    @classmethod
    def of(cls, encoding: str, ascii_only: bool = False, language: str = "en") -> "Characters":
        """Those of a stream; with `ascii_only` English is in ASCII, and words of other languages keep their letters."""
        signs = "ascii" if ascii_only else encoding
        return cls(signs, signs if language == "en" else encoding)

    def has(self, signs: str) -> bool:
        """Whether all of these signs can be written."""
        return _has(signs, self.signs)

    def written(self, text: str) -> str:
        """The text with what stands for the signs that cannot be written, and escapes for the letters."""
        if text.isascii():
            return text
        return text.translate(_instead(self.signs)).encode(self.letters, "backslashreplace").decode(self.letters)


ALL = Characters()


@cache
def _has(signs: str, encoding: str) -> bool:
    """Whether an encoding has these signs themselves, not only others that look alike."""
    return signs.encode(encoding, "ignore").decode(encoding) == signs


@cache
def _instead(encoding: str) -> dict[int, str]:
    """What stands for the signs that an encoding lacks."""
    return {
        ord(sign): next(other for other in others if _has(other, encoding))
        for sign, others in _INSTEAD.items()
        if not _has(sign, encoding)
    }


def cells(character: str) -> int:
    """How many cells of a terminal a character takes (combining marks are rare enough to count as one)."""
    return 2 if east_asian_width(character) in "WF" else 1


def cell_width(text: str) -> int:
    """How many cells of a terminal a text takes."""
    return sum(map(cells, text))


def folded(text: str, width: int) -> list[str]:
    """A text in lines of at most so many cells, broken at spaces and between wide letters.

    No line begins with a stop or with a small or long kana, and none ends with an opening bracket.

    `x = 0` and what is short in brackets, `[10 s]`, are not broken. A longer word stands on a line of its own, and so
    does a command to copy, `: gradcli …`.
    """
    import re

    word = r"[^\s\u2e80-\uffff]+"
    small = r"\u3041\u3043\u3045\u3047\u3049\u3063\u3083\u3085\u3087"  # kana, and the same in katakana
    small += r"\u30a1\u30a3\u30a5\u30a7\u30a9\u30c3\u30e3\u30e5\u30e7\u30fc"
    opening, closing = r"[（「(\[]", rf"[、。）」)\]:{small}]"
    lines, used = [""], 0
    whole = rf"(?<=: )gradcli .*|\[[^][]{{1,{KEPT}}}\]{closing}*"
    for piece in re.findall(rf"{whole}|{opening}*(?:{word}(?: = {word})*|.){closing}*", text):
        size = cell_width(piece)
        if used and used + size > width:
            lines.append("")
            used = 0
        if lines[-1] or not piece.isspace():
            lines[-1] += piece
            used += size
    return [line.rstrip() for line in lines]


def printable(text: str, encoding: str = "utf-8") -> str:
    """The text without control characters, with escapes for what the encoding has not."""
    return "".join(map(visible, text)).encode(encoding, "backslashreplace").decode(encoding)


def excerpt(line: str, start: int, end: int, encoding: str, most: int = LINE_CELLS) -> tuple[str, str]:
    """The line and, under `line[start:end]`, the caret; both cut to so many cells around the caret."""
    left, right = max(0, start - most), start + most
    pieces = [printable(character, encoding) for character in line[left:right]]
    at, stop = start - left, min(end, right) - left
    widths = [cell_width(piece) for piece in pieces]
    first, last = 0, len(pieces)
    cut_left, cut_right = left > 0, right < len(line)
    if sum(widths) > most:
        while sum(widths[first:at]) > most // 2:
            first += 1
        while sum(widths[first:last]) > most and last > at + 1:
            last -= 1
        cut_left, cut_right = cut_left or first > 0, cut_right or last < len(pieces)
    dots = printable("…", encoding) if encodable("…", encoding) else "..."
    head = dots if cut_left else ""
    # An ideographic space pads a wide character: the caret then stands under its place by columns and by eye.
    padding = " " * len(head) + "".join("\u3000" if cells(c) == 2 else " " for piece in pieces[first:at] for c in piece)
    underline = max(1, sum(widths[at : min(stop, last)]))
    shown = head + "".join(pieces[first:last]) + (dots if cut_right else "")
    return shown, padding + "^" + "~" * (underline - 1)


def pieces(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Where the parts of a list begin and end: at commas outside of brackets."""
    cuts, depth = [start - 1], 0
    for place in range(start, end):
        character = text[place]
        if character == ",":
            if depth <= 0:
                cuts.append(place)
        elif character in "([":
            depth += 1
        elif character in ")]":
            depth -= 1
    return [(cut + 1, stop) for cut, stop in zip(cuts, [*cuts[1:], end], strict=True)]

"""What a user can get wrong: one message, with a caret under the place it speaks of.

Every error that the tool raises on purpose is a `GradcliError`; nothing else may escape from user input.
This module knows how a message looks, not what is wrong: the texts stand where the errors are raised.
"""

from unicodedata import category, east_asian_width

LINE_CELLS = 72  # a longer source line is cut around the caret
NAME_CELLS = 40  # a longer name inside a message is cut


class GradcliError(Exception):
    """Something is wrong with the input, at `source[start:end]` where a source is given.

    `start` and `end` count code points; `start == len(source)` puts the caret behind the last character.
    """

    exit_code = 2

    def __init__(self, message: str, source: str | None = None, start: int = 0, end: int | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.source = source
        self.start = start
        self.end = start + 1 if end is None else end

    def __str__(self) -> str:
        return self.render()

    def render(self, encoding: str = "utf-8") -> str:
        """The message, the source line and the caret: three lines at most, free of control characters."""
        if self.source is None:
            return _shown(self.message, encoding)
        before = self.source[: self.start]
        line_start = max(before.rfind("\n"), before.rfind("\r")) + 1
        number = before.replace("\r\n", "\n").replace("\r", "\n").count("\n") + 1
        line = self.source[line_start:].replace("\r", "\n").split("\n", 1)[0]
        several = "\n" in self.source.strip() or "\r" in self.source.strip()
        message = f"line {number}: {self.message}" if several else self.message
        start = self.start - line_start
        shown, caret = _excerpt(line, start, max(start + 1, self.end - line_start), encoding)
        return f"{_shown(message, encoding)}\n  {shown}\n  {caret}"


class MathError(GradcliError):
    """The input is well formed, but there is no real finite number here."""

    exit_code = 1


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


def cells(character: str) -> int:
    """How many cells of a terminal a character takes (combining marks are rare enough to count as one)."""
    return 2 if east_asian_width(character) in "WF" else 1


def _shown(text: str, encoding: str) -> str:
    return "".join(map(visible, text)).encode(encoding, "backslashreplace").decode(encoding)


def _excerpt(line: str, start: int, end: int, encoding: str) -> tuple[str, str]:
    """The line and, under `line[start:end]`, the caret; both cut to the cells around the caret."""
    left, right = max(0, start - LINE_CELLS), start + LINE_CELLS
    pieces = [_shown(character, encoding) for character in line[left:right]]
    at, stop = start - left, min(end, right) - left
    widths = [sum(map(cells, piece)) for piece in pieces]
    first, last = 0, len(pieces)
    cut_left, cut_right = left > 0, right < len(line)
    if sum(widths) > LINE_CELLS:
        while sum(widths[first:at]) > LINE_CELLS // 2:
            first += 1
        while sum(widths[first:last]) > LINE_CELLS and last > at + 1:
            last -= 1
        cut_left, cut_right = cut_left or first > 0, cut_right or last < len(pieces)
    dots = _shown("…", encoding) if encodable("…", encoding) else "..."
    head = dots if cut_left else ""
    # An ideographic space pads a wide character: the caret then stands under its place by columns and by eye.
    padding = " " * len(head) + "".join("\u3000" if cells(c) == 2 else " " for piece in pieces[first:at] for c in piece)
    underline = max(1, sum(widths[at : min(stop, last)]))
    shown = head + "".join(pieces[first:last]) + (dots if cut_right else "")
    return shown, padding + "^" + "~" * (underline - 1)

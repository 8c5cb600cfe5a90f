"""HTML: a page for a browser, and the same without a frame for a notebook. In formulas, names are in italics."""

import re
from collections.abc import Iterable, Sequence
from html import escape
from io import StringIO
from typing import TYPE_CHECKING

from gradcli.frozen import attributes
from gradcli.report.blocks import Block, Part, Sentence, Table, Title, Value
from gradcli.report.cells import Cell
from gradcli.report.fonts import FONTS
from gradcli.report.notation import Notation, notation_in
from gradcli.report.output import Output, Report
from gradcli.report.writer import Writer as BlockWriter
from gradcli.text import Characters
from gradcli.words.catalogue import say

if TYPE_CHECKING:
    from gradcli.arrays.grids import Grid

HEAD = """\
<!DOCTYPE html>
<html lang="{language}">
<head>
<meta charset="{encoding}">
<title>{title}</title>
<style>
:root {{ color-scheme: light dark; font-family: {fonts} }}
table {{ border-collapse: collapse; break-before: avoid }}
th, td {{ border: 1px solid; padding: .3em .6em; vertical-align: top }}
td:first-child {{ word-break: keep-all }}
tr {{ break-inside: avoid }}
h2, h2 ~ p, h3, thead, tbody tr:first-child {{ break-after: avoid }}
tbody tr:last-child {{ break-before: avoid }}
@page {{ margin: 12mm }}
@media print {{
  :root {{ color-scheme: light; font-size: 10.5pt; line-height: 1.25 }}
  body, h2:first-child, h2[style] {{ margin: 0 }}
  h3 {{ margin: .5em 0 .3em }}
  p {{ margin: .25em 0 }}
  th, td {{ padding: .15em .6em }}
}}
</style>
</head>
<body>
"""
LETTER = 0.7  # em that a written letter is wide
EMPTY = "&nbsp;"  # a line that has the height of others
FOOT = "</body>\n</html>\n"
# Formulas stand between dollars and code between backquotes, which nothing that gradcli says has; so do lines of
# matrices between a sign of their own.
_MATRIX = "\4"
_MARKED = re.compile(rf"\$([^$]*)\$|`([^`]*)`|{_MATRIX}([^{_MATRIX}]*){_MATRIX}|[^$`{_MATRIX}]+")
# The group: names, not those of functions, and no exponents. Words in parentheses are no arguments: before them a
# formula ends.
_TOKENS = re.compile(r"([^\W\d⁰¹²³⁴-⁹][^\W⁰¹²³⁴-⁹]*(?!\w*\((?![=∂]|$)))|\d[\d.]*(?:e-?\d+)?|.")
# What belongs together, as ∂y/∂s does, and where a line may break.
_BEGIN, _END, _BREAK = "\1", "\2", "\3"
# Named twice, so that browsers do not set it smaller than the text around it.
_IN_COLUMNS = '<span style="white-space: pre; font-family: monospace, monospace">{}</span>'
_BLANKS = '<span style="white-space: pre; font-family: monospace; line-height: 1.9">{}</span>'  # to be written in
_TAGS = {_BEGIN: '<span style="white-space: nowrap">', _END: "</span>", _BREAK: "<wbr>"}
_TAG = re.compile("|".join(_TAGS))
_UPRIGHT = ("and", "or", "not", "inf", "nan")


class HtmlNotation(Notation):
    """Marks formulas and code; the writer makes them markup when the whole line is known."""

    def math(self, text: str) -> str:
        """A formula."""
        return f"${text}$"

    def upright(self, text: str) -> str:
        """Text inside a formula."""
        return f"${text}$"

    def derivative(self, of: str, by: Sequence[str]) -> str:
        """A derivative, which is not broken."""
        return f"{_BEGIN}{super().derivative(of, by)}{_END}"

    def product(self, chain: Sequence[tuple[str, str]]) -> str:
        """A product, which may be broken between its factors."""
        return f"{self.dot}{_BREAK}".join(self.derivative(of, (by,)) for of, by in chain)

    def part_of(self, text: str) -> str:
        """(part of …): the words upright, between two formulas."""
        words = say("part-of", self.language, whole=self.math(text))
        return self.equality.format(self.upright(words))

    def matrices(self, parts: "Sequence[Grid | str]") -> list[str]:
        """Lines in letters of one width."""
        plain = [_TAG.sub("", part) if isinstance(part, str) else part for part in parts]
        return [f"{_MATRIX}{line}{_MATRIX}" for line in super().matrices(plain)]

    def code(self, text: str) -> str:
        """Code."""
        return f"`{self.expression(text)}`"


class Writer(BlockWriter):
    """Writes a page. Characters that the stream's encoding has not are character references."""

    def __init__(self, output: Output) -> None:
        super().__init__(output)
        self.output = output
        self.encoding = "ascii" if output.ascii_only else output.encoding

    def notation_for(self, output: Output) -> Notation:
        """The usual signs, or those of ASCII; the encoding is no matter."""
        characters = Characters("ascii" if output.ascii_only else "utf-8")
        return HtmlNotation(**attributes(notation_in(characters, output.language)))

    def write(self, report: Report) -> None:
        """A page."""
        title = escape(report.title or "gradcli")
        self._put(HEAD.format(language=self.notation.language, encoding=self.output.encoding, title=title, fonts=FONTS))
        super().write(report)
        self._put(FOOT)

    def part(self, block: Part) -> None:
        """A heading of a higher level."""
        style = ' style="break-before: page"' if block.begins_page else ""
        self._put(f"<h2{style}>{self.titled(block, markup(block.fact.written(self.notation)), escape)}</h2>\n")

    def title(self, block: Title) -> None:
        """A heading."""
        self._put(f"<h3>{markup(self.notation.words(block.code))}</h3>\n")

    def sentence(self, block: Sentence) -> None:
        """A paragraph."""
        self._put(f"<p>{markup(block.fact.written(self.notation))}</p>\n")

    def value(self, block: Value) -> None:
        """A paragraph."""
        self._put(f"<p>{markup(self.notation.math(' = '.join(block.equation.sides(self.notation))))}</p>\n")

    def table(self, block: Table) -> None:
        """A table; each cell says how it is aligned, since notebooks align all to the right."""
        rooms = [f"; min-width: {column.room * LETTER:g}em" if column.room else "" for column in block.columns]
        sides = [
            f' style="text-align: {"right" if column.right else "left"}{room}"'
            for column, room in zip(block.columns, rooms, strict=True)
        ]
        headings = zip(sides, block.columns, strict=True)
        head = "".join(f"<th{side}>{markup(self.heading(column))}</th>" for side, column in headings)
        self._put(f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n")
        for row in block.rows():
            cells = zip(sides, row, strict=True)
            self._put(f"<tr>{''.join(f'<td{side}>{self._inside(cell)}</td>' for side, cell in cells)}</tr>\n")
        self._put("</tbody>\n</table>\n")

    def _inside(self, cell: Cell) -> str:
        lines = cell.lines(self.notation)
        return "<br>".join(
            markup(part) or (EMPTY if len(lines) > 1 else "")
            for line in lines
            for part in ([line.head, line.tail] if line.is_label else [line.joined])
        )

    def _put(self, text: str) -> None:
        self.stream.write(text.encode(self.encoding, "xmlcharrefreplace").decode(self.encoding))


def fragment(blocks: Iterable[Block]) -> str:
    """What a notebook shows, in English."""
    stream = StringIO()
    BlockWriter.write(Writer(Output("html", "en", False, stream, print)), Report(lambda: blocks, dict))
    return stream.getvalue()


def markup(text: str) -> str:
    """The text as HTML, with its formulas and its code."""
    return "".join(map(_marked, _MARKED.finditer(text)))


def _marked(match: re.Match[str]) -> str:
    if match[1] is not None:
        return "".join(map(_token, _TOKENS.finditer(match[1])))
    if match[3] is not None:
        return (_BLANKS if Notation.blank in match[3] else _IN_COLUMNS).format(escape(match[3]))
    return escape(match[0]) if match[2] is None else f"<code>{escape(match[2])}</code>"


def _token(match: re.Match[str]) -> str:
    if match[0] in _TAGS:
        return _TAGS[match[0]]
    if "e-" in match[0] and not match[1]:  # a line may break behind a hyphen, but not within a number
        return f"{_TAGS[_BEGIN]}{match[0]}{_TAGS[_END]}"
    return f"<i>{match[0]}</i>" if match[1] and match[0] not in _UPRIGHT else escape(match[0])

r"""LaTeX for notes and slides: plain `tabular`, formulas in math mode.

What may be higher than a page is a `longtable`, which needs the package of that name; `align*` needs amsmath.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from io import StringIO
from itertools import accumulate, zip_longest
from math import inf
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from gradcli.latex import derivatives, formulas
from gradcli.latex.breaking import broken, fitted, is_breakable
from gradcli.latex.symbols import PLAIN, Symbols, latex_number
from gradcli.latex.widths import width
from gradcli.latex.words import CODE, SPECIAL, as_text, in_ascii, upright, worded
from gradcli.operators.records import Operator
from gradcli.report.blocks import Column, Equations, Part, Sentence, Table, Title, Value
from gradcli.report.cells import Cell, Line, Mathematics
from gradcli.report.fitting import Lines, chosen, laid_out, measured
from gradcli.report.notation import NOT_EVALUATED, Notation
from gradcli.report.output import Output, Report
from gradcli.report.writer import Writer as BlockWriter
from gradcli.text import Settled

if TYPE_CHECKING:
    from gradcli.arrays.grids import Grid
    from gradcli.graph.arrays import Shape

# Lines of a table, of which no page has so many, and lines of a cell that stand together on a page: a line has up to
# three of text, as formulas have fractions and are broken.
PAGE, CELL = 20, 8
# Letters of LaTeX in a first column's cell that may be too wide for a line, some 12 of them for each break; the part of
# the line that such a column has.
LONG_NAME, NAMES = 100, 0.5
LINE, PADDING = 455.0, 12.0  # points of a line on A4 with margins of 25 mm, and between two columns
# A document of its own. What is not all of ASCII is set by LuaLaTeX, which is what editors read the first line for.
MAGIC = "% !TEX program = lualatex\n"
HEAD = r"""\documentclass[a4paper]{article}
\usepackage[margin=15mm,bottom=20mm]{geometry}
\usepackage{amsmath,longtable}
"""
JAPANESE = "\\usepackage{luatexja}\n"
# What begins a page where there is no room left for so many lines, so that no heading stands alone at its end: a
# longtable may begin on the next page whatever stands before it.
_STAYS = r"\par\ifinner\else\ifdim\dimexpr\pagegoal-\pagetotal\relax<{}\baselineskip\newpage\fi\fi"
_PART_LINES, _TITLE_LINES = 15, 9
_SPACED = "{\\renewcommand{\\arraystretch}{1.2}"  # keeps letters off the lines of the table
_STRUT = r"\rule[-1.4ex]{0pt}{4.4ex}"  # keeps fractions off the lines of the table
_PART = r"p{{\dimexpr {}\linewidth-2\tabcolsep\relax}}"
# A formula on a line of its own, with a little space above and below it.
_FREE = r"$\vcenter{{\vskip 3pt\hbox{{\(\displaystyle {}\)}}\vskip 3pt}}$"
_NEXT = " \\tabularnewline*\n"  # a row that stays on the page
_SMALL = r"\mbox{{\scriptsize\(\arraycolsep2pt {}\)}}"
_VIEW = re.compile(r"^\[|[.(:…]")  # in the text of what has no name of its own, as X.T, X[:2], [a, b]
_ANY = SPECIAL | {ord("$"): r"\$"}
_TYPEWRITER = SPECIAL | {ord(c): c for c in "<>|"}


class LatexNotation(Notation):
    """Signs in math mode. Formulas stand between dollars, which nothing that gradcli says has."""

    symbols: Symbols = PLAIN
    dot: str = r" \cdot "
    times: str = r" \times "
    each: str = r"\odot"
    approximately: str = r"\approx"
    plus_minus: str = r" \pm "
    gap: str = r"\underline{\hspace{3em}}\rule[-.6ex]{0pt}{3ex}"
    blank: str = r"\underline{\hspace{2em}}\rule[-.8ex]{0pt}{4.4ex}"
    room: str = r"$\rule{0pt}{3.2ex}$"
    breaks: bool = False

    def text(self, text: str) -> str:
        """As it is: it is escaped when the whole line is known."""
        return text

    def code(self, text: str) -> str:
        """Typewriter, whose fonts have some signs without mathematics."""
        return self.math(f"\\mbox{{\\texttt{{{as_text(text, _TYPEWRITER)}}}}}")

    def math(self, text: str) -> str:
        """Math mode."""
        return f"${text}$"

    def name(self, name: str) -> str:
        r"""A variable or node: x_{1}, \theta; a view of an array as what it is, W^{\top}."""
        if not _VIEW.search(name):
            return self.symbols.name(name)
        return self.upright(self.text(name)) if NOT_EVALUATED in name else self.expression(name)

    def numeral(self, text: str) -> str:
        """A number, with a power of ten where it has an exponent."""
        return latex_number(text)

    def upright(self, text: str) -> str:
        """Words in the font of the text."""
        return upright(text)

    def expression(
        self, text: str, conditions: Collection[str] = (), arrays: "Mapping[str, Shape]" = MappingProxyType({})
    ) -> str:
        """An expression, or equations."""
        return formulas.expression(text, conditions, self.symbols, arrays)

    def formula(self, text: str) -> str:
        """An expression, in which derivatives may stand too."""
        return self.math(derivatives.with_derivatives(text, self.expression, self.symbols))

    def local(self, text: str) -> str:
        """An expression, whose products have their dots."""
        return self.expression(text)

    def fenced(self, text: str) -> str:
        """In parentheses as high as it is."""
        return rf"\left({text}\right)"

    def definition(self, name: str, operator: Operator, arguments: Sequence[str]) -> str:
        """A node's operation over the names of its arguments, of which constants are numbers."""
        operands = [
            self.name(x) if _VIEW.search(x) and not x[-1].isdigit() else formulas.name_or_number(x, self.symbols)
            for x in arguments
        ]
        return f"{self.symbols.name(name)} = {formulas.operation(operator, operands, symbols=self.symbols)}"

    def operation(self, operator: Operator, values: Sequence[float | bool | Settled]) -> str:
        """An operation over numbers and words."""
        operands = [self.operand(value) for value in values]
        operands += [r"\dots"] * (len(operator.parameters) - len(operands))
        return formulas.operation(operator, operands, True, self.symbols)

    def derivative(self, of: str, by: Sequence[str]) -> str:
        """A fraction."""
        if _VIEW.search(by[0]):
            return rf"\frac{{\partial {self.name(of)}}}{{\partial {self.name(by[0])}}}"
        return derivatives.derivative(of, by, self.symbols)

    def equal(self, text: str) -> str:
        r"""(= …), in parentheses as high as the fraction; unlike \left( these may be broken to the next line."""
        return rf" \allowbreak\bigl(= {text}\bigr)"

    def part_of(self, text: str) -> str:
        """(part of …): the words upright."""
        words = "".join(worded("part-of", self.language, {"whole": rf"\allowbreak {text}"}))
        return rf" \allowbreak\bigl({words}\bigr)"

    def signs(self, text: str) -> str:
        """Words are upright."""
        return super().signs(re.sub("[a-z]{2,}", r"\\mathrm{\g<0>}", text))

    def transposed(self, text: str) -> str:
        r"""W^{\top}."""
        return rf"{text}^{{\top}}"

    def shape(self, shape: Sequence[int]) -> str:
        r"""2 \times 3."""
        return self.times.join(map(str, shape))

    def array(
        self, values: Sequence[Any], shape: Sequence[int], ends: tuple[int, int] | None = None
    ) -> tuple[str, bool]:
        """In parentheses."""
        from gradcli.latex.matrices import in_latex

        grid = self.grid(values, shape, ends=ends)
        return in_latex(grid, self._element), grid.is_exact

    def matrices(self, parts: "Sequence[Grid | str]") -> list[str]:
        """Matrices, and the signs between them, as one formula."""
        from gradcli.latex.matrices import in_latex

        return [self.math(" ".join(x if isinstance(x, str) else in_latex(x, self._element) for x in parts))]

    def crowded(self, parts: "Sequence[Grid | str]") -> str:
        """The same, with matrices in small letters and closer columns."""
        from gradcli.latex.matrices import in_latex

        small = (x if isinstance(x, str) else _SMALL.format(in_latex(x, self._element)) for x in parts)
        return self.math(" ".join(small))

    def _element(self, text: str) -> str:
        if text == self.blank:
            return text
        is_number = text.strip("-")[:1].isdigit() or text.strip("-") in ("inf", "nan")
        return self.numeral(text) if is_number else self.upright(self.text(text))

    def factor(self, number: str) -> str:
        """A power of ten stands in parentheses too."""
        return formulas.factor(formulas.atom(number))

    def term(self, number: str) -> str:
        """So it does in a sum."""
        return self.factor(number)


class Writer(BlockWriter):
    """Writes LaTeX to a stream. What stands outside of formulas is text, and is escaped; where the stream has ASCII
    alone, letters have TeX's notation.
    """

    _is_noted = False  # what the equations need

    def __init__(self, output: Output) -> None:
        super().__init__(output)
        self._is_ascii = output.characters.letters == "ascii"

    def notation_for(self, output: Output) -> Notation:
        """Math mode, whatever the stream's encoding."""
        return LatexNotation(output.language, symbols=Symbols(output.language))

    def write(self, report: Report) -> None:
        """The blocks, or around them a whole document."""
        if not report.title:
            super().write(report)
            return
        stream, self.stream = self.stream, StringIO()
        super().write(report)
        text = self.stream.getvalue()
        is_latin = text.isascii() and CODE not in text
        stream.write(f"{HEAD if is_latin else MAGIC + HEAD + JAPANESE}\\begin{{document}}\n{text}\\end{{document}}\n")

    def _put(self, text: str) -> None:
        self.stream.write(in_ascii(text) if self._is_ascii else text)

    def part(self, block: Part) -> None:
        """A section, on a page of its own if it begins one."""
        page = "\\clearpage" if block.begins_page else _STAYS.format(_PART_LINES)
        words = self.titled(block, escaped(block.fact.written(self.notation)), lambda text: as_text(text, _ANY))
        self._put(f"{page}\n\\section*{{{words}}}\n")

    def title(self, block: Title) -> None:
        """A line in bold, which stays with what follows."""
        words = escaped(self.notation.words(block.code))
        self._put(
            f"{_STAYS.format(_TITLE_LINES)}\n\\medskip\\noindent\\textbf{{{words}}}\\par\\nopagebreak\\smallskip\n"
        )

    def sentence(self, block: Sentence) -> None:
        """A line of text."""
        self._put(f"{{\\raggedright\\noindent {escaped(block.fact.written(self.notation))}\\par}}\n\n")

    def value(self, block: Value) -> None:
        """A line with a formula."""
        self._put(f"{{\\raggedright\\noindent ${' = '.join(block.equation.sides(self.notation))}$\\par}}\n\n")

    def equations(self, block: Equations) -> None:
        """One `align*`."""
        if block.equations:
            if not self._is_noted:
                self._put(f"% {self.notation.words('code.amsmath')}\n")
                self._is_noted = True
            self._put(derivatives.aligned([equation.sides(self.notation) for equation in block.equations]))

    def table(self, block: Table) -> None:
        """A tabular, or a longtable if it may be higher than a page; what stands below each other in a cell is so here.

        Where the columns have parts of the line, cells are broken to these; so are those of a first column of names
        that are too long for a line.
        """
        columns, has_parts = block.columns, any(column.part for column in block.columns)
        if not has_parts and any(len("".join(self._parts(row[0]))) > LONG_NAME for row in block.rows()):
            columns, has_parts = (columns[0]._replace(part=NAMES), *columns[1:]), True
        heights = accumulate(max(len(self._parts(cell)) for cell in row) for row in block.rows())
        environment = "longtable" if any(height > PAGE for height in heights) else "tabular"
        widths, rooms = _widths(columns), self._rooms(columns, block)
        head = " & ".join(escaped(self.heading(column)) for column in columns)
        begin = "" if environment == "longtable" else "\\nopagebreak\\smallskip\\noindent"
        end = "\\endhead\n" if environment == "longtable" else ""
        self._put(
            f"{begin}{_SPACED}\\begin{{{environment}}}{{{''.join(widths)}}}\n\\hline\n{head} \\\\\n\\hline\n{end}"
        )
        for row in block.rows():
            for line in self._row(row, columns, rooms):
                self._put(line)
            self._put("\\hline\n")
        self._put(f"\\end{{{environment}}}}}\\smallskip\n\n")

    def _row(self, row: Sequence[Cell], columns: Sequence[Column], rooms: Sequence[float]) -> Iterator[str]:
        """The lines of a row."""
        cells = [self._parts(cell, room) for cell, room in zip(row, rooms, strict=True)]
        if not any(column.part for column in columns):
            yield from _row_of_lines(cells)
            return
        if isinstance(row[0], Mathematics):  # nodes, which the rows of traces begin with, find room themselves
            cells = [[fitted(line, room) for line in lines] for lines, room in zip(cells, rooms, strict=True)]
            if above := self._above(row[0], columns, rooms[0]):
                yield above
                cells[0] = []
        yield from _broken_row(cells, columns)

    def _rooms(self, columns: Sequence[Column], block: Table) -> Sequence[float]:
        """How many points the cells of each column have: their parts of the line, or what the other columns leave."""
        rooms = [LINE * width - PADDING if width else inf for width in _shares(columns)]
        if inf not in rooms or not any(
            len(part) > 1 for row in block.rows() for cell in row for part in self._all(cell)
        ):
            return rooms
        least = [
            width(self.heading(column)) if room is inf else int(room)
            for column, room in zip(columns, rooms, strict=True)
        ]
        found = measured(least, (list(map(self._all, row)) for row in block.rows()), width)
        layout = laid_out(found, int(LINE - PADDING * len(columns)))
        return layout.widths if layout else found.least_one

    def _above(self, cell: Mathematics, columns: Sequence[Column], room: float) -> str:
        """A formula that its own column has no room for, above the rest of its row across all columns."""
        whole, share = cell.inside(self.notation), sum(_shares(columns))
        if is_breakable(whole, room):
            return ""
        lines = " \\newline\n".join(_FREE.format(line) for line in broken(whole, LINE * share - PADDING))
        return f"\\multicolumn{{{len(columns)}}}{{{_PART.format(f'{share:.3g}')}}}{{\\raggedright {lines}}}{_NEXT}"

    def _all(self, cell: Cell) -> "list[Sequence[Lines]]":
        """The facts of a cell, each in its lines and in those for less room; no line has two parts."""
        return [[_apart(lines) for lines in part] for part in cell.parts(self.notation, in_block=True)]

    def _parts(self, cell: Cell, room: float = inf) -> list[str]:
        """What stands below each other in a cell, with so many points of room."""
        parts = (escaped(line.head) for line in chosen(self._all(cell), room, measure=width))
        return [part + _STRUT if r"\frac" in part else part for part in parts]


def _apart(lines: Lines) -> Lines:
    """Lines of which each has one part."""
    return [Line(part, is_whole=line.is_whole) for line in lines for part in (line.head, line.tail) if part]


def _row_of_lines(cells: Sequence[Sequence[str]]) -> Iterator[str]:
    """The text of a row, in rows of its own for all that stands below each other in its cells."""
    for texts in zip_longest(*cells, fillvalue=""):
        yield f"{' & '.join(texts)} \\\\\n"


def _broken_row(cells: Sequence[Sequence[str]], columns: Sequence[Column]) -> Iterator[str]:
    """The text of a row whose cells have several lines, in several rows where they would be too high for a page."""
    for pieces in zip_longest(*(_batched(lines, CELL) for lines in cells), fillvalue=()):
        texts = (" \\newline\n".join(lines) for lines in pieces)
        sides = ("\\raggedleft" if column.right else "\\raggedright" for column in columns)
        joined = " &\n".join(f"{side} {text}" if text else "" for side, text in zip(sides, texts, strict=True))
        yield f"{joined} \\tabularnewline\n"


def _widths(columns: Sequence[Column]) -> list[str]:
    """How `tabular` has the columns: their parts of the line, and a line before each that is to be written in."""
    return [
        f"{'|' if column.room else ''}{_PART.format(f'{share:.3g}')}" if share else "r" if column.right else "l"
        for column, share in zip(columns, _shares(columns), strict=True)
    ]


def _shares(columns: Sequence[Column]) -> list[float]:
    """The parts of the line that columns have, if any."""
    whole = max(1.0, sum(column.part for column in columns))
    return [column.part / whole for column in columns]


def _batched(texts: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    """The texts, so many at a time."""
    return (texts[start : start + size] for start in range(0, len(texts), size))


def escaped(text: str) -> str:
    """Text with formulas between dollars: what stands outside of them is escaped."""
    pieces = text.split("$")
    return "$".join(piece if place % 2 else as_text(piece) for place, piece in enumerate(pieces))

r"""LaTeX for notes and slides: plain `tabular`, formulas in math mode. Only `align*` needs amsmath."""

from collections.abc import Collection, Sequence
from itertools import zip_longest

from gradcli.latex import derivatives, formulas
from gradcli.latex.symbols import latex_name, latex_number
from gradcli.latex.words import SPECIAL, upright, worded
from gradcli.operators.records import Operator
from gradcli.report.blocks import Equations, Sentence, Table, Title, Value
from gradcli.report.cells import Cell
from gradcli.report.notation import Notation
from gradcli.report.output import Output
from gradcli.report.writer import Writer as BlockWriter
from gradcli.text import Settled

_TYPEWRITER = SPECIAL | {ord(c): c for c in "<>|"}


class LatexNotation(Notation):
    """Signs in math mode. Formulas stand between dollars, which nothing that gradcli says has."""

    dot: str = r" \cdot "
    times: str = r" \times "
    approximately: str = r"\approx"
    plus_minus: str = r" \pm "

    def text(self, text: str) -> str:
        """As it is: it is escaped when the whole line is known."""
        return text

    def code(self, text: str) -> str:
        """Typewriter, whose fonts have some signs without mathematics, and others make one dash of two."""
        return self.math(f"\\mbox{{\\texttt{{{text.translate(_TYPEWRITER).replace('--', '-{}-')}}}}}")

    def math(self, text: str) -> str:
        """Math mode."""
        return f"${text}$"

    def name(self, name: str) -> str:
        r"""A variable or node: x_{1}, \theta."""
        return latex_name(name)

    def numeral(self, text: str) -> str:
        """A number, with a power of ten where it has an exponent."""
        return latex_number(text)

    def upright(self, text: str) -> str:
        """Words in the font of the text."""
        return upright(text)

    def expression(self, text: str, conditions: Collection[str] = ()) -> str:
        """An expression, or equations."""
        return formulas.expression(text, conditions, self.language)

    def local(self, text: str) -> str:
        """An expression, whose products have their dots."""
        return self.expression(text)

    def definition(self, name: str, operator: Operator, arguments: Sequence[str]) -> str:
        """A node's operation over the names of its arguments, of which constants are numbers."""
        operands = list(map(formulas.name_or_number, arguments))
        return f"{latex_name(name)} = {formulas.operation(operator, operands, language=self.language)}"

    def operation(self, operator: Operator, values: Sequence[float | bool | Settled]) -> str:
        """An operation over numbers and words."""
        operands = [self.operand(value) for value in values]
        operands += [r"\dots"] * (len(operator.parameters) - len(operands))
        return formulas.operation(operator, operands, True, self.language)

    def derivative(self, of: str, by: Sequence[str]) -> str:
        """A fraction."""
        return derivatives.derivative(of, by)

    def equal(self, text: str) -> str:
        """(= …), in parentheses as high as the fraction."""
        return rf" \left(= {text}\right)"

    def part_of(self, text: str) -> str:
        """(part of …): the words upright."""
        return rf" \left({''.join(worded('part-of', self.language, {'whole': text}))}\right)"

    def factor(self, number: str) -> str:
        """A power of ten stands in parentheses too."""
        return formulas.factor(formulas.atom(number))


class Writer(BlockWriter):
    """Writes LaTeX to a stream. What stands outside of formulas is text, and is escaped."""

    def notation_for(self, output: Output) -> Notation:
        """Math mode, whatever the stream's encoding."""
        return LatexNotation(output.language)

    def title(self, block: Title) -> None:
        """A paragraph in bold."""
        self.stream.write(f"\\paragraph{{{escaped(self.notation.words(block.code))}}}\n")

    def sentence(self, block: Sentence) -> None:
        """A line of text."""
        self.stream.write(f"{escaped(block.fact.written(self.notation))}\n\n")

    def value(self, block: Value) -> None:
        """A line with a formula."""
        self.stream.write(f"${' = '.join(block.equation.sides(self.notation))}$\n\n")

    def equations(self, block: Equations) -> None:
        """One `align*`."""
        if block.equations:
            self.stream.write(derivatives.aligned([equation.sides(self.notation) for equation in block.equations]))

    def table(self, block: Table) -> None:
        """A tabular; each part of a cell's lines has a row of its own, so that slides are wide enough."""
        alignment = "".join("r" if column.right else "l" for column in block.columns)
        head = " & ".join(escaped(self.heading(column)) for column in block.columns)
        self.stream.write(f"\\begin{{tabular}}{{{alignment}}}\n\\hline\n{head} \\\\\n\\hline\n")
        for row in block.rows():
            for texts in zip_longest(*map(self._parts, row), fillvalue=""):
                self.stream.write(f"{' & '.join(texts)} \\\\\n")
            self.stream.write("\\hline\n")
        self.stream.write("\\end{tabular}\n\n")

    def _parts(self, cell: Cell) -> list[str]:
        """What stands below each other in a cell."""
        lines = cell.lines(self.notation)
        return [escaped(part) for line in lines for part in (line.head, line.tail) if part]


def escaped(text: str) -> str:
    """Text with formulas between dollars: what stands outside of them is escaped."""
    pieces = text.split("$")
    return "$".join(piece if place % 2 else piece.translate(SPECIAL) for place, piece in enumerate(pieces))

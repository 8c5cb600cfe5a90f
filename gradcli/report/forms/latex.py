r"""LaTeX tables for notes and slides: plain `tabular`, formulas in math mode, no packages needed."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TextIO

from gradcli.latex.names import latex_name
from gradcli.latex.numbers import latex_number
from gradcli.operators.table import CONSTANTS, FUNCTIONS, is_reserved
from gradcli.report.forms.notation import Notation
from gradcli.report.forms.writer import Rows
from gradcli.text import rounded
from gradcli.words import catalogue as words

_OWN = frozenset(("exp", "log", "sin", "cos", "tan", "sinh", "cosh", "tanh", "min", "max"))  # commands of LaTeX
_SIGNS = {
    "*": r" \cdot ", "×": r" \times ", "<=": r" \le ", ">=": r" \ge ", "!=": r" \ne ", "==": " = ", "and": r" \wedge ",
    "or": r" \vee ", "not": r"\neg ", "…": r"\dots ",
}  # fmt: skip
_DIGITS = r"\d[\d.]*(?:e-?\d+)?"
_TOKENS = re.compile(
    rf"\^\(([^()]*)\)|\^(-?(?:{_DIGITS}|\w+))| *(?:<=|>=|!=|==|[*×]) *|{_DIGITS}|[^\W\d]\w*|.", re.DOTALL
)
_NUMBER = re.compile(r"-?[0-9][0-9.]*(?:e-?[0-9]+)?")
_SPECIAL = str.maketrans(
    {c: f"\\{c}" for c in "#%&_{}"}
    | {c: f"${c}$" for c in "<>"}
    | {
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        "\\": r"\textbackslash{}",
        "∂": r"$\partial$",
        "…": r"\dots{}",
    }
)


@dataclass(frozen=True, slots=True)
class LatexNotation(Notation):
    """Signs in math mode."""

    partial: str = r"\frac{{\partial {}}}{{\partial {}}}"
    dot: str = r" \cdot "
    times: str = r" \times "
    approximately: str = r"\approx"

    def math(self, text: str) -> str:
        """Math mode."""
        return f"${text}$"

    def equal(self, text: str) -> str:
        """(= …), in parentheses as high as the fraction."""
        return rf" \left(= {text}\right)"

    def part_of(self, text: str, language: str) -> str:
        """(part of …): the words upright."""
        before, _, after = words.part_of("@", language).partition("@")
        return rf" \left(\mbox{{{before}}} {text} \mbox{{{after}}}\right)"

    def name(self, name: str) -> str:
        r"""A variable or node: x_{1}, \theta."""
        return latex_name(name)

    def expression(self, text: str) -> str:
        """An expression, token by token."""
        return latex_expression(text)

    def word(self, word: str) -> str:
        """A word, upright."""
        return f"\\mbox{{{word}}}"

    def number(self, value: float) -> tuple[str, bool]:
        """A number, with a power of ten where it has an exponent."""
        text, exact = rounded(value)
        return latex_number(text), exact

    def factor(self, number: str) -> str:
        """A number as a factor: a power of ten stands in parentheses."""
        return f"({number})" if number.startswith("-") or "times" in number else number


def latex_expression(text: str) -> str:
    """An operation over names and numbers (`s = a*x`, `p < 0: takes 0.1*p`) in math mode; words stay upright."""
    return "".join(map(_token, _TOKENS.finditer(text)))


def _token(match: re.Match[str]) -> str:
    token, exponent = match.group().strip() or " ", match.group(1) or match.group(2)
    if exponent:
        return f"^{{{latex_expression(exponent)}}}"
    if token in _SIGNS:
        return _SIGNS[token]
    if token[0].isdigit():
        number = latex_number(token)
        return f"({number})" if "^" in number and match.string[match.end() :].startswith("^") else number
    if token in FUNCTIONS and (is_reserved(token) or match.string.startswith("(", match.end())):
        escaped = token.replace("_", r"\_")
        return f"\\{token}" if token in _OWN else f"\\mathrm{{{escaped}}}"
    if token in CONSTANTS:
        return latex_name(token)
    return latex_name(token) if token[0].isalpha() or token[0] == "_" else token


class LatexWriter:
    """Writes LaTeX to a stream. Formulas come in dollars; what stands outside of them is text, and is escaped."""

    notation = LatexNotation()

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream

    def title(self, text: str) -> None:
        """A paragraph in bold."""
        self.stream.write(f"\\paragraph{{{latex_text(text)}}}\n")

    def line(self, text: str) -> None:
        """A line of text."""
        self.stream.write(f"{latex_text(text)}\n\n")

    def equation(self, name: str, value: str) -> None:
        """A line with a formula."""
        shown = latex_number(value) if _NUMBER.fullmatch(value) else f"\\mbox{{{value}}}"
        self.stream.write(f"${latex_name(name)} = {shown}$\n\n")

    def table(self, headers: Sequence[str], rows: Rows, right: Sequence[int] = ()) -> None:
        """A tabular; each part of a cell's lines has a row of its own, so that slides are wide enough."""
        columns = "".join("r" if column in right else "l" for column in range(len(headers)))
        head = " & ".join(map(latex_text, headers))
        self.stream.write(f"\\begin{{tabular}}{{{columns}}}\n\\hline\n{head} \\\\\n\\hline\n")
        for row in rows():
            parts = [[part for line in cell for part in (line.head, line.tail) if part] for cell in row]
            for line in range(max(map(len, parts))):
                written = [latex_text(cell[line]) if line < len(cell) else "" for cell in parts]
                self.stream.write(f"{' & '.join(written)} \\\\\n")
            self.stream.write("\\hline\n")
        self.stream.write("\\end{tabular}\n\n")


def latex_text(text: str) -> str:
    """Text with formulas in dollars: what stands between the formulas is escaped; a number alone is a formula."""
    if _NUMBER.fullmatch(text):
        return f"${latex_number(text)}$"
    pieces = text.split("$")
    return "$".join(piece if place % 2 else piece.translate(_SPECIAL) for place, piece in enumerate(pieces))

r"""LaTeX tables for notes and slides: plain `tabular`, formulas in math mode, no packages needed."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TextIO

from gradcli.operators import CONSTANTS, FUNCTIONS
from gradcli.report.cells import Line
from gradcli.report.notation import Notation
from gradcli.report.writer import Rows

# fmt: off
_GREEK = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "varepsilon", "ζ": "zeta", "η": "eta", "θ": "theta",
    "ι": "iota", "κ": "kappa", "λ": "lambda", "μ": "mu", "ν": "nu", "ξ": "xi", "π": "pi", "ρ": "rho", "σ": "sigma",
    "τ": "tau", "υ": "upsilon", "φ": "varphi", "χ": "chi", "ψ": "psi", "ω": "omega", "Γ": "Gamma", "Δ": "Delta",
    "Θ": "Theta", "Λ": "Lambda", "Ξ": "Xi", "Π": "Pi", "Σ": "Sigma", "Υ": "Upsilon", "Φ": "Phi", "Ψ": "Psi",
    "Ω": "Omega",
}
# fmt: on
_OWN = frozenset(("exp", "log", "sin", "cos", "tan", "sinh", "cosh", "tanh", "min", "max"))  # commands of LaTeX
_SIGNS = {
    "*": r" \cdot ", "×": r"\times", "<=": r" \le ", ">=": r" \ge ", "!=": r" \ne ", "==": " = ", "and": r" \wedge ",
    "or": r" \vee ", "not": r"\neg ",
}  # fmt: skip
_DIGITS = r"\d[\d.]*(?:e-?\d+)?"
_TOKENS = re.compile(rf"\^\(?(-?(?:{_DIGITS}|\w+))\)?|<=|>=|!=|==|{_DIGITS}|[^\W\d]\w*|.", re.DOTALL)
_NUMBER = re.compile(r"-?[0-9][0-9.]*(?:e-?[0-9]+)?")
# Words that stand between formulas in what a node says of its branch.
_WORDS = frozenset(("takes", "is", "true", "false", "open", "closed", "をとる", "は真", "は偽", "開", "閉"))
_SPECIAL = str.maketrans({c: f"\\{c}" for c in "#$%&_{}"} | {"~": r"\textasciitilde{}", "^": r"\textasciicircum{}"})


@dataclass(frozen=True, slots=True)
class LatexNotation(Notation):
    """Signs in math mode."""

    partial: str = r"\frac{{\partial {}}}{{\partial {}}}"
    dot: str = r" \cdot "
    times: str = r" \times "
    approximately: str = r"\approx"
    equality: str = r" \left(= {}\right)"

    def name(self, name: str) -> str:
        """A variable in a formula."""
        return latex_name(name)

    def inline(self, name: str) -> str:
        """A variable in math mode."""
        return f"${latex_name(name)}$"

    def expression(self, text: str) -> str:
        """A definition, token by token."""
        return latex_expression(text)

    def number(self, value: float) -> tuple[str, bool]:
        """A number, with a power of ten where it has an exponent."""
        text, exact = Notation.number(self, value)
        return latex_number(text), exact


def latex_name(name: str) -> str:
    r"""A name in math mode: `x1` is x_{1}, `θ` is \theta, `apple` is \mathit{apple}."""
    stem = name.rstrip("0123456789")
    digits = name[len(stem) :]
    index = f"_{{{digits}}}" if digits else ""
    stem = stem.removesuffix("_") if digits and len(stem) > 1 else stem
    if stem in _GREEK:
        return f"\\{_GREEK[stem]}{index}"
    if len(stem) == 1 and stem != "_":
        return stem + index
    return f"\\mathit{{{stem.translate(_SPECIAL)}}}{index}"


def latex_number(text: str) -> str:
    r"""`1e-9` is 1 \times 10^{-9}."""
    mantissa, e, exponent = text.partition("e")
    if text in ("inf", "-inf"):
        return text.replace("inf", r"\infty")
    if text == "nan":
        return r"\mathrm{nan}"
    return f"{mantissa} \\times 10^{{{int(exponent)}}}" if e else text


def latex_expression(text: str) -> str:
    """An operation over names and numbers (`s = a*x`, `p < 0: takes 0.1*p`) in math mode; words stay upright."""
    return "".join(map(_token, _TOKENS.finditer(text)))


def _token(match: re.Match[str]) -> str:
    token, exponent = match.group(), match.group(1)
    if exponent:
        return f"^{{{latex_expression(exponent)}}}"
    if token in _WORDS:
        return f"\\mbox{{ {token} }}"
    if token in _SIGNS:
        return _SIGNS[token]
    if token[0].isdigit():
        number = latex_number(token)
        return f"({number})" if "^" in number and match.string[match.end() :].startswith("^") else number
    if token in FUNCTIONS:
        escaped = token.replace("_", r"\_")
        return f"\\{token}" if token in _OWN else f"\\operatorname{{{escaped}}}"
    if token in CONSTANTS:
        return {"pi": r"\pi", "tau": r"\tau"}.get(token, r"\mathrm{e}")
    return latex_name(token) if token[0].isalpha() or token[0] == "_" else token


class LatexWriter:
    """Writes LaTeX to a stream. What is not a formula stands outside of math mode."""

    notation = LatexNotation()

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream

    def title(self, text: str) -> None:
        """A paragraph in bold."""
        self.stream.write(f"\\paragraph{{{text.translate(_SPECIAL)}}}\n")

    def line(self, text: str) -> None:
        """A line of text."""
        self.stream.write(f"{text.translate(_SPECIAL)}\n\n")

    def equation(self, name: str, value: str) -> None:
        """A line with a formula."""
        shown = latex_number(value) if _NUMBER.fullmatch(value) else f"\\mbox{{{value}}}"
        self.stream.write(f"${latex_name(name)} = {shown}$\n\n")

    def table(self, headers: Sequence[str], rows: Rows, right: Sequence[int] = ()) -> None:
        """A tabular; a cell with several lines takes several rows."""
        columns = "".join("r" if column in right else "l" for column in range(len(headers)))
        self.stream.write(f"\\begin{{tabular}}{{{columns}}}\n\\hline\n{' & '.join(headers)} \\\\\n\\hline\n")
        for row in rows():
            for line in range(max(map(len, row))):
                parts = [_math(cell[line]) if line < len(cell) else "" for cell in row]
                self.stream.write(f"{' & '.join(parts)} \\\\\n")
            self.stream.write("\\hline\n")
        self.stream.write("\\end{tabular}\n")


def _math(line: Line) -> str:
    """A line of a cell: formulas and numbers in dollars, labels and words as they are."""
    if line.is_label:
        return f"{line.head} ${line.tail}$"
    text = line.joined
    if _NUMBER.fullmatch(text):
        return f"${latex_number(text)}$"
    return f"${text}$" if ("=" in text or r"\approx" in text) and "$" not in text else text

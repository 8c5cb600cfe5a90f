r"""Lines over arrays as books, LaTeX, MATLAB, Julia and R have them: `xᵀAx`, `\mathbf{W}^\top x`, `‖x‖`, `[1 2; 3 4]`.

Letters say there what a name is: small ones are vectors, which stand as columns, capitals matrices, Greek ones mostly
numbers.
So `x xᵀ` is a matrix and `xᵀx` a number, and a product of them has the sign that it has in gradcli.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple
from unicodedata import name as name_of
from unicodedata import normalize

from gradcli.language.characters import SUPERSCRIPTS
from gradcli.language.grouping import GREEK
from gradcli.language.names import is_of_matrix
from gradcli.operators.arrays import ARRAY_FUNCTIONS
from gradcli.operators.table import FUNCTIONS

_T = r"(?:\\top|\\intercal|⊤|T|\\math(?:sf|rm)\s*\{\s*T\s*\})"
_TRANSPOSE = (
    rf"\^\s*(?:\{{\s*{_T}\s*\}}|\\(?:top|intercal)(?![a-zA-Z])|⊤|T(?![a-z_0-9])|T(?=[a-z]\b))|[ᵀ⊤]"
    r"|(?<=[A-Z\]])\.?'(?!\s*\()|(?<=[\w)])\.?'(?=\s*\*)"
)
_PART = r"\[[^\[\]]*;[^\[\]]*\]|\[\s*[-+]?[0-9.]+(?:\s+[-+]?[0-9.]+)+\s*\]"  # rows of MATLAB's, numbers without commas
_BAR = r"‖|(?<![\w)\]])(?<![\w)\]]\s)\|\||(?<=[\w)\]])\s?\|\||\\[lr]Vert(?![a-zA-Z])|\\\|"
_MATRIX = r"\\begin\s*\{(?P<kind>[pbBvV]?(?:small)?matrix)\}(?P<inside>.*?)\\end\s*\{(?P=kind)\}"
_COMPARES = r"[^][(){}]*[<>≤≥][^][(){}]*"
_INDICATOR = rf"(?<![\w.])[1𝟙𝟏]\s*(?:_\s*)?(?:\[({_COMPARES})\]|\{{({_COMPARES})\}})"  # 1[H > 0], 1_{H > 0}
_SIGN = re.compile(
    rf"{_TRANSPOSE}|{_PART}|{_MATRIX}|(?:‖|\\lVert|\\\||(?:^|[-+*/(=,])\s*\|\|)[^|‖]+(?:{_BAR})|[⊙∘⊗⟨]|\\(?:odot|langle)"
    r"|%[*o]%|[\w)\]]\s*\.[*/^]|[^\W\d]\.\("
)
_OF_MATRICES = re.compile(rf"{_TRANSPOSE}|{_PART}|[\w)\]]\s*\.[*/^]|[^\W\d]\.\(")  # where `*` is a product of matrices
# How a line is spelled, in order, and what stands for that.
_SPELLINGS = [
    (r"\\(?:math(?:bf|rm|it|sf|bb)|boldsymbol|bm|vec|operatorname\*?|text)\s*\{\s*([^{}]*?)\s*\}", r" \1 "),
    (r"\\(?:left|right|[bB]ig[lr]?|quad)(?![a-zA-Z])|\\[,;:!()\[\]]|\$|~", " "),
    (_TRANSPOSE, "ᵀ"),
    (r"\\(?:leq?(?:slant)?)(?![a-zA-Z])", "≤"),
    (r"\\(?:geq?(?:slant)?)(?![a-zA-Z])", "≥"),
    (_INDICATOR, r" (\1\2) "),
    (_BAR, "‖"),
    ("−", "-"),
    ("½", " (1/2) "),
    (r"(?<![\w.)])([0-9]+\s*/\s*[0-9]+)\s+(?=[^\W\d]|[‖(\\])", r"(\1) "),
    (r"‖([^‖]+)‖(?:\s*_\s*\{?\s*[2F]\s*\}?|₂|(?!\s*[_₁]))", r" norm(\1) "),
    (r"‖([^‖]+)‖(?:\s*_\s*\{?\s*1\s*\}?|₁)", r" sum(abs(\1)) "),
    (r"‖([^‖]+)‖\s*_\s*\{?\s*(?:\\infty|∞)\s*\}?", r" max(abs(\1)) "),
    (r"(?:\\langle|⟨)([^⟨⟩,]+),([^⟨⟩,]+?)(?:\\rangle|⟩)", r" dot(\1,\2) "),
    (r"([^\W\d]\w*)\s*(?:⊗|%o%|\\otimes)\s*([^\W\d]\w*)", r" outer(\1,\2) "),
    (r"\\[dtc]?frac\s*\{([^{}]*)\}\s*\{([^{}]*)\}", r" ((\1)/(\2)) "),
    (r"\\[dtc]?frac\s*([0-9])\s*([0-9])", r" (\1/\2) "),
    (r"%\*%", "@"),
    (r"\\(?:odot|circ)(?![a-zA-Z])|[⊙∘]|(?<=[\w)\]\sᵀ])\.\*", "⊙"),
    (r"(?<=[\w)\]\sᵀ])\.\^", "↑"),
    (r"\\(?:cdot|times)(?![a-zA-Z])|[×⋅]", "·"),
    (r"(?<=[\w)\]\sᵀ])\.(?=[-+/])|(?<=\w)\.(?=\()", ""),
    (r"\^\s*\{([^{}]*)\}", r"^(\1)"),
    (r"\*\*", "^"),
    (rf"\\({'|'.join(sorted(GREEK))})(?![a-zA-Z])", r" \1 "),
    (rf"([{''.join(SUPERSCRIPTS)}]+)", r"^(\1)"),
]
_TOKEN = re.compile(
    r"\s*(?:(?P<number>(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][-+]?[0-9]+)?)|(?P<name>(?!ᵀ)[^\W\d](?:(?!ᵀ)\w)*)"
    r"|(?P<open>[(\[])|(?P<close>[)\]])|(?P<sign>[<>]=|[-+*/^↑,=@·⊙ᵀ<>≤≥]))\s*"
)
_RENAMED = {"tr": "trace", "Tr": "trace", "t": "ᵀ", "transpose": "ᵀ", "ln": "log"}
_NUMBER, _VECTOR, _ROW, _MATRIX_KIND = "number", "vector", "row", "matrix"
_TRANSPOSED = {_VECTOR: _ROW, _ROW: _VECTOR}
_OF_ALL = {"sum", "mean", "norm", "dot", "trace"}  # functions that make a number of arrays
_OF_ONE = {"max", "min", "logsumexp"}  # and of one array
# The sign of a product, and what it is, by what its sides are; of others `*`, and the one on the right.
_PRODUCTS = {
    (_MATRIX_KIND, _VECTOR): ("@", _VECTOR),
    (_MATRIX_KIND, _MATRIX_KIND): ("@", _MATRIX_KIND),
    (_ROW, _MATRIX_KIND): ("@", _ROW),
    (_ROW, _VECTOR): ("@", _NUMBER),
    (_MATRIX_KIND, _ROW): ("@", _VECTOR),
    (_VECTOR, _ROW): ("outer", _MATRIX_KIND),
}


class Factor(NamedTuple):
    """What a product is of: a text of gradcli's language, what it is, and the sign before it."""

    text: str
    kind: str
    sign: str = ""


class _OtherError(Exception):
    """What is not known here."""


def of_mathematics(line: str) -> str:
    """The line in gradcli's language; "" where it has no sign of arrays, or something that is not known here."""
    if not _SIGN.search(line):
        return ""
    star = "·" if _OF_MATRICES.search(line) else "⊙"
    try:
        return "; ".join(_statement(one, star) for one in re.split(r";(?![^\[\]]*\])", line) if one.strip())
    except _OtherError:
        return ""


def _statement(line: str, star: str) -> str:
    line = re.sub(_MATRIX, lambda found: "(" + _rows(found["inside"], r"\\\\", "&") + ")", line)
    line = re.sub(_PART, lambda found: _rows(found[0][1:-1], ";", r"\s*,\s*|\s+"), line)
    for pattern, written in _SPELLINGS:
        line = re.sub(pattern, written, line)
    line = "ᵀ".join(normalize("NFKC", piece) for piece in line.split("ᵀ"))
    return _Reader(line.strip(), star).read()


def _rows(inside: str, between: str, apart: str) -> str:
    """The rows of a matrix as lists; a matrix of one column, or one row of MATLAB's, as a vector."""
    rows = [re.split(apart, row.strip()) for row in re.split(between, inside) if row.strip()]
    if all(len(row) == 1 for row in rows) or (between == ";" and len(rows) == 1):
        return f"[{','.join(one for row in rows for one in row)}]"
    if len({len(row) for row in rows}) != 1:
        raise _OtherError
    return "[" + ",".join(f"[{','.join(row)}]" for row in rows) + "]"


def _named(name: str) -> Factor:
    letter = name[0]
    is_greek = name in GREEK or (len(name) == 1 and name_of(letter, "").startswith("GREEK"))
    return Factor(name, _NUMBER if is_greek else _MATRIX_KIND if is_of_matrix(name) else _VECTOR)


def _transposed(factor: Factor) -> Factor:
    factor = _after_matrix(factor)
    kind = _TRANSPOSED.get(factor.kind, factor.kind)
    return factor if kind == _NUMBER else factor._replace(text=f"{factor.text}.T", kind=kind)


def _after_matrix(factor: Factor) -> Factor:
    """A factor that is no number, as a Greek letter that is transposed, or stands behind a matrix: θᵀx, Xβ."""
    return factor._replace(kind=_VECTOR) if factor.kind == _NUMBER and factor.text.isidentifier() else factor


class _Frame:
    """What is open, a parenthesis, a call or a list: the sum in it, and the product with which that ends."""

    def __init__(self, opening: str = "", function: str = "", sign: str = "") -> None:
        self.opening = opening
        self.function = function
        self.sign = sign  # before all of it
        self.text = ""
        self.kind = _NUMBER
        self.factors: list[Factor] = []

    def end_product(self) -> None:
        """Put the product in its place."""
        if not self.factors:
            raise _OtherError
        whole = _product(self.factors)
        self.text += whole.text
        self.kind = whole.kind if self.kind == _NUMBER else self.kind
        self.factors = []


class _Reader:
    """The tokens of a line, and a stack of what is open."""

    def __init__(self, line: str, star: str) -> None:
        self.line = line
        self.star = star
        self.frames = [_Frame()]
        self.pending = ""  # the sign before the factor that comes

    def read(self) -> str:
        """All of it."""
        place = 0
        while place < len(self.line):
            token = _TOKEN.match(self.line, place)
            kind = token.lastgroup if token else None
            if token is None or kind is None:
                raise _OtherError
            place = token.end()
            getattr(self, kind)(token[kind], self.line[place : place + 1])
        frame = self.frames.pop()
        if self.frames or self.pending:
            raise _OtherError
        frame.end_product()
        return frame.text

    def add(self, factor: Factor) -> None:
        """One more factor, or the exponent of the last one."""
        factors, sign, self.pending = self.frames[-1].factors, self.pending, ""
        if sign[:1] in ("^", "↑"):
            if factors[-1].kind == _MATRIX_KIND and sign[0] == "^":
                raise _OtherError  # a product of matrices
            factors[-1] = factors[-1]._replace(text=f"{factors[-1].text}^{sign[1:]}{factor.text}")
        else:
            factors.append(factor._replace(sign=sign or "·"))

    def number(self, text: str, _: str) -> None:
        """A number."""
        self.add(Factor(text, _NUMBER))

    def name(self, text: str, behind: str) -> None:
        """A function that is called, or a factor; two letters of which the first one is a capital are two."""
        function = _RENAMED.get(text, text)
        if behind == "(" and (function == "ᵀ" or function in FUNCTIONS or function in ARRAY_FUNCTIONS):
            self.push("", function)
            return
        if behind == "(" and (len(text) > 1 or text in "fgh"):
            raise _OtherError
        for one in text if re.fullmatch(r"[A-Z][A-Za-zα-ω]|([a-z])\1", text) else [text]:
            self.add(_named(one))

    def open(self, text: str, _: str) -> None:
        """A parenthesis or a list; the one behind the name of a function is its own."""
        frame = self.frames[-1]
        if frame.function and not frame.opening:
            frame.opening = text
        elif frame.factors and not self.pending and (text == "[" or frame.factors[-1].text.endswith("]")):
            raise _OtherError  # an index, which in MATLAB counts from 1
        else:
            self.push(text)

    def push(self, opening: str, function: str = "") -> None:
        """Something is open."""
        self.frames.append(_Frame(opening, function, self.pending))
        self.pending = ""

    def close(self, text: str, _: str) -> None:
        """Its end."""
        frame = self.frames.pop()
        if not self.frames or self.pending or frame.opening + text not in ("()", "[]"):
            raise _OtherError
        frame.end_product()
        inside, function, self.pending = frame.text, frame.function, frame.sign
        if text == "]":
            self.add(Factor(f"[{inside}]", _MATRIX_KIND if inside.startswith("[") else _VECTOR))
        elif function == "ᵀ":
            self.add(_transposed(Factor(f"({inside})", frame.kind)))
        else:
            is_number = function in _OF_ALL or (function in _OF_ONE and "," not in inside)
            self.add(Factor(f"{function}({inside})", _NUMBER if is_number else frame.kind))

    def sign(self, text: str, _: str) -> None:
        """An operator, a transpose, a comma or the sign of a step."""
        frame = self.frames[-1]
        if text in "+-" and not frame.factors and not self.pending:
            frame.text += text
        elif text == "-" and self.pending[:1] in ("^", "↑"):
            self.pending += text
        elif self.pending or not frame.factors or (text == "=" and len(self.frames) > 1):
            raise _OtherError
        elif text == "ᵀ":
            last = frame.factors.pop()
            if re.fullmatch("[a-z]{2}", last.text):  # uvᵀ, which may be a product
                raise _OtherError
            frame.factors.append(_transposed(last))
        elif text in "+-,=" or text[0] in "<>≤≥":
            frame.end_product()
            frame.text += f" {text} "
        else:
            self.pending = self.star if text == "*" else text


def _product(factors: Sequence[Factor]) -> Factor:
    """The product of all: of what stands between the signs `⊙` and `/`, from left to right."""
    runs: list[list[Factor]] = [[]]
    for factor in factors:
        if factor.sign in ("⊙", "/"):
            runs.append([])
        runs[-1].append(factor)
    whole = _product_of_matrices(runs[0])
    for run in runs[1:]:
        one = _product_of_matrices(run)
        sign = "/" if run[0].sign == "/" else "*"
        if len(run) > 1 and sign == "/":
            raise _OtherError  # 1/2x
        text = f"({one.text})" if len(run) > 1 else one.text
        whole = Factor(f"{whole.text}{sign}{text}", one.kind if whole.kind == _NUMBER else whole.kind)
    return whole


def _product_of_matrices(factors: Sequence[Factor]) -> Factor:
    """The product from left to right, in which what is a number by itself is computed first."""
    whole, *others = _with_numbers(factors)
    for factor in others:
        sign, kind = _PRODUCTS.get((whole.kind, factor.kind), ("*", ""))
        kind = kind or (whole.kind if factor.kind == _NUMBER else factor.kind)
        if sign == "outer" and factor.sign != "@":
            text = f"outer({whole.text}, {factor.text.removesuffix('.T')})"
        else:
            text = f"{whole.text} @ {factor.text}" if "@" in (sign, factor.sign) else f"{whole.text}*{factor.text}"
        whole = Factor(text, kind)
    return whole


def _with_numbers(factors: Sequence[Factor]) -> list[Factor]:
    """The factors, with one number for what begins with a row, goes on with matrices and ends with a vector."""
    done: list[Factor] = []
    row = None  # where the last row stands that matrices alone have followed
    for one in factors:
        factor = _after_matrix(one) if done and done[-1].kind in (_ROW, _MATRIX_KIND) else one
        done.append(factor)
        if factor.kind == _ROW:
            row = len(done) - 1
        elif row is not None and factor.kind == _VECTOR:
            text = " @ ".join(part.text for part in done[row:])
            done[row:] = [Factor(f"({text})" if row else text, _NUMBER, done[row].sign)]
        row = row if factor.kind in (_ROW, _MATRIX_KIND) else None
    return done

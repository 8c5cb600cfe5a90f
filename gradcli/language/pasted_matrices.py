r"""Lines over arrays as books, LaTeX, MATLAB, Julia and R have them: `xᵀAx`, `\mathbf{W}^\top x`, `‖x‖`, `[1 2; 3 4]`.

Letters say there what a name is: small ones are vectors, which stand as columns, capitals matrices, Greek ones mostly
numbers.
So `x xᵀ` is a matrix and `xᵀx` a number, and a product of them has the sign that it has in gradcli.
"""

import re
from unicodedata import name as name_of
from unicodedata import normalize

from gradcli.language.characters import SUPERSCRIPTS
from gradcli.language.factors import (
    COLUMN_OF_ONES,
    MATRIX,
    NUMBER,
    READINGS,
    ROW,
    VECTOR,
    Factor,
    OtherError,
    Reading,
    is_of_ones,
    multiplied,
    transposed,
)
from gradcli.language.grouping import GREEK
from gradcli.language.names import is_of_matrix
from gradcli.operators.arrays import ARRAY_FUNCTIONS
from gradcli.operators.table import FUNCTIONS

_T = r"(?:\\top|\\intercal|⊤|T|\\math(?:sf|rm)\s*\{\s*T\s*\})"
_TRANSPOSE = (
    rf"\^\s*(?:\{{\s*{_T}\s*\}}|\\(?:top|intercal)(?![a-zA-Z])|⊤|T(?![a-z_0-9])|T(?=[a-z]\b))|[ᵀ⊤]"
    r"|(?<=[A-Z\]])\.?'(?!')|(?<=[A-Z][0-9])\.?'(?!')|(?<=\))\.?'(?=\s*[*(\w])"
    r"|(?<=[\w)])\.?'(?=\s*\*)|(?<=\w)'(?=\s*[A-Z])|(?<=(?P<same>[a-z]))'(?=\s*(?P=same)\b)"
    r"|(?<=[*\s][a-eim-tw-xz])'(?=\s*$)"
)
_PART = r"\[[^\[\]]*;[^\[\]]*\]|\[\s*[-+]?[0-9.]+(?:\s+[-+]?[0-9.]+)+\s*\]"  # rows of MATLAB's, numbers without commas
_BAR = r"‖|(?<![\w)\]])(?<![\w)\]]\s)\|\||(?<=[\w)\]])\s?\|\||\\[lr]Vert(?![a-zA-Z])|\\\|"
_MATRIX = r"\\begin\s*\{(?P<kind>[pbBvV]?(?:small)?matrix)\}(?P<inside>.*?)\\end\s*\{(?P=kind)\}"
_COMPARES = r"[^][(){}]*[<>≤≥][^][(){}]*"
# 1[H > 0], 1_{H > 0}, 𝟙(H > 0), [H > 0]
_INDICATOR = (
    rf"(?:(?<![\w.])[1I𝟙𝟏𝕀]\s*(?:_\s*)?|(?<![\w)\]\s])\s*(?=\[))"
    rf"(?:\[({_COMPARES})\]|\{{({_COMPARES})\}}|\(({_COMPARES})\))"
)
_BOLD = r"\\(?:math(?:bf|bb|bbm|bm|ds)|boldsymbol|bm|vec)\s*(?:\{\s*1\s*\}|1(?![0-9]))|𝟙"
# A vector of ones: 𝟏, 1_n, ones(n, 1), and the 1 of 1^T.
_COUNT = r"(?:\{\s*\w+\s*\}|[^\W_](?!(?!ᵀ)\w))"
_ONES = rf"𝟏(?:\s*_\s*{_COUNT})?|(?<![\w.])1(?:_{_COUNT})?(?=\s*ᵀ)|(?<![\w.])1_{_COUNT}"
_ONES_CALL = r"\bones\s*\(\s*([^(),]*?)\s*,\s*([^(),]*?)\s*\)"
_SIGN = re.compile(
    rf"{_TRANSPOSE}|{_PART}|{_MATRIX}|{_INDICATOR}|{_BOLD}|𝟏|\b1_[^\W\d]|\b1_\{{|\bdims\s*=|\bones\("
    rf"|(?:‖|\\lVert|\\\||(?:^|[-+*/(=,])\s*\|\|)[^|‖]+(?:{_BAR})|[⊙⊘∘⊗⟨]|\\(?:odot|langle)"
    r"|%[*o]%|[\w)\]]\s*\.[*/^]|[^\W\d]\.\("
)
_OF_MATRICES = re.compile(
    rf"{_TRANSPOSE}|\bones\(|{_PART}|[\w)\]]\s*\.[*/^]|[^\W\d]\.\("
)  # where `*` is a product of matrices
# How a line is spelled, in order, and what stands for that.
_SPELLINGS = [
    (r"(?:\{\s*)?\\\{", "{"),
    (r"\\\}(?:\s*\})?", "}"),
    (_BOLD, " 𝟏 "),
    (r"\\(?:math(?:bf|rm|it|sf|bb)|boldsymbol|bm|vec|operatorname\*?|text)\s*\{\s*([^{}]*?)\s*\}", r" \1 "),
    (r"\\(?:left|right|[bB]ig[lr]?|quad)(?![a-zA-Z])|\\[,;:!()\[\]]|\$|~", " "),
    (_TRANSPOSE, "ᵀ"),
    (r"\\(?:leq?(?:slant)?)(?![a-zA-Z])", "≤"),
    (r"\\(?:geq?(?:slant)?)(?![a-zA-Z])", "≥"),
    (_INDICATOR, r" (\1\2\3) "),
    (_ONES, " 𝟏 "),
    (_ONES_CALL.replace("([^(),]*?)", "1", 1), " 𝟏ᵀ "),
    (_ONES_CALL.replace(",\\s*([^(),]*?)", ",\\s*1"), " 𝟏 "),
    (_BAR, "‖"),
    ("−", "-"),
    (r"\.T\b", "ᵀ"),
    ("½", " (1/2) "),
    (r"\\sqrt\s*\{([^{}]*)\}", r" sqrt(\1) "),
    (r"\\(exp|log|ln|sinh?|cosh?|tanh?|max|min)(?![a-zA-Z])", r" \1"),
    ("⊘", "/"),
    (r"(?<![\w.)])([0-9]+\s*/\s*[0-9]+)\s+(?=[^\W\d]|[‖(\\])", r"(\1) "),
    (r"‖([^‖]+)‖(?:\s*_\s*\{?\s*[2F]\s*\}?|₂|(?!\s*[_₁]))", r" norm(\1) "),
    (r"‖([^‖]+)‖(?:\s*_\s*\{?\s*1\s*\}?|₁)", r" sum(abs(\1)) "),
    (r"‖([^‖]+)‖\s*_\s*\{?\s*(?:\\infty|∞)\s*\}?", r" max(abs(\1)) "),
    (r"(?:\\langle|⟨)([^⟨⟩,]+),([^⟨⟩,]+?)(?:\\rangle|⟩)", r" dot(\1,\2) "),
    (r"([^\W\d]\w*|\([^()]*\))\s*(?:⊗|%o%|\\otimes)\s*([^\W\d]\w*|\([^()]*\))", r" outer(\1,\2) "),
    (r"\\[dtc]?frac\s*\{([^{}]*)\}\s*\{([^{}]*)\}", r" ((\1)/(\2)) "),
    (r"\\[dtc]?frac\s*([0-9])\s*([0-9])", r" (\1/\2) "),
    (r"%\*%", "@"),
    (r"\\(?:odot|circ)(?![a-zA-Z])|[⊙∘]|(?<=[\w)\]\sᵀ])\.\*", "⊙"),
    (r"(?<=[\w)\]\sᵀ])\.\^", "↑"),
    (r"\\(?:cdot|times)(?![a-zA-Z])|[×⋅]", "·"),
    (r"(?<=[\w)\]\sᵀ])\.(?=[-+/<>=!])|(?<=\w)\.(?=\()", ""),
    (r"\^\s*\{([^{}]*)\}", r"^(\1)"),
    (r"\*\*", "^"),
    (rf"\\({'|'.join(sorted(GREEK))})(?![a-zA-Z])", r" \1 "),
    (rf"([{''.join(SUPERSCRIPTS)}]+)", r"^(\1)"),
]
_TOKEN = re.compile(
    r"\s*(?:(?P<number>(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][-+]?[0-9]+)?)|(?P<name>(?!ᵀ)[^\W\d](?:(?!ᵀ)\w)*)"
    r"|(?P<ones>𝟏)|(?P<open>[(\[])|(?P<close>[)\]])|(?P<sign>[<>=!]=|[-+*/^↑,=@·⊙ᵀ<>≤≥]))\s*"
)
_RENAMED = {"tr": "trace", "Tr": "trace", "t": "ᵀ", "transpose": "ᵀ", "ln": "log"}
_AXES = ("axis", "dim", "dims")  # of which the last one counts from 1
_ALONG = {"sum", "mean", "max", "min", "logsumexp", "norm"}
_PLACED = {"sum", "mean", "logsumexp"}  # whose second argument is an axis: max(G, 0) is of both, norm(x, 1) of a kind
_OF_ALL = {"sum", "mean", "norm", "dot", "trace"}  # functions that make a number of arrays
_OF_ONE = {"max", "min", "logsumexp"}  # and of one array


def of_mathematics(line: str, reading: Reading = READINGS[0]) -> str:
    """The line in gradcli's language; "" where it has no sign of arrays, or something that is not known here."""
    if not _SIGN.search(line):
        return ""
    star = "·" if _OF_MATRICES.search(line) else "⊙"
    try:
        return "; ".join(_statement(one, star, reading) for one in re.split(r";(?![^\[\]]*\])", line) if one.strip())
    except OtherError:
        return ""


def _statement(line: str, star: str, reading: Reading) -> str:
    line = re.sub(_MATRIX, lambda found: "(" + _rows(found["inside"], r"\\\\", "&") + ")", line)
    line = re.sub(_PART, lambda found: _rows(found[0][1:-1], ";", r"\s*,\s*|\s+"), line)
    for pattern, written in _SPELLINGS:
        line = re.sub(pattern, written, line)
    line = re.sub("[^ᵀ𝟏]+", lambda piece: normalize("NFKC", piece[0]), line)
    return _Reader(line.strip(), star, reading).read()


def _rows(inside: str, between: str, apart: str) -> str:
    """The rows of a matrix as lists; a matrix of one column, or one row of MATLAB's, as a vector."""
    rows = [re.split(apart, row.strip()) for row in re.split(between, inside) if row.strip()]
    if all(len(row) == 1 for row in rows) or (between == ";" and len(rows) == 1):
        return f"[{','.join(one for row in rows for one in row)}]"
    if len({len(row) for row in rows}) != 1:
        raise OtherError
    return "[" + ",".join(f"[{','.join(row)}]" for row in rows) + "]"


def _named(name: str) -> Factor:
    letter = name[0]
    is_greek = name in GREEK or (len(name) == 1 and name_of(letter, "").startswith("GREEK"))
    return Factor(name, NUMBER if is_greek or name == "N" else MATRIX if is_of_matrix(name) else VECTOR)


class _Frame:
    """What is open, a parenthesis, a call or a list: the sum in it, and the product with which that ends."""

    def __init__(self, opening: str = "", function: str = "", sign: str = "") -> None:
        self.opening = opening
        self.function = function
        self.sign = sign  # before all of it
        self.text = ""
        self.kind = NUMBER
        self.factors: list[Factor] = []
        self.reduced = ""  # what is, along the axis that follows
        self.is_condition = False

    def end_product(self, reading: Reading) -> None:
        """Put the product in its place."""
        if not self.factors:
            raise OtherError
        whole = multiplied(self.factors, reading)
        if is_of_ones(whole):
            raise OtherError
        self.text += whole.text
        self.kind = whole.kind if self.kind == NUMBER else self.kind
        self.factors = []


class _Reader:
    """The tokens of a line, and a stack of what is open."""

    def __init__(self, line: str, star: str, reading: Reading) -> None:
        self.line = line
        self.star = star
        self.reading = reading
        self.frames = [_Frame()]
        self.pending = ""  # the sign before the factor that comes
        self.is_counted = star == "·"  # from 1 on

    def read(self) -> str:
        """All of it."""
        place = 0
        while place < len(self.line):
            token = _TOKEN.match(self.line, place)
            kind = token.lastgroup if token else None
            if token is None or kind is None:
                raise OtherError
            place = token.end()
            getattr(self, kind)(token[kind], self.line[place : place + 1])
        frame = self.frames.pop()
        if self.frames or self.pending:
            raise OtherError
        frame.end_product(self.reading)
        return frame.text

    def add(self, factor: Factor) -> None:
        """One more factor, or the exponent of the last one."""
        factors, sign, self.pending = self.frames[-1].factors, self.pending, ""
        if sign[:1] in ("^", "↑"):
            if factors[-1].kind == MATRIX and sign[0] == "^" and "⊙" not in self.line:
                raise OtherError  # a product of matrices
            factors[-1] = factors[-1]._replace(text=f"{factors[-1].text}^{sign[1:]}{factor.text}")
        else:
            factors.append(factor._replace(sign=sign or "·"))

    def number(self, text: str, _: str) -> None:
        """A number; a 1 right behind a matrix is a vector of ones."""
        factors = self.frames[-1].factors
        if text == "1" and factors and not self.pending and factors[-1].kind in (MATRIX, ROW):
            self.ones(text, "")
        else:
            self.add(Factor(text, NUMBER))

    def ones(self, _: str, __: str) -> None:
        """A vector of ones, a column."""
        self.add(Factor("", COLUMN_OF_ONES))

    def name(self, text: str, behind: str) -> None:
        """A function that is called, or a factor; two letters of which the first one is a capital are two."""
        function = _RENAMED.get(text, text)
        if behind == "(" and (function == "ᵀ" or function in FUNCTIONS or function in ARRAY_FUNCTIONS):
            self.push("", function)
            return
        if behind == "(" and (len(text) > 1 or text in "fgh"):
            raise OtherError
        is_one = self.reading.is_matrix or not re.fullmatch(r"[A-Z][A-Za-zα-ω]|([a-z])\1", text)
        for one in [text] if is_one else text:
            factor = _named(one)
            self.add(factor._replace(kind=MATRIX) if self.reading.is_matrix else factor)

    def open(self, text: str, _: str) -> None:
        """A parenthesis or a list; the one behind the name of a function is its own."""
        frame = self.frames[-1]
        if frame.function and not frame.opening:
            frame.opening = text
        elif frame.factors and not self.pending and (text == "[" or frame.factors[-1].text.endswith("]")):
            raise OtherError  # an index, which in MATLAB counts from 1
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
            raise OtherError
        frame.end_product(self.reading)
        inside, function, self.pending = frame.text, frame.function, frame.sign
        is_placed = function in _PLACED and re.search(r", [12]$" if self.is_counted else r", 0$", inside)
        if frame.reduced or is_placed:
            self.add(Factor(_along(function, frame.reduced or inside[:-3], inside, self.is_counted), VECTOR))
        elif text == "]":
            self.add(Factor(f"[{inside}]", MATRIX if inside.startswith("[") else VECTOR))
        elif function == "ᵀ":
            self.add(transposed(Factor(f"({inside})", frame.kind)))
        else:
            is_number = function in _OF_ALL or (function in _OF_ONE and "," not in inside)
            is_condition = frame.is_condition and not function
            self.add(Factor(f"{function}({inside})", NUMBER if is_number else frame.kind, "", is_condition))

    def sign(self, text: str, _: str) -> None:
        """An operator, a transpose, a comma or the sign of a step."""
        frame = self.frames[-1]
        if text == "=" and frame.function in _ALONG and [one.text for one in frame.factors] in ([one] for one in _AXES):
            frame.reduced, frame.text = frame.text.removesuffix(", "), f"{frame.factors.pop().text}="
        elif text in "+-" and not frame.factors and not self.pending:
            frame.text += text
        elif text == "-" and self.pending[:1] in ("^", "↑"):
            self.pending += text
        elif self.pending or not frame.factors or (text == "=" and len(self.frames) > 1):
            raise OtherError
        elif text == "ᵀ":
            last = frame.factors.pop()
            if re.fullmatch("[a-z]{2}", last.text):  # uvᵀ, which may be a product
                raise OtherError
            frame.factors.append(transposed(last))
        elif text in "+-,=" or text[0] in "<>≤≥=!":
            frame.end_product(self.reading)
            frame.text += f"{text} " if text == "," else f" {text} "
            frame.is_condition |= text not in "+-,="
        else:
            self.pending = self.star if text == "*" else text


def _along(function: str, reduced: str, axis: str, is_counted: bool) -> str:
    """A reduction along an axis; MATLAB and Julia count from 1."""
    word, _, number = axis.rpartition("=")
    place = int(number if word else axis[-1]) - (word == "dims" or (not word and is_counted))
    return f"{function}({reduced}, axis={place})"

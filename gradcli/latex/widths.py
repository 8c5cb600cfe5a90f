r"""How wide LaTeX sets what the writer makes, in points at a size of 10 pt: text, and formulas between dollars.

The widths are those of Computer Modern (cmr10, cmmi10, cmsy10), of letters one for small and one for capital ones; a
sign between operands has TeX's spaces around it, and an index, an exponent and a fraction have letters of 7 pt. Enough
to know whether a matrix has room: `tests/slow/test_latex.py` has TeX measure the same.
"""

import re
from math import ceil

from gradcli.text import cells

# Of indices, exponents and fractions, and of \scriptsize: letters of 7 pt are wider than 0.7 of those of 10 pt.
SMALL = 0.82
COLUMN = 5.0  # at each side of the columns of an array
_LOW, _HIGH = 7.0, 9.0  # parentheses around an array of one row, of more
_SIGN, _BETWEEN, _RELATION = 7.8, 12.2, 13.4  # of one number, and between operands with their spaces
_FRACTION = 2.4  # beside one
_BEFORE_GROUPS = {"_": "script", "^": "script", r"\frac": "above"}
_BEFORE_SIGNS = {"&", r"\\", "{", "(", "=", r"\approx"}
_TOKEN = re.compile(r"\\(?:begin|end)\{array\}(?:\{[lcr]*\})?|\\arraycolsep[\d.]+pt|\\[A-Za-z]+|\\.|\s+|.", re.DOTALL)
_SIGNS = {
    ".": 2.8, ",": 4.5, ":": 13.4, ";": 4.5, "(": 3.9, ")": 3.9, "[": 2.8, "]": 2.8, "/": 5.0, "|": 2.8, "~": 3.3,
    "=": _RELATION, "<": _RELATION, ">": _RELATION, "+": _BETWEEN, "-": _BETWEEN,
    r"\approx": _RELATION, r"\times": _BETWEEN, r"\odot": _BETWEEN, r"\pm": _BETWEEN, r"\cdot": 7.3,
    r"\,": 1.7, r"\ ": 3.4, r"\dots": 12.0, r"\vdots": 2.8, r"\top": 7.8, r"\partial": 5.9, r"\infty": 10.0,
    r"\sqrt": 10.0, r"\quad": 10.0, r"\bigl": 1.0, r"\bigr": 1.0, r"\left": 0.0, r"\right": 0.0,
    r"\(": 0.0, r"\)": 0.0,
}  # fmt: skip
_NOTHING = {
    "allowbreak", "penalty", "mathrm", "mathit", "textit", "mathbf", "mbox", "hbox", "hspace", "underline",
    "scriptsize", "rule", "displaystyle",
}  # fmt: skip
_FUNCTIONS = {
    "sin", "cos", "tan", "sinh", "cosh", "tanh", "arcsin", "arccos", "arctan", "log", "ln", "exp", "max", "min",
}  # fmt: skip
_EM = re.compile(r"\\hspace\{([\d.]+)em\}")
_UNSEEN = re.compile(r"\\rule\[[^]]*\]\{0pt\}\{[^}]*\}|\\rule\{0pt\}\{[^}]*\}|\\penalty\d+ ")


def width(text: str) -> int:
    """Of text with formulas between dollars, on one line."""
    pieces = _UNSEEN.sub("", text).split("$")
    return ceil(sum(formula(piece) if place % 2 else _of_text(piece) for place, piece in enumerate(pieces)))


class _Group:
    """What stands between braces, or in an array: the widths of its columns, and that of the row so far."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self.columns: list[float] = []
        self.place = 0
        self.rows = 1
        self.here = 0.0
        self.above = 0.0  # of a fraction whose second group is to come

    def end_cell(self, is_last: bool) -> None:
        """The next column, or the next row."""
        self.columns += [0.0] * (self.place + 1 - len(self.columns))
        self.columns[self.place] = max(self.columns[self.place], self.here)
        self.here, self.place = 0.0, 0 if is_last else self.place + 1
        self.rows += is_last


def displayed(text: str) -> float:
    """Of a formula on a line of its own, whose fractions have letters of 10 pt."""
    return formula(_UNSEEN.sub("", text), is_displayed=True)


def formula(text: str, is_displayed: bool = False) -> float:
    """Of a formula."""
    text = _EM.sub(lambda found: r"\quad " * int(float(found[1])), text)
    groups = [_Group("")]
    kind = ""  # of the next group: an index, the parts of a fraction
    between = COLUMN
    is_first = True  # a sign that has nothing to its left
    for token in filter(str.strip, _TOKEN.findall(text)):
        group = groups[-1]
        if token == "{" or token.startswith(r"\begin"):
            groups.append(_Group(kind if token == "{" else "array"))
            kind = ""
        elif token == "}" or token.startswith(r"\end"):
            kind = _closed(groups, between, is_displayed)
        elif token in _BEFORE_GROUPS:
            kind = _BEFORE_GROUPS[token]
        elif token.startswith(r"\arraycolsep"):
            between = float(token[len(r"\arraycolsep") : -2])
        elif token in ("&", r"\\"):
            group.end_cell(is_last=token != "&")
        elif token == r"\scriptsize":
            group.kind = "script"
        else:
            group.here += _SIGN if token == "-" and is_first else _of_token(token)
        is_first = token in _BEFORE_SIGNS or token.startswith(r"\begin")
    return groups[0].here


def _closed(groups: list[_Group], between: float, is_displayed: bool) -> str:
    """Put what a group takes into that around it; what the next group is, if that belongs to this one."""
    group = groups.pop()
    around = groups[-1]
    if group.kind == "array":
        group.end_cell(is_last=False)
        around.here += sum(group.columns) + 2 * between * len(group.columns) + 2 * (_HIGH if group.rows > 1 else _LOW)
        around.here -= 2 * _SIGNS["("]  # which stand there as signs
    elif group.kind == "above":
        around.above = group.here
        return "below"
    elif group.kind == "below":
        is_large = is_displayed and not any(one.kind for one in groups)
        around.here += _FRACTION + (1.0 if is_large else SMALL) * max(around.above, group.here)
    else:
        around.here += (SMALL if group.kind == "script" else 1.0) * group.here
    return ""


def _of_token(token: str) -> float:
    if token in _SIGNS:
        return _SIGNS[token]
    if token.startswith("\\") and len(token) > 2:
        if token[1:] in _FUNCTIONS:
            return _of_text(token[1:]) + 1.7
        return 0.0 if token[1:] in _NOTHING else 6.5  # a Greek letter
    return _of_text(token)


def _of_text(text: str) -> float:
    """Upright or italic letters, Japanese ones twice as wide."""
    return sum(_of_letter(letter) for letter in text)


def _of_letter(letter: str) -> float:
    if letter.isupper():
        return 8.0
    return 10.0 if cells(letter) > 1 else 3.4 if letter == " " else 5.0

"""Notations of Python, C, LaTeX, spreadsheets and others, and the signs by which a line is known to be in one."""

import re
from functools import cache

from gradcli.language.notation import ANY, BARE, BOTH, CELL, EQUALITY, PRODUCT, ForeignNotation

_TRUNCATED = (PRODUCT, "({0}) - ({1})*trunc(({0})/({1}))")
_EQUALITIES = dict.fromkeys(("==", "!="), (EQUALITY, ""))
LATEX = ForeignNotation("latex", {"mod": (PRODUCT, "mod({0}, {1})")}, converts=False)
MATHEMATICA = ForeignNotation("mathematica", converts=False)
SPREADSHEET = ForeignNotation("spreadsheet", sign=CELL, power_is_right=False, chains=False, has_products=False)
JAVASCRIPT = ForeignNotation("javascript", _EQUALITIES | {"%": _TRUNCATED}, chains=False, has_products=False)
C = JAVASCRIPT._replace(name="c", whole_division=True)
_BITS = {"&": (BOTH, "({0}) and ({1})"), "|": (ANY, "({0}) or ({1})")}
_FLOORED = {**dict.fromkeys(("%", "mod"), (PRODUCT, "mod({0}, {1})")), "//": (PRODUCT, "floor(({0})/({1}))")}
_FLOORED |= {"%%": (BARE, "mod({0}, {1})"), "%/%": (BARE, "floor(({0})/({1}))")}  # R, where they bind closer than *
PYTHON = ForeignNotation("builtin", _FLOORED | _BITS, values_of_and=True)
PEOPLE = ForeignNotation("people", _FLOORED, converts=False)
JULIA = PEOPLE._replace(converts=True)

_HEAD = r"[^\W\d]\w*\s*\([^()=<>]*\)"
# x -> x^2, @(x) x^2; in C a->b is something else.
_ARROW = (
    r"^\s*(?:\w+\s*(?::?=|:)\s*)?(?:@\s*\([\w, ]*\)|\(?(?P<of>[^\W\d]\w*)[\w, ]*\)?\s*(?:->|[↦→])(?=.*(?<!\w)(?P=of)))"
)
_FUNCTION = r"\bfunction\s*\([\w, ]*\)\s*(?!\s|\{\s*return)"  # of R; one of JavaScript returns something
_MODULES = "np|numpy|math|cmath|torch|jax|jnp|tf|keras|sp|sympy|scipy|special|linalg|nn|F|K|xp|mpmath|mp|cupy|lax"
# By what a line is known, and what stands before the formula in it. The first that fits.
_SIGNS: tuple[tuple[ForeignNotation, str, str], ...] = (
    (SPREADSHEET, r"^\s*=(?!=)", r"^\s*="),
    (
        LATEX,
        r"\\|[_^]\s*\{|^\$.*\$$|[0-9]\{,\}[0-9]",
        r"^[\s$]*(?:\\[dt]?frac\s*\{\s*(?:\\partial|d)(?![a-z])[^=]*|(?:[A-Za-z]|\\[a-zA-Z]+(?:\s*\{[^{}=]*\})?)"
        r"(?:_\w|_\{\w*\})?\s*(?:\([^()=]*\)|(?<=\}))\s*)&?\s*=(?!=)"
        r"|&(?=\s*=)|\\(?:begin|end)\s*\{(?:equation|align)\*?\}|\\\\\s*$",
    ),
    (
        MATHEMATICA,
        r"\b(?:(?:Arc)?(?:Sin|Cos|Tan|Sec|Csc|Cot)h?|Exp|Log(?:2|10)?|Sqrt|CubeRoot|Surd|Abs|Sign|Max|Min|Mod|Round|Floor"
        r"|Ceiling|Erfc?|(?:Log|Poly)?Gamma|If|Power|Factorial|Clip|Sinc|UnitStep|Boole|Ramp|LogisticSigmoid|Total|Norm|Binomial)\["
        r"|\b[A-Z][a-z]+[A-Za-z]*\[(?!\s*(?:[0-9]+\s*[\],]|[ijknt]\s*[-+\],]))|\bD\[(?=\w*\W)[^,]*?\b(\w+)\b[^,]*,\s*\{?\s*\1\b|\[(?:\s*\w+_\s*,?)+\]\s*:?=|^N\[",
        r"^\s*\w+(?:\s*\[[\w, ]*\])?\s*:?=(?!=)|;\s*$|\(\*.*?\*\)",
    ),
    (JULIA, rf"(?<![0-9])\.(?:[-+*/^]|[<>]=?|[!=]=)|{_ARROW}", rf"^\s*{_HEAD}\s*=(?!=)|{_ARROW}"),
    (JULIA, _FUNCTION, rf"^\s*(?:\w+\s*=\s*)?{_FUNCTION}\{{?|\}}\s*$"),
    (
        JAVASCRIPT,
        r"\bMath\.|=>(?=.*[*/+\w])(?<=[\w)\s]=>)|[!=]==|^\s*(?:(?:let|var|function)\b|const\s+\w+\s*=)",
        r"^(?:\s*(?:let|var|const)\b)?\s*(?:\w+\s*=\s*)?(?:\w+|\([^()]*\))\s*=>\s*(?:\{\s*return\b)?"
        r"|^\s*function\b\s*\w*\s*\([^()]*\)\s*\{\s*return\b|^\s*(?:let|var|const|return)\b|\}\s*;?\s*$",
    ),
    (
        C,
        r"&&|(?<=[\w)])\s*\|\|\s*[\w(!]|\?|(?:^|[(&|?:,=])\s*!\s*[\w(]|\bstd::|;\s*\}?\s*$|\(\s*(?:double|float|int|long)\s*\)"
        r"|^\s*(?:const\s+)?(?:double|float|int|auto|long)\s+\w|(?<![\w.])[0-9]*\.[0-9]*(?:e-?[0-9]+)?[fF]\b|\bM_[A-Z]"
        r"|\b[0-9]+e[0-9]+f\b|\b(?:fabs|fmod|pow|exp|log|sqrt|sin|cos)f\(|\b(?:fabs|fmod)\(|\bdouble\(",
        r"^\s*(?:(?:const|static|inline)\s+)*(?:double|float|int|auto|long)\s+\w+\s*\([^()]*\)\s*\{\s*return\b"
        r"|^\s*(?:const\s+)?(?:double|float|int|auto|long)\b(?=\s*[^\W\d])|^\s*return\b|\}\s*;?\s*$|//.*",
    ),
    (
        PYTHON,
        rf"\b(?:{_MODULES})\s*\.\s*[^\W\d]|\bif\b.*\belse\b|\b(?:lambda|def|return|None)\b|//|%\s*[\w(.+-]|\[\s*[0-9]"
        r"|[\w)]\s*\.\s*[^\W\d]|[(,]\s*[^\W\d]\w*\s*=(?!=)|\b(?:int|float)\(|\(\s*\[[^]]*,",
        r"^\s*(?:\w+\s*=\s*)?lambda\b[^:]*:|^\s*def\b\s*\w+\s*\([^()]*\)[^:]*:(?:\s*return\b)?|^\s*return\b"
        r"|^\s*\w+\s*(:\s*float)(?=\s*=)",
    ),
    (PEOPLE, "", rf"^\s*{_HEAD}\s*:?=(?!=)"),
)


def shown(line: str) -> tuple[ForeignNotation, str]:
    """The notation of a line, and the line with blanks in place of what is no formula in it."""
    for notation, sign, head in _patterns():
        if sign.search(line):
            line = head.sub(lambda match: " " * len(match[0]), line)
            if notation is SPREADSHEET and ";" in line:  # where a comma is a decimal point
                line = re.sub(r"(?<=[0-9]),(?=[0-9])", ".", line)
            return notation, line.rstrip(" .") if notation is LATEX else line
    raise AssertionError  # the last one fits


@cache
def _patterns() -> tuple[tuple[ForeignNotation, re.Pattern[str], re.Pattern[str]], ...]:
    return tuple((notation, re.compile(sign), re.compile(head)) for notation, sign, head in _SIGNS)

"""Lines pasted from Python, C, LaTeX or a spreadsheet, and formulas as people write them: what to write instead.

A line is read in the notation that it shows signs of. What comes out is offered where gradcli's language has it; what
has no counterpart is named.
"""

import re
from collections.abc import Callable
from functools import cache

from gradcli.errors import GradcliError
from gradcli.graph import Graph
from gradcli.language import elsewhere, lexing, tex
from gradcli.language.characters import SUPERSCRIPTS, plain
from gradcli.language.format import format_graph
from gradcli.language.notation import CELL, EQUALITY, PRODUCT, Notation, NotationError
from gradcli.language.reading import read as reading

# Errors of a text that may be of another language. What is wrong with a name, a number of arguments or a condition says
# enough by itself.
SYNTAX = frozenset(
    (
        "missing-operator",
        "stray-character",
        "indexing",
        "lonely-point",
        "superscript",
        "missing-value",
        "strings",
        "stray-comma",
        "function-without-call",
        "unknown-operator",
        "stray-assignment",
        "name-character",
        "reserved-name",
        "unopened-parenthesis",
        "separator-in-parenthesis",
    )
)
# Places of a line that the hint of an error mends by itself; of the others one.
MENDED = {"function-without-call": 2, "stray-assignment": 2, "unknown-operator": 4}
LONGEST = 200  # characters of a line that is looked at

_TRUNCATED = (PRODUCT, "({0}) - ({1})*trunc(({0})/({1}))")
_EQUALITIES = dict.fromkeys(("==", "!="), (EQUALITY, ""))
LATEX = Notation("latex", {"mod": (PRODUCT, "mod({0}, {1})")}, converts=False)
SPREADSHEET = Notation("spreadsheet", sign=CELL, power_is_right=False, chains=False, has_products=False)
JAVASCRIPT = Notation("javascript", _EQUALITIES | {"%": _TRUNCATED}, chains=False, has_products=False)
C = JAVASCRIPT._replace(name="c", whole_division=True)
PYTHON = Notation(
    "builtin", {"%": (PRODUCT, "mod({0}, {1})"), "//": (PRODUCT, "floor(({0})/({1}))")}, values_of_and=True
)
PEOPLE = Notation("people", converts=False)

# A sum, a product or an integral over an index, of which nothing says what it runs over.
_INDEXED = re.compile(r"(?<![^\W_])(?:[Σ∑∏∫]|\\(?:sum|prod|int)(?![a-zA-Z]))(?=_|\s*[\w(\\{])")
_DERIVATIVE = re.compile(r"\s*[d∂]\s*/\s*[d∂]([^\W\d]\w*)(?![\w*/+^-])([^\r\n]*)$")
_HEAD = r"[^\W\d]\w*\s*\([^()=<>]*\)"
_MODULES = "np|numpy|math|cmath|torch|jax|jnp|tf|keras|sp|sympy|scipy|special|linalg|nn|F|K|xp|mpmath|mp|cupy|lax"
# By what a line is known, and what stands before the formula in it. The first that fits.
_SIGNS: tuple[tuple[Notation, str, str], ...] = (
    (SPREADSHEET, r"^\s*=(?!=)", r"^\s*="),
    (
        LATEX,
        r"\\|[_^]\s*\{|^\$.*\$$",
        r"^[\s$]*(?:\\[dt]?frac\s*\{\s*(?:\\partial|d)(?![a-z])[^=]*|(?:[A-Za-z]|\\[a-zA-Z]+(?:\s*\{[^{}=]*\})?)"
        r"(?:_\w|_\{\w*\})?\s*(?:\([^()=]*\)|(?<=\}))\s*)&?\s*=(?!=)"
        r"|&(?=\s*=)|\\(?:begin|end)\s*\{(?:equation|align)\*?\}|\\\\\s*$",
    ),
    (
        JAVASCRIPT,
        r"\bMath\.|=>(?=.*[*/+\w])(?<=[\w)\s]=>)|[!=]==|^\s*(?:let|var|const\s+\w+\s*=|function)\b",
        r"^(?:\s*(?:let|var|const)\b)?\s*(?:\w+\s*=\s*)?(?:\w+|\([^()]*\))\s*=>\s*(?:\{\s*return\b)?"
        r"|^\s*function\b\s*\w*\s*\([^()]*\)\s*\{\s*return\b|^\s*(?:let|var|const|return)\b|\}\s*;?\s*$",
    ),
    (
        C,
        r"&&|(?<=[\w)])\s*\|\|\s*[\w(!]|\?|(?:^|[(&|?:,=])\s*!\s*[\w(]|\bstd::|;\s*\}?\s*$|\(\s*(?:double|float|int|long)\s*\)"
        r"|^\s*(?:const\s+)?(?:double|float|int|auto|long)\s+\w|(?<![\w.])[0-9]*\.[0-9]*(?:e-?[0-9]+)?[fF]\b|\bM_[A-Z]"
        r"|\b[0-9]+e[0-9]+f\b|\b(?:fabs|fmod|pow|exp|log|sqrt|sin|cos)f\(|\b(?:fabs|fmod)\(|\b(?:float|double)\(",
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
    (PEOPLE, "", rf"^\s*{_HEAD}\s*=(?!=)"),
)


def offered(error: GradcliError, text: str, read: Callable[[str], Graph]) -> GradcliError:
    """The error with what to write in place of a call of another system, or of the whole line.

    `read` is the parser of the language.
    """
    derivative = _DERIVATIVE.match(text)
    if derivative and derivative[2].strip():
        facts = {"name": derivative[1], "write": derivative[2].strip()}
        return GradcliError("derivative-of", facts, error.text, error.start, error.end, error.source)
    if error.code == "unknown-function":
        return _called(error, text, read)
    if error.code not in SYNTAX:
        return error
    indexed = _INDEXED.search(text)
    if indexed:
        start = indexed.start()
        return GradcliError("over-an-index", {"name": indexed[0]}, error.text, start, indexed.end(), error.source)
    start = max(text.rfind("\n", 0, error.start), text.rfind("\r", 0, error.start)) + 1
    whole = re.split(r"[\r\n]|(?<!\\)#", text[start:], maxsplit=1)[0]
    try:
        line = translated(whole, read)
    except NotationError as failure:
        if not failure.code:
            return error
        facts = {"name": whole[failure.start : failure.end]}
        place = start + failure.start
        return GradcliError(failure.code, facts, error.text, place, start + failure.end, error.source)
    if not line or (_is_enough(error, line) and _places(whole, line) <= MENDED.get(error.code, 1)):
        return error
    return GradcliError("other-notation", {"write": line}, error.text, error.start, error.end, error.source)


def _is_enough(error: GradcliError, line: str) -> bool:
    """Whether the error says itself what to write, and so that it is a part of the line."""
    facts = error.facts
    if "base" in facts:
        return f"{facts['base']}^{facts['exponent']}" in line
    write = facts.get("write", "")
    if "..." in write or "exponent" in facts:
        return True
    is_part = re.sub(r"[\s()]", "", write) in re.sub(r"[\s()]", "", line)
    return bool(write) and is_part and f"{write}(" not in line


def _called(error: GradcliError, text: str, read: Callable[[str], Graph]) -> GradcliError:
    """What to write for a call of another system; for the whole line, where there are more of them."""
    if error.facts["name"][-1] in SUPERSCRIPTS and (line := rewritten(text, read)):
        return error.with_facts({"suggestion": None, "character": None, "write": line})
    rest = text[error.end :].lstrip()
    end = _closing(rest[:LONGEST]) if rest.startswith("(") else -1
    if "call" not in error.facts or end < 0:
        return error
    write = elsewhere.filled(error.facts["call"], rest[1:end], read)
    try:
        read(f"{text[: error.start]}({write}){rest[end + 1 :]}")
    except GradcliError:
        write = rewritten(text, read) or write
    return error.with_facts({"call": None, "write": write}) if write else error


def _closing(line: str) -> int:
    """The place of the parenthesis that closes the first one, or -1."""
    depth = 0
    for place, character in enumerate(line):
        depth += {"(": 1, ")": -1}.get(character, 0)
        if not depth:
            return place
    return -1


def _places(text: str, line: str) -> int:
    """In how many places two lines differ, apart from white space and parentheses that are not needed."""
    from difflib import SequenceMatcher

    before, after = (re.sub(r"\s" if "(" in line else r"[\s()]", "", one) for one in (text, line))
    return sum(code != "equal" for code, *_ in SequenceMatcher(None, before, after, autojunk=False).get_opcodes())


def rewritten(text: str, read: Callable[[str], Graph]) -> str:
    """The line as gradcli's language has it, or "" where it is not known."""
    try:
        return translated(text, read)
    except NotationError:
        return ""


def translated(text: str, read: Callable[[str], Graph]) -> str:
    """The same; raises `NotationError`, with a code where it is known what in the line has no counterpart."""
    line = re.split(r"(?<!\\)#", plain(text), maxsplit=1)[0]
    if not line.strip() or len(line) > LONGEST or re.search(r"[\r\n]", line):
        return ""
    notation, line = _shown(line)
    statements, end = [], 0
    for statement in [line] if notation is SPREADSHEET else line.split(";"):
        if statement.strip():
            statements.append(_statement(" " * end + statement, notation))
        end += len(statement) + 1
    try:
        written = format_graph(read("; ".join(statements)))
    except GradcliError:
        return ""
    return written if len(written) <= LONGEST else ""


def _shown(line: str) -> tuple[Notation, str]:
    """The notation of a line, and the line with blanks in place of what is no formula in it."""
    for notation, sign, head in _patterns():
        if sign.search(line):
            line = head.sub(lambda match: " " * len(match[0]), line)
            if notation is SPREADSHEET and ";" in line:  # where a comma is a decimal point
                line = re.sub(r"(?<=[0-9]),(?=[0-9])", ".", line)
            return notation, line.rstrip(" .") if notation is LATEX else line
    raise AssertionError  # the last one fits


@cache
def _patterns() -> tuple[tuple[Notation, re.Pattern[str], re.Pattern[str]], ...]:
    return tuple((notation, re.compile(sign), re.compile(head)) for notation, sign, head in _SIGNS)


def _statement(line: str, notation: Notation) -> str:
    """One statement; of a step the name stays."""
    name = "" if notation is SPREADSHEET else _step(line)
    formula = " " * len(name) + line[len(name) :]
    tokens = tex.tokens(formula) if notation is LATEX else lexing.tokens(formula, notation)
    return name + reading(tokens, notation)


def _step(line: str) -> str:
    """`y = `, if the line begins so."""
    step = re.match(r"[\s$]*([^\W\d]\w*)\s*=(?!=)", line)
    return step[0] if step else ""

"""Lines pasted from Python, C, LaTeX or a spreadsheet, and formulas as people write them: what to write instead.

A line is changed step by step, by patterns, into one of gradcli's language. What comes out is offered only where it
can be parsed, so that a pattern that fits by chance does no harm.
"""

import re
from collections.abc import Callable
from functools import cache, partial

from gradcli.errors import GradcliError
from gradcli.graph import Graph
from gradcli.language import elsewhere, keywords
from gradcli.language.characters import SUPERSCRIPTS, plain
from gradcli.language.format import format_graph
from gradcli.operators.table import FUNCTIONS, is_reserved
from gradcli.text import format_number

# Errors of a text that may be of another language. What is wrong with a name, a number of arguments or a condition says
# enough by itself.
SYNTAX = frozenset(
    (
        "missing-operator",
        "stray-character",
        "indexing",
        "lonely-point",
        "superscript",
        "unexpected",
        "missing-value",
        "strings",
        "stray-comma",
        "function-without-call",
        "unknown-operator",
        "stray-assignment",
        "name-character",
        "reserved-name",
        "unopened-parenthesis",
    )
)
# Places of a line that the hint of an error mends by itself; of the others one.
MENDED = {"function-without-call": 2, "stray-assignment": 2, "unknown-operator": 4}
LONGEST = 200  # characters of a line that is looked at
ROUNDS = 20  # of one change in a line

_MODULES = (
    "np numpy math cmath torch jax jnp tf keras sp sympy scipy special linalg nn functional F K xp Math std mpmath mp",
    "cupy",
    "lax",
)
_INNER = r"([^{}]*)"
_ATOM = r"(?:[0-9.]+|[^\W\d]\w*)"

# LaTeX: what has braces, of which the inner ones come first, and what is left then.
_BRACES: tuple[tuple[str, str], ...] = (
    (r"\\(?:mathrm|mathit|mathbf|text|operatorname|boldsymbol)\s*\{" + _INNER + r"\}", r"\1"),
    (r"\\(?:d|t|c)?frac\s*\{" + _INNER + r"\}\s*\{" + _INNER + r"\}", r"((\1)/(\2))"),
    (r"\\sqrt\s*\[3\]\s*\{" + _INNER + r"\}", r"cbrt(\1)"),
    (r"\\sqrt\s*\[([^]]*)\]\s*\{" + _INNER + r"\}", r"(\2)^(1/(\1))"),
    (r"\\sqrt\s*\{" + _INNER + r"\}", r"sqrt(\1)"),
    (r"\^\s*\{" + _INNER + r"\}", r"^(\1)"),
    (r"_\s*\{(\w+)\}", r"_\1"),
)
# Commands that mean nothing here, and what others are.
_COMMANDS: tuple[tuple[str, str], ...] = (
    (r"\\(?:left|right|big|Big|bigl|bigr|displaystyle|limits|quad|qquad)(?![a-zA-Z])|\\[,;:! ]|\$", " "),
    (r"\\frac\s*([0-9a-z])\s*([0-9a-z])", r"(\1/\2)"),
    (r"\\(?:cdot|times|ast)(?![a-zA-Z])", "*"),
    (r"\\div(?![a-zA-Z])", "/"),
    (r"\\leq?(?![a-zA-Z])", "<="),
    (r"\\geq?(?![a-zA-Z])", ">="),
    (r"\\sigma\s*\(", "sigmoid("),
    (r"\\(?:l|r)?vert(?![a-zA-Z])", "|"),
    (r"\\([a-zA-Z]+)", r" \1 "),
    (r"\{" + _INNER + r"\}", r"(\1)"),
)

# The others, in this order.
_PATTERNS: tuple[tuple[str, str], ...] = (
    (r"(?<![\w.])(?:(?:" + "|".join(" ".join(_MODULES).split()) + r")(?:\.|::))+(?=[^\W\d])", ""),
    (r"^\s*(?:const\s+)?(?:double|float|let|var|const|auto|return|real)\s+(?=[^\W\d])", ""),
    (r"^\s*(?:lambda[^:]*|def\s+\w+\s*\([^()]*\)[^:]*):(?:\s*return\b)?", ""),
    (r"^\s*(?:\w+\s*=\s*)?(?:\w+|\([^()]*\))\s*=>\s*", ""),
    (r"^\s*=", ""),
    (r"\$(?=[A-Za-z])|(?<=[A-Za-z])\$(?=[0-9])", ""),
    (r"\b(?:M_PI|PI\(\)|PI)(?!\w)", "pi"),
    (r"\b(?:M_E|Math\.E)\b", "e"),
    (r"\b([0-9]+\.?[0-9]*)[fF]\b", r"\1"),
    (r"([0-9])_(?=[0-9])", r"\1"),
    (r"&&", " and "),
    (r"(?<![\w)])(?<![\w)]\s)\|\|([^|]+)\|\|", r"abs(\1)"),
    (r"\|\|", " or "),
    (r"<>|≠", "!="),
    (r"=<", "<="),
    (r"=>", ">="),
    (r"!(?=\s*[\w(])(?!=)", " not "),
    (r"\|([^|]+)\|", r"abs(\1)"),
    (r"√\s*\(", "sqrt("),
    (r"√\s*(" + _ATOM + r")", r"sqrt(\1)"),
    (r"∛\s*\(", "cbrt("),
    (r"∛\s*(" + _ATOM + r")", r"cbrt(\1)"),
    (r"(" + _ATOM + r"|\([^()]*\))!(?!=)", r"gamma(\1 + 1)"),
    (r"([^\W\d]\w*|[0-9.]+)\s*%\s*([^\W\d]\w*|[0-9.]+)", r"mod(\1, \2)"),
    (r"([^\W\d]\w*|[0-9.]+)\s*//\s*([^\W\d]\w*|[0-9.]+)", r"floor(\1/\2)"),
    (r"([^\W\d]\w*)\[\s*([0-9]+)\s*\]", r"\1\2"),
    (r"([^\W\d]\w*)\[\s*([0-9]+)\s*,\s*([0-9]+)\s*\]", r"\1\2_\3"),
    (r"[\[{]", "("),
    (r"[\]}]", ")"),
    (r"[–—‐‑]", "-"),
    (r"[∗∙•✕]", "*"),
    (r"[∕⁄]", "/"),
    (r"\)\s*/\s*([0-9.]+)([^\W\d_]\w*)(?![\w(])", r")/(\1*\2)"),
    (r"∧", " and "),
    (r"∨", " or "),
    (r"¬", " not "),
    (r"[、､]", ", "),
)


def offered(error: GradcliError, text: str, read: Callable[[str], Graph]) -> GradcliError:
    """The error with what to write in place of a call of another system, or of the whole line.

    `read` is the parser of the language.
    """
    if error.code == "unknown-function":
        return _called(error, text, read)
    if error.code not in SYNTAX:
        return error
    indexed = _INDEXED.search(text)
    if indexed:
        start = indexed.start()
        return GradcliError("over-an-index", {"name": indexed[0]}, error.text, start, indexed.end(), error.source)
    line = rewritten(text, read)
    has_hint = error.facts.keys() & {"write", "exponent"} and not keywords.is_named(text)
    if not line or (has_hint and _places(text, line) <= MENDED.get(error.code, 1)):
        return error
    return GradcliError("other-notation", {"write": line}, error.text, error.start, error.end, error.source)


def _called(error: GradcliError, text: str, read: Callable[[str], Graph]) -> GradcliError:
    """What to write for a call of another system; for the whole line, where there are more of them."""
    if error.facts["name"][-1] in SUPERSCRIPTS and (line := rewritten(text, read)):
        return error.with_facts({"suggestion": None, "character": None, "write": line})
    rest = text[error.end :].lstrip()
    end = _closing(rest[:LONGEST], 0) if rest.startswith("(") else -1
    if "call" not in error.facts or end < 0:
        return error
    write = elsewhere.filled(error.facts["call"], rest[1:end], read)
    try:
        read(f"{text[: error.start]}({write}){rest[end + 1 :]}")
    except GradcliError:
        write = rewritten(text, read) or write
    return error.with_facts({"call": None, "write": write}) if write else error


def _places(text: str, line: str) -> int:
    """In how many places two lines differ, apart from white space and parentheses that are not needed."""
    from difflib import SequenceMatcher

    before, after = (re.sub(r"\s" if "(" in line else r"[\s()]", "", one) for one in (text, line))
    return sum(code != "equal" for code, *_ in SequenceMatcher(None, before, after, autojunk=False).get_opcodes())


def rewritten(text: str, read: Callable[[str], Graph]) -> str:
    """The line as gradcli's language has it, or "" where it is not known."""
    typed = plain(text.strip())
    if not typed or len(typed) > LONGEST or re.search(r"[\r\n]", typed):
        return ""
    line = typed
    for _ in range(ROUNDS if "\\" in line else 0):
        before = line
        for pattern, by in _BRACES:
            line = re.sub(pattern, by, line)
        if line == before:
            break
    for pattern, by in (*(_COMMANDS if "\\" in line else ()), *_PATTERNS):
        line = re.sub(pattern, by, line)
    line = re.sub(r"\b([0-9]+(?:\.[0-9]+)?)%(?!\s*[\w(])", lambda part: format_number(float(part[1]) / 100), line)
    line = re.sub(f"[⁻{_SUPERSCRIPTS}]+", lambda part: f"^{part[0].translate(_LOWERED)}", line)
    changes = (
        partial(_keywords, read=read),
        _powers_of_calls,
        _applied,
        _products,
        _choice,
        partial(_calls, read=read),
    )
    for change in changes:
        for _ in range(ROUNDS):
            before, line = line, change(line)
            if line == before or len(line) > 4 * LONGEST:
                break
    try:
        written = format_graph(read(line.strip().rstrip(";")))
    except GradcliError:
        return ""
    return written if len(written) <= LONGEST else ""


# A sum, a product or an integral over an index, of which nothing says what it runs over.
_INDEXED = re.compile(r"(?<![^\W_])(?:[Σ∑∏∫]|\\(?:sum|prod|int)(?![a-zA-Z]))(?=_|\s*[\w(\\{])")

_SUPERSCRIPTS = "".join(SUPERSCRIPTS)
_LOWERED = str.maketrans({"⁻": "-"} | SUPERSCRIPTS)
_WORDS = ("and", "or", "not", "if", "else", "lambda")


@cache
def _names() -> str:
    """The functions that no variable can be, as a pattern."""
    return "|".join(name for name in FUNCTIONS if is_reserved(name))


def _closing(line: str, opening: int) -> int:
    """The place of the parenthesis that closes this one, or -1."""
    depth = 0
    for place in range(opening, len(line)):
        depth += {"(": 1, ")": -1}.get(line[place], 0)
        if not depth:
            return place
    return -1


def _powers_of_calls(line: str) -> str:
    """`sin^2(x)` is sin(x)^2, `sin^2 x` too, and sin^-1 is asin."""
    found = re.search(rf"\b({_names()})\s*(?:\^|\*\*)\s*\(?\s*(-?[0-9]+)\s*\)?\s*(\(|(?:[0-9.]*[^\W\d]\w*))", line)
    if not found:
        return line
    name, power, inside = found.groups()
    end = found.end()
    if inside == "(":
        end = _closing(line, found.end() - 1) + 1
        inside = line[found.end() : end - 1]
    if not end:
        return line
    inverse = f"a{name}"
    call = f"{inverse}({inside})" if power == "-1" and inverse in FUNCTIONS else f"{name}({inside})^{power}"
    return line[: found.start()] + call + line[end:]


def _applied(line: str) -> str:
    """`sin 2x` is sin(2x), and `sin x^2` sin(x^2)."""
    argument = r"(-?(?:[0-9.]*[^\W\d]\w*|[0-9.]+)(?:\s*\^\s*[0-9.]+)?)"
    return re.sub(rf"\b({_names()})\s+(?!(?:{_names()})\b){argument}(?!\s*\()", r"\1(\2)", line)


def _products(line: str) -> str:
    """`2x`, `2(a + b)`, `(a)(b)` and `a b` are products."""
    after = rf"(?!(?:{'|'.join(_WORDS)})\b)"
    line = re.sub(rf"(?<![\w.])([0-9]+\.?[0-9]*(?:[eE][+-]?[0-9]+)?)\s*{after}(?=[^\W\d_]|\()", r"\1*", line)
    line = re.sub(rf"\)\s*{after}(?=[\w(])", ")*", line)
    return re.sub(rf"\b(?!(?:{'|'.join(_WORDS)}|{_names()})\b)([^\W\d]\w*)\s+{after}(?=[^\W\d])", r"\1*", line)


def _choice(line: str) -> str:
    """`a if c else b` and `c ? a : b` are where(c, a, b): the last one of the line."""
    place = max(line.rfind(" if "), line.rfind("?"))
    if place < 0:
        return line
    is_python = line[place] == " "
    start, between = _left(line, place), place + (4 if is_python else 1)
    middle = _right(line, between, " else " if is_python else ":")
    end = _right(line, middle + 1, "")
    first, second = line[start:place].strip(), line[between:middle].strip()
    third = line[middle + (6 if is_python else 1) : end].strip()
    condition, taken = (second, first) if is_python else (first, second)
    if not re.search(r"[<>=]|\b(?:and|or|not)\b", condition):
        condition += " != 0"
    return f"{line[:start]}where({condition}, {taken}, {third}){line[end:]}"


def _left(line: str, place: int) -> int:
    """Where the operand begins that ends here."""
    depth = 0
    for start in range(place, 0, -1):
        character = line[start - 1]
        depth += {")": 1, "(": -1}.get(character, 0)
        is_assignment = (
            character == "=" and line[start - 2 : start - 1] not in ("=", "<", ">", "!") and line[start] != "="
        )
        if depth < 0 or (not depth and (character in ",:?;" or is_assignment or line.startswith(" else ", start - 6))):
            return start
    return 0


def _right(line: str, place: int, mark: str) -> int:
    """Where the operand ends that begins here: before the mark, or what closes it."""
    depth = 0
    for end in range(place, len(line)):
        character = line[end]
        if not depth and (line.startswith(mark, end) if mark else character in ",:;)"):
            return end
        depth += {"(": 1, ")": -1}.get(character, 0)
    return len(line)


def _keywords(line: str, read: Callable[[str], Graph]) -> str:
    """The last call whose arguments are written as elsewhere, as what it means."""
    for found in reversed(list(re.finditer(r"\b([^\W\d]\w*)\(", line))):
        end = _closing(line, found.end() - 1) + 1
        arguments = keywords.parts(line[found.end() : end - 1])
        write = keywords.meaning(found[1], arguments, read) if end else ""
        if write:
            return f"{line[: found.start()]}({write}){line[end:]}"
    return line


def _calls(line: str, read: Callable[[str], Graph]) -> str:
    """The last call of a function of another system, as what it means."""
    for found in reversed(list(re.finditer(r"\b([^\W\d]\w*)\(", line))):
        name, end = found[1], _closing(line, found.end() - 1) + 1
        if name in FUNCTIONS or not end:
            continue
        inside = line[found.end() : end - 1]
        if name.lower() in FUNCTIONS and name not in elsewhere.meanings():
            return f"{line[: found.start()]}{name.lower()}({inside}){line[end:]}"
        if name.lower() == "sum":
            return f"{line[: found.start()]}({inside.replace(',', ' +')}){line[end:]}"
        facts = elsewhere.general(name)
        write = elsewhere.filled(facts["call"], inside, read) if facts else ""
        if write:
            return f"{line[: found.start()]}({write}){line[end:]}"
    return line

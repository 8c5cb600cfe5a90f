"""Lines pasted from Python, C, LaTeX or a spreadsheet, and formulas as people write them: what to write instead.

What comes out of reading a line in its notation is offered where gradcli's language has it; what has no counterpart is
named, and of what people read in two ways both are offered.
"""

import re
from collections.abc import Callable
from functools import partial

from gradcli.errors import GradcliError
from gradcli.graph import Graph
from gradcli.language import foreign, lexing, masks, over_arrays, primes, programs, questions, tex
from gradcli.language.characters import SUPERSCRIPTS, plain
from gradcli.language.dialects import shown
from gradcli.language.format import format_graph
from gradcli.language.notation import LONGEST, ForeignNotation, NotationError
from gradcli.language.reading import read as reading
from gradcli.language.spelling import TRANSPOSED
from gradcli.operators.arrays import ARRAY_FUNCTIONS

# Errors of a text that may be of another language. What is wrong with a name, a number of arguments or a condition says
# enough by itself.
SYNTAX = frozenset(
    (
        "missing-operator",
        "stray-character",
        "not-a-place",
        "not-an-axis",
        "no-keyword",
        "lonely-point",
        "superscript",
        "foreign-digit",
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
        "long-vowel",
        "name-spelling",
    )
)
# Functions of arrays, of which only whole lines are known.
_MADE_ANEW = ("ones", "colSums", "rowSums", "colMeans", "rowMeans")
# Places of a line that the hint of an error mends by itself; of the others one.
MENDED = {"function-without-call": 2, "stray-assignment": 2, "unknown-operator": 4}

# A long vowel behind kana, else what a Japanese keyboard has for a minus.
_DASH = re.compile(r"(?<![\u3041-\u30ff])\u30fc")
# Words behind a sign that begins a comment in some language; in braces of their own anywhere.
_COMMENT = re.compile(
    r"/\*.*?\*/|(?://|%|--)\s+(?!of\b)[^\W\d]+(?:\s+[^\W\d]+)+[\s.]*$|(?<=;)\s*(?://|%).*$|(?<=\})\s*//.*$"
)
# One word there, which may be an operand too: behind `//`, or behind `%` where a line has MATLAB's operators.
_REMARK = re.compile(r"^(.*\s(?=//)|(?=.*\.[*/^]).*\s(?=%))(?://|%)\s*([^\W\d_]{3,}|[\u3041-\u9fff]{2,})[\s.!]*$")
_PROMPT = re.compile(r"^\s*(?:>>>|(?:In|Out)\s*\[[0-9]+\]\s*:?=?|julia>|octave:[0-9]+>|>)\s+(?=\S)")
_ASSIGNED = re.compile(r"^(\s*[^\W\d]\w*\s*)<-")  # R; a comparison is no line by itself
# `if c then a else b`, in Japanese too, and the same without `then` behind parentheses; and where `else` is missing.
_IF = r"(?i)((?:^|[=(,:])\s*)(if\b|\u3082\u3057)"
_THAT = r"(?:\bthen\b|\u306a\u3089\u3070?[\u3001,]?)"
_ELSE = r"(?:\belse\b|[\u3001,]?\s*\u305d\u3046\u3067\u306a\u3051\u308c\u3070[\u3001,]?)"
_THEN = re.compile(rf"{_IF}(.*?)(?:{_THAT}|(?<=\)) (?=[\w(+-]))((?:(?!\bif\b|\u3082\u3057).)*?){_ELSE}")
_BRACKETED = re.compile(r"(?<![\w)\]\s])\s*\[[^][(){},]*[<>≤≥][^][(){},]*\]")  # Iverson's [x > 0]
_HALF = re.compile(rf"{_IF}.*?{_THAT}")


def offered(
    error: GradcliError, text: str, read: Callable[[str], Graph], check: Callable[[Graph], object] | None = None
) -> GradcliError:
    """The error with what to write in place of a call of another system, or of the whole line.

    `read` is the parser of the language. A line for which `check` raises is not offered.
    """
    if len(text) <= LONGEST and (asked := questions.asked(error, text, partial(_own, read=read))):
        return asked
    if check is not None:
        read = partial(_checked, read=read, check=check)
    start = max(text.rfind("\n", 0, error.start), text.rfind("\r", 0, error.start)) + 1
    whole = re.split(r"[\r\n]|(?<!\\)#", text[start:], maxsplit=1)[0]
    read = programs.after(text[:start], read)
    if len(whole) <= LONGEST and (primed := primes.told(error, text, whole, partial(_with_formula, read=read))):
        return primed
    if not programs.is_definition(whole, text[start + len(whole) :]):
        found = _offered(error, text, start, whole, read)
        write = found.facts.get("write", "")
        is_turned = "softmax(" in write and ".T).T" in write
        return found.with_facts({"vector": over_arrays.of_vectors(write, read) or None}) if is_turned else found
    end = "; 0"  # by which a definition is none without a use
    found = _offered(error, text, start, whole + end, read)
    return found.with_facts({key: fact.removesuffix(end) for key, fact in found.facts.items() if isinstance(fact, str)})


def _checked(text: str, read: Callable[[str], Graph], check: Callable[[Graph], object]) -> Graph:
    graph = read(text)
    check(graph)
    return graph


def _offered(error: GradcliError, text: str, start: int, whole: str, read: Callable[[str], Graph]) -> GradcliError:
    """The same for one line, which begins at `start`."""
    if found := over_arrays.offered(error, text, whole, read):
        return found
    if error.code not in SYNTAX:
        return _of_a_call(error, text, whole, read)
    if asked := questions.over_an_index(error, text) or questions.inverse(error, text):
        return asked
    try:
        line = translated(whole, read)
    except NotationError as failure:
        place, end = start + failure.start, start + failure.end
        if text[place:end] == "@":  # which gradcli has
            call = over_arrays.unknown_call(whole)
            if call is None:
                return error
            place, end = start + call[0], start + call[1]
            failure = NotationError("no-counterpart", *call)
        if failure.code == "no-counterpart" and (asked := questions.error_about(text[place:end], error, place, end)):
            return asked
        code, facts = _refused(failure, whole, read)
        if not code:
            return error
        if code != "other-notation":
            return GradcliError(code, facts, error.text, place, end, error.source)
        line = facts["write"]
    if not line or (_is_enough(error, line) and _places(whole, line) <= MENDED.get(error.code, 1)):
        return error
    return GradcliError("other-notation", {"write": line}, error.text, error.start, error.end, error.source)


def _refused(failure: NotationError, line: str, read: Callable[[str], Graph]) -> tuple[str, dict[str, str]]:
    """The code and the facts of what is said of a line that cannot be read."""
    if failure.code != "two-readings":
        name = line[failure.start : failure.end]
        return "" if name in ARRAY_FUNCTIONS else failure.code, {"name": name, "write": failure.write}
    one, other = (rewritten(line, read, reading) for reading in (1, 2))
    if one and other and one != other:
        return failure.code, {"write": one, "other": other}
    return ("ambiguous-notation", {}) if one != other else ("other-notation", {"write": one}) if one else ("", {})


def _is_enough(error: GradcliError, line: str) -> bool:
    """Whether the error says itself what to write, and so that it is a part of the line."""
    facts = error.facts
    if "base" in facts:
        return f"{facts['base']}^{facts['exponent']}" in line
    write = facts.get("write", "")
    if "exponent" in facts:
        return f"^{facts['exponent']}" in line
    if error.code == "function-without-call":  # `log x^2` is no log(x)
        return bool(write) and re.sub(r"\s", "", write) in re.sub(r"\s", "", line)
    if error.code == "name-character" and "/" in write:  # ½, with which more than itself may change
        return False
    is_part = re.sub(r"[\s()]", "", write) in re.sub(r"[\s()]", "", line)
    return bool(write) and is_part and f"{write}(" not in line


def _of_a_call(error: GradcliError, text: str, whole: str, read: Callable[[str], Graph]) -> GradcliError:
    """The error about a function with what to write for the line; another error as it is."""
    if error.code in ("unknown-function", "function-elsewhere"):
        asked = questions.error_about(error.facts["name"], error, error.start, error.end)
        if (error.facts["name"] in _MADE_ANEW or error.facts["name"][-1] == TRANSPOSED) and (
            line := rewritten(whole, read)
        ):
            return GradcliError("other-notation", {"write": line}, text, error.start, error.end, error.source)
        return asked or _called(error, text, whole, read)
    if error.code == "condition-as-number":
        return error.with_facts({"write": _with_conditions(whole, read) or None})
    if error.code in ("number-of-arguments", "softmax-axis"):
        return error.with_facts({"write": rewritten(whole, read) or None})
    if error.code == "not-a-function" and "define" not in error.facts:
        line = rewritten(whole, read)
        is_indicator = re.match(r"\s*\([^()]*[<>≤≥]", text[error.end :])  # I(x > 0)
        if line and (is_indicator or (_is_enough(error, line) and _places(whole, line) > 1)):
            return GradcliError("other-notation", {"write": line}, text, error.start, error.end, error.source)
    return error


def _with_conditions(line: str, read: Callable[[str], Graph]) -> str:
    """What to write for a line with a condition as a number."""
    if len(line) <= LONGEST and _BRACKETED.search(line):
        return rewritten(line, read)
    return masks.written(line, read) or rewritten(line, read)


def _called(error: GradcliError, text: str, whole: str, read: Callable[[str], Graph]) -> GradcliError:
    """What to write for a line with a call of another system, or for the call alone where the line is not known."""
    if not {"call", "write"} & error.facts.keys() and error.facts["name"][-1] not in SUPERSCRIPTS:
        return error
    is_of_arrays = "write" in error.facts and "call" not in error.facts
    line = over_arrays.of_libraries(whole, read) if is_of_arrays else rewritten(whole, read)
    if line:
        return error.with_facts({"suggestion": None, "character": None, "call": None, "write": line})
    rest = text[error.end :].lstrip()
    end = foreign.closing(rest[:LONGEST])
    if "call" not in error.facts or end < 0:
        return error
    write = foreign.filled(error.facts["call"], rest[1:end], read)
    return error.with_facts({"call": None, "write": write}) if write else error


def _own(formula: str, read: Callable[[str], Graph]) -> str:
    """A formula as gradcli has it: itself, if it is, else what to write for it, or ""."""
    try:
        read(formula)
    except GradcliError:
        return rewritten(formula, read)
    return formula


def _with_formula(line: str, of_books: str, of_python: str, read: Callable[[str], Graph]) -> str:
    """What to write for a line with a formula in it, in the signs of each language in which the line may be."""
    return (
        masks.written(line, read)
        or over_arrays.of_mathematics(of_books, read)
        or over_arrays.of_libraries(of_python, read)
    )


def _places(text: str, line: str) -> int:
    """In how many places two lines differ, apart from white space and parentheses that are not needed."""
    from difflib import SequenceMatcher

    before, after = (re.sub(r"\s" if "(" in line else r"[\s()]", "", one) for one in (text, line))
    return sum(code != "equal" for code, *_ in SequenceMatcher(None, before, after, autojunk=False).get_opcodes())


def rewritten(text: str, read: Callable[[str], Graph], reading: int = 0) -> str:
    """The line as gradcli's language has it, or "" where it is not known."""
    try:
        return translated(text, read, reading)
    except NotationError:
        return ""


def translated(text: str, read: Callable[[str], Graph], reading: int = 0) -> str:
    """The same; raises `NotationError`, with a code where it is known what in the line has no counterpart.

    Of what is read in two ways `reading` takes the first or the second; 0 refuses it.
    """
    if line := over_arrays.of_mathematics(text, read) or over_arrays.along(text, read):
        return line
    try:
        return _translated(text, read, reading) or over_arrays.of_libraries(text, read)
    except NotationError:
        if line := over_arrays.of_libraries(text, read):
            return line
        raise


def _translated(text: str, read: Callable[[str], Graph], reading: int = 0) -> str:
    """The same of numbers alone."""
    line = re.split(r"(?<!\\)#", plain(text), maxsplit=1)[0]
    if not line.strip() or len(line) > LONGEST or re.search(r"[\r\n]", line):
        return ""
    line = _without_remark(_COMMENT.sub(lambda comment: " " * len(comment[0]), _DASH.sub("-", line)), reading)
    line = _PROMPT.sub(lambda prompt: " " * len(prompt[0]), line)
    line = _conditional(_ASSIGNED.sub(r"\1= ", line))
    heads, line = programs.heads(line)
    notation, line = shown(line)
    names = (head.partition("(")[0] for head in heads.values())
    notation = notation._replace(reading=reading, defined=frozenset((*names, *read("0").definitions)))
    statements, end = [], 0
    is_cell = notation.name == "spreadsheet"
    for statement in [line] if is_cell else re.split(r"(?<!\\);", line):
        if statement.strip():
            head = heads.get(end + len(statement), "")
            statements.append(head + _statement(" " * end + statement, notation))
        end += len(statement) + 1
    program = "; ".join(statements)
    try:
        written = programs.written(statements, read) if notation.defined else format_graph(read(program))
    except GradcliError as error:
        if error.code == "condition-as-number":
            raise NotationError(error.code, 0, len(line.rstrip()), masks.written(program, read)) from None
        return ""
    return written if len(written) <= LONGEST else ""


def _without_remark(line: str, reading: int) -> str:
    """The line without one word behind what may be an operator; in the first of two ways it is one."""
    remark = _REMARK.search(line)
    if remark is None or reading == 1 or re.search(rf"\b{remark[2]}\b", remark[1]):
        return line
    if not reading and shown(line)[0].name not in ("c", "javascript"):  # which have no other `//`
        raise NotationError("two-readings", remark.end(1), remark.end(2))
    return remark[1]


def _conditional(line: str) -> str:
    """`if c then a else b` as `c ? a : b`, with each part in its place."""
    while match := _THEN.search(line):
        before, _, condition, value = match.groups()
        question, colon = "?".ljust(match.start(4) - match.end(3)), ":".ljust(match.end() - match.end(4))
        line = f"{line[: match.start()]}{before}  {condition}{question}{value}{colon}{line[match.end() :]}"
    if half := _HALF.search(line):
        raise NotationError("missing-choice", half.start(2), half.end(2))
    return line


def _statement(line: str, notation: ForeignNotation) -> str:
    """One statement; of a step the name stays."""
    name = "" if notation.name == "spreadsheet" else _step(line)
    formula = " " * len(name) + line[len(name) :]
    tokens = tex.tokens(formula, notation) if notation.name == "latex" else lexing.tokens(formula, notation)
    return name + reading(tokens, notation)


def _step(line: str) -> str:
    """`y = `, if the line begins so."""
    step = re.match(r"[\s$]*([^\W\d]\w*)\s*=(?!=)", line)
    return step[0] if step else ""

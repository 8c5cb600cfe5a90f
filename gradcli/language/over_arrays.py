"""Lines over whole arrays in other notations, and what to write for them: each loaded when a line may be one."""

import re
from collections.abc import Callable

from gradcli.errors import GradcliError
from gradcli.graph import Graph
from gradcli.language import masks, questions
from gradcli.language.format import format_graph
from gradcli.language.names import is_of_matrix
from gradcli.language.notation import LONGEST
from gradcli.operators.arrays import ARRAY_FUNCTIONS, TRANSPOSE
from gradcli.operators.table import CONSTANTS, IDENTITY

# An axis or an order by its place, mean(X, 0): of numbers these take none.
_ALONG = r"\b(?:softmax|mean|norm)\((?:[^()]|\([^()]*\))*,\s*(?:-?[012]|[iI]nf)\s*\)"
# What may be an operation on arrays in Python: a module's function, a method, a keyword, a place in brackets.
_PYTHON = (
    r"[^\W\d]\w*\.[^\W\d]\w*|\)\s*\.|@|\b(?:axis|dim)\s*=|\[|\b(?:matmul|mm|inner|transpose)\(|\b(?:col|row)(?:Sum|Mean)s\(|"
    + _ALONG
)

_KEPT = re.compile(r"(?<=[0-9])\s*,\s*keepdims?\s*=\s*True\b")  # an axis of the length 1, which a vector has not
_ERRORS = ("transpose-sign", "missing-comma", "rows-in-array", "number-underscore")  # about texts that are over arrays
_RAISED = re.compile(r"(?:([^\W\d]\w*)|[)\]]|(?<![\w.])1)\s*\^\s*$")  # what is no number, and may be transposed


def offered(error: GradcliError, text: str, line: str, read: Callable[[str], Graph]) -> GradcliError | None:
    """The error with what to write for a line over arrays; None for an error that any text may have."""
    if "transpose" in error.facts:  # W', which may be a derivative
        return error.with_facts({"write": of_mathematics(line, read) or None})
    is_power = error.code == "not-a-function" and error.facts["name"] == "T"  # X^T (Y - T): T may be a name besides
    raised = _RAISED.search(text[: error.start]) if is_power else None
    if error.code not in _ERRORS and (not raised or raised[1] in CONSTANTS):
        return None
    if asked := questions.inverse(error, text):
        return asked
    found = [of_mathematics(line, read)]
    if raised and not raised[0].startswith("1") and not is_of_matrix(raised[1] or ""):
        found.append(_written(f"{text[: error.end]}*{text[error.end :]}", read))
    found = list(filter(None, found))
    if not found:
        return error
    facts = dict(zip(("write", "other"), found, strict=False))
    code = "two-readings" if "other" in facts else "other-notation"
    return GradcliError(code, facts, error.text, error.start, error.end, error.source)


def of_libraries(text: str, read: Callable[[str], Graph]) -> str:
    """A line of NumPy or the like as gradcli's language has it, or ""."""
    if len(text) > LONGEST or not re.search(_PYTHON, text):
        return ""
    from gradcli.language.pasted_arrays import of_python

    found = _written(of_python(text), read)
    return found or (_written(of_python(_KEPT.sub("", text)), read) if _KEPT.search(text) else "")


def along(text: str, read: Callable[[str], Graph]) -> str:
    """A line with `mean(X, 0)` or `norm(x, 1)` as gradcli's language has it, or ""."""
    return of_libraries(text, read) if re.search(_ALONG, text) else ""


def of_vectors(line: str, read: Callable[[str], Graph]) -> str:
    """A line with `softmax(x.T).T` as it may be where x is a vector, `softmax(x)`; "" where nothing of it may be one.

    A name with a capital is that of a matrix.
    """
    graph = read(line)
    operators = [*graph.operators]
    for node in range(len(operators)):
        way = [node]
        for expected in (TRANSPOSE, ARRAY_FUNCTIONS["softmax"], TRANSPOSE):
            way += graph.inputs[way[-1]] if graph.operators[way[-1]] is expected else []
        if len(way) == 4 and not is_of_matrix(graph.names.get(way[-1], "")):
            operators[node] = operators[way[2]] = IDENTITY
    if operators == [*graph.operators] or graph.definitions:
        return ""
    return format_graph(Graph(operators, graph.inputs, graph.values, graph.names, graph.output))


def of_mathematics(text: str, read: Callable[[str], Graph]) -> str:
    """A line of a book, LaTeX, MATLAB, Julia or R as gradcli's language has it, or ""."""
    if len(text) > LONGEST:
        return ""
    from gradcli.language.factors import READINGS
    from gradcli.language.pasted_matrices import of_mathematics

    lines = dict.fromkeys(of_mathematics(text, reading) for reading in READINGS)
    return next(filter(None, (_written(line, read) for line in lines)), "")


def _written(program: str, read: Callable[[str], Graph]) -> str:
    """A program as gradcli writes it, with `where` for conditions that are numbers in it, or "" for what is none."""
    return masks.written(program, read) if program else ""


def unknown_call(text: str) -> tuple[int, int] | None:
    """Where the first function of a library stands that has no counterpart."""
    from gradcli.language.pasted_arrays import unknown_call

    return unknown_call(text)

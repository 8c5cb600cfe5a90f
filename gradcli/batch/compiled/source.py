"""A lowered graph as the source of one C function, and the functions that it calls back for single numbers."""

from collections.abc import Callable
from dataclasses import replace
from math import isfinite, isnan
from typing import NamedTuple

from gradcli.batch.compiled import vectors
from gradcli.batch.compiled.lowering import is_spelled
from gradcli.batch.conditions import FINITE
from gradcli.batch.tape.lowering import TapeGraph
from gradcli.batch.tape.spelling import ByRow
from gradcli.engine.doubles import rules
from gradcli.export.backends.c import LANGUAGE, column_function
from gradcli.export.code_language import CodeLanguage
from gradcli.export.comments import in_language
from gradcli.export.lowering import lower
from gradcli.operators.records import Operator

GONE, APART, OPEN = 1.0, 2.0, 3.0  # of a row: it has no value; it is apart; a number of it is not finite
FUNCTION = "columns"
_HEAD = f"double {FUNCTION}(size_t count, const double *const in[], double *const out[])"
_HEADERS = "#include <math.h>\n#include <stddef.h>\n#include <stdint.h>\n#include <string.h>"


class CompiledSource(NamedTuple):
    """The text, and by the names of variables in it the functions that they are to point to, with how many arguments.

    The function fills value, slopes and the state of each row, and returns a number that is not 0 if a state is not.
    """

    text: str
    called: dict[str, tuple[Callable[..., float], int]]


def source(lowered: TapeGraph, is_for_several: bool, has_vectors: bool) -> CompiledSource:
    """The source for several rows at once, with or without the vectors of glibc, or for one after the other."""
    graph = lowered.graph
    called: dict[str, tuple[Callable[..., float], int]] = {}
    calls = {
        FINITE.name: "fabs({0:OR}) <= 1.7976931348623157e308",
        "and": "{0:SUM} & {1:SUM}",
        "or": "{0:SUM} | {1:SUM}",
    }
    for operator in dict.fromkeys(graph.operators):
        if isinstance(operator.function, ByRow):
            calls[operator.name] = _call_where(operator, operator.function, called)
        elif operator.parameters and not (operator.condition or is_spelled(operator)):
            calls[operator.name] = name = f"each_{operator.name}"
            called[name] = rules.ieee(operator), len(operator.parameters)
    language = replace(LANGUAGE, calls={**LANGUAGE.calls, **calls}, number=_number, lists={})
    if is_for_several:
        language = _for_several(language)
    names = {node: f"x{place}" for place, node in enumerate(graph.variables.values())}
    roots = [lowered.value, *lowered.slopes.values(), lowered.holds, lowered.bends]
    code = lower(graph, roots, language, names)
    *numbers, holds, apart = code.roots
    before = [f"const double *const in_{place} = in[{place}];" for place in range(len(names))]
    before += [f"double *const out_{place} = out[{place}];" for place in range(len(numbers) + 1)]
    body = [f"const double {name} = in_{place}[row];" for place, name in enumerate(names.values())]
    body += [*code.lines, "double rest = 0.0;"]
    for place, text in enumerate(numbers):
        body += [
            f"const double y{place} = {text} + 0.0;",
            f"rest += y{place} - y{place};",
            f"out_{place}[row] = y{place};",
        ]
    # What the first function leaves may have a value by the second, which knows that better.
    first, second = ((apart, APART), (f"!({holds})", GONE))[:: 1 if is_for_several else -1]
    body += [f"double state = rest == 0.0 ? 0.0 : {OPEN};"]
    body += [f"state = {condition} ? {code} : state;" for condition, code in (second, first)]
    body += [f"out_{len(numbers)}[row] = state;", "found += state;"]
    function = column_function(_HEAD, [*before, "double found = 0.0;"], body, " reduction(+:found)", ["return found;"])
    parts = [_HEADERS, *_declared(called, is_for_several and has_vectors), *code.helpers, function]
    return CompiledSource(in_language("\n\n".join(parts), "en") + "\n", called)


def _call_where(operator: Operator, exact: ByRow, called: dict[str, tuple[Callable[..., float], int]]) -> str:
    """A number, and where a condition holds what a function says."""
    name, count = f"each_{operator.name}", len(operator.parameters) - 2
    called[name] = exact.function, count
    arguments = ", ".join(f"{{{place}:OR}}" for place in range(2, count + 2))
    return f"{{0:AND}} ? {name}({arguments}) : {{1:OR}}"


def _for_several(language: CodeLanguage) -> CodeLanguage:
    calls, helpers = {**language.calls, **vectors.CALLS}, {**vectors.HELPERS, **language.helpers}
    return replace(language, calls=calls, helpers=helpers)


def _declared(called: dict[str, tuple[Callable[..., float], int]], has_vectors: bool) -> list[str]:
    """The functions that are called for single numbers, and those that are there for several."""
    lines = [f"double (*{name})({', '.join(['double'] * count)});" for name, (_, count) in called.items()]
    if has_vectors:
        simd = '__attribute__((simd("notinbranch")))'
        lines += [f"{simd} double {name}({', '.join(['double'] * count)});" for name, count in vectors.LIBRARY.items()]
    return ["\n".join(lines)] if lines else []


def _number(number: float) -> str:
    if isfinite(number):
        return repr(number)
    return "NAN" if isnan(number) else "INFINITY" if number > 0 else "-INFINITY"

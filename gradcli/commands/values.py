"""Values in a text: constant expressions, with their uncertainties."""

import re
from collections.abc import Container
from contextlib import suppress
from functools import partial
from math import inf, isfinite

from gradcli.commands.objects import PLUS_MINUS
from gradcli.engine.doubles.passes import Fault, forward
from gradcli.errors import GradcliError
from gradcli.language.parser import parse
from gradcli.text import format_number

# Patterns are compiled when they are needed: each takes half a millisecond of a start.
_NUMERIC = frozenset("0123456789.eE+-")
_SECOND = r"(?<![<>!=])=(?!=)|;"  # a second pair, or a program
_error = partial(GradcliError, source="at")


def constant(text: str, start: int, end: int, free: Container[str], is_exact: bool) -> float:
    """The value of a constant expression within the text; errors have their place there.

    The names in `free` are none of constants.
    """
    source = text[start:end]
    if _NUMERIC.issuperset(source):
        with suppress(ValueError):
            value = float(source)
            if is_exact or (isfinite(value) and (value or not source.strip("-.0eE+"))):
                return value
    try:
        _check_value(source)
        graph = parse(source, free=free)
        if graph.variables:
            name, node = next(iter(graph.variables.items()))
            where = graph.starts[node]
            raise _error("value-with-name", {"name": name}, source, where, where + len(name))
        values = forward(graph, dict(graph.values)).values
    except Fault as fault:
        from gradcli.engine.undefined import no_finite_value

        error: GradcliError = no_finite_value(graph, fault.values, fault.node, start)
        if is_exact and error.code == "overflow":
            return inf
        raise error.within(text, start, "at") from None
    except GradcliError as error:
        if error.text is None:
            raise _error("empty-value", {}, text, end) from None
        raise error.within(text, start, "at") from None
    return float(values[graph.output])


def measured(text: str, start: int, end: int, free: Container[str], is_exact: bool) -> tuple[float, int, float | None]:
    """A value within the text, where it ends, and its uncertainty: `3±0.1`, `3+/-0.1`; None where there is none."""
    signs = (text.find(sign, start, end) for sign in ("±", "+/-"))  # in an array of any length
    found = re.compile(PLUS_MINUS).search(text, start, end) if max(signs) >= 0 else None
    if not found:
        return constant(text, start, end, free, is_exact), end, None
    around = re.fullmatch(r"\s*\((?P<inside>[^()]*)\)\s*", text[start:end])
    if around:  # (3±0.1)
        start, end = start + around.start("inside"), start + around.end("inside")
    value = constant(text, start, found.start(), free, is_exact)
    if percent := re.fullmatch(r"\s*([0-9]+(?:\.[0-9]*)?)\s*%\s*", text[found.end() : end]):
        write = f"{text[start : found.end()]}{format_number(abs(value) * float(percent[1]) / 100)}"
        raise _error("uncertainty-percent", {"write": write.strip()}, text, found.end(), end)
    uncertainty = constant(text, found.end(), end, free, is_exact)
    if uncertainty < 0:
        raise _error("uncertainty-negative", {}, text, found.end(), end)
    return value, found.start(), uncertainty


def _check_value(source: str) -> None:
    """Raise for what is no expression but may be meant: nan, inf, more pairs without a comma."""
    begin = len(source) - len(source.lstrip())
    if source.strip().lower().strip("+-") in ("nan", "inf", "infinity"):
        raise _error("value-not-finite", {}, source, begin, len(source.rstrip()))
    second = re.search(_SECOND, source)
    if second:
        raise _error("pair-separator", {}, source, second.start())

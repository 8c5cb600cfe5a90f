"""The point at which an expression is evaluated, read from text (`a=2,x=pi/4`) or a JSON object of numbers."""

import re
from math import isfinite
from typing import Any

from gradcli.complaints import check_name, nearest
from gradcli.errors import GradcliError, MathError, quote
from gradcli.evaluate import Fault, forward
from gradcli.graph import Graph
from gradcli.notes import no_finite_value
from gradcli.operators import CONSTANTS, FUNCTIONS
from gradcli.parser import parse

_NUMBER = re.compile(r"-?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_NAME = re.compile(r"[^\W\d]\w*")
_DIGITS = re.compile(r"[0-9]+(?:[eE][+-]?[0-9]+)?")


class Point:
    """Collects values for the variables of a graph; each name can be given once."""

    def __init__(self, graph: Graph) -> None:
        self.variables = graph.variables
        self.steps = graph.steps
        self.values: dict[str, float] = {}

    def add_text(self, text: str) -> None:
        """`name=value` pairs, separated by commas; a value is a constant expression."""
        if not text.strip():
            return
        for start, end in _pairs(text):
            self._add_pair(text, start, end)

    def _add_pair(self, text: str, start: int, end: int) -> None:
        pair = text[start:end]
        left, equals, right = pair.partition("=")
        name = left.strip()
        begin = start + len(left) - len(left.lstrip())
        if not equals:
            raise self._not_a_pair(text, begin, name, end)
        if not _NAME.fullmatch(name):
            what = f"{quote(name)} is no name" if name else "a name is missing before '='"
            raise GradcliError(f"{what}; --at takes name=value pairs", text, begin, begin + max(1, len(name)))
        if name == "π" or name in CONSTANTS or name in FUNCTIONS:
            what = "a function" if name in FUNCTIONS else "a constant"
            raise GradcliError(f"{quote(name)} is {what}; it cannot be given a value", text, begin, begin + len(name))
        check_name(text, name, begin)
        if name in self.values:
            raise GradcliError(f"{quote(name)} is given twice", text, begin, begin + len(name))
        if name not in self.variables:
            raise GradcliError(self._unknown(name), text, begin, begin + len(name))
        value_start = start + len(left) + 1
        self.values[name] = _constant(text, value_start, end)

    def _unknown(self, name: str) -> str:
        if name in self.steps:
            return f"{quote(name)} is a step of the expression: it is computed, not given"
        close = nearest(name, list(self.variables))
        hint = f"; did you mean {quote(close)}?" if close else ""
        return f"{quote(name)} does not occur in the expression{hint}"

    def _not_a_pair(self, text: str, begin: int, name: str, end: int) -> GradcliError:
        before = text[:begin].rstrip()
        if before.endswith(",") and _DIGITS.fullmatch(name) and self.values:
            last = before[:-1].rpartition("=")[2].strip()
            if re.fullmatch(r"-?[0-9]+", last):
                message = f"the decimal sign is a point: write {last}.{name}"
                return GradcliError(message, text, len(before) - 1)
        what = f"{quote(name)} is no pair" if name else "a pair is missing here"
        return GradcliError(f"{what}; --at takes name=value pairs, as a=2,x=3", text, begin, max(begin + 1, end))

    def add_json(self, text: str) -> None:
        """A JSON object of numbers; names that do not occur in the expression are passed over."""
        met = set(self.values)
        for name, value in _json_object(text):
            if name in met:
                raise GradcliError(f"{quote(name)} is given twice")
            met.add(name)
            if isinstance(value, bool) or not isinstance(value, (int, float)):
                raise GradcliError(f"the value of {quote(name)} in the JSON object is no number")
            try:
                number = float(value)
            except OverflowError:
                number = float("inf")
            if not isfinite(number):
                raise GradcliError(f"the value of {quote(name)} is too large for double precision")
            if name in self.variables:
                self.values[name] = number


def _pairs(text: str) -> list[tuple[int, int]]:
    """Where the pairs begin and end: at commas outside parentheses."""
    cuts, depth = [-1], 0
    for place, character in enumerate(text):
        depth += (character == "(") - (character == ")")
        if character == "," and depth <= 0:
            cuts.append(place)
    return [(cut + 1, stop) for cut, stop in zip(cuts, [*cuts[1:], len(text)], strict=True)]


def _constant(text: str, start: int, end: int) -> float:
    """The value of a constant expression within the text; errors have their place there."""
    source = text[start:end]
    if _NUMBER.fullmatch(source):
        value = float(source)
        if isfinite(value) and (value or not source.strip("-.0eE+")):
            return value
    try:
        if source.strip().lower().strip("+-") in ("nan", "inf", "infinity"):
            raise GradcliError("a value is a finite number", source, len(source) - len(source.lstrip()), len(source))
        graph = parse(source)
        if graph.variables:
            name, node = next(iter(graph.variables.items()))
            where = graph.starts[node]
            raise GradcliError(
                f"a value is a constant expression; {quote(name)} is a name", source, where, where + len(name)
            )
        values = forward(graph, dict(graph.values)).values
    except Fault as fault:
        error: GradcliError = no_finite_value(graph, fault.values, fault.node)
        raise _moved(error, text, start, end) from None
    except GradcliError as error:
        raise _moved(error, text, start, end) from None
    return float(values[graph.output])


def _moved(error: GradcliError, text: str, start: int, end: int) -> GradcliError:
    """The same error at its place in the whole text, as an error of the input."""
    message = error.message
    if error.source is None:
        return GradcliError("a value is missing behind '='", text, end)
    if isinstance(error, MathError):
        message = f"the value given here is no finite number: {message}"
    return GradcliError(message, text, start + error.start, start + error.end)


def _json_object(text: str) -> list[tuple[str, Any]]:
    import json  # noqa: PLC0415

    def refuse(name: str) -> Any:
        raise GradcliError(f"{name} is no JSON, and no value")

    depth_limit = "the JSON text is nested too deeply"
    try:
        found = json.loads(text, object_pairs_hook=_Pairs, parse_constant=refuse)
    except json.JSONDecodeError as error:
        raise GradcliError(f"this is no JSON object: {error.msg[0].lower()}{error.msg[1:]}", text, error.pos) from None
    except RecursionError:
        raise GradcliError(depth_limit) from None
    except ValueError:  # an integer of more digits than Python converts
        raise GradcliError("a number in the JSON object is too large for double precision") from None
    if not isinstance(found, _Pairs):
        raise GradcliError("the values must be a JSON object of numbers, as {\"a\": 2, \"x\": 3}")
    return found


class _Pairs(list[tuple[str, Any]]):
    """The pairs of a JSON object, equal names included."""

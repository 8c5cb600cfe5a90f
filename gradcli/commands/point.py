"""The point at which an expression is evaluated, read from text (`a=2,x=pi/4`) or a JSON object of numbers."""

import re
from math import isfinite
from typing import Any

from gradcli.engine.passes import Fault, forward
from gradcli.engine.undefined import no_finite_value
from gradcli.errors import GradcliError
from gradcli.graph import Graph
from gradcli.language.missing import missing_values, other_spelling, similar_name
from gradcli.language.parser import parse
from gradcli.language.suggestions import check_name, nearest
from gradcli.operators.table import CONSTANTS, FUNCTIONS, is_reserved
from gradcli.text import quote

_NUMBER = re.compile(r"-?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_NAME = re.compile(r"[^\W\d]\w*")
_SECOND = re.compile(r"(?<![<>!=])=(?!=)|;")  # a second pair, or a program
_DIGITS = re.compile(r"[0-9]+(?:[eE][+-]?[0-9]+)?")


class Point:
    """Collects values for the variables of a graph; each name can be given once. `finish` checks them all."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.variables = graph.variables
        self.steps = graph.steps
        self.constants = set(graph.names.values()) & set(CONSTANTS)
        self.values: dict[str, float] = {}
        self._strange: set[str] = set()  # names that have a value and do not occur in the expression
        self._unknown: GradcliError | None = None

    def add_text(self, text: str) -> None:
        """`name=value` pairs, separated by commas; a value is a constant expression."""
        if not text.strip():
            return
        for start, end in _pairs(text):
            self._add_pair(text, start, end)

    def _add_pair(self, text: str, start: int, end: int) -> None:
        pair = text[start:end]
        left, equals, _ = pair.partition("=")
        name = left.strip()
        begin = start + len(left) - len(left.lstrip())
        if not equals:
            raise self._not_a_pair(text, begin, name, end)
        if not _NAME.fullmatch(name):
            what = f"{quote(name)} is no name" if name else "a name is missing before '='"
            raise GradcliError(f"{what}; --at takes name=value pairs", text, begin, begin + max(1, len(name)))
        if name == "π" or is_reserved(name):
            what = "a function" if name in FUNCTIONS else "a constant"
            raise GradcliError(f"{quote(name)} is {what}; it cannot be given a value", text, begin, begin + len(name))
        check_name(text, name, begin)
        if name in self.values or name in self._strange:
            raise GradcliError(f"{quote(name)} is given twice", text, begin, begin + len(name))
        if name in self.steps:
            raise GradcliError(_computed(name), text, begin, begin + len(name))
        value = _constant(text, start + len(left) + 1, end)
        if name in self.variables:
            self.values[name] = value
            return
        self._strange.add(name)
        self._unknown = self._unknown or GradcliError(self._not_there(name), text, begin, begin + len(name))

    def finish(self) -> dict[str, float]:
        """The values; raises for names that do not occur in the expression, or seem to stand for others."""
        missing = [name for name in self.variables if name not in self.values] if self._strange else []
        if missing:
            given = {*self.values, *self._strange}
            if other_spelling(missing, given) or (not self._unknown and similar_name(self.graph, missing, given)):
                raise missing_values(self.graph, missing, given)
        if self._unknown:
            raise self._unknown
        return self.values

    def _not_there(self, name: str) -> str:
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
        met = {*self.values, *self._strange}
        for name, value in _json_object(text):
            if name in met:
                raise GradcliError(f"{quote(name)} is given twice")
            met.add(name)
            if name not in self.variables and (isinstance(value, bool) or not isinstance(value, (int, float))):
                continue  # a comment, or the parameters of something else
            if isinstance(value, bool) or not isinstance(value, (int, float)):
                raise GradcliError(f"the value of {quote(name)} in the JSON object is no number")
            try:
                number = float(value)
            except OverflowError:
                number = float("inf")
            if not isfinite(number):
                raise GradcliError(f"the value of {quote(name)} is too large for double precision")
            if name in self.steps:
                raise GradcliError(_computed(name))
            if name in self.constants or (name == "π" and "pi" in self.constants):
                raise GradcliError(f"{quote(name)} is a constant; it cannot be given a value")
            if name in self.variables:
                self.values[name] = number
            else:
                self._strange.add(name)


def _computed(name: str) -> str:
    return f"{quote(name)} is a step of the expression: it is computed, not given"


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
        _check_value(source)
        graph = parse(source)
        if graph.variables:
            name, node = next(iter(graph.variables.items()))
            where = graph.starts[node]
            message = f"a value is a constant expression; {quote(name)} is a name"
            raise GradcliError(message, source, where, where + len(name))
        values = forward(graph, dict(graph.values)).values
    except Fault as fault:
        error: GradcliError = no_finite_value(graph, fault.values, fault.node, start)
        raise _moved(error, text, start, end) from None
    except GradcliError as error:
        raise _moved(error, text, start, end) from None
    return float(values[graph.output])


def _check_value(source: str) -> None:
    """Raise for what is no expression but may be meant: nan, inf, more pairs without a comma."""
    begin = len(source) - len(source.lstrip())
    if source.strip().lower().strip("+-") in ("nan", "inf", "infinity"):
        raise GradcliError("a value must be a finite number", source, begin, len(source.rstrip()))
    second = _SECOND.search(source)
    if second:
        message = "a pair is name=value, and pairs are separated by commas"
        raise GradcliError(message, source, second.start())


def _moved(error: GradcliError, text: str, start: int, end: int) -> GradcliError:
    """The same error at its place in the whole text, as an error of the input."""
    if error.source is None:
        return GradcliError("a value is missing behind '='", text, end)
    return GradcliError(error.message, text, start + error.start, start + error.end)


def _json_object(text: str) -> list[tuple[str, Any]]:
    import json

    def refuse(name: str) -> Any:
        raise GradcliError(f"{name} is not JSON; a value must be a finite number")

    if not text.strip():
        raise GradcliError("the values must be a JSON object of numbers; the text is empty")
    try:
        found = json.loads(text, object_pairs_hook=_Pairs, parse_constant=refuse)
    except json.JSONDecodeError as error:
        raise GradcliError(
            f"this is no JSON object: {error.msg[0].lower()}{error.msg[1:]}", text, min(error.pos, len(text.rstrip()))
        ) from None
    except RecursionError:
        raise GradcliError("the JSON text is nested too deeply") from None
    except ValueError:  # an integer of more digits than Python converts
        raise GradcliError("a number in the JSON object is too large for double precision") from None
    if not isinstance(found, _Pairs):
        raise GradcliError('the values must be a JSON object of numbers, as {"a": 2, "x": 3}')
    return found


class _Pairs(list[tuple[str, Any]]):
    """The pairs of a JSON object, equal names included."""

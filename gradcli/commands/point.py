"""The point at which an expression is evaluated, read from text (`a=2,x=pi/4`) or a JSON object of numbers."""

import re
from collections.abc import Mapping
from functools import partial
from math import isfinite
from typing import Any

from gradcli.commands.objects import (
    PLUS_MINUS,
    Object,
    Written,
    check_once,
    in_object,
    is_number,
    json_object,
    number_of,
    numbers_of,
)
from gradcli.commands.values import measured
from gradcli.errors import GradcliError
from gradcli.graph import Graph
from gradcli.language.characters import plain
from gradcli.operators.table import CONSTANTS, FUNCTIONS, is_reserved
from gradcli.text import pieces

# Patterns are compiled when they are needed: each takes half a millisecond of a start.
_NAME = r"[^\W\d]\w*"
_ELEMENT = r"[^\W\d]\w*\[[0-9]+(?:,[0-9]+)?\]"
_DIGITS = r"[0-9]+(?:[eE][+-]?[0-9]+)?"
_error = partial(GradcliError, source="at")
_LARGE = 1e300


def is_name(text: str) -> bool:
    """Whether the text is made as names are, of whatever letters."""
    return text.isidentifier() or bool(re.fullmatch(_NAME, text))


def names_in(text: str) -> set[str]:
    """The names that pairs or a JSON object give numbers to."""
    if text.lstrip().startswith("{"):
        given = numbers_of(json_object(text))
        return {name for name, value in given.items() if is_number(value) or isinstance(value, list)}
    read = plain(text, is_list=True)
    return {read[start:end].partition("=")[0].strip() for start, end in pieces(read, 0, len(read))}


class Point:
    """Collects values for the variables of a graph: the last of each name counts. `finish` checks them all.

    If the point `is_exact`, what is written counts: a value beyond doubles is infinite or 0 there.
    """

    def __init__(self, graph: Graph, is_exact: bool = False) -> None:
        self.graph = graph
        self.is_exact = is_exact
        self.variables = graph.variables
        self.arrays = {} if graph.arrays is None else graph.arrays.variables
        self.array_steps = set() if graph.arrays is None else graph.arrays.named.keys() - self.arrays.keys()
        constants = set(CONSTANTS).intersection(graph.names.values())
        self.constants = {name for name in constants if name not in self.variables and name not in self.steps}
        self.values: dict[str, float] = {}
        self.texts: dict[str, str] = {}  # of a point that is exact the values as they are written
        self.uncertainties: dict[str, float] = {}  # of the values that are written with ±
        self._strange: set[str] = set()  # names that have a value and do not occur in the expression
        self._unknown: GradcliError | None = None

    @property
    def steps(self) -> Mapping[str, int]:
        """The named steps, which are looked for when a value may be one's: of a long program there are many."""
        return self.graph.steps

    def add_text(self, text: str) -> None:
        """`name=value` pairs, separated by commas, each name once; a value is a constant expression.

        A last `、` ends the list.
        """
        if not text.strip():
            return
        read = plain(text.rstrip().removesuffix("、"), is_list=True)
        known = self._unknown
        met: set[str] = set()
        try:
            for start, end in pieces(read, 0, len(read)):
                self._add_pair(read, start, end, met)
        except GradcliError as error:
            raise error.shown_in(text) from None
        if self._unknown is not known and self._unknown is not None:
            self._unknown = self._unknown.shown_in(text)

    def _add_pair(self, text: str, start: int, end: int, met: set[str]) -> None:
        pair = text[start:end]
        left, equals, _ = pair.partition("=")
        name = left.strip()
        begin = start + len(left) - len(left.lstrip())
        if not equals:
            raise self._not_a_pair(text, begin, name, end)
        written, name = name, "".join(name.split()) if name.endswith("]") else name
        if not is_name(name) and not (name.endswith("]") and re.fullmatch(_ELEMENT, name)):
            raise _error("not-a-name", {"name": name}, text, begin, begin + max(1, len(name)))
        stop = begin + len(written)
        if name == "π" or is_reserved(name):
            kind = "function" if name in FUNCTIONS else "constant"
            raise _error("given-constant", {"name": name, "kind": kind}, text, begin, stop)
        if not name.isascii():
            from gradcli.language.spelling import check_name

            check_name(text, name, begin, "at")
        if name in met:
            raise _error("given-twice", {"name": name}, text, begin, stop)
        met.add(name)
        if name in self.steps or name in self.array_steps:
            raise _error("given-step", {"name": name}, text, begin, stop)
        begins = start + len(left) + 1
        if self.arrays and name in self.arrays:
            if twice := met.intersection(self.arrays[name]):
                raise _error("given-twice", {"name": min(twice)}, text, begin, stop)
            self._set_array(name, text, begins, end)
            met.update(self.arrays[name])
        elif not self._set_number(name, text, begins, end):
            self._set_strange(name, text, begin, stop)

    def _set_number(self, name: str, text: str, start: int, end: int) -> bool:
        """The value of a variable; False for what is none, whose value is looked at all the same."""
        if self._is_indexed(name):
            raise _number_for_array(name, text, start, end)
        if text[start:end].lstrip().startswith("["):
            return False
        try:
            value, ends, uncertainty = measured(text, start, end, self.variables, self.is_exact)
        except GradcliError:
            if self.graph.arrays is not None:
                from gradcli.commands.array_spellings import check_value

                check_value(text, name)
            raise
        if name in self.variables:
            self._set(name, value, text[start:ends], uncertainty)
        return name in self.variables

    def _set_strange(self, name: str, text: str, begin: int, stop: int) -> None:
        """A name that has a value and is none of the expression's."""
        self._strange.add(name)
        if self._unknown is None:
            from gradcli.language.spelling import nearest

            facts = {"name": name, "suggestion": nearest(name, list(self.variables))}
            self._unknown = _error("unused-name", facts, text, begin, stop)

    def _is_indexed(self, name: str) -> bool:
        """Whether elements of a name are variables, so that it is no number."""
        return name not in self.variables and any(one.startswith(f"{name}[") for one in self.variables)

    def _set_array(self, name: str, text: str, start: int, end: int) -> None:
        """The values of an array's elements."""
        from gradcli.commands.arrays import array_in

        names = self.arrays[name]
        if not text[start:end].lstrip().startswith("["):
            raise _number_for_array(name, text, start, end)
        _, spans = array_in(text, start, end)
        for one, (first, stop) in zip(names, spans, strict=True):
            value, ends, uncertainty = measured(text, first, stop, self.variables, self.is_exact)
            self._set(one, value, text[first:ends], uncertainty)

    def _set(self, name: str, value: float, text: str, uncertainty: float | None) -> None:
        self.values[name] = value
        if self.is_exact:
            self.texts[name] = text
        if uncertainty is not None:
            self.uncertainties[name] = uncertainty
        elif self.uncertainties:
            self.uncertainties.pop(name, None)

    def finish(self) -> dict[str, float]:
        """The values; raises for names that do not occur in the expression, or seem to stand for others."""
        missing = [name for name in self.variables if name not in self.values] if self._strange else []
        if missing:
            from gradcli.language.missing import missing_values, other_spelling, similar_name

            given = {*self.values, *self._strange}
            if other_spelling(missing, given) or (not self._unknown and similar_name(self.graph, missing, given)):
                raise missing_values(self.graph, missing, given)
        if self._unknown:
            raise self._unknown
        return self.values

    def _not_a_pair(self, text: str, begin: int, pair: str, end: int) -> GradcliError:
        before = text[:begin].rstrip()
        if before.endswith(",") and re.fullmatch(_DIGITS, pair) and self.values:
            last = before[:-1].rpartition("=")[2].strip()
            if re.fullmatch(r"(.*(±|\+/-))?-?[0-9]+", last):
                return _error("decimal-comma", {"write": f"{last}.{pair}"}, text, len(before) - 1)
        return _error("not-a-pair", {"pair": pair}, text, begin, max(begin + 1, end))

    def add_json(self, text: str) -> None:
        """A JSON object of numbers; names that do not occur in the expression are passed over.

        Of an object that gradcli printed these are the numbers of `at`, with their `uncertainties`.
        """
        try:
            found = json_object(text, self.is_exact)
            numbers = numbers_of(found)
            check_once(found)
            if numbers is not found:
                check_once(numbers)
            self._add_numbers(numbers)
            if numbers is not found:
                self._add_uncertainties(found.get("uncertainties"))
        except GradcliError as error:
            raise in_object(error, text) from None

    def _add_numbers(self, given: Object) -> None:
        for name in self.arrays.keys() & given.keys():
            if twice := given.keys() & set(self.arrays[name]):
                raise _error("given-twice", {"name": min(twice)})
        plain = {} if self.is_exact or self.uncertainties else self._plain(given)
        self.values.update(plain)
        for name, value in given.items() if len(plain) < len(given) else ():
            if name not in plain:
                self._add_number(name, value)

    def _add_number(self, name: str, value: Any) -> None:
        if name in self.variables:
            self._set(name, *self._in_json(name, value))
        elif name in self.arrays:
            self._set_lists(name, value)
        elif self._is_indexed(name):
            raise _number_for_array(name)
        elif is_number(value):  # not a comment, or the parameters of something else
            number_of(name, value, self.is_exact)
            if name in self.steps:
                raise _error("given-step", {"name": name})
            if name in self.constants or (name == "π" and "pi" in self.constants):
                raise _error("given-constant", {"name": name, "kind": "constant"})
            self._strange.add(name)

    def _plain(self, given: Object) -> dict[str, float]:
        """The values of variables that are nothing but a double: of long objects nearly all."""
        values = given.values()  # in the order of the variables no name is looked for, which takes most of the time
        if list(given) == list(self.variables) and set(map(type, values)) == {float} and all(map(isfinite, values)):
            return dict(zip(self.variables, values, strict=True))
        return {name: value for name in self.variables if type(value := given.get(name)) is float and isfinite(value)}

    def _set_lists(self, name: str, value: Any) -> None:
        """The values of an array's elements in nested lists."""
        if not isinstance(value, list):
            raise _number_for_array(name)
        names, elements = self.arrays[name], self._elements(name, value)
        if not self.is_exact and not self.uncertainties and all(map(_is_double, elements)):
            self.values.update(zip(names, map(float, elements), strict=True))
            return
        for one, number in zip(names, elements, strict=True):
            self._set(one, *self._in_json(one, number))

    def _elements(self, name: str, value: list[Any]) -> list[Any]:
        """The elements of nested lists that have an array's shape."""
        from gradcli.commands.arrays import array_of

        shape, elements = array_of(name, value)
        arrays = self.graph.arrays
        other = None if arrays is None else arrays.shapes[arrays.named[name]]
        if other is not None and shape != other:
            from gradcli.arrays.shapes import two_shapes

            raise _error("two-shapes", two_shapes(name, shape, other))
        return elements

    def _add_uncertainties(self, of: Any) -> None:
        if not isinstance(of, Object):
            return
        check_once(of)
        for name, value in of.items():
            if isinstance(value, list) and name in self.arrays:
                names = self.arrays[name]
                self._add_uncertainties(Object.of(list(zip(names, self._elements(name, value), strict=True))))
                continue
            uncertainty = number_of(name, value, is_exact=False)
            if uncertainty < 0:
                raise _error("uncertainty-negative", {"name": name})
            if name in self.values:
                self.uncertainties[name] = uncertainty

    def _in_json(self, name: str, value: Any) -> tuple[float, str, float | None]:
        """A number of JSON, or a text such as "3±0.1": the value, how it is written, and its uncertainty."""
        if isinstance(value, str) and re.search(PLUS_MINUS, value):
            number, ends, uncertainty = measured(value, 0, len(value), self.variables, self.is_exact)
            return number, value[:ends], uncertainty
        number = number_of(name, value, self.is_exact)
        return number, value.text if isinstance(value, Written) else str(value), None


def _is_double(value: Any) -> bool:
    return isfinite(value) if isinstance(value, float) else type(value) is int and abs(value) < _LARGE


def _number_for_array(name: str, *place: Any) -> GradcliError:
    """What says that an array is given a number, in a text or elsewhere."""
    from gradcli.arrays.shapes import number_for_array

    return _error("number-for-array", number_for_array(name), *place)

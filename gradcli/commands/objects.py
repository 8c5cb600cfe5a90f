"""JSON objects of numbers: what a point is read from, with the place of what is wrong in them."""

import re
from functools import lru_cache, partial
from math import inf, isfinite
from typing import Any

from gradcli.errors import GradcliError

# What the catalogue has words for, by what Python says of it.
CAUSES = {
    "property": "name", "':'": "colon", "','": "comma", "Extra": "extra", "Unterminated": "string",
    "control": "control", "escape": "escape", "trailing": "trailing", "value": "value",
}  # fmt: skip

PLUS_MINUS = r"±|\+/-"
_error = partial(GradcliError, source="at")


class Written(float):
    """A number of JSON, and how it is written."""

    __slots__ = ("text",)
    text: str

    def __new__(cls, text: str) -> "Written":
        """From what is written."""
        found = super().__new__(cls, text)
        found.text = text
        return found


class Object(dict[str, Any]):
    """A JSON object: of equal names the last, and the first name that is there `twice`."""

    __slots__ = ("twice",)
    twice: str | None

    @classmethod
    def of(cls, pairs: list[tuple[str, Any]]) -> "Object":
        """From all names and values."""
        found = cls(pairs)
        found.twice = None
        if len(found) < len(pairs):
            met: set[str] = set()
            for name, _ in pairs:
                if name in met:
                    found.twice = name
                    break
                met.add(name)
        return found


@lru_cache(maxsize=4)  # read for names, for shapes and for numbers
def json_object(text: str, is_exact: bool = False) -> Object:
    """A text that is a JSON object; raises `GradcliError`. If it `is_exact`, its decimals keep how they are written."""
    import json

    def refuse(value: str) -> Any:
        raise _error("value-not-finite", {"value": value})

    if not text.strip():
        raise _error("json-empty")
    try:
        number = Written if is_exact else None
        found = json.loads(text, object_pairs_hook=Object.of, parse_constant=refuse, parse_float=number)
    except json.JSONDecodeError as error:
        cause = next((CAUSES[part] for part in CAUSES if part in error.msg), None)
        facts = {"reason": error.msg[0].lower() + error.msg[1:], "cause": cause}
        raise _error("json-syntax", facts, text, min(error.pos, len(text.rstrip()))) from None
    except RecursionError:
        raise _error("json-depth") from None
    except ValueError:  # an integer of more digits than Python converts
        raise _error("json-number") from None
    if not isinstance(found, Object):
        raise _error("json-object", {}, text, len(text) - len(text.lstrip()))
    return found


def in_object(error: GradcliError, text: str) -> GradcliError:
    """An error with its place in the JSON object: that of its name or value, if there is only one that it may be."""
    import json

    if error.text is not None:
        return error
    what, behind = re.escape(error.facts.get("value", "")), r"\s*[],}]"
    if "name" in error.facts:
        what, behind = re.escape(json.dumps(error.facts["name"], ensure_ascii=False)), r"\s*:"
    places = [match.span() for match in re.finditer(f"{what}(?={behind})", text)] if what else []
    return error.placed(text, *places[-1]) if len(places) == 1 + (error.code == "given-twice") else error


def numbers_of(found: Object) -> Object:
    """The point in what gradcli printed; what anybody else wrote is the point itself."""
    is_printed = isinstance(found.get("expression"), str) and isinstance(found.get("at"), Object)
    return found["at"] if is_printed else found


def check_once(found: Object) -> None:
    """Raise for a name that a JSON object has twice."""
    if found.twice is not None:
        raise _error("given-twice", {"name": found.twice})


def is_number(value: Any) -> bool:
    """Whether a value of JSON is a number; true and false are none."""
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def number_of(name: str, value: Any, is_exact: bool) -> float:
    """The value of a name in a JSON object."""
    if isinstance(value, float) and isfinite(value):
        return float(value)
    if not is_number(value):
        raise _error("json-value", {"name": name})
    try:
        number = float(value)
    except OverflowError:
        number = inf
    if not isfinite(number) and not is_exact:
        raise _error("value-too-large", {"name": name})
    return number

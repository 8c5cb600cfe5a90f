"""Names of an expression that have no value, with what may have been meant, and functions that cannot be written."""

import re
from collections.abc import Collection, Sequence
from unicodedata import normalize

from gradcli.errors import GradcliError
from gradcli.graph import Graph
from gradcli.language.spelling import LONG_VOWEL, nearest

_JOINED = r"((?:sin|cos|tan)h?|ln|log|exp|sqrt)((?:(?<=[nsh])[0-9]+)?)([xyzθφαβω])"
LISTED = 10  # so many names are compared with those that have a value


def missing_values(graph: Graph, missing: Sequence[str], given: Collection[str]) -> GradcliError:
    """All names without a value in one message, with the caret at the first. `given` holds the names that have one."""
    name, start = missing[0], graph.starts[graph.variables[missing[0]]]
    hint = other_spelling(missing, given) or similar_name(graph, missing, given)
    if graph.arrays is not None:  # of arrays none of whose elements has one their own names
        hint |= {"write": hint["write"].replace("*", " @ ")} if "write" in hint else {}
        missing = list(graph.arrays.nested(dict.fromkeys(missing)))
        name = missing[0]
    return GradcliError("no-value", {"names": list(missing)} | hint, graph.text, start, start + len(name))


def unwritten(error: GradcliError, graph: Graph) -> GradcliError:
    """The error for a function that cannot be written somewhere, with the caret at the function that needs it."""
    name = error.facts.get("of") or error.facts.get("function")
    node = next((node for node, operator in enumerate(graph.operators) if operator.name == name), None)
    if error.code != "unspelled-function" or node is None or not graph.text:
        return error
    start = graph.starts[node]
    return error.placed(graph.text, start, start + len(graph.operators[node].word))


def other_spelling(missing: Sequence[str], given: Collection[str]) -> dict[str, str]:
    """What shows that a name with a value was meant: it looks the same, or `ax` where a and x have values.

    Of a name that means something elsewhere it is what to write.
    """
    by_look = {_skeleton(other): other for other in given}
    for name in missing[:LISTED]:
        if meaning := _meaning(name):
            return {"meaning": meaning, "named": name}
        other = by_look.get(_skeleton(name))
        if other is not None and len(other) == len(name):
            return next({"character": a, "other": b} for a, b in zip(name, other, strict=True) if a != b)
        parts = name.split(LONG_VOWEL)
        if len(parts) > 1 and all(part in given or part.isdecimal() for part in parts):
            return {"difference": "-".join(parts)}
        for cut in range(1, min(len(name), LISTED)):
            left, right = name[:cut], name[cut:]
            if left in given and right in given:
                return {"write": f"{left}*{right}"}
    return {}


def _meaning(name: str) -> str:
    """What is meant by a constant of other systems, as `M_PI`, or a function without parentheses, as `sinx`; or ""."""
    if joined := re.fullmatch(_JOINED, name):
        function, number, letter = joined.groups()
        return f"{'log' if function == 'ln' else function}({f'{number}*' if number else ''}{letter})"
    if not name.startswith(("M_", "P")):
        return ""
    from gradcli.language.identifiers import CONSTANTS

    return "pi" if name == "Pi" else CONSTANTS.get(name, "")


def similar_name(graph: Graph, missing: Sequence[str], given: Collection[str]) -> dict[str, str]:
    """A name with a value that does not occur in the expression, and so may be a slip."""
    variables = graph.variables
    others = [name for name in given if name not in variables]
    close = nearest(missing[0], others) if others else None
    return {"suggestion": close} if close else {}


# Letters of other alphabets that look like a Latin one (the common ones of Unicode's confusables.txt).
_LATIN = str.maketrans(
    "аеорсухѕіјһԁԛԝьвмтнкАВЕКМНОРСТУХЅІЈαικνορτυχωΑΒΕΖΗΙΚΜΝΟΡΤΥΧ",
    "aeopcyxsijhdqwbbmthkABEKMHOPCTYXSIJaikvoptuxwABEZHIKMNOPTYX",
)


def _skeleton(name: str) -> str:
    return normalize("NFKC", name).translate(_LATIN)

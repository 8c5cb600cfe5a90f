"""Names of an expression that have no value: the message, and what may have been meant."""

from collections.abc import Collection, Sequence
from unicodedata import normalize

from gradcli.errors import GradcliError
from gradcli.graph import Graph
from gradcli.language.suggestions import nearest
from gradcli.text import code_point, quote

LISTED = 10  # a message lists up to so many names


def missing_values(graph: Graph, missing: Sequence[str], given: Collection[str]) -> GradcliError:
    """All names without a value in one message, with the caret at the first. `given` holds the names that have one."""
    listed = ", ".join(quote(name)[1:-1] for name in missing[:LISTED])
    more = f" and {len(missing) - LISTED} more" if len(missing) > LISTED else ""
    hint = other_spelling(missing, given) or similar_name(graph, missing, given)
    start = graph.starts[graph.variables[missing[0]]]
    message = f"no value for {listed}{more}" + (f"; {hint}" if hint else "")
    return GradcliError(message, graph.text, start, start + len(missing[0]))


def other_spelling(missing: Sequence[str], given: Collection[str]) -> str:
    """What shows that a name with a value was meant: it looks the same, or `ax` where a and x have values."""
    by_look = {_skeleton(other): other for other in given}
    for name in missing[:LISTED]:
        other = by_look.get(_skeleton(name))
        if other is not None and len(other) == len(name):
            a, b = next((a, b) for a, b in zip(name, other, strict=True) if a != b)
            return f"it is written with {code_point(a)}, the name that has a value with {code_point(b)}"
        for cut in range(1, min(len(name), LISTED)):
            left, right = name[:cut], name[cut:]
            if left in given and right in given:
                return f"for a product write {left}*{right}"
    return ""


def similar_name(graph: Graph, missing: Sequence[str], given: Collection[str]) -> str:
    """A name with a value that does not occur in the expression, and so may be a slip."""
    variables = graph.variables
    others = [name for name in given if name not in variables]
    close = nearest(missing[0], others) if others else ""
    return f"did you mean {quote(close)}?" if close else ""


# Letters of other alphabets that look like a Latin one (the common ones of Unicode's confusables.txt).
_LATIN = str.maketrans(
    "аеорсухѕіјһԁԛԝьвмтнкАВЕКМНОРСТУХЅІЈαικνορτυχωΑΒΕΖΗΙΚΜΝΟΡΤΥΧ",
    "aeopcyxsijhdqwbbmthkABEKMHOPCTYXSIJaikvoptuxwABEZHIKMNOPTYX",
)


def _skeleton(name: str) -> str:
    return normalize("NFKC", name).translate(_LATIN)

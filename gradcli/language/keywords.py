"""Calls with arguments by name, `softplus(x, beta=2)`, as Python's libraries have them: what to write for them here.

A line of the table holds such calls and what means the same in gradcli's language, in which a letter stands for each
argument. `|` separates names; a value that is no letter is one that the argument must have.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from gradcli.errors import GradcliError
from gradcli.graph import Graph
from gradcli.language.format import format_graph
from gradcli.operators.table import FUNCTIONS

# NumPy, SciPy, PyTorch, JAX, TensorFlow, Keras, Python's math.
TABLE = """
softplus(x, beta=b)                                             softplus(b*x)/b
leaky_relu(x, negative_slope|alpha|slope=a)                     leaky_relu(x, a)
elu(x, alpha=a)                                                 where(x >= 0, x, a*expm1(x))
celu(x, alpha=a)                                                where(x >= 0, x, a*expm1(x/a))
hardtanh(x, min_val=a, max_val=b)                               clip(x, a, b)
threshold(x, threshold=t, value=v)                              where(x > t, x, v)
gelu(x, approximate='none')                                     gelu(x)
gelu(x, approximate=False)                                      gelu(x)
gelu(x, approximate='tanh')                                     x*(1 + tanh(sqrt(2/pi)*(x + 0.044715*x^3)))/2
gelu(x, approximate=True)                                       x*(1 + tanh(sqrt(2/pi)*(x + 0.044715*x^3)))/2
clip|clamp|clip_by_value(x, min|a_min|clip_value_min=a, max|a_max|clip_value_max=b)    clip(x, a, b)
clip|clamp(x, min|a_min=a)                                      max(x, a)
clip|clamp(x, max|a_max=b)                                      min(x, b)
log(x, base=b)                                                  log(x, b)
pow|power(x, exponent|y=n)                                      x^n
round|around(x, ndigits|decimals=n)                             round(x*10^n)/10^n
norm(x, y, ord|p=1)                                             abs(x) + abs(y)
norm(x, y, ord|p=2)                                             hypot(x, y)
norm(x, y, ord|p=inf)                                           max(abs(x), abs(y))
"""

# Arguments that change nothing for numbers, and names of the first argument.
_SILENT = frozenset(
    ("dim", "axis", "keepdim", "keepdims", "dtype", "inplace", "out", "device", "name", "threshold", "eps")
)
_FIRST = frozenset(("input", "x", "a", "tensor", "features", "value"))
_NAMED = re.compile(r"\s*([^\W\d]\w*)\s*=(?![=<>])\s*")


class _Row(NamedTuple):
    names: Sequence[str]
    parameters: Sequence[tuple[Sequence[str], str]]  # the names of each, and its letter or value
    formula: str


@cache
def _rows() -> Sequence[_Row]:
    rows = []
    for names, inside, formula in re.findall(r"(\S+?)\((.*?)\)  +(.*)", TABLE):
        pairs = [part.partition("=") for part in inside.split(", ")]
        parameters = [(name.split("|"), letter or name) for name, _, letter in pairs]
        rows.append(_Row(names.split("|"), parameters, formula))
    return rows


def is_named(text: str) -> bool:
    """Whether a text has a call with an argument by name."""
    return bool(re.search(r"[(,]\s*[^\W\d]\w*\s*=(?![=<>])", text))


def meaning(name: str, arguments: Sequence[str], read: Callable[[str], Graph]) -> str:
    """What to write for a call with these arguments, or "" where it is not known or nothing is to be changed.

    What is changed are arguments by name, more than a function of the language takes, and lists. `read` is the parser
    of the language.
    """
    given, named = _sorted(arguments)
    if given == [argument.strip() for argument in arguments] and not _is_too_long(name, given):
        return ""
    for row in _rows():
        values = next(_bound(row, given, named), None) if name in row.names else None
        if values is not None:
            return _written(row, values, read)
    return "" if named.keys() - _SILENT or _is_too_long(name, given) else f"{name}({', '.join(given)})"


def _sorted(arguments: Sequence[str]) -> tuple[list[str], dict[str, str]]:
    """The arguments by their places, elements of lists among them, and those by name."""
    matches = [_NAMED.match(argument) for argument in arguments]
    named = {match[1]: argument[match.end() :] for match, argument in zip(matches, arguments, strict=True) if match}
    given = [argument.strip() for match, argument in zip(matches, arguments, strict=True) if not match]
    if not given:
        given = [named.pop(key) for key in list(named) if key in _FIRST][:1]
    return [part for argument in given for part in _spread(argument)], named


def _spread(argument: str) -> Sequence[str]:
    """`(x, y)`, which was a list, as its elements."""
    inside = parts(argument[1:-1]) if argument.startswith("(") and argument.endswith(")") else []
    return inside if len(inside) > 1 else [argument]


def parts(inside: str) -> list[str]:
    """What stands between the commas of a call that are in no parentheses of its own."""
    found, depth = [""], 0
    for character in inside:
        depth += {"(": 1, ")": -1}.get(character, 0)
        if character == "," and not depth:
            found.append("")
        else:
            found[-1] += character
    return found


def _bound(row: _Row, given: Sequence[str], named: dict[str, str]) -> Iterator[dict[str, str]]:
    """The values of the letters, if the arguments are those of the row; others may be there that change nothing."""
    values: dict[str, str] = {}
    left = dict(named)
    for place, (names, letter) in enumerate(row.parameters):
        key = next((name for name in names if name in left), "")
        value = given[place] if place < len(given) else left.pop(key, "")
        if not value or (not re.fullmatch("[a-z]", letter) and value.strip() != letter):
            return
        values[letter] = value
    is_own = any(not re.fullmatch("[a-z]", names[0]) for names, _ in row.parameters)
    if is_own and len(given) <= len(row.parameters) and left.keys() <= _SILENT:
        yield {letter: value for letter, value in values.items() if re.fullmatch("[a-z]", letter)}


def _written(row: _Row, values: dict[str, str], read: Callable[[str], Graph]) -> str:
    letters, arguments = ", ".join(values), ", ".join(values.values())
    try:
        return format_graph(read(f"_written_({letters}) = {row.formula}; _written_({arguments})"), inline=True)
    except GradcliError:
        return ""


def _is_too_long(name: str, arguments: Sequence[str]) -> bool:
    """Whether a function of the language has more arguments than it takes: what comes behind has a name elsewhere."""
    operator = FUNCTIONS.get(name)
    return operator is not None and not operator.variadic and len(arguments) > len(operator.parameters)

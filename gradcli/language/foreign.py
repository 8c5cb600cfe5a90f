"""Calls of functions of other systems: by which names they are known, and what to write for them, arguments and all."""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any

from gradcli.errors import GradcliError
from gradcli.graph import Graph
from gradcli.language.absent import ABSENT
from gradcli.language.elsewhere import OF_ARRAYS, meanings
from gradcli.language.format import format_graph
from gradcli.operators.table import FUNCTIONS

# Functions of C, of which there are two more: sinf and sinl.
_OF_C = (
    "acos acosh asin asinh atan atan2 atanh cbrt ceil copysign cos cosh erf erfc exp exp2 expm1 fabs fdim floor fma "
    "fmax fmin fmod hypot ldexp lgamma log log10 log1p log2 nearbyint pow rint sin sinh sqrt tan tanh tgamma trunc"
)


@cache
def _folded() -> Mapping[str, str]:
    """Names by their small letters; those in which capitals make the meaning are not among them."""
    return {name.lower(): name for name in meanings() if name.isascii() and not name.isupper()}


def is_absent(name: str) -> bool:
    """Whether this is a function elsewhere that has no counterpart here."""
    return not known_as(name) and bool(ABSENT & {name, plain := _plain(name), plain.lower()})


def general(name: str) -> dict[str, Any]:
    """What to write for a function of another system, as facts of a message: its call, and the formula for that."""
    other = known_as(name)
    if not other:
        return {"write": OF_ARRAYS[name]} if name in OF_ARRAYS else {}
    parameters, formula = rows_of(other)[0]
    return {"write": formula, "call": f"{name if other in FUNCTIONS else other}({parameters})"}


def of_array(name: str, argument: str) -> str:
    """What to write for a call over one array that has a name, `var(X)`; "" for another call."""
    formula = OF_ARRAYS.get(name, "")
    letters = set(re.findall(r"\b[a-z]\b", formula))
    return re.sub(r"\bx\b", argument, formula) if letters == {"x"} and argument.isidentifier() else ""


def filled(call: str, arguments: str, read: Callable[[str], Graph]) -> str:
    """The formula for a call, such as `sqr(x)`, with arguments in it, or "" where they do not fit.

    `read` is the parser of the language.
    """
    rows = rows_of(known_as(call.partition("(")[0]))
    if len(rows) > 1:
        count = len(split(arguments))
        rows = [row for row in rows if len(row[0].split(", ")) == count]
    return _filled(rows[0], arguments, read) if rows else ""


def split(arguments: str) -> list[str]:
    """The arguments of a call: their commas are those outside of parentheses."""
    found, depth = [""], 0
    for character in arguments:
        depth += {"(": 1, ")": -1}.get(character, 0)
        if character == "," and not depth:
            found.append("")
        else:
            found[-1] += character
    return [one.strip() for one in found]


def closing(call: str) -> int:
    """The place of the parenthesis that closes the one with which a text begins; -1 where there is none."""
    depth = 0
    for place, character in enumerate(call):
        depth += {"(": 1, ")": -1}.get(character, 0)
        if not depth:
            return place or -1
    return -1


def known_as(name: str) -> str:
    """The name by which this is known, in `TABLE` or here, or "": the same, one of C, or one in other capitals."""
    plain = _plain(name)
    if ABSENT & {name, plain}:
        return ""
    return plain if plain in meanings() or plain in FUNCTIONS else _folded().get(plain.lower(), "")


def _plain(name: str) -> str:
    """A name without C's letter for the size of its numbers, or PyTorch's sign for what is done in place."""
    plain = name.removesuffix("_")
    return plain[:-1] if plain[-1:] in ("f", "l") and plain[:-1] in _OF_C.split() else plain


def rows_of(other: str) -> Sequence[tuple[str, str]]:
    """Parameters and formulas of a name that is known."""
    if other not in FUNCTIONS:
        return meanings()[other]
    parameters = ", ".join(FUNCTIONS[other].parameters)
    return [(parameters, f"{other}({parameters})")]


def _filled(row: tuple[str, str], arguments: str, read: Callable[[str], Graph]) -> str:
    parameters, formula = row
    renamed = formula.removesuffix(f"({parameters})")
    try:
        if renamed != formula and renamed.isidentifier():  # conditions too, which are no arguments of a definition
            read(f"{renamed}({arguments})")
            return f"{renamed}({arguments})"
        return format_graph(read(f"_written_({parameters}) = {formula}; _written_({arguments})"), inline=True)
    except GradcliError:
        return ""

"""The names of variables and steps in the code: those that the backend cannot have are changed."""

import re
from collections.abc import Container, Mapping
from typing import NamedTuple

from gradcli.errors import GradcliError
from gradcli.graph import Graph

_ELEMENT = re.compile(r"\[([\d,]+)\]")  # of an array: W[0,1]


class Letters(NamedTuple):
    """Of what language the words in formulas are, and whether names are in ASCII."""

    language: str = "en"
    is_ascii: bool = False


class CodeNames(NamedTuple):
    """The names in the code: of each variable and step (by node), and the user's for those that were changed."""

    of: dict[int, str]
    changed: dict[str, str]


def names_for(graph: Graph, reserved: Container[str], ascii_only: bool = False, own: str = "") -> CodeNames:
    """Names that are not reserved and not `own`, the function's. With `ascii_only`, other letters are written out."""
    nodes = {**{node: name for name, node in graph.variables.items()}, **_steps(graph)}
    wanted = set(nodes.values())
    found: dict[int, str] = {}
    changed = {}
    used = {own}
    for node, name in nodes.items():
        plain = plain_name(name, ascii_only)
        wanted.discard(name)  # by the others
        new = free_name(plain, reserved, used, wanted)
        used.add(new)
        found[node] = new
        if new != name:
            changed[new] = name
    return CodeNames(found, changed)


def plain_name(name: str, ascii_only: bool) -> str:
    """A name without the brackets of an element; with `ascii_only`, other letters are written out."""
    plain = _ELEMENT.sub(lambda found: "_" + found[1].replace(",", "_"), name)
    return "".join(c if c.isascii() else f"u{ord(c):04x}" for c in plain) if ascii_only else plain


def free_name(name: str, reserved: Container[str], used: Container[str], wanted: Container[str]) -> str:
    """The name, or one made from it, that is not reserved and that nothing else has or wants."""
    while name in reserved or name in used or name in wanted or name.startswith("__"):
        # Where names with this beginning are reserved, an ending does not help.
        name = f"v{name}" if name.startswith("__") or (name in reserved and f"{name}_" in reserved) else f"{name}_"
    return name


def _steps(graph: Graph) -> Mapping[int, str]:
    return {node: name for name, node in graph.steps.items()}


def function_name(name: str | None, default: str, reserved: Container[str]) -> str:
    """The function's name; raises `GradcliError` for one that the backend cannot have."""
    if name is None:
        return default
    if not (name.isascii() and name.isidentifier()):
        raise GradcliError("name-letters", {"name": name}, source="option")
    if name in reserved or name.startswith("__"):
        raise GradcliError("name-reserved", {"name": name}, source="option")
    return name

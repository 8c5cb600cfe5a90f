r"""Derivatives in LaTeX: `\frac{\partial z}{\partial a}`, equations with the steps that they share. Needs amsmath."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import count

from gradcli.graph import Graph
from gradcli.language.names import step_names
from gradcli.latex.breaking import LINE, broken
from gradcli.latex.formulas import Formula, formulas
from gradcli.latex.symbols import APPROXIMATELY, PLAIN, Symbols
from gradcli.latex.widths import displayed
from gradcli.symbolic.derive import Derivatives
from gradcli.symbolic.programs import block

_WRITTEN, _BRACKET = re.compile(r"∂(\w+)/∂\w*"), re.compile(r"[][()]")
_HELD = "ꝺ"  # stands for a derivative in an expression, one letter more for each further one
_SIGNS = ("=", APPROXIMATELY)


def derivative(of: str, by: Sequence[str], symbols: Symbols = PLAIN) -> str:
    r"""`\frac{\partial^{2} z}{\partial a \partial b}`."""
    order = f"^{{{len(by)}}}" if len(by) > 1 else ""
    powers = [(name, list(by).count(name)) for name in dict.fromkeys(by)]
    below = r" ".join(rf"\partial {symbols.stacked(x)}" + (f"^{{{n}}}" if n > 1 else "") for x, n in powers)
    return rf"\frac{{\partial{order} {symbols.stacked(of)}}}{{{below}}}"


def with_derivatives(text: str, expression: Callable[[str], str], symbols: Symbols = PLAIN) -> str:
    """An expression in which derivatives stand as people write them, `W*(∂L/∂y - sum(∂L/∂y))`; `expression` writes one
    without such.
    """
    pieces, fractions, end = [], dict[str, str](), 0
    for match in _WRITTEN.finditer(text):
        if match.start() >= end:
            begin, last = match.start(), _end(text, match.end())
            held = fractions.setdefault(text[begin:last], _HELD * (len(fractions) + 1))
            pieces += [text[end:begin], held]
            end = last
    whole = expression("".join([*pieces, text[end:]]))
    for written_out, held in fractions.items():
        of, by = written_out[1:].split("/∂", 1)
        below = symbols.stacked(by) if by.isidentifier() else expression(by)
        fraction = rf"\frac{{\partial {symbols.stacked(of)}}}{{\partial {below}}}"
        name = symbols.name(held)
        whole = whole.replace(f"{name}^", rf"\left({fraction}\right)^").replace(name, fraction)
    return whole


def _end(text: str, end: int) -> int:
    """The end of what stands below: behind a name what is in brackets, as those of a call."""
    while text[end : end + 1] in ("(", "["):
        depth = 0
        for bracket in _BRACKET.finditer(text, end):
            depth += 1 if bracket[0] in "([" else -1
            end = bracket.end()
            if not depth:
                break
    return end


def room_beside(lefts: Iterable[str]) -> float:
    """How many points the right sides of equations have."""
    return LINE - max(displayed(f"{left} =") for left in lefts)


def aligned(lines: Sequence[tuple[str, str]]) -> str:
    """Equations, one below the other; one that is too wide for a line in several. The sign between the sides is `=`
    where the right one begins with none.
    """
    room = room_beside(left for left, _ in lines)
    body = " \\\\\n".join(
        f"&{right}" if place else f"{left} &{'' if right.startswith(_SIGNS) else '= '}{right}"
        for left, whole in lines
        for place, right in enumerate(broken(whole, room))
    )
    return f"\\begin{{align*}}\n{body}\n\\end{{align*}}\n"


def equations(
    derivatives: Derivatives,
    output: str,
    inline: bool = False,
    fresh: Iterator[str] | None = None,
    symbols: Symbols = PLAIN,
) -> list[tuple[str, str]]:
    """The derivatives of the highest order: left and right sides, after those of the steps that they share.

    Steps that have no name of the user's get a fresh one. Names and words are those of the symbols.
    """
    roots = {
        derivative(output, key, symbols): root
        for key, root in derivatives.roots.items()
        if len(key) == derivatives.order
    }
    fresh = fresh_names(derivatives.graph.names.values()) if fresh is None else fresh
    return [
        (left if left in roots else symbols.name(left), str(right))
        for left, right in written(derivatives.graph, roots, fresh, inline, symbols)
    ]


def fresh_names(taken: Iterable[str]) -> Iterator[str]:
    """The names n1, n2, … that are not taken."""
    known = set(taken)
    return (name for number in count(1) if (name := f"n{number}") not in known)


def written(
    graph: Graph, roots: Mapping[str, int], fresh: Iterator[str], inline: bool = False, symbols: Symbols = PLAIN
) -> list[tuple[str, Formula]]:
    """The roots with their formulas, and before them the steps that they share; all by name."""
    whole = block(graph, roots)
    names = {node: name for node, name in step_names(whole).items() if not whole.is_leaf(node)}
    names = {node: name if node in whole.names else next(fresh) for node, name in sorted(names.items())}
    if inline:
        names = {node: name for node, name in names.items() if name in roots}
    return list(zip(names.values(), formulas(whole, list(names), names, symbols), strict=True))

"""Claims as they are written: `a=x`, `b=4`, `s=2*cos(t)`."""

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Protocol, TypeVar

from gradcli.check.trials.sides import claim_error, read_sides, shown_in
from gradcli.errors import GradcliError
from gradcli.graph import Builder, Graph, reachable
from gradcli.language.characters import plain
from gradcli.language.names import node_names, output_name

# A number alone, with what the language allows around it: signs, parentheses, space.
_DECIMAL = re.compile(r"[\s()+\-−]*([0-9]*)(?:(\.)([0-9]*))?(?:[eE]([+-]?[0-9]{1,3}))?[\s()]*")
MOST_NODES = 2_000  # of a graph whose steps claims are made to have
LEAST_DIGITS = 2  # significant digits of a number that may be a rounded one


class _HasName(Protocol):
    @property
    def name(self) -> str: ...


Named = TypeVar("Named", bound=_HasName)


@dataclass(frozen=True, eq=False)
class Whole:
    """The right side of a claim, or of the claims about all elements of an array, which are computed at once."""

    graph: Graph
    names: Mapping[str, int]  # the nodes that it speaks of

    @cached_property
    def spoken(self) -> bytearray:
        """Marks what depends on some of these."""
        return self.graph.dependents(self.graph.variables.values())

    @cached_property
    def required(self) -> bytearray:
        """Marks what a gradient passes on its way to one of these."""
        return self.graph.requires_gradient(self.graph.variables.values())


@dataclass(frozen=True, eq=False)
class Claim:
    """`name = text`: that ∂output/∂name is this. `node` is the node of that name; `root` is the node of the claim's
    right side in `whole`.

    `digits` counts the significant digits where the claim is a number written in digits, else 0; `half_unit` is half a
    unit of the last digit where there are enough of them for a rounded number, else 0.
    """

    name: str
    text: str
    node: int
    whole: Whole
    root: int
    digits: int = 0
    half_unit: float = 0.0
    written: Decimal | None = None  # a number that is written in digits
    rtol: float = 0.0  # relative: by how much more than rounding it may be off
    is_element: bool = False  # is one of the claims that a claim about an array is

    @property
    def is_number(self) -> bool:
        """Whether it is a number, claimed for the point alone."""
        return not self.whole.spoken[self.root]

    @cached_property
    def graph(self) -> Graph:
        """The right side: of a claim about an element what it is made of, which few claims are asked for."""
        return _part(self.whole.graph, self.root) if self.is_element else self.whole.graph

    @cached_property
    def names(self) -> Mapping[str, int]:
        """The nodes that the right side speaks of."""
        return {name: self.whole.names[name] for name in self.graph.variables}


def _part(whole: Graph, root: int) -> Graph:
    """What one element of a claim is made of: no more is computed of it."""
    nodes = reachable(whole.inputs, [root])
    place = {node: index for index, node in enumerate(nodes)}
    return Graph(
        tuple(whole.operators[node] for node in nodes),
        tuple(tuple(place[x] for x in whole.inputs[node]) for node in nodes),
        {place[node]: whole.values[node] for node in nodes if node in whole.values},
        {place[node]: whole.names[node] for node in nodes if node in whole.names},
        place[root],
        whole.text,
        tuple(whole.starts[node] for node in nodes),
    )


def read_claims(graph: Graph, texts: list[str], rtol: float = 0.0, listed: str = "") -> list[Claim]:
    """The claims on a graph. Raises `GradcliError` for what is no claim, and for names that the graph has not.

    `rtol` is the relative error that all may have; `listed` has more claims, one a line, with comments behind `#`.

    `∂y/∂a=x` is `a=x`, where y is the output's name, or any other name if it has none. A claim may speak of variables,
    named steps, and of the other nodes by the names that the trace gives them.
    """
    names = node_names(graph)
    known = {names[node]: node for node in graph.computed()}
    known |= graph.variables | graph.steps
    outputs = (names[graph.output], output_name(graph))
    return collected(lambda text: _claim_of(graph, text, known, outputs, rtol), texts, listed)


def collected(read: Callable[[str], Named], texts: Iterable[str], listed: str) -> list[Named]:
    """What `read` makes of each text, and of each line of a list; no name has two."""
    claims: dict[str, Named] = {}

    def add(text: str) -> None:
        claim = read(text)
        if claim.name in claims:
            left = plain(text).partition("=")[0].rstrip()
            start = left.rindex(claim.name.partition("[")[0])
            raise claim_error("claim-twice", {"name": claim.name}, text, start, len(left))
        claims[claim.name] = claim

    for text in texts:
        add(text)
    start = 0
    for line in listed.splitlines(keepends=True):
        text = line.partition("#")[0].rstrip()
        try:
            if text:
                add(text)
        except GradcliError as error:  # the caret belongs into the file
            if error.text != text:  # of a line that else would be offered, which has other places
                error = error.placed(text, 0, len(text))
            raise error.within(listed, start, "claim") from None
        start += len(line)
    return list(claims.values())


def refuse_held(graph: Graph, claims: Iterable[Claim], varied: Collection[str] | None, array: str = "") -> None:
    """Raise `GradcliError` for a claim about what none of the variables moves that are varied (None: all are).

    With `array` the claims are about the elements of one of that name.
    """
    if varied is None:
        return
    shown = list(varied if graph.arrays is None else graph.arrays.nested(dict.fromkeys(varied)))
    moved = graph.dependents(graph.variables[name] for name in varied)
    for claim in claims:
        if not moved[claim.node]:
            name = array or claim.name
            raise claim_error("claim-held", {"name": name, "varied": shown}, f"{name}={claim.text}", 0, len(name))


def _claim_of(graph: Graph, typed: str, known: Mapping[str, int], outputs: Sequence[str], rtol: float) -> Claim:
    text = plain(typed)
    try:
        name, right, _, claimed = read_sides(graph, text, known, outputs)
    except GradcliError as error:
        raise shown_in(error, text, typed) from None
    whole = _whole(graph, claimed, {variable: known[variable] for variable in claimed.variables})
    return Claim(name, right.strip(), known[name], whole, whole.graph.output, *precision(right), rtol)


def _whole(graph: Graph, claimed: Graph, names: Mapping[str, int]) -> Whole:
    """The right side of a claim; what is evaluated on a branch of the function alone is written out in it, so that it
    has a value where the claim needs it.
    """
    if len(graph) > MOST_NODES or all(graph.unconditional[node] for node in names.values()):
        return Whole(claimed, names)
    builder = Builder(graph)
    written_out, _ = builder.pruned(builder.insert(claimed, names))
    return Whole(written_out, {name: graph.variables[name] for name in written_out.variables})


def precision(text: str) -> tuple[int, float, Decimal | None]:
    """The significant digits of a number, half a unit of its last one if it may be a rounded number, and the number.

    A whole number without a decimal point or an exponent is taken to be exact. Of a written zero all decimals count.
    """
    match = _DECIMAL.fullmatch(text)
    if not match:
        return 0, 0.0, None
    whole, point, decimals, exponent = (part or "" for part in match.groups())
    sign = "-" if len(re.findall("[-−]", text[: match.start(1)])) % 2 else ""
    number = Decimal(f"{sign}{whole or 0}.{decimals or 0}e{exponent or 0}")
    digits = len((whole + decimals).lstrip("0")) or len(decimals)
    if digits < LEAST_DIGITS or not (point or exponent):
        return digits, 0.0, number
    half_unit = 0.5 * float(f"1e{int(exponent or 0) - len(decimals)}") * (1 + 1e-9)
    return digits, half_unit, number

"""Claims as they are written: `a=x`, `b=4`, `s=2*cos(t)`."""

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any, NamedTuple, Protocol, TypeVar

from gradcli.errors import GradcliError
from gradcli.graph import Builder, Graph, reachable
from gradcli.language.characters import plain
from gradcli.language.missing import other_spelling
from gradcli.language.names import node_names, output_name
from gradcli.language.notation import LONGEST
from gradcli.language.parser import parse
from gradcli.language.spelling import nearest

# A number alone, with what the language allows around it: signs, parentheses, space.
_DECIMAL = re.compile(r"[\s()+\-−]*([0-9]*)(?:(\.)([0-9]*))?(?:[eE]([+-]?[0-9]{1,3}))?[\s()]*")
_DERIVATIVE = re.compile(r"[∂d](\w+)\s*/\s*[∂d](\w+(?:\s*\[[0-9,\s]+\])?)")  # ∂y/∂a, dy/da, ∂y/∂W[0,1]
_NAME = r"(?P<name{}>\w+(?:\s*\[[0-9,\s]+\])?)"
# The gradient of W in books, LaTeX and programs: ∇W, ∇_W L, ∂L/∂W with a text around it, dW, dL_dW, grad_W, W.grad.
_GRADIENT = re.compile(
    rf"∇\s*_?\s*{_NAME.format(1)}(?:(?:\s+|(?=\()).+)?"
    rf"|[∂d]\s*(?P<of>\w*)(?:\(.*\))?\s*/\s*[∂d]\s*{_NAME.format(2)}(?:\s.*)?"
    rf"|(?:d\w*_d|[dδ]_?|grad[_ (]?\s*){_NAME.format(3)}\)?|{_NAME.format(4)}[._]grad"
)
_SPELLINGS = (
    (r"\\(?:math\w+|boldsymbol|bm|operatorname\*?|text)\s*\{([^{}]*)\}", r"\1"),
    (r"\\nabla(?![a-zA-Z])", "∇"),
    (r"\\partial(?![a-zA-Z])", "∂"),
    (r"\\[dt]?frac\s*\{([^{}]*)\}\s*\{([^{}]*)\}", r"\1/\2"),
    (r"\\[,;:!]|\$", " "),
    (r"[{}\\]", ""),
)
# What offers whole lines.
_WHOLE = (
    "other-notation",
    "two-readings",
    "condition-as-number",
    "transpose-sign",
    "derivative-sign",
    "softmax-axis",
    "number-of-arguments",
)
_EQUALS = re.compile(r"(?<![<>=!])=(?!=)")
_AXIS = re.compile(r"[,(]\s*(?:axis|dim|keepdims?)\s*=(?!=)")
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
    return collected(lambda text: _read(graph, text, known, outputs, rtol), texts, listed)


def collected(read: Callable[[str], Named], texts: Iterable[str], listed: str) -> list[Named]:
    """What `read` makes of each text, and of each line of a list; no name has two."""
    claims: dict[str, Named] = {}

    def add(text: str) -> None:
        claim = read(text)
        if claim.name in claims:
            left = plain(text).partition("=")[0].rstrip()
            start = left.rindex(claim.name.partition("[")[0])
            raise _error("claim-twice", {"name": claim.name}, text, start, len(left))
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
            raise _error("claim-held", {"name": name, "varied": shown}, f"{name}={claim.text}", 0, len(name))


def claimed_names(texts: Iterable[str]) -> set[str]:
    """The names on the left sides of claims, for the parser of the expression."""
    lefts = (_name_in(plain(text).partition("=")[0]) for text in texts)
    return {written[2] if (written := _DERIVATIVE.fullmatch(left)) else left for left in lefts}


def _name_in(left: str) -> str:
    """The left side of a claim, in which an element is written without blanks."""
    return "".join(left.split()) if left.rstrip().endswith("]") else left.strip()


class ClaimSides(NamedTuple):
    """Both sides of a claim: the name, the right side as it is written and its place, and the graph of that."""

    name: str
    right: str
    offset: int
    claimed: Graph


def read_sides(graph: Graph, text: str, known: Mapping[str, int], outputs: Collection[str]) -> ClaimSides:
    """A claim that speaks of `known` names alone; see `read_claims`."""
    left, equals, right = text.partition("=")
    written = _DERIVATIVE.fullmatch(left.strip())
    if written:
        _check_output(graph, written, known, outputs, text)
    typed = written[2] if written else left.strip()
    name = _name_in(typed)
    if not equals or not name or right.startswith("="):
        raise _error("not-a-claim", {}, text, 0)
    if not right.strip():
        raise _error("empty-claim", {}, text, len(text))
    offset = len(text) - len(right)
    second = _EQUALS.search(_AXIS.sub(lambda axis: " " * len(axis[0]), right))
    if second:
        raise _error("claim-equals", {}, text, offset + second.start())
    if name not in known:
        start = len(left.rstrip()) - len(typed)
        if (meant := _named(left, outputs, known)) and (write := _own(right, known, graph)):
            raise _error("other-notation", {"write": f"{meant} = {write}"}, text, start, len(left.rstrip()))
        raise unknown(graph, name, known, text, start, meant)
    try:
        claimed = parse(right, free=known, definitions=graph.definitions)
    except GradcliError as error:  # the caret belongs under the whole claim
        raise in_claim(error, name, text, offset) from None
    for variable, place in claimed.variables.items():
        if variable not in known:
            raise unknown(graph, variable, known, text, offset + claimed.calls.get(place, claimed.starts[place]))
    return ClaimSides(name, right, offset, claimed)


def in_claim(error: GradcliError, name: str, text: str, offset: int) -> GradcliError:
    """An error about the right side of a claim, which begins at `offset`, as one about it all, hint included."""
    lines = [fact for fact in ("write", "other", "vector") if error.code in _WHOLE and error.facts.get(fact)]
    error = error.with_facts({fact: f"{name} = {error.facts[fact]}" for fact in lines})
    return error.within(text, offset, "claim")


def _named(left: str, outputs: Collection[str], known: Collection[str]) -> str:
    """The name whose gradient the left side of a claim names in another notation, or ""."""
    if len(left) > LONGEST:
        return ""
    for pattern, written in _SPELLINGS:
        left = re.sub(pattern, written, left)
    found = _GRADIENT.fullmatch(left.strip().removesuffix(":").strip())
    if not found or (found["of"] in known and found["of"] not in outputs):
        return ""
    name = _name_in(next(found[group] for group in ("name1", "name2", "name3", "name4") if found[group]))
    return name if name in known else ""


def _own(right: str, known: Mapping[str, int], graph: Graph) -> str:
    """The right side of a claim in gradcli's language, or "" where it is not known."""
    try:
        parse(right, free=known, definitions=graph.definitions)
    except GradcliError as error:
        return error.facts.get("write", "") if error.code in _WHOLE else ""
    return right.strip()


def _read(graph: Graph, typed: str, known: Mapping[str, int], outputs: Collection[str], rtol: float) -> Claim:
    text = plain(typed)
    try:
        name, right, _, claimed = read_sides(graph, text, known, outputs)
    except GradcliError as error:
        raise error.shown_in(typed) from None
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


def _check_output(
    graph: Graph, written: re.Match[str], known: Mapping[str, int], outputs: Collection[str], text: str
) -> None:
    """In ∂f/∂a, f is the output: by its name, or by any that is free if it has none."""
    output, has_none = written[1], graph.output not in graph.names
    if output in outputs or (has_none and output not in known):
        return
    start = text.index(output, 1)
    raise _error("not-the-output", {"name": output}, text, start, start + len(output))


def unknown(graph: Graph, name: str, known: Mapping[str, int], text: str, start: int, meant: str = "") -> GradcliError:
    """What says that a claim speaks of a name that is none of the graph's. `meant` is the name of another one."""
    names = graph.variables | graph.steps
    facts: dict[str, Any] = {"name": name, "known": list(graph.arrays.nested(names) if graph.arrays else names)}
    hint = other_spelling([name], known)
    facts |= hint if hint else {"suggestion": meant or nearest(name, list(known))}
    return _error("unknown-in-claim", facts, text, start, start + max(1, len(name)))


def _error(code: str, facts: dict[str, Any], text: str, start: int, end: int | None = None) -> GradcliError:
    return GradcliError(code, facts, text, start, end, "claim")


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

r"""The export for LaTeX: the function step by step, the chain rule at each node, the gradient. Needs amsmath."""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence

from gradcli.engine.answer import Answer
from gradcli.engine.binding import targets_of
from gradcli.errors import GradcliError
from gradcli.export.comments import comment, lost, summary
from gradcli.export.identifiers import Letters
from gradcli.graph import Graph
from gradcli.graph.paths import Pair, held_constant
from gradcli.language.names import node_names, output_name
from gradcli.latex.derivatives import aligned, derivative, equations, fresh_names, written
from gradcli.latex.formulas import Formula, definitions, factor, formulas
from gradcli.latex.symbols import Symbols, latex_number
from gradcli.operators.table import ADD, CONSTANT
from gradcli.symbolic.derive import derive
from gradcli.symbolic.simplify import Simplifier
from gradcli.symbolic.slopes import plain_slopes
from gradcli.text import format_number

MOST_TERMS = 2  # of a sum on one line, where each has a local derivative
MOST_HELD = 3  # names of what is held constant


def source(graph: Graph, wrt: list[str] | None, result: Answer | None, name: str | None, letters: Letters) -> str:
    """Three (with a point, four) blocks of equations. Raises `GradcliError` for a `name`: there is no function."""
    if name is not None:
        raise GradcliError("name-in-latex", source="option")
    names, symbols = node_names(graph), Symbols(letters.language)
    steps = [(symbols.name(names[node]), text) for node, text in definitions(graph, names, symbols).items()]
    fresh = fresh_names(names)
    targets = targets_of(graph, wrt)
    held = held_constant(graph, graph.requires_gradient(targets.values()))
    chain = _chain_rule(graph, targets, names, fresh, held, symbols)
    whole = formulas(graph, [graph.output], {}, symbols)[0]
    parts = [aligned(steps or [(symbols.name(output_name(graph)), str(whole))])]
    parts += [aligned(chain)] if chain else []
    derivatives = derive(graph, wrt)
    if derivatives.targets:
        parts.append(aligned(equations(derivatives, output_name(graph), fresh=fresh, symbols=symbols)))
    if result is not None:
        parts.append(aligned(_numbers(result, symbols)))
    needs = [comment("amsmath")]
    if any(map(needs_font, set().union(*parts))):
        needs.append(comment("letters"))
    if held:
        (node, x), others = next(iter(held.items()))
        local = f"${_local(names, node, x, others, symbols)}$"
        needs.append(comment("held", local=local, node=f"${symbols.name(names[node])}$"))
    return "".join([f"% {line}\n" for line in [*summary(graph, None, {}), *lost(result), *needs]] + parts)


def needs_font(letter: str) -> bool:
    """Whether the usual fonts of LaTeX have it not."""
    return letter.isalpha() and unicodedata.name(letter, "OTHER").split()[0] not in ("LATIN", "GREEK")


def _chain_rule(
    graph: Graph,
    targets: dict[str, int],
    names: list[str],
    fresh: Iterator[str],
    held: Mapping[Pair, list[int]],
    symbols: Symbols,
) -> list[tuple[str, str]]:
    """For each node that a gradient passes, the sum over the nodes that use it, from the output backwards."""
    required = graph.requires_gradient(targets.values())
    output = names[graph.output]
    slopes, lines = _local_slopes(graph, required, names, fresh, symbols)
    terms: dict[int, list[tuple[str, str]]] = {}
    for node in range(len(graph) - 1, -1, -1):
        if not required[node] or (node != graph.output and node not in terms):
            continue
        if node in terms:
            lines += _sum(derivative(output, [names[node]], symbols), terms[node])
        for x, formula in slopes.get(node, ()):
            symbol, text = _local(names, node, x, held.get((node, x), ()), symbols), str(formula)
            if node != graph.output:
                before = derivative(output, [names[node]], symbols)
                symbol, text = rf"{before} \cdot {symbol}", rf"{before} \cdot {factor(formula)}"
            terms.setdefault(x, []).append((symbol, text))
    return lines


def _local(names: list[str], node: int, x: int, held: Sequence[int], symbols: Symbols) -> str:
    """The derivative through a node alone; with others of its inputs held constant where these depend on x too."""
    plain = derivative(names[node], [names[x]], symbols)
    if not held:
        return plain
    shown = [symbols.name(names[y]) for y in held[:MOST_HELD]] + [r"\ldots"] * (len(held) > MOST_HELD)
    return rf"\left({plain}\right)_{{{', '.join(shown)}}}"


def _sum(left: str, terms: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """The lines of one sum, of a few terms each: in symbols, and then with the local derivatives."""
    symbols, values = zip(*terms, strict=True)
    if len(terms) == 1:
        return [(left, values[0] if symbols[0] == left else f"{symbols[0]} = {values[0]}")]
    rows = []
    for parts, size in ((symbols, 2 * MOST_TERMS), (values, MOST_TERMS)):
        chunks = [" + ".join(parts[start : start + size]) for start in range(0, len(parts), size)]
        rows.append(" \\\\\n&\\quad {} + ".join(chunks))
    return [(left, rows[0]), ("", rows[1])]


def _local_slopes(
    graph: Graph, required: bytearray, names: list[str], fresh: Iterator[str], symbols: Symbols
) -> tuple[dict[int, list[tuple[int, Formula]]], list[tuple[str, str]]]:
    """For each node its inputs that require a gradient, with the local derivatives in terms of the named nodes.

    A node that uses another one twice has one derivative, the sum. The lines define what several derivatives share.
    """
    builder = Simplifier()
    edges = _edges(builder, graph, required, names)
    found: dict[int, list[tuple[int, Formula]]] = {}
    lines: list[tuple[str, str]] = []
    if edges:
        keys = {f"{node} {x}": (node, x) for node, x in edges}
        for name, formula in written(
            builder.graph(0), {key: edges[edge] for key, edge in keys.items()}, fresh, symbols=symbols
        ):
            if name in keys:
                node, x = keys[name]
                found.setdefault(node, []).append((x, formula))
            else:
                lines.append((symbols.name(name), str(formula)))
    return found, lines


def _edges(builder: Simplifier, graph: Graph, required: bytearray, names: list[str]) -> dict[Pair, int]:
    """The local derivative for each edge that a gradient takes, as a node of the builder; one for equal edges."""
    places = _places(builder, graph, names)
    edges: dict[Pair, int] = {}
    for node, (operator, inputs) in enumerate(zip(graph.operators, graph.inputs, strict=True)):
        if operator.condition or not inputs or not required[node]:
            continue
        local = plain_slopes(builder, operator, [places[x] for x in inputs], places[node])
        for x, slope in zip(inputs, local, strict=True):
            if slope is not None and required[x]:
                before = edges.get((node, x))
                edges[node, x] = slope if before is None else builder.make(ADD, (before, slope))
    return edges


def _places(builder: Simplifier, graph: Graph, names: list[str]) -> list[int]:
    """What stands for each node: its name; a number itself, and a condition, which has no name."""
    places: list[int] = []
    for node, (operator, inputs) in enumerate(zip(graph.operators, graph.inputs, strict=True)):
        if operator.condition:
            places.append(builder.keep(operator, tuple(places[x] for x in inputs)))
        else:
            places.append(builder.leaf(graph, node) if operator is CONSTANT else builder.variable(names[node]))
    return places


def _numbers(result: Answer, symbols: Symbols) -> list[tuple[str, str]]:
    point = [(symbols.name(name), latex_number(format_number(value))) for name, value in result.point.items()]
    value = (symbols.name(result.output), latex_number(format_number(result.evaluation.value)))
    slopes = [
        (derivative(result.output, [name], symbols), latex_number(format_number(slope)))
        for name, slope in result.evaluation.gradient.items()
    ]
    return [*point, value, *slopes]

r"""The export for LaTeX: the function step by step, the chain rule at each node, the gradient. Needs amsmath."""

from collections.abc import Sequence
from itertools import count

from gradcli.derive import Derivatives, derive, local_derivatives
from gradcli.errors import GradcliError
from gradcli.evaluate import requires_gradient
from gradcli.export.formulas import aligned, definitions, derivative, factor, formulas, name_or_number
from gradcli.export.naming import summary
from gradcli.gradient import Result, targets_of
from gradcli.graph import Graph
from gradcli.names import node_names, output_name, step_names
from gradcli.numerals import format_number
from gradcli.operators import CONSTANT
from gradcli.programs import block
from gradcli.report.latex import latex_name, latex_number
from gradcli.simplify import Builder


def source(graph: Graph, wrt: list[str] | None, result: Result | None, name: str | None) -> str:
    """Three (with a point, four) blocks of equations. Raises `GradcliError` for a `name`: there is no function."""
    if name is not None:
        raise GradcliError("formulas in LaTeX have the names of the expression, so --name does not go with latex")
    names = node_names(graph)
    steps = [(latex_name(names[node]), text) for node, text in definitions(graph, names).items()]
    parts = [f"% {line}\n" for line in [*summary(graph, None, []), r"Needs \usepackage{amsmath}."]]
    parts.append(aligned(steps or [(latex_name(output_name(graph)), name_or_number(graph, graph.output, names))]))
    chain = _chain_rule(graph, targets_of(graph, wrt), names)
    parts += [aligned(chain)] if chain else []
    derivatives = derive(graph, wrt)
    if derivatives.targets:
        parts.append(aligned(equations(derivatives, output_name(graph), taken=names)))
    if result is not None:
        parts.append(aligned(_numbers(result)))
    return "".join(parts)


def equations(
    derivatives: Derivatives, output: str, inline: bool = False, taken: Sequence[str] = ()
) -> list[tuple[str, str]]:
    """The derivatives of the highest order: left and right sides, after those of the steps that they share.

    Steps that have no name of the user's get one that is not in `taken`.
    """
    roots = {derivative(output, key): root for key, root in derivatives.roots.items() if len(key) == derivatives.order}
    whole = block(derivatives.graph, roots)
    names = {node: name for node, name in step_names(whole).items() if not whole.is_leaf(node)}
    fresh = (f"n{number}" for number in count(1) if f"n{number}" not in {*taken, *whole.names.values()})
    names = {node: name if node in whole.names else next(fresh) for node, name in sorted(names.items())}
    if inline:
        names = {node: name for node, name in names.items() if name in roots}
    texts = formulas(whole, sorted(names), names)
    lefts = [names[node] if names[node] in roots else latex_name(names[node]) for node in sorted(names)]
    return list(zip(lefts, texts, strict=True))


def _chain_rule(graph: Graph, targets: dict[str, int], names: list[str]) -> list[tuple[str, str]]:
    """For each node that a gradient passes, the sum over the nodes that use it, from the output backwards."""
    required = requires_gradient(graph, list(targets.values()))
    output = names[graph.output]
    slopes = _local_slopes(graph, required, names)
    terms: dict[int, list[tuple[str, str]]] = {}
    lines: list[tuple[str, str]] = []
    for node in range(len(graph) - 1, -1, -1):
        if not required[node] or (node != graph.output and node not in terms):
            continue
        if node in terms:
            symbols, values = (" + ".join(parts) for parts in zip(*terms[node], strict=True))
            left = derivative(output, [names[node]])
            lines.append((left, values if symbols == left else f"{symbols} = {values}"))
        for x, text in slopes.get(node, ()):
            symbol = derivative(names[node], [names[x]])
            if node != graph.output:
                before = derivative(output, [names[node]])
                symbol = rf"{before} \cdot {symbol}"
                text = rf"{before} \cdot {factor(text)}"  # noqa: PLW2901
            terms.setdefault(x, []).append((symbol, str(text)))
    return lines


def _local_slopes(graph: Graph, required: bytearray, names: list[str]) -> dict[int, list[tuple[int, str]]]:
    """For each node its inputs that require a gradient, with the local derivatives in terms of the named nodes."""
    builder = Builder()
    places: list[int] = []
    edges: list[tuple[int, int, int]] = []
    for node, (operator, inputs) in enumerate(zip(graph.operators, graph.inputs, strict=True)):
        if operator.condition:  # it has no name
            places.append(builder.keep(operator, tuple(places[x] for x in inputs)))
            continue
        places.append(builder.leaf(graph, node) if operator is CONSTANT else builder.variable(names[node]))
        if not inputs or not required[node]:
            continue
        local = local_derivatives(builder, operator, [places[x] for x in inputs], places[node])
        edges += [(node, x, slope) for x, slope in zip(inputs, local, strict=True) if slope is not None and required[x]]
    found: dict[int, list[tuple[int, str]]] = {}
    if edges:
        texts = formulas(builder.graph(0), [slope for _, _, slope in edges], {})
        for (node, x, _), text in zip(edges, texts, strict=True):
            found.setdefault(node, []).append((x, text))
    return found


def _numbers(result: Result) -> list[tuple[str, str]]:
    point = [(latex_name(name), latex_number(format_number(value))) for name, value in result.at.items()]
    value = (latex_name(result.output), latex_number(format_number(result.value)))
    slopes = [
        (derivative(result.output, [name]), latex_number(format_number(slope)))
        for name, slope in result.gradient.items()
    ]
    return [*point, value, *slopes]

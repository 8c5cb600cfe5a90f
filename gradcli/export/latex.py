r"""The export for LaTeX: the function step by step, the chain rule at each node, the gradient. Needs amsmath."""

from gradcli.derive import Derivatives, derive, local_derivatives
from gradcli.evaluate import requires_gradient
from gradcli.export.formulas import aligned, definition, derivative, formulas, name_or_number
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
    """Three (with a point, four) blocks of equations. `name` is not used: formulas have the names of the graph."""
    del name
    names = node_names(graph)
    steps = [
        (latex_name(names[node]), definition(operator, [name_or_number(graph, x, names) for x in inputs]))
        for node, (operator, inputs) in enumerate(zip(graph.operators, graph.inputs, strict=True))
        if inputs and not operator.condition
    ]
    parts = [f"% {line}\n" for line in [*summary(graph, None, []), r"Needs \usepackage{amsmath}."]]
    parts.append(aligned(steps or [(latex_name(output_name(graph)), name_or_number(graph, graph.output, names))]))
    chain = _chain_rule(graph, targets_of(graph, wrt), names)
    parts += [aligned(chain)] if chain else []
    derivatives = derive(graph, wrt)
    if derivatives.targets:
        parts.append(aligned(equations(derivatives, output_name(graph))))
    if result is not None:
        parts.append(aligned(_numbers(result)))
    return "".join(parts)


def equations(derivatives: Derivatives, output: str, inline: bool = False) -> list[tuple[str, str]]:
    """The derivatives of the highest order: left and right sides, after those of the steps that they share."""
    roots = {derivative(output, key): root for key, root in derivatives.roots.items() if len(key) == derivatives.order}
    whole = block(derivatives.graph, roots)
    names = {node: name for node, name in step_names(whole).items() if not whole.is_leaf(node)}
    if inline:
        names = {node: name for node, name in names.items() if name in roots}
    texts = formulas(whole, sorted(names), names)
    lefts = [names[node] if names[node] in roots else latex_name(names[node]) for node in sorted(names)]
    return list(zip(lefts, texts, strict=True))


def _chain_rule(graph: Graph, targets: dict[str, int], names: list[str]) -> list[tuple[str, str]]:
    """For each node that a gradient passes, the sum over the nodes that use it, from the output backwards."""
    required = requires_gradient(graph, list(targets.values()))
    output = names[graph.output]
    terms: dict[int, list[tuple[str, str]]] = {}
    lines: list[tuple[str, str]] = []
    for node in range(len(graph) - 1, -1, -1):
        if not required[node] or (node != graph.output and node not in terms):
            continue
        if node in terms:
            symbols, values = (" + ".join(parts) for parts in zip(*terms[node], strict=True))
            left = derivative(output, [names[node]])
            lines.append((left, values if symbols == left else f"{symbols} = {values}"))
        inputs = graph.inputs[node]
        builder = Builder()
        places = [
            builder.leaf(graph, x) if graph.operators[x] is CONSTANT else builder.variable(names[x]) for x in inputs
        ]
        if not inputs or graph.operators[node].condition:
            continue
        out = builder.variable(names[node])
        local = local_derivatives(builder, graph.operators[node], places, out)
        for x, slope in zip(inputs, local, strict=True):
            if slope is None or not required[x]:
                continue
            text = formulas(builder.graph(slope), [slope], {})[0]
            symbol = derivative(names[node], [names[x]])
            if node != graph.output:
                before = derivative(output, [names[node]])
                symbol = rf"{before} \cdot {symbol}"
                factor = text if text.isalnum() else rf"\left({text}\right)"
                text = rf"{before} \cdot {factor}"
            terms.setdefault(x, []).append((symbol, text))
    return lines


def _numbers(result: Result) -> list[tuple[str, str]]:
    point = [(latex_name(name), latex_number(format_number(value))) for name, value in result.at.items()]
    value = (latex_name(result.output), latex_number(format_number(result.value)))
    slopes = [
        (derivative(result.output, [name]), latex_number(format_number(slope)))
        for name, slope in result.gradient.items()
    ]
    return [*point, value, *slopes]

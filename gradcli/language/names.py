"""What the nodes of a graph are called: by their own names, and otherwise as the article calls them (y, s, t, …)."""

from collections.abc import Collection, Iterator, Sequence

from gradcli.graph import Graph
from gradcli.text import format_number

OUTPUT_NAMES = ("y", "z", "f", "g", "h", "out")
NODE_NAMES = ("s", "t", "u", "v", "w", "p", "q", "r")
NETWORK_NAMES = ("w", "b", "h", "v")  # of weights, biases, hidden and visible units


def is_of_matrix(name: str) -> bool:
    """Whether a name is one that books give to matrices: with a capital first. Only examples and hints go by it."""
    return name[:1].isupper()


def output_name(graph: Graph) -> str:
    """The output's own name, or the first of y, z, f, g, h, out, out1, … that is not in use."""
    own = graph.names.get(graph.output)
    if own is not None and (graph.inputs[graph.output] or graph.output not in graph.values):
        return own
    return next(_unused(OUTPUT_NAMES, "out", _taken(graph)))


def _taken(graph: Graph) -> set[str]:
    """The names that no node without a name gets."""
    names = set(graph.names.values())
    if graph.arrays is not None:  # those of arrays, beside those of their elements
        names.update(graph.arrays.program.names.values())
    if any(name[0] in NETWORK_NAMES and name[1:].lstrip("_").isdigit() for name in names):
        names.update(NETWORK_NAMES)
    return names


def node_names(graph: Graph) -> list[str]:
    """The name of every node: variables and steps have theirs, constants their value, others a fresh one.

    Fresh names are the first free ones of s, t, u, v, w, p, q, r, n1, n2, … in the order of the nodes; next to a name
    such as w1, as networks have, none is w, b, h or v.
    """
    output, fresh = output_name(graph), fresh_names(graph)
    names = []
    for node, inputs in enumerate(graph.inputs):
        if node == graph.output:
            name = output
        elif node in graph.names:
            name = graph.names[node]
        else:
            name = next(fresh) if inputs else format_number(graph.values[node])
        names.append(name)
    return names


def fresh_names(graph: Graph) -> Iterator[str]:
    """Names for nodes without one, in their order."""
    return _unused(NODE_NAMES, "n", {*_taken(graph), output_name(graph)})


def numbered_names(taken: Collection[str]) -> Iterator[str]:
    """n1, n2, … that are not `taken`."""
    return _unused((), "n", taken)


def leaf_names(graph: Graph) -> dict[int, str]:
    """How leaves are written: variables and named constants by name, constants as their value."""
    texts = {node: format_number(value) for node, value in graph.values.items()}
    return texts | {node: name for node, name in graph.names.items() if graph.is_leaf(node)}


def step_names(graph: Graph, taken: Collection[str] = ()) -> dict[int, str]:
    """The names of leaves and steps, and for unnamed nodes used more than once n1, n2, … that are not `taken`."""
    names = leaf_names(graph) | dict(graph.names)
    fresh = numbered_names({*names.values(), *taken})
    for node, count in enumerate(graph.readings()):
        if count > 1 and node not in names:
            names[node] = next(fresh)
    return names


def derivative_name(of: str, by: Sequence[str], partial: str = "∂") -> str:
    """`∂z/∂a`, `∂²z/∂a∂b`, `∂³z/∂x³`; with `d` as the sign, `d2z/dadb`."""
    below = "".join(f"{partial}{name}{_power(by.count(name), partial)}" for name in dict.fromkeys(by))
    return f"{partial}{_power(len(by), partial)}{of}/{below}"


def _power(count: int, partial: str) -> str:
    if count < 2:
        return ""
    return str(count).translate(str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")) if not partial.isascii() else str(count)


def _unused(first: Sequence[str], stem: str, taken: Collection[str]) -> Iterator[str]:
    yield from (name for name in first if name not in taken)
    number = 0
    while True:
        number += 1
        if f"{stem}{number}" not in taken:
            yield f"{stem}{number}"

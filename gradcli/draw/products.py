"""What stands on the way back where there is no point: products of the chain rule, as in the article's figure."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from gradcli.trace.tracing import AUTO_FACTORS

if TYPE_CHECKING:
    from gradcli.draw.scene import Edge, Item

Factor = tuple[str, str]  # ∂of/∂by


def put_products(names: Sequence[str], items: "Sequence[Item]", edges: "Sequence[Edge]") -> None:
    """Give each edge with a way back its product: from the output on, up to four factors, and beyond in two.

    Where several products add up, the chain starts anew with their sum, as in the tables. `names` are those of the
    graph's nodes, the last item stands for the output.
    """
    output = names[items[edges[-1].source].node]
    arrivals = [0] * len(names)
    for edge in edges:
        arrivals[items[edge.source].node] += edge.backward
    chains: dict[int, tuple[Factor, ...]] = {}
    into: list[list[Edge]] = [[] for _ in items]
    for edge in edges:
        into[edge.target].append(edge)
    edges[-1].chain = ((output, output),) if edges[-1].backward else ()
    for item in sorted(range(len(items) - 1), key=lambda index: -items[index].node):
        node = items[item].node
        is_output = items[item].output
        before = chains.get(node, ())
        if is_output:
            before = edges[-1].chain
        elif arrivals[node] > 1 or len(before) >= AUTO_FACTORS:
            before = ((output, names[node]),)
        for edge in into[item]:
            if edge.backward:
                x = items[edge.source].node
                edge.chain = chains[x] = (*before, (names[node], names[x]))


def product(chain: Sequence[Factor], ascii_only: bool = False) -> str:
    """A product as it is written: `∂y/∂y·∂y/∂s`, in ASCII `dy/dy*dy/ds`."""
    sign, times = ("d", "*") if ascii_only else ("∂", "·")
    return times.join(f"{sign}{of}/{sign}{by}" for of, by in chain)


def shortened(chain: Sequence[Factor]) -> Sequence[Factor]:
    """The same in at most two factors: the output by the node, and the node by its argument."""
    return chain if len(chain) < 3 else ((chain[0][0], chain[-1][0]), chain[-1])

"""What stands on the way back where there is no point: products of the chain rule, as in the article's figure."""

from collections.abc import Sequence
from dataclasses import replace
from math import inf
from typing import TYPE_CHECKING

from gradcli.draw.fonts import LABEL_FONT, cut, width
from gradcli.trace.chains import Arrival, Chains

if TYPE_CHECKING:
    from gradcli.draw.scene import Edge, Item, Scene

Factor = tuple[str, str]  # ∂of/∂by

PRODUCT_ROOM = 228.0  # px of a product on the way back: four factors of names of one letter
BESIDE_ROOM = 130.0  # px of one where many stand beside each other: two factors
FEW = 24  # nodes of a picture that flows down, in which products may be as long as elsewhere
NAME_ROOMS = (inf, 168.0, 120.0, 84.0, 60.0, 42.0, 30.0)  # px of a name in a product, in turn


def put_products(
    names: Sequence[str],
    items: "Sequence[Item]",
    edges: "Sequence[Edge]",
    direction: str = "right",
    styles: Sequence[str] = ("auto", "short"),
) -> None:
    """Give each edge with a way back its product, as the tables have it, and that which stands at its arrow.

    Those of a picture all have one form: up to four factors, two where one would be too long with more, and then
    with long names cut. `names` are those of the graph's nodes, the last item stands for the output.
    """
    if not edges[-1].backward:
        return
    room = BESIDE_ROOM if direction == "down" and len(items) > FEW else PRODUCT_ROOM
    inner = sorted(edges[:-1], key=lambda edge: -items[edge.target].node)  # as gradients go back along them
    back = [edge for edge in inner if edge.backward]
    links = [(items[edge.target].node, items[edge.source].node) for edge in back]
    output = items[edges[-1].source].node
    edges[-1].chain = ((names[output], names[output]),)
    for style in styles:
        arrivals = (Arrival(of, index, by) for index, (of, by) in enumerate(links))
        chains = Chains(len(names), output, arrivals, style)
        for edge, link in zip(back, links, strict=True):
            edge.chain = tuple((names[of], names[by]) for of, by in (*chains.before(link[0]), link))
        if _fit([edge.chain for edge in back], room):
            break
    _put_labels([*back, edges[-1]], room)


def _put_labels(edges: "Sequence[Edge]", product_room: float) -> None:
    """Give each edge its product with long names cut, where there is no room for whole ones."""
    whole = {name for edge in edges for factor in edge.chain for name in factor}
    for room in NAME_ROOMS:
        shown = {name: cut(name, LABEL_FONT, room) for name in whole}
        for edge in edges:
            edge.label = tuple((shown[of], shown[by]) for of, by in edge.chain)
        if _fit([edge.label for edge in edges], product_room):
            break


def _fit(products: Sequence[Sequence[Factor]], room: float) -> bool:
    """Whether all of them have room at their arrows."""
    return all(width(product(factors), LABEL_FONT) <= room for factors in products)


def product(chain: Sequence[Factor]) -> str:
    """A product as it is written: `∂y/∂y·∂y/∂s`."""
    return "·".join(f"∂{of}/∂{by}" for of, by in chain)


def shortened(chain: Sequence[Factor]) -> Sequence[Factor]:
    """The same in at most two factors: the output by the node, and the node by its argument."""
    return chain if len(chain) < 3 else ((chain[0][0], chain[-1][0]), chain[-1])


def without_products(scene: "Scene") -> "Scene":
    """The scene with nothing on its way back, but room for numbers."""
    return replace(scene, edges=[replace(edge, chain=(), label=()) for edge in scene.edges])

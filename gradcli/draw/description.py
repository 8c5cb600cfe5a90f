"""A picture in words, for those who do not see it: what screen readers say, and what tooltips add."""

from collections.abc import Iterable, Iterator
from itertools import islice

from gradcli.draw.numbers import gradient_label, number
from gradcli.draw.scene import Item, Scene
from gradcli.language.format import lines_of, operation_text
from gradcli.words.catalogue import say

MOST_SAID = 150  # parts of a list


def description(scene: Scene) -> str:
    """All that the picture shows: the expression, the point, value and gradients or their products, what its nodes
    stand for, what was not evaluated, and the notes. After a step that is no more than the picture shows then.
    """
    return "; ".join(part for part in _parts(scene) if part)


def tooltip(scene: Scene, item: Item) -> str:
    """What there is to say of a node that it does not show itself: the rows it stands for, that it has no value."""
    if not item.evaluated:
        return say("label.not-taken", scene.language)
    return _few(_rows(scene, item)) if len(item.rows) > 1 else ""


def _parts(scene: Scene) -> Iterator[str]:
    result, language, ended = scene.result, scene.language, scene.step in (None, len(scene.steps) - 1)
    yield "\n".join(lines_of(scene.graph))
    if result is not None:
        yield _few(_point(scene))
    if not ended:
        yield say("picture.step", language, step=scene.step, last=len(scene.steps) - 1)
    if result is not None and scene.edges[-1].done:
        yield f"{result.output} = {number(scene.edges[-1].value)}"
    yield _few(_gradients(scene) if result is not None else _products(scene))
    for item in scene.items:
        if len(item.rows) > 1:
            rows = _few(_rows(scene, item))
            yield say("picture.rows", language, name=item.name or scene.items[-1].text, rows=rows)
    skipped = [scene.names[item.node] for item in scene.items if not item.evaluated]
    if skipped:
        yield f"{say('label.not-taken', language)}: {_few(skipped)}"
    if result is not None and ended:
        yield from (note.text(language) for note in result.notes)


def _point(scene: Scene) -> Iterator[str]:
    """The values of the variables."""
    if scene.arrays is not None:
        yield from scene.arrays.point()
    elif scene.result is not None:
        values = scene.result.passes.values
        for name, node in scene.result.graph.variables.items():
            yield f"{name} = {number(values[node])}"


def _few(parts: Iterable[str]) -> str:
    """A list, cut where nobody would hear it to its end: of graphs that only DOT and Mermaid have no limit for."""
    some = list(islice(parts, MOST_SAID + 1))
    return ", ".join(some[:MOST_SAID] + ["…"] * (len(some) > MOST_SAID))


def _gradients(scene: Scene) -> Iterator[str]:
    """The gradients of the targets that are known by now; of a picture without a way back none."""
    result = scene.result
    known = {item.node for item in scene.items if item.summed}
    if scene.arrays is not None and scene.edges[-1].backward:
        yield from scene.arrays.gradients(known, scene.items[-1].text)
    elif result is not None and scene.edges[-1].backward:
        passes = result.passes
        for node in passes.targets:
            if node in known:
                yield f"∂{result.output}/∂{scene.graph.names[node]} = {number(passes.adjoints[node])}"


def _products(scene: Scene) -> Iterator[str]:
    """For each node at which a product ends, or begins anew, what its gradient is."""
    arriving: dict[int, list[str]] = {}
    anew = set[int]()
    for edge in sorted(scene.edges[:-1], key=lambda edge: -edge.reader):  # as they arrive
        if edge.backward and edge.sent:
            x = scene.items[edge.source].node
            arriving.setdefault(x, []).append(gradient_label(edge))
            if edge.chain[0] != scene.edges[-1].chain[0]:
                anew.add(scene.items[edge.target].node)
    output = scene.items[-1].text
    for node, products in sorted(arriving.items()):
        if node in anew or node in scene.graph.names or len(products) > 1:
            yield f"∂{output}/∂{scene.names[node]} = {' + '.join(products)}"


def _rows(scene: Scene, item: Item) -> Iterator[str]:
    """The rows of the tables that a node stands for: `u = s + t`."""
    graph, names = scene.graph, scene.names
    for row in item.rows:
        yield f"{names[row]} = {operation_text(graph.operators[row], [names[x] for x in graph.inputs[row]])}"

"""What the code of a page of arrays knows: what `facts` says of a page of numbers, and what its arrays consist of."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from operator import attrgetter
from typing import Any

from gradcli.draw.arrays import Pictured
from gradcli.draw.forms.facts import ROOM, typed_point, words
from gradcli.draw.forms.formulas import mark
from gradcli.draw.forms.sentences import Marked, template
from gradcli.draw.layout.boxes import Box
from gradcli.draw.layout.labels import Slot
from gradcli.draw.layout.layout import Layout
from gradcli.draw.layout.sizes import shown_extent, shown_name
from gradcli.draw.matrices import is_small
from gradcli.draw.numbers import with_minus
from gradcli.draw.scene import Scene
from gradcli.graph import Graph
from gradcli.language.format import operation_text
from gradcli.report.explained import sentence
from gradcli.trace.arrays.rows import Passed
from gradcli.trace.arrays.tracing import ArrayTrace
from gradcli.trace.passes import WithoutPoint


def facts_of(
    graph: Graph, scene: Scene, layout: Layout, wrt: Sequence[str] | None, targets: Sequence[int]
) -> dict[str, Any]:
    """What the page's code knows by name. `graph` is that of the numbers, `targets` are those of its nodes by which
    gradients are asked for, `wrt` their names.

    The names of the elements of variables stand behind those of the program's nodes, and so do their numbers.
    """
    assert graph.arrays is not None, "a graph of arrays"
    program = scene.graph
    names = [with_minus(name) for name in scene.names]
    names[program.output] = with_minus(scene.items[-1].text)
    operations = [item.node for item in scene.items if item.node >= 0 and program.inputs[item.node]]
    return {
        "names": [*names, *map(with_minus, graph.variables)],
        "output": program.output,
        "result": scene.items[-1].text,
        "labels": {n: program.operators[n].label(scene.language) for n in operations},
        "steps": [[kind, *(i for _, i in steps)] for kind, steps in groupby(scene.steps, attrgetter("kind"))],
        "step": scene.step or 0,
        "defined": {n: _definition(scene, names, n) for n in operations},
        "made": {n: [made.start, made.stop] for n in operations if (made := graph.arrays.made[n])},
        "fork": template("rule.fork", scene.language),
        "words": words(scene.language),
        **_of_picture(scene, layout),
        **_of_arrays(graph, scene),
        **_of_variables(graph, scene, len(program)),
        **_of_edges(Pictured(graph, None, wrt, scene.language), scene, targets),
    }


def _of_picture(scene: Scene, layout: Layout) -> dict[str, Any]:
    """Items, edges, and where their numbers stand; no node stands for several rows."""
    named = [item for item in scene.items if item.name or item.extent]
    return {
        "items": [item.node for item in scene.items],
        "cut": {item.node: shown_name(item) + shown_extent(item) for item in named},
        "turns": [item.node for item in scene.items if item.mark == "edge"],
        "edges": [[edge.source, edge.target, edge.reader, edge.argument, int(edge.backward)] for edge in scene.edges],
        "inputs": [[] for _ in scene.graph.inputs],
        "rows": {},
        "room": ROOM,
        "slots": [[_slot(above), _slot(below)] for above, below in layout.slots],
        "badges": {place: _box(box) for place, box in enumerate(layout.badges) if box is not None},
    }


def _of_arrays(graph: Graph, scene: Scene) -> dict[str, Any]:
    """Shapes, and of what is shown the scalar nodes."""
    assert graph.arrays is not None, "a graph of arrays"
    shapes, elements = graph.arrays.shapes, graph.arrays.elements
    shown = [item.node for item in scene.items[:-1] if is_small(shapes[item.node])]
    return {"shapes": shapes, "elements": {node: _run(elements[node]) for node in shown}}


def _of_variables(graph: Graph, scene: Scene, first: int) -> dict[str, Any]:
    """The elements of the variables, of which the first has this place among the names."""
    at = typed_point(scene)
    leaves = graph.variables
    return {
        "variables": [first + place for place in range(len(leaves))],
        "leaves": _run([*leaves.values()]),
        "arrays": list(_arrays(graph, leaves, first)),
        "constants": {},
        "at": {first + place: _short(at.get(name)) for place, name in enumerate(leaves)},
    }


def _of_edges(pictured: Pictured, scene: Scene, targets: Sequence[int]) -> dict[str, Any]:
    """What goes back along each edge, in numbers and in formulas."""
    return {
        "sent": [_sent(pictured, edge.reader, edge.argument) if edge.backward else 0 for edge in scene.edges],
        "back": list(_back(pictured, scene, targets)),
    }


def _short(value: Any) -> Any:
    """A number without `.0`."""
    return int(value) if isinstance(value, float) and value == int(value) else value


def _run(nodes: Sequence[int]) -> Sequence[int]:
    """The first node, and each other as the difference to the one before."""
    return [one - before for one, before in zip(nodes, [0, *nodes], strict=False)]


def _slot(slot: Slot) -> list[float]:
    return [round(slot.x, 1), round(slot.y, 1), round(slot.half_width, 1), slot.align]


def _box(box: Box) -> list[float]:
    return [round(size, 1) for size in (box.x, box.y, box.half_width, box.half_height)]


def _sent(pictured: Pictured, node: int, index: int) -> Any:
    """For each element what it is the sum of, as pairs in a row; 0 of the output, and of a large array.

    Where all elements have as many pairs with one argument, that number, the argument, and the nodes, each as the
    difference to the one before.
    """
    found = pictured.sources.get((node, index)) if node >= 0 else None
    if not found:
        return 0
    counts, arguments = {len(pairs) for pairs in found}, {argument for pairs in found for _, argument in pairs}
    if len(counts) == len(arguments) == 1:
        nodes = [one for pairs in found for one, _ in pairs]
        return [*counts, *arguments, *_run(nodes)]
    return [[x for pair in pairs for x in pair] for pairs in found]


def _definition(scene: Scene, names: Sequence[str], node: int) -> str:
    program = scene.graph
    text = operation_text(program.operators[node], [scene.names[x] for x in program.inputs[node]])
    if text == scene.names[node]:
        return mark(text, scene.names)
    return f"`{names[node]}` = {mark(text, scene.names)}"


def _arrays(graph: Graph, leaves: Mapping[str, int], first: int) -> Iterator[list[Any]]:
    """Each variable: its name, its shape, the first of its elements, and whether these can be typed."""
    assert graph.arrays is not None, "a graph of arrays"
    places = {name: first + place for place, name in enumerate(leaves)}
    for group in graph.arrays.groups(list(leaves)):
        yield [with_minus(group.name), group.shape, places[group.elements[0]], int(is_small(group.shape))]


def _back(pictured: Pictured, scene: Scene, targets: Sequence[int]) -> Iterator[Any]:
    """For each edge with a way back the formula of what it carries, and a sentence on the rule."""
    graph = pictured.records.here.graph
    trace = ArrayTrace(WithoutPoint(graph, targets), explain=True)
    notation = Marked(language=scene.language, names=frozenset(trace.names))
    said = _sentences(trace, notation)
    for edge in scene.edges:
        if not edge.backward:
            yield 0
        elif edge.reader < 0:
            yield [notation.derivative(trace.output, (trace.output,)), ""]
        else:
            one = trace.passed(edge.reader, edge.argument)
            whole = notation.derivative(one.equals[0], (one.equals[1],))
            formula = notation.over_arrays(one.formula) if isinstance(one, Passed) else notation.product(one.chain)
            if one.is_part:
                formula += notation.part_of(whole)
            elif formula != whole:
                formula = f"{whole} = {formula}"
            yield [formula, said.get((edge.reader, edge.argument), "")]


def _sentences(trace: ArrayTrace, notation: Marked) -> dict[tuple[int, int], str]:
    nodes = {trace.names[node]: node for node in trace.nodes}
    found = {}
    for row in trace.backward():
        if row.kind == "node":
            node = nodes[row.name]
            for index, one in zip(trace.edges(node), row.outputs, strict=True):
                if one.explanation:
                    found[node, index] = sentence(one.explanation, notation)
    return found

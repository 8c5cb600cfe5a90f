"""The export for C of a function of arrays: their elements stand row by row in what it takes and fills."""

from collections.abc import Sequence

from gradcli.engine.answer import Answer
from gradcli.export.arrays import nested
from gradcli.export.backends.c import LANGUAGE, Addressing, declared, written
from gradcli.export.comments import comment, summary
from gradcli.export.identifiers import CodeNames, Letters, plain_name
from gradcli.graph import Graph
from gradcli.graph.arrays import Group


def source(
    graph: Graph,
    wrt: list[str] | None,
    result: Answer | None,
    name: str | None,
    letters: Letters,  # noqa: ARG001
    columns: bool = False,
) -> str:
    """The same function as of numbers, in which `NAME_in_X` is the place of the first element of X.

    With `columns` each element has a column.
    """
    nested.check_size(graph, LANGUAGE.title)
    return written(graph, wrt, result, name, columns, _layout)


def _layout(
    graph: Graph, result: Answer | None, own: str, whole: Graph, names: CodeNames, asked: Sequence[str]
) -> Addressing:
    inputs, first = _placed(nested.groups(graph, whole.variables), f"{own}_in_", whole, names)
    outputs, others = _placed(nested.groups(graph, asked), f"{own}_gradient_", whole, names)
    given = nested.groups(graph, whole.variables)
    shapes = ", ".join(f"{one.name}[{']['.join(map(str, one.shape))}]" for one in given if one.shape)
    above = summary(graph, result, nested.renamed(graph, names.changed, ()))
    above += [comment("row-by-row", arrays=shapes)] if shapes else []
    of = {node: inputs[name] for name, node in whole.variables.items()}
    return Addressing(of, [outputs[x] for x in asked], declared(first) + declared(others), above)


def _placed(groups: Sequence[Group], begin: str, whole: Graph, names: CodeNames) -> tuple[dict[str, str], list[str]]:
    """The place of each number by its name, and the constants that places are told by."""
    nodes = whole.variables | whole.steps
    found: dict[str, str] = {}
    constants: dict[str, int] = {}
    for group in groups:
        own = plain_name(group.name, ascii_only=True) if group.shape else names.of[nodes[group.name]]
        constant = begin + own
        while constant in constants:
            constant += "_"
        constants[constant] = len(found)
        for offset, one in enumerate(group.elements):
            found[one] = f"{constant} + {offset}" if offset else constant
    return found, [f"{constant} = {place}" for constant, place in constants.items()]

"""What the operations of a program over arrays are called, and the scalar nodes that they made."""

from gradcli.graph import Graph
from gradcli.graph.arrays import Arrays
from gradcli.language.format import operation_text
from gradcli.language.names import fresh_names, numbered_names, output_name
from gradcli.text import format_number

LONGEST = 24  # characters of the text of a view, which is its name


def operation_names(arrays: Arrays) -> list[str]:
    """The name of each node of the program: as in a graph of numbers, but a view is called as it is typed, W.T.

    The transpose of a vector is the vector, and has its name.
    """
    program, names = arrays.program, list[str]()
    fresh = fresh_names(program)
    for node, inputs in enumerate(program.inputs):
        if node == program.output:
            names.append(output_name(program))
        elif node in program.names:
            names.append(program.names[node])
        elif not inputs:
            names.append(format_number(program.values[node]))
        elif arrays.makes(node):
            names.append(next(fresh))
        elif arrays.is_itself(node):
            names.append(names[inputs[0]])
        else:
            names.append(_short(operation_text(program.operators[node], [names[x] for x in inputs])))
    return names


def scalar_names(graph: Graph, arrays: Arrays) -> list[str]:
    """The name of each scalar node, by the operation that made it: `s[0,1]`, `Y[2]`; of a constant its value.

    What an operation computes on the way has fresh names: n1, n2, …
    """
    program = operation_names(arrays)
    names = [""] * len(graph)
    for name, elements, made, labels in zip(program, arrays.elements, arrays.made, arrays.labels, strict=True):
        for x, label in zip(elements, labels, strict=False):  # a name that is read by indices alone has no elements
            if x in made:
                names[x] = f"{name}{label}"
    fresh = numbered_names({*program, *names})
    for node, name in enumerate(names):
        if not name:
            names[node] = format_number(graph.values[node]) if node in graph.values else next(fresh)
    return names


def _short(text: str) -> str:
    """The text of a view, cut where it is long."""
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 2]}…{text[-1]}"

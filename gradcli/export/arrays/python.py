"""The export for plain Python of a function of arrays: one of nested lists, around code of numbers."""

from gradcli.engine.answer import Answer
from gradcli.export.arrays import nested
from gradcli.export.backends.python import LANGUAGE, PythonModule
from gradcli.export.identifiers import Letters
from gradcli.graph import Graph


def source(graph: Graph, wrt: list[str] | None, result: Answer | None, name: str | None, letters: Letters) -> str:
    """A module with a function `value_and_gradient(variables…)` that returns `(value, {name: slopes})`.

    It takes arrays as nested lists, or NumPy's, and returns their gradients as nested lists.
    """
    nested.check_size(graph, LANGUAGE.title)
    module = PythonModule(graph, wrt, LANGUAGE, name, letters)
    value, *slopes = module.code.roots
    entries = nested.entries(graph, dict(zip(module.targets, slopes, strict=True)), indent="        ")
    given = nested.parameters(graph, module.graph.variables, module.names, module.reserved, module.name, letters)
    first = [
        f"{nested.brackets(one.numbers, one.shape, '(', ')', indent='    ')} = {one.code}" for one in given if one.shape
    ]
    module.parameters = [one.code for one in given]
    module.targets = list(entries)
    module.changed = nested.renamed(graph, module.names.changed, given)
    return module.text(result, [["import math"]], first, value, list(entries.values()))

"""The export for JavaScript of a function of arrays: a module for arrays of numbers, around code of numbers."""

from gradcli.engine.answer import Answer
from gradcli.export.arrays import nested
from gradcli.export.backends.javascript import LANGUAGE, JavaScriptModule
from gradcli.export.identifiers import Letters
from gradcli.graph import Graph


def source(graph: Graph, wrt: list[str] | None, result: Answer | None, name: str | None, letters: Letters) -> str:
    """An ES module with a function `valueAndGradient(variables…)` that returns `[value, {name: slopes}]`.

    It takes arrays as arrays, those of matrices row by row, and returns their gradients so.
    """
    nested.check_size(graph, LANGUAGE.title)
    module = JavaScriptModule(graph, wrt, name, letters)
    given = nested.parameters(graph, module.variables, module.names, module.reserved, module.name, letters)
    module.first = [
        f"const {nested.brackets(one.numbers, one.shape, indent='  ')} = {one.code};" for one in given if one.shape
    ]
    module.arguments = [one.name for one in given]
    module.parameters = [one.code for one in given]
    module.changed = nested.renamed(graph, module.names.changed, given)
    return module.text(result, list(nested.entries(graph, module.slopes, indent="    ").items()))

"""The export for NumPy of a function of arrays: the forward and the backward pass, an operation on arrays in a line."""

from collections.abc import Iterable
from dataclasses import replace

from gradcli.engine.answer import Answer
from gradcli.engine.binding import targets_of
from gradcli.export.arrays.adjoints import Adjoints
from gradcli.export.arrays.programs import along, reductions, rows, targets
from gradcli.export.backends.numpy import LANGUAGE as NUMBERS
from gradcli.export.backends.python import Frame
from gradcli.export.comments import comment
from gradcli.export.constants import fold_constants
from gradcli.export.identifiers import Letters, function_name, names_for
from gradcli.export.lowering import lower
from gradcli.graph import Graph

_HELPERS = {
    "softmax": """def softmax(x):
    weights = np.exp(x - np.max(x, axis=-1, keepdims=True))
    return weights / np.sum(weights, axis=-1, keepdims=True)""",
    "logsumexp_of": """def logsumexp_of(x, axis=None):
    largest = np.max(x, axis=axis, keepdims=True)
    return np.squeeze(largest, axis) + np.log(np.sum(np.exp(x - largest), axis=axis))""",
    "passed": f"""def passed(gradient, slope):  # {comment("nothing-passed")}
    return np.where(gradient == 0.0, 0.0, gradient * slope)""",
    "placed": """def placed(x, index, part):
    whole = np.zeros_like(x)
    whole[index] = part
    return whole""",
    "one_at": f"""def one_at(places, x, axis=None):  # {comment("first-extreme")}
    found = np.zeros_like(x)
    if axis is None:
        found.flat[places] = 1.0
    else:
        np.put_along_axis(found, np.expand_dims(places, axis), 1.0, axis)
    return found""",
}
_REDUCED = {name: (f"np.{name}({{0}})", f"np.{name}({{0}}, axis=AXIS)") for name in ("sum", "mean", "max", "min")}
_REDUCED |= {
    "norm": ("np.linalg.norm({0})", "np.linalg.norm({0}, axis=AXIS)"),
    "logsumexp": ("logsumexp_of({0})", "logsumexp_of({0}, AXIS)"),
    "summed": ("np.sum({0})", "np.sum({0}, axis=AXIS)"),
    "first_max": ("one_at(np.argmax({0}), {0})", "one_at(np.argmax({0}, axis=AXIS), {0}, AXIS)"),
    "first_min": ("one_at(np.argmin({0}), {0})", "one_at(np.argmin({0}, axis=AXIS), {0}, AXIS)"),
}
_KEPT = {f"{along('summed', axis)}_kept": f"np.sum({{0}}, axis={axis}, keepdims=True)" for axis in (None, 0, 1)}
_CALLS = {
    "dot": "np.dot", "outer": "np.outer", "trace": "np.trace", "softmax": "softmax", "passed": "passed",
    "spread": "np.full_like", "zeros": "np.zeros_like", "finite": "np.nan_to_num", "unit_matrix": "np.eye(len({0}))",
}  # fmt: skip

LANGUAGE = replace(
    NUMBERS,
    calls={**NUMBERS.calls, **reductions(_REDUCED), **_KEPT, **_CALLS},
    helpers={**NUMBERS.helpers, **_HELPERS},
    reserved=NUMBERS.reserved | {*_HELPERS, "len"},
    symbols={**NUMBERS.symbols, "@": "@"},
    lists={"stack": "np.stack([{all}])"},
)


def source(graph: Graph, wrt: list[str] | None, result: Answer | None, name: str | None, letters: Letters) -> str:
    """A module with a function `value_and_gradient(variables…)` that returns `(value, {name: slopes})`.

    It takes arrays or nested lists of the shapes that the function was written for.
    """
    arrays = graph.arrays
    assert arrays is not None, "a graph of arrays"
    asked = targets(arrays, targets_of(graph, wrt))
    program = Adjoints(arrays, graph, {of for of, _ in asked.values()})
    output = program.images[arrays.program.output]
    program.pass_back()
    roots = {name: program.adjoint(of, place) for name, (of, place) in asked.items()}
    whole = fold_constants(program.graph(output), only_nonfinite=True)
    language = replace(LANGUAGE, calls={**LANGUAGE.calls, **_placed(program.placements)})
    reserved = language.reserved_for(whole)
    own = function_name(name, "value_and_gradient", reserved)
    names = names_for(whole, reserved, letters.is_ascii, own=own)
    literals = {node: rows(numbers, language.number, "np.array(", ")") for node, numbers in program.literals.items()}
    code = lower(whole, [output, *roots.values()], language, names.of | literals)
    value, *slopes = code.roots
    parameters = [names.of[node] for node in whole.variables.values()]
    given = set(arrays.program.names.values())
    changed = {new: old for new, old in names.changed.items() if old in given or "[" in old}
    code = code._replace(lines=[line.replace("\n", "\n    ") for line in code.lines])
    frame = Frame(graph, list(asked), own, parameters, code, changed)
    first = [f"{one} = np.asarray({one}, dtype=float)" for one in parameters]
    is_selected = any(operator.chooses for operator in whole.operators) or code.helpers
    quiet = ['@np.errstate(all="ignore")'] if is_selected else []
    imports = [["import functools", "import math"], ["import numpy as np"]]
    return frame.text(result, imports, first, value, slopes, quiet)


def _placed(suffixes: Iterable[str]) -> dict[str, str]:
    """How parts are put into an array."""
    return {f"placed{suffix}": f"placed({{0}}, np.s_{suffix}, {{1}})" for suffix in suffixes}

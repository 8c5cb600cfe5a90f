"""What the scripts for PyTorch and JAX of functions of arrays have in common.

A `where` computes both branches and selects; into a branch that is not taken no gradient passes.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from math import isfinite, isnan, nan
from typing import Any, NamedTuple

from gradcli.engine.answer import Answer
from gradcli.engine.binding import targets_of
from gradcli.errors import cannot_be_written
from gradcli.export.arrays.branches import guarded, in_definition
from gradcli.export.arrays.corrections import Corrected
from gradcli.export.arrays.programs import reductions, rows, targets
from gradcli.export.backends.tensors import TOLERANCE
from gradcli.export.code_language import CodeLanguage
from gradcli.export.comments import comment, summary
from gradcli.export.constants import fold_constants
from gradcli.export.identifiers import Letters, names_for
from gradcli.export.lowering import Lowered, lower
from gradcli.graph import Graph
from gradcli.graph.arrays import Arrays, Shape, flattened, shaped, size_of

_HELPERS = {
    "largest": """def largest(x, *rest):
    for y in rest:
        x = MODULE.where(y > x, y, x)
    return x""",
    "smallest": """def smallest(x, *rest):
    for y in rest:
        x = MODULE.where(y < x, y, x)
    return x""",
    "length_of": """def length_of(*arguments):
    largest = functools.reduce(MODULE.maximum, [MODULE.abs(STOP(x)) for x in arguments])
    scale = MODULE.where(largest > 0.0, largest, 1.0)
    squares = sum((x / scale) ** 2 for x in arguments)
    return MODULE.where(largest > 0.0, scale * MODULE.sqrt(MODULE.where(largest > 0.0, squares, 1.0)), 0.0)""",
    "polygamma": """def polygamma(n, x):  # BELOW-0
    n, below = int(n), x <= 0.0
    lower, upper = x - MODULE.floor(x), MODULE.ceil(x) - x
    between = polygamma_above_0(n, MODULE.where(below, upper, 1.0))
    between = between - polygamma_above_0(n, MODULE.where(below, 1.0 - x, 1.0))
    reflected = polygamma_above_0(n, MODULE.where(below, lower, 1.0)) + (-1) ** (n + 1) * between
    return MODULE.where(below, reflected, polygamma_above_0(n, MODULE.where(below, 1.0, x)))""",
}


def language(
    scalar: CodeLanguage,
    module: str,
    stop: str,
    own: Mapping[str, str],
    reduced: Mapping[str, tuple[str, str]],
    calls: Mapping[str, str],
) -> CodeLanguage:
    """A framework's language for arrays, made of that for numbers.

    `module` is how its functions are called, `stop` that through which no gradient passes, `own` further helpers,
    `reduced` how reductions are spelled, of all elements and along AXIS, `calls` how other operations are.
    """
    below = comment("below-0", of=scalar.title)
    helpers = {
        name: source.replace("MODULE", module).replace("STOP", stop).replace("BELOW-0", below)
        for name, source in {**_HELPERS, **own}.items()
    }
    spelled = {name: f"{module}.{other}" for name, other in _FUNCTIONS.items()} | reductions(reduced)
    return replace(
        scalar,
        calls={**scalar.calls, **spelled, **calls},
        helpers={**scalar.helpers, **helpers},
        reserved=scalar.reserved | {*helpers, "functools", "known", "gradient_of"},
        symbols={**scalar.symbols, "@": "@"},
        lists={**scalar.lists, "stack": f"{module}.stack([{{all}}])"},
        prepare=in_definition,
    )


_FUNCTIONS = {
    "where": "where", "and": "logical_and", "or": "logical_or", "not": "logical_not",
    "any": "any", "dot": "dot", "outer": "outer", "trace": "trace",
}  # fmt: skip


class Target(NamedTuple):
    """What a gradient is asked for: a node, its shape, and the place of an element in it; () is all of it."""

    node: int
    shape: Shape
    place: Sequence[int]


class ArrayFunction(NamedTuple):
    """The function's graph, its code, the names of its nodes, and the value and shape of each variable.

    `targets` are those whose gradient is wanted, by the user's names.
    """

    graph: Graph
    names: Mapping[int, str]
    code: Lowered
    at: Mapping[str, Any]
    targets: Mapping[str, Target]
    comment: list[str]


def function(
    graph: Graph,
    wrt: Sequence[str] | None,
    language: CodeLanguage,
    array: str,
    result: Answer | None,
    own: str,
    letters: Letters,
) -> ArrayFunction:
    """Lower the program alone, with the steps asked for that the output does not use.

    `array` is how an array of numbers is written, `own` the name of what the script itself defines.
    """
    arrays = graph.arrays
    assert arrays is not None, "a graph of arrays"
    asked = targets(arrays, targets_of(graph, wrt))
    program = Corrected(arrays, graph, result)
    for node, operator in enumerate(arrays.program.operators):
        if any(arrays.shapes[arrays.program.inputs[node][order]] for order in operator.orders):
            raise cannot_be_written(operator.name, language.title)
        program.image(node)
    nodes = _named(arrays, program)
    wanted = dict.fromkeys(nodes[name] for name, _ in asked.values())
    folded = fold_constants(program.graph(program.images[arrays.program.output]), set(wanted))
    numbers = {node for node, shape in program.shapes.items() if not shape}
    whole, places = guarded(folded, list(wanted), numbers)
    number = language.number
    literals = {
        places[node]: rows(numbers, number, *array.split("{}"))
        for node, numbers in program.literals.items()
        if places[node] >= 0
    }
    names = names_for(whole, language.reserved_for(whole), letters.is_ascii, own=own)
    code = lower(whole, [whole.output, *(places[node] for node in wanted)], language, names.of | literals)
    at: dict[str, Any] = dict(result.at) if result is not None else {}
    for name, node in whole.variables.items():
        if node in whole.values:
            at[name] = whole.values[node]
        elif name not in at:
            shape = arrays.shapes[arrays.named[name]] if name in arrays.named else ()
            at[name] = shaped([1.0] * size_of(shape), shape)
    found = {
        name: Target(places[nodes[of]], program.shapes.get(nodes[of], ()), place) for name, (of, place) in asked.items()
    }
    return ArrayFunction(whole, names.of, code, at, found, summary(graph, result, names.changed))


def _named(arrays: Arrays, program: Corrected) -> dict[str, int]:
    """The images of variables and steps by name, with those of elements that are variables of their own."""
    source = arrays.program
    images = {name: program.images[node] for name, node in (source.variables | source.steps).items()}
    return images | {name: node for node, name in program.names.items() if "[" in name}


def subscript(target: Target) -> str:
    """What is written behind an array for an element."""
    return f"[{', '.join(map(str, target.place))}]" if target.place else ""


def expected(result: Answer, number: Any) -> list[tuple[str, str]]:
    """The gradients by name, as nested lists; what doubles do not reach is NaN there, and is not asserted."""
    lost = result.evaluation.lost
    known = {name: slope if isfinite(slope) and name not in lost else nan for name, slope in result.slopes.items()}
    arrays = result.graph.arrays
    assert arrays is not None, "a graph of arrays"
    entries = []
    for name, slope in arrays.nested(known).items():
        if not all(isnan(one) for one in flattened(slope if isinstance(slope, list) else [slope])):
            entries.append((name, rows(slope, number).replace("\n", "\n    ")))
    return entries


def checks(module: str, array: str, entries: Sequence[tuple[str, str]]) -> list[str]:
    """The lines that assert what is expected, each array relative to its largest element."""
    has_gaps = any("nan" in text for _, text in entries)
    slope = array.format("slope")
    lines = ["for name, slope in expected.items():", f"    slope = {slope}"]
    off = f"{module}.abs(gradients[name] - slope)"
    size = f"{module}.abs(slope)"
    if has_gaps:
        lines.append(f"    known = ~{module}.isnan(slope)  # {comment('not-asserted')}")
        off, size = f"{off}[known]", f"{size}[known]"
    lines.append(f"    assert {off}.max() <= {TOLERANCE!r} * {size}.max() + 1e-12, name")
    return lines

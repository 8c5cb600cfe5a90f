"""What the scripts for PyTorch and JAX have in common: the function alone is written out, they differentiate it.

Both run with scalars, so a `where` is Python's own `if`: only the branch that is taken gets into their backward pass.
Functions with branches are written in such a way that the slope at the kink is that of the branch taken, as gradcli
has it. What holds no variable is put in as a number.
"""

from collections.abc import Iterable, Mapping, Sequence
from math import isfinite
from typing import NamedTuple, Protocol

from gradcli.engine.answer import Answer
from gradcli.engine.binding import targets_of
from gradcli.export.backends import python
from gradcli.export.code_language import CodeLanguage
from gradcli.export.comments import comment, summary
from gradcli.export.constants import fold_constants
from gradcli.export.corrections import SLOPE, STOP, with_exceptions
from gradcli.export.identifiers import Letters, names_for
from gradcli.export.lowering import Lowered, lower
from gradcli.graph import Graph

TOLERANCE = 1e-9  # relative, with which the scripts compare

_HELPERS = {
    "with_slope": """def with_slope(value, x, slope):  # OWN-SLOPE
    return value + STOP(slope) * (x - STOP(x))""",
    "largest": """def largest(x, *rest):
    for y in rest:
        x = y if y > x else x
    return x""",
    "smallest": """def smallest(x, *rest):
    for y in rest:
        x = y if y < x else x
    return x""",
    "length_of": """def length_of(*arguments):
    largest = max(map(abs, map(STOP, arguments)))
    return largest * MODULE.sqrt(sum((x / largest) ** 2 for x in arguments)) if largest else 0.0 * sum(arguments)""",
    "sum_of": f"""def sum_of(first, *rest):
    whole, lost = STOP(first), 0.0
    for x in map(STOP, rest):  # {comment("two-sum")}
        more = whole + x
        back = more - whole
        lost = lost + ((whole - (more - back)) + (x - back))
        whole = more
    plain = sum((first, *rest))
    return MODULE.where(lost - lost == 0, plain + lost, plain)""",
    "digamma": "def digamma(x):\n    return polygamma(0, x)",
    "polygamma": """def polygamma(n, x):
    n = int(n)
    if x > 0:
        return polygamma_above_0(n, x)
    lower, upper = x - MODULE.floor(x), MODULE.ceil(x) - x  # BELOW-0
    between = polygamma_above_0(n, upper) - polygamma_above_0(n, 1 - x)
    return polygamma_above_0(n, lower) + (-1) ** (n + 1) * between""",
    "logsumexp": """def logsumexp(*arguments):
    first, *rest = sorted(arguments, reverse=True)
    return first + MODULE.log1p(sum((MODULE.exp(x - first) for x in rest), 0.0 * first))""",
}

_CALLS = {
    "max": "largest", "min": "smallest", "sum": "sum_of", "length": "length_of", "logsumexp": "logsumexp",
    "digamma": "digamma", "polygamma": "polygamma", SLOPE.name: "with_slope",
    "where": python.CALLS["where"],
}  # fmt: skip

_RESERVED = python.RESERVED | {
    "torch", "jax", "jnp", "int", "print", "dict", "zip", "map", "sum", "name", "slope", "slopes", "value", "gradients",
    "expected", "point",
}  # fmt: skip

_NUMBERS = {"inf": "math.inf", "-inf": "-math.inf", "nan": "math.nan"}


def language(
    framework: str, module: str, stop: str, names: Mapping[str, str], own: Mapping[str, str], wrap: str
) -> CodeLanguage:
    """The language of one framework, called `framework` in comments and messages.

    `module` is how its functions are called (`torch.exp`), `stop` the function through which no gradient passes;
    `names` spells the functions that it has, `own` holds the sources of further helper functions.
    """
    words = {"MODULE": module, "STOP": stop}
    words |= {"OWN-SLOPE": comment("own-slope", of=framework), "BELOW-0": comment("below-0", of=framework)}
    helpers = {name: _filled(source, words) for name, source in {**own, **_HELPERS}.items()}
    calls = {**{name: name for name in own}, **_CALLS, **names, STOP.name: stop}
    constants = {"pi": "math.pi", "e": "math.e"}
    reserved = _RESERVED | {*helpers}
    return CodeLanguage(
        framework,
        calls,
        helpers,
        lambda x: _NUMBERS.get(repr(x), repr(x)),
        constants,
        reserved,
        python.helper,
        "{name} = {text}",
        symbols=python.SYMBOLS | {"^": "**"},
        wrap=wrap,
        renamed={"abs": "absolute"},
    )


def _filled(source: str, words: Mapping[str, str]) -> str:
    for word, text in words.items():
        source = source.replace(word, text)
    return source


class ScriptText(Protocol):
    """What a script is made of: a function's code, and the lines of the comment above it."""

    @property
    def code(self) -> Lowered:
        """The code."""

    @property
    def comment(self) -> list[str]:
        """The lines of the comment."""


class TensorFunction(NamedTuple):
    """The function's graph, its code, and the names and values of its variables (1 where no point is given).

    `targets` are the names whose gradient is wanted; a named step among them that holds no variable has become one.
    """

    graph: Graph
    names: Mapping[int, str]
    code: Lowered
    at: Mapping[str, float]
    targets: Mapping[str, int]
    comment: list[str]


def function(
    graph: Graph,
    wrt: Sequence[str] | None,
    language: CodeLanguage,
    result: Answer | None,
    own: str,
    letters: Letters,
) -> TensorFunction:
    """Lower the graph alone, with the steps asked for that the output does not use.

    `own` is the name of what the script itself defines.
    """
    asked = targets_of(graph, wrt)
    exact, images = with_exceptions(graph, result)
    targets = {name: images[node] for name, node in asked.items()}
    plain = fold_constants(exact, set(targets.values()))
    names = names_for(plain, language.reserved_for(plain), letters.is_ascii, own=own)
    code = lower(plain, [plain.output, *targets.values()], language, names.of)
    at = dict(result.point) if result is not None else dict.fromkeys(graph.variables, 1.0)
    at |= {name: plain.values[node] for name, node in plain.variables.items() if node in plain.values}
    return TensorFunction(plain, names.of, code, at, targets, summary(graph, result, names.changed))


def checks(result: Answer | None) -> list[str]:
    """The lines that print the gradients, which the script holds as `gradients`, and assert those of gradcli."""
    lines = ["for name, slope in gradients.items():", "    print(name, slope)"]
    if result is None:
        return lines
    lost = result.evaluation.lost  # what doubles do not reach is not asserted
    expected = {name: slope for name, slope in result.slopes.items() if isfinite(slope) and name not in lost}
    if not expected:
        return lines
    return [
        *lines,
        "",
        *table("expected", ((name, repr(slope)) for name, slope in expected.items())),
        "for name, slope in expected.items():",
        f"    assert math.isclose(gradients[name], slope, rel_tol={TOLERANCE!r}, abs_tol=1e-12), name",
    ]


def table(name: str, entries: Iterable[tuple[str, str]]) -> list[str]:
    """The lines of a dictionary by the user's names."""
    lines = [f'    "{key}": {text},' for key, text in entries]
    return [f"{name} = {{", *lines, "}"] if lines else [f"{name} = {{}}"]


def script(function: ScriptText, imports: Sequence[str], parts: Sequence[Sequence[str]]) -> str:
    """The whole script: comment, imports, the first part, helper functions, then the other parts."""
    above = "".join(f"# {line}\n" for line in function.comment)
    first, *rest = ["\n".join(part) for part in parts if part]
    body = "\n\n".join(rest)
    whole = body + "".join(function.code.helpers)
    needed = "".join(f"import {name}\n" for name in ("functools", "math") if f"{name}." in whole)
    head = above + "\n" + (f"{needed}\n" if needed else "") + "\n".join(imports) + "\n\n" + first
    are_apart = function.code.helpers or body.startswith("def ")
    return ("\n\n\n" if are_apart else "\n\n").join(["\n\n\n".join([head, *function.code.helpers]), body]) + "\n"

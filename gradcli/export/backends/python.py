"""The export for plain Python: a function on floats with the standard library alone."""

import keyword
from collections.abc import Mapping, Sequence

from gradcli.engine.answer import Answer
from gradcli.export.code_language import ARITHMETIC, COMPARISONS, CodeLanguage
from gradcli.export.comments import comment, summary
from gradcli.export.constants import fold_constants
from gradcli.export.identifiers import Letters, function_name, names_for
from gradcli.export.lowering import Lowered, lower
from gradcli.graph import Graph
from gradcli.symbolic.derive import derive

HELPERS = {
    "attempt": f"""def attempt(compute):  # {comment("attempt")}
    try:
        return compute()
    except (ArithmeticError, ValueError):
        return math.nan""",
    "sign": "def sign(x):\n    return float((x > 0) - (x < 0))",
    "floor": "def floor(x):\n    return float(math.floor(x))",
    "ceil": "def ceil(x):\n    return float(math.ceil(x))",
    "round_half_even": "def round_half_even(x):\n    return float(round(x)) if math.isfinite(x) else x",
    "logsumexp": """def logsumexp(*arguments):
    largest, *rest = sorted(arguments, reverse=True)
    return largest + math.log1p(math.fsum(math.exp(x - largest) for x in rest))""",
}

LOSSY = frozenset({"logsumexp"})  # helpers that lose digits which the operator table's functions have

_MATH = (
    "exp expm1 log log2 log10 log1p sqrt cbrt sin cos tan asin acos atan atan2 sinh cosh tanh asinh acosh atanh "
    "hypot erf erfc exp2 degrees radians lgamma gamma"
)

CALLS = {
    **{name: f"math.{name}" for name in _MATH.split()},
    **{name: name for name in HELPERS},
    "pow": "math.pow", "abs": "abs", "min": "min", "max": "max",
    "round": "round_half_even", "length": "math.hypot",
    "mod": "{0:PRODUCT} % {1:SIGN}",
    "where": "{1:OR} if {0:OR} else {2:OR}",
}  # fmt: skip

CONSTANTS = {"pi": "math.pi", "e": "math.e"}

# Python's words, and the modules and functions that the code itself needs.
RESERVED = frozenset([*keyword.kwlist, *HELPERS, "math", "abs", "min", "max", "round", "float"]) | {
    "sorted",
    "ArithmeticError",
    "ValueError",
}


def helper(name: str, parameters: Sequence[str], lines: Sequence[str], value: str) -> str:
    """A helper function."""
    body = "".join(f"    {line}\n" for line in lines)
    return f"def {name}({', '.join(parameters)}):\n{body}    return {value}"


SYMBOLS = ARITHMETIC | COMPARISONS | {word: word for word in ("and", "or", "not")}

LANGUAGE = CodeLanguage(
    "Python",
    CALLS,
    HELPERS,
    repr,
    CONSTANTS,
    RESERVED,
    helper,
    "{name} = {text}",
    SYMBOLS,
    attempt="attempt(lambda: {})",
    lists={"sum": "math.fsum([{all}])"},
)


def source(graph: Graph, wrt: list[str] | None, result: Answer | None, name: str | None, letters: Letters) -> str:
    """A module with a function `value_and_gradient(variables…)` that returns `(value, {name: slope})`.

    Where there is no finite value, it raises what Python's arithmetic raises, or returns an infinity or NaN.
    """
    module = PythonModule(graph, wrt, LANGUAGE, name, letters)
    value, *slopes = module.code.roots
    return module.text(result, [["import math"]], [], value, slopes)


class Frame:
    """What stands around the lowered code of a function in a module in plain Python or NumPy.

    `targets` are the user's names for what the slopes are for, `changed` those that are others in the code.
    """

    def __init__(
        self,
        original: Graph,
        targets: Sequence[str],
        name: str,
        parameters: Sequence[str],
        code: Lowered,
        changed: Mapping[str, str],
    ) -> None:
        self.original = original
        self.targets = targets
        self.name = name
        self.parameters = parameters
        self.code = code
        self.changed = changed

    def text(
        self,
        result: Answer | None,
        imports: Sequence[Sequence[str]],
        first: Sequence[str],
        value: str,
        slopes: Sequence[str],
        decorators: Sequence[str] = (),
    ) -> str:
        """The module. `imports` are in groups, `first` are the lines before those of the code, `value` and `slopes` are
        returned.
        """
        entries = [f'        "{key}": {text},' for key, text in zip(self.targets, slopes, strict=True)]
        gradient = "\n".join(["{", *entries, "    }"]) if entries else "{}"
        lines = [*first, *self.code.lines, f"return {value}, {gradient}"]
        body = [*decorators, f"def {self.name}({', '.join(self.parameters)}):", *(f"    {line}" for line in lines)]
        parts = [*self.code.helpers, "\n".join(body)]
        comments = [f"# {line}" for line in summary(self.original, result, self.changed)]
        used = [[line for line in group if any(f"{line.split()[-1]}." in part for part in parts)] for group in imports]
        head = "\n\n".join("\n".join(lines) for lines in (comments, *used) if lines)
        return "\n\n\n".join([head, *parts]) + "\n"


class PythonModule(Frame):
    """The function and its gradient, lowered, in a module. `roots` are the nodes of value and slopes in `graph`."""

    def __init__(
        self, graph: Graph, wrt: list[str] | None, language: CodeLanguage, name: str | None, letters: Letters
    ) -> None:
        derivatives = derive(graph, wrt, stable=True)
        self.graph = derivatives.graph if language.attempt else fold_constants(derivatives.graph, only_nonfinite=True)
        self.roots = [self.graph.output, *derivatives.roots.values()]
        self.reserved = language.reserved_for(self.graph)
        own = function_name(name, "value_and_gradient", self.reserved)
        self.names = names_for(self.graph, self.reserved, letters.is_ascii, own=own)
        code = lower(self.graph, self.roots, language, self.names.of, poles=derivatives.poles)
        parameters = [self.names.of[node] for node in self.graph.variables.values()]
        super().__init__(graph, derivatives.targets, own, parameters, code, self.names.changed)

"""The export for NumPy: a function on numbers or arrays of shapes that broadcast.

NumPy computes both branches of a `where` and selects; warnings about the branch that is not selected are switched
off, and those of helper functions about what they compute on the way. What NumPy lacks and the standard library has,
`erf` and `lgamma`, goes through that, element by element.
"""

from gradcli.engine.answer import Answer
from gradcli.export.backends.python import RESERVED as PYTHON
from gradcli.export.backends.python import PythonModule, helper
from gradcli.export.code_language import ARITHMETIC, COMPARISONS, CodeLanguage
from gradcli.export.comments import comment
from gradcli.export.identifiers import Letters
from gradcli.graph import Graph

HELPERS = {
    "erf": "erf = np.vectorize(math.erf, otypes=[float])",
    "erfc": "erfc = np.vectorize(math.erfc, otypes=[float])",
    "lgamma": f"""def lgamma(x):
    def of_number(x):
        try:
            return math.lgamma(x)
        except (ValueError, OverflowError):  # {comment("pole-or-too-large")}
            return math.inf

    return np.vectorize(of_number, otypes=[float])(x)""",
    "gamma": f"""def gamma(x):
    def of_number(x):
        try:
            return math.gamma(x)
        except ValueError:  # {comment("pole")}
            return math.nan
        except OverflowError:
            return math.inf

    return np.vectorize(of_number, otypes=[float])(x)""",
    "logsumexp": """def logsumexp(*arguments):
    *rest, largest = np.sort(np.stack(np.broadcast_arrays(*arguments)), axis=0)
    return largest + np.log1p(sum(np.exp(x - largest) for x in rest))""",
    "sum_of": f"""def sum_of(first, *rest):
    whole, lost = first, 0.0
    for x in rest:  # {comment("two-sum")}
        more = whole + x
        back = more - whole
        lost = lost + ((whole - (more - back)) + (x - back))
        whole = more
    return np.where(np.isfinite(lost), whole + lost, whole)""",
    "largest": "def largest(*arguments):\n    return functools.reduce(np.maximum, arguments)",
    "length_of": "def length_of(*arguments):\n    return functools.reduce(np.hypot, arguments)",
    "smallest": "def smallest(*arguments):\n    return functools.reduce(np.minimum, arguments)",
}

_NUMPY = (
    "exp expm1 log log2 log10 log1p sqrt cbrt sin cos tan sinh cosh tanh hypot sign floor ceil exp2 trunc degrees "
    "radians"
)
_OTHER = {
    "asin": "arcsin", "acos": "arccos", "atan": "arctan", "atan2": "arctan2", "asinh": "arcsinh", "acosh": "arccosh",
    "atanh": "arctanh", "abs": "abs", "round": "round", "mod": "mod", "where": "where", "pow": "power",
    "and": "logical_and", "or": "logical_or", "not": "logical_not",
}  # fmt: skip

CALLS = {
    **{name: f"np.{name}" for name in _NUMPY.split()},
    **{name: f"np.{other}" for name, other in _OTHER.items()},
    **{name: name for name in HELPERS},
    "max": "largest", "min": "smallest", "sum": "sum_of", "length": "length_of",
}  # fmt: skip

CONSTANTS = {"pi": "np.pi", "e": "np.e"}

RESERVED = PYTHON | {*HELPERS, "np", "functools", "sum", "all"}

_NUMBERS = {"inf": "np.inf", "-inf": "-np.inf", "nan": "np.nan"}

LANGUAGE = CodeLanguage(
    "NumPy",
    CALLS,
    HELPERS,
    lambda x: _NUMBERS.get(repr(x), repr(x)),
    CONSTANTS,
    RESERVED,
    helper,
    "{name} = {text}",
    ARITHMETIC | COMPARISONS,
    pairs={"max": "np.maximum", "min": "np.minimum"},
)


def source(graph: Graph, wrt: list[str] | None, result: Answer | None, name: str | None, letters: Letters) -> str:
    """A module with a function `value_and_gradient(variables…)` that returns `(value, {name: slopes})`.

    Value and slopes have the shape to which the arguments broadcast; where there is no finite value, NumPy's
    infinities and NaN stand.
    """
    module = PythonModule(graph, wrt, LANGUAGE, name, letters)
    has_branches = any(operator.chooses for operator in module.graph.operators)
    quiet = ['@np.errstate(all="ignore")'] if has_branches or module.code.helpers else []
    parameters = ", ".join(module.parameters)
    first = []
    if len(module.parameters) == 1:
        first = [f"{parameters} = 1.0 * np.asarray({parameters})"]
    elif parameters:
        first = [f"{parameters} = (1.0 * array for array in np.broadcast_arrays({parameters}))"]
    value, *slopes = [
        text if varies or not parameters else f"np.full_like({module.parameters[0]}, {text})"
        for text, varies in zip(module.code.roots, _vary(module), strict=True)
    ]
    imports = [["import functools", "import math"], ["import numpy as np"]]
    return module.text(result, imports, first, value, slopes, quiet)


def _vary(module: PythonModule) -> list[bool]:
    """Whether value and slopes depend on a variable at all."""
    varies = module.graph.dependents(module.graph.variables.values())
    return [bool(varies[root]) for root in module.roots]

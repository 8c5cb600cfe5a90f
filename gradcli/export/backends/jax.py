"""The export for JAX: a script with the function, which `jax.value_and_grad` differentiates; prints the gradients."""

from collections.abc import Container, Iterable, Mapping, Sequence
from itertools import count

from gradcli.engine.answer import Answer
from gradcli.export.backends import tensors
from gradcli.export.comments import comment
from gradcli.export.identifiers import Letters, function_name
from gradcli.export.lowering import WIDEST
from gradcli.graph import Graph

_JAX = (
    "exp expm1 log log2 log10 log1p sqrt cbrt sin cos tan sinh cosh tanh hypot sign floor ceil round "
    "arcsin arccos arctan arctan2 arcsinh arccosh arctanh mod exp2 trunc degrees radians"
)
_SPECIAL = "erf erfc erfinv gamma xlogy"

LANGUAGE = tensors.language(
    "JAX",
    "jnp",
    "jax.lax.stop_gradient",
    {name.replace("arc", "a"): f"jnp.{name}" for name in _JAX.split()}
    | {name: f"jax.scipy.special.{name}" for name in _SPECIAL.split()}
    | {"lgamma": "jax.scipy.special.gammaln", "sigmoid": "jax.nn.sigmoid", "silu": "jax.nn.silu"}
    | {"detach": "jax.lax.stop_gradient"}
    | {"logsigmoid": "jax.nn.log_sigmoid"},
    {
        "softplus": "def softplus(x):\n    return jnp.logaddexp(x, 0.0)",
        "polygamma_above_0": "def polygamma_above_0(n, x):\n    return jax.scipy.special.polygamma(n, x)",
    },
    "jnp.array({})",
)


def source(graph: Graph, wrt: list[str] | None, result: Answer | None, name: str | None, letters: Letters) -> str:
    """A script; `name` is what the function is called.

    A named step in `wrt` gets a parameter of its own, 0, that is added to it: the slope for that is the step's. With
    a point, the script asserts that JAX's gradients are gradcli's. The numbers are arrays, since Python's own
    raise where they are divided by 0.
    """
    own = function_name(name, "function", LANGUAGE.reserved)
    function = tensors.function(graph, wrt, LANGUAGE, result, own, letters)
    names, targets = function.names, function.targets
    variables = function.graph.variables
    steps = shifts([names[node] for x, node in targets.items() if x not in variables], {*names.values(), own})
    lines = shifted(function.code.lines, steps)
    parameters = [*(names[node] for node in variables.values()), *steps.values()]
    body = [f"def {own}({', '.join(parameters)}):", *(f"    {line}" for line in lines)]
    body.append(f"    return {function.code.roots[0]}")
    values = [*(repr(function.at[x]) for x in variables), *("0.0" for _ in steps)]
    ran = [f"# {comment('no-point')}"] if result is None and variables else []
    point = f"point = {tupled(values)}"
    ran += [point] if len(point) <= WIDEST else ["point = (", *(f"    {value}," for value in values), ")"]
    place = {parameter: index for index, parameter in enumerate(parameters)}
    places = [place[steps.get(names[node], names[node])] for node in targets.values()]
    ran.append(differentiated(own, places))
    wanted = ", ".join(f'"{x}"' for x in targets)
    ran += [
        'print("value", float(value))',
        f"gradients = dict(zip([{wanted}], map(float, slopes)))",
        *tensors.checks(result),
    ]
    parts = [['jax.config.update("jax_enable_x64", True)'], [*body, ""], ran]
    return tensors.script(function, ["import jax", "import jax.numpy as jnp"], parts)


def shifts(steps: Iterable[str], taken: Container[str]) -> dict[str, str]:
    """For each step the name of what is added to it, which nothing else has."""
    found = {}
    for step in steps:
        free = (f"shift{number or ''}_{step}" for number in count())
        found[step] = next(name for name in free if name not in taken)
    return found


def shifted(lines: Iterable[str], steps: Mapping[str, str]) -> list[str]:
    """The lines of a function, below each that computes a step one that adds to it what is added."""
    found = []
    for line in lines:
        step = line.partition(" = ")[0]
        found += [line, f"{step} = {step} + {steps[step]}"] if step in steps else [line]
    return found


def differentiated(name: str, places: Sequence[int]) -> str:
    """The line that calls the function at the point, with its slopes for the parameters at these places, if any."""
    if not places:
        return f"value, slopes = {name}(*map(jnp.array, point)), ()"
    return f"value, slopes = jax.value_and_grad({name}, argnums={tupled(map(str, places))})(*map(jnp.array, point))"


def tupled(texts: Iterable[str]) -> str:
    """A tuple of these."""
    found = list(texts)
    return f"({found[0]},)" if len(found) == 1 else f"({', '.join(found)})"
